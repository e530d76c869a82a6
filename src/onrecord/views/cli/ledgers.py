"""The commands `demands`, `commitments` and `disputes`, and how the rows of ledgers look."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.knowledge import Knowledge
from onrecord.model import DateValue
from onrecord.model.ledgers import (
    Access,
    Accusation,
    Answer,
    Channel,
    Commitment,
    Demand,
    Evidence,
    Ledger,
    Offer,
    Row,
    Utterance,
)
from onrecord.record import Record
from onrecord.views import questions
from onrecord.views.cli import screen
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, RecordPath, Tables, bad_usage
from onrecord.views.cli.sides import Between, Hindsight, On, last_of
from onrecord.views.export.ledgers import ledger_row
from onrecord.views.questions import to_of

By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Only what this side says.")]
Of = Annotated[
    str | None, typer.Option("--of", metavar="NAME", help="Only what is asked of, promised to or held against it.")
]

#: "Karvelia on Tuesday of sending ...": who is accused, and when; and who is asked.
_CHARGED = re.compile(r"^(?:[a-z]+ )?[A-Z][^,;:]{0,60}?\bof (?=\w+ing\b)")
_ASKED = re.compile(r"^[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3}(?: on \w+day)? (?=to \w+)")
#: How many wordings, answers and reasons a row shows; ``--json`` gives all.
_SHOWN = 4
_STATUS = {
    "fulfilled": "green",
    "missed": "red",
    "withdrawn": "red",
    "open": "yellow",
    "due, no report": "dark_orange3",
    "unknown": "bright_black",
    "standing": "dark_orange3",
    "denied": "red",
    "admitted": "magenta",
    "no answer": "bright_black",
    "accepted": "green",
    "declined": "red",
    "suspended": "red",
    "granted": "green",
    "promised": "green",
    "refused": "red",
    "demanded": "yellow",
}
_ONE = {Ledger.DEMANDS: "demand", Ledger.COMMITMENTS: "commitment", Ledger.ACCUSATIONS: "accusation"}
_NOTHING = {
    Ledger.DEMANDS: "Nobody demands anything of anybody there, as far as the record knows.",
    Ledger.COMMITMENTS: "Nobody has promised anything there, as far as the record knows.",
    Ledger.ACCUSATIONS: "Nobody accuses anybody there, as far as the record knows.",
}


def _listing(ledger: Ledger, name: str, tells: str) -> Callable[..., None]:
    """The command that lists one ledger: all of them take the same options."""

    def command(
        between: Between = None,
        by: By = None,
        of: Of = None,
        on: On = None,
        hindsight: Hindsight = False,
        tables: Tables = None,
        as_json: AsJson = False,
        record: RecordPath = DEFAULT_RECORD,
    ) -> None:
        day = last_of(on)
        with Record.open(record) as opened:
            rows = bad_usage(
                lambda: questions.ledger(
                    opened,
                    ledger,
                    lambda: Knowledge.load(tables),
                    between=between,
                    by=by,
                    of=of,
                    on=day,
                    hindsight=hindsight,
                )
            )
        _print(ledger, rows, as_json=as_json)

    command.__name__, command.__doc__ = name, tells
    return command


demands = _listing(
    Ledger.DEMANDS,
    "demands",
    "List what each side demands of whom: first and last made, every wording, and the answers so far.",
)
commitments = _listing(
    Ledger.COMMITMENTS, "commitments", "List who promised what to whom by when, and what is known of the outcome."
)
disputes = _listing(
    Ledger.ACCUSATIONS, "disputes", "List who accuses whom of what, and whether it stands, is denied or is admitted."
)


def _print(ledger: Ledger, rows: Sequence[Row], *, as_json: bool) -> None:
    if as_json:
        screen.print_json([ledger_row(row) for row in rows])
        return
    console = screen.console()
    if not rows:
        console.print(_NOTHING[ledger])
        return
    console.print(table_of(ledger, rows))
    console.print(Text(f"{len(rows)} {_ONE[ledger] if len(rows) == 1 else ledger.value}", style="bright_black"))


def table_of(ledger: Ledger, rows: Sequence[Row]) -> Table:
    """The rows of one ledger as a table: who, what, when, how it stands, with the ids of every line and reason."""
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 1, 0))
    table.add_column(_HEADS[ledger], max_width=26)
    table.add_column("What", ratio=3)
    table.add_column("When", no_wrap=True)
    table.add_column("How it stands", ratio=2)
    table.add_column("Lines", no_wrap=True, style="bright_black")
    for row in rows:
        table.add_row(who_text(row), Text(what_of(row)), when_text(row), stands_text(row), ids_text(row))
    return table


_HEADS = {
    Ledger.DEMANDS: "By → of",
    Ledger.COMMITMENTS: "By → to",
    Ledger.ACCUSATIONS: "By → against",
    Ledger.OFFERS: "By → to",
    Ledger.CHANNELS: "Between",
    Ledger.ACCESS: "Host",
}


def who_text(row: Row) -> Text:
    """The two ends of a row."""
    match row:
        case Channel():
            return Text(", ".join(ref.name for ref in row.parties), style="bold")
        case Access():
            return Text(row.host.name, style="bold")
        case _:
            aim = screen.names(to_of(row))
            return Text.assemble((screen.names(row.by), "bold"), (f"\n→ {aim}" if aim else "", ""))


def what_of(row: Row) -> str:
    """What a row is about, in the page's words but for whom it is aimed at, who stands in the first column."""
    match row:
        case Channel():
            return row.name
        case Access():
            return "access of monitors"
        case Accusation():
            return _CHARGED.sub("", row.what)
        case Demand():
            return _ASKED.sub("", row.what)
        case _:
            return row.what


def when_text(row: Row) -> Text:
    """First and last day, and how often; the deadline of a promise."""
    match row:
        case Demand() | Accusation() | Offer():
            lines = [_days(row.first, row.last, row.utterances)]
            if len(row.utterances) > 1:
                lines.append(f"{len(row.utterances)} times")
            if isinstance(row, Demand) and row.deadline is not None:
                lines.append(f"by {deadline_words(row.deadline)}")
            return Text("\n".join(lines))
        case Commitment():
            due = f"\nby {deadline_words(row.deadline)}" if row.deadline is not None else ""
            return Text(_days(row.made, row.made, row.utterances) + due)
        case Channel():
            used = f"\nused {row.last_used}" if row.last_used else ""
            return Text((f"since {row.since}" if row.since else "day not known" if not used else "") + used)
        case Access():
            return Text(f"since {row.since}" if row.since else "day not known")


def deadline_words(date: DateValue) -> str:
    """A deadline as people say it: its value, else its last day."""
    return date.value or (f"{date.latest}" if date.latest else "a day not known")


def _days(first: str | None, last: str | None, utterances: Sequence[Utterance]) -> str:
    if first is None:
        published = sorted(u.published for u in utterances if u.published is not None)
        return f"reported {published[0]}" if published else "undated"
    return first if last is None or first == last else f"{first}\nto {last}"


def stands_text(row: Row) -> Text:
    """The status with its reasons: who answered what, who says that it was kept."""
    match row:
        case Demand():
            return _answers(row.answers) or Text("no answer known", style="bright_black")
        case Accusation() | Offer():
            return Text("\n").join([_status(row.status.value), *([a] if (a := _answers(row.answers)) else [])])
        case Commitment():
            mark = " (conditional)" if row.conditional else ""
            head = Text.assemble(_status(row.status.value), (mark, "bright_black"))
            return Text("\n").join([head, *_reasons(row.evidence)])
        case Channel() | Access():
            return Text("\n").join([_status(row.status.value), *_reasons(row.evidence)])


def _status(value: str) -> Text:
    return Text(value, style=_STATUS.get(value, "green"))


def _answers(answers: Sequence[Answer]) -> Text | None:
    if not answers:
        return None
    told: dict[str, list[Answer]] = {}
    for answer in answers:
        told.setdefault(f"{answer.kind.value} by {screen.names(answer.by) or 'somebody'}", []).append(answer)
    return Text("\n").join(Text(_told(head, some, lambda a: (a.said, a.published))) for head, some in told.items())


def _told(head: str, some: Sequence[Answer], when: Callable[[Answer], tuple[str | None, str | None]]) -> str:
    days = list(dict.fromkeys(_day(*when(a)) for a in some))
    shown = ", ".join(days[:_SHOWN]) + (", ..." if len(days) > _SHOWN else "")
    return f"{head} {shown}"


def _day(said: str | None, published: str | None) -> str:
    return said or (f"(reported {published})" if published else "(undated)")


def _reasons(evidence: Sequence[Evidence]) -> list[Text]:
    shown = evidence[-_SHOWN:]
    found = []
    for one in shown:
        who = f", {screen.names(one.by)}" if one.by else ""
        found.append(Text(f"{one.speaks_for} {one.day or '(undated)'}{who}", style="bright_black"))
    return found


def ids_text(row: Row) -> Text:
    """The ids of the lines and events that a row rests on, as `onrecord show` takes them."""
    match row:
        case Demand() | Accusation() | Offer():
            ids = [u.statement for u in row.utterances] + [a.source for a in row.answers]
        case Commitment():
            ids = [u.statement for u in row.utterances] + [e.source for e in row.evidence]
        case Channel() | Access():
            ids = [e.source for e in row.evidence]
    return Text("\n".join(screen.short_id(i) for i in dict.fromkeys(ids)))


def print_ledger(console: Console, ledger: Ledger, rows: Sequence[Row]) -> None:
    """One ledger under its name; nothing where it is empty."""
    if rows:
        console.print(Text(ledger.value.capitalize(), style="bold underline"))
        console.print(table_of(ledger, rows))
