"""Sides as people type them: a name, a capital or an id, turned into the state or organisation it stands for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.knowledge import Knowledge
from onrecord.model import Actor, ActorRef, errors
from onrecord.record import Record
from onrecord.views import questions, values
from onrecord.views.cli.options import bad_usage

Between = Annotated[
    tuple[str, str] | None, typer.Option("--between", metavar="A B", help="Only what is between these two sides.")
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
    return questions.actor_called(record, name, lambda: Knowledge.load(tables))


def tell_unknown(record: Record, *names: str | None) -> None:
    """Says on standard error which of `names` nobody in the record has, with those that are like it."""
    for name in filter(None, names):
        try:
            actor_called(record, name)
        except errors.Ambiguous:
            continue  # several have it
        except errors.NotFound as error:
            typer.echo(f"onrecord: {error}", err=True)


def sides(record: Record, names: tuple[str, ...], tables: Path | None = None) -> tuple[ActorRef, ...]:
    """The sides that the names stand for: the state or organisation behind each.

    Raises:
        NotFound, Ambiguous: when a name stands for nobody, or for several.
        typer.BadParameter: when all are one side.
    """
    return bad_usage(lambda: questions.sides(record, names, lambda: Knowledge.load(tables)))


def last_of(value: str | None) -> str | None:
    """The last ISO day of a year, a month or a day as typed.

    Raises:
        typer.BadParameter: when it is no date.
    """
    return bad_usage(lambda: values.last_day(value))
