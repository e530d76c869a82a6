"""The ledgers as rows of plain data: demands, commitments, accusations, offers, channels, and monitors' access."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.model import ActorRef
from onrecord.model.ledgers import (
    Access,
    Accusation,
    Answer,
    Channel,
    Commitment,
    Demand,
    Evidence,
    Ledger,
    LedgerChange,
    Offer,
    StateOfPlay,
    Utterance,
)
from onrecord.model.ledgers import Row as LedgerRow
from onrecord.record import Record
from onrecord.views.export.plain import date_fields

Row = dict[str, Any]


def state_rows(state: StateOfPlay) -> Iterator[Row]:
    """Every row of every ledger of a state, the ledger's name with it."""
    for ledger, rows in state.rows():
        for row in rows:
            yield {"ledger": ledger.value, **ledger_row(row)}


def change_row(change: LedgerChange) -> Row:
    """A change between two states as exported; ``row`` is the row as it is later (or was, when it is gone)."""
    return {
        "change": change.kind.value,
        "ledger": change.ledger.value,
        "detail": change.detail,
        "sources": list(change.sources),
        "row": ledger_row(change.row),
    }


def ledger_row(row: LedgerRow) -> Row:
    """One row of a ledger as exported; every field of its kind, with the ids it comes from."""
    match row:
        case Demand():
            return {
                **_claim(row.id, row.by, row.what, row.first, row.last),
                "of": _people(row.of),
                "deadline": date_fields(row.deadline) if row.deadline else None,
                **_told(row.utterances, row.answers),
            }
        case Commitment():
            return {
                "id": row.id,
                "by": _people(row.by),
                "to": _people(row.to),
                "what": row.what,
                "made": row.made,
                "deadline": date_fields(row.deadline) if row.deadline else None,
                "status": row.status.value,
                "conditional": row.conditional,
                "utterances": [_utterance(u) for u in row.utterances],
                "evidence": [_evidence(e) for e in row.evidence],
            }
        case Accusation():
            return {
                **_claim(row.id, row.by, row.what, row.first, row.last),
                "against": _people(row.against),
                "status": row.status.value,
                **_told(row.utterances, row.answers),
            }
        case Offer():
            return {
                **_claim(row.id, row.by, row.what, row.first, row.last),
                "to": _people(row.to),
                "status": row.status.value,
                **_told(row.utterances, row.answers),
            }
        case Channel():
            return {
                "id": row.id,
                "name": row.name,
                "parties": _people(row.parties),
                "status": row.status.value,
                "since": row.since,
                "last_used": row.last_used,
                "evidence": [_evidence(e) for e in row.evidence],
            }
        case Access():
            return {
                "id": row.id,
                "host": _people((row.host,))[0],
                "status": row.status.value,
                "since": row.since,
                "evidence": [_evidence(e) for e in row.evidence],
            }


def _claim(id_: str, by: tuple[ActorRef, ...], what: str, first: str | None, last: str | None) -> Row:
    return {"id": id_, "by": _people(by), "what": what, "first": first, "last": last}


def _told(utterances: Sequence[Utterance], answers: Sequence[Answer]) -> Row:
    return {"utterances": [_utterance(u) for u in utterances], "answers": [_answer(a) for a in answers]}


def _people(refs: Sequence[ActorRef]) -> list[Row]:
    return [{"id": ref.id, "name": ref.name} for ref in refs]


def _utterance(one: Utterance) -> Row:
    return {
        "statement": one.statement,
        "part": one.part,
        "document": one.document,
        "said": one.said,
        "published": one.published,
        "speakers": _people(one.speakers),
        "text": one.text,
        "told_by_others": one.through,
    }


def _answer(answer: Answer) -> Row:
    return {
        "kind": answer.kind.value,
        "by": _people(answer.by),
        "source": answer.source,
        "said": answer.said,
        "published": answer.published,
        "text": answer.text,
        "basis": answer.basis,
    }


def _evidence(evidence: Evidence) -> Row:
    return {
        "speaks_for": evidence.speaks_for,
        "source": evidence.source,
        "by": _people(evidence.by),
        "day": evidence.day,
        "text": evidence.text,
    }


def rows_of(ledger: Ledger, record: Record) -> Iterator[Row]:
    """The rows of one ledger as the whole record tells it."""
    return (ledger_row(row) for row in dict(record.state().rows())[ledger])
