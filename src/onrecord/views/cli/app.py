"""The command `onrecord`: what is typed, where its errors end, and nothing of what it does."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from onrecord import __version__
from onrecord.model.errors import BadValue, OnrecordError
from onrecord.views.cli.commands import Lazy

app = typer.Typer(
    name="onrecord",
    cls=Lazy,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
        _end(str(error), 2 if isinstance(error, BadValue) else 1)
    except BrokenPipeError:
        # The reader of our output left; the interpreter must not complain while it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        _end(_sentence(error), 1)


#: What is said, in place of the system's own words, of the places that people mistype.
_SAID = (
    (FileNotFoundError, "there is no such file or folder"),
    (IsADirectoryError, "it is a folder, not a file"),
    (NotADirectoryError, "it is a file, not a folder"),
    (PermissionError, "permission is denied"),
)


def _sentence(error: OSError) -> str:
    said = next((words for kind, words in _SAID if isinstance(error, kind)), error.strerror or str(error))
    return f"{error.filename}: {said}." if error.filename else f"{said[:1].upper()}{said[1:]}."


def _end(sentence: str, status: int) -> None:
    typer.echo(f"onrecord: {sentence}", err=True)
    sys.exit(status)
