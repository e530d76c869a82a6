"""The formats of exports: which kinds of rows each takes, and what writes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, BinaryIO, TextIO

from onrecord.model import errors
from onrecord.record import Record
from onrecord.views.export.files import write_csv, write_jsonl, write_parquet
from onrecord.views.export.gdelt import write_gdelt_events, write_gdelt_mentions
from onrecord.views.export.polecat import write_polecat
from onrecord.views.export.tables import TABLES, Table


class Format(StrEnum):
    """The formats an export is written in."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    POLECAT = "polecat"
    GDELT = "gdelt"


#: Watches rows go by: takes them with how many there will be (None when that is not known), and gives them on.
Watch = Callable[[Iterable[Any], int | None], Iterable[Any]]


def unwatched(rows: Iterable[Any], total: int | None) -> Iterable[Any]:  # noqa: ARG001
    """Lets rows go by."""
    return rows


@dataclass(frozen=True, slots=True)
class Choices:
    """How an export is written: with the words of pages or without, and who watches."""

    words: bool = True
    watch: Watch = unwatched


#: Writes a record's rows to a file and returns how many.
Write = Callable[[Record, BinaryIO, Choices], int]


def _rows(table: Table, record: Record, choices: Choices) -> Iterable[Any]:
    return choices.watch(table.rows(record), table.size(record) if table.size is not None else None)


def _text(write: Callable[[TextIO], int], out: BinaryIO) -> int:
    # UTF-8 and plain line ends whatever the locale says: the bytes are part of the promise.
    stream = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
    number = write(stream)
    stream.flush()
    stream.detach()
    return number


def _jsonl(table: Table) -> Write:
    return lambda record, out, how: _text(
        lambda stream: write_jsonl(_rows(table, record, how), stream, words=how.words), out
    )


def _csv(table: Table) -> Write:
    return lambda record, out, how: _text(
        lambda stream: write_csv(table.row, _rows(table, record, how), stream, words=how.words), out
    )


def _parquet(table: Table) -> Write:
    return lambda record, out, how: write_parquet(table.row, _rows(table, record, how), out, words=how.words)


def _coded(write: Callable[[Record, TextIO], int]) -> Write:
    return lambda record, out, _: _text(lambda stream: write(record, stream), out)


#: What writes each kind of rows, by format.
_WRITERS: dict[Format, dict[str, Write]] = {
    Format.JSONL: {name: _jsonl(table) for name, table in TABLES.items()},
    Format.CSV: {name: _csv(table) for name, table in TABLES.items()},
    Format.PARQUET: {name: _parquet(table) for name, table in TABLES.items()},
    Format.POLECAT: {"events": _coded(write_polecat)},
    Format.GDELT: {"events": _coded(write_gdelt_events), "mentions": _coded(write_gdelt_mentions)},
}


def kinds() -> tuple[str, ...]:
    """Everything that can be exported in some format, in one order."""
    return tuple(dict.fromkeys(kind for written in _WRITERS.values() for kind in written))


def writer(kind: str, format: Format) -> Write:
    """What writes rows of `kind` in `format`.

    Raises:
        BadValue: when there is no such kind, or it does not come in that format; the sentence says what there is.
    """
    if kind not in kinds():
        raise errors.BadValue(f"{kind!r} cannot be exported: choose from {', '.join(kinds())}")
    if kind not in _WRITERS[format]:
        fitting = ", ".join(one.value for one in Format if kind in _WRITERS[one])
        others = ", ".join(_WRITERS[format])
        raise errors.BadValue(f"{kind} do not come as {format.value}, which is for {others}; they come as {fitting}")
    return _WRITERS[format][kind]
