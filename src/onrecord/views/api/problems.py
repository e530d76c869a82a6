"""The one shape of every error of the JSON API: problem details (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from onrecord.model import errors

MEDIA_TYPE = "application/problem+json"
#: What an error of ours is to a client; the first that fits counts.
_STATUSES: tuple[tuple[type[errors.OnrecordError], int], ...] = (
    (errors.Ambiguous, 409),
    (errors.NotFound, 404),
    (errors.BadValue, 422),
    (errors.RecordBusy, 503),
    (errors.RecordError, 503),
)
_TITLES = {
    400: "Bad request",
    404: "Not found",
    405: "Method not allowed",
    409: "Ambiguous",
    413: "Request too large",
    414: "Query too long",
    415: "Unsupported media type",
    422: "Not a valid question",
    429: "Too many requests",
    503: "The record cannot be read now",
}
#: The schema of a problem, as the OpenAPI description shows it.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {
            "type": "string",
            "description": "A name for the kind of problem; `about:blank` when the status says it all.",
        },
        "title": {"type": "string", "description": "The kind of problem in words, the same each time."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What is wrong this time, in one sentence."},
    },
}


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """The answer for an error with that HTTP status; `detail` is one sentence."""
    sentence = detail if detail.endswith(".") else f"{detail}."
    body = {"type": "about:blank", "title": _TITLES.get(status, "Error"), "status": status, "detail": sentence}
    return Response(json.dumps(body), status, dict(headers or {}), media_type=MEDIA_TYPE)


def of_error(error: errors.OnrecordError) -> Response:
    """The answer for one of our errors; its own sentence is the detail."""
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 400)
    return problem(status, str(error))


def of_validation(error: RequestValidationError) -> Response:
    """The answer for parameters or a body that are not what the description asks for: the first fault, named."""
    first = error.errors()[0]
    where = ".".join(part for part in first["loc"] if isinstance(part, str) and part not in ("query", "path", "body"))
    return problem(422, f"{where or 'The request body'}: {first['msg']}.")


def of_http(error: HTTPException) -> Response:
    """The answer for an error that the framework raises."""
    return problem(error.status_code, str(error.detail), error.headers)


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the OpenAPI description says of these statuses."""
    return {
        status: {"description": _TITLES[status], "content": {MEDIA_TYPE: {"schema": SCHEMA}}} for status in statuses
    }
