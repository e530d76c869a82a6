"""The story page: reports of one happening, who copied whom in each, and what was added or cut, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from onrecord.model import Copy, Document, Report, Span, errors
from onrecord.record import DocumentRow, StoryRow, overview
from onrecord.record.search import Search, search
from onrecord.views.web import downloads, marks, words
from onrecord.views.web.site import Site

#: Copies compared side by side, and characters of a side.
_COMPARED, _TEXT = 8, 9_000


@dataclass(frozen=True, slots=True)
class Compared:
    """A copy beside the text it was made from: stretches of each, with whether the other one has them too."""

    row: DocumentRow
    copy: Copy
    lead: tuple[tuple[str, bool], ...]
    own: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A report with its pages: the one the text comes from, and the copies."""

    report: Report
    lead: DocumentRow
    copies: tuple[Compared, ...]
    more: int


def add(router: APIRouter, site: Site) -> None:
    """Adds ``/stories``, ``/story/ID`` and their files."""

    @router.get("/stories")
    def listed(request: Request) -> Response:
        return site.page(
            request, "stories.html", stories=stories_of(site)[:200], copied=copied(site)[:200], outlets=_outlets
        )

    @router.get("/story/{given}")
    def story(request: Request, given: str) -> Response:
        row = None if given.startswith("rep-") else story_of(site, given)
        ids = [site.record.find_id(given)] if row is None else reports_of(row)
        told = [_told(site, one) for one in ids[:12]]
        documents = tuple(d for one in told for d in one.report.documents)
        wanted = Search(documents=documents, limit=12)
        return site.page(
            request,
            "story.html",
            story=row,
            told=told,
            found=site.record.ask(lambda c: search(c, wanted, facets=False)),
            id=ids[0] if row is None else given,
            passage=marks.passage,
        )

    @downloads.table(router, "copies")
    def rows(request: Request) -> list[downloads.Row]:
        given = request.query_params.get("id", "")
        ids = [site.record.find_id(given)] if given.startswith("rep-") else reports_of(story_of(site, given))
        return [row for one in ids for row in _rows(site, one)]

    @downloads.table(router, "stories")
    def stories(_: Request) -> list[downloads.Row]:
        return [
            {
                "id": one.story.id, "date": one.story.date.value, "events": [e.kind.value for e in one.events], "reports": one.reports,
                "independent_reports": one.independent_reports, "pages": [d.id for d in one.documents],
            }
            for one in stories_of(site)
        ]  # fmt: skip

    @downloads.table(router, "copied")
    def copied_rows(_: Request) -> list[downloads.Row]:
        return [
            {
                "report": one.report, "published": one.published, "title": one.title, "outlet": one.outlet, "pages": one.pages,
                "outlets": one.outlets,
            }
            for one in copied(site)
        ]  # fmt: skip


def stories_of(site: Site) -> Sequence[StoryRow]:
    """The stories of the record, kept until it changes."""
    return site.kept("stories", site.record.stories)


def story_of(site: Site, given: str) -> StoryRow:
    """The story with this id.

    Raises:
        NotFound: when there is none.
    """
    found = next((one for one in stories_of(site) if one.story.id == given), None)
    if found is None:
        raise errors.NotFound(f"The record has no story {given}.")
    return found


def _outlets(rows: Sequence[DocumentRow]) -> list[str]:
    """The outlets of some pages, each once."""
    return list(dict.fromkeys(words.outlet(row) for row in rows))


def copied(site: Site) -> list[overview.Copied]:
    """The reports that more than one page carries."""
    return list(site.kept("copied", lambda: site.record.ask(overview.copied)))


def reports_of(row: StoryRow) -> list[str]:
    """The ids of the reports that tell a story."""
    return list(dict.fromkeys(page.report for page in row.documents if page.report is not None))


def _told(site: Site, report_id: str) -> Told:
    report = site.record.report(report_id)
    rows = {row.id: row for row in site.record.documents(report.documents)}
    lead = site.record.document(report.lead)
    compared = tuple(
        _compared(rows[copy.document], copy, lead, site.record.document(copy.document))
        for copy in report.copies[:_COMPARED]
    )
    ordered = sorted(compared, key=lambda c: (c.row.published.value or "~", c.row.path))
    return Told(report, rows[report.lead], tuple(ordered), len(report.copies) - len(compared))


def _compared(row: DocumentRow, copy: Copy, lead: Document, own: Document) -> Compared:
    return Compared(row, copy, _stretches(lead, copy.cut), _stretches(own, copy.added))


def _stretches(document: Document, alone: Sequence[Span]) -> tuple[tuple[str, bool], ...]:
    """The article's text in stretches, each with whether only this page has it; long texts are cut off."""
    found: list[tuple[str, bool]] = []
    shown = 0
    for part in document.body():
        for one in marks.segments(part, ((span, 0) for span in alone)):
            text = document.text[one.start : one.end]
            shown += len(text)
            if shown > _TEXT:
                return (*found, ("…", False))
            found.append((text, bool(one.keys)))
        found.append(("\n", False))
    return tuple(found)


def _rows(site: Site, report_id: str) -> list[downloads.Row]:
    report = site.record.report(report_id)
    pages = {row.id: row for row in site.record.documents(report.documents)}
    texts = {one: site.record.document(one).text for one in report.documents}
    first: downloads.Row = {
        "report": report_id, "page": report.lead, "outlet": pages[report.lead].publisher, "published": pages[report.lead].published.value,
        "is": "first text", "shared": 1.0, "added": [], "cut": [], "why": report.origin.basis.value,
    }  # fmt: skip
    return [
        first,
        *(
            {
                "report": report_id, "page": c.document, "outlet": pages[c.document].publisher, "published": pages[c.document].published.value,
                "is": c.independence.value, "shared": round(c.shared, 2),
                "added": [words.flat(s.of(texts[c.document])) for s in c.added], "cut": [words.flat(s.of(texts[report.lead])) for s in c.cut],
                "why": c.why,
            }
            for c in report.copies
        ),
    ]  # fmt: skip
