"""What the API's questions share: the record, answers kept while it does not change, and lists given in pages."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.record import Record as Store
from onrecord.record import StatementFilter
from onrecord.record.paging import Key
from onrecord.views.api.route import json_response
from onrecord.views.fields.shape import plain
from onrecord.views.fields.statements import statement
from onrecord.views.python import Record

#: So many whole answers are kept, for pages of lists that are computed as a whole.
_KEPT = 8
#: Parameters that choose a part of a list and not the list.
_OF_PAGES = frozenset({"cursor", "limit"})


@dataclass(slots=True)
class Asking:
    """The record that questions are asked of; `tables` is a table of actors of one's own, for its names."""

    open_record: Callable[[], Store]
    tables: Path | None = None
    _record: Record | None = None
    _kept: OrderedDict[str, tuple[Any, ...]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def record(self) -> Record:
        """The record, with the tables of names that were loaded for it."""
        store = self.open_record()
        with self._lock:
            if self._record is None or self._record.store is not store:
                self._record = Record(store, self.tables)
            return self._record

    def page(
        self,
        request: Request,
        ask: Callable[[Record, int | None], Sequence[Any]],
        cursor: str | None,
        limit: int,
    ) -> Response:
        """A page of a list that `ask` gives whole, or as far as so many rows; what was given whole is kept until the record changes."""
        record = self.record()
        name = f"{record.store.version()} {_question(request)}"
        rows: tuple[Any, ...]
        if cursor is None and name not in self._kept:
            # One more than is shown tells whether there are more; any other number of rows is the whole list.
            rows = tuple(ask(record, limit + 1))
            if len(rows) != limit + 1:
                self._keep(name, rows)
        else:
            rows = self._whole(name, lambda: tuple(ask(record, None)))
        start = 0 if cursor is None else _place(rows, _opened(cursor, request))
        shown = rows[start : start + limit]
        more = [start + limit - 1, _name(shown[-1])] if start + limit < len(rows) else None
        return _page([plain(row) for row in shown], more, request)

    def statement_page(self, request: Request, wanted: StatementFilter, cursor: str | None, limit: int) -> Response:
        """A page of lines, read from the record from the cursor's place on."""
        after = None if cursor is None else _key(_opened(cursor, request))
        found = self.record().store.page(wanted, after, limit)
        return _page(
            [plain(statement(row)) for row in found.rows], None if found.more is None else list(found.more), request
        )

    def _whole(self, name: str, ask: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...]:
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        rows = ask()
        self._keep(name, rows)
        return rows

    def _keep(self, name: str, rows: tuple[Any, ...]) -> None:
        with self._lock:
            self._kept[name] = rows
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


def row_response(row: Any) -> Response:
    """One row."""
    return json_response(plain(row))


def rows_response(rows: Sequence[Any]) -> Response:
    """A short list, whole, in the shape of a page."""
    return json_response({"items": [plain(row) for row in rows], "next": None})


def _page(items: list[dict[str, Any]], more: list[Any] | None, request: Request) -> Response:
    if more is None:
        return json_response({"items": items, "next": None})
    cursor = _closed(more, request)
    link = f'<{request.url.include_query_params(cursor=cursor)}>; rel="next"'
    return json_response({"items": items, "next": cursor}, {"Link": link})


def _question(request: Request) -> str:
    asked = sorted((name, value) for name, value in request.query_params.multi_items() if name not in _OF_PAGES)
    return json.dumps([request.url.path, asked])


def _digest(request: Request) -> str:
    return hashlib.blake2b(_question(request).encode(), digest_size=6).hexdigest()


def _closed(place: list[Any], request: Request) -> str:
    packed = json.dumps([_digest(request), *place], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _opened(cursor: str, request: Request) -> list[Any]:
    """The place that a cursor names; 400 when it is none of ours, or belongs to another question."""
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise HTTPException(400, "The cursor is none that this API gave.") from error
    if not isinstance(found, list) or not found or found[0] != _digest(request):
        raise HTTPException(400, "The cursor belongs to another question: keep the other parameters as they were.")
    return found[1:]


def _key(place: list[Any]) -> Key:
    match place:
        case [str(when), str(document), int(start), str(line)]:
            return (when, document, start, line)
    raise HTTPException(400, "The cursor is none that this API gave.")


def _place(rows: Sequence[Any], place: list[Any]) -> int:
    """Where a list goes on: behind the row that was last, which may have moved; where it was, when it is gone."""
    match place:
        case [int(last), str(name)]:
            if 0 <= last < len(rows) and _name(rows[last]) == name:
                return last + 1
            return next((i + 1 for i, row in enumerate(rows) if _name(row) == name), max(0, last))
    raise HTTPException(400, "The cursor is none that this API gave.")


def _name(row: Any) -> str:
    return hashlib.blake2b(json.dumps(plain(row)).encode(), digest_size=6).hexdigest()
