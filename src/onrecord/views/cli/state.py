"""The command `state`: the state of play on a day, and what changed between two."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.model import ActorRef
from onrecord.model.ledgers import ChangeKind, LedgerChange, StateOfPlay
from onrecord.record import Record
from onrecord.relations.ledgers import difference
from onrecord.views.cli import screen
from onrecord.views.cli.ledgers import print_ledger, what_of, who_text
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, RecordPath, Tables
from onrecord.views.cli.sides import Between, Hindsight, On, last_of, sides
from onrecord.views.export.ledgers import change_row, state_rows

Diff = Annotated[
    tuple[str, str] | None,
    typer.Option("--diff", metavar="DATE DATE", help="Show what changed from the first of these days to the second."),
]
_STYLES = {
    ChangeKind.NEW: "green",
    ChangeKind.REPEATED: "cyan",
    ChangeKind.ANSWERED: "yellow",
    ChangeKind.STATUS: "magenta",
    ChangeKind.GONE: "red",
}


def state(
    on: On = None,
    between: Between = None,
    diff: Diff = None,
    hindsight: Hindsight = False,
    tables: Tables = None,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Tell what each side demanded, promised, alleged and offered on a day, and which channels were open: as known by then."""
    if on is not None and diff is not None:
        raise typer.BadParameter("give one day with --on or two with --diff, not both")
    day = last_of(on)
    days = tuple(last_of(d) for d in diff) if diff else ()
    with Record.open(record) as opened:
        two = sides(opened, between, tables) if between else ()
        if days:
            before, after = (opened.state(d, hindsight=hindsight, between=two) for d in days)
            _show_changes(before, after, as_json=as_json)
            return
        found = opened.state(day, hindsight=hindsight, between=two)
    if as_json:
        screen.print_json(list(state_rows(found)))
        return
    print_state(screen.console(), found)


def print_state(console: Console, state: StateOfPlay) -> None:
    """The whole state under its heading."""
    console.print(Text(f"State of play {_when(state)}{_who(state.between)}", style="bold"))
    console.print(Text(_known(state), style="bright_black"))
    console.print()
    filled = [(ledger, rows) for ledger, rows in state.rows() if rows]
    if not filled:
        console.print("The record knows of no demand, promise, accusation, offer or channel there.")
    for ledger, rows in filled:
        print_ledger(console, ledger, rows)
    if state.unattributed:
        console.print(
            Text(
                f"{state.unattributed} more are in no ledger: it is not known which side made them.",
                style="bright_black",
            )
        )


def _when(state: StateOfPlay) -> str:
    return f"on {state.on}" if state.on else "by the whole record"


def _who(between: tuple[ActorRef, ...]) -> str:
    return f" between {' and '.join(ref.name for ref in between)}" if between else ""


def _known(state: StateOfPlay) -> str:
    if state.on is None:
        return "All reports count, undated ones too."
    if state.hindsight:
        return "With hindsight: later and undated reports count for what was said by then."
    return "As known from reports published by then."


def _show_changes(before: StateOfPlay, after: StateOfPlay, *, as_json: bool) -> None:
    changes = difference(before, after)
    if as_json:
        screen.print_json([change_row(change) for change in changes])
        return
    console = screen.console()
    head = f"What changed from {before.on} to {after.on}{_who(after.between)}"
    console.print(Text(head, style="bold"))
    if not changes:
        console.print("Nothing that the record knows of.")
        return
    console.print()
    console.print(_changes_table(changes))
    console.print(Text(screen.counted(len(changes), "change"), style="bright_black"))


def _changes_table(changes: tuple[LedgerChange, ...]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 1, 0))
    table.add_column("Change", max_width=26)
    table.add_column("Ledger", no_wrap=True)
    table.add_column("Who", max_width=26)
    table.add_column("What", ratio=1)
    table.add_column("Lines", no_wrap=True, style="bright_black")
    for change in changes:
        table.add_row(
            Text(change.detail, style=_STYLES[change.kind]),
            change.ledger.value,
            who_text(change.row),
            Text(what_of(change.row)),
            Text("\n".join(screen.short_id(i) for i in change.sources)),
        )
    return table
