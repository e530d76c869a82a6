"""Pages in the rows of JSON Lines, CSV and Parquet files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import IO

from onrecord.model import Page, PageHints, Skipped
from onrecord.model.errors import TooLarge
from onrecord.sources.limits import Columns, Limits
from onrecord.sources.streams import STREAM_ERRORS, describe, seekable, too_large

Found = Iterator[Page | Skipped]


def _text(row: Mapping[str, object], name: str) -> str | None:
    value = row.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _content(row: Mapping[str, object], name: str) -> tuple[bytes, str | None] | None:
    """The bytes of a page in one cell with their encoding, which is not known of a cell of bytes; None for an empty cell."""
    value = row.get(name)
    if isinstance(value, bytes) and value.strip():
        return value, None
    text = _text(row, name)
    return None if text is None else (text.encode("utf-8", "replace"), "utf-8")


def row_page(row: Mapping[str, object], path: str, limits: Limits, columns: Columns) -> Page | Skipped:
    """The page in one row; the path of row 3 of ``a.csv`` is ``a.csv!3``."""
    html = _content(row, columns.html)
    found = html if html is not None else _content(row, columns.text)
    if found is None:
        return Skipped(path, f"The row has neither {columns.text!r} nor {columns.html!r}.")
    data, encoding = found
    if len(data) > limits.page:
        return Skipped(path, too_large(limits.page))
    hints = PageHints(_text(row, columns.title), _text(row, columns.publisher), _text(row, columns.date))
    media_type = "text/html" if html is not None else "text/plain"
    return Page(data, media_type, path, url=_text(row, columns.url), encoding=encoding, hints=hints)


def json_lines(stream: IO[bytes], path: str, limits: Limits, columns: Columns) -> Found:
    """One page a line; a line that is no JSON object is skipped alone. Blank lines are nothing."""
    number = 0
    try:
        while line := stream.readline(limits.page * 2 + 1):
            number += 1
            where = f"{path}!{number}"
            if len(line) > limits.page * 2:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(1 << 20)
                yield Skipped(where, too_large(limits.page))
                continue
            if not line.strip():
                continue
            yield _json_page(line, where, limits, columns)
    except (*STREAM_ERRORS, TooLarge) as error:
        yield Skipped(f"{path}!{number + 1}", describe(error))


def _json_page(line: bytes, where: str, limits: Limits, columns: Columns) -> Page | Skipped:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Skipped(where, "The line is not UTF-8, as JSON has to be.")
    except (json.JSONDecodeError, RecursionError, ValueError):
        return Skipped(where, "The line is not JSON.")
    if not isinstance(row, dict):
        return Skipped(where, "The line is not a JSON object.")
    return row_page(row, where, limits, columns)


def csv_header(stream: IO[bytes]) -> list[str]:
    """The names in the first line of a CSV file; empty when it has none."""
    line = stream.readline(1 << 16).decode("utf-8-sig", "replace").replace("\x00", "")
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return []


def csv_rows(stream: IO[bytes], path: str, limits: Limits, columns: Columns) -> Found:
    """One page a row of a CSV file with a header; UTF-8, other bytes replaced. Rows are numbered from 1 below the header."""
    # The limit of the csv module is one for the process; it is only ever raised here.
    csv.field_size_limit(max(csv.field_size_limit(), limits.page))
    reader = csv.DictReader(io.TextIOWrapper(stream, "utf-8-sig", "replace", newline=""), strict=False)
    number = 0
    try:
        names = reader.fieldnames or []
        if columns.text not in names and columns.html not in names:
            yield Skipped(path, f"It has no column {columns.text!r} or {columns.html!r}.")
            return
        while True:
            number += 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if "field limit" in str(error):
                    # Nothing tells where the field ends: what follows are its lines, not rows.
                    yield Skipped(f"{path}!{number}", "A quotation mark is never closed; the rest was left out.")
                    return
                yield Skipped(f"{path}!{number}", f"The row is no CSV: {error}.")
                continue
            yield row_page(row, f"{path}!{number}", limits, columns)
    except (*STREAM_ERRORS, TooLarge, csv.Error) as error:
        yield Skipped(f"{path}!{number}", describe(error))


def parquet_rows(stream: IO[bytes], path: str, limits: Limits, columns: Columns) -> Found:
    """One page a row of a Parquet file; only the named columns are read, some rows at a time."""
    import pyarrow
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(seekable(stream, limits.page))
        names = [name for name in columns.names() if name in file.schema_arrow.names]
        if columns.text not in names and columns.html not in names:
            yield Skipped(path, f"It has no column {columns.text!r} or {columns.html!r}.")
            return
        number = 0
        for batch in file.iter_batches(batch_size=64, columns=names):
            # As words: a moment finer or later than Python's own would be an error for the whole file.
            worded = [c.cast(pyarrow.string()) if pyarrow.types.is_temporal(c.type) else c for c in batch.columns]
            for row in pyarrow.RecordBatch.from_arrays(worded, names=batch.schema.names).to_pylist():
                number += 1
                yield row_page(row, f"{path}!{number}", limits, columns)
    except (pyarrow.ArrowException, *STREAM_ERRORS, TooLarge, ValueError, OverflowError) as error:
        yield Skipped(path, describe(error).splitlines()[0])
