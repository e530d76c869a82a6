"""What can be exported: each kind of row with its type, where it comes from, its key, and what it points at.

The field names are those of the project's design; offsets are half-open code points into the page's source text.
Rows come in the order of path and text, or of time, and the bytes of two exports of one record are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any

from onrecord.model.ledgers import Ledger
from onrecord.record import DocumentRow, Record, StatementRow
from onrecord.views import fields
from onrecord.views.fields.documents import document, report
from onrecord.views.fields.events import event, figure, story
from onrecord.views.fields.ledgers import ledger_row
from onrecord.views.fields.relations import relation
from onrecord.views.fields.shape import Plain, plain
from onrecord.views.fields.statements import statement

Row = Plain


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of row: the name to type, the type of its rows, and how to get them from a record.

    ``key`` is the field that names a row, None where there is none; ``links`` says which table a field's ids belong to;
    ``size`` tells how many rows there will be where that is known beforehand.
    """

    name: str
    row: type[Any]
    rows: Callable[[Record], Iterator[Any]]
    key: str | None = "id"
    links: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    size: Callable[[Record], int] | None = None

    @property
    def title(self) -> str:
        """What one row is, in a sentence."""
        return (self.row.__doc__ or "").strip().splitlines()[0]


def _ledger(ledger: Ledger, record: Record) -> Iterator[fields.LedgerRow]:
    return (ledger_row(row) for row in dict(record.state().rows())[ledger])


_LEDGERS: dict[Ledger, type[Any]] = {
    Ledger.DEMANDS: fields.Demand,
    Ledger.COMMITMENTS: fields.Commitment,
    Ledger.ACCUSATIONS: fields.Accusation,
    Ledger.OFFERS: fields.Offer,
    Ledger.CHANNELS: fields.Channel,
    Ledger.ACCESS: fields.Access,
}
#: What can be exported, by the name typed on the command line.
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "documents",
            fields.Document,
            lambda record: map(document, record.each_document()),
            size=lambda record: record.count("documents"),
        ),
        Table(
            "statements",
            fields.Statement,
            lambda record: map(statement, record.each_statement()),
            links={"document": "documents", "nested_in": "statements", "same_as": "statements"},
            size=lambda record: record.count("statements"),
        ),
        Table("events", fields.Event, lambda record: map(event, record.events())),
        Table(
            "figures",
            fields.Figure,
            lambda record: map(figure, record.figures()),
            key=None,
            links={"document": "documents"},
        ),
        Table(
            "relations",
            fields.Relation,
            lambda record: map(relation, record.relation_rows()),
            key=None,
            links={"to": "statements"},
        ),
        Table("reports", fields.Report, lambda record: map(report, record.reports()), key="report"),
        Table("stories", fields.Story, lambda record: map(story, record.stories())),
        *(Table(ledger.value, row, partial(_ledger, ledger)) for ledger, row in _LEDGERS.items()),
    )
}


def rows(record: Record, kind: str, *, words: bool = True) -> Iterator[Row]:
    """The rows of one kind of export as plain data; without `words` the fields that are copied from pages are left out."""
    return (plain(row, words=words) for row in TABLES[kind].rows(record))


#: The kinds of rows, with what gives them as plain data.
KINDS: dict[str, Callable[[Record], Iterator[Row]]] = {name: partial(rows, kind=name) for name in TABLES}


def document_row(row: DocumentRow) -> Row:
    """A document as exported."""
    return plain(document(row))


def statement_row(row: StatementRow) -> Row:
    """A statement as exported, with the offsets of the copy it stands on."""
    return plain(statement(row))
