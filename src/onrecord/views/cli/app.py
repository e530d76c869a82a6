"""The command `onrecord`: what is typed, where its errors end, and nothing of what it does."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from onrecord import __version__
from onrecord.model.errors import OnrecordError
from onrecord.views.cli import (
    actors,
    ask,
    check,
    correct,
    events,
    export,
    follow,
    forget,
    ledgers,
    position,
    read,
    show,
    state,
    why,
)

app = typer.Typer(
    name="onrecord",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("read")(read.read)
app.command("follow")(follow.follow)
app.command("statements")(ask.statements)
app.command("timeline")(ask.timeline)
app.command("events")(events.events)
app.command("stories")(events.stories)
app.command("state")(state.state)
app.command("demands")(ledgers.demands)
app.command("commitments")(ledgers.commitments)
app.command("disputes")(ledgers.disputes)
app.command("position")(position.position)
app.command("sources")(ask.sources)
app.command("show")(show.show)
app.command("why")(why.why)
app.command("check")(check.check)
app.command("forget")(forget.forget)
app.command("export")(export.export)
app.add_typer(actors.app, name="actors")
app.add_typer(correct.app, name="correct")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Read news pages and build a sourced record of a dispute: who said what to whom, when, and where it is written."""


def run() -> None:
    """Runs the command line; errors that a user can act on end in one sentence and exit status 1."""
    try:
        app()
    except OnrecordError as error:
        _end(str(error), 1)
    except BrokenPipeError:
        # The reader of our output left; the interpreter must not complain while it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _end(f"{where}{error.strerror or error}.", 1)


def _end(sentence: str, status: int) -> None:
    typer.echo(f"onrecord: {sentence}", err=True)
    sys.exit(status)
