"""The command `load`: the folders of a large job into a record."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from onrecord.views.cli import screen
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, RecordPath
from onrecord.views.cli.read import extending

if TYPE_CHECKING:
    # Only named here: loading them costs every other command their weight.
    from onrecord.archive.load import Loaded


def load(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that `onrecord archive` has finished.")],
    actors: Annotated[
        Path | None,
        typer.Option(
            "--actors", metavar="CSV", help="The table of actors that the folder was made with, if there was one."
        ),
    ] = None,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Load the folders of `archive` into the record; what it has already changes nothing."""
    from onrecord import pipeline
    from onrecord.archive.load import Source
    from onrecord.archive.load import load as load_into
    from onrecord.knowledge import Knowledge

    Source.open(folder)

    @cache
    def engine() -> pipeline.Engine:
        return pipeline.Engine.load(Knowledge.load(actors))

    began = time.monotonic()
    console = screen.console(error=True)
    columns = (TextColumn("Loading"), BarColumn(bar_width=32), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        extending(record) as opened,
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task("load")
        done = load_into(folder, opened, engine, lambda n, total: bar.update(task, completed=n, total=total))
        opened.optimise()
    _report(done, record, time.monotonic() - began, as_json=as_json)


def _report(done: Loaded, record: Path, seconds: float, *, as_json: bool) -> None:
    rows = {
        "documents": done.documents + done.read,
        "known": done.known,
        "forgotten": done.forgotten,
        "skipped": done.skipped,
        "statements": done.statements,
    }
    if as_json:
        screen.print_json([{**rows, "seconds": round(seconds, 1)}])
        return
    console = screen.console()
    console.print(f"Loaded in {seconds:.1f} s, into {record}", style="bold", highlight=False)
    labels = {
        "documents": "documents",
        "known": "known already",
        "forgotten": "forgotten before, left out",
        "skipped": "gave no page",
        "statements": "statements, on all copies",
    }
    for name, label in labels.items():
        if rows[name] or name == "documents":
            console.print(f"{rows[name]:>9,}  {label}", highlight=False)
