"""The command `position`: what somebody said about a matter first and last, every wording in between, and what is different."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.record import Record, StatementRow
from onrecord.views import questions
from onrecord.views.cli import screen
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, RecordPath, Tables, bad_usage
from onrecord.views.cli.sides import actor_called
from onrecord.views.fields import Difference, plain
from onrecord.views.fields.checks import compare, position_lines


def position(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose position: a name, or the id of an actor.")],
    about: Annotated[str, typer.Option("--about", metavar="TOPIC", help="What it is about: one word or several.")],
    tables: Tables = None,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Show what somebody said about a matter first and last, all that was said in between, and how the two texts differ."""
    topic = bad_usage(lambda: questions.topic_of(about))
    with Record.open(record) as opened:
        actor = actor_called(opened, name, tables)
        rows = questions.position(opened, actor, topic)
    differences = compare(rows[0].content, rows[-1].content) if len(rows) > 1 else ()
    if as_json:
        screen.print_json([plain(line) for line in position_lines(rows)])
        return
    console = screen.console()
    if not rows:
        console.print(Text(f"The record has nothing that {actor.name} says about {about}."))
        return
    console.print(Text(f"{actor.name} on {about}", style="bold"))
    console.print()
    console.print(_table(rows))
    if differences:
        _print_difference(console, rows, differences)


def _table(rows: Sequence[StatementRow]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("When", no_wrap=True)
    table.add_column("Does", max_width=22)
    table.add_column("What", ratio=1)
    table.add_column("Line", no_wrap=True, style="bright_black")
    for row in rows:
        s = row.statement
        table.add_row(
            _when(row),
            Text(screen.aimed(s.act, screen.names(s.target)), style=screen.act_style(s.act)),
            Text(" ".join(row.content.split())),
            screen.short_id(s.id),
        )
    return table


def _when(row: StatementRow) -> str:
    if row.statement.date.value is not None:
        return screen.short_date(row.statement.date)
    return f"reported {row.published.value}" if row.published.value else "undated"


def _print_difference(console: Console, rows: Sequence[StatementRow], differences: Sequence[Difference]) -> None:
    styles = {"same": "", "cut": "red strike", "added": "green"}
    marks = {"same": "{}", "cut": "[-{}-]", "added": "{{+{}+}}"}
    console.print()
    console.print(Text(f"From the first ({_when(rows[0])}) to the last ({_when(rows[-1])}):", style="bold"))
    parts = [Text(marks[d.kind].format(d.words), style=styles[d.kind]) for d in differences]
    console.print(Text(" ").join(parts))
