"""The commands of `correct` for single fields: who says a line, to whom, what it does, when; whether it is one; relations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from onrecord.knowledge import Knowledge
from onrecord.model import ActorKind, Correction, CorrectionKind, RelationKind
from onrecord.record import Record, codec, fields
from onrecord.views.cli.entering import (
    UNKNOWN,
    Who,
    Why,
    actor_named,
    enter,
    enter_one,
    made,
    now,
    reviewer,
    speakers,
    statement_of,
)
from onrecord.views.cli.options import DEFAULT_RECORD, RecordPath, Tables, act_named, iso_day

LineId = Annotated[
    str, typer.Argument(metavar="ID", help="A statement, by id or its beginning; its copies are meant too.")
]
Names = Annotated[
    list[str], typer.Argument(metavar="NAME...", help=f"Names or ids; `{UNKNOWN}` where it is not known.")
]
New = Annotated[
    ActorKind | None,
    typer.Option(
        "--new", metavar="KIND", help="What somebody is whom neither the record nor the tables know: person, state, ..."
    ),
]


def speaker(
    id: LineId,
    names: Names,
    why: Why,
    behalf: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="NAME", help="For whom they speak; by their office on that day without it."),
    ] = None,
    new: New = None,
    tables: Tables = None,
    who: Who = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Say who says a line."""
    with Record.open(record) as opened:
        statement = statement_of(opened, id)
        knowledge = Knowledge.load(tables)
        people = tuple(actor_named(opened, name, knowledge, new) for name in _known(names))
        behind = tuple(actor_named(opened, name, knowledge) for name in behalf or ())
        read = opened.ask(lambda c: fields.read_statement(c, statement))
        value = speakers(opened, read, people, behind, knowledge)
        entry = _entry(opened, CorrectionKind.SET_SPEAKER, statement, value, who, why)
    enter_one(entry, record)


def target(
    id: LineId,
    names: Names,
    why: Why,
    new: New = None,
    tables: Tables = None,
    who: Who = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Say whom a line is aimed at."""
    with Record.open(record) as opened:
        statement = statement_of(opened, id)
        knowledge = Knowledge.load(tables)
        aimed = tuple(actor_named(opened, name, knowledge, new) for name in _known(names))
        entry = _entry(opened, CorrectionKind.SET_TARGET, statement, codec.dump(aimed), who, why)
    enter_one(entry, record)


def act(
    id: LineId,
    act: Annotated[str, typer.Argument(metavar="ACT", help="What the line does: deny, demand, promise, ...")],
    why: Why,
    who: Who = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Say what a line does."""
    wanted = act_named(act)
    with Record.open(record) as opened:
        value = wanted.value if wanted is not None else None
        entry = _entry(opened, CorrectionKind.SET_ACT, statement_of(opened, id), value, who, why)
    enter_one(entry, record)


def date(
    id: LineId,
    day: Annotated[str, typer.Argument(metavar="DATE", help=f"YYYY-MM-DD, YYYY-MM, YYYY, or `{UNKNOWN}`.")],
    why: Why,
    who: Who = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Say when a line was said."""
    value = "" if day == UNKNOWN else iso_day(day)
    with Record.open(record) as opened:
        entry = _entry(opened, CorrectionKind.SET_DATE, statement_of(opened, id), value, who, why)
    enter_one(entry, record)


def relation(
    subject: Annotated[str, typer.Argument(metavar="ID", help="The statement that does it.")],
    kind: Annotated[
        RelationKind, typer.Argument(metavar="KIND", help="denies, answers, rejects, accepts, repeats, ...")
    ],
    object: Annotated[str, typer.Argument(metavar="ID", help="The statement it is done to.")],
    why: Why,
    who: Who = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Say that one line denies, answers, rejects, accepts, repeats or contradicts another."""
    with Record.open(record) as opened:
        ends = (statement_of(opened, subject), statement_of(opened, object))
    if ends[0] == ends[1]:
        raise typer.BadParameter("a line does nothing to itself: name two")
    enter(CorrectionKind.ADD_RELATION, ends, why, who, record, kind.value)


Doubted = Annotated[str, typer.Argument(metavar="ID", help="A statement or a relation, by id or its beginning.")]


def withdraw(id: Doubted, why: Why, who: Who = None, record: RecordPath = DEFAULT_RECORD) -> None:
    """Say that a line says nothing of the kind, or that a relation does not hold: it is no longer given anywhere."""
    enter_one(_of_either(id, CorrectionKind.WITHDRAW_LINE, CorrectionKind.WITHDRAW_RELATION, why, who, record), record)


def keep(id: Doubted, why: Why, who: Who = None, record: RecordPath = DEFAULT_RECORD) -> None:
    """Say that a line or a relation stands, against another reviewer who withdrew it: it is given again, and disputed."""
    enter_one(_of_either(id, CorrectionKind.KEEP_LINE, CorrectionKind.KEEP_RELATION, why, who, record), record)


def _of_either(
    given: str, of_line: CorrectionKind, of_relation: CorrectionKind, why: str, who: str | None, record: Path
) -> Correction:
    with Record.open(record) as opened:
        if given.startswith("rel-"):
            return made(of_relation, (opened.find_relation(given),), why, who, None)
        return _entry(opened, of_line, statement_of(opened, given), None, who, why)


def _entry(
    record: Record, kind: CorrectionKind, statement: str, value: str | None, who: str | None, why: str
) -> Correction:
    when, by = now(), reviewer(who)
    return record.ask(lambda c: fields.entry(c, kind, statement, value, who=by, when=when, why=why))


def _known(names: list[str]) -> list[str]:
    """The names but `unknown`, which stands alone.

    Raises:
        typer.BadParameter: when it stands with others.
    """
    found = [name for name in names if name.strip() and name.casefold() != UNKNOWN]
    if len(found) < len(names) and found:
        raise typer.BadParameter(f"{UNKNOWN!r} stands alone")
    return found


#: By the name typed after `correct`, in the order of the help.
COMMANDS: dict[str, Callable[..., None]] = {
    "speaker": speaker,
    "target": target,
    "act": act,
    "date": date,
    "relation": relation,
    "withdraw": withdraw,
    "keep": keep,
}
