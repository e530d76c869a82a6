"""The event reader: from the parse of a document, which is made once for all readers, to its event mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from onrecord.model import (
    Act,
    Auxiliary,
    EventKind,
    EventMention,
    Figure,
    Participant,
    Reason,
    Role,
    Root,
    Span,
    Statement,
    mention_id,
    promised,
)
from onrecord.reading.events.auxiliary import auxiliary
from onrecord.reading.events.cast import Cast
from onrecord.reading.events.coder import EventCoder
from onrecord.reading.events.counting import counts, is_dated
from onrecord.reading.events.drafts import Draft
from onrecord.reading.events.finding import find
from onrecord.reading.events.found import Found, after_words
from onrecord.reading.events.judging import judged
from onrecord.reading.events.modes import force_mode
from onrecord.reading.events.outcomes import absorb, is_alleged, is_sum, outcome_of, taken_for_granted
from onrecord.reading.events.participants import cast_of
from onrecord.reading.events.phrases import Phrases
from onrecord.reading.events.places import add_places, thing_of
from onrecord.reading.events.sayings import Content, sayings
from onrecord.reading.events.triggers import triggers
from onrecord.reading.events.verbs import lemma_of
from onrecord.reading.mentions import Mentions
from onrecord.reading.parse import Parse

#: What a saying of these acts asks for, promises or denies is its content; the event, if there is one, is the saying itself.
_UNREAL = frozenset({Act.DEMAND, Act.REQUEST, Act.OFFER, Act.THREATEN, Act.DENY, Act.REJECT, Act.PROMISE, Act.DECLINE})
#: What these allege, blame or praise is theirs to tell as well; an event of its own is made of it only where its time is told.
_ALLEGED = frozenset({Act.ACCUSE, Act.CONDEMN, Act.WARN, Act.SUPPORT})
#: Kinds in which two sides do the same to each other.
MUTUAL = frozenset({EventKind.MEETING, EventKind.TALKS, EventKind.AGREEMENT, EventKind.COOPERATION})
#: Kinds that are looked for by their day, and are events of their own when they are agreed on.
_DATED = frozenset({EventKind.MEETING, EventKind.TALKS, EventKind.VISIT, EventKind.EXERCISE, EventKind.AGREEMENT})
_OF_PEOPLE = frozenset({EventKind.MEETING, EventKind.TALKS})
_WORD = re.compile(r"\w+")


def read_events(
    parse: Parse,
    found: Mentions,
    statements: Sequence[Statement],
    figures: Sequence[Figure],
    document: str,
    made_by: str,
    coder: EventCoder | None = None,
) -> tuple[EventMention, ...]:
    """The event mentions of the parsed text, in text order.

    Only sentences that hold a trigger's lemma are looked at. What a statement says is told by the statement (``told_in``);
    what a demand, an offer or a denial speaks of did not happen for all we know and is left to the statement. With a `coder`
    what the tables found is confirmed, recoded or dropped, and verbs that they do not have are added.
    """
    table = triggers()
    phrases = Phrases(parse, found)
    out: dict[str, EventMention] = {}
    contents: list[Content] = []
    for first, last in parse.sentences:
        tokens = [parse.doc[i] for i in range(first, last)]
        if not any(t.lemma_.lower() in table or (t.tag_[:2] == "VB" and lemma_of(t) in table) for t in tokens):
            continue
        for mention in _in_sentence(tokens, parse, phrases, statements, figures, document, made_by, contents):
            out.setdefault(mention.id, mention)
    taken = [span for mention in out.values() for span in mention.trigger]
    for mention in sayings(parse, phrases, statements, contents, taken, document, made_by):
        out.setdefault(mention.id, mention)
    ordered = tuple(sorted(out.values(), key=lambda m: (m.trigger[0], m.id)))
    return judged(parse, phrases, ordered, statements, coder, document, made_by) if coder is not None else ordered


def _in_sentence(
    tokens: Sequence[Token],
    parse: Parse,
    phrases: Phrases,
    statements: Sequence[Statement],
    figures: Sequence[Figure],
    document: str,
    made_by: str,
    contents: list[Content],
) -> Iterator[EventMention]:
    drafts: list[Draft] = []
    by_head: dict[int, Draft] = {}
    for one in find(tokens, phrases):
        cast = cast_of(one, parse, phrases)
        add_places(one, cast, parse, phrases)
        before = _inherits(one, by_head)
        if before is not None and cast.empty:
            for role, spans in before.cast.roles.items():
                cast.add(role, spans)
        mention = _mention(one, cast, parse, phrases, document, made_by)
        draft = Draft(one, cast, mention)
        by_head[one.head.i] = draft
        drafts.append(draft)
    outcomes = _absorbed(drafts, parse, phrases, document, made_by)
    for draft in drafts:
        if draft in outcomes or is_sum(draft, figures):
            continue
        told = _told_in(draft, statements)
        open_ = draft.mention.aux is Auxiliary.HYPOTHETICAL
        unreal = told is not None and told.act in _UNREAL and (open_ or not draft.found.definite)
        # "Agreed to withdraw": the concession is the agreeing.
        unreal = unreal or (told is not None and told.act is Act.AGREE and _is_conceded(draft))
        denied = told is not None and told.act is Act.DENY and draft.mention.aux is Auxiliary.NEGATED
        granted = told is not None and taken_for_granted(draft, told)
        if told is not None and unreal and not denied and not granted:
            contents.append(_content(told, draft, parse))
            continue
        if told is not None and told.act in _ALLEGED and not (draft.found.definite or _is_timed(draft) or granted):
            contents.append(_content(told, draft, parse))
            continue
        if not counts(draft, phrases) or is_alleged(draft):
            continue
        near = tuple(f for f in figures if _with(f, draft, tokens, parse))
        yield replace(draft.mention, told_in=told.id if told is not None else None, figures=near)


def _is_conceded(draft: Draft) -> bool:
    given = draft.mention.code in (Root.CONCEDE, Root.AGREE) and draft.mention.kind not in _DATED
    return draft.mention.aux is Auxiliary.FUTURE and given and draft.found.row.verb


def _absorbed(drafts: Sequence[Draft], parse: Parse, phrases: Phrases, document: str, made_by: str) -> list[Draft]:
    """The drafts that are only outcomes of others of the sentence; these are told what the outcomes say."""
    found: dict[int, Draft] = {}
    for number, draft in enumerate(drafts):
        above = outcome_of(draft, drafts)
        while above is not None and drafts.index(above) in found:
            above = found[drafts.index(above)]
        if above is not None and above is not draft:
            absorb(above, draft)
            above.mention = _mention(above.found, above.cast, parse, phrases, document, made_by)
            found[number] = above
    return [drafts[number] for number in found]


def _content(told: Statement, draft: Draft, parse: Parse) -> Content:
    taking = [*draft.cast.roles.get(Role.RECIPIENT, []), *draft.cast.roles.get(Role.HOST, [])]
    # "Refused to withdraw its troops", "agreed to end their blockade": what is the speaker's own is nobody acted on.
    taking = [s for s in taking if not any(t.tag_ == "PRP$" for t in parse.tokens(s))]
    return Content(told.id, draft.found.row.code, draft.mention.kind, tuple(taking))


def _is_timed(draft: Draft) -> bool:
    clause = draft.found.clause
    return any(t.ent_type_ == "DATE" for c in clause.children for t in c.subtree)


def _inherits(one: Found, by_head: Mapping[int, Draft]) -> Draft | None:
    """ "The first meeting of the two since talks in Munich": the later noun has the participants of the earlier one."""
    above = one.head.head
    if one.head.dep_ == "pobj" and above.lower_ == "since":
        return by_head.get(above.head.i)
    return None


def _mention(one: Found, cast: Cast, parse: Parse, phrases: Phrases, document: str, made_by: str) -> EventMention:
    trigger = tuple(sorted({parse.span(t.i, t.i) for t in one.tokens}))
    kind = _kind(one, cast, parse, phrases)
    aux = auxiliary(one, _clause_text(one))
    if one.head.head.lower_ == "since" and one.head.dep_ == "pobj":
        aux = Auxiliary.HISTORICAL
    code = one.row.code
    joint = len(cast.roles.get(Role.ACTOR, [])) > 1 or bool(cast.roles.get(Role.RECIPIENT))
    joint = joint or any(c.lower_ == "joint" for c in one.head.children)
    if kind is EventKind.EXERCISE and joint:
        code = Root.COOPERATE
    if aux is Auxiliary.FUTURE:
        code = promised(code)
    people = [Participant(role, span) for role in Role for span in cast.roles.get(role, [])]
    return EventMention(
        id=mention_id(document, trigger, kind),
        document=document,
        trigger=trigger,
        kind=kind,
        code=code,
        mode=force_mode(one),
        aux=aux,
        participants=tuple(sorted(people, key=lambda p: (p.span, p.role.value))),
        place_spans=tuple(cast.places),
        topic=_topic(one, parse),
        definite=one.copular or _is_passed(one, cast) or (_points_back(one) and cast.empty and not is_dated(one.head)),
        confidence=_confidence(one, cast),
        made_by=made_by,
        reasons=(Reason("kind", "trigger", 1.0, trigger[0], " ".join(one.row.words)),),
        thing=thing_of(one),
    )


def _kind(one: Found, cast: Cast, parse: Parse, phrases: Phrases) -> EventKind:
    """Talks between people are a meeting; talks between sides, and by telephone, are talks."""
    if (
        one.row.kind is not EventKind.TALKS
        or one.row.mode == "phone"
        or one.head.lemma_ in {"negotiation", "negotiate"}
    ):
        return one.row.kind
    spans = [s for some in cast.roles.values() for s in some]
    heads = [parse.tokens(s)[-1] for s in spans if parse.tokens(s)]
    named = [h for h in heads if phrases.is_person(h) and h.ent_type_ not in {"GPE", "ORG", "NORP"}]
    dated = any(t.ent_type_ == "DATE" for t in one.head.subtree)
    return (
        EventKind.MEETING if heads and len(named) == len(heads) and (one.row.verb is False or dated) else one.row.kind
    )


def _clause_text(one: Found) -> str:
    """The words of the clause of the event: the verb's subtree without the clauses that hang on it."""
    clause = one.clause
    words = []
    for token in clause.subtree:
        above = token
        while above.i != clause.i and not _opens_clause(above):
            above = above.head
        if above.i == clause.i:
            words.append(token.text)
    return " ".join(words)


def _opens_clause(token: Token) -> bool:
    if token.dep_ == "prep" and token.lower_ in {"since", "after", "before", "until", "following"}:
        return True
    joined = token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"}
    return joined or token.dep_ in {"relcl", "advcl", "ccomp", "parataxis"}


def _topic(one: Found, parse: Parse) -> Span | None:
    """What the event is about: "talks on the border", "an agreement on double taxation"."""
    carriers = [one.head, *one.tokens]
    for carrier in carriers:
        for prep in carrier.children:
            if prep.dep_ == "prep" and prep.lower_ in {"on", "about", "over", "regarding", "concerning"}:
                for thing in prep.children:
                    if thing.dep_ == "pobj" and thing.ent_type_ not in {"DATE", "TIME", "GPE", "PERSON"}:
                        tokens = [t for t in thing.subtree if t.i <= thing.i + 12]
                        return parse.span(tokens[0].i, max(t.i for t in tokens if not t.is_punct))
    return None


def _confidence(one: Found, cast: Cast) -> float:
    score = 0.9 if one.row.verb or one.light is not None else 0.75
    if cast.empty:
        score -= 0.2
    if one.loose or (one.head.tag_ == "NNS" and one.light is None and one.head.lemma_ != "talk"):
        score -= 0.1
    return round(score, 2)


def _points_back(one: Found) -> bool:
    """ "The meeting"; and "after talks", which are those just told."""
    return one.definite or (not one.row.verb and one.light is None and after_words(one.head) is not None)


def _is_passed(one: Found, cast: Cast) -> bool:
    """ "The law was adopted late on Tuesday": the law told before, with its day."""
    law = one.object if one.row.verb and one.row.kind is EventKind.LEGISLATION and cast.empty else None
    return law is not None and any(c.lower_ in {"the", "that", "this"} for c in law.children)


def _told_in(draft: Draft, statements: Sequence[Statement]) -> Statement | None:
    """The innermost statement in whose content the trigger stands."""
    at = draft.mention.trigger[-1]
    # "Ordered an inquiry": the words of an event that are a saying's own cue are not told by it.
    statements = [s for s in statements if not any(c.overlaps(t) for c in s.cue for t in draft.mention.trigger)]
    holding = [
        s for s in statements if any(c.contains(at) for c in s.content) and not any(c.overlaps(at) for c in s.cue)
    ]
    if not holding:
        return None
    return min(holding, key=lambda s: (sum(len(c) for c in s.content), s.id))


def _with(figure: Figure, draft: Draft, tokens: Sequence[Token], parse: Parse) -> bool:
    """True for a figure of the sentence that the event brought about: of an attack, a detention, a release, a deployment."""
    whole = parse.span(tokens[0].i, tokens[-1].i)
    fits = {
        EventKind.ATTACK: {"killed", "wounded", "missing", "displaced", "destroyed", "damaged", "casualties"},
        EventKind.DETENTION: {"detained", "captured", "abducted", "kidnapped"},
        EventKind.RELEASE: {"released"},
        EventKind.DEPLOYMENT: {"deployed"},
        EventKind.EXPULSION: {"expelled", "deported"},
        EventKind.PROTEST: {"detained", "killed", "wounded"},
    }
    return (
        whole.contains(figure.span) and figure.period is None and figure.of in fits.get(draft.mention.kind, frozenset())
    )


def may_hold_event(text: str) -> bool:
    """True when `text` may tell an event: a cheap look at its words, for lines that are not parsed otherwise (captions)."""
    return any(word in _STEMS for word in _WORD.findall(text.casefold()))


#: Words of captions: what photographs show of events.
_STEMS = frozenset(
    [
        "meet",
        "meets",
        "met",
        "meeting",
        "talk",
        "talks",
        "sign",
        "signs",
        "signed",
        "signing",
        "visit",
        "visits",
        "visited",
        "summit",
        "attack",
        "attacked",
        "attacks",
        "deploy",
        "deployed",
        "protest",
        "protests",
        "protesters",
        "agreement",
        "treaty",
        "exercise",
        "exercises",
        "release",
        "released",
        "arrive",
        "arrives",
        "arrived",
        "attend",
        "attends",
        "attended",
        "negotiations",
        "demonstrate",
        "demonstrators",
        "rally",
        "election",
        "troops",
        "shelling",
        "strike",
    ]
)
