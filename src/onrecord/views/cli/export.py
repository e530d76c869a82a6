"""The command `export`."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from onrecord.record import Record
from onrecord.views.cli.options import DEFAULT_RECORD, RecordPath
from onrecord.views.export import (
    KINDS,
    rows,
    write_csv,
    write_gdelt_events,
    write_gdelt_mentions,
    write_jsonl,
    write_polecat,
)


class Format(StrEnum):
    """The formats an export is written in."""

    JSONL = "jsonl"
    CSV = "csv"
    POLECAT = "polecat"
    GDELT = "gdelt"


#: The tables of event data: each has rows of one kind only.
_EVENT_DATA: dict[tuple[str, Format], Callable[[Record, TextIO], int]] = {
    ("events", Format.POLECAT): write_polecat,
    ("events", Format.GDELT): write_gdelt_events,
    ("mentions", Format.GDELT): write_gdelt_mentions,
}
_KINDS = (*KINDS, "mentions")


def export(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"What to export: {', '.join(_KINDS)}.")],
    format: Annotated[Format, typer.Option("--format", "-f", help="The format of the file.")] = Format.JSONL,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The file to write; standard output without it.")
    ] = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Write the record's rows for other programs: JSON Lines or CSV, events also as POLECAT or GDELT; the same bytes every time."""
    write = _writer(kind, format)
    with Record.open(record) as opened:
        if out is None:
            # UTF-8 and plain line ends whatever the locale says: the bytes are part of the promise.
            stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=True)
            write(opened, stream)
            stream.detach()
            return
        number = _write_whole(out, lambda stream: write(opened, stream))
    typer.echo(f"{number} {kind} written to {out}", err=True)


def _writer(kind: str, format: Format) -> Callable[[Record, TextIO], int]:
    """What writes rows of `kind` in `format`.

    Raises:
        typer.BadParameter: when there is no such kind, or it does not come in that format.
    """
    if kind not in _KINDS:
        raise typer.BadParameter(f"{kind!r} cannot be exported: choose from {', '.join(_KINDS)}")
    if (kind, format) in _EVENT_DATA:
        return _EVENT_DATA[(kind, format)]
    if kind not in KINDS or format in (Format.POLECAT, Format.GDELT):
        fitting = ", ".join(f"{k} as {f.value}" for k, f in _EVENT_DATA)
        raise typer.BadParameter(f"{kind} do not come as {format.value}; the formats of event data are {fitting}")
    write = write_csv if format is Format.CSV else write_jsonl
    return lambda record, stream: write(rows(record, kind), stream)


def _write_whole(out: Path, write: Callable[[TextIO], int]) -> int:
    """Writes a file under a temporary name beside `out` and renames it, so that a half export never has the name."""
    if out.exists() and not out.is_file():
        with out.open("w", encoding="utf-8", newline="\n") as device:
            return write(device)
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            number = write(stream)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return number
