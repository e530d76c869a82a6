"""The files that rows make: JSON Lines, CSV, Parquet. Rows are written as they come; memory stays flat."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from itertools import islice
from typing import Any, BinaryIO, TextIO

from onrecord.views.fields.columns import arrow_rows, arrow_schema, cell, columns_of, flat
from onrecord.views.fields.shape import plain

#: Rows of one row group of a Parquet file.
_GROUP = 5_000


def write_jsonl(found: Iterable[Any], out: TextIO, *, words: bool = True) -> int:
    """Writes one JSON object a line and returns how many; rows are row types or plain data."""
    number = 0
    for row in found:
        data = row if isinstance(row, dict) else plain(row, words=words)
        out.write(json.dumps(data, ensure_ascii=False, allow_nan=False) + "\n")
        number += 1
    return number


def write_csv(row: type[Any], found: Iterable[Any], out: TextIO, *, words: bool = True) -> int:
    """Writes comma-separated values with a header line and returns how many rows; see `onrecord.views.fields.columns`."""
    names = [column.name for column in columns_of(row, words=words)]
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    number = 0
    for one in found:
        writer.writerow({name: cell(value) for name, value in flat(one, words=words).items()})
        number += 1
    return number


def write_parquet(row: type[Any], found: Iterable[Any], out: BinaryIO, *, words: bool = True) -> int:
    """Writes a Parquet file with the nesting of the JSON and returns how many rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema(row, words=words)
    number = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        rows = iter(found)
        while group := list(islice(rows, _GROUP)):
            writer.write_table(pa.Table.from_pylist(arrow_rows(row, group, words=words), schema=schema))
            number += len(group)
    return number
