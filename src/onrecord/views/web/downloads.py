"""Tables as files: what a page shows as rows, at an address of its own, as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

#: A row: field names as keys, in the order of the columns; values are text, numbers, flags, None or lists of text.
Row = Mapping[str, Any]
#: What gives the rows for a request.
Rows = Callable[[Request], Sequence[Row]]
#: What a spreadsheet would take for a formula (OWASP, CSV Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def answer(request: Request, name: str, kind: str, rows: Sequence[Row]) -> Response:
    """The rows as a file called `name`; `kind` is ``csv`` or ``json``."""
    if kind == "json":
        body, media = json.dumps(list(rows), ensure_ascii=False, indent=1), "application/json"
    elif kind == "csv":
        body, media = as_csv(rows), "text/csv; charset=utf-8"
    else:
        raise HTTPException(404)
    response = Response(body, media_type=media)
    if "download" in request.query_params:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def as_csv(rows: Sequence[Row]) -> str:
    """The rows as comma-separated values with a header line; lists are joined by "; "."""
    out = io.StringIO()
    if rows:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = "; ".join(str(one) for one in value)
    # Text of a page must not become a formula: an apostrophe keeps it text.
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def table(router: APIRouter, name: str) -> Callable[[Rows], Rows]:
    """Serves the rows that the decorated function gives for a request at ``/data/NAME.csv`` and ``/data/NAME.json``."""

    def keep(rows: Rows) -> Rows:
        def both(request: Request, kind: str) -> Response:
            return answer(request, name, kind, rows(request))

        router.add_api_route(f"/data/{name}.{{kind}}", both, methods=["GET"], name=f"table {name}")
        return rows

    return keep
