"""Single things for programs: a statement, an event, a page and its text, a report, an actor, the reasons, a check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from onrecord.views import fields
from onrecord.views.api import parameters as p
from onrecord.views.api.asking import Asking, row_response, rows_response
from onrecord.views.fields.about import About


@dataclass(frozen=True, slots=True)
class Singles:
    """The endpoints that give one thing."""

    asking: Asking

    def routes(self) -> tuple[tuple[str, Any, type[Any]], ...]:
        """Each path with what answers it and the type of its answer."""
        return (
            ("/about", self.about, About),
            ("/statements/{id}", self.statement, fields.WholeStatement),
            ("/events/{id}", self.event, fields.WholeEvent),
            ("/documents/{id}", self.document, fields.WholeDocument),
            ("/documents/{id}/text", self.text, fields.PassageText),
            ("/reports/{id}", self.report, fields.Report),
            ("/actors/{id}", self.actor, fields.Profile),
            ("/why/{id}", self.why, p.page_of(fields.Reason)),
        )

    def about(self) -> Response:
        """What made this record, how much it holds, and what it left out."""
        return row_response(self.asking.record().about())

    def statement(self, id: p.Id) -> Response:
        """One statement with its passage, its copies, the reasons for its fields, and its relations."""
        return row_response(self.asking.record().statement(id))

    def event(self, id: p.Id) -> Response:
        """One event with the words of every passage that tells it."""
        return row_response(self.asking.record().event(id))

    def document(self, id: p.Id) -> Response:
        """One page with its text, the role of every line, its statements and versions."""
        return row_response(self.asking.record().document(id))

    def text(self, id: p.Id, start: p.Start = 0, end: p.End = None) -> Response:
        """The source text of a page, or the stretch between two code points."""
        return row_response(self.asking.record().text(id, start, end))

    def report(self, id: p.Id) -> Response:
        """One report: its text's origin with the reasons, and its copies."""
        return row_response(self.asking.record().report(id))

    def actor(self, id: p.Id, on: p.OnDay = None) -> Response:
        """One actor by id or name: the offices (held on a day), and what is said."""
        return row_response(self.asking.record().actor(id, on=on))

    def why(self, id: p.Id) -> Response:
        """Why each field of a statement, event, page or relation has its value."""
        return rows_response(self.asking.record().why(id))

    def check(self, draft: p.Draft) -> Response:
        """Every quotation of a draft with its verdict, in order. Nothing of the draft is kept."""
        return rows_response(self.asking.record().check(draft.text, dated=draft.dated))
