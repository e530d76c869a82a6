"""What every route of the JSON API does around its question: limits, one shape of error, and answers that need not be sent again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord import __version__
from onrecord.model.errors import OnrecordError
from onrecord.record import Record
from onrecord.views.api import problems
from onrecord.views.api.limits import Buckets

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def json_response(body: Any, headers: dict[str, str] | None = None) -> Response:
    """Plain data as JSON; the bytes are the same whenever the data are."""
    return Response(
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode(), headers=headers, media_type="application/json"
    )


def route_class(open_record: Callable[[], Record], buckets: Buckets) -> type[APIRoute]:
    """A class of routes over the record that `open_record` gives, with these limits."""

    class Route(APIRoute):
        def get_route_handler(self) -> Handler:
            answer = super().get_route_handler()

            async def handler(request: Request) -> Response:
                refused = _refused(request, buckets)
                if refused is not None:
                    return refused
                try:
                    await _take_body(request, buckets.limits.body)
                    read = request.method in ("GET", "HEAD")
                    tag = await run_in_threadpool(lambda: _tag(open_record(), request)) if read else None
                    if tag is not None and _has(request.headers.get("if-none-match", ""), tag):
                        return Response(status_code=304, headers={"ETag": tag})
                    response = await answer(request)
                except RequestValidationError as error:
                    return problems.of_validation(error)
                except OnrecordError as error:
                    return problems.of_error(error)
                except HTTPException as error:
                    return problems.of_http(error)
                if tag is not None and response.status_code == 200:
                    response.headers["ETag"] = tag
                    response.headers["Cache-Control"] = "no-cache"
                return response

            return handler

    return Route


def _refused(request: Request, buckets: Buckets) -> Response | None:
    wait = buckets.wait(request.client.host if request.client is not None else "")
    if wait:
        return problems.problem(429, f"Wait {wait} s before the next request.", {"Retry-After": str(wait)})
    if len(request.url.query) > buckets.limits.query:
        return problems.problem(414, f"A query string holds at most {buckets.limits.query} characters.")
    return None


async def _take_body(request: Request, most: int) -> None:
    """Reads the body up to `most` bytes, whatever its header says of its length; 413 beyond."""
    taken = bytearray()
    async for chunk in request.stream():
        taken += chunk
        if len(taken) > most:
            raise HTTPException(413, f"A request body holds at most {most} bytes.")
    # What `Request.body` keeps once it has read the stream: the handler asks it again.
    request._body = bytes(taken)


def _tag(record: Record, request: Request) -> str:
    """A weak ETag: of the record's state, our version, and what is asked."""
    parts = (record.version(), __version__, request.url.path, request.url.query)
    return f'W/"{hashlib.blake2b(chr(31).join(parts).encode(), digest_size=12).hexdigest()}"'


def _has(header: str, tag: str) -> bool:
    """True when If-None-Match names the tag, compared weakly (RFC 9110, 13.1.2)."""
    named = {part.strip().removeprefix("W/") for part in header.split(",")}
    return "*" in named or tag.removeprefix("W/") in named
