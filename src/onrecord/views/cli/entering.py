"""What the commands of reviewers share: who enters, how an entry gets into the log, and whom a typed name means."""

from __future__ import annotations

import datetime
import getpass
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from onrecord.knowledge import Knowledge
from onrecord.model import (
    Actor,
    ActorKind,
    Correction,
    CorrectionKind,
    Speakers,
    Statement,
    content_id,
    correction,
    errors,
)
from onrecord.record import Record, codec
from onrecord.views.cli import screen

Who = Annotated[
    str | None,
    typer.Option("--who", "--by", envvar="ONRECORD_REVIEWER", help="The reviewer; your user name without it."),
]
Why = Annotated[str, typer.Option("--why", help="The reason, for whoever asks later.")]
#: What is typed for a speaker, target or day that is not known.
UNKNOWN = "unknown"


def now() -> str:
    """This instant in UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def reviewer(who: str | None) -> str:
    """The reviewer's name: the one given, else that of the user.

    Raises:
        InputError: none is given, and the system knows the user by a number alone, as in many a container.
    """
    try:
        return who or getpass.getuser()
    except (KeyError, OSError) as error:
        raise errors.InputError(
            "This user has no name: say who you are with --who, or in ONRECORD_REVIEWER."
        ) from error


def made(kind: CorrectionKind, subject: tuple[str, ...], why: str, who: str | None, value: str | None) -> Correction:
    """A correction of now."""
    return correction(kind, subject, who=reviewer(who), when=now(), why=why, value=value)


def enter(
    kind: CorrectionKind, subject: tuple[str, ...], why: str, who: str | None, record: Path, value: str | None = None
) -> None:
    """Adds one correction to the log of `record` and says how it is taken back; `subject` holds ids."""
    enter_one(made(kind, subject, why, who, value), record)


def enter_one(entry: Correction, record: Path) -> None:
    """Adds `entry` to the log of `record` and says how it is taken back."""
    write(record, [entry])
    typer.echo(
        f"Entered as {entry.id}; `onrecord correct undo {screen.short_id(entry.id)} --why ...` takes it back.", err=True
    )


def write(record: Path, entries: Iterable[Correction], *, lenient: bool = False) -> int:
    """Adds entries to the log of `record`, which must exist; the number of those that were new."""
    with Record.open(record) as checked:
        checked.corrections()
    with Record.open(record, create=True) as opened:
        return opened.correct(entries, lenient=lenient)


def statement_of(record: Record, given: str) -> str:
    """The id of the one statement whose id begins with `given`.

    Raises:
        NotFound, Ambiguous: there is none, or there are several.
    """
    found = record.find_id(given)
    if not found.startswith("st-"):
        raise errors.NotFound(f"{found} is no line: the fields of statements are corrected.")
    return found


def actor_named(record: Record, name: str, knowledge: Knowledge, kind: ActorKind | None = None) -> Actor:
    """The actor that a reviewer means: of the record, else of the tables, else a new one of that `kind`.

    Raises:
        NotFound: nobody is called so, and no kind is given.
        Ambiguous: several are.
    """
    known = {a.id: a for a in knowledge.people(name)} | {n.actor.id: n.actor for n in knowledge.actors_named(name)}
    try:
        return record.find_actor(name, known)
    except errors.Ambiguous:
        raise
    except errors.NotFound as error:
        if len(known) == 1:
            return next(iter(known.values()))
        if kind is not None:
            return Actor(content_id("act", "reviewer", name), name, kind, provisional=True)
        raise errors.NotFound(
            f"Neither the record nor the tables have an actor called {name!r}: give an id, or say what it is with --new KIND."
        ) from error


def speakers(
    record: Record, statement: Statement, people: tuple[Actor, ...], behind: tuple[Actor, ...], knowledge: Knowledge
) -> str:
    """The value of a correction of speakers: `behind` are those they speak for, found by their offices where none is given.

    Somebody whose side is not known speaks for nobody: that is never guessed.
    """
    if not behind:
        found = (_side(record, statement, actor, knowledge) for actor in people if actor.kind is ActorKind.PERSON)
        behind = tuple({side.id: side for side in found if side is not None}.values())
    return codec.dump(Speakers(people, behind))


def _side(record: Record, statement: Statement, actor: Actor, knowledge: Knowledge) -> Actor | None:
    day = statement.date.value
    terms = [t for t in knowledge.offices_of(actor.id) if day is not None and len(day) == 10 and t.held_on(day)]
    found = {term.of for term in terms}
    if len(found) == 1:
        return knowledge.actor(found.pop())
    try:
        ref = record.side(actor)
    except errors.NotFound:
        return None
    if ref.id is None or ref.id == actor.id:
        return None
    known = record.actors([ref.id]).get(ref.id)
    return known or knowledge.actor(ref.id)
