# ruff: noqa: RUF009  (`told` makes a dataclass field)
"""Actors as rows: who speaks, the offices they held, what they said. ``docs/private_persons.md`` says who has no row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord import model
from onrecord.knowledge import Knowledge
from onrecord.model import Act, ActorKind
from onrecord.record import ActorRow, StatementRow
from onrecord.views.fields.parts import Party
from onrecord.views.fields.shape import told
from onrecord.views.fields.statements import Statement, statement


@dataclass(frozen=True, slots=True)
class Office:
    """One term in one office."""

    title: str = told("The office.")
    of: Party = told("The state or organisation whose office it is.")
    start: str = told("The first day.")
    end: str | None = told("The day after the last; null for a term still running on the day it was checked.")
    checked: str = told("The last day that is known of an open term.")
    source: str = told("What the term was checked against.")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that says and does."""

    id: str = told("The actor's id.")
    name: str = told("The name.")
    kind: ActorKind = told("What the actor is.")
    country: str | None = told("The state it belongs to (ISO 3166 alpha-3).")
    country_name: str | None = told("The name of that state.")
    part_of: str | None = told("The id of the state or organisation it belongs to.")
    sector: str | None = told("The sector, in PLOVER's codes.")
    provisional: bool = told("True for an actor known from pages alone.")


@dataclass(frozen=True, slots=True)
class Speaker(Actor):
    """An actor that speaks in the record, or for which others do."""

    offices: tuple[Office, ...] = told("The offices held on the days of what is said.")
    statements: int = told("How many lines it says; a line on several pages counts once.")
    on_its_behalf: int = told("How many lines others say for it.")
    first: str | None = told("The first dated line.")
    last: str | None = told("The last dated line.")
    names: tuple[str, ...] = told("The names it was read under.")


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about a line, such as a title that does not match."""

    note: str = told("The note.")
    statement: str = told("The statement it is about.")


@dataclass(frozen=True, slots=True)
class Stance:
    """How often an actor does one thing to one target."""

    act: Act = told("What it does.")
    target: str | None = told("At whom it is aimed.")
    statements: int = told("In how many lines.")
    first: str | None = told("The first day.")
    last: str | None = told("The last day.")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held one office of a state or a body on the day."""

    title: str = told("The office.")
    who: Party = told("The person who held it.")
    start: str = told("The first day.")
    end: str | None = told("The day after the last; null for a term still running on the day it was checked.")
    checked: str = told("The last day that is known of an open term.")
    source: str = told("What the term was checked against.")


@dataclass(frozen=True, slots=True)
class Profile(Actor):
    """One actor with its offices and lines, on a day or over time."""

    on: str | None = told("The day that was asked for.")
    names: tuple[str, ...] = told("Other names the tables know.")
    offices: tuple[Office, ...] = told("The offices held (on that day).")
    holders: tuple[Holder, ...] = told("Of a state or a body: who held its offices on that day; none without a day.")
    notes: tuple[Note, ...] = told("What the record notes about the speaker of a line.")
    positions: tuple[Stance, ...] = told("What it does to whom, the most often first.")
    statements: tuple[Statement, ...] = told("What it says (on that day), in date order.")


def country_of(actor: model.Actor, knowledge: Knowledge) -> str:
    """The name of an actor's country; empty where none is known (an organisation of states has none)."""
    state = None if actor.country is None else knowledge.actor(f"state:{actor.country}")
    if state is None and actor.part_of is not None:
        state = knowledge.actor(actor.part_of)
    return state.name if state is not None and state.kind is ActorKind.STATE else ""


def terms_of(actor: model.Actor, knowledge: Knowledge, first: str | None, last: str | None) -> list[model.Office]:
    """The terms that touch the days on which somebody spoke; all, when no days are given."""
    terms = [t for t in knowledge.offices_of(actor.id) if first is None or last is None or _touches(t, first, last)]
    return sorted(terms, key=lambda t: (t.start, t.of, t.title))


def _touches(term: model.Office, first: str, last: str) -> bool:
    return term.start <= last and first < (term.end or term.checked + "~")


def actor(found: model.Actor, knowledge: Knowledge) -> Actor:
    """An actor as the tables and the record know it."""
    return Actor(
        id=found.id,
        name=found.name,
        kind=found.kind,
        country=found.country,
        country_name=country_of(found, knowledge) or None,
        part_of=found.part_of,
        sector=found.sector,
        provisional=found.provisional,
    )


def office(term: model.Office, knowledge: Knowledge) -> Office:
    """A term in an office."""
    of = knowledge.actor(term.of)
    named = Party(term.of, of.name if of is not None else term.of)
    return Office(term.title, named, term.start, term.end, term.checked, term.source)


def held_at(found: model.Actor, day: str | None, knowledge: Knowledge) -> list[model.Office]:
    """The terms in the offices of a state or a body on a day, by title; none without a day."""
    held = (t for t in knowledge.offices() if t.of == found.id and day is not None and t.held_on(day))
    return sorted(held, key=lambda t: (t.title, t.start, t.holder))


def holder(term: model.Office, knowledge: Knowledge) -> Holder:
    """Who held an office in a term."""
    who = knowledge.actor(term.holder)
    named = Party(term.holder, who.name if who is not None else term.holder)
    return Holder(term.title, named, term.start, term.end, term.checked, term.source)


def speaker(row: ActorRow, knowledge: Knowledge) -> Speaker:
    """An actor that speaks."""
    head = actor(row.actor, knowledge)
    return Speaker(
        **{name: getattr(head, name) for name in Actor.__dataclass_fields__},
        offices=tuple(office(t, knowledge) for t in terms_of(row.actor, knowledge, row.first, row.last)),
        statements=row.statements,
        on_its_behalf=row.for_it,
        first=row.first,
        last=row.last,
        names=row.names,
    )


def profile(
    found: model.Actor,
    day: str | None,
    offices: Sequence[model.Office],
    lines: Sequence[StatementRow],
    knowledge: Knowledge,
) -> Profile:
    """One actor; `lines` are all that it says, `offices` those to show."""
    head = actor(found, knowledge)
    return Profile(
        **{name: getattr(head, name) for name in Actor.__dataclass_fields__},
        on=day,
        names=tuple(other_names(found, knowledge)),
        offices=tuple(office(t, knowledge) for t in offices),
        holders=tuple(holder(t, knowledge) for t in held_at(found, day, knowledge)),
        notes=tuple(Note(note, row.statement.id) for note, row in notes(lines)),
        positions=tuple(
            Stance(act, target or None, len(rows), first, last) for (act, target), rows, first, last in stances(lines)
        ),
        statements=tuple(statement(row) for row in lines if day is None or said_on(row.statement, day)),
    )


def other_names(found: model.Actor, knowledge: Knowledge) -> list[str]:
    """The names of the tables beside the first."""
    entry = knowledge.known(found.id)
    return [n for n in dict.fromkeys(entry.names if entry is not None else ()) if n != found.name]


def notes(lines: Iterable[StatementRow]) -> list[tuple[str, StatementRow]]:
    """What the record notes about the speaker of a line, such as a title that does not match, each once."""
    found: dict[str, tuple[str, StatementRow]] = {}
    for row in lines:
        for reason in row.statement.reasons:
            _, _, note = reason.detail.partition("; ")
            if reason.field == "speakers" and note:
                found.setdefault(note, (note, row))
    return list(found.values())


def said_on(statement: model.Statement, day: str) -> bool:
    """True when the statement is known to have been made on that ISO day."""
    return statement.date.value is not None and statement.date.value[:10] == day


#: An act with its target's names, the lines, the first and the last day.
StanceLines = tuple[tuple[Act, str], list[StatementRow], str | None, str | None]


def stances(lines: Iterable[StatementRow]) -> list[StanceLines]:
    """Lines by what they do and whom they are aimed at, with the first and last day, the most often said first."""
    groups: dict[tuple[Act, str], list[StatementRow]] = {}
    for row in lines:
        target = ", ".join(ref.name for ref in row.statement.target)
        groups.setdefault((row.statement.act, target), []).append(row)
    found: list[StanceLines] = []
    for key, rows in groups.items():
        days = sorted(r.statement.date.value for r in rows if r.statement.date.value is not None)
        found.append((key, rows, days[0] if days else None, days[-1] if days else None))
    return sorted(found, key=lambda p: (-len(p[1]), p[2] or "~", p[0][0].value, p[0][1]))
