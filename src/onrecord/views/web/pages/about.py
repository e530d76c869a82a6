"""About this record: what was read, what was skipped and why, what made it, and what reviewers changed."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from onrecord import __version__
from onrecord.record import overview
from onrecord.views.web import downloads
from onrecord.views.web.site import Site

_LISTED = 150


def add(router: APIRouter, site: Site) -> None:
    """Adds ``/about`` and its files."""

    @router.get("/about")
    def about(request: Request) -> Response:
        unread = site.kept("unread", lambda: site.record.ask(overview.unread))
        skipped = site.record.skipped()
        return site.page(
            request,
            "about.html",
            totals=site.kept("totals", lambda: site.record.ask(overview.totals)),
            statuses=site.kept("statuses", lambda: site.record.ask(overview.statuses)),
            unread=unread[:_LISTED],
            skipped=skipped[:_LISTED],
            number=len(skipped),
            makers=site.record.makers(),
            record=site.record.path.name,
            state=site.record.version(),
            corrections=len(site.record.corrections()),
        )

    @downloads.table(router, "skipped")
    def rows(_: Request) -> list[downloads.Row]:
        kept = [
            {"path": row.path, "is": row.status.value, "why": row.reason} for row in site.record.ask(overview.unread)
        ]
        return [*kept, *({"path": path, "is": "skipped", "why": why} for path, why in site.record.skipped())]

    @downloads.table(router, "statuses")
    def statuses(_: Request) -> list[downloads.Row]:
        found = site.kept("statuses", lambda: site.record.ask(overview.statuses))
        return [{"status": status.value, "why": reason, "pages": number} for status, reason, number in found]

    @downloads.table(router, "about")
    def figures(_: Request) -> list[downloads.Row]:
        totals = site.record.ask(overview.totals)
        numbers: list[downloads.Row] = [
            {"name": name, "value": getattr(totals, name)} for name in totals.__dataclass_fields__
        ]
        made: list[downloads.Row] = [{"name": name, "value": value} for name, value in site.record.makers().items()]
        return [*numbers, {"name": "onrecord", "value": __version__}, *made]
