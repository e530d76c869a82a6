"""The command `why`: for every field of a line the rule or model that set it, its score, its evidence and what it beat."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from onrecord.record import Record
from onrecord.record.why import Explained
from onrecord.views.cli import screen
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, RecordPath


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
        typer.echo(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=1))
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


def _plain(one: Explained) -> dict[str, Any]:
    return {
        "field": one.field,
        "value": one.value,
        "rule": one.rule or None,
        "made_by": one.made_by or None,
        "score": None if one.score is None else round(one.score, 2),
        "evidence": [
            {"document": e.document, "span": [e.span.start, e.span.end], "text": e.words} for e in one.evidence
        ],
        "detail": one.detail or None,
        "alternatives": list(one.alternatives),
    }
