"""Options that several commands share, and the values they are turned into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from onrecord.model import Act, StatementPart, errors
from onrecord.views import values

RecordPath = Annotated[
    Path,
    typer.Option("--record", envvar="ONRECORD_RECORD", help="The record to use.", show_default=True),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON array of rows instead of a table.")]
OwnActors = Annotated[
    Path | None, typer.Option("--actors", metavar="CSV", help="A table of actors, outlets and offices of your own.")
]
Tables = Annotated[
    Path | None, typer.Option("--actors", metavar="CSV", help="A table of actors of your own, for its names.")
]
ColumnNames = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=NAME",
        help="The column that holds the text, html, url, date, title or publisher of a table's pages, where it has another name.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]

DEFAULT_RECORD = Path("record.db")
Answer = TypeVar("Answer")


def refuse_to_overwrite(out: Path | None, force: bool) -> None:
    """Lets a new file be written, and any place that is no file (a pipe, a device).

    Raises:
        InputError: when `out` is a file that is there already, and `force` is not given.
    """
    if out is not None and out.is_file() and not force:
        raise errors.InputError(f"{out} is there already: give another name, or --force to write over it.")


def lines_of(file: Path) -> list[str]:
    """The lines of a text file of JSON Lines.

    Raises:
        BinaryInput: it is no text in UTF-8.
    """
    try:
        # Line ends of other scripts may stand within a value, and part nothing.
        return file.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise errors.BinaryInput(f"{file} is not a text in UTF-8.") from error


def bad_usage(ask: Callable[[], Answer]) -> Answer:
    """What `ask` gives; a value that is none to ask for is bad usage of the command.

    Raises:
        typer.BadParameter: with the sentence of the value's error.
    """
    try:
        return ask()
    except errors.BadValue as error:
        raise typer.BadParameter(str(error)) from error


def iso_day(value: str | None) -> str | None:
    """A date typed as YYYY, YYYY-MM or YYYY-MM-DD, as it is.

    Raises:
        typer.BadParameter: for anything else, and for days that no calendar has.
    """
    return bad_usage(lambda: values.iso_day(value))


def part_named(value: str) -> StatementPart | None:
    """The part of a page of that name, None for "any".

    Raises:
        typer.BadParameter: with the names there are.
    """
    if value == "any":
        return None
    return bad_usage(lambda: values.choice(value, StatementPart, 'a part of a page (nor "any")'))


def act_named(value: str | None) -> Act | None:
    """The act of that name.

    Raises:
        typer.BadParameter: with the names there are.
    """
    return bad_usage(lambda: values.choice(value, Act, "an act"))
