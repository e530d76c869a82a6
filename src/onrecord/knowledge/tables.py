"""Reading tables of comma-separated values: each row is checked, and an error names the file and the row."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as calendar_date
from functools import lru_cache
from importlib import resources
from pathlib import Path

from onrecord.model.errors import KnowledgeError

#: What makes a first day of a year ("2014") and of a month ("2014-10"), by their length.
_FIRST_DAY = {4: "-01-01", 7: "-01"}
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z")


@lru_cache(maxsize=8192)
def _first_day(value: str) -> str:
    if not _DATE.match(value):
        raise ValueError(value)
    full = value + _FIRST_DAY.get(len(value), "")
    calendar_date.fromisoformat(full)
    return full


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: where it stands (file, line number from 1), its cells, and the place of each column in them."""

    file: str
    line: int
    columns: Mapping[str, int]
    cells: tuple[str, ...]

    def get(self, column: str) -> str:
        """The cell of `column` without blanks at its ends; empty when the table lacks the column."""
        at = self.columns.get(column)
        return "" if at is None else self.cells[at]

    def many(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that are parted by semicolons, empty ones left out."""
        return tuple(part for raw in self.get(column).split(";") if (part := raw.strip()))

    def error(self, what: str) -> KnowledgeError:
        """An error that names this row: "actors.csv, row 7: ..."."""
        return KnowledgeError(f"{self.file}, row {self.line}: {what}")

    def need(self, column: str) -> str:
        """The cell of `column`, which must not be empty.

        Raises:
            KnowledgeError: when it is.
        """
        value = self.get(column)
        if not value:
            raise self.error(f"the column {column} is empty")
        return value

    def iso(self, column: str) -> str:
        """The ISO day of a cell ("2014" and "2014-10" mean their first day); empty when the cell is.

        Raises:
            KnowledgeError: when it is no date.
        """
        value = self.get(column)
        if not value:
            return ""
        try:
            return _first_day(value)
        except ValueError:
            raise self.error(f"{value!r} in the column {column} is not a date (YYYY-MM-DD)") from None


def rows_of(text: str, file: str, columns: Sequence[str], required: Sequence[str] | None = None) -> Iterator[Row]:
    """The rows of the table `text`; its header must hold the `required` columns (default all) and none but `columns`.

    Lines that are empty or begin with ``#`` are left out. Row numbers are those of the file's lines.

    Raises:
        KnowledgeError: when the header or a row is malformed.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    places: dict[str, int] = {}
    try:
        for cells in reader:
            first = cells[0].lstrip() if cells else ""
            if first[:1] == "#" or (not first and not any(c.strip() for c in cells)):
                continue
            if header is None:
                header = [c.strip() for c in cells]
                _check_header(header, file, columns, required if required is not None else columns)
                places = {name: at for at, name in enumerate(header)}
                continue
            if len(cells) != len(header):
                raise KnowledgeError(
                    f"{file}, row {reader.line_num}: {len(cells)} cells where the header has {len(header)}"
                )
            yield Row(file, reader.line_num, places, tuple([c.strip() for c in cells]))
    except csv.Error as error:
        raise KnowledgeError(
            f"{file}, row {reader.line_num}: not readable as comma-separated values ({error})"
        ) from None
    if header is None:
        raise KnowledgeError(f"{file}, row 1: the table has no header")


def _check_header(header: list[str], file: str, columns: Sequence[str], required: Sequence[str]) -> None:
    missing = [c for c in required if c not in header]
    unknown = [c for c in header if c not in columns]
    if missing:
        raise KnowledgeError(f"{file}, row 1: the column {missing[0]} is missing")
    if unknown:
        raise KnowledgeError(f"{file}, row 1: the column {unknown[0]!r} is unknown (known: {', '.join(columns)})")
    if len(set(header)) != len(header):
        raise KnowledgeError(f"{file}, row 1: a column is named twice")


def table(name: str, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of the package's own table `name` (``states.csv``)."""
    text = resources.files("onrecord.knowledge").joinpath("tables", name).read_text(encoding="utf-8")
    return rows_of(text, name, columns)


def file_text(path: Path) -> str:
    """The text of a user's table (UTF-8, a byte order mark allowed).

    Raises:
        KnowledgeError: when it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read ({error.strerror or 'unreadable'})") from None
    except UnicodeDecodeError:
        raise KnowledgeError(f"{path}: is not a text in UTF-8") from None


def digest(overlay: Path | None = None) -> str:
    """Sixteen hexadecimal digits that change with every byte of the package's tables and of the overlay."""
    made = hashlib.sha256()
    folder = resources.files("onrecord.knowledge") / "tables"
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".csv"):
            made.update(entry.name.encode() + b"\x00" + entry.read_bytes())
    if overlay is not None:
        made.update(b"overlay\x00" + overlay.read_bytes())
    return made.hexdigest()[:16]
