"""The commands `replay` and `outdated`: a record made again from what it keeps, and what of it today's parts did not make."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.model import errors
from onrecord.record import Record, backups, makings, sole_writer
from onrecord.record.makings import PartOutdated
from onrecord.views.cli import screen
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, RecordPath

if TYPE_CHECKING:
    # Only named here: loading them costs every other command the reader's weight.
    from onrecord.pipeline import Engine
    from onrecord.pipeline.replay import Replayed
    from onrecord.views.export.proof import Compared

#: The exit status when an export differs; 1 and 2 are those of errors and of bad usage.
DIFFERENT = 3
_SHOWN = 8

Bytes = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PAGES]...",
        help="Files or folders with pages of the record, to understand them anew from their bytes.",
    ),
]


def replay(
    pages: Bytes = None,
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="FILE", help="Keep the record that was made again in this new file."),
    ] = None,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Make the record again from its pages, settings and corrections, and compare all exports: exit status 3 when one differs."""
    from onrecord.views.export.proof import compare

    with Record.open(record) as opened, _new(into) as path, Record.open(path, create=True) as made:
        engine = _engine(opened)
        parts = opened.ask(lambda c: makings.outdated(c, engine.parts()))
        done = _replayed(opened, made, engine, pages)
        made.optimise()
        found = list(compare(opened, made))
    if as_json:
        screen.print_json(_plain(done, found, parts))
    else:
        _show(done, found, parts)
    if not all(one.equal for one in found):
        raise typer.Exit(DIFFERENT)


def outdated(
    reread: Annotated[
        bool,
        typer.Option("--reread", help="Read all pages again with today's parts; corrections stay and are applied."),
    ] = False,
    exactly: Annotated[
        bool, typer.Option("--exactly", help="Read all pages again aside, and name those that are read differently.")
    ] = False,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Tell which parts of the reading changed since pages were read, and for how many pages; read them again if asked."""
    from onrecord.pipeline.parts import parts
    from onrecord.pipeline.replay import knowledge_of

    with Record.open(record) as opened:
        knowledge = knowledge_of(opened.ask(makings.last_overlay))
        found = opened.ask(lambda c: makings.outdated(c, parts(knowledge.version)))
        total = opened.count("documents")
    if reread:
        _reread(record, as_json=as_json)
        return
    differing = _differing(record) if exactly else None
    if as_json:
        rows = [
            {
                "part": p.part,
                "record": p.record,
                "today": p.today,
                "pages": len(p.documents),
                "documents": list(p.documents),
            }
            for p in found
        ]
        if differing is not None:
            rows.append({"part": "all", "record": "", "today": "", "pages": len(differing), "documents": differing})
        screen.print_json(rows)
        return
    console = screen.console()
    if not found:
        console.print(f"All {total} pages were read by the parts of today.")
    else:
        console.print(_parts_table(found))
        touched = len({document for part in found for document in part.documents})
        console.print(
            f"{touched} of {total} pages may be read differently today: `onrecord outdated --exactly` reads them aside and names those "
            "that are, `onrecord outdated --reread` reads them again.",
            soft_wrap=True,
        )
    if differing is not None:
        console.print(f"{len(differing)} of {total} pages are read differently today.")
        for document in differing[: _SHOWN * 4]:
            console.print(f"  {document}")


def _engine(opened: Record) -> Engine:
    from onrecord import pipeline
    from onrecord.pipeline.replay import knowledge_of

    console = screen.console(error=True)
    with console.status("Loading the reader") if console.is_terminal else nullcontext():
        return pipeline.Engine.load(knowledge_of(opened.ask(makings.last_overlay)))


def _replayed(opened: Record, made: Record, engine: Engine, pages: Sequence[str] | None) -> Replayed:
    from onrecord import sources
    from onrecord.pipeline.replay import replay as again
    from onrecord.views.cli.read import bar

    with bar(screen.console(error=True), opened.count("documents")) as advance:
        return again(opened, made, engine, sources.pages(pages) if pages else (), lambda step: advance(step.path))


@contextmanager
def _new(into: Path | None) -> Iterator[Path]:
    """The place for a new record: the one given, which must be free, else one that is removed afterwards."""
    if into is not None:
        if into.exists():
            raise errors.RecordError(f"There is something at {into} already: name a new file.")
        whole = False
        try:
            yield into
            whole = True
        finally:
            # Half of a record looks like a whole one.
            for ending in () if whole else ("", "-wal", "-shm", "-lock"):
                Path(f"{into}{ending}").unlink(missing_ok=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "record.db"


def _reread(record: Path, *, as_json: bool) -> None:
    from onrecord.record.conflicts import conflicts
    from onrecord.views.export.proof import compare

    backups.check_is_file(record)
    # Nobody else writes from the first page on: what was entered meanwhile would be lost.
    with sole_writer(record), Record.open(record, create=True) as opened, backups.scratch(record) as folder:
        path = Path(folder) / "record.db"
        with Record.open(path, create=True) as made:
            done = _replayed(opened, made, _engine(opened), None)
            made.optimise()
            found = list(compare(opened, made))
        backups.replace(record, path)
        open_conflicts = len(opened.ask(conflicts))
    if as_json:
        screen.print_json({**_plain(done, found, ()), "conflicts": open_conflicts})
        return
    _show(done, found, ())
    if open_conflicts:
        typer.echo(f"{open_conflicts} corrections do not fit any more: `onrecord correct log --conflicts` lists them.")


def _differing(record: Path) -> list[str]:
    """The pages of which today's parts read anything else."""
    from onrecord.views.export.proof import compare

    with Record.open(record) as opened, _new(None) as path, Record.open(path, create=True) as made:
        _replayed(opened, made, _engine(opened), None)
        return sorted({document for one in compare(opened, made) for document in one.documents})


def _plain(done: Replayed, found: Iterable[Compared], parts: Iterable[PartOutdated]) -> dict[str, object]:
    return {
        "pages": done.pages,
        "from_bytes": done.from_bytes,
        "unnoted": done.unnoted,
        "exports": [
            {
                "kind": one.kind,
                "equal": one.equal,
                "rows": list(one.rows),
                "sha256": list(one.sha256),
                "only": list(one.only),
                "documents": list(one.documents),
            }
            for one in found
        ],
        "outdated": [{"part": p.part, "record": p.record, "today": p.today, "pages": len(p.documents)} for p in parts],
    }


def _show(done: Replayed, found: Sequence[Compared], parts: Sequence[PartOutdated]) -> None:
    console = screen.console()
    bytes_ = f", {done.from_bytes} of them from their bytes" if done.from_bytes else ""
    console.print(f"{done.pages} pages read again{bytes_}")
    if done.unnoted:
        console.print(
            f"Of {done.unnoted} pages nothing is noted of what read them: they may have been read in another order."
        )
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("Export", "Rows", "", "SHA-256", ""):
        table.add_column(name)
    for one in found:
        verdict = (
            Text("equal", style="green")
            if one.equal
            else Text(f"differs: {one.only[0]} rows only before, {one.only[1]} only now", style="red")
        )
        rows = str(one.rows[0]) if one.rows[0] == one.rows[1] else f"{one.rows[0]} -> {one.rows[1]}"
        table.add_row(one.kind, rows, "", one.sha256[0][:12], verdict)
    console.print(table)
    _explain(console, found, parts)


def _explain(console: Console, found: Sequence[Compared], parts: Sequence[PartOutdated]) -> None:
    pages = sorted({document for one in found for document in one.documents})
    if all(one.equal for one in found):
        console.print("All exports are equal.")
    elif pages:
        more = f" and {len(pages) - _SHOWN} more" if len(pages) > _SHOWN else ""
        console.print(f"Pages that differ: {', '.join(pages[:_SHOWN])}{more}", soft_wrap=True)
    if parts:
        console.print("Parts that are not those that made the record:")
        console.print(_parts_table(parts))


def _parts_table(parts: Iterable[PartOutdated]) -> Table:
    table = Table(
        "Part", "Record", "Today", "Pages", box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0)
    )
    for part in parts:
        table.add_row(part.part, part.record, part.today, str(len(part.documents)))
    return table
