"""The quotation check: a draft is pasted, every quotation is compared with the record; nothing of it is kept."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from onrecord.model import UNKNOWN_DATE, DateBasis, day
from onrecord.record import overview
from onrecord.record.checking import Checked, Verdict
from onrecord.views.web import asked, downloads, words
from onrecord.views.web.site import Site

#: Characters of a draft, and quotations shown.
_DRAFT, _SHOWN = 200_000, 200
_TONES = {
    Verdict.VERBATIM: "promise", Verdict.CUT: "demand", Verdict.ALTERED: "accuse", Verdict.STITCHED: "accuse",
    Verdict.WRONG_SPEAKER: "deny", Verdict.WRONG_DATE: "deny", Verdict.NOT_FOUND: "deny",
}  # fmt: skip


def add(router: APIRouter, site: Site) -> None:
    """Adds ``/check``."""

    @router.get("/check")
    def form(request: Request) -> Response:
        return site.page(request, "check.html", draft="", written="", checked=None, counts={}, outlets={}, tones=_TONES)

    @router.post("/check")
    def check(
        request: Request,
        draft: Annotated[str, Form()] = "",
        written: Annotated[str, Form()] = "",
        file: Annotated[str, Form()] = "",
    ) -> Response:
        if len(draft) > _DRAFT:
            raise asked.NotAsked(f"A draft holds at most {_DRAFT:,} characters: check it in parts.")
        when = asked.day(written.strip())
        date = day(when, DateBasis.STATED) if when is not None and len(when) == len("2031-03-04") else UNKNOWN_DATE
        found = site.record.check(draft, date)
        if file:
            return downloads.answer(request, "check", file, [_row(one) for one in found])
        ids = [f.statement for one in found[:_SHOWN] for f in one.found if f.statement is not None]
        return site.page(
            request,
            "check.html",
            draft=draft,
            written=written,
            checked=found[:_SHOWN],
            number=len(found),
            counts=Counter(one.verdict.value for one in found),
            outlets=site.record.ask(lambda c: overview.outlets_of(c, ids)),
            tones=_TONES,
        )


def _row(one: Checked) -> downloads.Row:
    return {
        "verdict": one.verdict.value,
        "quote": words.flat(one.quoted.quote),
        "offsets": f"{one.quoted.span.start}-{one.quoted.span.end}",
        "speaker_in_draft": one.quoted.speaker,
        "speaker_in_record": [ref.name for ref in one.speaker],
        "date": one.date,
        "difference": [f"{c.edit.value}: {c.draft!r} for {c.record!r}" for c in one.difference],
        "found": [f.statement or f.document for f in one.found],
        "note": one.note,
    }
