"""Single fields of lines as reviewers corrected them: who says it, to whom, what it does, when; and lines that are none.

An entry names one statement and means its line: every copy that carries it. Of each reviewer the last entry in force counts.
Where all who spoke of a field agree, their value is given; where two disagree, the reader's value stays and the line is
marked as disputed, with both opinions (decision 0010).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from cattrs.errors import BaseValidationError
from sqlalchemy import Connection, select

from onrecord.model import (
    UNKNOWN_DATE,
    Act,
    Actor,
    ActorKind,
    ActorRef,
    Correction,
    CorrectionKind,
    DateBasis,
    DateEvidence,
    DateValue,
    EventKind,
    EventMention,
    Participant,
    Precision,
    Reason,
    RelationKind,
    Role,
    Seen,
    Speakers,
    Statement,
    correction,
    errors,
)
from onrecord.record import codec, query, schema

REVIEWER = "reviewer"
_WITHDRAWN, _KEPT = "withdrawn", "kept"
_PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
#: What makes a date of each precision its first day.
_FIRST = {Precision.YEAR: "-01-01", Precision.MONTH: "-01", Precision.DAY: ""}


class Field(StrEnum):
    """What of a line a reviewer can correct; ``line`` is whether it is one at all."""

    SPEAKER = "speaker"
    TARGET = "target"
    ACT = "act"
    DATE = "date"
    LINE = "line"


FIELD_OF = {
    CorrectionKind.SET_SPEAKER: Field.SPEAKER,
    CorrectionKind.SET_TARGET: Field.TARGET,
    CorrectionKind.SET_ACT: Field.ACT,
    CorrectionKind.SET_DATE: Field.DATE,
    CorrectionKind.WITHDRAW_LINE: Field.LINE,
    CorrectionKind.KEEP_LINE: Field.LINE,
}
KIND_OF = {
    Field.SPEAKER: CorrectionKind.SET_SPEAKER,
    Field.TARGET: CorrectionKind.SET_TARGET,
    Field.ACT: CorrectionKind.SET_ACT,
    Field.DATE: CorrectionKind.SET_DATE,
}
#: The fields of a statement, as reasons name them, that each correction sets.
REASONS = {
    Field.SPEAKER: frozenset({"speakers", "on_behalf_of"}),
    Field.TARGET: frozenset({"target"}),
    Field.ACT: frozenset({"act"}),
    Field.DATE: frozenset({"date"}),
    Field.LINE: frozenset[str](),
}


@dataclass(frozen=True, slots=True)
class Review:
    """What one reviewer says of one field of a line: the value in words, and whether it is the one that is given."""

    field: Field
    value: str
    who: str
    when: str
    why: str
    correction: str
    applied: bool


@dataclass(frozen=True, slots=True)
class FieldCorrections:
    """What the corrections in force say of the fields of lines, by the line's id and the field.

    ``agreed`` holds one entry where all reviewers give one value; ``disputed`` all opinions where they do not.
    """

    agreed: Mapping[tuple[str, Field], Correction] = field(default_factory=dict)
    disputed: Mapping[tuple[str, Field], tuple[Correction, ...]] = field(default_factory=dict)
    opinions: Mapping[tuple[str, Field], tuple[Correction, ...]] = field(default_factory=dict)
    lines: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    #: The statements of the lines that were withdrawn, on all copies.
    gone: frozenset[str] = frozenset()

    def statement(self, statement: Statement, line: str) -> Statement:
        """The statement, which belongs to `line`, with the fields that reviewers agree on; it is in none that was withdrawn."""
        if statement.nested_in in self.gone:
            statement = replace(statement, nested_in=None)
        if line not in self.lines:
            return statement
        for one in (Field.SPEAKER, Field.TARGET, Field.ACT, Field.DATE):
            entry = self.agreed.get((line, one))
            if entry is not None:
                statement = _with(statement, one, entry)
        return statement

    def mention(self, mention: EventMention, statement: Statement, line: str) -> EventMention:
        """The saying, as an event, that `statement` (corrected, of `line`) is: its parties, day and code follow."""
        for one in (Field.SPEAKER, Field.TARGET, Field.DATE, Field.ACT):
            if (line, one) not in self.agreed:
                continue
            if one is Field.DATE:
                mention = replace(mention, date=statement.date)
            elif one is Field.ACT:
                mention = _coded(mention, statement)
            else:
                mention = _cast(mention, one, self.agreed[(line, one)])
        return mention

    def reviews(self, line: str) -> tuple[Review, ...]:
        """What reviewers say of the line, by field and in the order of the log."""
        if line not in self.lines:
            return ()
        return tuple(
            Review(
                one,
                in_words(entry.kind, entry.value),
                entry.who,
                entry.when,
                entry.why,
                entry.id,
                (line, one) in self.agreed,
            )
            for one in Field
            for entry in self.opinions.get((line, one), ())
        )

    def actors(self) -> dict[str, Actor]:
        """The actors that reviewers' values name, by id."""
        found = (a for entry in self.agreed.values() for a in actors_of(entry))
        return {actor.id: actor for actor in found}


NOTHING_CORRECTED = FieldCorrections()


def field_corrections(connection: Connection, in_force: Iterable[Correction]) -> FieldCorrections:
    """What the entries in force, in the order of the log, say of the fields of lines that the record holds."""
    entries = [entry for entry in in_force if entry.kind in FIELD_OF]
    if not entries:
        return NOTHING_CORRECTED
    line_of = query.lines_of(connection, {entry.subject[0] for entry in entries})
    last: dict[tuple[str, Field], dict[str, Correction]] = {}
    for entry in entries:
        line = line_of.get(entry.subject[0])
        if line is not None:
            spoken = last.setdefault((line, FIELD_OF[entry.kind]), {})
            spoken.pop(entry.who, None)
            spoken[entry.who] = entry
    opinions = {key: tuple(spoken.values()) for key, spoken in last.items()}
    agreed = {key: some[-1] for key, some in opinions.items() if len({said(e) for e in some}) == 1}
    withdrawn = frozenset(line for (line, _), e in agreed.items() if e.kind is CorrectionKind.WITHDRAW_LINE)
    s = schema.statements
    gone = (
        connection.execute(select(s.c.id).where(s.c.line.in_(part or []))).scalars()
        for part in query.in_parts(withdrawn)
    )
    return FieldCorrections(
        agreed,
        {key: some for key, some in opinions.items() if key not in agreed},
        opinions,
        frozenset(line for line, _ in opinions),
        withdrawn,
        frozenset(statement for some in gone for statement in some),
    )


def read_statement(connection: Connection, statement_id: str) -> Statement:
    """A statement as the reader and the resolver gave it, no correction applied.

    Raises:
        NotFound: when the record has none of that id.
    """
    s = schema.statements
    stored = connection.execute(select(s.c.statement).where(s.c.id == statement_id)).scalar()
    if stored is None:
        raise errors.NotFound(f"The record has no line {statement_id}.")
    return codec.load(stored, Statement)


def entry(
    connection: Connection,
    kind: CorrectionKind,
    statement_id: str,
    value: str | None,
    *,
    who: str,
    when: str,
    why: str,
) -> Correction:
    """A correction of one field of a line, with what the reader had given for it.

    Raises:
        NotFound: when the record has no such statement.
    """
    read = read_statement(connection, statement_id)
    seen = Seen(read.document, read.content, value_of(read, FIELD_OF[kind]))
    return correction(kind, (statement_id,), who=who, when=when, why=why, value=value, seen=seen)


def can_be_applied(entry: Correction) -> bool:
    """False where an entry names nothing, or sets what is no value of its field: applying it would end in an error each time."""
    wanted = {CorrectionKind.ADD_RELATION: 2, CorrectionKind.MERGE_ACTORS: 2, CorrectionKind.SPLIT_ACTOR: 2}
    if len(entry.subject) < wanted.get(entry.kind, 1):
        return False
    try:
        if entry.kind is CorrectionKind.SET_ACT:
            Act(entry.value or "")
        elif entry.kind is CorrectionKind.SET_DATE:
            date_of(entry.value or "")
        elif entry.kind is CorrectionKind.ADD_RELATION:
            RelationKind(entry.value or "")
        else:
            actors_of(entry)
    except (ValueError, BaseValidationError):
        return False
    return True


def said(entry: Correction) -> str:
    """What an entry says of its field, in a form that two entries saying the same share."""
    if entry.kind in {CorrectionKind.SET_SPEAKER, CorrectionKind.SET_TARGET}:
        return plain_value(FIELD_OF[entry.kind], entry.value or "")
    if entry.kind in {CorrectionKind.WITHDRAW_LINE, CorrectionKind.WITHDRAW_RELATION}:
        return _WITHDRAWN
    if entry.kind in {CorrectionKind.KEEP_LINE, CorrectionKind.KEEP_RELATION, CorrectionKind.ADD_RELATION}:
        return _KEPT
    return entry.value or ""


def plain_value(one: Field, value: str) -> str:
    """A value of a field in the form in which two are compared: of actors only who they are, in any order."""
    if one is Field.SPEAKER:
        found = codec.load(value or "{}", Speakers)
        return codec.dump(tuple(_who(some) for some in (found.speakers, found.on_behalf_of)))
    if one is Field.TARGET:
        return codec.dump(_who(codec.load(value or "[]", tuple[Actor, ...])))
    return value


def _who(found: Iterable[Actor]) -> tuple[str, ...]:
    return tuple(sorted(actor.id or actor.name for actor in found))


def actors_of(entry: Correction) -> tuple[Actor, ...]:
    """The actors that a correction of speakers or targets names."""
    if entry.kind is CorrectionKind.SET_SPEAKER:
        value = codec.load(entry.value or "{}", Speakers)
        return (*value.speakers, *value.on_behalf_of)
    if entry.kind is CorrectionKind.SET_TARGET:
        return codec.load(entry.value or "[]", tuple[Actor, ...])
    return ()


def in_words(kind: CorrectionKind, value: str | None) -> str:
    """The value of a correction as a person reads it."""
    if kind is CorrectionKind.SET_SPEAKER:
        found = codec.load(value or "{}", Speakers)
        behalf = f" for {_names(found.on_behalf_of)}" if found.on_behalf_of else ""
        return (_names(found.speakers) or "not known") + behalf
    if kind is CorrectionKind.SET_TARGET:
        return _names(codec.load(value or "[]", tuple[Actor, ...])) or "nobody"
    if kind is CorrectionKind.SET_DATE:
        return value or "undated"
    if kind is CorrectionKind.WITHDRAW_LINE:
        return _WITHDRAWN
    if kind is CorrectionKind.KEEP_LINE:
        return _KEPT
    return value or ""


def value_of(statement: Statement, one: Field) -> str:
    """What the reader gave for a field, in the form of a correction's value."""
    if one is Field.SPEAKER:
        return codec.dump(Speakers(_bare(statement.speakers), _bare(statement.on_behalf_of)))
    if one is Field.TARGET:
        return codec.dump(_bare(statement.target))
    if one is Field.ACT:
        return statement.act.value
    if one is Field.DATE:
        return statement.date.value or ""
    return _KEPT


def date_of(value: str, reason: str = "") -> DateValue:
    """The date that a reviewer gave: an ISO day, month or year, or "" for one that is not known.

    Raises:
        ValueError: for anything else.
    """
    if not value:
        return UNKNOWN_DATE
    precision = _PRECISIONS.get(len(value))
    if precision is None:
        raise ValueError(f"{value!r} is no ISO day, month or year")
    datetime.date.fromisoformat(value + _FIRST[precision])
    whole = value if precision is Precision.DAY else None
    evidence = (DateEvidence(DateBasis.CORRECTION, None, reason),) if reason else ()
    return DateValue(value, precision, DateBasis.CORRECTION, whole, whole, evidence=evidence)


def _bare(refs: Iterable[ActorRef]) -> tuple[Actor, ...]:
    return tuple(Actor(ref.id or "", ref.name, ActorKind.UNNAMED_GROUP) for ref in refs)


def _names(found: Iterable[Actor]) -> str:
    return ", ".join(actor.name for actor in found)


def _refs(found: Iterable[Actor]) -> tuple[ActorRef, ...]:
    return tuple(ActorRef(actor.id or None, actor.name) for actor in found)


def reason_of(entry: Correction) -> str:
    """Who entered a correction, when and why, in one line."""
    return f"{entry.who} on {entry.when[:10]}: {entry.why}"


def _with(statement: Statement, one: Field, entry: Correction) -> Statement:
    """The statement with one field as the entry sets it, and the entry as the reason for it."""
    named = sorted(REASONS[one], reverse=True)
    told = tuple(Reason(name, REVIEWER, 1.0, None, reason_of(entry)) for name in named)
    reasons = (*(r for r in statement.reasons if r.field not in REASONS[one]), *told)
    if one is Field.SPEAKER:
        value = codec.load(entry.value or "{}", Speakers)
        return replace(
            statement, speakers=_refs(value.speakers), on_behalf_of=_refs(value.on_behalf_of), reasons=reasons
        )
    if one is Field.TARGET:
        return replace(statement, target=_refs(actors_of(entry)), reasons=reasons)
    if one is Field.ACT:
        return replace(statement, act=Act(entry.value or ""), reasons=reasons)
    return replace(statement, date=date_of(entry.value or "", reason_of(entry)), reasons=reasons)


#: Kinds of actors that are a side themselves, whoever else speaks for them.
_SIDES = frozenset(ActorKind) - {ActorKind.PERSON, ActorKind.UNNAMED_GROUP, ActorKind.AGENCY, ActorKind.OUTLET}


def _cast(mention: EventMention, one: Field, entry: Correction) -> EventMention:
    """The mention with those whom the entry names in the role of the field; their characters are those of who stood there before."""
    role = Role.ACTOR if one is Field.SPEAKER else Role.RECIPIENT
    staying = tuple(p for p in mention.participants if p.role is not role)
    if one is Field.SPEAKER:
        value = codec.load(entry.value or "{}", Speakers)
        people, behind = value.speakers, value.on_behalf_of
    else:
        people, behind = actors_of(entry), ()
    if not people:
        return replace(mention, participants=staying)
    span = next((p.span for p in mention.participants if p.role is role), mention.trigger[0])
    sides = tuple(a.id for a in (behind or people) if a.kind in _SIDES)
    new = Participant(role, span, _refs(people), sides)
    return replace(mention, participants=tuple(sorted((*staying, new), key=lambda p: (p.span, p.role.value))))


def _coded(mention: EventMention, statement: Statement) -> EventMention:
    """The mention with the code of the corrected act; what PLOVER has no code for keeps none."""
    from onrecord.reading.events.sayings import root_of

    coded = root_of(statement)
    root, mode = coded if coded is not None else (None, None)
    return replace(mention, kind=EventKind.SAYING, code=root, mode=mode)
