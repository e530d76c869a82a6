"""Questions a record answers, each one function from a connection and a filter to frozen rows in a fixed order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    String,
    column,
    false,
    func,
    literal_column,
    or_,
    select,
    table,
)

from onrecord.model import (
    Copy,
    Credit,
    Dateline,
    DateValue,
    Document,
    DocumentStatus,
    Independence,
    Line,
    MetaValue,
    Origin,
    Reading,
    Report,
    Span,
    Statement,
    errors,
)
from onrecord.record import codec, schema
from onrecord.record.rows import CopyRef, DocumentRow, ReportRow, StatementFilter, StatementRow

#: The full-text index: an FTS5 table in SQLite, a plain one with a GIN index in PostgreSQL.
_index = table("statement_words", column("statement", String), column("words", String))
_WORD = re.compile(r"\w+")
#: How many ids one question names at most, below SQLite's limit of bound values.
_CHUNK = 500


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
    return Document(
        id=row["id"],
        path=path or "",
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


def documents(connection: Connection, ids: Iterable[str] | None = None) -> list[DocumentRow]:
    """All documents, or those with the given ids, in the order of their first path, then id."""
    rows: list[RowMapping] = []
    base = select(
        schema.documents,
        schema.report_documents.c.report,
        schema.reports.c.origin,
    ).select_from(
        schema.documents.outerjoin(
            schema.report_documents, schema.report_documents.c.document == schema.documents.c.id
        ).outerjoin(schema.reports, schema.reports.c.id == schema.report_documents.c.report)
    )
    for part in _parts(ids):
        query = base if part is None else base.where(schema.documents.c.id.in_(part))
        rows.extend(connection.execute(query).mappings())
    paths = _paths(connection, [row["id"] for row in rows])
    found = [_document_row(row, paths.get(row["id"], ())) for row in rows]
    return sorted(found, key=lambda row: (row.path, row.id))


def _document_row(row: RowMapping, paths: tuple[str, ...]) -> DocumentRow:
    body = _body(codec.load(row["lines"], tuple[Line, ...]), row["text"])
    return DocumentRow(
        id=row["id"],
        paths=paths,
        url=row["url"],
        title=row["title"],
        publisher=row["publisher"],
        published=codec.load(row["published"], DateValue),
        language=row["language"],
        status=DocumentStatus(row["status"]),
        reason=row["reason"],
        text_sha256=row["text_sha256"],
        report=row["report"],
        origin=codec.load(row["origin"], Origin) if row["origin"] else Origin(),
        body=body,
        conflicts=codec.load(row["conflicts"], tuple[str, ...]),
    )


def _body(lines: tuple[Line, ...], text: str) -> tuple[Span, ...]:
    shell = Document("", "", text, "", "", lines, DateValue(), DocumentStatus.ARTICLE)
    return shell.body()


def _paths(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for part in _parts(ids):
        query = select(schema.pages.c.document, schema.pages.c.path).where(schema.pages.c.document.in_(part or []))
        for key, path in connection.execute(query):
            found.setdefault(key, set()).add(path)
    return {key: tuple(sorted(value)) for key, value in found.items()}


def _parts(ids: Iterable[str] | None) -> list[list[str] | None]:
    """The ids in parts a question can name, or one None that asks for all."""
    if ids is None:
        return [None]
    wanted = sorted(set(ids))
    return [wanted[i : i + _CHUNK] for i in range(0, len(wanted), _CHUNK)]


def lines(connection: Connection, wanted: StatementFilter) -> list[StatementRow]:
    """The record's lines that the filter asks for, one for each saying however many copies carry it.

    The order is by date, undated lines last, then by report and place in the text.
    """
    s = schema.statements
    query = select(s.c.line).where(*_conditions(connection, wanted)).distinct()
    keys = list(connection.execute(query).scalars())
    rows = [row for part in _parts(keys) for row in _lines_of(connection, part or [])]
    rows.sort(key=_time_order)
    return rows[: wanted.limit] if wanted.limit is not None else rows


def _time_order(row: StatementRow) -> tuple[Any, ...]:
    date = row.statement.date
    when = date.value or date.earliest or date.latest
    return (
        when is None,
        when or "",
        row.report or "",
        row.statement.document,
        row.statement.content[0].start,
        row.statement.id,
    )


def _conditions(connection: Connection, wanted: StatementFilter) -> list[ColumnElement[bool]]:
    s = schema.statements
    found: list[ColumnElement[bool]] = []
    if wanted.by:
        found.append(_party(("speaker", "on_behalf_of"), wanted.by))
    if wanted.target:
        found.append(_party(("target",), wanted.target))
    if wanted.about:
        found.append(or_(_party(("target", "addressee"), wanted.about), _has_words(connection, wanted.about)))
    if wanted.act:
        found.append(s.c.act == wanted.act.value)
    if wanted.since:
        found.append(func.coalesce(s.c.date_latest, s.c.date_value) >= wanted.since)
    if wanted.until:
        found.append(func.coalesce(s.c.date_earliest, s.c.date_value) <= wanted.until + "~")
    if wanted.dated:
        found.append(s.c.date_value.is_not(None))
    if wanted.match:
        found.append(_has_words(connection, wanted.match))
    if wanted.document:
        found.append(s.c.document == wanted.document)
    if wanted.outlet:
        found.append(_outlet(wanted.outlet))
    if wanted.min_confidence > 0:
        found.append(s.c.confidence >= wanted.min_confidence)
    return found


def _party(roles: tuple[str, ...], name: str) -> ColumnElement[bool]:
    t = schema.statement_actors
    words = [word for word in codec.search_form(name).split() if word]
    like = [
        (literal_column("' '") + t.c.search_name + literal_column("' '")).contains(f" {w} ", autoescape=True)
        for w in words
    ]
    return schema.statements.c.id.in_(select(t.c.statement).where(t.c.role.in_(roles), *like))


def _outlet(name: str) -> ColumnElement[bool]:
    t = schema.documents
    return schema.statements.c.document.in_(select(t.c.id).where(t.c.publisher.contains(name, autoescape=True)))


def _has_words(connection: Connection, words: str) -> ColumnElement[bool]:
    """Statements in whose words all of `words` stand; anything but letters and digits parts words, so no syntax leaks in."""
    tokens = _WORD.findall(words)
    if not tokens:
        return false()
    if connection.dialect.name == "sqlite":
        quoted = " ".join(f'"{token}"' for token in tokens)
        matched: ColumnElement[bool] = column("statement_words").op("MATCH")(quoted)
    else:
        words_of = func.to_tsvector("simple", _index.c.words)
        matched = words_of.op("@@")(func.plainto_tsquery("simple", " ".join(tokens)))
    return schema.statements.c.id.in_(select(_index.c.statement).select_from(_index).where(matched))


def _lines_of(connection: Connection, keys: Sequence[str]) -> list[StatementRow]:
    """One row for each line: the statement on the report's lead where it carries it, else on the first read copy."""
    grouped: dict[str, list[RowMapping]] = {}
    for row in connection.execute(_statement_query().where(schema.statements.c.line.in_(keys))).mappings():
        grouped.setdefault(row["line"], []).append(row)
    paths = _paths(connection, [row["document"] for rows in grouped.values() for row in rows])
    return [_fold(grouped[key], paths) for key in sorted(grouped)]


def statement_rows(connection: Connection, ids: Iterable[str] | None = None) -> list[StatementRow]:
    """A row for every statement on every copy, each with that copy's own offsets, in the order of path and text."""
    rows: list[RowMapping] = []
    for part in _parts(ids):
        query = _statement_query()
        rows.extend(
            connection.execute(query if part is None else query.where(schema.statements.c.id.in_(part))).mappings()
        )
    carried: dict[str, list[RowMapping]] = {}
    for part in _parts([row["line"] for row in rows]):
        for row in connection.execute(_statement_query().where(schema.statements.c.line.in_(part or []))).mappings():
            carried.setdefault(row["line"], []).append(row)
    paths = _paths(connection, [row["document"] for row in rows])
    found = [_row(row, carried[row["line"]], paths) for row in rows]
    return sorted(found, key=lambda r: (r.path, r.statement.document, r.statement.content[0].start, r.statement.id))


def _statement_query() -> Select[Any]:
    s, d, rd, r = schema.statements, schema.documents, schema.report_documents, schema.reports
    return select(
        s.c.id,
        s.c.line,
        s.c.document,
        s.c.start,
        s.c.statement,
        s.c.content_text,
        d.c.title,
        d.c.publisher,
        d.c.published,
        rd.c.report,
        rd.c.is_lead,
        rd.c.independence,
        r.c.origin,
    ).select_from(
        s.join(d, d.c.id == s.c.document)
        .outerjoin(rd, rd.c.document == s.c.document)
        .outerjoin(r, r.c.id == rd.c.report)
    )


def _fold(rows: list[RowMapping], paths: dict[str, tuple[str, ...]]) -> StatementRow:
    chosen = min(rows, key=lambda row: (not row["is_lead"], row["id"] != row["line"], row["document"]))
    return _row(chosen, rows, paths)


def _row(row: RowMapping, carried: list[RowMapping], paths: dict[str, tuple[str, ...]]) -> StatementRow:
    reports = {r["report"]: codec.load(r["origin"], Origin) for r in carried if r["report"]}
    known = {key for key, origin in reports.items() if origin.independence is Independence.ORIGINAL}
    unknown = {key for key, origin in reports.items() if origin.independence is Independence.UNKNOWN}
    copies = tuple(
        CopyRef(r["id"], r["document"], r["publisher"])
        for r in sorted(carried, key=lambda r: (not r["is_lead"], r["document"], r["start"]))
        if r["id"] != row["id"]
    )
    return StatementRow(
        statement=codec.load(row["statement"], Statement),
        content=row["content_text"],
        path=(paths.get(row["document"]) or ("",))[0],
        title=row["title"],
        publisher=row["publisher"],
        published=codec.load(row["published"], DateValue),
        report=row["report"],
        origin=codec.load(row["origin"], Origin) if row["origin"] else Origin(),
        copies=copies,
        outlets=len({r["publisher"] or r["document"] for r in carried}),
        reports=len(reports),
        independent_reports=len(known),
        unknown_reports=len(unknown),
    )


def reports(connection: Connection) -> list[ReportRow]:
    """All reports that hold an article, in time order, undated ones last; the copies of each in time order too."""
    rows = {row.id: row for row in documents(connection)}
    members: dict[str, list[str]] = {}
    for row in rows.values():
        if row.report and row.status is DocumentStatus.ARTICLE:
            members.setdefault(row.report, []).append(row.id)
    counts: dict[str, int] = {}
    s = schema.statements
    for doc, number in connection.execute(select(s.c.document, func.count()).group_by(s.c.document)):
        counts[doc] = number
    found = []
    for key in sorted(members):
        whole = report(connection, key)
        copies = sorted(((rows[c.document], c) for c in whole.copies), key=lambda pair: _published(pair[0]))
        found.append(ReportRow(key, whole.origin, rows[whole.lead], tuple(copies), counts.get(whole.lead, 0)))
    return sorted(found, key=lambda row: _published(row.lead))


def _published(row: DocumentRow) -> tuple[bool, str, str, str]:
    when = row.published.value or row.published.earliest
    return (when is None, when or "", row.path, row.id)


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


def has_document(connection: Connection, document_id: str) -> bool:
    """True when the record holds the document."""
    t = schema.documents
    return connection.execute(select(t.c.id).where(t.c.id == document_id)).first() is not None


def document_of_bytes(connection: Connection, content_sha256: str) -> str | None:
    """The document that was made from bytes with that hash, or None."""
    t = schema.pages
    found: str | None = connection.execute(select(t.c.document).where(t.c.content_sha256 == content_sha256)).scalar()
    return found


def lines_of(connection: Connection, statements: Iterable[str]) -> dict[str, str]:
    """The line that each of the statements belongs to; statements the record does not hold are left out."""
    s = schema.statements
    found: dict[str, str] = {}
    for part in _parts(statements):
        for row in connection.execute(select(s.c.id, s.c.line).where(s.c.id.in_(part or []))):
            found[row.id] = row.line
    return found


def find_id(connection: Connection, beginning: str) -> str:
    """The one id of a statement, document or report that begins with `beginning`.

    Raises:
        NotFound: when none does.
        Ambiguous: when several do.
    """
    tables = (schema.statements, schema.documents, schema.reports)
    found: list[str] = []
    for t in tables:
        query = select(t.c.id).where(t.c.id.startswith(beginning, autoescape=True)).limit(6)
        found.extend(connection.execute(query).scalars())
    if not beginning or not found:
        raise errors.NotFound(f"The record has no line, page or report with the id {beginning!r}.")
    if len(found) > 1 and beginning not in found:
        raise errors.Ambiguous(
            f"Several ids begin with {beginning!r}: {', '.join(sorted(found)[:5])}; give more of it."
        )
    return beginning if beginning in found else found[0]


def makers(connection: Connection) -> dict[str, str]:
    """What made the record, by name."""
    t = schema.makers
    return {row.name: row.value for row in connection.execute(select(t).order_by(t.c.name))}


def skipped(connection: Connection) -> list[tuple[str, str]]:
    """The paths that gave no page, with the reason, in the order of the alphabet."""
    return [
        (path, reason) for path, reason in connection.execute(select(schema.skipped).order_by(schema.skipped.c.path))
    ]
