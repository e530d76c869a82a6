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
from onrecord.views.export import KINDS, rows, write_csv, write_jsonl


class Format(StrEnum):
    """The formats an export is written in."""

    JSONL = "jsonl"
    CSV = "csv"


def export(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"What to export: {', '.join(KINDS)}.")],
    format: Annotated[Format, typer.Option("--format", "-f", help="The format of the file.")] = Format.JSONL,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The file to write; standard output without it.")
    ] = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Write the record's rows for other programs: JSON Lines or CSV, the same bytes every time."""
    if kind not in KINDS:
        raise typer.BadParameter(f"{kind!r} cannot be exported: choose from {', '.join(KINDS)}")
    write = write_csv if format is Format.CSV else write_jsonl
    with Record.open(record) as opened:
        found = rows(opened, kind)
        if out is None:
            # UTF-8 and plain line ends whatever the locale says: the bytes are part of the promise.
            stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=True)
            write(found, stream)
            stream.detach()
            return
        number = _write_whole(out, lambda stream: write(found, stream))
    typer.echo(f"{number} {kind} written to {out}", err=True)


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
