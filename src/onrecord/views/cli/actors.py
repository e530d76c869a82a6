"""The commands `actors`: who speaks in the record, who somebody was on a day, and merging and splitting actors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.knowledge import Knowledge
from onrecord.model import Actor, ActorKind, CorrectionKind, Office, errors
from onrecord.record import ActorRow, Record, StatementRow
from onrecord.views import values
from onrecord.views.cli import screen
from onrecord.views.cli.entering import Who, Why, enter
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, RecordPath, Tables, bad_usage
from onrecord.views.fields import plain
from onrecord.views.fields.actors import (
    country_of,
    held_at,
    notes,
    other_names,
    profile,
    said_on,
    speaker,
    stances,
    terms_of,
)

app = typer.Typer(
    add_completion=False, help="List who speaks in the record; show one actor on a day; merge and split actors."
)

_KINDS = {kind: kind.value.replace("_", " ") for kind in ActorKind}
#: How many of an actor's lines are shown when no day is asked for.
_SHOWN = 12


@app.callback(invoke_without_command=True)
def actors(
    context: typer.Context,
    match: Annotated[str | None, typer.Option("--match", metavar="WORDS", help="All of these words in a name.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="person, state, organisation, ...")] = None,
    country: Annotated[
        str | None, typer.Option("--country", metavar="CODE", help="Of this state (ISO 3166 alpha-3, or its name).")
    ] = None,
    unnamed: Annotated[
        bool, typer.Option("--unnamed", help="Add groups without a name (diplomats, residents).")
    ] = False,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many lines.")] = None,
    tables: Tables = None,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """List who speaks in the record, with office, country, statements, and when first and last."""
    if context.invoked_subcommand is not None:
        return
    wanted = bad_usage(lambda: values.choice(kind, ActorKind, "a kind"))
    knowledge = Knowledge.load(tables)
    with Record.open(record) as opened:
        rows = opened.speaking()
    rows = [
        r for r in rows if unnamed or wanted is ActorKind.UNNAMED_GROUP or r.actor.kind is not ActorKind.UNNAMED_GROUP
    ]
    rows = [r for r in rows if wanted in (None, r.actor.kind) and _fits(r, match, country, knowledge)][:limit]
    if as_json:
        screen.print_json([plain(speaker(r, knowledge)) for r in rows])
        return
    console = screen.console()
    if not rows:
        console.print("Nobody in the record fits that.")
        return
    console.print(_table(rows, knowledge))
    console.print(Text(screen.counted(len(rows), "actor"), style="bright_black"))


def _fits(row: ActorRow, match: str | None, country: str | None, knowledge: Knowledge) -> bool:
    if match is not None:
        names = " ".join((row.actor.name, *row.names)).casefold()
        if not all(word in names for word in match.casefold().split()):
            return False
    if country is None:
        return True
    name = country_of(row.actor, knowledge)
    return country.casefold() in {(row.actor.country or "").casefold(), name.casefold()} - {""}


def _table(rows: Sequence[ActorRow], knowledge: Knowledge) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Who", max_width=30)
    table.add_column("Kind", style="bright_black", max_width=16)
    table.add_column("Country", max_width=18)
    table.add_column("Office", ratio=1)
    table.add_column("Says", justify="right", no_wrap=True)
    table.add_column("First", no_wrap=True)
    table.add_column("Last", no_wrap=True)
    for row in rows:
        offices = terms_of(row.actor, knowledge, row.first, row.last)
        if row.first is None and len(offices) > 1:
            # Nothing is dated: which of the offices was held is not known.
            offices = []
        table.add_row(
            Text(row.actor.name, style="bold" if not row.actor.provisional else "default"),
            _KINDS[row.actor.kind],
            country_of(row.actor, knowledge),
            "\n".join(_office_words(t, knowledge) for t in offices[-2:]),
            Text.assemble(str(row.statements), (f" +{row.for_it}" if row.for_it else "", "bright_black")),
            Text(row.first or "undated", style="default" if row.first else "bright_black"),
            row.last if row.last and row.last != row.first else "",
        )
    return table


def _office_words(term: Office, knowledge: Knowledge) -> str:
    of = knowledge.actor(term.of)
    return f"{term.title}, {of.name if of is not None else term.of}"


@app.command("show")
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, or the id of an actor or its beginning.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day to ask about (2015-05-19).")] = None,
    tables: Tables = None,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Show one actor: the offices held (on a day), the names, and what was said, with when first and last."""
    day = bad_usage(lambda: values.whole_day(on))
    knowledge = Knowledge.load(tables)
    with Record.open(record) as opened:
        actor, lines = _found(opened, name, knowledge)
    offices = [t for t in terms_of(actor, knowledge, None, None) if day is None or t.held_on(day)]
    if not lines and not offices and actor.kind is ActorKind.PERSON:
        raise errors.NotFound(
            f"{actor.name} neither holds an office nor says anything in this record; private persons are not profiled."
        )
    if as_json:
        screen.print_json(plain(profile(actor, day, offices, lines, knowledge)))
        return
    console = screen.console()
    _print_head(console, actor, knowledge)
    _print_terms(console, actor, day, offices, knowledge)
    _print_holders(console, actor, day, knowledge)
    _print_lines(console, day, lines)
    _print_positions(console, lines)


def _found(record: Record, name: str, knowledge: Knowledge) -> tuple[Actor, list[StatementRow]]:
    """The actor called `name` and what it says: of the record, else of the tables."""
    known = {a.id: a for a in knowledge.people(name)} | {n.actor.id: n.actor for n in knowledge.actors_named(name)}
    try:
        actor = record.find_actor(name, known)
    except errors.NotFound as error:
        told = list(known.values()) or list(knowledge.people_by_surname(name))
        if len(told) > 1:
            names = "; ".join(sorted(f"{a.name} ({country_of(a, knowledge) or a.kind.value})" for a in told)[:_SHOWN])
            raise errors.Ambiguous(f"{name!r} may be {names}: give the full name.") from error
        if not told:
            raise
        return told[0], []
    return actor, record.lines_by(actor)


def _print_head(console: Console, actor: Actor, knowledge: Knowledge) -> None:
    country = country_of(actor, knowledge)
    parts = [_KINDS[actor.kind], country if country != actor.name else ""]
    above = knowledge.actor(actor.part_of) if actor.part_of else None
    parts.append(f"part of {above.name}" if above is not None and above.id != f"state:{actor.country}" else "")
    parts.append("known from pages alone" if actor.provisional else "")
    console.print(Text(actor.name, style="bold"))
    console.print(Text(", ".join(filter(None, (*parts, actor.id))), style="bright_black"))
    names = other_names(actor, knowledge)
    if names:
        console.print(Text(f"also {'; '.join(names)}", style="bright_black"))


def _print_holders(console: Console, actor: Actor, day: str | None, knowledge: Knowledge) -> None:
    """Who held the offices of a state or a body on the day."""
    held = held_at(actor, day, knowledge)
    if not held:
        return
    console.print(Text(f"\nWho held its offices on {day}", style="bold"))
    table = Table(box=None, header_style="bright_black", pad_edge=False, padding=(0, 2, 0, 0))
    for column in ("Office", "Who"):
        table.add_column(column)
    for column in ("From", "Until"):
        table.add_column(column, no_wrap=True)
    for term in held:
        holder = knowledge.actor(term.holder)
        until = term.end or Text(f"held on {term.checked}", style="bright_black")
        table.add_row(term.title, holder.name if holder is not None else term.holder, term.start, until)
    console.print(table)


def _print_terms(
    console: Console, actor: Actor, day: str | None, offices: Sequence[Office], knowledge: Knowledge
) -> None:
    if not offices:
        if day is not None and actor.kind is ActorKind.PERSON:
            console.print(Text(f"\nNo office on {day} that the tables know.", style="italic"))
        return
    console.print(Text(f"\nOffices on {day}" if day is not None else "\nOffices", style="bold"))
    table = Table(box=None, header_style="bright_black", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Office", ratio=1)
    for column in ("From", "Until"):
        table.add_column(column, no_wrap=True)
    table.add_column("Checked against", ratio=1, style="bright_black")
    for term in offices:
        until = term.end or Text(f"held on {term.checked}", style="bright_black")
        table.add_row(_office_words(term, knowledge), term.start, until, term.source)
    console.print(table)


def _print_lines(console: Console, day: str | None, lines: Sequence[StatementRow]) -> None:
    if not lines:
        console.print(Text("\nSays nothing in this record.", style="italic"))
        return
    shown = [row for row in lines if day is None or said_on(row.statement, day)]
    head = f"Said on {day}" if day is not None else "Said"
    more = f" ({len(shown)} of {len(lines)} in the record)" if day is not None else f" ({len(lines)})"
    console.print(Text.assemble((f"\n{head}", "bold"), (more, "bright_black")))
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(max_width=24)
    table.add_column(ratio=1)
    table.add_column(no_wrap=True, style="bright_black")
    for row in shown[-_SHOWN:]:
        s = row.statement
        table.add_row(
            screen.short_date(s.date),
            Text(screen.aimed(s.act, screen.names(s.target)), style=screen.act_style(s.act)),
            " ".join(row.content.split()),
            screen.short_id(s.id),
        )
    if shown:
        console.print(table)
    for note, row in notes(lines):
        console.print(Text(f"Note: {note} ({screen.short_id(row.statement.id)})", style="yellow"))


def _print_positions(console: Console, lines: Sequence[StatementRow]) -> None:
    found = stances(lines)
    if not found:
        return
    console.print(Text("\nPositions", style="bold"))
    table = Table(box=None, header_style="bright_black", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Does", max_width=34)
    table.add_column("Lines", justify="right")
    table.add_column("First said", no_wrap=True)
    table.add_column("Last said", no_wrap=True)
    table.add_column("In the words of the last", ratio=1)
    for (act, target), rows, first, last in found:
        table.add_row(
            Text(screen.aimed(act, target), style=screen.act_style(act)),
            str(len(rows)),
            first or Text("undated", style="bright_black"),
            last or "",
            _cut(" ".join(rows[-1].content.split())),
        )
    console.print(table)


def _cut(words: str, width: int = 90) -> str:
    return words if len(words) <= width else words[: width - 1].rstrip() + "…"


@app.command("merge")
def merge(
    names: Annotated[
        list[str], typer.Argument(metavar="ACTOR ACTOR...", help="Names or ids; the first is who they all are.")
    ],
    why: Why,
    who: Who = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Say that actors are one and the same: all they said is listed under the first."""
    if len(names) < 2:
        raise typer.BadParameter("name at least two actors to merge")
    with Record.open(record) as opened:
        found = [opened.find_actor(name) for name in names]
    ids = tuple(dict.fromkeys(actor.id for actor in found))
    if len(ids) < 2:
        raise errors.NotFound(f"{' and '.join(map(repr, names))} are one actor already, {found[0].name}.")
    enter(CorrectionKind.MERGE_ACTORS, ids, why, who, record)


@app.command("split")
def split(
    name: Annotated[str, typer.Argument(metavar="ACTOR", help="A name or id.")],
    pages: Annotated[
        list[str], typer.Argument(metavar="PAGE...", help="Pages on which somebody else is meant, by id or path.")
    ],
    why: Why,
    called: Annotated[str | None, typer.Option("--as", metavar="NAME", help="What the other one is called.")] = None,
    who: Who = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Say that on some pages another one is meant: what is said there is no longer listed under this actor."""
    with Record.open(record) as opened:
        actor = opened.find_actor(name)
        documents = dict.fromkeys(opened.find_page(page) for page in pages)
    enter(CorrectionKind.SPLIT_ACTOR, (actor.id, *documents), why, who, record, value=called)
