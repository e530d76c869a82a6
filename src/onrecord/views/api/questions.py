"""The questions of the JSON API."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter
from starlette.responses import Response

from onrecord.record import Record
from onrecord.views.api.route import json_response


def add_questions(router: APIRouter, open_record: Callable[[], Record]) -> None:
    """Adds the routes of all questions to `router`."""

    @router.get("/about")
    def about() -> Response:
        """What made this record."""
        record = open_record()
        return json_response({"version": record.version(), "made_by": record.makers()})
