"""The command `read`: pages in, with a progress bar and a closing account of what became of them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from onrecord.record import Record
from onrecord.views.cli import screen
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, RecordPath

if TYPE_CHECKING:
    from onrecord.pipeline import Outcome, Summary

#: Endings of files that hold one page each; where there are others the number of pages is not known beforehand.
_SINGLE = frozenset({".txt", ".md", ".text", ".html", ".htm", ".xhtml"})
#: So many reasons are printed; the rest is counted.
_SHOWN = 12


def read(
    pages: Annotated[list[str], typer.Argument(metavar="PAGES...", help="Files, folders, or - for standard input.")],
    actors: Annotated[
        Path | None, typer.Option("--actors", metavar="CSV", help="A table of actors, outlets and offices of your own.")
    ] = None,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Read pages into the record: new ones extend it, known ones change nothing."""
    # Loaded here so that every other command starts without the reader's weight.
    from onrecord import pipeline, sources
    from onrecord.knowledge import Knowledge

    began = time.monotonic()
    console = screen.console(error=True)
    knowledge = Knowledge.load(actors)
    with Record.open(record, create=True) as opened:
        with console.status("Loading the reader") if console.is_terminal else nullcontext():
            engine = pipeline.Engine.load(knowledge)
        with _bar(console, _expected(pages)) as advance:
            summary = pipeline.read(sources.pages(pages), opened, engine, lambda step: advance(step.path))
        opened.optimise()
    if as_json:
        typer.echo(json.dumps(_summary_json(summary), ensure_ascii=False, indent=1))
    else:
        _print_summary(screen.console(), summary, record, time.monotonic() - began)
    if summary.outcomes and all(outcome.kind.value == "skipped" for outcome in summary.outcomes):
        raise typer.Exit(1)


class _bar:
    """A progress bar on standard error; calling what it gives advances it by one page."""

    def __init__(self, console: Console, total: int | None) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("Reading"),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[path]}", style="bright_black"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task("read", total=total, path="")

    def __enter__(self) -> _bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def __call__(self, path: str) -> None:
        self._progress.update(self._task, advance=1, path=Path(path).name[:48])


def _expected(places: Iterable[str]) -> int | None:
    """How many pages there will be, or None where that shows only on the way (archives, tables, standard input)."""
    total = 0
    for place in places:
        if place == "-":
            return None
        names = [place] if not Path(place).is_dir() else [n for _, _, files in os.walk(place) for n in files]
        suffixes = [Path(name).suffix.lower() for name in names]
        if any(suffix in {".gz", ".warc", ".zip", ".tar", ".jsonl", ".parquet", ".xml"} for suffix in suffixes):
            return None
        total += sum(suffix in _SINGLE for suffix in suffixes)
    return total or None


def _summary_json(summary: Summary) -> dict[str, object]:
    return {
        "pages": len(summary.outcomes),
        "counts": {kind.value: number for kind, number in sorted(summary.counts().items())},
        "statements": summary.statements,
        "outcomes": [
            {"path": o.path, "kind": o.kind.value, "reason": o.reason, "statements": o.statements}
            for o in summary.outcomes
        ],
    }


def _print_summary(console: Console, summary: Summary, record: Path, seconds: float) -> None:
    from onrecord.pipeline import OutcomeKind

    pages = len(summary.outcomes)
    if not pages:
        console.print("There was nothing to read.")
        return
    console.print(Text(f"{_many(pages, 'page')} in {seconds:.1f} s, into {record}", style="bold"))
    labels = {
        OutcomeKind.READ: "read",
        OutcomeKind.COPY: "copies, read once",
        OutcomeKind.VERSION: "new versions of known pages",
        OutcomeKind.KNOWN: "known already",
        OutcomeKind.NOT_ARTICLE: "not an article, kept unread",
        OutcomeKind.SKIPPED: "skipped",
    }
    for kind, label in labels.items():
        outcomes = summary.of(kind)
        if outcomes:
            console.print(f"{len(outcomes):>6}  {label}")
        if kind in {OutcomeKind.NOT_ARTICLE, OutcomeKind.SKIPPED}:
            _print_reasons(console, outcomes)
    console.print(f"{summary.statements:>6}  statements, on all copies")


def _print_reasons(console: Console, outcomes: Iterable[Outcome]) -> None:
    found = list(outcomes)
    for outcome in found[:_SHOWN]:
        console.print(Text(f"        {outcome.path}: {outcome.reason}", style="bright_black"))
    if len(found) > _SHOWN:
        console.print(Text(f"        and {len(found) - _SHOWN} more", style="bright_black"))


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
