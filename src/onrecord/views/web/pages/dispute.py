"""The dispute page: two sides, their timeline, the state of play on a day, what changed between two, and a brief to print."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from onrecord.model import ActorRef
from onrecord.model.ledgers import LedgerChange, StateOfPlay
from onrecord.record import EventRow, StatementRow, happened, overview
from onrecord.relations.ledgers import Given, difference, state_of_play
from onrecord.views.cli.sides import actor_called
from onrecord.views.web import asked, downloads, play, words
from onrecord.views.web.asked import NotAsked
from onrecord.views.web.pages.find import disputes
from onrecord.views.web.site import Site

#: Entries of the timeline at first and when more are asked for, rows of a ledger and changes on one page; the files hold all.
_FIRST, _ENTRIES, _ROWS, _CHANGES, _SOURCES = 30, 160, 40, 80, 200


@dataclass(frozen=True, slots=True)
class Two:
    """The two sides, and the days that the address asks for."""

    a: ActorRef
    b: ActorRef
    on: str | None
    since: str | None
    until: str | None

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of the address."""
        return {"a": self.a.id, "b": self.b.id, "on": self.on, "from": self.since, "to": self.until}

    @property
    def ids(self) -> tuple[str, str]:
        """The ids of the two sides."""
        return (self.a.id or "", self.b.id or "")


@dataclass(frozen=True, slots=True)
class _Known:
    """What is told between two sides on pages up to a day, None for all."""

    until: str | None
    given: Given


def add(router: APIRouter, site: Site) -> None:
    """Adds ``/disputes``, ``/dispute``, its brief and its files."""

    @router.get("/disputes")
    def listed(request: Request) -> Response:
        return site.page(request, "disputes.html", pairs=_pairs(site)[:200])

    @router.get("/dispute")
    def dispute(request: Request) -> Response:
        if not request.query_params.get("a") or not request.query_params.get("b"):
            return site.page(request, "disputes.html", pairs=_pairs(site)[:200])
        two = read(site, request)
        state = state_of(site, two, two.on)
        entries = play.timeline(state, _meetings(site, two), two.ids)
        changes = _changes(site, two)
        ledgers = play.told(state)
        most = _ENTRIES if request.query_params.get("all") else _FIRST
        shown = [source for _, rows in ledgers for one in rows[:_ROWS] for source in one.sources]
        shown += [entry.source for entry in entries[:most]]
        return site.page(
            request,
            "dispute.html",
            two=two,
            state=state,
            ledgers=ledgers,
            most=_ROWS,
            days=play.by_day(entries[:most]),
            all=most > _FIRST,
            entries=entries,
            changes=changes[:_CHANGES] if changes is not None else None,
            in_words=play.of_change,
            days_between=_days_between,
            outlets=site.record.ask(lambda c: overview.outlets_of(c, shown)),
            span=site.kept("published", lambda: site.record.ask(overview.published)),
        )

    @router.get("/dispute/brief")
    def brief(request: Request) -> Response:
        two = read(site, request)
        state = state_of(site, two, two.on)
        ledgers = play.told(state)
        entries = play.timeline(state, _meetings(site, two), two.ids)
        ids = list(dict.fromkeys(s for _, rows in ledgers for one in rows for s in one.sources if s.startswith("st-")))
        sources = _sources(site, ids[:_SOURCES])
        numbers = {row.statement.id: number for number, row in enumerate(sources, 1)}
        return site.page(
            request, "brief.html", two=two, state=state, ledgers=ledgers, sources=sources, numbers=numbers,
            days=play.by_day([e for e in entries if e.day][:_ENTRIES]), left=max(0, len(ids) - _SOURCES),
        )  # fmt: skip

    _add_files(router, site)


def _add_files(router: APIRouter, site: Site) -> None:
    @downloads.table(router, "disputes")
    def pairs(_: Request) -> list[downloads.Row]:
        return [
            {
                "a": one.by.name, "a_id": one.by.id, "b": one.to.name, "b_id": one.to.id,
                "a_to_b": one.lines, "b_to_a": back.lines if back else 0,
            }
            for one, back in _pairs(site)
        ]  # fmt: skip

    @downloads.table(router, "ledgers")
    def ledgers(request: Request) -> list[downloads.Row]:
        two = read(site, request)
        state = state_of(site, two, two.on)
        sources = [source for _, rows in play.told(state) for one in rows for source in one.sources]
        rows = play.rows_of(state, site.record.ask(lambda c: overview.outlets_of(c, sources)))
        wanted = request.query_params.get("ledger", "")
        return [row for row in rows if not wanted or row["ledger"] == wanted]

    @downloads.table(router, "timeline")
    def timeline(request: Request) -> list[downloads.Row]:
        two = read(site, request)
        entries = play.timeline(state_of(site, two, two.on), _meetings(site, two), two.ids)
        outlets = site.record.ask(lambda c: overview.outlets_of(c, [e.source for e in entries]))
        return [
            {
                "day": e.day, "day_is_of_the_report": e.reported, "who": [ref.name for ref in e.who], "does": e.does or "meeting",
                "to": [ref.name for ref in e.aim], "text": words.flat(e.text), "reported_by": outlets.get(e.source), "source": e.source,
            }
            for e in entries
        ]  # fmt: skip

    @downloads.table(router, "changes")
    def changes(request: Request) -> list[downloads.Row]:
        two = read(site, request)
        return [
            {
                "change": c.kind.value, "ledger": c.ledger.value, "detail": c.detail, "row": c.row.id, "sources": list(c.sources),
            }
            for c in _changes(site, two) or ()
        ]  # fmt: skip


def _days_between(first: str, last: str) -> int:
    return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days


def _pairs(site: Site) -> list[tuple[overview.Cell, overview.Cell | None]]:
    return site.kept("pairs", lambda: disputes(site.kept("matrix", lambda: site.record.ask(overview.matrix))))


def read(site: Site, request: Request) -> Two:
    """The two sides and the days of the address.

    Raises:
        NotAsked: one side alone, or a date that is none. NotFound, Ambiguous: a side that the record does not hold.
    """
    params = request.query_params
    tables = Path(site.settings.tables) if site.settings.tables else None
    a, b = (_named(site, params.get(name, ""), tables) for name in ("a", "b"))
    if a.id == b.id:
        raise NotAsked(f"Both are one side, {a.name}: name two.")
    days = [_last(asked.day(params.get(name, ""))) for name in ("on", "from", "to")]
    return Two(a, b, *days)


def _named(site: Site, name: str, tables: Path | None) -> ActorRef:
    return site.kept(("side", name), lambda: _side(site, name, tables))


def _side(site: Site, name: str, tables: Path | None) -> ActorRef:
    return site.record.side(actor_called(site.record, name, tables))


def _last(day: str | None) -> str | None:
    """The last day of a year, a month or a day."""
    if day is None or len(day) == len("2031-03-04"):
        return day
    year, month = int(day[:4]), int(day[5:7]) if len(day) > 4 else 12
    return f"{day[:4]}-{month:02}-{calendar.monthrange(year, month)[1]:02}"


def state_of(site: Site, two: Two, on: str | None) -> StateOfPlay:
    """The state of play between the two sides as known on a day."""

    def made() -> StateOfPlay:
        return state_of_play(given_of(site, two.ids, on), on, between=(two.a, two.b))

    return site.kept(("state", *two.ids, on), made)


def given_of(site: Site, ids: tuple[str, str], on: str | None = None) -> Given:
    """What the states of play between two sides are made from, kept for the days that are asked for.

    The first look at a day reads no page that came out later; a look at a day behind it reads all, for whoever moves the slider on.
    """
    one, two = sorted(ids)
    first = site.kept(("given", one, two), lambda: _Known(on, site.record.between(one, two, on)))
    if first.until is None or (on is not None and on <= first.until):
        return first.given
    return site.kept(("all given", one, two), lambda: site.record.between(one, two))


def ahead(site: Site, pairs: int) -> Iterator[Callable[[], object]]:
    """The questions that the pages of the most frequent disputes ask first, as they are kept."""
    yield lambda: _pairs(site)
    for one, _ in _pairs(site)[:pairs]:
        ids = (one.by.id or "", one.to.id or "")
        yield partial(given_of, site, ids)


def _meetings(site: Site, two: Two) -> list[EventRow]:
    return site.kept(
        ("meetings", *two.ids, two.on), lambda: site.record.ask(lambda c: happened.between(c, *two.ids, until=two.on))
    )


def _changes(site: Site, two: Two) -> tuple[LedgerChange, ...] | None:
    if two.since is None or two.until is None:
        return None
    first, last = sorted((two.since, two.until))
    return difference(state_of(site, two, first), state_of(site, two, last))


def _sources(site: Site, ids: list[str]) -> list[StatementRow]:
    rows = {row.statement.id: row for row in site.record.statement_rows(ids)} if ids else {}
    return [rows[one] for one in ids if one in rows]
