"""The command `archive`: archives of pages to Parquet folders, on this machine or a cluster; it goes on where it was stopped."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from onrecord.model.errors import BadValue
from onrecord.views.cli import screen
from onrecord.views.cli.options import AsJson, ColumnNames, OwnActors

if TYPE_CHECKING:
    # Only named here: loading them costs every other command their weight.
    from onrecord.archive.job import Result, Step


class EngineName(StrEnum):
    """Where the job runs."""

    LOCAL = "local"
    RAY = "ray"


_LABELS = {
    "head": "Loading the reader",
    "spread": "Unpacking",
    "make": "Making documents",
    "plan": "Finding possible copies",
    "link": "Comparing possible copies",
    "read": "Reading",
    "collect": "Writing folders",
}


def archive(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...", help="WARC, JSON Lines, Parquet or CSV files, archives, or folders of pages."
        ),
    ],
    into: Annotated[
        Path,
        typer.Option("--into", metavar="FOLDER", help="The folder of the job and its result: new, or to go on with."),
    ],
    engine: Annotated[
        EngineName,
        typer.Option("--engine", help="This machine, or a Ray cluster that sees FOLDER and INPUT at the same paths."),
    ] = EngineName.LOCAL,
    address: Annotated[
        str | None,
        typer.Option("--address", help="The cluster's address, with --engine ray; else the one this machine is in."),
    ] = None,
    workers: Annotated[
        int,
        typer.Option("--workers", min=1, help="Working processes (on a cluster, in all).", show_default="one a core"),
    ] = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1,
    actors: OwnActors = None,
    column: ColumnNames = None,
    as_json: AsJson = False,
) -> None:
    """Read archives of pages into Parquet folders for `load`; after an interruption the same command goes on."""
    if address is not None and engine is EngineName.LOCAL:
        raise BadValue("An address is that of a cluster: add --engine ray.")
    for place in inputs:
        if not Path(place).exists():
            raise BadValue(f"There is no file or folder {place}.")
    began = time.monotonic()
    with _Bar(screen.console(error=True)) as bar:
        found = _run(inputs, into, actors, column or (), workers, engine is EngineName.RAY, address, bar)
    _report(found, into, time.monotonic() - began, as_json=as_json)


def _run(
    inputs: Sequence[str],
    into: Path,
    actors: Path | None,
    column: Sequence[str],
    workers: int,
    ray: bool,
    address: str | None,
    bar: _Bar,
) -> Result:
    from onrecord.archive import job
    from onrecord.archive.engine import Engine
    from onrecord.archive.work import Setting
    from onrecord.knowledge import Knowledge
    from onrecord.sources import Columns

    if actors is not None:
        # What is wrong with the table is said before anything is begun.
        Knowledge.load(actors)
    own = str(actors.resolve()) if actors else ""
    setting = Setting(str(into.resolve()), own, Columns.named(column), workers=workers)
    places = [str(Path(place)) for place in inputs]
    return job.archive(places, setting, lambda: Engine(workers, ray=ray, address=address), bar.show)


class _Bar:
    """Progress on standard error: the step, how much of it is done, pages a second and the time it will take."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._plain = None if console.is_terminal else console
        self._task: TaskID | None = None
        self._step = ""
        self._began = self._told = 0.0

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def show(self, step: Step) -> None:
        """Shows how far a job is; where the output is no terminal, a line at the beginning of a step and every half minute."""
        now = time.monotonic()
        if step.name != self._step:
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._step, self._began, self._told = step.name, now, 0.0
            self._task = self._progress.add_task(_LABELS[step.name], total=step.tasks, rate="")
        rate = step.pages / (now - self._began) if now > self._began and step.pages else 0.0
        told = f"{rate:,.1f} pages/s" if rate else ""
        if step.failed:
            told += f", {step.failed} failed"
        if self._task is not None:
            self._progress.update(self._task, completed=step.done, rate=told)
        if self._plain is not None and now - self._told >= 30:
            self._told = now
            left = (
                f", {(step.tasks - step.done) * (now - self._began) / step.done / 60:.0f} min left"
                if rate and step.done
                else ""
            )
            self._plain.print(
                f"{_LABELS[step.name]}: {step.done} of {step.tasks}{f', {told}' if told else ''}{left}", highlight=False
            )


def _report(found: Result, into: Path, seconds: float, *, as_json: bool) -> None:
    if as_json:
        row = {
            "folder": str(into),
            "pages": found.pages,
            "documents": found.documents,
            "reports": found.reports,
            "failed": found.failed,
            "rows": dict(found.rows),
            "seconds": round(seconds, 1),
        }
        screen.print_json([row])
        return
    console = screen.console()
    if found.was_done:
        console.print(f"{into} was finished before.")
    console.print(f"{found.pages:,} pages in {seconds:.1f} s, into {into}", style="bold", highlight=False)
    for name, number in (("documents", found.documents), ("reports", found.reports), ("failed", found.failed)):
        console.print(f"{number:>9,}  {name}", highlight=False)
    for name, number in found.rows:
        if name in ("statements", "events"):
            console.print(f"{number:>9,}  {name}", highlight=False)
    console.print(f"Load them with: onrecord load {into} --record RECORD", highlight=False)
