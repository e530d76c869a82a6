"""The command `export`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from onrecord.model import errors
from onrecord.record import Record
from onrecord.views.cli.options import DEFAULT_RECORD, RecordPath
from onrecord.views.export.formats import Choices, Format, Watch, Write, kinds, unwatched, writer


def export(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"What to export: {', '.join(kinds())}.")],
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
            if format is Format.PARQUET and sys.stdout.isatty():
                raise typer.BadParameter("a Parquet file is no text: name a file with --out")
            write(opened, sys.stdout.buffer, Choices())
            return
        choices = Choices(watch=_bar() if sys.stderr.isatty() else unwatched)
        number = _write_whole(out, lambda stream: write(opened, stream, choices))
    typer.echo(f"{number} {kind} written to {out}", err=True)


def _writer(kind: str, format: Format) -> Write:
    try:
        return writer(kind, format)
    except errors.BadValue as error:
        raise typer.BadParameter(str(error)) from error


def _bar() -> Watch:
    """A progress bar on standard error, gone when it is done."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)

    def watched(rows: Iterable[Any], total: int | None) -> Iterable[Any]:
        return track(rows, "Writing", total=total, console=console, transient=True)

    return watched


def _write_whole(out: Path, write: Callable[[BinaryIO], int]) -> int:
    """Writes a file under a temporary name beside `out` and renames it, so that a half export never has the name."""
    if out.exists() and not out.is_file():
        with out.open("wb") as device:
            return write(device)
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            number = write(stream)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return number
