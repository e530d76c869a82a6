"""The record in figures: who speaks to whom, how much in which month, and where. Charts are drawn by the browser from what is served here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord.model import Act
from onrecord.record import overview
from onrecord.record.overview import Cell, Said, Volume
from onrecord.views.web import asked, charts, downloads
from onrecord.views.web.asked import Asked
from onrecord.views.web.site import Site

#: Sides in the matrix, and places in the list.
_SIDES, _PLACES = 14, 200


def add(router: APIRouter, site: Site) -> None:
    """Adds ``/matrix``, ``/volume``, ``/map``, their charts and files."""
    _add_matrix(router, site)
    _add_volume(router, site)
    _add_map(router, site)


def _add_matrix(router: APIRouter, site: Site) -> None:
    def cells(request: Request) -> tuple[Cell, ...]:
        since = asked.day(request.query_params.get("since", ""))
        until = asked.day(request.query_params.get("until", ""))
        if since is None and until is None:
            return site.kept("matrix", lambda: site.record.ask(overview.matrix))
        return site.kept(
            ("matrix", since, until), lambda: site.record.ask(lambda c: overview.matrix(c, since=since, until=until))
        )

    @router.get("/matrix")
    def matrix(request: Request) -> Response:
        found = cells(request)
        said: dict[str, int] = {}
        names: dict[str, str] = {}
        for cell in found:
            for ref in (cell.by, cell.to):
                said[ref.id or ""] = said.get(ref.id or "", 0) + cell.lines
                names[ref.id or ""] = ref.name
        sides = sorted(said, key=lambda i: (-said[i], names[i]))[:_SIDES]
        return site.page(
            request,
            "matrix.html",
            sides=[(i, names[i]) for i in sides],
            cells={(cell.by.id, cell.to.id): cell for cell in found},
            most=max((cell.lines for cell in found), default=1),
            number=len(said),
            days={name: request.query_params.get(name, "") for name in ("since", "until")},
        )

    @downloads.table(router, "matrix")
    def rows(request: Request) -> list[downloads.Row]:
        return [
            {
                "by": cell.by.name, "by_id": cell.by.id, "to": cell.to.name, "to_id": cell.to.id, "lines": cell.lines,
                **{act.value: dict(cell.acts).get(act, 0) for act in Act},
            }
            for cell in cells(request)
        ]  # fmt: skip


def _volume(site: Site, wanted: Asked) -> Volume:
    if wanted.empty:
        return site.kept("volume", lambda: site.record.ask(overview.volume))
    return site.kept(("volume", wanted.search), lambda: site.record.ask(lambda c: overview.volume(c, wanted.search)))


def _add_volume(router: APIRouter, site: Site) -> None:
    @router.get("/volume")
    def volume(request: Request) -> Response:
        wanted = asked.read(site, request.query_params)
        return site.page(request, "volume.html", asked=wanted, volume=_volume(site, wanted), acts=tuple(Act))

    @router.get("/chart/volume-{what}.json")
    def chart(request: Request, what: str) -> Response:
        wanted = asked.read(site, request.query_params)
        months = _volume(site, wanted).months
        return JSONResponse(charts.shares(months) if what == "share" else charts.counts(months))

    @downloads.table(router, "volume")
    def rows(request: Request) -> list[downloads.Row]:
        return [
            {
                "month": m.month, "lines": m.lines, "reports": m.reports, "all_reports": m.all_reports, "share": round(m.share, 4),
            }
            for m in _volume(site, asked.read(site, request.query_params)).months
        ]  # fmt: skip


def _places(site: Site) -> tuple[Said, ...]:
    return site.kept("places", lambda: site.record.ask(overview.places))


def _add_map(router: APIRouter, site: Site) -> None:
    @router.get("/map")
    def where(request: Request) -> Response:
        found = _places(site)
        return site.page(
            request,
            "map.html",
            places=found[:_PLACES],
            number=len(found),
            countries=_countries(site, found[:_PLACES]),
            drawn=any(p.place.lat is not None for p in found),
        )

    @router.get("/chart/map.json")
    def chart() -> Response:
        return JSONResponse(charts.places(_places(site)))

    @downloads.table(router, "places")
    def rows(_: Request) -> list[downloads.Row]:
        return [_row(said) for said in _places(site)]


def _countries(site: Site, found: Sequence[Said]) -> dict[str, str]:
    """The names of the states that the codes of the places stand for: alpha-2 codes, and those of a user's own table."""
    names: dict[str, str] = {}
    for code in {said.place.country for said in found if said.place.country}:
        state = site.knowledge.actor(f"state:{site.knowledge.iso3(code)}")
        names[code] = state.name if state is not None else code
    return names


def _row(said: Said) -> dict[str, Any]:
    place = said.place
    return {
        "place": place.name, "lat": place.lat, "lon": place.lon, "country": place.country, "lines": said.lines, "events": said.events,
    }  # fmt: skip
