"""Lists a record gives, with the reviewers' corrections applied: documents, reports, and the lines that copies share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, func, select

from onrecord.knowledge.press import Press
from onrecord.model import (
    Copy,
    DateValue,
    DocumentStatus,
    Independence,
    Line,
    Origin,
    Report,
    Statement,
    StatementPart,
    body_of,
)
from onrecord.record import codec, query, schema
from onrecord.record.conditions import conditions, fits, still_fits, untouched
from onrecord.record.corrected import Corrected, corrected, press
from onrecord.record.query import in_parts
from onrecord.record.rows import CopyRef, DocumentRow, ReportRow, StatementFilter, StatementRow
from onrecord.reports import Independents, independent

_WORD = re.compile(r"\w+")
Paths = dict[str, tuple[str, ...]]


def documents(connection: Connection, ids: Iterable[str] | None = None) -> list[DocumentRow]:
    """All documents, or those with the given ids, in the order of their first path, then id."""
    d, rd, r = schema.documents, schema.report_documents, schema.reports
    base = select(d, rd.c.report, r.c.origin).select_from(
        d.outerjoin(rd, rd.c.document == d.c.id).outerjoin(r, r.c.id == rd.c.report)
    )
    rows: list[RowMapping] = []
    for part in in_parts(ids):
        rows.extend(connection.execute(base if part is None else base.where(d.c.id.in_(part))).mappings())
    paths = _paths(connection, [row["id"] for row in rows])
    changed = corrected(connection)
    found = [_document_row(row, paths.get(row["id"], ()), changed) for row in rows]
    return sorted(found, key=lambda row: (row.path, row.id))


def _document_row(row: RowMapping, paths: tuple[str, ...], changed: Corrected) -> DocumentRow:
    report = changed.report_of.get(row["id"])
    stored = codec.load(row["origin"], Origin) if row["origin"] else Origin()
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
        report=report.id if report else row["report"],
        origin=report.origin if report else stored,
        body=body_of(row["text"], codec.load(row["lines"], tuple[Line, ...])),
        conflicts=codec.load(row["conflicts"], tuple[str, ...]),
    )


def _paths(connection: Connection, ids: Iterable[str]) -> Paths:
    found: dict[str, set[str]] = {}
    p = schema.pages
    for part in in_parts(ids):
        for key, path in connection.execute(select(p.c.document, p.c.path).where(p.c.document.in_(part or []))):
            found.setdefault(key, set()).add(path)
    return {key: tuple(sorted(value)) for key, value in found.items()}


@dataclass(frozen=True, slots=True)
class _Carried:
    """One statement on one copy with the report it stands in, as corrected.

    ``line`` is what it shares with other copies, ``stored`` what the machine says it shares.
    """

    id: str
    line: str
    stored: str
    first: bool
    document: str
    start: int
    statement: str
    content: str
    title: str | None
    publisher: str | None
    published: str
    report: str | None
    origin: Origin
    is_lead: bool


def lines(
    connection: Connection, wanted: StatementFilter, *, only: Collection[str] | None = None
) -> list[StatementRow]:
    """The record's lines that the filter asks for, one for each saying however many copies carry it.

    The order is by date, undated lines last, then by report and place in the text. `only` are ids of lines, few enough for one
    question (`query.CHUNK`); no others are looked at.
    """
    changed = corrected(connection)
    s = schema.statements
    asked = conditions(connection, wanted, changed.identities)
    if only is not None:
        asked.append(s.c.line.in_(only))
    matched = list(connection.execute(select(s.c.id, s.c.line, s.c.document).where(*asked)))
    for part in in_parts(changed.fields.lines):
        # Fields that reviewers corrected are compared below: only what no correction touches is asked of the tables.
        steady = conditions(connection, untouched(wanted))
        matched += connection.execute(select(s.c.id, s.c.line, s.c.document).where(s.c.line.in_(part or []), *steady))
    ids = {row.id for row in matched}
    carried = [
        c
        for c in _carried(connection, changed, {row.line for row in matched}, {row.document for row in matched})
        if c.stored not in changed.fields.withdrawn
    ]
    groups = [group for group in _grouped(carried).values() if any(c.id in ids for c in group)]
    paths = _paths(connection, {c.document for group in groups for c in group})
    families = press(connection)
    chosen = ((_chosen(group), group) for group in groups)
    made = ((one, _row(one, group, paths, families, changed)) for one, group in chosen)
    rows = sorted((row for one, row in made if _fits(one, row, wanted, changed)), key=_time_order)
    return rows[: wanted.limit] if wanted.limit is not None else rows


def _fits(one: _Carried, row: StatementRow, wanted: StatementFilter, changed: Corrected) -> bool:
    if one.stored in changed.fields.lines:
        return fits(row.statement, row.content, wanted)
    return still_fits(row.statement, wanted, changed.identities)


def statement_rows(
    connection: Connection, ids: Iterable[str] | None = None, *, withdrawn: bool = False
) -> list[StatementRow]:
    """A row for every statement on every copy, each with that copy's own offsets, in the order of path and text.

    Statements that a reviewer withdrew are left out unless `withdrawn` asks for them too.
    """
    changed = corrected(connection)
    s = schema.statements
    if ids is None:
        asked: set[str] | None = None
        carried = _carried(connection, changed, None, ())
    else:
        asked = set(ids)
        found = [
            row
            for part in in_parts(asked)
            for row in connection.execute(select(s.c.line, s.c.document).where(s.c.id.in_(part or [])))
        ]
        carried = _carried(connection, changed, {row.line for row in found}, {row.document for row in found})
    paths = _paths(connection, {c.document for c in carried})
    families = press(connection)
    rows = [
        _row(one, group, paths, families, changed)
        for group in _grouped(carried).values()
        for one in group
        if (asked is None or one.id in asked) and (withdrawn or one.stored not in changed.fields.withdrawn)
    ]
    return sorted(rows, key=lambda r: (r.path, r.statement.document, r.statement.content[0].start, r.statement.id))


def _time_order(row: StatementRow) -> tuple[Any, ...]:
    date = row.statement.date
    when = date.value or date.earliest or date.latest
    place = (row.statement.document, row.statement.content[0].start, row.statement.id)
    return (when is None, when or "", row.report or "", *place)


def _carried(
    connection: Connection, changed: Corrected, lines: set[str] | None, documents: Iterable[str]
) -> list[_Carried]:
    """The statements of the lines (None for all), and all on the pages whose report a correction changed."""
    s, d, rd, r = schema.statements, schema.documents, schema.report_documents, schema.reports
    base = select(
        s.c.id, s.c.line, s.c.document, s.c.start, s.c.statement, s.c.content_text,
        d.c.title, d.c.publisher, d.c.published, rd.c.report, rd.c.is_lead, r.c.origin,
    ).select_from(
        s.join(d, d.c.id == s.c.document)
        .outerjoin(rd, rd.c.document == s.c.document)
        .outerjoin(r, r.c.id == rd.c.report)
    )  # fmt: skip
    touched = {m for one in documents if one in changed.report_of for m in changed.report_of[one].documents}
    wheres = [s.c.line.in_(part) if part is not None else None for part in in_parts(lines)]
    wheres += [s.c.document.in_(part or []) for part in in_parts(touched)]
    rows: dict[str, _Carried] = {}
    for where in wheres:
        for row in connection.execute(base if where is None else base.where(where)).mappings():
            rows[row["id"]] = _one(row, changed)
    return list(rows.values())


def _one(row: RowMapping, changed: Corrected) -> _Carried:
    report = changed.report_of.get(row["document"])
    line: str = row["line"]
    if report is not None:
        # A reviewer joined or split the pages: what they share is told by the words, no longer by the alignment.
        line = " ".join((report.id, *_WORD.findall(row["content_text"].casefold())))
    return _Carried(
        id=row["id"],
        line=line,
        stored=row["line"],
        first=row["id"] == row["line"],
        document=row["document"],
        start=row["start"],
        statement=row["statement"],
        content=row["content_text"],
        title=row["title"],
        publisher=row["publisher"],
        published=row["published"],
        report=report.id if report else row["report"],
        origin=report.origin if report else _origin(row["origin"]),
        is_lead=report.lead == row["document"] if report else bool(row["is_lead"]),
    )


@lru_cache(maxsize=4096)
def _origin(stored: str | None) -> Origin:
    return codec.load(stored, Origin) if stored else Origin()


def _grouped(carried: Iterable[_Carried]) -> dict[str, list[_Carried]]:
    groups: dict[str, list[_Carried]] = {}
    for one in sorted(carried, key=lambda c: (not c.is_lead, c.document, c.start, c.id)):
        groups.setdefault(one.line, []).append(one)
    return groups


def _chosen(group: Sequence[_Carried]) -> _Carried:
    """The statement that stands for a line: the one on the report's lead, else the one that was read first."""
    return min(group, key=lambda c: (not c.is_lead, not c.first, c.document, c.start))


def _row(one: _Carried, group: Sequence[_Carried], paths: Paths, families: Press, changed: Corrected) -> StatementRow:
    behind = _behind(group, families)
    return StatementRow(
        statement=changed.statement(codec.load(one.statement, Statement), one.stored),
        content=one.content,
        path=(paths.get(one.document) or ("",))[0],
        title=one.title,
        publisher=one.publisher,
        published=codec.load(one.published, DateValue),
        report=one.report,
        origin=one.origin,
        copies=tuple(CopyRef(c.id, c.document, c.publisher) for c in group if c.id != one.id),
        outlets=behind.outlets,
        reports=behind.reports,
        independent_reports=behind.independent,
        unknown_reports=behind.unknown,
        reviews=changed.fields.reviews(one.stored),
    )


def _behind(group: Sequence[_Carried], families: Press) -> Independents:
    """What stands behind a line, by the rule of ``docs/independence.md``; an unnamed outlet counts as one of its own."""
    publisher = {c.document: c.publisher for c in group}
    leads: dict[str, _Carried] = {}
    for carried in group:
        if carried.report and (carried.report not in leads or carried.is_lead):
            leads[carried.report] = carried
    whole = [
        Report(
            id=key,
            lead=lead.document,
            origin=lead.origin,
            copies=tuple(
                Copy(c.document, 1.0, Independence.COPY)
                for c in group
                if c.report == key and c.document != lead.document
            ),
        )
        for key, lead in leads.items()
    ]
    counted = independent(whole, publisher.get, families)
    nameless = len({document for document, name in publisher.items() if name is None})
    return replace(counted, outlets=counted.outlets + nameless)


def reports(connection: Connection) -> list[ReportRow]:
    """All reports that hold an article, in time order, undated ones last; the copies of each in time order too."""
    rows = {row.id: row for row in documents(connection)}
    changed = corrected(connection)
    whole = changed.reports()
    members: dict[str, list[str]] = {}
    for row in rows.values():
        if row.report and row.status is DocumentStatus.ARTICLE:
            members.setdefault(row.report, []).append(row.id)
    counts = Counter({row.document: row.number for row in connection.execute(_counted(schema.statements))})
    counts.subtract(_withdrawn(connection, changed))
    found = []
    for key in sorted(members):
        report = whole.get(key) or query.report(connection, key)
        copies: list[tuple[DocumentRow, Copy]] = [(rows[c.document], c) for c in report.copies]
        copies.sort(key=lambda pair: _published(pair[0]))
        found.append(ReportRow(key, report.origin, rows[report.lead], tuple(copies), counts[report.lead]))
    return sorted(found, key=lambda row: _published(row.lead))


def _counted(s: Table) -> Select[Any]:
    body = s.c.part == StatementPart.BODY.value
    return select(s.c.document, func.count().label("number")).where(body).group_by(s.c.document)


def _withdrawn(connection: Connection, changed: Corrected) -> Counter[str]:
    """How many statements of each document reviewers withdrew."""
    s = schema.statements
    parts = (select(s.c.document).where(s.c.id.in_(part or [])) for part in in_parts(changed.fields.gone))
    return Counter(document for asked in parts for document in connection.execute(asked).scalars())


def _published(row: DocumentRow) -> tuple[bool, str, str, str]:
    when = row.published.value or row.published.earliest
    return (when is None, when or "", row.path, row.id)
