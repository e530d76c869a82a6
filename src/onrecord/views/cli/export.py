"""The command `export`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from onrecord.model import errors
from onrecord.record import Record
from onrecord.views.cli.options import DEFAULT_RECORD, Force, RecordPath, bad_usage, refuse_to_overwrite
from onrecord.views.export.formats import RECORD, Choices, Format, Watch, Write, kinds, unwatched, writer


def export(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"What to export: {', '.join(kinds())}.")],
    format: Annotated[Format, typer.Option("--format", "-f", help="The format of the file.")] = Format.JSONL,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The file to write; standard output without it.")
    ] = None,
    no_text: Annotated[
        bool,
        typer.Option(
            "--no-text",
            help="Leave the words of pages out; in JSON Lines pointers stand for them, for `onrecord rehydrate`.",
        ),
    ] = False,
    force: Force = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Write the record for other programs: JSON Lines, CSV, Parquet, JSON-LD, FollowTheMoney, event data; the same bytes every time."""
    write = _without_text(kind, format) if no_text else _writer(kind, format)
    refuse_to_overwrite(out, force)
    with Record.open(record) as opened:
        if out is None:
            if format in (Format.PARQUET, Format.DATAPACKAGE) and sys.stdout.isatty():
                raise typer.BadParameter(f"a {format.value} file is no text: name a file with --out")
            write(opened, sys.stdout.buffer, Choices())
            return
        choices = Choices(watch=_bar() if sys.stderr.isatty() else unwatched)
        number = write_whole(out, lambda stream: write(opened, stream, choices))
    typer.echo(f"{number} {'rows' if kind == RECORD else kind} written to {out}", err=True)


def _writer(kind: str, format: Format) -> Write:
    return bad_usage(lambda: writer(kind, format))


def _without_text(kind: str, format: Format) -> Write:
    """What writes rows of `kind` without the words of pages.

    In JSON Lines pointers stand in their place, and words that nothing can point at are told; other formats leave them out.
    """
    from onrecord.views.export.files import write_jsonl
    from onrecord.views.export.formats import as_text
    from onrecord.views.export.sharing import Shared
    from onrecord.views.export.tables import TABLES

    if format is not Format.JSONL or kind not in TABLES:
        whole = _writer(kind, format)
        return lambda record, out, how: whole(record, out, replace(how, words=False))

    def write(record: Record, out: BinaryIO, _: Choices) -> int:
        shared = Shared(record, kind)
        number = as_text(lambda stream: write_jsonl(shared, stream), out)
        if shared.lost:
            typer.echo(f"{shared.lost} words of pages stand in no text of the record and are left out", err=True)
        return number

    return write


def _bar() -> Watch:
    """A progress bar on standard error, gone when it is done."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)

    def watched(rows: Iterable[Any], total: int | None) -> Iterable[Any]:
        return track(rows, "Writing", total=total, console=console, transient=True)

    return watched


def write_whole(out: Path, write: Callable[[BinaryIO], int]) -> int:
    """Writes a file under a temporary name beside `out` and renames it, so that a half export never has the name.

    Raises:
        InputError: when the folder is not there.
    """
    if out.exists() and not out.is_file():
        with out.open("wb") as device:
            return write(device)
    if not out.parent.is_dir():
        raise errors.InputError(f"There is no folder {out.parent} to write {out.name} into.")
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
