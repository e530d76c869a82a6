"""The command `read`: pages in, with a progress bar and a closing account of what became of them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from onrecord.model import Page, Skipped, errors
from onrecord.record import Record, server, store
from onrecord.views.cli import screen
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, ColumnNames, OwnActors, RecordPath

if TYPE_CHECKING:
    # Only named here: loading them costs every other command the reader's weight.
    from onrecord.pipeline import Outcome, Summary
    from onrecord.sources import Columns
    from onrecord.sources.network import Fetcher

#: Endings of files that hold one page each; where there are others the number of pages is not known beforehand.
_SINGLE = frozenset({".txt", ".md", ".text", ".html", ".htm", ".xhtml"})
#: So many reasons are printed; the rest is counted.
_SHOWN = 12


def read(
    pages: Annotated[
        list[str], typer.Argument(metavar="PAGES...", help="Files, folders, addresses, or - for standard input.")
    ],
    actors: OwnActors = None,
    column: ColumnNames = None,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Read pages into the record: new ones extend it, known ones change nothing."""
    from onrecord.sources import Columns

    columns = Columns.named(column or ())
    if not record.exists() and not any(_is_place(page) for page in pages):
        raise errors.InputError(f"{pages[0]}: there is no such file or folder, and no record was made.")
    with extending(record) as opened, _network(pages) as fetcher:
        summary, seconds = extend(opened, _found(pages, opened, fetcher, columns), actors, _expected(pages))
    report(summary, record, seconds, as_json=as_json)
    _tell_conflicts(record)
    if summary.outcomes and all(outcome.kind.value == "skipped" for outcome in summary.outcomes):
        raise typer.Exit(1)


@contextmanager
def extending(path: Path) -> Iterator[Record]:
    """The record at `path`, made where there is none; one that is made here and gets no page is removed again."""
    new = not path.exists()
    try:
        with Record.open(path, create=True) as opened:
            yield opened
    finally:
        if new:
            store.discard_empty(path)


def _is_place(page: str) -> bool:
    """Whether there is something to read at what was typed; of an address only the network knows."""
    return page == "-" or page.startswith(("http://", "https://")) or Path(page).exists()


def _is_there(record: Path) -> bool:
    return server.is_server(record) or record.exists()


def _tell_conflicts(record: Path) -> None:
    """Says on standard error how many corrections do not fit what is read now; nothing where no record was made."""
    from onrecord.record.conflicts import conflicts

    if not _is_there(record):
        return
    with Record.open(record) as opened:
        found = opened.ask(conflicts) if opened.corrections() else ()
    if found:
        many = "1 correction does" if len(found) == 1 else f"{len(found)} corrections do"
        typer.echo(f"{many} not fit the record: `onrecord correct log --conflicts` lists them.", err=True)


def extend(
    record: Record, pages: Iterable[Page | Skipped], actors: Path | None, expected: int | None
) -> tuple[Summary, float]:
    """Reads `pages` into the open record behind a progress bar; the summary, and the seconds it took."""
    from onrecord import pipeline
    from onrecord.knowledge import Knowledge
    from onrecord.pipeline.replay import knowledge_of
    from onrecord.record import makings

    began = time.monotonic()
    console = screen.console(error=True)
    # Without a table of their own, later pages are read with the one that the record keeps: one person stays one.
    knowledge = Knowledge.load(actors) if actors is not None else knowledge_of(record.ask(makings.last_overlay))
    with console.status("Loading the reader") if console.is_terminal else nullcontext():
        engine = pipeline.Engine.load(knowledge)
    with bar(console, expected) as advance:
        summary = pipeline.read(pages, record, engine, lambda step: advance(step.path))
    record.optimise()
    return summary, time.monotonic() - began


def report(summary: Summary, record: Path, seconds: float, *, as_json: bool) -> None:
    """Prints what became of the pages, for people or as JSON."""
    if as_json:
        screen.print_json(_summary_json(summary))
    else:
        _print_summary(screen.console(), summary, record, seconds)


def _network(places: Iterable[str]) -> AbstractContextManager[Fetcher | None]:
    """A fetcher where one of the places is an address; nothing of the network is loaded otherwise."""
    if not any(map(_is_address, places)):
        return nullcontext()
    from onrecord.sources.network import Fetcher

    return Fetcher()


def _is_address(place: str) -> bool:
    return place.startswith(("http://", "https://"))


def _found(
    places: Iterable[str], record: Record, fetcher: Fetcher | None, columns: Columns
) -> Iterator[Page | Skipped]:
    from onrecord import sources
    from onrecord.sources.network import Validators, web_pages

    for place in places:
        if fetcher is not None and _is_address(place):
            yield from web_pages([place], fetcher, lambda url: Validators(*record.validators(url)))
        else:
            yield from sources.pages([place], columns=columns)


class bar:
    """A progress bar on standard error; calling what it gives advances it by one page."""

    def __init__(self, console: Console, total: int | None) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("Reading"),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[path]}", style="bright_black", markup=False),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task("read", total=total, path="")

    def __enter__(self) -> bar:
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
        "pages": summary.pages,
        "counts": {kind.value: number for kind, number in sorted(summary.counts().items())},
        "statements": summary.statements,
        "outcomes": [
            {"path": o.path, "kind": o.kind.value, "reason": o.reason, "statements": o.statements, "pages": o.pages}
            for o in summary.outcomes
        ],
    }


def _print_summary(console: Console, summary: Summary, record: Path, seconds: float) -> None:
    from onrecord.pipeline import OutcomeKind

    pages = summary.pages
    if not pages:
        console.print("There was nothing to read.")
        return
    into = f"into {record}" if _is_there(record) else "and no record was made"
    console.print(Text(f"{_many(pages, 'page')} in {seconds:.1f} s, {into}", style="bold"))
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
            console.print(f"{summary.count(kind):>6}  {label}")
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
