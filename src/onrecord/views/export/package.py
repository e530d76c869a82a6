"""The record as a Frictionless data package: a zip archive with a CSV file for each kind of row and ``datapackage.json``.

Every column has its type and description, every table its key, and ids that point at other tables say so (Table Schema,
https://specs.frictionlessdata.io/table-schema/). The bytes of two packages of one record are equal: the entries have no time.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Any, BinaryIO

from onrecord import __version__
from onrecord.record import Record
from onrecord.views.export.files import write_csv
from onrecord.views.export.tables import Table
from onrecord.views.fields.columns import Column, columns_of
from onrecord.views.fields.shape import Kind, Plain

_TYPES = {
    Kind.TEXT: "string",
    Kind.WHOLE: "integer",
    Kind.NUMBER: "number",
    Kind.FLAG: "boolean",
    Kind.LIST: "array",
    Kind.ROW: "object",
}
#: The earliest time that a zip archive can name.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def write_package(
    record: Record,
    tables: Sequence[Table],
    out: BinaryIO,
    rows: Callable[[Table], Iterable[Any]],
    *,
    words: bool = True,
) -> int:
    """Writes the zip archive and returns how many rows it holds in all; `rows` gives those of a table."""
    number, resources = 0, []
    names = {table.name for table in tables}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            path = f"data/{table.name}.csv"
            with archive.open(_entry(path), "w", force_zip64=True) as entry:
                hashed = _Hashed(entry)
                buffer: Any = hashed  # all of a buffer that a text wrapper asks of one to be written to
                text = io.TextIOWrapper(buffer, encoding="utf-8", newline="\n")
                number += write_csv(table.row, rows(table), text, words=words)
                text.flush()
                text.detach()
            resources.append(_resource(table, path, names, hashed, words=words))
        described = json.dumps(_package(record, resources), ensure_ascii=False, indent=1) + "\n"
        archive.writestr(_entry("datapackage.json"), described, zipfile.ZIP_DEFLATED)
    return number


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


class _Hashed(io.RawIOBase):
    """Passes bytes on, counted and hashed."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.sha256 = hashlib.sha256()
        self.bytes = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.sha256.update(data)
        self.bytes += len(data)
        self._out.write(data)
        return len(data)


def _package(record: Record, resources: list[Plain]) -> Plain:
    makers = ", ".join(f"{name} {version}" for name, version in record.makers().items())
    return {
        "profile": "data-package",
        "name": "onrecord",
        "title": "A record of who said and did what to whom, by news reports",
        "description": (
            "Every row says what a report says, not that it is true, and leads back to the characters of its page: offsets are "
            f"half-open code points of the page's source text. Made by onrecord {__version__} ({makers})."
        ),
        "resources": resources,
    }


def _resource(table: Table, path: str, names: set[str], hashed: _Hashed, *, words: bool) -> Plain:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": hashed.bytes,
        "hash": f"sha256:{hashed.sha256.hexdigest()}",
        "schema": table_schema(table, names, words=words),
    }


def table_schema(table: Table, names: set[str], *, words: bool = True) -> Plain:
    """The Table Schema of a table's CSV file; `names` are the tables that ids can point at."""
    made: Plain = {"fields": [_field(column) for column in columns_of(table.row, words=words)]}
    if table.key is not None:
        made["primaryKey"] = [table.key]
    links = [
        {
            "fields": [field],
            # A table names itself by an empty string.
            "reference": {"resource": "" if other == table.name else other, "fields": ["id"]},
        }
        for field, other in table.links.items()
        if other in names
    ]
    return made | ({"foreignKeys": links} if links else {}) | {"missingValues": [""]}


def _field(column: Column) -> Plain:
    made: Plain = {"name": column.name, "type": _TYPES[column.shape.kind], "description": column.description}
    return made | ({"constraints": {"enum": list(column.shape.values)}} if column.shape.values else {})
