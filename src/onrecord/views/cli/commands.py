"""The commands of `onrecord` by name, each with the module that holds it and the line that the help gives for it.

A module is imported when its command is run, so that the help does not wait for the database and the language library.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, the module below this package, the function (or group of commands) in it, and its line of help."""

    name: str
    module: str
    attribute: str
    help: str

    def load(self) -> Any:
        """The function, or the typer of a group, from its module."""
        return getattr(importlib.import_module(f"onrecord.views.cli.{self.module}"), self.attribute)


#: In the order of the help. A test holds each line equal to the function's own.
COMMANDS = (
    Command("read", "read", "read", "Read pages into the record: new ones extend it, known ones change nothing."),
    Command(
        "follow",
        "follow",
        "follow",
        "Read the pages a feed links to that are new or have changed; pages that did not change are not fetched again.",
    ),
    Command(
        "archive",
        "archive",
        "archive",
        "Read archives of pages into Parquet folders for `load`; after an interruption the same command goes on.",
    ),
    Command(
        "load",
        "load",
        "load",
        "Load the folders of `archive` into the record; what it has already changes nothing.",
    ),
    Command(
        "statements", "ask", "statements", "List who said what: one line for each saying, however many copies carry it."
    ),
    Command(
        "timeline",
        "ask",
        "timeline",
        "Tell the record day by day: what happened and what was said on each, by whom, and who reports it.",
    ),
    Command("events", "events", "events", "List what happened: one line for each event, however many reports tell it."),
    Command(
        "stories", "events", "stories", "List the happenings that more than one report tells, with the reports of each."
    ),
    Command(
        "state",
        "state",
        "state",
        "Tell what each side demanded, promised, alleged and offered on a day, and which channels were open: as known by then.",
    ),
    Command(
        "demands",
        "ledgers",
        "demands",
        "List what each side demands of whom: first and last made, every wording, and the answers so far.",
    ),
    Command(
        "commitments",
        "ledgers",
        "commitments",
        "List who promised what to whom by when, and what is known of the outcome.",
    ),
    Command(
        "disputes",
        "ledgers",
        "disputes",
        "List who accuses whom of what, and whether it stands, is denied or is admitted.",
    ),
    Command(
        "position",
        "position",
        "position",
        "Show what somebody said about a matter first and last, all that was said in between, and how the two texts differ.",
    ),
    Command(
        "sources",
        "ask",
        "sources",
        "List the reports: who wrote them, who copied whom, and how much of the text is shared.",
    ),
    Command(
        "actors", "actors", "app", "List who speaks in the record; show one actor on a day; merge and split actors."
    ),
    Command(
        "show",
        "show",
        "show",
        "Show one line with the passage it comes from, its copies and the reason for every field; or one whole page.",
    ),
    Command(
        "why",
        "why",
        "why",
        "Tell for every field why it has its value: rule or model with its version, score, the words it rests on.",
    ),
    Command(
        "check",
        "check",
        "check",
        "Check every quotation of a draft against the record: exit status 0 when all are verbatim, 3 when one is not.",
    ),
    Command(
        "correct",
        "correct",
        "app",
        "Correct the record, or take a correction back; every entry says who, when and why.",
    ),
    Command(
        "rehydrate",
        "rehydrate",
        "rehydrate",
        "Put the words of pages back into an export without texts, from your own copies; a changed text is refused.",
    ),
    Command(
        "annotate",
        "annotate",
        "annotate",
        "Judge lines one by one: yes, no, a correction; or compute how far two reviewers agree and how often the reader is right.",
    ),
    Command(
        "replay",
        "replay",
        "replay",
        "Make the record again from its pages, settings and corrections, and compare all exports: exit status 3 when one differs.",
    ),
    Command(
        "outdated",
        "replay",
        "outdated",
        "Tell which parts of the reading changed since pages were read, and for how many pages; read them again if asked.",
    ),
    Command(
        "backup",
        "backup",
        "backup",
        "Write a whole copy of the record to a new file and note it, so that what is forgotten goes from it too.",
    ),
    Command(
        "restore",
        "backup",
        "restore",
        "Put a copy in the place of the record. What was forgotten since stays forgotten; other changes since are lost.",
    ),
    Command(
        "forget",
        "forget",
        "forget",
        "Remove a page, a person or a domain: texts, index and log. Only a hash and the reason stay, so that it does not come back.",
    ),
    Command(
        "export",
        "export",
        "export",
        "Write the record for other programs: JSON Lines, CSV, Parquet, JSON-LD, FollowTheMoney, event data; the same bytes every time.",
    ),
    Command(
        "mcp",
        "mcp",
        "mcp",
        "Serve the record to a model as read-only tools, by the Model Context Protocol over standard input and output.",
    ),
    Command(
        "serve",
        "serve",
        "serve",
        "Serve the record as a web page and a JSON API: on this machine alone, or with a token on a network.",
    ),
)
_BY_NAME = {command.name: command for command in COMMANDS}


def _without_type(parameters: list[Any]) -> list[Any]:
    """`parameters`, their flags without the word that the help would print for a type: a flag takes no value."""
    for parameter in parameters:
        if getattr(parameter, "is_flag", False):
            parameter.metavar = ""
    return parameters


def _said(error: typer.BadParameter) -> str:
    """What is wrong with a value, in a sentence of ours where the checking of types gives its own."""
    checked = getattr(error.__cause__, "errors", None)
    first = checked()[0] if callable(checked) else {}
    given, limits = first.get("input"), first.get("ctx", {})
    match first.get("type"):
        case "int_parsing" | "int_type" | "int_from_float":
            return f"{given!r} is not a whole number."
        case "float_parsing" | "float_type":
            return f"{given!r} is not a number."
        case "greater_than_equal":
            return f"{given} is too small: give {limits['ge']:g} or more."
        case "less_than_equal":
            return f"{given} is too large: give {limits['le']:g} or less."
        case "value_error":
            value, none_of, choices = str(limits["error"]).partition(" is not one of ")
            plain = choices.replace("'", "").rstrip(".")
            return f"{value} is none of {plain}." if none_of else value
    return str(error.message)


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Tells a value that cannot be meant in our own words."""
    try:
        yield
    except typer.BadParameter as error:
        error.message = _said(error)
        raise


class Single(TyperCommand):
    """A command whose help shows flags as they are typed."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Takes what is typed; a value that cannot be meant is told in our own words."""
        with _in_our_words():
            return super().parse_args(ctx, args)

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, ``--help`` among them."""
        return _without_type(super().get_params(ctx))


class Group(TyperGroup):
    """A group of commands whose help shows flags as they are typed."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Takes what is typed; a value that cannot be meant is told in our own words."""
        with _in_our_words():
            return super().parse_args(ctx, args)

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, ``--help`` among them."""
        return _without_type(super().get_params(ctx))


class Lazy(Group):
    """A group whose commands are imported when they are run; its help is written from `COMMANDS` alone."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  (the name is the parent's)
        """The names of all commands, in the order of the help."""
        return list(_BY_NAME)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command of that name, imported; None when there is none."""
        command = _BY_NAME.get(cmd_name)
        if command is None:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = _built(command)
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is typed; for a name that none has, the error with the names that are like it."""
        if args and args[0] in _BY_NAME:
            return super().resolve_command(ctx, args)
        with self._by_name_alone():
            return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the help from names and lines alone."""
        with self._by_name_alone():
            super().format_help(ctx, formatter)

    @contextmanager
    def _by_name_alone(self) -> Iterator[None]:
        """Puts a command without a body in the place of each, so that none is imported for its name."""
        imported = self.commands
        self.commands = {c.name: Single(c.name, help=c.help, callback=lambda: None) for c in COMMANDS}
        try:
            yield
        finally:
            self.commands = imported


def _built(command: Command) -> Any:
    found = command.load()
    if isinstance(found, typer.Typer):
        found.info.cls = Group
        for one in found.registered_commands:
            one.cls = Single
        group = typer.main.get_command(found)
        group.name = command.name
        return group
    alone = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode="rich", add_completion=False)
    alone.command(command.name, cls=Single)(found)
    return typer.main.get_command(alone)
