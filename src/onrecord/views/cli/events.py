"""The commands `events` and `stories`: what happened, who did it to whom, and who reports it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from onrecord.model import Auxiliary, Document, Event, EventKind, EventMention, Role, Root
from onrecord.record import EventFilter, EventRow, FigureRow, Record
from onrecord.views import values
from onrecord.views.cli import screen
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, RecordPath, bad_usage, iso_day
from onrecord.views.cli.sides import tell_unknown
from onrecord.views.fields import plain
from onrecord.views.fields.events import event, figure, mention_passage, story, whole_event

_STYLES = {
    **dict.fromkeys((Root.AGREE, Root.CONSULT, Root.SUPPORT, Root.CONCEDE), "cyan"),
    **dict.fromkeys((Root.COOPERATE, Root.AID, Root.RETREAT), "green"),
    **dict.fromkeys((Root.REQUEST, Root.ACCUSE, Root.REJECT, Root.THREATEN), "yellow"),
    **dict.fromkeys((Root.PROTEST, Root.SANCTION, Root.MOBILIZE, Root.COERCE, Root.ASSAULT), "red"),
}
_AUX = {
    Auxiliary.ASSERTED: "",
    Auxiliary.HISTORICAL: "earlier",
    Auxiliary.FUTURE: "to come",
    Auxiliary.HYPOTHETICAL: "only possible",
    Auxiliary.NEGATED: "did not happen",
}
#: The roots that only sayings have.
_SAID = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_GIVING = (Role.ACTOR, Role.SIGNATORY)


def events(
    code: Annotated[
        str | None, typer.Option("--code", metavar="ROOT", help="PLOVER's root: CONSULT, ASSAULT, ...")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="meeting, visit, attack, ...")] = None,
    actor: Annotated[str | None, typer.Option("--actor", metavar="NAME", help="In it, or a side behind it.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Done by.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="NAME", help="Done to.")] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="NAME", help="Where it took place.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="On or after (2015, 2015-05, 2015-05-20).")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="On or before.")] = None,
    matrix: Annotated[bool, typer.Option("--matrix", help="Count who did what to whom instead.")] = False,
    figures: Annotated[
        bool, typer.Option("--figures", help="List the numbers that reports give; they are not added up.")
    ] = False,
    sayings: Annotated[
        bool, typer.Option("--sayings", help="Add accusations, demands, refusals, ...: what PLOVER counts as events.")
    ] = False,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many events.")] = None,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """List what happened: one line for each event, however many reports tell it."""
    wanted = EventFilter(
        code=bad_usage(lambda: values.choice(code, Root, "a root of events")),
        kind=bad_usage(lambda: values.choice(kind, EventKind, "a kind of events")),
        actor=actor,
        by=by,
        to=to,
        since=iso_day(since),
        until=iso_day(until),
        place=place,
        sayings=sayings or (kind or "").lower() == EventKind.SAYING.value or (code or "").upper() in _SAID,
        limit=limit,
    )
    with Record.open(record) as opened:
        if figures:
            _print_figures(opened, as_json=as_json)
            return
        rows = opened.events(wanted)
        if not rows:
            tell_unknown(opened, actor, by, to)
    if matrix:
        _print_matrix(rows, as_json=as_json)
        return
    if as_json:
        screen.print_json([plain(event(row)) for row in rows])
        return
    console = screen.console()
    if not rows:
        console.print("No event in the record fits that.")
        return
    console.print(_table(rows))
    console.print(Text(screen.counted(len(rows), "event"), style="bright_black"))


def event_line(event: Event) -> Text:
    """An event in one line: kind, who, whom, where."""
    who = [p.actor.name for p in event.parties if p.role in _GIVING]
    whom = [p.actor.name for p in event.parties if p.role is Role.RECIPIENT]
    line = Text.assemble((event.kind.value, _STYLES.get(event.code, "") if event.code else ""))
    if who:
        line.append_text(Text.assemble(": ", (", ".join(who), "bold")))
    if whom:
        line.append_text(Text.assemble(" → " if who else ": → ", (", ".join(whom), "bold")))
    if event.place is not None:
        line.append(f", {event.place.name}")
    told = _AUX[event.aux]
    return Text.assemble(line, (f" ({told})", "italic") if told else "")


def _table(rows: Sequence[EventRow]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("When", no_wrap=True)
    table.add_column("What", ratio=1)
    table.add_column("Code", no_wrap=True)
    table.add_column("Reported by", max_width=34, style="bright_black")
    for row in rows:
        event = row.event
        told = f"\nsaid in {screen.short_id(event.told_in[0])}" if event.told_in else ""
        code = event.code.value if event.code is not None else ""
        table.add_row(
            screen.short_date(event.date),
            event_line(event),
            Text(f"{code}\n{event.mode or ''}".strip(), style=_STYLES.get(event.code, "") if event.code else ""),
            f"{behind(row)}\n{screen.short_id(event.id)}{told}",
        )
    return table


def behind(row: EventRow) -> str:
    """What stands behind an event: ``3 reports, 2 independent``."""
    reports = f"{row.reports} report{'s' if row.reports > 1 else ''}"
    unknown = f", {row.unknown_reports} of unknown origin" if row.unknown_reports else ""
    return f"{reports}, {row.independent_reports} independent{unknown}"


def _print_matrix(rows: Sequence[EventRow], *, as_json: bool) -> None:
    """Who did what to whom: a count of events for each pair of sides and root, never of reports."""
    counted = matrix_of(rows)
    if as_json:
        screen.print_json([{"who": w, "whom": m, "code": c, "events": n} for (w, m, c), n in counted])
        return
    console = screen.console()
    if not counted:
        console.print("The record holds no event between two sides that are known.")
        return
    table = Table("Who", "To whom", "Code", box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Events", justify="right")
    for (who, whom, code), number in counted:
        table.add_row(who, whom, Text(code, style=_STYLES[Root(code)]), str(number))
    console.print(table)


def matrix_of(rows: Iterable[EventRow]) -> list[tuple[tuple[str, str, str], int]]:
    """How many events of each root each side directed at each other one, in the order of names.

    Only what happened is counted. What two sides did together counts once for either direction.
    """
    found: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        event = row.event
        if event.code is None or event.aux not in (Auxiliary.ASSERTED, Auxiliary.HISTORICAL):
            continue
        who = {row.name(s) for p in event.parties if p.role in _GIVING for s in p.sides}
        whom = {row.name(s) for p in event.parties if p.role not in (Role.ACTOR,) for s in p.sides}
        mutual = event.kind in (EventKind.MEETING, EventKind.TALKS, EventKind.AGREEMENT, EventKind.COOPERATION)
        if mutual:
            who = whom = who | whom
        found.update((a, b, event.code.value) for a in who for b in whom if a != b)
    return sorted(found.items())


def _print_figures(record: Record, *, as_json: bool) -> None:
    if as_json:
        screen.print_json([plain(figure(row)) for row in record.figures()])
        return
    console = screen.console()
    rows = record.figures()
    if not rows:
        console.print("No report in the record gives a figure.")
        return
    console.print(_figure_table(rows))
    counted = screen.counted(len(rows), "figure")
    console.print(Text(f"{counted}, each as its report gives it; nothing is added up", style="bright_black"))


def _figure_table(rows: Sequence[FigureRow]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("Published", "Figure", "Of", "Period", "Words", "Outlet"):
        table.add_column(name)
    for row in rows:
        figure = row.figure
        compared = "" if figure.comparator.value == "exactly" else f"{figure.comparator.value.replace('-', ' ')} "
        table.add_row(
            screen.short_date(row.document.published),
            f"{compared}{figure.value:,}",
            f"{figure.unit} {figure.of}",
            row.period or "",
            Text(" ".join(row.words.split()), style="bright_black"),
            Text(screen.outlet(row.document), style="bright_black"),
        )
    return table


def stories(as_json: AsJson = False, record: RecordPath = DEFAULT_RECORD) -> None:
    """List the happenings that more than one report tells, with the reports of each."""
    with Record.open(record) as opened:
        rows = opened.stories()
    if as_json:
        screen.print_json([plain(story(row)) for row in rows])
        return
    console = screen.console()
    if not rows:
        console.print("No two reports in the record tell of one happening.")
        return
    for row in rows:
        line = event_line(row.events[0]) if row.events else Text("joined by a reviewer")
        console.print(Text.assemble((screen.short_date(row.story.date), "bold"), "  ", line))
        for page in row.documents:
            console.print(Text(f"    {screen.outlet(page)}: {page.title or page.path}", style="bright_black"))
        console.print(
            Text(
                f"    {row.reports} reports, {row.independent_reports} independent; {row.story.id}",
                style="bright_black",
            )
        )


def show_event(record: Record, mention_id: str, *, as_json: bool) -> None:
    """Prints one event with every passage that tells it and the reasons for its fields."""
    row = record.event(mention_id)
    texts = {page.id: record.document(page.id) for page in row.documents}
    if as_json:
        screen.print_json(plain(whole_event(row, texts)))
        return
    console = screen.console()
    event = row.event
    for page in row.documents:
        mentions = [m for m in event.mentions if m.document == page.id]
        shown = Text("\n").join(_marked(texts[page.id], m) for m in mentions)
        console.print(Panel(shown, title=Text(screen.outlet(page)), title_align="left", padding=(1, 2)))
    console.print(event_line(event))
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="bright_black", no_wrap=True)
    table.add_column(ratio=1)
    code = " ".join(filter(None, (event.code.value if event.code else None, event.mode)))
    fields = {
        "id": event.id,
        "code": code,
        "when": screen.date_words(event.date),
        "where": event.place.name if event.place is not None else "",
        "who": "; ".join(f"{p.actor.name} ({p.role.value})" for p in event.parties),
        "asserted by": ", ".join(event.told_in) or "the report",
        "figures": "; ".join(f"{f.value:,} {f.unit} {f.of}" for f in event.figures),
        "behind it": behind(row),
        "confidence": f"{event.confidence:.2f}, {event.mentions[0].made_by}",
    }
    for name, value in fields.items():
        if value:
            table.add_row(name, value)
    console.print(table)
    console.print(_reasons(event, texts))


def _marked(document: Document, mention: EventMention) -> Text:
    passage = mention_passage(document, mention)
    text = Text(passage.of(document.text))
    marks = [(span, "bold red") for span in mention.trigger]
    marks += [(p.span, "bold cyan") for p in mention.participants]
    marks += [(span, "underline") for span in mention.place_spans]
    for span, style in marks:
        text.stylize(style, span.start - passage.start, span.end - passage.start)
    return text


def _reasons(event: Event, texts: dict[str, Document]) -> Table:
    table = Table("Why", "Rule", "Evidence", box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for mention in event.mentions[:1]:
        for reason in mention.reasons:
            words = f"“{' '.join(reason.span.of(texts[mention.document].text).split())}”" if reason.span else ""
            table.add_row(reason.field, reason.rule, " ".join(filter(None, (words, reason.detail))))
    return table
