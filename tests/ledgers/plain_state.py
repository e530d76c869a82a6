"""A state of play as lines to read: for golden files and for comparing two records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onrecord.model import ActorRef
from onrecord.model.ledgers import (
    Access,
    Accusation,
    Answer,
    Channel,
    Commitment,
    Demand,
    Evidence,
    Offer,
    Row,
    StateOfPlay,
    Utterance,
)

Stems = Mapping[str, str]


def names(refs: Iterable[ActorRef]) -> str:
    return ", ".join(ref.name for ref in refs) or "-"


def state_lines(state: StateOfPlay, stems: Stems) -> list[str]:
    """One line for each row, with one more for every wording, answer and reason; `stems` names pages by document and source."""
    out = []
    for ledger, rows in state.rows():
        if rows:
            out.append(f"{ledger.value}:")
        for row in rows:
            out.append("  " + head(row))
            out += [f"      {line}" for line in details(row, stems)]
    return out


def head(row: Row) -> str:
    match row:
        case Demand():
            due = f" | by {row.deadline.value}" if row.deadline else ""
            return f"{names(row.by)} > {names(row.of)} | {row.what} | {row.first or '-'} to {row.last or '-'}{due}"
        case Commitment():
            due = f" | by {row.deadline.value}" if row.deadline else ""
            when = f"{row.made or '-'}{due}"
            mark = " (conditional)" if row.conditional else ""
            return f"{names(row.by)} > {names(row.to)} | {row.what} | {when} | {row.status.value}{mark}"
        case Accusation():
            return f"{names(row.by)} > {names(row.against)} | {row.what} | {row.first or '-'} to {row.last or '-'} | {row.status.value}"
        case Offer():
            return f"{names(row.by)} > {names(row.to)} | {row.what} | {row.first or '-'} | {row.status.value}"
        case Channel():
            return f"{row.name} | {names(row.parties)} | {row.status.value} since {row.since or '-'} | used {row.last_used or '-'}"
        case Access():
            return f"{row.host.name} | {row.status.value} since {row.since or '-'}"


def details(row: Row, stems: Stems) -> list[str]:
    match row:
        case Demand() | Accusation() | Offer():
            return [*(said(u, stems) for u in row.utterances), *(answered(a) for a in row.answers)]
        case Commitment():
            return [*(said(u, stems) for u in row.utterances), *(reason(e) for e in row.evidence)]
        case Channel() | Access():
            return [reason(e) for e in row.evidence]


def said(one: Utterance, stems: Stems) -> str:
    told = " told by others" if one.through else ""
    return f'{one.said or "-"} {names(one.speakers)}{told}: "{one.text}" [{stems.get(one.document, one.document)}]'


def answered(answer: Answer) -> str:
    return f'<- {answer.kind.value} by {names(answer.by)} {answer.said or "-"}: "{answer.text}" ({answer.basis})'


def reason(evidence: Evidence) -> str:
    return f'= {evidence.speaks_for} {evidence.day or "-"} {names(evidence.by)}: "{evidence.text}"'
