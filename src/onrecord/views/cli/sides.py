"""Sides as people type them: a name, a capital or an id, turned into the state or organisation it stands for."""

from __future__ import annotations

import calendar
from pathlib import Path
from typing import Annotated

import typer

from onrecord.knowledge import Knowledge
from onrecord.model import Actor, ActorRef, errors
from onrecord.record import Record
from onrecord.views.cli.options import iso_day

Between = Annotated[
    tuple[str, str] | None, typer.Option("--between", metavar="A B", help="Only what is between these two sides.")
]
Tables = Annotated[
    Path | None, typer.Option("--actors", metavar="FILE", help="A table of actors of your own, for its names.")
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="As known from reports published by this day (2015-05-20)."),
]
Hindsight = Annotated[bool, typer.Option("--hindsight", help="Let later and undated reports tell about that day too.")]


def actor_called(record: Record, name: str, tables: Path | None = None) -> Actor:
    """The actor of the record that `name` stands for, metonyms ("Moscow") included; `tables` adds to the names known.

    Raises:
        NotFound, Ambiguous: when the record has none, or several.
    """
    try:
        return record.find_actor(name)
    except errors.Ambiguous:
        raise
    except errors.NotFound:
        knowledge = Knowledge.load(tables)
        known = [a.id for a in knowledge.people(name)] + [n.actor.id for n in knowledge.actors_named(name)]
        return record.find_actor(name, known)


def sides(record: Record, names: tuple[str, ...], tables: Path | None = None) -> tuple[ActorRef, ...]:
    """The sides that the names stand for: the state or organisation behind each.

    Raises:
        NotFound, Ambiguous: when a name stands for nobody, or for several.
        typer.BadParameter: when all are one side.
    """
    found = tuple(record.side(actor_called(record, name, tables)) for name in names)
    if len(found) > 1 and len({ref.id for ref in found}) == 1:
        raise typer.BadParameter(f"{' and '.join(names)} are one side: {found[0].name}")
    return found


def last_of(value: str | None) -> str | None:
    """The last ISO day of a year, a month or a day as typed.

    Raises:
        typer.BadParameter: when it is no date.
    """
    day = iso_day(value)
    if day is None or len(day) == len("2015-05-20"):
        return day
    year, month = int(day[:4]), int(day[5:7]) if len(day) > len("2015") else 12
    return f"{day[:4]}-{month:02}-{calendar.monthrange(year, month)[1]:02}"
