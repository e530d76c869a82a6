"""The commands `backup` and `restore`: a whole copy of the record, and one put back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from onrecord.record import Record, backups, keeping
from onrecord.views.cli import screen
from onrecord.views.cli.entering import now
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, RecordPath


def backup(
    out: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="The new file; without it, one beside the record named by this instant."),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the copies that were made, and write none.")] = False,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Write a whole copy of the record to a new file and note it, so that what is forgotten goes from it too."""
    with Record.open(record) as known:
        known.makers()
    with Record.open(record, create=True) as opened:
        if listed:
            found = opened.ask(backups.listed)
        else:
            when = now()
            stamp = f"{datetime.fromisoformat(when):%Y%m%dT%H%M%S}"
            place = out or record.with_name(f"{record.stem}-{stamp}{record.suffix or '.db'}")
            found = (keeping.backup(opened, place, when),)
    if as_json:
        screen.print_json([{"path": str(one.path), "made": one.made, "there": one.is_there} for one in found])
        return
    if not listed:
        typer.echo(f"Written to {found[0].path}; `onrecord restore` puts it back.")
        return
    console = screen.console()
    if not found:
        console.print("No copy of this record was made with `onrecord backup`.")
        return
    table = Table("When", "Where", "", box=None, header_style="bold", pad_edge=False)
    for one in found:
        table.add_row(one.made[:16], str(one.path), "" if one.is_there else "not there")
    console.print(table)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy that `onrecord backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before.")] = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Put a copy in the place of the record. What was forgotten since stays forgotten; other changes since are lost."""
    with Record.open(file) as copy:
        pages = len(copy.documents())
    if record.exists() and not yes:
        typer.confirm(
            f"Put {file} ({pages} pages) in the place of {record}? What was entered since is lost", abort=True
        )
    with Record.open(record, create=True) as opened:
        keeping.restore(opened, file)
        number = len(opened.documents())
    typer.echo(f"{record} has {number} pages as in {file}")
