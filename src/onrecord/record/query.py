"""Single things a record holds, as they were written: a document, a report, a reading, an id, what made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    func,
    select,
)

from onrecord.model import (
    Copy,
    Credit,
    Dateline,
    DateValue,
    Document,
    DocumentStatus,
    Line,
    MetaValue,
    Origin,
    Reading,
    Report,
    errors,
)
from onrecord.record import codec, schema

#: How many ids one question names at most, below SQLite's limit of bound values.
CHUNK = 500


def document(connection: Connection, document_id: str) -> Document:
    """The whole document with its text.

    Raises:
        NotFound: when the record has none of that id.
    """
    row = connection.execute(select(schema.documents).where(schema.documents.c.id == document_id)).mappings().first()
    if row is None:
        raise errors.NotFound(f"The record has no document {document_id}.")
    path = connection.execute(
        select(func.min(schema.pages.c.path)).where(schema.pages.c.document == document_id)
    ).scalar()
    return document_of_row(row, path or "")


def document_of_row(row: RowMapping | Mapping[str, Any], path: str) -> Document:
    """The document that a row of the table of documents holds, found at `path`."""
    return Document(
        id=row["id"],
        path=path,
        text=row["text"],
        text_sha256=row["text_sha256"],
        media_type=row["media_type"],
        lines=codec.load(row["lines"], tuple[Line, ...]),
        published=codec.load(row["published"], DateValue),
        status=DocumentStatus(row["status"]),
        reason=row["reason"],
        language=row["language"],
        url=row["url"],
        title=row["title"],
        publisher=row["publisher"],
        byline=row["byline"],
        dateline=codec.load(row["dateline"], Dateline) if row["dateline"] else None,
        credits=codec.load(row["credits"], tuple[Credit, ...]),
        meta=codec.load(row["meta"], tuple[MetaValue, ...]),
        conflicts=codec.load(row["conflicts"], tuple[str, ...]),
        fetched=row["fetched"],
    )


def report(connection: Connection, report_id: str) -> Report:
    """A report with its copies and their alignments.

    Raises:
        NotFound: when the record has none of that id.
    """
    row = connection.execute(select(schema.reports).where(schema.reports.c.id == report_id)).mappings().first()
    if row is None:
        raise errors.NotFound(f"The record has no report {report_id}.")
    t = schema.report_documents
    copies = connection.execute(
        select(t.c.copy).where(t.c.report == report_id, t.c.copy.is_not(None)).order_by(t.c.document)
    ).scalars()
    return Report(
        id=row["id"],
        lead=row["lead"],
        origin=codec.load(row["origin"], Origin),
        copies=tuple(codec.load(copy, Copy) for copy in copies),
    )


def report_of(connection: Connection, document_id: str) -> Report | None:
    """The report a document belongs to, or None when it belongs to none yet."""
    t = schema.report_documents
    found = connection.execute(select(t.c.report).where(t.c.document == document_id)).scalar()
    return report(connection, found) if found else None


def reading(connection: Connection, document_id: str) -> Reading:
    """What was read in a document, before anybody was resolved.

    Raises:
        NotFound: when it was not read.
    """
    t = schema.readings
    found = connection.execute(select(t.c.reading).where(t.c.document == document_id)).scalar()
    if found is None:
        raise errors.NotFound(f"The document {document_id} was not read.")
    return codec.load(found, Reading)


def was_read(connection: Connection, document_id: str) -> bool:
    """True when the record holds a reading of the document."""
    t = schema.readings
    return connection.execute(select(t.c.document).where(t.c.document == document_id)).first() is not None


def first_read(connection: Connection, document_id: str) -> str:
    """The document whose reading was placed on this one, or itself when it was read on its own."""
    t = schema.readings
    found: str | None = connection.execute(select(t.c.placed_from).where(t.c.document == document_id)).scalar()
    return found or document_id


def validators(connection: Connection, url: str) -> tuple[str | None, str | None]:
    """The ETag and the modification date that the server at `url` gave last, None where it gave none."""
    t = schema.fetches
    row = connection.execute(select(t.c.etag, t.c.last_modified).where(t.c.url == url)).first()
    return (row.etag, row.last_modified) if row else (None, None)


def has_document(connection: Connection, document_id: str) -> bool:
    """True when the record holds the document."""
    t = schema.documents
    return connection.execute(select(t.c.id).where(t.c.id == document_id)).first() is not None


def has_event(connection: Connection, mention_id: str) -> bool:
    """True when the record holds the event mention."""
    t = schema.event_mentions
    return connection.execute(select(t.c.id).where(t.c.id == mention_id)).first() is not None


def has_relation(connection: Connection, relation_id: str) -> bool:
    """True when the record holds the relation."""
    t = schema.relations
    return connection.execute(select(t.c.id).where(t.c.id == relation_id)).first() is not None


def document_of_bytes(connection: Connection, content_sha256: str) -> str | None:
    """The document that was made from bytes with that hash, or None."""
    t = schema.pages
    found: str | None = connection.execute(select(t.c.document).where(t.c.content_sha256 == content_sha256)).scalar()
    return found


def in_parts(ids: Iterable[str] | None) -> list[list[str] | None]:
    """The ids in parts a question can name, or one None that asks for all."""
    if ids is None:
        return [None]
    wanted = sorted(set(ids))
    return [wanted[i : i + CHUNK] for i in range(0, len(wanted), CHUNK)]


def lines_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The line that each of the statements and event mentions belongs to; those the record does not hold are left out."""
    found: dict[str, str] = {}
    for part in in_parts(ids):
        for t in (schema.statements, schema.event_mentions):
            for row in connection.execute(select(t.c.id, t.c.line).where(t.c.id.in_(part or []))):
                found[row.id] = row.line
    return found


def find_id(connection: Connection, beginning: str) -> str:
    """The one id of a statement, event mention, document or report that begins with `beginning`.

    Raises:
        NotFound: when none does.
        Ambiguous: when several do.
    """
    tables = (schema.statements, schema.event_mentions, schema.documents, schema.reports)
    found: list[str] = []
    for t in tables:
        query = select(t.c.id).where(t.c.id.startswith(beginning, autoescape=True)).order_by(t.c.id).limit(6)
        found.extend(connection.execute(query).scalars())
    if not beginning or not found:
        raise errors.NotFound(f"The record has no line, event, page or report with the id {beginning!r}.")
    if len(found) > 1 and beginning not in found:
        raise errors.Ambiguous(
            f"Several ids begin with {beginning!r}: {', '.join(sorted(found)[:5])}; give more of it."
        )
    return beginning if beginning in found else found[0]


def find_relation(connection: Connection, beginning: str, also: Iterable[str] = ()) -> str:
    """The one relation whose id begins with `beginning`; `also` are ids that reviewers added.

    Raises:
        NotFound: when none does.
        Ambiguous: when several do.
    """
    t = schema.relations
    wanted = select(t.c.id).where(t.c.id.startswith(beginning, autoescape=True)).order_by(t.c.id).limit(6)
    found = list(connection.execute(wanted).scalars()) if beginning else []
    found += [key for key in also if beginning and key.startswith(beginning) and key not in found]
    if not found:
        raise errors.NotFound(f"The record has no relation with the id {beginning!r}.")
    if len(found) > 1 and beginning not in found:
        raise errors.Ambiguous(f"Several relations begin with {beginning!r}: {', '.join(found[:5])}; give more of it.")
    one: str = found[0]
    return one


def find_page(connection: Connection, given: str) -> str:
    """The one document that was found at the path `given`, or whose id begins with it.

    Raises:
        NotFound: when none is.
        Ambiguous: when several are.
    """
    p = schema.pages
    at: set[str] = set(connection.execute(select(p.c.document).where(p.c.path == given)).scalars())
    if len(at) == 1:
        return at.pop()
    if at:
        raise errors.Ambiguous(f"Several pages were found at {given}: {', '.join(sorted(at))}; give the id of one.")
    found = find_id(connection, given)
    if not found.startswith("doc-"):
        raise errors.NotFound(f"{found} is no page.")
    return found


def versions(connection: Connection, document_id: str) -> tuple[str, ...]:
    """The documents that were found at the same URL (or, without one, at the same path), this one among them, oldest first.

    Captures are put in the order of their instants; those without one come first, by publication date, then by id.
    """
    d, p = schema.documents, schema.pages
    url = connection.execute(select(d.c.url).where(d.c.id == document_id)).scalar()
    if url:
        where = d.c.url == url
    else:
        paths = select(p.c.path).where(p.c.document == document_id, p.c.path != "-")
        where = d.c.url.is_(None) & d.c.id.in_(select(p.c.document).where(p.c.path.in_(paths)))
    rows = connection.execute(select(d.c.id, d.c.fetched, d.c.published_value).where(where | (d.c.id == document_id)))
    return tuple(row.id for row in sorted(rows, key=lambda r: (r.fetched or "", r.published_value or "", r.id)))


def makers(connection: Connection) -> dict[str, str]:
    """What made the record, by name."""
    t = schema.makers
    return {row.name: row.value for row in connection.execute(select(t).order_by(t.c.name))}


def skipped(connection: Connection) -> list[tuple[str, str]]:
    """The paths that gave no page, with the reason, in the order of the alphabet."""
    return [
        (path, reason) for path, reason in connection.execute(select(schema.skipped).order_by(schema.skipped.c.path))
    ]
