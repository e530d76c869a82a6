"""What the trained coder says of the events that the tables found, and the events that it alone sees.

The tables say where an event may be and what it is in a plain word; the coder, which sees the sentence with every name hidden,
confirms, recodes or drops it by its calibrated score. A verb that no table has is an event where somebody does it and the coder
is sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.model import (
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
    promised,
)
from onrecord.reading.events.auxiliary import auxiliary
from onrecord.reading.events.coder import Coding, CodingInput, EventCoder
from onrecord.reading.events.found import Found
from onrecord.reading.events.phrases import Phrases
from onrecord.reading.events.sayings import REFLEXIVE
from onrecord.reading.events.triggers import Frame, Trigger, objects
from onrecord.reading.grammar import children, is_infinitive, subject
from onrecord.reading.parse import Parse

#: From this score on the coder's root takes the place of a saying's.
RECODE_FROM = 0.9
#: From this score on "no event" drops a mention that only a noun names.
DROP_FROM = 0.95
#: From this score on a verb that no table has is an event.
FIND_FROM = 0.9
#: The same where nobody is acted on.
ALONE_FROM = 0.98
#: From this score on the coder's auxiliary takes the place of "asserted"; the grammar is surer of all others.
TELL_FROM = 0.9
#: Behind these somebody is acted on beside an object, behind the others only where the verb has none.
_AIMED = frozenset({"with", "to", "against"})
_PARTNERS = frozenset({"with", "to", "on", "against", "from", "at", "over", "into"})
#: The plain kind of an event that only the coder found, by its root, and by its mode where that says more.
_KIND = {
    Root.CONSULT: EventKind.TALKS,
    Root.COOPERATE: EventKind.COOPERATION,
    Root.AID: EventKind.AID,
    Root.RETREAT: EventKind.WITHDRAWAL,
    Root.PROTEST: EventKind.PROTEST,
    Root.SANCTION: EventKind.SANCTION,
    Root.MOBILIZE: EventKind.DEPLOYMENT,
    Root.COERCE: EventKind.SEIZURE,
    Root.ASSAULT: EventKind.ATTACK,
}
_KIND_OF_MODE = {
    "visit": EventKind.VISIT,
    "release": EventKind.RELEASE,
    "return": EventKind.RELEASE,
    "expel": EventKind.EXPULSION,
    "deport": EventKind.EXPULSION,
    "arrest": EventKind.DETENTION,
    "abduct": EventKind.DETENTION,
    "convict": EventKind.DETENTION,
    "discontinue": EventKind.SANCTION,
}


@dataclass(frozen=True, slots=True)
class _Case:
    """A mention with what the coder is asked about it; ``new`` is set where no table found it."""

    mention: EventMention
    asked: CodingInput
    verb: bool
    new: bool = False


def judged(
    parse: Parse,
    phrases: Phrases,
    found: Sequence[EventMention],
    statements: Sequence[Statement],
    coder: EventCoder,
    document: str,
    made_by: str,
) -> tuple[EventMention, ...]:
    """The mentions of the parsed text as the coder leaves them, with those it adds, in text order."""
    cases = [c for m in found if (c := _case(m, parse, phrases)) is not None]
    cases += list(_further(parse, phrases, found, statements, document, made_by))
    codings = (
        dict(zip((c.mention.id for c in cases), coder.code([c.asked for c in cases]), strict=True)) if cases else {}
    )
    kept = {m.id: m for m in found}
    for case in cases:
        coding = codings[case.mention.id]
        told = _added(case.mention, coding) if case.new else _checked(case, coding)
        if told is None:
            kept.pop(case.mention.id, None)
        else:
            kept[case.mention.id] = told
    return tuple(sorted(kept.values(), key=lambda m: (m.trigger[0], m.id)))


def _case(mention: EventMention, parse: Parse, phrases: Phrases) -> _Case | None:
    """What is asked of a mention that a table found; sayings that are statements have their act and are not asked about."""
    if mention.code is None or mention.saying is not None or mention.definite:
        return None
    tokens = parse.tokens(mention.trigger[-1])
    if not tokens:
        return None
    verb = any(t.tag_.startswith("VB") for s in mention.trigger for t in parse.tokens(s))
    return _Case(mention, _asked(mention, tokens[0], parse, phrases), verb)


def _asked(mention: EventMention, token: Token, parse: Parse, phrases: Phrases) -> CodingInput:
    first, last = parse.sentence(token.i)
    whole = parse.span(first, last - 1)

    def inside(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(s.shift(-whole.start) for s in spans if whole.contains(s))

    giving = [p.span for p in mention.in_role(Role.ACTOR, Role.SIGNATORY)]
    taking = [p.span for p in mention.in_role(Role.RECIPIENT, Role.HOST)]
    trigger = inside(mention.trigger)
    return CodingInput(
        whole.of(parse.text),
        inside(giving),
        inside(taking),
        trigger[0] if trigger else None,
        inside(phrases.names(whole)),
    )


def _checked(case: _Case, coding: Coding) -> EventMention | None:
    mention = case.mention
    if coding.root is None:
        return None if not case.verb and coding.root_probability >= DROP_FROM else mention
    aux = mention.aux
    if aux is Auxiliary.ASSERTED and coding.aux_probability >= TELL_FROM:
        aux = coding.aux
    code, mode = mention.code, mention.mode
    # A mode is given by the tables alone: how often the coder's modes are right has not been measured.
    # What a table names in a plain word it codes by the manual; the coder learnt from a corpus that codes some of it otherwise
    # (sanctions on persons as COERCE), so that it recodes sayings alone.
    if coding.root is not code and mention.kind is EventKind.SAYING and coding.root_probability >= RECODE_FROM:
        code, mode = coding.root, None
    if aux is Auxiliary.FUTURE is not mention.aux:
        code = promised(code)
    if (code, mode, aux) == (mention.code, mention.mode, mention.aux):
        return mention
    why = Reason(
        "code", "coder", coding.root_probability, mention.trigger[0], f"{coding.root.value}, {coding.aux.value}"
    )
    kept = mode if code is mention.code else None
    return replace(mention, code=code, mode=kept, aux=aux, reasons=(*mention.reasons, why))


def _added(mention: EventMention, coding: Coding) -> EventMention | None:
    """A verb that only the coder knows as an event: its root, and the kind that goes with it."""
    alone = not mention.in_role(Role.RECIPIENT)
    if coding.root is None or coding.root_probability < (ALONE_FROM if alone else FIND_FROM):
        return None
    kind = _KIND_OF_MODE.get(coding.mode or "") or _KIND.get(coding.root, EventKind.SAYING)
    if kind is EventKind.SAYING and mention.aux is Auxiliary.ASSERTED and coding.aux is Auxiliary.ASSERTED:
        aux = Auxiliary.ASSERTED
    else:
        aux = mention.aux if mention.aux is not Auxiliary.ASSERTED else coding.aux
    why = Reason("code", "coder", coding.root_probability, mention.trigger[0], coding.root.value)
    return replace(
        mention,
        kind=kind,
        code=promised(coding.root) if aux is Auxiliary.FUTURE else coding.root,
        aux=aux,
        confidence=round(0.8 * coding.root_probability, 2),
        reasons=(why,),
    )


def _further(
    parse: Parse,
    phrases: Phrases,
    found: Sequence[EventMention],
    statements: Sequence[Statement],
    document: str,
    made_by: str,
) -> Iterator[_Case]:
    """Verbs that no table has and no saying uses, with somebody who acts."""
    taken = [s for m in found for s in m.trigger] + [s for st in statements for s in st.cue]
    said = [c for st in statements for c in st.content]
    for first, last in parse.sentences:
        for i in range(first, last):
            verb = parse.doc[i]
            if verb.tag_ == "VBG" and verb.dep_ in {"advcl", "acl"}:
                # "Attacked the patrol, killing four": what an event brings about is no second one.
                continue
            if verb.dep_ == "advcl" and is_infinitive(verb):
                # "Marched to denounce the tax": what something is done for is no second event.
                continue
            if children(verb, "xcomp", "ccomp"):
                # "Failed to withdraw", "helped build": the event is what the verb opens.
                continue
            if verb.pos_ != "VERB" or verb.lemma_.lower() in objects("plain-verb") or parse.quoted[i] >= 0:
                continue
            here = parse.span(i, i)
            if verb.dep_ == "xcomp" and any(parse.span(verb.head.i, verb.head.i).overlaps(t) for t in taken):
                # "Threatened to kill": what is threatened is told by the threat.
                continue
            if any(here.overlaps(t) for t in taken) or any(c.contains(here) for c in said):
                continue
            mention = _of_two(verb, parse, phrases, document, made_by)
            if mention is not None:
                yield _Case(mention, _asked(mention, verb, parse, phrases), verb=True, new=True)


def _of_two(verb: Token, parse: Parse, phrases: Phrases, document: str, made_by: str) -> EventMention | None:
    by = subject(verb)
    if by is None or by.pos_ == "PRON" or not phrases.takes_part(by):
        return None
    giving = phrases.spans(by)
    things = [*children(verb, "dobj", "dative", "nsubjpass")]
    behind = [(w.lower_, p) for w in children(verb, "prep", "dative") for p in children(w, "pobj")]
    met = any(phrases.takes_part(t) for t in things if t.pos_ != "ADP")
    things += [p for name, p in behind if name in (_AIMED if met else _PARTNERS)]
    if not any(phrases.takes_part(t) for t in things if t.pos_ != "ADP"):
        # "Expanded trade with Tasse": the partner may hang on the object.
        inner = [w for t in children(verb, "dobj") for w in children(t, "prep") if w.lower_ in {"with", "against"}]
        things += [p for w in inner for p in children(w, "pobj")]
    things = [t for t in things if t.pos_ != "ADP" and t.lower_ not in REFLEXIVE]
    taking = [s for t in things if phrases.takes_part(t) for s in phrases.spans(t)]
    taking = [s for s in dict.fromkeys(taking) if not any(s.overlaps(g) for g in giving)]
    if not giving:
        return None
    trigger = (parse.span(verb.i, verb.i),)
    row = Trigger((verb.lemma_,), True, None, Frame(), EventKind.SAYING, None, None)
    aux = auxiliary(Found(row, verb, [verb]), " ".join(t.text for t in verb.subtree))
    people = [Participant(Role.ACTOR, s) for s in giving] + [Participant(Role.RECIPIENT, s) for s in taking]
    return EventMention(
        id=mention_id(document, trigger, EventKind.SAYING),
        document=document,
        trigger=trigger,
        kind=EventKind.SAYING,
        code=None,
        aux=aux,
        participants=tuple(sorted(people, key=lambda p: (p.span, p.role.value))),
        made_by=made_by,
    )
