"""The pages of actors: who speaks in the record; one actor with offices over time, positions, and what was said."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from onrecord.knowledge.overlay import ALWAYS, FOREVER
from onrecord.model import Actor, ActorKind, Office, errors
from onrecord.record import ActorRow, overview
from onrecord.record.search import Search, search
from onrecord.views.web import downloads, marks, words
from onrecord.views.web.asked import PER_PAGE
from onrecord.views.web.pages.find import statement_rows
from onrecord.views.web.site import Site

#: Actors of the list on one page.
_LISTED = 200


def add(router: APIRouter, site: Site) -> None:
    """Adds ``/actors``, ``/actor/ID`` and their files."""

    @router.get("/actors")
    def listed(request: Request, q: str = "", kind: str = "") -> Response:
        rows = _fitting(site, q, kind)
        return site.page(
            request, "actors.html", rows=rows[:_LISTED], number=len(rows), q=q, kind=kind, kinds=tuple(ActorKind)
        )

    @router.get("/actor/{given:path}")
    def actor(request: Request, given: str) -> Response:
        found = _actor(site, given)
        stances = _stances(site, found.id)
        offices = offices_of(site, found.id)
        if found.kind is ActorKind.PERSON and not stances and not offices:
            raise errors.NotFound(
                f"{found.name} neither holds an office nor says anything in this record; private persons are not profiled."
            )
        last = site.kept(("said", found.id), lambda: site.record.ask(lambda c: search(c, _said(found.id))))
        entry = site.knowledge.known(found.id)
        above = site.record.actors([found.part_of]).get(found.part_of) if found.part_of else None
        return site.page(
            request,
            "actor.html",
            actor=found,
            names=[n for n in dict.fromkeys(entry.names if entry else ()) if n != found.name],
            above=above,
            offices=[(office, _of(site, office)) for office in offices],
            stated=_stated,
            stances=stances,
            found=last,
            passage=marks.passage,
            disputes=_disputes(site, found.id)[:12],
        )

    _add_files(router, site)


def _add_files(router: APIRouter, site: Site) -> None:
    @downloads.table(router, "actors")
    def rows(request: Request) -> list[downloads.Row]:
        params = request.query_params
        return [
            {
                "id": row.actor.id, "name": row.actor.name, "kind": row.actor.kind.value, "country": row.actor.country,
                "part_of": row.actor.part_of, "says": row.statements, "on_its_behalf": row.for_it, "first": row.first, "last": row.last,
            }
            for row in _fitting(site, params.get("q", ""), params.get("kind", ""))
        ]  # fmt: skip

    @downloads.table(router, "positions")
    def positions(request: Request) -> list[downloads.Row]:
        return [
            {
                "act": s.act.value, "target": s.target.name if s.target else None, "lines": s.lines, "first": s.first, "last": s.last,
            }
            for s in _stances(site, _actor(site, request.query_params.get("id", "")).id)
        ]  # fmt: skip

    @downloads.table(router, "offices")
    def offices(request: Request) -> list[downloads.Row]:
        return [
            {
                "title": o.title, "of": _of(site, o), "start": _stated(o.start), "end": o.end, "checked": _stated(o.checked), "source": o.source,
            }
            for o in offices_of(site, _actor(site, request.query_params.get("id", "")).id)
        ]  # fmt: skip

    @downloads.table(router, "said")
    def said(request: Request) -> list[downloads.Row]:
        found = _actor(site, request.query_params.get("id", ""))
        wanted = Search(by=(found.id,), limit=1_000, oldest=True)
        return statement_rows([one.row for one in site.record.ask(lambda c: search(c, wanted, facets=False)).lines])


def _said(actor: str) -> Search:
    return Search(by=(actor,), limit=PER_PAGE)


def _actor(site: Site, given: str) -> Actor:
    return site.kept(("actor", given), lambda: site.record.find_actor(given))


def _stances(site: Site, actor: str) -> tuple[overview.Stance, ...]:
    return site.kept(("stances", actor), lambda: site.record.ask(lambda c: overview.stances(c, [actor])))


def offices_of(site: Site, actor: str) -> list[Office]:
    """The terms of an actor in the tables, oldest first."""
    return sorted(site.knowledge.offices_of(actor), key=lambda o: (o.start, o.of, o.title))


def _stated(day: str) -> str | None:
    """A day of a term; None for the first and the last there are, which stand for a term whose days a table leaves open."""
    return None if day in (ALWAYS, FOREVER) else day


def _of(site: Site, office: Office) -> str:
    found = site.knowledge.actor(office.of)
    return found.name if found is not None else office.of


def _disputes(site: Site, actor: str) -> list[overview.Cell]:
    cells = site.kept("matrix", lambda: site.record.ask(overview.matrix))
    return [cell for cell in cells if actor in (cell.by.id, cell.to.id)]


def _fitting(site: Site, q: str, kind: str) -> Sequence[ActorRow]:
    rows = site.kept("speaking", lambda: site.record.ask(overview.speakers))
    wanted = words.flat(q).casefold().split()
    return [
        row
        for row in rows
        if (not kind or row.actor.kind.value == kind) and all(word in row.actor.name.casefold() for word in wanted)
    ]
