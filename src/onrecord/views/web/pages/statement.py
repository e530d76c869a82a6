"""The page of one statement: its passage, what carries it, what it does to others, why each field has its value."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.model import Correction, Relation, active, envelope, errors
from onrecord.record import DocumentRow, EventRow, Record, StatementRow, query
from onrecord.record import relations as drawn
from onrecord.record.search import with_passage
from onrecord.record.why import Explained
from onrecord.views.web import downloads, marks, words
from onrecord.views.web.site import Site

#: Up to so many statements the outcomes of promises, which are made from the ledgers of the whole record, are shown with a line.
_SMALL = 30_000


_FOLDERS = {"st-": "statement", "ev-": "event", "doc-": "page", "rep-": "story"}


@dataclass(frozen=True, slots=True)
class Bond:
    """A relation as seen from one statement: what the other one is to it, and the other one."""

    relation: Relation
    says: str
    other: StatementRow


def add(router: APIRouter, site: Site) -> None:
    """Adds ``/statement/ID``, ``/event/ID``, ``/show/ID`` and the reasons as a file."""

    @router.get("/statement/{given}")
    def statement(request: Request, given: str) -> Response:
        found = _find(site.record, given, "st-")
        if found != given:
            return RedirectResponse(f"/statement/{found}", 307)
        row = site.record.statement_rows([found], withdrawn=True)[0]
        carrying = [site.record.statement_rows([copy.statement], withdrawn=True)[0] for copy in row.copies[:40]]
        return site.page(
            request,
            "statement.html",
            row=row,
            line=site.record.ask(lambda c: with_passage(c, row)),
            passage=marks.passage,
            span=envelope(row.statement.content),
            copies=carrying,
            bonds=bonds(site.record, row),
            reasons=why(site.record, found),
            corrections=_corrections(site.record, row),
        )

    @router.get("/event/{given}")
    def event(request: Request, given: str) -> Response:
        found = _find(site.record, given, "ev-")
        row = site.kept(("event", found), lambda: site.record.event(found))
        return site.page(request, "event.html", row=row, told=told(site.record, row), reasons=why(site.record, found))

    @router.get("/show/{given:path}")
    def show(given: str) -> Response:
        if given.startswith("rel-"):
            return RedirectResponse(f"/show/{_subject(site.record, given)}", 307)
        if given.startswith("act-") or ":" in given:
            return RedirectResponse(f"/actor/{quote(given, safe='')}", 307)
        found = site.record.find_id(given)
        folder = next((name for start, name in _FOLDERS.items() if found.startswith(start)), None)
        if folder is None:
            raise errors.NotFound(f"The record has nothing with the id {given!r}.")
        return RedirectResponse(f"/{folder}/{found}", 307)

    _add_files(router, site)


def _add_files(router: APIRouter, site: Site) -> None:
    @downloads.table(router, "relations")
    def relations(request: Request) -> list[downloads.Row]:
        found = _find(site.record, request.query_params.get("id", ""), "st-")
        row = site.record.statement_rows([found], withdrawn=True)[0]
        return [
            {
                "relation": one.relation.id, "says": one.says, "other": one.other.statement.id, "by": words.names(one.other.statement.speakers),
                "text": words.flat(one.other.content), "date": one.other.statement.date.value, "reported_by": one.other.publisher,
                "basis": [b.value for b in one.relation.basis], "confidence": round(one.relation.confidence, 2),
            }
            for one in bonds(site.record, row)
        ]  # fmt: skip

    @downloads.table(router, "why")
    def rows(request: Request) -> list[downloads.Row]:
        return [
            {
                "field": one.field,
                "value": one.value,
                "rule": one.rule,
                "made_by": one.made_by,
                "score": one.score,
                "words": [words.flat(e.words) for e in one.evidence],
                "offsets": [f"{e.span.start}-{e.span.end}" for e in one.evidence],
                "detail": one.detail,
            }
            for one in site.record.why(request.query_params.get("id", ""))
        ]


def _subject(record: Record, given: str) -> str:
    """The statement or event that does what the relation says.

    Raises:
        NotFound: when no such relation is stored; what became of a promise is made from the ledgers each time.
    """
    found = record.ask(lambda c: drawn.placed(c, drawn.drawn(c, given)))
    if not found:
        raise errors.NotFound(f"The record keeps no relation with the id {given!r}.")
    return found[0].subject


def _find(record: Record, given: str, kind: str) -> str:
    found = record.find_id(given)
    if not found.startswith(kind):
        raise errors.NotFound(f"{found} is not shown here.")
    return found


def why(record: Record, found: str) -> tuple[Explained, ...]:
    """Why each field has its value."""
    return tuple(one for one in record.why(found) if one.field != "content")


def bonds(record: Record, row: StatementRow) -> list[Bond]:
    """What other lines do to this one and it to them."""
    ids = {row.statement.id, *(copy.statement for copy in row.copies)}
    if record.count("statements") <= _SMALL:
        between = record.relation_rows(ids)
    else:
        between = record.ask(lambda c: _drawn(c, ids))
    relations = {r.id: r for r in between}
    others = {r.object if r.subject in ids else r.subject for r in relations.values()}
    rows = {other.statement.id: other for other in record.statement_rows(others)} if others else {}
    found = []
    for relation in relations.values():
        forward = relation.subject in ids
        other = relation.object if forward else relation.subject
        says = relation.kind.value if forward else words.PASSIVE[relation.kind]
        if other in rows:
            found.append(Bond(relation, says, rows[other]))
    return found


def _drawn(connection: Connection, ids: set[str]) -> list[Relation]:
    """The relations that are stored, without the outcomes that are made from ledgers each time."""
    lines = set(query.lines_of(connection, ids).values())
    return drawn.placed(connection, drawn.between_lines(connection, lines), ids)


def _corrections(record: Record, row: StatementRow) -> list[tuple[Correction, bool]]:
    """The entries of the log that name the line, its page or its actors, each with whether it is in force."""
    s = row.statement
    named = {s.id, s.document, *(copy.statement for copy in row.copies)}
    named |= {ref.id for ref in (*s.speakers, *s.on_behalf_of, *s.target) if ref.id is not None}
    log = record.corrections()
    in_force = {entry.id for entry in active(log)}
    return [(entry, entry.id in in_force) for entry in log if named & set(entry.subject)]


def told(record: Record, row: EventRow) -> list[tuple[DocumentRow, str, str]]:
    """The pages that tell an event, each with the mention's id and the words around it."""
    pages = {page.id: page for page in row.documents}
    found = []
    for mention in row.event.mentions[:60]:
        document = record.document(mention.document)
        whole = envelope((*mention.trigger, *(p.span for p in mention.participants)))
        lines = [line.span for line in document.lines if whole is not None and line.span.overlaps(whole)]
        told = envelope(lines) or whole
        if told is not None and mention.document in pages:
            found.append((pages[mention.document], mention.id, told.of(document.text)))
    return found
