"""The command `correct`: the reviewers' log, which is applied on read and never changes what the machine wrote."""

from __future__ import annotations

import datetime
import getpass
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from onrecord.model import Correction, CorrectionKind, active, correction, errors
from onrecord.record import Record, corrections_from_lines, corrections_to_lines
from onrecord.views.cli import screen
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, RecordPath

app = typer.Typer(
    no_args_is_help=True, help="Correct the record, or take a correction back; every entry says who, when and why."
)

Who = Annotated[
    str | None, typer.Option("--who", envvar="ONRECORD_REVIEWER", help="The reviewer; your user name without it.")
]
Why = Annotated[str, typer.Option("--why", help="The reason, for whoever asks later.")]
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


@app.command("withdraw")
def withdraw(
    relation: Annotated[
        str, typer.Argument(metavar="RELATION", help="A relation that does not hold, by id or its beginning.")
    ],
    why: Why,
    who: Who = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Say that one line does not deny, answer or repeat another: the relation is no longer given anywhere."""
    with Record.open(record) as opened:
        subject = (opened.find_relation(relation),)
    enter(CorrectionKind.WITHDRAW_RELATION, subject, why, who, record)


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
    _write(record, [_made(CorrectionKind.UNDO, tuple(found), why, who, None)])


@app.command("log")
def log(as_json: AsJson = False, record: RecordPath = DEFAULT_RECORD) -> None:
    """List the corrections, with those taken back marked."""
    with Record.open(record) as opened:
        entries = opened.corrections()
    in_force = {entry.id for entry in active(entries)}
    if as_json:
        plain = [
            {**json.loads(line), "in_force": e.id in in_force}
            for e, line in zip(entries, corrections_to_lines(entries), strict=True)
        ]
        typer.echo(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    console = screen.console()
    if not entries:
        console.print("Nobody has corrected this record.")
        return
    table = Table("When", "Who", "What", "Value", "Why", "Id", box=None, header_style="bold", pad_edge=False)
    for entry in entries:
        style = "" if entry.id in in_force or entry.kind is CorrectionKind.UNDO else "strike bright_black"
        subject = ", ".join(screen.short_id(s) for s in entry.subject)
        table.add_row(
            entry.when[:16],
            entry.who,
            f"{entry.kind.value} {subject}",
            entry.value or "",
            entry.why,
            screen.short_id(entry.id),
            style=style,
        )
    console.print(table)


@app.command("export")
def export(
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The JSON Lines file to write.")],
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Write the log as JSON Lines, to keep or to share."""
    with Record.open(record) as opened:
        lines = corrections_to_lines(opened.corrections())
    out.write_text("".join(f"{line}\n" for line in lines), encoding="utf8", newline="\n")
    typer.echo(f"{len(lines)} corrections written to {out}", err=True)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A log that `correct export` wrote.")],
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Add the entries of another log; those that are there already change nothing."""
    added = _write(record, corrections_from_lines(file.read_text(encoding="utf8").splitlines(), str(file)))
    typer.echo(f"{added} corrections added", err=True)


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


def enter(
    kind: CorrectionKind, subject: tuple[str, ...], why: str, who: str | None, record: Path, value: str | None = None
) -> None:
    """Adds one correction to the log of `record` and says how it is taken back; `subject` holds ids."""
    entry = _made(kind, subject, why, who, value)
    _write(record, [entry])
    typer.echo(
        f"Entered as {entry.id}; `onrecord correct undo {screen.short_id(entry.id)} --why ...` takes it back.", err=True
    )


def _made(kind: CorrectionKind, subject: tuple[str, ...], why: str, who: str | None, value: str | None) -> Correction:
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return correction(kind, subject, who=who or getpass.getuser(), when=now, why=why, value=value)


def _write(record: Path, entries: list[Correction] | tuple[Correction, ...]) -> int:
    with Record.open(record) as checked:
        checked.corrections()
    with Record.open(record, create=True) as opened:
        return opened.correct(entries)
