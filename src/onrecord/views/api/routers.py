"""The JSON API put together: what the web server mounts, and an application of its own."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from onrecord import __version__
from onrecord.record import Record
from onrecord.views.api import problems
from onrecord.views.api.limits import Buckets, Limits
from onrecord.views.api.questions import add_questions
from onrecord.views.api.route import route_class

PREFIX = "/api/v1"
_DEFAULT = Limits()


def router(open_record: Callable[[], Record], limits: Limits = _DEFAULT) -> APIRouter:
    """The routes of the JSON API below ``/api/v1``, read-only.

    `open_record` gives the open record; it is called for every request and what it gives is not closed. The routes make their
    own answers for errors, so that the application that includes them needs no handler for it.
    """
    made = APIRouter(prefix=PREFIX, route_class=route_class(open_record, Buckets(limits)))
    add_questions(made, open_record)
    known = tuple(made.routes)

    @made.api_route(
        "/{rest:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], include_in_schema=False
    )
    def nothing(request: Request, rest: str) -> Response:
        methods = {
            method
            for one in known
            if one.matches({**request.scope, "path": request.url.path})[0] is Match.PARTIAL
            for method in getattr(one, "methods", None) or ()
        }
        if methods:
            allowed = ", ".join(sorted(methods))
            return problems.problem(405, f"This address takes {allowed} only.", {"Allow": allowed})
        return problems.problem(404, f"There is no /{rest} in the API; /openapi.json lists what there is.")

    return made


def app(open_record: Callable[[], Record], limits: Limits = _DEFAULT) -> FastAPI:
    """The JSON API as an application of its own, with its OpenAPI description at ``/openapi.json``."""
    made = FastAPI(title="onrecord", version=__version__, docs_url=None, redoc_url=None)
    made.include_router(router(open_record, limits))

    @made.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        return problems.of_http(error)

    return made
