"""Relations as rows of plain data: what one statement does to another, page by page and across pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.model import Relation
from onrecord.record import Record

Row = dict[str, Any]


def relation_row(relation: Relation) -> Row:
    """A relation as exported; ``from`` and ``to`` are ids of rows of the export of statements."""
    return {
        "id": relation.id,
        "kind": relation.kind.value,
        "from": relation.subject,
        "to": relation.object,
        "basis": [basis.value for basis in relation.basis],
        "denied": relation.denied.value if relation.denied is not None else None,
        "propositions": list(relation.parts) if relation.parts is not None else None,
        "confidence": round(relation.confidence, 2),
        "rule": relation.rule,
        "made_by": relation.made_by,
    }


def relation_rows(record: Record) -> Iterator[Row]:
    """One row for each page that carries both statements; where none does, one between the leads of their reports."""
    return (relation_row(relation) for relation in record.relation_rows())
