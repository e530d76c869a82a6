# ruff: noqa: RUF009  (`told` makes a dataclass field)
"""The ledgers as rows: demands, commitments, accusations, offers, channels, and monitors' access."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.model import ledgers
from onrecord.model.ledgers import (
    AccessStatus,
    AccusationStatus,
    AnswerKind,
    ChangeKind,
    ChannelStatus,
    CommitmentStatus,
    Ledger,
    LedgerChange,
    OfferStatus,
    StateOfPlay,
)
from onrecord.views.fields.parts import Date, Party, date, parties, party
from onrecord.views.fields.shape import told

_LEDGER = "The ledger that the row is in."
_ID = "The row's id, made from its first wording."
_UTTERANCES = "Every wording of it, in time order."
_ANSWERS = "What was said or done about it so far."
_EVIDENCE = "What the status rests on."


@dataclass(frozen=True, slots=True)
class Utterance:
    """One wording of a row."""

    statement: str = told("The statement that says it.")
    part: int = told("The number of the proposition in that statement, from 0.")
    document: str = told("The page that first carried it.")
    said: str | None = told("When it was said.")
    published: str | None = told("The last day on which the page can have come out.")
    speakers: tuple[Party, ...] = told("Who says it.")
    text: str = told("The proposition's own words.", words=True)
    told_by_others: bool = told("True where somebody else tells it, as in a refusal of a demand.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side said or did about a row."""

    kind: AnswerKind = told("What kind of answer it is.")
    by: tuple[Party, ...] = told("Who answers.")
    source: str = told("The statement or event that says so.")
    said: str | None = told("When it was said.")
    published: str | None = told("The last day on which the page can have come out.")
    text: str = told("Its words.", words=True)
    basis: str = told("Why it counts as an answer.")


@dataclass(frozen=True, slots=True)
class StatusEvidence:
    """One reason for a status."""

    speaks_for: str = told("The status it speaks for.")
    source: str = told("The statement, event or page it comes from.")
    by: tuple[Party, ...] = told("Whose word it is.")
    day: str | None = told("The day of it.")
    text: str = told("Its words.", words=True)


@dataclass(frozen=True, slots=True)
class Demand:
    """What one side wants another to do."""

    ledger: Ledger = told(_LEDGER)
    id: str = told(_ID)
    by: tuple[Party, ...] = told("Who demands it.")
    what: str = told("What is demanded, in its first wording.", words=True)
    first: str | None = told("The first known day of it.")
    last: str | None = told("The last known day of it.")
    of: tuple[Party, ...] = told("Of whom it is demanded.")
    deadline: Date | None = told("By when.")
    utterances: tuple[Utterance, ...] = told(_UTTERANCES)
    answers: tuple[Answer, ...] = told(_ANSWERS)


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise."""

    ledger: Ledger = told(_LEDGER)
    id: str = told(_ID)
    by: tuple[Party, ...] = told("Who promises it.")
    to: tuple[Party, ...] = told("To whom it is promised.")
    what: str = told("What is promised.", words=True)
    made: str | None = told("When it was promised.")
    deadline: Date | None = told("By when.")
    status: CommitmentStatus = told("How it stands; never kept or broken without somebody's word or an event.")
    conditional: bool = told("True where it hangs on a condition.")
    utterances: tuple[Utterance, ...] = told(_UTTERANCES)
    evidence: tuple[StatusEvidence, ...] = told(_EVIDENCE)


@dataclass(frozen=True, slots=True)
class Accusation:
    """What one side holds against another."""

    ledger: Ledger = told(_LEDGER)
    id: str = told(_ID)
    by: tuple[Party, ...] = told("Who accuses.")
    what: str = told("Of what, in its first wording.", words=True)
    first: str | None = told("The first known day of it.")
    last: str | None = told("The last known day of it.")
    against: tuple[Party, ...] = told("Who is accused.")
    status: AccusationStatus = told("Whether it stands, is denied or is admitted.")
    utterances: tuple[Utterance, ...] = told(_UTTERANCES)
    answers: tuple[Answer, ...] = told(_ANSWERS)


@dataclass(frozen=True, slots=True)
class Offer:
    """What one side offers another."""

    ledger: Ledger = told(_LEDGER)
    id: str = told(_ID)
    by: tuple[Party, ...] = told("Who offers it.")
    what: str = told("What is offered, in its first wording.", words=True)
    first: str | None = told("The first known day of it.")
    last: str | None = told("The last known day of it.")
    to: tuple[Party, ...] = told("To whom it is offered.")
    status: OfferStatus = told("How it was answered.")
    utterances: tuple[Utterance, ...] = told(_UTTERANCES)
    answers: tuple[Answer, ...] = told(_ANSWERS)


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel or forum between sides."""

    ledger: Ledger = told(_LEDGER)
    id: str = told("The row's id, made from the channel's name.")
    name: str = told("What it is called.")
    parties: tuple[Party, ...] = told("Between whom it is.")
    status: ChannelStatus = told("How it stands by the last report of it.")
    since: str | None = told("The first day on which the reports agree on that status.")
    last_used: str | None = told("The last known use.")
    evidence: tuple[StatusEvidence, ...] = told(_EVIDENCE)


@dataclass(frozen=True, slots=True)
class Access:
    """Access of monitors that a side grants or refuses."""

    ledger: Ledger = told(_LEDGER)
    id: str = told("The row's id.")
    host: Party = told("Who grants or refuses it.")
    status: AccessStatus = told("How it stands by the last report of it.")
    since: str | None = told("Since when.")
    evidence: tuple[StatusEvidence, ...] = told(_EVIDENCE)


LedgerRow = Demand | Commitment | Accusation | Offer | Channel | Access


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one row between two days."""

    change: ChangeKind = told("What kind of change it is.")
    ledger: Ledger = told(_LEDGER)
    detail: str = told("What is different, in plain words.")
    sources: tuple[str, ...] = told("The statements, events and pages that say so.")
    row: LedgerRow = told("The row as it is later, or as it was when it is gone.")


def change(found: LedgerChange) -> Change:
    """A change between two states."""
    return Change(found.kind, found.ledger, found.detail, found.sources, ledger_row(found.row))


def state_rows(state: StateOfPlay) -> Iterator[LedgerRow]:
    """Every row of every ledger of a state, in the order of the ledgers."""
    return (ledger_row(row) for _, rows in state.rows() for row in rows)


def ledger_row(row: ledgers.Row) -> LedgerRow:
    """One row of a ledger with the ids it comes from."""
    match row:
        case ledgers.Demand():
            return Demand(
                Ledger.DEMANDS, row.id, parties(row.by), row.what, row.first, row.last, parties(row.of),
                date(row.deadline) if row.deadline else None, _utterances(row.utterances), _answers(row.answers),
            )  # fmt: skip
        case ledgers.Commitment():
            return Commitment(
                Ledger.COMMITMENTS, row.id, parties(row.by), parties(row.to), row.what, row.made,
                date(row.deadline) if row.deadline else None, row.status, row.conditional,
                _utterances(row.utterances), _evidence(row.evidence),
            )  # fmt: skip
        case ledgers.Accusation():
            return Accusation(
                Ledger.ACCUSATIONS, row.id, parties(row.by), row.what, row.first, row.last, parties(row.against),
                row.status, _utterances(row.utterances), _answers(row.answers),
            )  # fmt: skip
        case ledgers.Offer():
            return Offer(
                Ledger.OFFERS, row.id, parties(row.by), row.what, row.first, row.last, parties(row.to),
                row.status, _utterances(row.utterances), _answers(row.answers),
            )  # fmt: skip
        case ledgers.Channel():
            return Channel(
                Ledger.CHANNELS, row.id, row.name, parties(row.parties), row.status, row.since, row.last_used,
                _evidence(row.evidence),
            )  # fmt: skip
        case ledgers.Access():
            return Access(Ledger.ACCESS, row.id, party(row.host), row.status, row.since, _evidence(row.evidence))


def _utterances(some: Sequence[ledgers.Utterance]) -> tuple[Utterance, ...]:
    return tuple(
        Utterance(u.statement, u.part, u.document, u.said, u.published, parties(u.speakers), u.text, u.through)
        for u in some
    )


def _answers(some: Sequence[ledgers.Answer]) -> tuple[Answer, ...]:
    return tuple(Answer(a.kind, parties(a.by), a.source, a.said, a.published, a.text, a.basis) for a in some)


def _evidence(some: Sequence[ledgers.Evidence]) -> tuple[StatusEvidence, ...]:
    return tuple(StatusEvidence(e.speaks_for, e.source, parties(e.by), e.day, e.text) for e in some)
