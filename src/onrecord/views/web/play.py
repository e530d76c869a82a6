"""What the dispute page shows of a state of play: its rows in words, and both sides' part of the timeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.model import Act, ActorRef
from onrecord.model.ledgers import (
    Access,
    Accusation,
    Answer,
    AnswerKind,
    Channel,
    Commitment,
    Demand,
    Evidence,
    Ledger,
    LedgerChange,
    Offer,
    Row,
    StateOfPlay,
)
from onrecord.record import EventRow
from onrecord.views.web import words

_ACTS = {
    Ledger.DEMANDS: Act.DEMAND,
    Ledger.COMMITMENTS: Act.PROMISE,
    Ledger.ACCUSATIONS: Act.ACCUSE,
    Ledger.OFFERS: Act.OFFER,
}
#: The word and the colour of an answer.
_ANSWERS = {
    AnswerKind.REJECTED: ("rejects", "deny"),
    AnswerKind.ACCEPTED: ("accepts", "promise"),
    AnswerKind.DENIED: ("denies", "deny"),
    AnswerKind.ADMITTED: ("admits", "promise"),
    AnswerKind.ANSWERED: ("answers", "say"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on the timeline: the day it was said (else that its report came out), in which lane, what, and its source.

    ``lane`` is ``a`` or ``b`` for what one side says, ``both`` for a meeting. ``reported`` is set where the day is the report's.
    """

    day: str | None
    reported: bool
    lane: str
    does: str
    tone: str
    who: tuple[ActorRef, ...]
    aim: tuple[ActorRef, ...]
    text: str
    source: str
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A row of a ledger in words: the two ends, what, when, how it stands, and what says so."""

    ledger: Ledger
    row: Row
    by: tuple[ActorRef, ...]
    to: tuple[ActorRef, ...]
    what: str
    days: str
    status: str
    due: str
    answers: tuple[Answer | Evidence, ...]
    sources: tuple[str, ...]


def told(state: StateOfPlay) -> list[tuple[Ledger, list[Told]]]:
    """The ledgers that have rows, each with its rows in words."""
    return [(ledger, [_told(ledger, row) for row in rows]) for ledger, rows in state.rows() if rows]


def of_change(change: LedgerChange) -> Told:
    """The row that a change is about, in words."""
    return _told(change.ledger, change.row)


def _told(ledger: Ledger, row: Row) -> Told:
    match row:
        case Demand():
            status = "no answer" if not row.answers else row.answers[-1].kind.value
            return _claim(ledger, row, row.of, status, _due(row))
        case Accusation():
            return _claim(ledger, row, row.against, row.status.value, "")
        case Offer():
            return _claim(ledger, row, row.to, row.status.value, "")
        case Commitment():
            status = row.status.value + (" (conditional)" if row.conditional else "")
            sources = (*(u.statement for u in row.utterances), *(e.source for e in row.evidence))
            days = words.day(row.made) or _reported(u.published for u in row.utterances)
            return Told(ledger, row, row.by, row.to, row.what, days, status, _due(row), row.evidence, _once(sources))
        case Channel():
            used = f"last used {words.day(row.last_used)}" if row.last_used else ""
            since = f"since {words.day(row.since)}" if row.since else ""
            days = ", ".join(filter(None, (since, used)))
            sources = _once(e.source for e in row.evidence)
            return Told(ledger, row, row.parties, (), row.name, days, row.status.value, "", row.evidence, sources)
        case Access():
            since = f"since {words.day(row.since)}" if row.since else ""
            sources = _once(e.source for e in row.evidence)
            what = "access of monitors"
            return Told(ledger, row, (row.host,), (), what, since, row.status.value, "", row.evidence, sources)


def _claim(ledger: Ledger, row: Demand | Accusation | Offer, to: tuple[ActorRef, ...], status: str, due: str) -> Told:
    if row.first is None:
        days = _reported(u.published for u in row.utterances)
    elif row.last is None or row.last == row.first:
        days = words.day(row.first)
    else:
        days = f"{words.day(row.first)} to {words.day(row.last)}"
    if len(row.utterances) > 1:
        days += f", {len(row.utterances)} times"
    sources = (*(u.statement for u in row.utterances), *(a.source for a in row.answers))
    return Told(ledger, row, row.by, to, row.what, days, status, due, row.answers, _once(sources))


def _due(row: Demand | Commitment) -> str:
    if row.deadline is None:
        return ""
    last = row.deadline.value or row.deadline.latest
    return f"by {words.day(last)}" if last else "by a day not known"


def _reported(days: Iterable[str | None]) -> str:
    known = sorted(day for day in days if day is not None)
    return f"reported {words.day(known[0])}" if known else "undated"


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def timeline(state: StateOfPlay, meetings: Sequence[EventRow], sides: tuple[str, str]) -> list[Entry]:
    """What both sides said and when they met, newest first, undated at the end; each saying once."""
    found: dict[tuple[str, str, str], Entry] = {}
    for ledger, rows in state.rows():
        for row in rows:
            for entry in _entries(ledger, row, sides):
                found.setdefault((entry.source, entry.does, entry.text), entry)
    for meeting in meetings:
        found.setdefault((meeting.event.id, "", ""), _meeting(meeting))
    dated = sorted((e for e in found.values() if e.day), key=lambda e: (e.day or "", e.source), reverse=True)
    return [*dated, *sorted((e for e in found.values() if not e.day), key=lambda e: e.source)]


def _entries(ledger: Ledger, row: Row, sides: tuple[str, str]) -> list[Entry]:
    if not isinstance(row, Demand | Commitment | Accusation | Offer):
        return []
    aim = row.of if isinstance(row, Demand) else row.against if isinstance(row, Accusation) else row.to
    act = _ACTS[ledger]
    does, tone = words.verb(act), words.tone(act)
    lane = _lane(row.by, sides)
    found = [
        Entry(
            u.said or u.published, u.said is None, lane, does, tone, u.speakers or row.by, aim, u.text, u.statement, act
        )
        for u in row.utterances
        if lane
    ]
    for answer in () if isinstance(row, Commitment) else row.answers:
        lane = _lane(answer.by, sides)
        if lane:
            does, tone = _ANSWERS[answer.kind]
            day = answer.said or answer.published
            found.append(Entry(day, answer.said is None, lane, does, tone, answer.by, (), answer.text, answer.source))
    return found


def _lane(by: Iterable[ActorRef], sides: tuple[str, str]) -> str:
    ids = {ref.id for ref in by}
    if sides[0] in ids and sides[1] in ids:
        return "both"
    return "a" if sides[0] in ids else "b" if sides[1] in ids else ""


def _meeting(row: EventRow) -> Entry:
    event = row.event
    day = event.date.value or next((p.published.value for p in row.documents if p.published.value), None)
    who = tuple(dict.fromkeys(ActorRef(p.actor.id, p.actor.name) for p in event.parties))
    place = f" in {event.place.name}" if event.place else ""
    aux = f" ({event.aux.value})" if event.aux.value != "asserted" else ""
    text = f"{words.plain(event.kind.value)}{place}{aux}"
    return Entry(day, event.date.value is None, "both", "", "event", who, (), text, event.id)


def by_day(entries: Sequence[Entry]) -> list[tuple[str | None, list[Entry]]]:
    """The entries in groups of one day, in their order."""
    groups: list[tuple[str | None, list[Entry]]] = []
    for entry in entries:
        if not groups or groups[-1][0] != entry.day:
            groups.append((entry.day, []))
        groups[-1][1].append(entry)
    return groups


def rows_of(state: StateOfPlay, outlets: Mapping[str, str | None]) -> list[Mapping[str, object]]:
    """Every row of every ledger for a file."""
    return [
        {
            "id": one.row.id,
            "ledger": ledger.value,
            "by": [ref.name for ref in one.by],
            "to": [ref.name for ref in one.to],
            "what": words.flat(one.what),
            "when": one.days,
            "due": one.due,
            "status": one.status,
            "answers": [f"{_kind(a)}: {words.flat(a.text)}" for a in one.answers],
            "sources": list(one.sources),
            "outlets": sorted({outlets.get(source) or "" for source in one.sources} - {""}),
        }
        for ledger, rows in told(state)
        for one in rows
    ]


def _kind(answer: Answer | Evidence) -> str:
    return answer.kind.value if isinstance(answer, Answer) else answer.speaks_for
