"""The command `why`: for every field of a line the rule or model that set it, its score, its evidence and what it beat."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from onrecord.record import Record
from onrecord.record.why import Explained
from onrecord.views.cli import screen
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, RecordPath
from onrecord.views.fields import plain
from onrecord.views.fields.checks import reason


def why(
    id: Annotated[
        str, typer.Argument(metavar="ID", help="The id of a statement, event, relation or page, or its beginning.")
    ],
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Tell for every field why it has its value: rule or model with its version, score, the words it rests on."""
    with Record.open(record) as opened:
        found = opened.why(id)
    if as_json:
        screen.print_json([plain(reason(one)) for one in found])
        return
    console = screen.console()
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Field", style="bright_black", no_wrap=True)
    table.add_column("Value", ratio=3)
    table.add_column("Rule", ratio=2)
    table.add_column("Score", no_wrap=True)
    table.add_column("Evidence", ratio=4)
    before = ""
    for one in found:
        score = "" if one.score is None else f"{one.score:.2f}"
        rule = Text(one.rule) if one.rule else Text("no reason kept", style="italic bright_black")
        again = one.field == before
        table.add_row("" if again else one.field, "" if again else Text(one.value), rule, score, _evidence(one))
        before = one.field
    console.print(table)
    for made in dict.fromkeys(one.made_by for one in found if one.made_by):
        fields = ", ".join(dict.fromkeys(one.field for one in found if one.made_by == made))
        console.print(Text(f"{fields}: {made}", style="bright_black"))


def _evidence(one: Explained) -> Text:
    text = Text()
    for evidence in one.evidence:
        text.append(f"“{' '.join(evidence.words.split())}”")
        text.append(f" {evidence.span.start}-{evidence.span.end} ", style="bright_black")
    text.append(one.detail)
    for other in one.alternatives:
        text.append(f"\nnot taken: {other}", style="italic")
    return text
