"""Documents, statements, events and figures as rows of plain data, and the files they make: JSON Lines and CSV.

The field names are those of the project's design; offsets are half-open code points into the page's source text.
Rows come in the order of path and text, and the bytes of two exports of one record are equal.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, TextIO

from onrecord.model import ActorRef
from onrecord.model.ledgers import Ledger
from onrecord.record import DocumentRow, Record, StatementRow
from onrecord.views.export.events import event_rows, figure_rows
from onrecord.views.export.ledgers import rows_of
from onrecord.views.export.plain import date_fields, pairs, place_fields
from onrecord.views.export.relations import relation_rows

Row = dict[str, Any]


def rows(record: Record, kind: str) -> Iterator[Row]:
    """The rows of one kind of export; `kind` is a key of `KINDS`."""
    return KINDS[kind](record)


def document_row(row: DocumentRow) -> Row:
    """A document as exported."""
    return {
        "id": row.id,
        "path": row.path,
        "url": row.url,
        "title": row.title,
        "publisher": row.publisher,
        "published": date_fields(row.published),
        "language": row.language,
        "status": row.status.value,
        "reason": row.reason,
        "report": row.report,
        "origin": list(row.origin.names),
        "independence": row.origin.independence.value,
        "body": pairs(row.body),
        "text_sha256": row.text_sha256,
        "paths": list(row.paths),
        "conflicts": list(row.conflicts),
    }


def statement_row(row: StatementRow) -> Row:
    """A statement as exported, with the offsets of the copy it stands on."""
    s = row.statement
    return {
        "id": s.id,
        "document": s.document,
        "path": row.path,
        "quote_type": s.quote_type.value,
        "act": s.act.value,
        "speaker": _people(s.speakers),
        "on_behalf_of": _people(s.on_behalf_of),
        "target": _people(s.target),
        "addressee": _people(s.addressees),
        "source": pairs(s.source),
        "cue": pairs(s.cue),
        "content": pairs(s.content),
        "text": row.content,
        "date": date_fields(s.date),
        "place": place_fields(s.place),
        "nested_in": s.nested_in,
        "part": s.part.value,
        "same_as": s.same_as,
        "presupposed": s.presupposed,
        "polarity": s.polarity.value,
        "modality": s.modality.value,
        "propositions": [
            {"content": pairs(p.content), "deadline": date_fields(p.deadline) if p.deadline else None}
            for p in s.propositions
        ],
        "qualifier": pairs(s.qualifier),
        "report": row.report,
        "outlets": row.outlets,
        "independent_reports": row.independent_reports,
        "unknown_reports": row.unknown_reports,
        "confidence": round(s.confidence, 2),
        "made_by": s.made_by,
    }


def _people(refs: Sequence[ActorRef]) -> list[Row] | None:
    return [{"id": ref.id, "name": ref.name} for ref in refs] or None


def _documents(record: Record) -> Iterator[Row]:
    return (document_row(row) for row in record.documents())


def _statements(record: Record) -> Iterator[Row]:
    return (statement_row(row) for row in record.statement_rows())


#: What can be exported, by the name typed on the command line.
KINDS: dict[str, Callable[[Record], Iterator[Row]]] = {
    "documents": _documents,
    "statements": _statements,
    "events": event_rows,
    "figures": figure_rows,
    "relations": relation_rows,
    **{ledger.value: partial(rows_of, ledger) for ledger in Ledger},
}


def write_jsonl(found: Iterable[Row], out: TextIO) -> int:
    """Writes one JSON object a line and returns how many."""
    number = 0
    for row in found:
        out.write(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n")
        number += 1
    return number


def write_csv(found: Iterable[Row], out: TextIO) -> int:
    """Writes comma-separated values with a header line and returns how many rows.

    Dates and places become one column for each field (``date_value``); names are joined by "; "; spans stay JSON.
    """
    writer: csv.DictWriter[str] | None = None
    number = 0
    for row in found:
        flat = dict(_flat(row))
        if writer is None:
            writer = csv.DictWriter(out, list(flat), lineterminator="\n")
            writer.writeheader()
        writer.writerow(flat)
        number += 1
    return number


_DEADLINE_FIELDS = ("value", "precision", "earliest", "latest")
_PLACE_FIELDS = ("name", "lat", "lon", "country")
_PEOPLE = frozenset(
    {"speaker", "on_behalf_of", "target", "addressee", "actors", "recipients", "by", "of", "to", "against", "parties"}
)


def _flat(row: Row) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if name in {"date", "published"} and isinstance(value, dict):
            yield from ((f"{name}_{field}", value[field]) for field in value)
        elif name == "deadline":
            yield from ((f"{name}_{field}", (value or {}).get(field)) for field in _DEADLINE_FIELDS)
        elif name == "place":
            yield from ((f"place_{field}", (value or {}).get(field)) for field in _PLACE_FIELDS)
        elif name in _PEOPLE:
            yield name, "; ".join(party["name"] for party in value or ())
            yield f"{name}_id", "; ".join(party["id"] or "" for party in value or ())
        elif name in {"origin", "paths", "documents"}:
            yield name, "; ".join(value)
        elif isinstance(value, list | dict):
            yield name, json.dumps(value, ensure_ascii=False)
        else:
            yield name, value
