"""Who speaks in a record, with how much and between which days; reviewers' merges and splits applied.

Only who speaks is listed, and states and organisations: a person who is merely named, or addressed, or spoken of has no row
(``docs/private_persons.md``).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from onrecord.model import Actor, ActorKind, Statement, StatementPart, errors
from onrecord.record import codec, identities, query, schema
from onrecord.record.corrected import Corrected, corrected
from onrecord.record.identities import Identities

#: How many names an error about an ambiguous name gives.
_SHOWN = 6
#: How many names are offered for one that nobody has, and how like it (0 to 1) they have to be.
_OFFERED, _NEARLY = 3, 0.75


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor that speaks in the record, or for which others do.

    ``statements`` counts lines (a saying on several copies is one), ``for_it`` those that others say on its behalf;
    ``first`` and ``last`` are ISO dates of what is dated; ``names`` the names and ids it was read under.
    """

    actor: Actor
    statements: int
    for_it: int
    first: str | None
    last: str | None
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tally:
    actor: Actor
    lines: set[str] = field(default_factory=set)
    behalf: set[str] = field(default_factory=set)
    days: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


def actors(connection: Connection) -> list[ActorRow]:
    """Everybody who speaks in the record, and the states and organisations for which somebody does: the most often first."""
    changed = corrected(connection)
    named = changed.identities
    known = changed.fields.actors() | identities.everybody(connection) | named.actors()
    tallies: dict[str, _Tally] = {}
    a, s = schema.statement_actors, schema.statements
    question = (
        select(a.c.actor, a.c.name, a.c.role, s.c.line, s.c.document, s.c.date_value)
        .select_from(a.join(s, s.c.id == a.c.statement))
        .where(a.c.role.in_(("speaker", "on_behalf_of")), a.c.actor.is_not(None), s.c.part == StatementPart.BODY.value)
    )
    for row in [*_as_read(connection.execute(question), changed), *_as_corrected(connection, changed)]:
        actor = named.now(row.actor, row.document) or known.get(row.actor)
        if actor is None:
            continue
        tally = tallies.setdefault(actor.id, _Tally(actor))
        tally.names.add(row.name)
        (tally.lines if row.role == "speaker" else tally.behalf).add(row.line)
        if row.date_value is not None:
            tally.days.append(row.date_value)
    rows = [_row(t) for t in tallies.values() if t.lines or t.actor.kind is not ActorKind.PERSON]
    return sorted(rows, key=lambda r: (-r.statements, -r.for_it, r.actor.name, r.actor.id))


@dataclass(frozen=True, slots=True)
class _Part:
    """That an actor speaks in a line, or that it is said for it."""

    actor: str
    name: str
    role: str
    line: str
    document: str
    date_value: str | None


def _as_read(rows: Iterable[Any], changed: Corrected) -> Iterator[_Part]:
    for row in rows:
        if row.line not in changed.fields.lines:
            yield _Part(row.actor, row.name, row.role, row.line, row.document, row.date_value)


def _as_corrected(connection: Connection, changed: Corrected) -> Iterator[_Part]:
    """The parts in the lines whose fields reviewers corrected."""
    s = schema.statements
    for part in query.in_parts(changed.fields.lines - changed.fields.withdrawn):
        asked = select(s.c.line, s.c.document, s.c.statement)
        for row in connection.execute(asked.where(s.c.line.in_(part or []), s.c.part == StatementPart.BODY.value)):
            statement = changed.fields.statement(codec.load(row.statement, Statement), row.line)
            for role, refs in (("speaker", statement.speakers), ("on_behalf_of", statement.on_behalf_of)):
                for ref in refs:
                    if ref.id is not None:
                        yield _Part(ref.id, ref.name, role, row.line, row.document, statement.date.value)


def _row(tally: _Tally) -> ActorRow:
    first, last = (min(tally.days), max(tally.days)) if tally.days else (None, None)
    return ActorRow(tally.actor, len(tally.lines), len(tally.behalf), first, last, tuple(sorted(tally.names)))


def find(connection: Connection, given: str, ids: Iterable[str] = ()) -> Actor:
    """The one actor of the record that `given` names: by id or its beginning, by name, or by words of the name.

    `ids` are those that tables of names know for it, asked before parts of names are. Corrections are applied.

    Raises:
        NotFound: when nobody is called so.
        Ambiguous: when several are.
    """
    changed = corrected(connection)
    named = changed.identities
    # An id is asked for most, and is no reason to read everybody.
    known = changed.fields.actors() | identities.some(connection, [given]) | named.actors()
    if given in known:
        return _now(named, known[given])
    everybody = changed.fields.actors() | identities.everybody(connection) | named.actors()
    wanted = codec.search_form(given)
    words = set(wanted.split())
    steps = (
        [a for a in everybody.values() if codec.search_form(a.name) == wanted],
        [everybody[i] for i in ids if i in everybody],
        [a for a in everybody.values() if len(given) > 5 and a.id.startswith(given)],
        [a for a in everybody.values() if words and words <= set(codec.search_form(a.name).split())],
    )
    for step in steps:
        found = {now.id: now for now in (_now(named, a) for a in step)}
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            shown = ", ".join(f"{a.name} ({a.id})" for a in sorted(found.values(), key=lambda a: a.id)[:_SHOWN])
            raise errors.Ambiguous(f"Several actors are called {given!r}: {shown}; give an id.")
    near = _alike(wanted, {_now(named, a).name for a in everybody.values()})
    instead = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    raise errors.NotFound(f"The record has no actor called {given!r}.{instead}")


def _alike(wanted: str, called: Iterable[str]) -> list[str]:
    """The names among `called` that `wanted` (in its search form) is nearly, or nearly a word of: the likest first."""
    forms: dict[str, list[str]] = {}
    for name in sorted(called):
        form = codec.search_form(name)
        for one in dict.fromkeys((form, *form.split())):
            forms.setdefault(one, []).append(name)
    near = difflib.get_close_matches(wanted, sorted(forms), n=_SHOWN, cutoff=_NEARLY)
    return list(dict.fromkeys(name for form in near for name in forms[form]))[:_OFFERED]


def _now(named: Identities, actor: Actor) -> Actor:
    return named.merged.get(actor.id, actor)
