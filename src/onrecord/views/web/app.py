"""The web page put together: pages, static files, the JSON API, and what is shown when something is not there."""

from __future__ import annotations

import gc
import importlib
import logging
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from threading import Thread

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

from onrecord import __version__
from onrecord.model import errors
from onrecord.record import Record, overview
from onrecord.views import api
from onrecord.views.web.guard import Guard
from onrecord.views.web.pages import dispute
from onrecord.views.web.settings import Settings
from onrecord.views.web.site import STATIC, OneState, Site

_log = logging.getLogger(__name__)
#: The modules with pages, in the order in which their routes are asked.
_PAGES = (
    "enter", "find", "statement", "reader", "dispute", "actor", "story", "figures", "check", "sources", "since", "about", "correct",
    "regroup",
)  # fmt: skip
#: Disputes whose sayings are fetched ahead.
_DISPUTES = 6
_STATUSES: tuple[tuple[type[errors.OnrecordError], int], ...] = (
    (errors.Ambiguous, 409),
    (errors.NotFound, 404),
    (errors.RecordError, 503),
)


def create_app(record: Record, settings: Settings | None = None) -> FastAPI:
    """The application over an open record, which it does not close."""
    settings = settings or Settings()
    site = Site(record, settings)
    app = FastAPI(title="onrecord", version=__version__, docs_url=None, redoc_url=None)
    app.state.site = site
    pages = APIRouter(include_in_schema=False)
    for name in _PAGES:
        importlib.import_module(f"onrecord.views.web.pages.{name}").add(pages, site)

    @pages.get("/favicon.ico")
    def icon() -> Response:
        return FileResponse(STATIC / "icon.svg", media_type="image/svg+xml")

    tables = Path(settings.tables) if settings.tables else None
    app.include_router(api.router(lambda: record, tables=tables))
    app.include_router(pages)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    _add_errors(app, site)
    app.add_middleware(GZipMiddleware, minimum_size=2_000)
    app.add_middleware(OneState)
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(api.Heads)
    return app


def warm(app: FastAPI) -> Thread:
    """Asks ahead what the overview pages and the most frequent disputes show, so that nobody waits for it on a large record."""
    site: Site = app.state.site
    record = site.record
    overviews: list[Callable[[], object]] = [
        lambda: site.kept("totals", lambda: record.ask(overview.totals)),
        lambda: site.kept("volume", lambda: record.ask(overview.volume)),
        lambda: site.kept("outlets", lambda: record.ask(overview.outlets)),
        lambda: site.kept("speaking", lambda: record.ask(overview.speakers)),
        lambda: site.kept("copied", lambda: record.ask(overview.copied)),
        lambda: site.kept("places", lambda: record.ask(overview.places)),
        lambda: site.knowledge,
    ]
    last: list[Callable[[], object]] = [lambda: site.kept("stories", record.stories), _settle]
    return site.warm(chain(overviews, dispute.ahead(site, _DISPUTES), last))


def _settle() -> None:
    """Takes what is kept from now on out of the collector's sight, and lets it look less often.

    An answer makes tens of thousands of small values that live as long as it; going through all that the server keeps each
    time costs a quarter of the answer's time on a record of a million statements.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _add_errors(app: FastAPI, site: Site) -> None:
    """Every error ends in a page with one sentence."""

    def told(request: Request, status: int, sentence: str) -> Response:
        return site.page(request, "error.html", status, sentence=sentence, code=status)

    @app.exception_handler(errors.OnrecordError)
    def ours(request: Request, error: errors.OnrecordError) -> Response:
        status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 400)
        return told(request, status, str(error))

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        sentence = "There is no such page here." if error.status_code == 404 else str(error.detail)
        return told(request, error.status_code, sentence)

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> Response:
        where = ".".join(str(part) for part in error.errors()[0]["loc"][1:])
        return told(request, 400, f"The part {where!r} of this address is not what the page takes.")

    @app.exception_handler(Exception)
    def fault(request: Request, error: Exception) -> Response:
        _log.error("%s %s", request.method, request.url.path, exc_info=error)
        return told(request, 500, "This page failed; the server's window says why.")
