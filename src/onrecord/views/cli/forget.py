"""The command `forget`: a page, a person or a domain leaves the record for good."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.record import Record
from onrecord.record.forgetting import Forgettable
from onrecord.views.cli.options import DEFAULT_RECORD, RecordPath


def forget(
    what: Annotated[Forgettable, typer.Argument(metavar="KIND", help="page, person or domain.")],
    given: Annotated[
        str, typer.Argument(metavar="NAME", help="A page's id or path, a person's id or name, or a host.")
    ],
    why: Annotated[str, typer.Option("--why", help="The reason; it stays with the hash, so name nobody in it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before.")] = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Remove a page, a person or a domain: texts, index and log. Only a hash and the reason stay, so that it does not come back."""
    if not yes:
        typer.confirm(f"Forget the {what.value} {given!r} in {record}? This cannot be undone", abort=True)
    with Record.open(record) as known:
        known.makers()
    with Record.open(record, create=True) as opened:
        done = opened.forget(what, given, why)
    parts = (
        (done.pages, "page", "removed"),
        (done.statements, "statement", "removed"),
        (done.corrections, "entry of the log", "removed"),
        (done.blocked, "page", "with the name blocked out"),
    )
    for number, noun, then in parts:
        if number:
            many = noun.replace("entry", "entries") if noun.startswith("entry") else f"{noun}s"
            typer.echo(f"{number:>6}  {noun if number == 1 else many} {then}")
    for path in done.backups:
        typer.echo(f"Removed from the backup {path} too.")
    for path in done.missing:
        typer.echo(f"The backup {path} is not at its place: wherever it is now, it holds it still.")
    typer.echo(
        "A hash and the reason stay, so that the next read passes it over. Exports, and copies made by other means, hold it still."
    )
