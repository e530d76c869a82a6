"""The search page, which is also the first page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from onrecord.model import Act
from onrecord.record import StatementRow, overview
from onrecord.record.overview import Cell
from onrecord.record.search import Found, search
from onrecord.views.web import asked, downloads, marks, words
from onrecord.views.web.asked import PER_PAGE, Asked
from onrecord.views.web.site import Site

#: Rows of a file of search results, and of the first page's lists.
_IN_FILE, _FIRST = 1_000, 8


def add(router: APIRouter, site: Site) -> None:
    """Adds ``/``, ``/search`` and the files of results."""

    @router.get("/")
    def home(request: Request) -> Response:
        wanted = asked.read(site, request.query_params, _FIRST)
        found = site.kept("newest", lambda: site.record.ask(lambda c: search(c, wanted.search, facets=False)))
        totals = site.kept("totals", lambda: site.record.ask(overview.totals))
        pairs = site.kept("pairs", lambda: disputes(site.kept("matrix", lambda: site.record.ask(overview.matrix))))
        return site.page(
            request, "home.html", asked=wanted, found=found, totals=totals, pairs=pairs[:_FIRST], **_helpers()
        )

    @router.get("/search")
    def results(request: Request) -> Response:
        wanted = asked.read(site, request.query_params)
        found = find(site, wanted)
        pages = (found.total + PER_PAGE - 1) // PER_PAGE
        return site.page(request, "search.html", asked=wanted, found=found, pages=pages, acts=tuple(Act), **_helpers())

    @downloads.table(router, "statements")
    def rows(request: Request) -> list[downloads.Row]:
        wanted = asked.read(site, request.query_params, _IN_FILE)
        return statement_rows([line.row for line in find(site, wanted).lines])


def find(site: Site, wanted: Asked) -> Found:
    """What the search gives, kept while the record stays the same."""
    return site.kept(("search", wanted.search), lambda: site.record.ask(lambda c: search(c, wanted.search)))


def _helpers() -> dict[str, Any]:
    return {"passage": marks.passage}


def disputes(cells: Sequence[Cell]) -> list[tuple[Cell, Cell | None]]:
    """The pairs of sides with what each says to the other, those who say most to each other first."""
    by_pair = {(cell.by.id, cell.to.id): cell for cell in cells}
    pairs: list[tuple[Cell, Cell | None]] = []
    for cell in cells:
        back = by_pair.get((cell.to.id, cell.by.id))
        if back is None or (back.lines, str(back.by.id)) < (cell.lines, str(cell.by.id)):
            pairs.append((cell, back))
    return sorted(pairs, key=lambda p: -(p[0].lines + (p[1].lines if p[1] else 0)))


def statement_rows(rows: Sequence[StatementRow]) -> list[downloads.Row]:
    """Lines as rows of a file: who reports that who says what, to whom, when, with offsets into the page."""
    return [
        {
            "id": row.statement.id,
            "reported_by": row.publisher,
            "speakers": [ref.name for ref in row.statement.speakers],
            "on_behalf_of": [ref.name for ref in row.statement.on_behalf_of],
            "act": row.statement.act.value,
            "target": [ref.name for ref in row.statement.target],
            "text": words.flat(row.content),
            "date": row.statement.date.value,
            "date_earliest": row.statement.date.earliest,
            "date_latest": row.statement.date.latest,
            "place": row.statement.place.name if row.statement.place else None,
            "published": row.published.value,
            "title": row.title,
            "page": row.statement.document,
            "offsets": [f"{span.start}-{span.end}" for span in row.statement.content],
            "reports": row.reports,
            "outlets": row.outlets,
            "independent_reports": row.independent_reports,
            "confidence": round(row.statement.confidence, 2),
            "made_by": row.statement.made_by,
        }
        for row in rows
    ]
