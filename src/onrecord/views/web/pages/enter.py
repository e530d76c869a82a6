"""The page that asks for the token, where the record is served beyond this machine."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.views.web import guard
from onrecord.views.web.site import Site

_A_DAY = 86_400


def add(router: APIRouter, site: Site) -> None:
    """Adds ``/enter``."""

    @router.get("/enter")
    def ask(request: Request, token: str = "") -> Response:
        if guard.is_token(token, site.settings):
            return _in(site, request)
        return site.page(request, "enter.html", wrong=bool(token))

    @router.post("/enter")
    def enter(request: Request, token: Annotated[str, Form()] = "") -> Response:
        if guard.is_token(token.strip(), site.settings):
            return _in(site, request)
        return site.page(request, "enter.html", 403, wrong=True)


def _in(site: Site, request: Request) -> Response:
    response = RedirectResponse("/", 303)
    secure = request.url.scheme == "https"
    response.set_cookie(
        guard.COOKIE, site.settings.session, max_age=_A_DAY, httponly=True, samesite="strict", secure=secure
    )
    return response
