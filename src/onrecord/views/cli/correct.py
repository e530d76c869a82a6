"""The command `correct`: the reviewers' log, which is applied on read and never changes what the machine wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from onrecord.model import CorrectionKind, active, errors
from onrecord.record import Record, corrections_from_lines, corrections_to_lines
from onrecord.record.conflicts import Conflict, ConflictKind, conflicts
from onrecord.record.fields import in_words
from onrecord.views.cli import correct_fields, screen
from onrecord.views.cli.entering import Who, Why, enter, made, write
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, Force, RecordPath, lines_of, refuse_to_overwrite

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Correct the record, or take a correction back; every entry says who, when and why.",
)

for _name, _command in correct_fields.COMMANDS.items():
    app.command(_name)(_command)

Pages = Annotated[list[str], typer.Argument(metavar="PAGE...", help="Pages, by id or its beginning.")]


@app.command("join")
def join(pages: Pages, why: Why, who: Who = None, record: RecordPath = DEFAULT_RECORD) -> None:
    """Say that pages carry one text: their reports become one."""
    if len(pages) < 2:
        raise typer.BadParameter("name at least two pages to join")
    _enter(CorrectionKind.JOIN_REPORTS, pages, why, who, record)


@app.command("split")
def split(pages: Pages, why: Why, who: Who = None, record: RecordPath = DEFAULT_RECORD) -> None:
    """Say that pages do not belong to their report: they leave it and make one of their own."""
    _enter(CorrectionKind.SPLIT_REPORT, pages, why, who, record)


@app.command("origin")
def origin(
    page: Annotated[str, typer.Argument(metavar="PAGE", help="A page of the report, by id or its beginning.")],
    name: Annotated[
        str, typer.Argument(metavar="ORIGIN", help="Agency or outlet; several parted by commas; '' for unknown.")
    ],
    why: Why,
    who: Who = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Say who made the text of a page's report."""
    _enter(CorrectionKind.SET_ORIGIN, [page], why, who, record, value=name)


@app.command("join-events")
def join_events(
    events: Annotated[list[str], typer.Argument(metavar="EVENT...", help="Events, by id or its beginning.")],
    why: Why,
    who: Who = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Say that events are one: what tells any of them tells all."""
    if len(events) < 2:
        raise typer.BadParameter("name at least two events to join")
    _enter_events(CorrectionKind.JOIN_EVENTS, events, why, who, record)


@app.command("split-event")
def split_event(
    mentions: Annotated[
        list[str], typer.Argument(metavar="MENTION...", help="Passages that tell it (`show EVENT --json` lists them).")
    ],
    why: Why,
    who: Who = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Say that passages do not tell the event they were put with: they leave it and make one of their own."""
    _enter_events(CorrectionKind.SPLIT_EVENT, mentions, why, who, record)


@app.command("join-stories")
def join_stories(pages: Pages, why: Why, who: Who = None, record: RecordPath = DEFAULT_RECORD) -> None:
    """Say that pages tell one story."""
    if len(pages) < 2:
        raise typer.BadParameter("name at least two pages to join")
    _enter(CorrectionKind.JOIN_STORIES, pages, why, who, record)


@app.command("split-story")
def split_story(pages: Pages, why: Why, who: Who = None, record: RecordPath = DEFAULT_RECORD) -> None:
    """Say that pages do not belong to their story: they leave it and make one of their own."""
    _enter(CorrectionKind.SPLIT_STORY, pages, why, who, record)


@app.command("undo")
def undo(
    entry: Annotated[str, typer.Argument(metavar="ID", help="The correction to take back, by id or its beginning.")],
    why: Why,
    who: Who = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Take a correction back; the log keeps both."""
    with Record.open(record) as opened:
        found = [c.id for c in opened.corrections() if c.id.startswith(entry)]
    if len(found) != 1:
        raise errors.NotFound(
            f"{'No correction' if not found else 'More than one correction'} has an id that begins with {entry!r}."
        )
    write(record, [made(CorrectionKind.UNDO, tuple(found), why, who, None)])


@app.command("log")
def log(
    only_conflicts: Annotated[
        bool,
        typer.Option("--conflicts", help="Only entries that do not fit: line gone, read differently, or disputed."),
    ] = False,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """List the corrections, with those taken back marked, and those that do not fit the record as it is now."""
    with Record.open(record) as opened:
        entries = opened.corrections()
        found = opened.ask(conflicts)
    in_force = {entry.id for entry in active(entries)}
    by_entry: dict[str, list[Conflict]] = {}
    for conflict in found:
        by_entry.setdefault(conflict.correction.id, []).append(conflict)
    if only_conflicts:
        entries = tuple(entry for entry in entries if entry.id in by_entry)
    if as_json:
        plain = [
            {
                **json.loads(line),
                "in_force": e.id in in_force,
                "conflicts": [_plain(c) for c in by_entry.get(e.id, ())],
            }
            for e, line in zip(entries, corrections_to_lines(entries), strict=True)
        ]
        screen.print_json(plain)
        return
    console = screen.console()
    if not entries:
        console.print("No correction is in conflict." if only_conflicts else "Nobody has corrected this record.")
        return
    table = Table("When", "Who", "What", "Value", "Why", "Id", box=None, header_style="bold", pad_edge=False)
    for entry in entries:
        style = "" if entry.id in in_force or entry.kind is CorrectionKind.UNDO else "strike bright_black"
        subject = ", ".join(screen.short_id(s) for s in entry.subject)
        table.add_row(
            entry.when[:16],
            entry.who,
            f"{entry.kind.value} {subject}",
            in_words(entry.kind, entry.value),
            entry.why,
            screen.short_id(entry.id),
            style=style,
        )
    console.print(table)
    for conflict in found:
        console.print(Text(f"{screen.short_id(conflict.correction.id)}: {_sentence(conflict)}", style="yellow"))


def _sentence(conflict: Conflict) -> str:
    then = f"; {conflict.instead} stands in its place" if conflict.instead else ""
    if conflict.kind is ConflictKind.GONE:
        return f"changes nothing: {conflict.detail}{then}."
    return f"{conflict.detail}."


def _plain(conflict: Conflict) -> dict[str, str | None]:
    return {"kind": conflict.kind.value, "detail": conflict.detail, "instead": conflict.instead}


@app.command("export")
def export(
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The JSON Lines file to write.")],
    force: Force = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Write the log as JSON Lines, to keep or to share."""
    refuse_to_overwrite(out, force)
    with Record.open(record) as opened:
        lines = corrections_to_lines(opened.corrections())
    out.write_text("".join(f"{line}\n" for line in lines), encoding="utf8", newline="\n")
    typer.echo(f"{len(lines)} corrections written to {out}", err=True)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A log that `correct export` wrote.")],
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Add the entries of another log; those that are there already change nothing, and those that do not fit are told."""
    added = write(record, corrections_from_lines(lines_of(file), str(file)), lenient=True)
    with Record.open(record) as opened:
        found = opened.ask(conflicts)
    typer.echo(f"{added} corrections added", err=True)
    if found:
        typer.echo(
            f"{len(found)} entries of the log do not fit the record: `onrecord correct log --conflicts` lists them.",
            err=True,
        )


def _enter_events(kind: CorrectionKind, given: list[str], why: str, who: str | None, record: Path) -> None:
    with Record.open(record) as opened:
        subject = tuple(dict.fromkeys(opened.find_id(one) for one in given))
    strange = [one for one in subject if not one.startswith("ev-")]
    if strange:
        raise errors.NotFound(f"{strange[0]} is no event.")
    enter(kind, subject, why, who, record)


def _enter(
    kind: CorrectionKind, pages: list[str], why: str, who: str | None, record: Path, value: str | None = None
) -> None:
    with Record.open(record) as opened:
        subject = tuple(dict.fromkeys(opened.find_page(page) for page in pages))
    enter(kind, subject, why, who, record, value)
