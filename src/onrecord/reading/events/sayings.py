"""Sayings that PLOVER counts as events: those made, which are statements, and those that were not made or only may be.

A statement with an act of the table `ROOT_OF_ACT` is an event with the statement's roles. What is told as denied, coming or
possible ("will reject", "has not agreed") is no statement; its verb is looked up among the cues of statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.knowledge.plover import Quad, roots
from onrecord.model import (
    Act,
    Auxiliary,
    EventKind,
    EventMention,
    Participant,
    Reason,
    Role,
    Root,
    Span,
    Statement,
    mention_id,
)
from onrecord.reading.events.auxiliary import auxiliary
from onrecord.reading.events.found import Found
from onrecord.reading.events.modes import said_mode
from onrecord.reading.events.phrases import Phrases, is_human
from onrecord.reading.events.triggers import Frame, Trigger
from onrecord.reading.finding.cues import match
from onrecord.reading.grammar import children, modal, subject
from onrecord.reading.lexicon import CueKind, verb_cues
from onrecord.reading.parse import Parse, head_of

#: The root and mode of a saying by its act; the others only tell something, which PLOVER does not code.
ROOT_OF_ACT: Mapping[Act, tuple[Root, str | None]] = {
    Act.ACCUSE: (Root.ACCUSE, "allege"),
    Act.CONDEMN: (Root.ACCUSE, "disapprove"),
    Act.DEMAND: (Root.REQUEST, None),
    Act.REQUEST: (Root.REQUEST, None),
    Act.REJECT: (Root.REJECT, None),
    Act.DENY: (Root.REJECT, None),
    Act.THREATEN: (Root.THREATEN, None),
    Act.PROMISE: (Root.AGREE, None),
    Act.OFFER: (Root.AGREE, None),
    Act.AGREE: (Root.AGREE, None),
    Act.SUPPORT: (Root.SUPPORT, None),
}
#: What is vowed here is harm, whatever else the words say.
_REVENGE = re.compile(r"\b(?:revenge|vengeance|reprisals?|retaliat\w*|aveng\w*)\b", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:den(?:y|ie)|refut|disput|reject|dismiss|repudiat|contradict|rebut|brush)", re.IGNORECASE)
#: Acts whose passive has the one they are aimed at for its subject.
_AIMED_ACTS = frozenset({Act.ACCUSE, Act.CONDEMN, Act.DEMAND, Act.REQUEST, Act.THREATEN, Act.SUPPORT})
_GIVING = frozenset({Act.PROMISE, Act.OFFER, Act.AGREE, Act.ANNOUNCE})
_OPEN = frozenset({Auxiliary.NEGATED, Auxiliary.FUTURE, Auxiliary.HYPOTHETICAL, Auxiliary.HISTORICAL})


@dataclass(frozen=True, slots=True)
class Content:
    """An event that stands in what a statement says, and that the statement asks for, promises or denies.

    ``taking`` are the phrases of whom it is done to.
    """

    statement: str
    root: Root | None
    kind: EventKind
    taking: tuple[Span, ...] = ()


def sayings(
    parse: Parse,
    phrases: Phrases,
    statements: Sequence[Statement],
    contents: Sequence[Content],
    taken: Sequence[Span],
    document: str,
    made_by: str,
) -> Iterator[EventMention]:
    """The sayings of the parsed text that are events; `contents` are the events inside what they say, `taken` the triggers of others."""
    cues: list[Span] = list(taken)
    for statement in statements:
        cues.extend(statement.cue)
        inner = [c for c in contents if c.statement == statement.id]
        denied = any(_DENIES.search(c.of(parse.text)) is not None for c in statement.cue)
        coded = root_of(statement, inner, denied)
        insisted = _insisted(statement, parse) if coded is None else None
        if insisted is not None:
            coded = (Root.REQUEST, None)
        if coded is None or not statement.cue or any(c.overlaps(t) for c in statement.cue for t in taken):
            continue
        if _only_answered(statement, statements, parse, taken):
            continue
        if coded[0] is Root.AGREE and any(_REVENGE.search(c.of(parse.text)) for c in statement.content):
            coded = (Root.THREATEN, "violence")
        whole = _with_joined(statement, parse, phrases)
        aimed = phrases.spans(insisted) if insisted is not None else _beside(statement, coded[0], parse, phrases)
        if coded[1] is None:
            coded = (coded[0], said_mode(coded[0], [t for s in statement.content for t in parse.tokens(s)]))
        yield _made(_without_own(whole, parse), coded, inner, aimed, document, made_by)
    yield from _open(parse, phrases, statements, cues, document, made_by)


def root_of(statement: Statement, inner: Sequence[Content] = (), denied: bool = True) -> tuple[Root, str | None] | None:
    """The root and mode of a statement, None for one that PLOVER does not code.

    `denied` is set where the cue itself says that something is denied. A promise to do harm is a threat, one to give way a concession (PLOVER codes what is promised); a warning to somebody is a
    threat.
    """
    harm = any(c.root is not None and roots()[c.root].quad is Quad.MATERIAL_CONFLICT for c in inner)
    yields = any(c.root in (Root.RETREAT, Root.CONCEDE) for c in inner)
    if statement.act in _GIVING:
        if harm and statement.act is not Act.OFFER:
            return (Root.THREATEN, None)
        if yields:
            return (Root.CONCEDE, None)
    if statement.act is Act.WARN:
        return (Root.THREATEN, None) if statement.target_spans or statement.addressee else None
    if statement.act is Act.DENY and not (statement.source and denied):
        # "Said it had no comment": only who is told to deny refuses something.
        return None
    return ROOT_OF_ACT.get(statement.act)


#: Pronouns that only turn back to the subject.
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
#: Roots whose saying is aimed at whom the thing refused, threatened or promised would be done to.
_REACHING = frozenset({Root.REJECT, Root.THREATEN, Root.AGREE, Root.CONCEDE})


def _made(
    statement: Statement,
    coded: tuple[Root, str | None],
    inner: Sequence[Content],
    beside: Sequence[Span],
    document: str,
    made_by: str,
) -> EventMention:
    people = [Participant(Role.ACTOR, span) for span in statement.source]
    aimed = statement.target_spans or (statement.addressee if coded[0] is not Root.ACCUSE else ())
    if statement.act is Act.WARN and statement.addressee:
        # "Warned the strikers that the army would come": the threat is made to those who are warned.
        aimed = statement.addressee
    if not aimed and coded[0] in _REACHING:
        aimed = tuple(dict.fromkeys(s for c in inner for s in c.taking))
    aimed = aimed or tuple(beside)
    people += [Participant(Role.RECIPIENT, s) for s in aimed if not any(s.overlaps(p.span) for p in people)]
    return EventMention(
        id=mention_id(document, statement.cue, EventKind.SAYING),
        document=document,
        trigger=statement.cue,
        kind=EventKind.SAYING,
        code=coded[0],
        mode=coded[1],
        participants=tuple(sorted(people, key=lambda p: (p.span, p.role.value))),
        told_in=statement.nested_in,
        saying=statement.id,
        confidence=statement.confidence,
        made_by=made_by,
        reasons=(Reason("kind", "act", 1.0, statement.cue[0], statement.act.value),),
    )


def _without_own(statement: Statement, parse: Parse) -> Statement:
    """The statement without targets that are only the speaker's own ("agreed to end their blockade")."""
    kept = tuple(
        s for s in statement.target_spans if not all(t.tag_ == "PRP$" or t.lower_ in REFLEXIVE for t in parse.tokens(s))
    )
    return replace(statement, target_spans=kept)


def _with_joined(statement: Statement, parse: Parse, phrases: Phrases) -> Statement:
    """The statement with all its targets that "and" joins: "called on the League and Tasse to wait"."""
    found = list(statement.target_spans)
    for span in statement.target_spans:
        tokens = parse.tokens(span)
        for token in phrases.joined(head_of(tokens))[1:] if tokens else ():
            if phrases.takes_part(token) and not any(phrases.span(token).overlaps(s) for s in found):
                found.append(phrases.span(token))
    return replace(statement, target_spans=tuple(found)) if len(found) > len(statement.target_spans) else statement


def _insisted(statement: Statement, parse: Parse) -> Token | None:
    """ "Insisted that Tasse pay": who is to do it, where the bare form of the verb says that it is asked for."""
    for verb in parse.tokens_of(statement.cue) if statement.act is Act.ASSERT else ():
        for clause in children(verb, "ccomp") if verb.lemma_ == "insist" else ():
            who = children(clause, "nsubj", "nsubjpass")
            helpers = children(clause, "aux", "auxpass")
            plain = (clause.tag_ == "VB" and not helpers) or any(c.lower_ == "be" for c in helpers)
            if plain and modal(clause) is None and who and who[0].pos_ != "PRON":
                return who[0]
    return None


def _only_answered(statement: Statement, statements: Sequence[Statement], parse: Parse, taken: Sequence[Span]) -> bool:
    """ "Rejected Orrin's charge": a saying named by a noun alone, as what another saying is about, is told once, by that other."""
    tokens = parse.tokens_of(statement.cue)
    if not tokens or any(t.tag_.startswith("VB") for t in tokens):
        return False
    noun = head_of(tokens)
    if noun.dep_ not in {"dobj", "nsubjpass"} and not (noun.dep_ == "pobj" and noun.head.lower_ in {"to", "on", "of"}):
        return False
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    here = parse.span(above.i, above.i)
    others = [c for s in statements if s.id != statement.id for c in s.cue]
    return any(here.overlaps(s) for s in (*others, *taken))


_TO = frozenset({"to", "against", "with"})
#: The prepositions behind a saying, or behind the thing it names, that name whom it is aimed at.
_BEHIND = {
    Root.REQUEST: frozenset({"from", "on"}),
    Root.THREATEN: frozenset({"against", "on", "with"}),
    Root.ACCUSE: frozenset({"against"}),
    Root.SUPPORT: frozenset({"for", "in"}),
}


def _beside(statement: Statement, root: Root, parse: Parse, phrases: Phrases) -> list[Span]:
    """Whom the words beside the cue name where the statement names nobody: "offered asylum to the minister", "condemned the squatters"."""
    heads = parse.tokens(statement.cue[0])
    verb = next((t for t in heads if t.tag_.startswith("VB")), None)
    if verb is None:
        return []
    names = _BEHIND.get(root, _TO)
    behind = [p for t in children(verb, "prep", "dative") if t.lower_ in names for p in children(t, "pobj")]
    given = [t for t in children(verb, "dative") if t.pos_ != "ADP"]
    asked = [s for c in children(verb, "xcomp", "ccomp") for s in children(c, "nsubj")] if root is Root.REQUEST else []
    if root is Root.REQUEST and children(verb, "xcomp"):
        asked += children(verb, "dobj", "nsubjpass")
    told = root in (Root.AGREE, Root.CONCEDE, Root.THREATEN) and children(verb, "ccomp", "xcomp")
    whom = children(verb, "dobj") if root in (Root.ACCUSE, Root.SUPPORT) or told else []
    within = [
        p for o in children(verb, "dobj") for t in children(o, "prep") if t.lower_ in names for p in children(t, "pobj")
    ]
    doers = (
        [p for o in children(verb, "dobj") for t in o.subtree if t.lower_ == "by" for p in children(t, "pobj")]
        if root in (Root.ACCUSE, Root.SUPPORT)
        else []
    )
    done = [o for c in children(verb, "xcomp") for o in children(c, "dobj", "dative")] if root in _REACHING else []
    for some in ((*behind, *given), asked, whom, doers, within, done):
        found = [s for t in some if t.pos_ != "ADP" for s in phrases.spans(t)]
        own = frozenset({"PRP$"}) if some is within or some is done else frozenset()
        others = [s for s in found if not any(t.tag_ in own or t.lower_ in REFLEXIVE for t in parse.tokens(s))]
        others = [s for s in others if not all(t.tag_ == "PRP$" for t in parse.tokens(s))]
        if others:
            return others
    return []


def _open(
    parse: Parse,
    phrases: Phrases,
    statements: Sequence[Statement],
    cues: Sequence[Span],
    document: str,
    made_by: str,
) -> Iterator[EventMention]:
    table = verb_cues()
    for first, last in parse.sentences:
        for i in range(first, last):
            verb = parse.doc[i]
            if verb.pos_ != "VERB" or verb.lemma_.lower() not in table:
                continue
            here = parse.span(i, i)
            if any(here.overlaps(c) for c in cues) or parse.quoted[i] >= 0:
                continue
            mention = _possible(verb, last, parse, phrases, document, made_by)
            if mention is None or any(s.act in ROOT_OF_ACT and _inside(here, s) for s in statements):
                continue
            holding = [s for s in statements if _inside(here, s)]
            yield mention if not holding else _told(mention, holding)


def _inside(span: Span, statement: Statement) -> bool:
    return any(c.contains(span) for c in statement.content)


def _told(mention: EventMention, holding: Sequence[Statement]) -> EventMention:
    inner = min(holding, key=lambda s: (sum(len(c) for c in s.content), s.id))
    return replace(mention, told_in=inner.id)


def _possible(
    verb: Token, stop: int, parse: Parse, phrases: Phrases, document: str, made_by: str
) -> EventMention | None:
    """A saying that is told as denied, coming, possible or long past: its verb, its subject and the one it is aimed at."""
    for found in sorted(match(verb, stop), key=lambda m: -len(m.tokens)):
        row = next((r for r in found.rows if r.kind is CueKind.SAY and r.act in ROOT_OF_ACT), None)
        if row is None:
            continue
        root, mode = ROOT_OF_ACT[row.act]
        mode = mode or said_mode(root, [t for t in verb.subtree if t.i > verb.i])
        trigger = Trigger(row.words, True, None, Frame(), EventKind.SAYING, root, mode)
        one = Found(trigger, verb, list(found.tokens))
        aux = auxiliary(one, " ".join(t.text for t in verb.subtree))
        by = subject(verb)
        # "Tasse, accused by Orrin of jamming, ...": told in passing, which the readers of statements pass over.
        reduced = verb.dep_ == "acl" and bool(children(verb, "agent")) and row.act in _AIMED_ACTS
        suffered = children(verb, "nsubjpass") if row.act in (Act.ACCUSE, Act.CONDEMN) and aux not in _OPEN else []
        fallen = row.act is Act.THREATEN and bool(children(verb, "xcomp")) and aux not in _OPEN
        if aux not in _OPEN and not (reduced or suffered or fallen):
            return None
        if not suffered and (by is None or not phrases.takes_part(by)):
            return None
        people = [Participant(Role.ACTOR, span) for span in (phrases.spans(by) if by is not None else ())]
        things = [verb.head] if reduced else suffered or list(_aimed(verb, found.tokens))
        if suffered and not any(phrases.takes_part(t) for t in suffered):
            return None
        if fallen and not things:
            things = [o for c in children(verb, "xcomp") for o in children(c, "dobj")]
        aimed = [s for t in things for s in phrases.spans(t)]
        people += [Participant(Role.RECIPIENT, s) for s in aimed if not any(s.overlaps(p.span) for p in people)]
        spans = tuple(parse.span(t.i, t.i) for t in found.tokens)
        return EventMention(
            id=mention_id(document, spans, EventKind.SAYING),
            document=document,
            trigger=spans,
            kind=EventKind.SAYING,
            code=root,
            mode=mode,
            aux=aux,
            participants=tuple(sorted(people, key=lambda p: (p.span, p.role.value))),
            confidence=0.7,
            made_by=made_by,
            reasons=(Reason("kind", "cue", 0.7, spans[0], " ".join(row.words)),),
        )
    return None


def _aimed(verb: Token, tokens: Sequence[Token]) -> Iterator[Token]:
    """The one a saying is aimed at: the object of its verb or of its particle, the subject of what is asked, or an owner."""
    things = [*children(verb, "dobj"), *(p for t in tokens if t.dep_ == "prep" for p in children(t, "pobj"))]
    things += [s for c in children(verb, "ccomp") for s in children(c, "nsubj") if s.pos_ != "PRON"]
    things += [
        p for t in children(verb, "prep", "dative") if t.lower_ in {"to", "against"} for p in children(t, "pobj")
    ]
    for thing in things:
        owners = [c for c in children(thing, "poss") if c.pos_ != "PRON"]
        if not owners and not is_human(thing) and thing.pos_ == "NOUN":
            # "Would back the claims of Nord", "would refuse any visit by the commissioner"
            owners = [p for t in children(thing, "prep") if t.lower_ in {"of", "by"} for p in children(t, "pobj")]
        yield from owners or [thing]
