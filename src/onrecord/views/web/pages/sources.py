"""The sources page: outlets, what they wrote themselves and what they copied, and how independent the reports are."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord.record import overview
from onrecord.record.overview import OutletRow
from onrecord.views.web import charts, downloads
from onrecord.views.web.site import Site

#: Outlets in the list and in the chart.
_LISTED, _DRAWN = 200, 24


def add(router: APIRouter, site: Site) -> None:
    """Adds ``/sources``, its chart and its file."""

    @router.get("/sources")
    def sources(request: Request) -> Response:
        rows = _outlets(site)
        totals = site.kept("totals", lambda: site.record.ask(overview.totals))
        origins = site.kept("origins", lambda: site.record.ask(overview.origins))
        return site.page(
            request, "sources.html", rows=rows[:_LISTED], number=len(rows), totals=totals, origins=origins[:40]
        )

    @router.get("/chart/sources.json")
    def chart() -> Response:
        return JSONResponse(charts.mix(_outlets(site)[:_DRAWN]))

    @downloads.table(router, "sources")
    def table(_: Request) -> list[downloads.Row]:
        return [
            {
                "outlet": r.outlet, "pages": r.pages, "own_reports": r.own, "copies": r.copies, "lines": r.lines, "first": r.first,
                "last": r.last,
            }
            for r in _outlets(site)
        ]  # fmt: skip

    @downloads.table(router, "origins")
    def origins(_: Request) -> list[downloads.Row]:
        found = site.kept("origins", lambda: site.record.ask(overview.origins))
        return [{"origin": name, "independence": kind.value, "reports": number} for name, kind, number in found]


def _outlets(site: Site) -> tuple[OutletRow, ...]:
    return site.kept("outlets", lambda: site.record.ask(overview.outlets))
