"""Options that several commands share, and the values they are turned into."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Annotated

import typer

from onrecord.model import Act

RecordPath = Annotated[
    Path,
    typer.Option("--record", envvar="ONRECORD_RECORD", help="The record to use.", show_default=True),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON array of rows instead of a table.")]

DEFAULT_RECORD = Path("record.db")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def iso_day(value: str | None) -> str | None:
    """A date typed as YYYY, YYYY-MM or YYYY-MM-DD, as it is.

    Raises:
        typer.BadParameter: for anything else, and for days that no calendar has.
    """
    if value is None:
        return None
    rest = {4: "-01-01", 7: "-01", 10: ""}.get(len(value), "") if _DAY.fullmatch(value) else ""
    try:
        datetime.date.fromisoformat(value + rest)
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is not a date like 2015, 2015-05 or 2015-05-20") from error
    return value


def act_named(value: str | None) -> Act | None:
    """The act of that name.

    Raises:
        typer.BadParameter: with the names there are.
    """
    if value is None:
        return None
    try:
        return Act(value.casefold())
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is not an act: choose from {', '.join(a.value for a in Act)}") from error
