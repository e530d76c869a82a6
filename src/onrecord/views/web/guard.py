"""Who may ask, and what every answer says to the browser: the token, the host's name, the content security policy."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp

from onrecord.views.web.settings import Settings

COOKIE = "onrecord"
#: Nothing from elsewhere, nothing inline, no eval; a page may not be framed and sends forms to itself alone.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Nothing is told to other sites; with "no-referrer" a browser hides the origin of this page's own forms too.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
#: What a browser without the token may see: the page that asks for it, and how that looks.
_OPEN = ("/enter", "/static/")
#: The largest request body in bytes: a draft to check.
_BODY = 1_000_000

Next = Callable[[Request], Awaitable[Response]]


class Guard(BaseHTTPMiddleware):
    """Refuses foreign names, large bodies and browsers without the token; sets the headers of every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        super().__init__(app)
        self._settings = settings

    async def dispatch(self, request: Request, call_next: Next) -> Response:
        """The answer to one request."""
        response = self._refused(request) or await call_next(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.url.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-cache")
        return response

    def _refused(self, request: Request) -> Response | None:
        settings = self._settings
        if not settings.answers_to(request.headers.get("host", "")):
            return PlainTextResponse("This page answers to the name of this machine only.\n", 421)
        writing = request.method not in ("GET", "HEAD", "OPTIONS")
        length = request.headers.get("content-length", "" if writing else "0")
        if not length.isdigit() or int(length) > _BODY:
            return PlainTextResponse("That is too much at once: a request holds at most 1 MB.\n", 413)
        if request.method not in ("GET", "HEAD") and not same_origin(request):
            return PlainTextResponse("Another page sent this; it is refused.\n", 403)
        if settings.token is None or request.url.path.startswith(_OPEN) or has_token(request, settings):
            return None
        if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
            return PlainTextResponse(
                "This record needs a token: send it as 'Authorization: Bearer TOKEN'.\n",
                401,
                {"WWW-Authenticate": "Bearer"},
            )
        return RedirectResponse("/enter", 303)


def same_origin(request: Request) -> bool:
    """True unless the browser says that another site sent the request; a program says nothing."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
        return False
    return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def has_token(request: Request, settings: Settings) -> bool:
    """True when the request carries the token, as a cookie of this page or as a bearer."""
    if settings.token is None:
        return False
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() == "bearer" and _equal(given.strip(), settings.token):
        return True
    return _equal(request.cookies.get(COOKIE, ""), settings.session)


def is_token(given: str, settings: Settings) -> bool:
    """True when `given` is the token."""
    return settings.token is not None and _equal(given, settings.token)


def may_correct(request: Request, settings: Settings) -> bool:
    """True when this browser may enter corrections."""
    return settings.allow_corrections and has_token(request, settings)


def is_own_form(given: str, settings: Settings) -> bool:
    """True when the form's key is the one this page gave out."""
    return settings.token is not None and _equal(given, settings.form_key)


def _equal(one: str, two: str) -> bool:
    return hmac.compare_digest(one.encode(), two.encode())
