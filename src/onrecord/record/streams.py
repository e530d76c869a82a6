"""Long lists piece by piece, for exports: the same rows in the same order as `onrecord.record.listing`, in flat memory.

What is held at once is the list of documents (ids and paths) and the rows of one piece of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from onrecord.model import DocumentStatus
from onrecord.record import listing, schema
from onrecord.record.rows import DocumentRow, StatementRow

#: So many documents are asked for at a time.
PIECE = 200


def _pieces(connection: Connection) -> Iterator[list[str]]:
    """The ids of all documents in the order of first path and id, piece by piece."""
    d, p = schema.documents, schema.pages
    first = func.min(p.c.path)
    found = connection.execute(
        select(d.c.id, first.label("path")).select_from(d.outerjoin(p, p.c.document == d.c.id)).group_by(d.c.id)
    )
    ids = [row.id for row in sorted(found, key=lambda row: (row.path or "", row.id))]
    return (ids[i : i + PIECE] for i in range(0, len(ids), PIECE))


def documents(connection: Connection) -> Iterator[DocumentRow]:
    """All documents, in the order of their first path, then id."""
    for piece in _pieces(connection):
        yield from listing.documents(connection, piece)


def statement_rows(connection: Connection) -> Iterator[StatementRow]:
    """A row for every statement on every copy, in the order of path and text."""
    s = schema.statements
    for piece in _pieces(connection):
        ids = list(connection.execute(select(s.c.id).where(s.c.document.in_(piece))).scalars())
        if ids:
            yield from listing.statement_rows(connection, ids)


def count(connection: Connection, table: str) -> int:
    """How many rows a table of the record has."""
    return connection.execute(select(func.count()).select_from(schema.metadata.tables[table])).scalar_one()


def articles(connection: Connection) -> tuple[int, int]:
    """How many pages are articles, and how many reports these make."""
    d, rd = schema.documents, schema.report_documents
    row = connection.execute(
        select(func.count(d.c.id), func.count(rd.c.report.distinct()))
        .select_from(d.outerjoin(rd, rd.c.document == d.c.id))
        .where(d.c.status == DocumentStatus.ARTICLE.value)
    ).one()
    return row[0], row[1]
