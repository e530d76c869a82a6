"""The questions: statements, timeline, sources."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.model import Statement, StatementPart
from onrecord.record import EventFilter, EventRow, Record, ReportRow, StatementFilter, StatementRow
from onrecord.views.cli import screen
from onrecord.views.cli.events import behind, event_line
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, RecordPath, act_named, iso_day, part_named
from onrecord.views.cli.sides import tell_unknown
from onrecord.views.fields import plain
from onrecord.views.fields.documents import report
from onrecord.views.fields.statements import statement
from onrecord.views.questions import day_by_day, first_days
from onrecord.views.values import SHOWN_FROM

By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Said by, or on behalf of.")]
ActName = Annotated[str | None, typer.Option("--act", metavar="ACT", help="What it does: deny, demand, promise, ...")]
About = Annotated[str | None, typer.Option("--about", metavar="NAME", help="Aimed at, said to, or naming.")]
Target = Annotated[str | None, typer.Option("--target", metavar="NAME", help="Aimed at.")]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Said on or after (2015, 2015-05, 2015-05-20).")
]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Said on or before.")]
Match = Annotated[str | None, typer.Option("--match", metavar="WORDS", help="All of these words in it.")]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Reported by.")]
Sure = Annotated[
    float,
    typer.Option("--sure", metavar="SHARE", min=0, max=1, help="Only lines at least so sure; 0 shows every line."),
]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many lines.")]


Part = Annotated[
    str,
    typer.Option(
        "--part", metavar="PART", help="Where it stands: body, headline, standfirst, subheading, caption, or any."
    ),
]


def statements(
    by: By = None,
    act: ActName = None,
    about: About = None,
    target: Target = None,
    since: Since = None,
    until: Until = None,
    match: Match = None,
    outlet: Outlet = None,
    part: Part = StatementPart.BODY.value,
    sure: Sure = SHOWN_FROM,
    limit: Limit = None,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """List who said what: one line for each saying, however many copies carry it."""
    wanted = StatementFilter(
        by=by,
        act=act_named(act),
        about=about,
        target=target,
        since=iso_day(since),
        until=iso_day(until),
        match=match,
        outlet=outlet,
        part=part_named(part),
        limit=limit,
        min_confidence=sure,
    )
    with Record.open(record) as opened:
        rows = opened.lines(wanted)
        if not rows:
            tell_unknown(opened, by, about, target)
    if as_json:
        screen.print_json([plain(statement(row)) for row in rows])
        return
    console = screen.console()
    if not rows:
        console.print("No statement in the record fits that.")
        return
    console.print(_statement_table(rows))
    at_least = f" of confidence {sure:g} or more" if sure else ""
    console.print(Text(f"{screen.counted(len(rows), 'statement')}{at_least}", style="bright_black"))


def _statement_table(rows: list[StatementRow]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("When", no_wrap=True)
    table.add_column("Who", max_width=24)
    table.add_column("Does", max_width=16)
    table.add_column("What", ratio=1)
    table.add_column("Reported by", max_width=24, style="bright_black")
    for row in rows:
        s = row.statement
        aim = screen.names(s.target)
        table.add_row(
            screen.short_date(s.date) if s.date.value else Text("undated", style="bright_black"),
            screen.who(row),
            Text.assemble(screen.act_text(s.act), (f"\n{aim}" if aim else "", "bright_black")),
            Text.assemble(_place_on_page(s), " ".join(row.content.split())),
            f"{screen.behind(row)}\n{screen.short_id(s.id)}",
        )
    return table


def _place_on_page(statement: Statement) -> tuple[str, str]:
    """The mark before a line that stands outside the body: where it stands, and that the body says it too."""
    if statement.part is StatementPart.BODY:
        return "", ""
    return f"[{statement.part.value}{', as the body says' if statement.same_as else ''}] ", "bright_black"


def timeline(
    by: By = None,
    about: About = None,
    act: ActName = None,
    since: Since = None,
    until: Until = None,
    undated: Annotated[
        bool, typer.Option("--undated", help="Add the lines whose day is not known at the end.")
    ] = False,
    limit: Limit = None,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Tell the record day by day: what happened and what was said on each, by whom, and who reports it."""
    wanted = StatementFilter(
        by=by,
        act=act_named(act),
        about=about,
        since=iso_day(since),
        until=iso_day(until),
        dated=not undated,
    )
    with Record.open(record) as opened:
        rows = [row for row in opened.lines(wanted) if row.statement.nested_in is None]
        # What a filter asks of sayings alone (an act) leaves events out.
        asked = EventFilter(by=by, actor=about, since=iso_day(since), until=iso_day(until), dated=not undated)
        happened = [] if act else opened.events(asked)
        if not rows and not happened:
            tell_unknown(opened, by, about)
    if as_json:
        screen.print_json([plain(one) for one in day_by_day(rows, happened, limit)])
        return
    console = screen.console()
    if not rows and not happened:
        console.print("The record has nothing to tell about that.")
        return
    days: dict[str, tuple[list[EventRow], list[StatementRow]]] = {}
    for one in first_days(rows, happened, limit):
        told, said = days.setdefault(_day(one), ([], []))
        if isinstance(one, EventRow):
            told.append(one)
        else:
            said.append(one)
    for when, (told, said) in days.items():
        _print_day(console, when, said, told)


def _day(row: StatementRow | EventRow) -> str:
    date = row.event.date if isinstance(row, EventRow) else row.statement.date
    return screen.short_date(date) if date.value else "undated"


def _print_day(console: Console, when: str, lines: list[StatementRow], happened: list[EventRow]) -> None:
    places = {row.statement.place.name for row in lines if row.statement.place}
    places |= {row.event.place.name for row in happened if row.event.place}
    console.print(Text.assemble((when, "bold"), ("  " + ", ".join(sorted(places)) if places else "", "bright_black")))
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(width=1)
    table.add_column(ratio=1)
    table.add_column(max_width=30, justify="right", style="bright_black")
    for row in happened:
        table.add_row(Text("■", style="bold"), event_line(row.event), behind(row))
    if happened:
        console.print(table)
    if lines:
        console.print(_day_table(lines))
    console.print()


def _day_table(rows: list[StatementRow]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(width=1)
    table.add_column(ratio=1)
    table.add_column(max_width=30, justify="right", style="bright_black")
    for row in rows:
        s = row.statement
        style = screen.act_style(s.act)
        aim = screen.names(s.target)
        line = Text.assemble(
            screen.who(row), " ", (screen.aimed(s.act, aim), style), ": ", " ".join(row.content.split())
        )
        table.add_row(Text("●", style=style), line, screen.behind(row))
    return table


def sources(
    as_json: AsJson = False,
    why: Annotated[bool, typer.Option("--why", help="Add the evidence for every origin and every copy.")] = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """List the reports: who wrote them, who copied whom, and how much of the text is shared."""
    with Record.open(record) as opened:
        reports = opened.reports()
        others = [row for row in opened.documents() if row.status.value != "article"]
    if as_json:
        screen.print_json([plain(report(row)) for row in reports])
        return
    console = screen.console()
    if not reports and not others:
        console.print("The record holds no page yet.")
        return
    console.print(_source_table(reports, why=why))
    copies = sum(len(row.copies) for row in reports)
    counted = (
        f"{len(reports)} {'report' if len(reports) == 1 else 'reports'}",
        f"{copies} {'copy' if copies == 1 else 'copies'}",
        f"{len(others)} {'page that is no article' if len(others) == 1 else 'pages that are not articles'}",
    )
    console.print(Text(", ".join(counted), style="bright_black"))


def _source_table(reports: list[ReportRow], *, why: bool) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Published", no_wrap=True)
    table.add_column("Origin", max_width=30)
    table.add_column("Page", ratio=1)
    table.add_column("Outlet", max_width=26)
    table.add_column("Shared", justify="right", no_wrap=True)
    table.add_column("Lines", justify="right", no_wrap=True)
    for row in reports:
        origin = ", ".join(row.origin.names) or "unknown"
        kind = screen.independence_word(row.origin.independence)
        table.add_row(
            screen.short_date(row.lead.published),
            Text.assemble((origin, "bold"), (f" ({kind})" if row.origin.names else "", "bright_black")),
            row.lead.title or row.lead.path,
            screen.outlet(row.lead),
            "",
            str(row.statements),
        )
        if why:
            for evidence in row.origin.evidence:
                table.add_row("", "", Text(f"because {evidence.basis.value}: {evidence.detail}", style="bright_black"))
        for document, copy in row.copies:
            table.add_row(
                Text(screen.short_date(document.published), style="bright_black"),
                Text("  └ " + screen.independence_word(copy.independence), style="bright_black"),
                Text(document.title or document.path, style="bright_black"),
                Text(screen.outlet(document), style="bright_black"),
                f"{copy.shared:.0%}",
                "",
            )
            if why and copy.why:
                table.add_row("", "", Text(f"because {copy.why}", style="bright_black"))
    return table
