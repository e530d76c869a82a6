"""The lists of the JSON API: what was said, what happened, who speaks, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from onrecord.views import fields
from onrecord.views.api import parameters as p
from onrecord.views.api.asking import Asking, rows_response
from onrecord.views.python.record import statement_filter
from onrecord.views.values import SHOWN_FROM

_PAGE = 100


@dataclass(frozen=True, slots=True)
class Lists:
    """The endpoints that give lists."""

    asking: Asking

    def routes(self) -> tuple[tuple[str, Any, type[Any]], ...]:
        """Each path with what answers it and the type of its pages."""
        return (
            ("/statements", self.statements, p.page_of(fields.Statement)),
            ("/events", self.events, p.page_of(fields.Event)),
            ("/timeline", self.timeline, p.page_of(fields.Statement, fields.Event)),
            ("/stories", self.stories, p.page_of(fields.Story)),
            ("/figures", self.figures, p.page_of(fields.Figure)),
            ("/relations", self.relations, p.page_of(fields.Relation)),
            ("/documents", self.documents, p.page_of(fields.Document)),
            ("/reports", self.reports, p.page_of(fields.Report)),
            ("/sources", self.sources, p.page_of(fields.Source)),
            ("/actors", self.actors, p.page_of(fields.Speaker)),
            ("/position", self.position, p.page_of(fields.PositionLine)),
        )

    def statements(
        self,
        request: Request,
        by: p.By = None,
        act: Annotated[p.Act | None, Query(description="What it does.")] = None,
        about: p.About = None,
        target: p.Target = None,
        since: p.Since = None,
        until: p.Until = None,
        match: p.Match = None,
        outlet: p.Outlet = None,
        sure: p.Sure = SHOWN_FROM,
        cursor: p.Cursor = None,
        limit: p.Limit = _PAGE,
    ) -> Response:
        """Who said what: one row for each saying, however many copies carry it, in date order, undated last."""
        wanted = statement_filter(by, act, about, target, since, until, match, outlet, sure)
        return self.asking.statement_page(request, wanted, cursor, limit)

    def events(
        self,
        request: Request,
        code: Annotated[p.Root | None, Query(description="PLOVER's root.")] = None,
        kind: Annotated[p.EventKind | None, Query(description="What happened, in a plain word.")] = None,
        actor: p.name_parameter("In it, or a side behind it.") = None,  # type: ignore[valid-type]
        by: p.name_parameter("Done by.") = None,  # type: ignore[valid-type]
        to: p.name_parameter("Done to.") = None,  # type: ignore[valid-type]
        place: p.name_parameter("Where it took place.") = None,  # type: ignore[valid-type]
        since: p.Since = None,
        until: p.Until = None,
        sayings: Annotated[
            bool, Query(description="Add what PLOVER counts as events and the record as sayings.")
        ] = False,
        cursor: p.Cursor = None,
        limit: p.Limit = _PAGE,
    ) -> Response:
        """What happened: one row for each event, however many reports tell it, in date order, undated last."""
        asked = {"code": code, "kind": kind, "actor": actor, "by": by, "to": to, "place": place}
        return self.asking.page(
            request,
            lambda record, most: record.events(**asked, since=since, until=until, sayings=sayings, limit=most),
            cursor,
            limit,
        )

    def timeline(
        self,
        request: Request,
        by: p.By = None,
        about: p.About = None,
        act: Annotated[p.Act | None, Query(description="What it does; leaves events out.")] = None,
        since: p.Since = None,
        until: p.Until = None,
        undated: Annotated[bool, Query(description="Add what has no day at the end.")] = False,
        cursor: p.Cursor = None,
        limit: p.Limit = _PAGE,
    ) -> Response:
        """What happened and what was said, day by day; an event has `mentions`, a statement has `act`."""
        return self.asking.page(
            request,
            lambda record, most: record.timeline(
                by=by, about=about, act=act, since=since, until=until, undated=undated, limit=most
            ),
            cursor,
            limit,
        )

    def stories(self, request: Request, cursor: p.Cursor = None, limit: p.Limit = _PAGE) -> Response:
        """The happenings that more than one report tells, with their pages."""
        return self.asking.page(request, lambda record, most: record.stories(limit=most), cursor, limit)

    def figures(self, request: Request, cursor: p.Cursor = None, limit: p.Limit = _PAGE) -> Response:
        """The numbers that reports give, each as its report gives it; nothing is added up."""
        return self.asking.page(request, lambda record, _: record.figures(), cursor, limit)

    def relations(
        self,
        request: Request,
        statement: Annotated[
            str | None, Query(description="Only those that this statement has part in.", min_length=1, max_length=200)
        ] = None,
        cursor: p.Cursor = None,
        limit: p.Limit = _PAGE,
    ) -> Response:
        """What statements do to each other: denials, answers, repetitions."""
        return self.asking.page(request, lambda record, _: record.relations(statement), cursor, limit)

    def documents(self, request: Request, cursor: p.Cursor = None, limit: p.Limit = _PAGE) -> Response:
        """The pages of the record, in the order of their paths."""
        return self.asking.page(request, lambda record, _: record.documents(), cursor, limit)

    def reports(self, request: Request, cursor: p.Cursor = None, limit: p.Limit = _PAGE) -> Response:
        """Who wrote each text, who copied whom, and how much is shared: what `onrecord sources` lists."""
        return self.asking.page(request, lambda record, _: record.reports(), cursor, limit)

    def sources(self, request: Request, cursor: p.Cursor = None, limit: p.Limit = _PAGE) -> Response:
        """The outlets and their mix: how many of their pages are originals, copies, or of unknown origin."""
        return self.asking.page(request, lambda record, _: record.sources(), cursor, limit)

    def actors(
        self,
        request: Request,
        match: p.name_parameter("All of these words in a name.") = None,  # type: ignore[valid-type]
        kind: Annotated[p.ActorKind | None, Query(description="What the actor is.")] = None,
        country: p.name_parameter("Of this state: ISO 3166 alpha-3, or its name.") = None,  # type: ignore[valid-type]
        unnamed: Annotated[bool, Query(description="Add groups without a name.")] = False,
        cursor: p.Cursor = None,
        limit: p.Limit = _PAGE,
    ) -> Response:
        """Who speaks in the record, with offices, statements, and when first and last; the most often first."""
        return self.asking.page(
            request,
            lambda record, most: record.actors(match=match, kind=kind, country=country, unnamed=unnamed, limit=most),
            cursor,
            limit,
        )

    def position(self, name: p.Name, about: p.Topic) -> Response:
        """What somebody said about a matter first and last, every wording in between, and how the two texts differ."""
        return rows_response(self.asking.record().position(name, about))
