"""The page reader: the source text with its furniture greyed, statements and events marked and numbered, notes beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from onrecord.model import Document, EventMention, Span, Statement, envelope
from onrecord.record import Record, StatementFilter, StatementRow
from onrecord.record.happened import mentions_in
from onrecord.views.web import downloads, marks, words
from onrecord.views.web.marks import Note
from onrecord.views.web.pages.find import statement_rows
from onrecord.views.web.site import Site

#: Characters and notes of a page that are shown at once; longer ones are cut between lines.
_SHOWN, _NOTES = 40_000, 120


@dataclass(frozen=True, slots=True)
class Beside:
    """A note: a statement or an event with its number in the text, and why it was read so."""

    number: int
    statement: StatementRow | None
    event: EventMention | None
    why: tuple[tuple[str, str, float], ...]

    @property
    def id(self) -> str:
        """The id that links name."""
        if self.statement is not None:
            return self.statement.statement.id
        return self.event.id if self.event is not None else ""


def add(router: APIRouter, site: Site) -> None:
    """Adds ``/page/ID``, its text, and its statements as a file."""

    @router.get("/page/{given:path}")
    def page(request: Request, given: str, at: int = 0) -> Response:
        found = site.record.find_page(given)
        if found != given:
            return RedirectResponse(f"/page/{found}", 307)
        document = site.record.document(found)
        cuts = _cuts(document)
        start = max((cut for cut in cuts if cut <= at), default=0)
        end = min((cut for cut in cuts if cut > start), default=len(document.text) + 1)
        beside = _beside(site.record, document, Span(start, min(end, len(document.text))))
        return site.page(
            request,
            "reader.html",
            document=document,
            row=site.record.documents([found])[0],
            lines=marks.paragraphs(document, [_note(one) for one in beside], start, end),
            beside=beside,
            cuts=cuts,
            start=start,
            versions=site.record.versions(found),
            rtl=marks.direction_of(document.text[:2000]) == "rtl",
        )

    @router.get("/text/{given:path}")
    def text(given: str) -> Response:
        return PlainTextResponse(site.record.document(site.record.find_page(given)).text)

    @downloads.table(router, "page")
    def rows(request: Request) -> list[downloads.Row]:
        found = site.record.find_page(request.query_params.get("id", ""))
        return statement_rows(_statements(site.record, found))


def _statements(record: Record, document: str) -> list[StatementRow]:
    ids = [row.statement.id for row in record.lines(StatementFilter(document=document))]
    copies = [c.statement for row in record.statement_rows(ids) for c in row.copies if c.document == document]
    found = {row.statement.id: row for row in record.statement_rows([*ids, *copies])}
    here = [row for row in found.values() if row.statement.document == document]
    return sorted(here, key=lambda row: _place(row.statement))


def _place(statement: Statement) -> tuple[int, int, bool, str]:
    whole = envelope((*statement.source, *statement.cue, *statement.content)) or Span(0, 0)
    return (whole.start, -whole.end, statement.nested_in is not None, statement.id)


def _beside(record: Record, document: Document, shown: Span) -> list[Beside]:
    """The statements and events of the stretch shown, numbered in the order of the text, the outer before the inner."""
    found: list[tuple[tuple[int, int, bool, str], StatementRow | EventMention]] = [
        (_place(row.statement), row) for row in _statements(record, document.id)
    ]
    for mention in record.ask(lambda c: mentions_in(c, document.id)):
        if mention.saying is None and mention.trigger:
            found.append(((mention.trigger[0].start, -mention.trigger[-1].end, True, mention.id), mention))
    inside = [one for place, one in sorted(found, key=lambda f: f[0]) if shown.start <= place[0] < max(1, shown.end)]
    beside = []
    for number, one in enumerate(inside[:_NOTES], 1):
        row, mention_ = (one, None) if isinstance(one, StatementRow) else (None, one)
        reasons = one.statement.reasons if isinstance(one, StatementRow) else one.reasons
        why = tuple((r.field, r.rule or r.detail, r.score) for r in reasons if r.field in _TOLD)
        beside.append(Beside(number, row, mention_, why[:5]))
    return beside


#: The fields whose reasons a note gives; the statement's own page gives all.
_TOLD = frozenset({"act", "speakers", "target", "date", "kind", "participants"})


def _note(one: Beside) -> Note:
    if one.statement is not None:
        s = one.statement.statement
        label = f"Note {one.number}: {words.names(s.speakers) or 'somebody'} {words.verb(s.act)}"
        return Note(one.number, (*s.source, *s.cue, *s.content), words.tone(s.act), label)
    assert one.event is not None
    return Note(one.number, one.event.trigger, "event", f"Note {one.number}: {words.plain(one.event.kind.value)}")


def _cuts(document: Document) -> Sequence[int]:
    """The offsets at which the parts of a long page begin: each at the first line after so many characters."""
    cuts = [0]
    for line in document.lines:
        if line.span.start - cuts[-1] >= _SHOWN:
            cuts.append(line.span.start)
    return cuts
