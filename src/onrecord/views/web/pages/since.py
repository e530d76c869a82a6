"""What is new: a digest of the pages read since a day, and a feed of it for every search."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from onrecord.record import DocumentRow, overview
from onrecord.record.search import Found, Line, Search, search
from onrecord.views.web import asked, downloads, marks, words
from onrecord.views.web.pages.find import statement_rows
from onrecord.views.web.site import Site

_ATOM = "http://www.w3.org/2005/Atom"
#: Pages of a digest, lines of it, entries of a feed.
_PAGES, _LINES, _ENTRIES = 400, 60, 100
#: What XML 1.0 cannot hold.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(router: APIRouter, site: Site) -> None:
    """Adds ``/since``, ``/since.atom`` and the digest's file."""

    @router.get("/since")
    def since(request: Request, day: str = "") -> Response:
        from_day, arrived, found = _digest(site, day)
        rows = {row.id: row for row in site.record.documents([one for one, _ in arrived])} if arrived else {}
        return site.page(
            request,
            "since.html",
            day=from_day,
            last=site.kept("last", lambda: site.record.ask(overview.last_arrival)),
            pages=[(rows[one], at) for one, at in arrived if one in rows],
            outlets=Counter(_named(row) for row in rows.values()).most_common(12),
            found=found,
            passage=marks.passage,
        )

    @router.get("/since.atom")
    def feed(request: Request) -> Response:
        wanted = asked.read(site, request.query_params, _ENTRIES)
        arrived = dict(site.record.ask(lambda c: overview.arrived(c, "", _PAGES)))
        documents = tuple(arrived)
        if wanted.search.documents is not None:
            documents = tuple(one for one in documents if one in wanted.search.documents)
        among = replace(wanted.search, documents=documents)
        found = site.record.ask(lambda c: search(c, among, facets=False))
        return Response(_atom(request, found, arrived), media_type="application/atom+xml")

    @downloads.table(router, "since")
    def rows(request: Request) -> list[downloads.Row]:
        _, arrived, found = _digest(site, request.query_params.get("day", ""))
        at = dict(arrived)
        return [{"read": at.get(str(row["page"])), **row} for row in statement_rows([line.row for line in found.lines])]


def _named(row: DocumentRow) -> str:
    return words.outlet(row)


def _digest(site: Site, day: str) -> tuple[str, list[tuple[str, str]], Found]:
    """The day, the pages that came in since, and their lines: without a day since yesterday, or since the last reading's day."""
    from_day = asked.day(day.strip())
    if from_day is None:
        now = datetime.datetime.now(datetime.UTC).date()
        yesterday = (now - datetime.timedelta(days=1)).isoformat()
        last = (site.record.ask(overview.last_arrival) or "")[:10]
        from_day = min(yesterday, last) if last else yesterday
    arrived = site.record.ask(lambda c: overview.arrived(c, from_day, _PAGES))
    wanted = Search(documents=tuple(one for one, _ in arrived), limit=_LINES)
    return from_day, arrived, site.record.ask(lambda c: search(c, wanted, facets=False))


def _atom(request: Request, found: Found, arrived: dict[str, str]) -> bytes:
    base = str(request.base_url).rstrip("/")
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    shown = ", ".join(f"{k} {v}" for k, v in dict(request.query_params).items() if v)
    _put(feed, "title", f"On record: {shown}" if shown else "On record: everything new")
    _put(feed, "id", str(request.url))
    _link(feed, str(request.url), "self")
    updated = max(arrived.values(), default="1970-01-01T00:00:00+00:00")
    _put(feed, "updated", updated)
    _put(_put(feed, "author"), "name", "onrecord")
    newest = sorted(found.lines, key=lambda one: arrived.get(one.row.statement.document, ""), reverse=True)
    for line in newest:
        _entry(feed, base, line, arrived.get(line.row.statement.document, updated))
    made: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return made


def _entry(feed: ElementTree.Element, base: str, line: Line, at: str) -> None:
    row = line.row
    s = row.statement
    entry = _put(feed, "entry")
    speaker = words.names(s.speakers) or "somebody not known"
    _put(
        entry, "title", f"{words.outlet(row)} reports that {speaker} {words.verb(s.act)}: {words.cut(row.content, 120)}"
    )
    _put(entry, "id", f"{base}/statement/{s.id}")
    _link(entry, f"{base}/statement/{s.id}", "alternate")
    _put(entry, "updated", at)
    _put(
        entry,
        "summary",
        f"{words.flat(row.content)} ({words.when(s.date)}; {words.fold(row)}; {row.title or row.path})",
    )


def _put(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}")
    if text is not None:
        made.text = _NO_XML.sub("\ufffd", marks.visible(text))
    return made


def _link(parent: ElementTree.Element, href: str, rel: str) -> None:
    made = _put(parent, "link")
    made.set("href", href)
    made.set("rel", rel)
