"""The JSON API put together: what the web server mounts, and an application of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from onrecord import __version__
from onrecord.record import Record
from onrecord.views import fields
from onrecord.views.api import problems
from onrecord.views.api.asking import Asking
from onrecord.views.api.heads import Heads
from onrecord.views.api.ledgers import Ledgers
from onrecord.views.api.limits import Buckets, Limits
from onrecord.views.api.lists import Lists
from onrecord.views.api.parameters import page_of
from onrecord.views.api.route import route_class
from onrecord.views.api.singles import Singles

#: All methods that a request may have: what is not answered says so.
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
#: Paths whose parameters name somebody or something that may not be there.
_NAMED = frozenset(
    {
        "/relations",
        "/position",
        "/state",
        "/state/changes",
        "/demands",
        "/commitments",
        "/disputes",
        "/offers",
        "/channels",
        "/access",
    }
)
PREFIX = "/api/v1"
_DEFAULT = Limits()


def router(open_record: Callable[[], Record], limits: Limits = _DEFAULT, tables: Path | None = None) -> APIRouter:
    """The routes of the JSON API below ``/api/v1``, read-only.

    `open_record` gives the open record; it is called for every request and what it gives is not closed. `tables` is a table of
    actors of one's own, for its names. The routes make their own answers for errors, so that the application that includes them
    needs no handler for it.
    """
    made = APIRouter(prefix=PREFIX, route_class=route_class(open_record, Buckets(limits)))
    asking = Asking(open_record, tables)
    singles = Singles(asking)
    for path, answer, model in (*Lists(asking).routes(), *Ledgers(asking).routes(), *singles.routes()):
        made.add_api_route(path, answer, response_model=model, responses=_errors_of(path), **_told(path, answer))
    made.add_api_route(
        "/check",
        singles.check,
        methods=["POST"],
        response_model=page_of(fields.Check),
        responses=problems.described(400, 413, 422, 429, 503),
        **_told("/check", singles.check),
    )
    known = tuple(made.routes)

    @made.api_route("/{rest:path}", methods=list(_METHODS), include_in_schema=False)
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


def _errors_of(path: str) -> dict[int | str, dict[str, Any]]:
    """What may be wrong: everything is documented, since every status is one that a client may meet."""
    named = (404, 409) if "{" in path or path in _NAMED else ()
    return {
        304: {"description": "Not changed since the answer with that ETag."},
        **problems.described(400, *named, 414, 422, 429, 503),
    }


def _told(path: str, answer: Callable[..., Response]) -> dict[str, Any]:
    says = (answer.__doc__ or "").strip()
    name = path.strip("/").replace("/", "_").replace("{id}", "one")
    return {"summary": says.splitlines()[0], "description": says, "operation_id": name}


def app(open_record: Callable[[], Record], limits: Limits = _DEFAULT, tables: Path | None = None) -> FastAPI:
    """The JSON API as an application of its own, with its OpenAPI description at ``/openapi.json``."""
    made = FastAPI(title="onrecord", version=__version__, docs_url=None, redoc_url=None)
    made.include_router(router(open_record, limits, tables))
    made.add_middleware(Heads)

    @made.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> Response:
        return problems.of_http(error)

    return made
