"""What every page has at hand: the record, the settings, the templates, and answers kept while the record stays the same."""

from __future__ import annotations

import functools
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread
from typing import Any, TypeVar
from urllib.parse import urlencode

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord import __version__
from onrecord.knowledge import Knowledge
from onrecord.model import errors
from onrecord.record import Record
from onrecord.views.web import guard, marks, words
from onrecord.views.web.settings import Settings

_log = logging.getLogger(__name__)
_HERE = Path(__file__).parent
STATIC = _HERE / "static"
T = TypeVar("T")
#: How many answers are kept, besides those about the whole record.
_KEPT = 256


@dataclass(slots=True)
class Answers:
    """Answers by question, kept while the record's version stays the same; those asked longest ago go first.

    What a word alone asks for is about the whole record: there are few such answers, they take long, and they stay.
    """

    version: str = ""
    _whole: dict[str, Any] = field(default_factory=dict)
    _held: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, version: str, key: Hashable, make: Callable[[], T]) -> T:
        """The answer to `key`, made by `make` when it is not known for this version of the record."""
        with self._lock:
            if version != self.version:
                self._held.clear()
                self._whole.clear()
                self.version = version
            if isinstance(key, str) and key in self._whole:
                whole: T = self._whole[key]
                return whole
            if key in self._held:
                self._held.move_to_end(key)
                found: T = self._held[key]
                return found
        made = make()
        with self._lock:
            if version == self.version and isinstance(key, str):
                self._whole[key] = made
            elif version == self.version:
                self._held[key] = made
                while len(self._held) > _KEPT:
                    self._held.popitem(last=False)
        return made


#: The record's version as it was when the request began: one answer is made of one state of the record.
_VERSION: ContextVar[dict[str, str] | None] = ContextVar("version", default=None)


class OneState:
    """Lets each request ask for the record's version once."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        before = _VERSION.set({})
        try:
            await self._app(scope, receive, send)
        finally:
            _VERSION.reset(before)


class Site:
    """The page over one open record."""

    def __init__(self, record: Record, settings: Settings) -> None:
        self.record = record
        self.settings = settings
        self._answers = Answers()
        self._templates = _templates()

    @functools.cached_property
    def knowledge(self) -> Knowledge:
        """The tables of actors and offices, with the user's own."""
        return Knowledge.load(Path(self.settings.tables) if self.settings.tables else None)

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer to `key`, computed again when the record has changed."""
        return self._answers.get(self._version(), key, make)

    def _version(self) -> str:
        known = _VERSION.get()
        if known is None:
            return self.record.version()
        if "version" not in known:
            known["version"] = self.record.version()
        return known["version"]

    def warm(self, questions: Iterable[Callable[[], object]]) -> Thread:
        """Asks ahead, in a thread of its own, what takes long on a large record and is kept; a record that is busy is left alone."""

        def ask() -> None:
            for question in questions:
                try:
                    question()
                except errors.OnrecordError as error:
                    _log.warning("%s", error)
                    return

        thread = Thread(target=ask, name="onrecord-warm", daemon=True)
        thread.start()
        return thread

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        """The template `name` with the values, and what every template uses."""
        html = self._templates.get_template(name).render(
            **values,
            path=request.url.path,
            query=request.url.query,
            here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            corrects=guard.may_correct(request, self.settings),
            form_key=self.settings.form_key if guard.may_correct(request, self.settings) else "",
            partial="hx-request" in request.headers and "hx-boosted" not in request.headers,
            settings=self.settings,
        )
        return HTMLResponse(html, status)


def address(path: str, values: Mapping[str, Any], **changed: Any) -> str:
    """An address of this page: `path` with the values that are not empty, some of them changed."""
    asked = {**values, **changed}
    pairs = [(k, str(one)) for k, v in asked.items() for one in (v if isinstance(v, tuple | list) else (v,)) if one]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _templates() -> jinja2.Environment:
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=marks.visible,
    )
    env.globals.update(address=address, version=__version__, static=_static_version())
    env.filters.update(words.FILTERS)
    env.globals["marked"] = marks.marked_words
    return env


def _static_version() -> str:
    """A word that changes with the static files, so that browsers may keep them."""
    files = sorted(p for p in STATIC.iterdir() if p.is_file())
    return hashlib.blake2b(b"".join(p.read_bytes() for p in files), digest_size=6).hexdigest()
