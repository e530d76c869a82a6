"""What belongs together, as reviewers say it from the page: events, reports, stories and actors, joined and parted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated
from urllib.parse import unquote, urlsplit

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.model import CorrectionKind, errors
from onrecord.record import DocumentRow, EventFilter, EventRow, Record, StoryRow
from onrecord.record.search import Search, search
from onrecord.views.cli import entering
from onrecord.views.web.pages.correct import NotEntered, admit, reason, write
from onrecord.views.web.pages.statement import told
from onrecord.views.web.pages.story import reports_of, stories_of, story_of
from onrecord.views.web.site import Site

#: Events and stories offered to join with, reports of a story, and lines whose pages an actor's form lists.
_OFFERED, _REPORTS, _LINES = 30, 12, 400
_JOINS = frozenset(
    {
        CorrectionKind.JOIN_EVENTS, CorrectionKind.JOIN_REPORTS, CorrectionKind.JOIN_STORIES, CorrectionKind.MERGE_ACTORS,
    }
)  # fmt: skip
_OF_EVENTS = frozenset({CorrectionKind.JOIN_EVENTS, CorrectionKind.SPLIT_EVENT})
_OF_ACTORS = frozenset({CorrectionKind.MERGE_ACTORS, CorrectionKind.SPLIT_ACTOR})
_OF_PAGES = frozenset(
    {
        CorrectionKind.JOIN_REPORTS, CorrectionKind.SPLIT_REPORT, CorrectionKind.SET_ORIGIN, CorrectionKind.JOIN_STORIES,
        CorrectionKind.SPLIT_STORY,
    }
)  # fmt: skip
#: The kinds that carry a name, and may carry an empty one.
_NAMED = frozenset({CorrectionKind.SET_ORIGIN, CorrectionKind.SPLIT_ACTOR})
KINDS = _OF_EVENTS | _OF_ACTORS | _OF_PAGES


def add(router: APIRouter, site: Site) -> None:
    """Adds ``/correct/event/ID``, ``/correct/story/ID``, ``/correct/actor/ID`` and ``/regroup``, which takes their forms."""
    _add_forms(router, site)

    @router.post("/regroup")
    def enter(
        request: Request,
        key: Annotated[str, Form()] = "",
        what: Annotated[str, Form()] = "",
        subject: Annotated[list[str] | None, Form()] = None,
        other: Annotated[str, Form()] = "",
        value: Annotated[str, Form()] = "",
        who: Annotated[str, Form()] = "",
        why: Annotated[str, Form()] = "",
    ) -> Response:
        admit(site, request, key)
        if what not in {kind.value for kind in KINDS}:
            raise NotEntered("Say what is to be corrected.")
        kind = CorrectionKind(what)
        ids = _subject(site.record, kind, subject or [], other)
        entry = entering.made(
            kind, ids, reason(why), (who.strip() or site.settings.reviewer)[:100], _value(kind, value)
        )
        write(site.record, entry)
        return RedirectResponse(f"/corrections#{entry.id}", 303)


def _add_forms(router: APIRouter, site: Site) -> None:
    @router.get("/correct/event/{given}")
    def event(request: Request, given: str) -> Response:
        admit(site, request, site.settings.form_key)
        row = site.record.event(given)
        return site.page(
            request,
            "correct_event.html",
            row=row,
            told=told(site.record, row),
            beside=_beside(site, row),
            reviewer=site.settings.reviewer,
        )

    @router.get("/correct/story/{given}")
    def story(request: Request, given: str) -> Response:
        admit(site, request, site.settings.form_key)
        row = None if given.startswith("rep-") else story_of(site, given)
        ids = [site.record.find_id(given)] if row is None else reports_of(row)
        reports = [site.record.report(one) for one in ids[:_REPORTS]]
        pages = {row.id: row for row in site.record.documents([d for r in reports for d in r.documents])}
        return site.page(
            request,
            "correct_story.html",
            id=given,
            story=row,
            reports=[(report, [pages[d] for d in report.documents]) for report in reports],
            pages=list(pages.values()) if row is None else row.documents,
            others=_near(stories_of(site), row),
            reviewer=site.settings.reviewer,
        )

    @router.get("/correct/actor/{given:path}")
    def actor(request: Request, given: str) -> Response:
        admit(site, request, site.settings.form_key)
        found = site.record.find_actor(given)
        wanted = Search(by=(found.id,), limit=_LINES)
        lines = site.record.ask(lambda c: search(c, wanted, facets=False)).lines
        pages = dict.fromkeys(line.row.statement.document for line in lines)
        return site.page(
            request,
            "correct_actor.html",
            actor=found,
            pages=site.record.documents(pages) if pages else [],
            reviewer=site.settings.reviewer,
        )


def _beside(site: Site, row: EventRow) -> list[EventRow]:
    """Other events of the same days: the likeliest to be the same one."""
    first, last = row.event.date.value or row.event.date.earliest, row.event.date.value or row.event.date.latest
    if first is None or last is None:
        return []
    found = site.record.events(EventFilter(since=first, until=last, limit=_OFFERED))
    return [one for one in found if one.event.id != row.event.id]


def _near(rows: Iterable[StoryRow], own: StoryRow | None) -> list[StoryRow]:
    """Other stories, those of the next days first."""
    others = [one for one in rows if own is None or one.story.id != own.story.id]
    day = own.story.date.value or "" if own is not None else ""
    later = [one for one in others if (one.story.date.value or "") >= day]
    earlier = [one for one in others if (one.story.date.value or "") < day]
    return later[: _OFFERED // 2] + earlier[-_OFFERED // 2 :]


def _value(kind: CorrectionKind, value: str) -> str | None:
    if kind not in _NAMED:
        return None
    # An origin may be said to be unknown; another actor may have no name yet.
    return value.strip()[:200] or ("" if kind is CorrectionKind.SET_ORIGIN else None)


def _subject(record: Record, kind: CorrectionKind, given: Sequence[str], other: str) -> tuple[str, ...]:
    """The ids a correction names: those of the form, and those typed, by id, address, path or (of actors) name."""
    typed = [part.strip() for part in re.split(r"[;\n]+", other) if part.strip()]
    if kind is CorrectionKind.SPLIT_ACTOR:
        if not given:
            raise NotEntered("Say which actor is parted.")
        pages = _ids((*given[1:], *typed), lambda one: _pages(record, one))
        if not pages:
            raise NotEntered("Choose at least one page on which another one is meant.")
        return (record.find_actor(given[0]).id, *pages)
    if kind in _OF_ACTORS:
        found = _ids((*given, *typed), lambda one: (record.find_actor(_last(one)).id,))
    elif kind in _OF_EVENTS:
        found = _ids((*given, *typed), lambda one: (_event(record, one),))
    else:
        found = _ids((*given, *typed), lambda one: _pages(record, one))
    if kind in _JOINS and len(found) < 2:
        raise NotEntered("Name another one to join it with.")
    if not found:
        raise NotEntered("Choose at least one.")
    return found


def _ids(given: Iterable[str], named: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for one in given for found in named(one)))


def _last(given: str) -> str:
    """The id at the end of an address of this page; anything else as it is typed."""
    parts = urlsplit(given)
    if not parts.scheme.startswith("http") and not given.startswith("/"):
        return given
    return unquote(parts.path.rstrip("/").rpartition("/")[2])


def _event(record: Record, given: str) -> str:
    found = record.find_id(_last(given))
    if not found.startswith("ev-"):
        raise errors.NotFound(f"{found} is no event.")
    return found


def _pages(record: Record, given: str) -> tuple[str, ...]:
    """The pages that an id or address names: itself, the one a report's text comes from, or the first of a story."""
    name = _last(given)
    if name.startswith("rep-"):
        return (record.report(record.find_id(name)).lead,)
    if name.startswith("story-"):
        rows: list[DocumentRow] = [d for one in record.stories() if one.story.id == name for d in one.documents]
        if not rows:
            raise errors.NotFound(f"The record has no story {name}.")
        return (rows[0].id,)
    return (record.find_page(name),)
