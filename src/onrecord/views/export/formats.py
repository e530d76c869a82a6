"""The formats of exports: which kinds of rows each takes, and what writes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, BinaryIO, TextIO

from onrecord.model import errors
from onrecord.record import Record
from onrecord.views.export.files import write_csv, write_jsonl, write_parquet
from onrecord.views.export.ftm import Entities, of_record, write_ftm
from onrecord.views.export.gdelt import write_gdelt_events, write_gdelt_mentions
from onrecord.views.export.jsonld import write_jsonld
from onrecord.views.export.package import write_package
from onrecord.views.export.polecat import write_polecat
from onrecord.views.export.tables import TABLES, Table
from onrecord.views.fields.shape import Plain


class Format(StrEnum):
    """The formats an export is written in."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    POLECAT = "polecat"
    GDELT = "gdelt"
    JSONLD = "jsonld"
    FTM = "ftm"
    DATAPACKAGE = "datapackage"


#: The kind that stands for every row of the record, in the formats that hold several kinds.
RECORD = "record"


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


def as_text(write: Callable[[TextIO], int], out: BinaryIO) -> int:
    """Runs `write` on the stream of text over `out`."""
    # UTF-8 and plain line ends whatever the locale says: the bytes are part of the promise.
    stream = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
    number = write(stream)
    stream.flush()
    stream.detach()
    return number


def _jsonl(table: Table) -> Write:
    return lambda record, out, how: as_text(
        lambda stream: write_jsonl(_rows(table, record, how), stream, words=how.words), out
    )


def _csv(table: Table) -> Write:
    return lambda record, out, how: as_text(
        lambda stream: write_csv(table.row, _rows(table, record, how), stream, words=how.words), out
    )


def _parquet(table: Table) -> Write:
    return lambda record, out, how: write_parquet(table.row, _rows(table, record, how), out, words=how.words)


def _coded(write: Callable[[Record, TextIO], int]) -> Write:
    return lambda record, out, _: as_text(lambda stream: write(record, stream), out)


def _jsonld(record: Record, out: BinaryIO, how: Choices) -> int:
    rows = how.watch(record.each_statement(), record.count("statements"))
    return as_text(lambda stream: write_jsonld(record, rows, stream, words=how.words), out)


def _ftm(entities: Callable[[Record, bool], Iterable[Plain]]) -> Write:
    return lambda record, out, how: as_text(
        lambda stream: write_ftm(how.watch(entities(record, how.words), None), stream), out
    )


def _package(tables: Sequence[Table]) -> Write:
    return lambda record, out, how: write_package(
        record, tables, out, lambda table: _rows(table, record, how), words=how.words
    )


#: What writes each kind of rows, by format.
_WRITERS: dict[Format, dict[str, Write]] = {
    Format.JSONL: {name: _jsonl(table) for name, table in TABLES.items()},
    Format.CSV: {name: _csv(table) for name, table in TABLES.items()},
    Format.PARQUET: {name: _parquet(table) for name, table in TABLES.items()},
    Format.POLECAT: {"events": _coded(write_polecat)},
    Format.GDELT: {"events": _coded(write_gdelt_events), "mentions": _coded(write_gdelt_mentions)},
    Format.JSONLD: {"statements": _jsonld},
    Format.FTM: {
        RECORD: _ftm(lambda record, words: of_record(record, words=words)),
        "documents": _ftm(lambda record, _: Entities(record).documents(record.each_document())),
        "statements": _ftm(lambda record, words: Entities(record, words=words).statements(record.each_statement())),
        "events": _ftm(lambda record, _: Entities(record).events(record.events())),
    },
    Format.DATAPACKAGE: {
        RECORD: _package(tuple(TABLES.values())),
        **{name: _package((table,)) for name, table in TABLES.items()},
    },
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
