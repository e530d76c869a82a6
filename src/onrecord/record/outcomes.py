"""What became of promises, among the other relations: computed from the ledger of commitments whenever it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, select

from onrecord.model import ActorRef, Relation, Statement, active, errors
from onrecord.record import bonds, codec, ledgers, query, relations, schema
from onrecord.record.corrected import corrected, log
from onrecord.record.query import in_parts
from onrecord.record.sides import Sides
from onrecord.relations.ledgers import EVENT, told_outcomes


def outcomes(connection: Connection, lines: Iterable[str] | None = None, *, withdrawn: bool = False) -> list[Relation]:
    """From events and lines to the lines that promised: all, or those to and from the given lines, by id.

    `withdrawn` gives those too that reviewers took out.
    """
    wanted = None if lines is None else _that_matter(connection, set(lines))
    if wanted is not None and not wanted:
        return []
    between = [] if wanted is None else _sides(connection, wanted)
    if wanted is not None and not between:
        return []
    given = ledgers.given(connection) if wanted is None else ledgers.of_promises(connection, between)
    found = told_outcomes(replace(given, withdrawn=frozenset()) if withdrawn else given)
    return found if wanted is None else [r for r in found if r.subject in wanted or r.object in wanted]


def _that_matter(connection: Connection, lines: set[str]) -> set[str]:
    """Those of the lines that can be a promise or tell of one; of most, it is not worth looking for more."""
    found: set[str] = set()
    for part in in_parts(lines):
        found |= ledgers.can_tell(connection, part or [])
    return found


def _sides(connection: Connection, lines: set[str]) -> list[str]:
    """The sides that have a part in the lines; where nobody is named who speaks, those that have one in its page."""
    s, a = schema.statements, schema.statement_actors
    sides = Sides(connection)
    changed = corrected(connection)
    found: set[str] = set()
    for part in in_parts(lines):
        rows = connection.execute(
            select(s.c.id, s.c.document, s.c.line, s.c.statement).where(s.c.line.in_(part or []))
        ).all()
        pages: set[str] = set()
        for row in rows:
            said = changed.statement(codec.load(row.statement, Statement), row.line)
            parties = [one for ref in _parties(said) if (one := sides.part(ref)) is not None]
            found |= {ref.id for ref in parties if ref.id is not None}
            if not said.speakers and not said.on_behalf_of:
                pages.add(row.document)
        ids = select(s.c.id).where(s.c.document.in_(sorted(pages)))
        beside = select(a.c.actor, a.c.name).where(a.c.statement.in_(ids), a.c.actor.is_not(None)).distinct()
        for actor, name in connection.execute(beside) if pages else ():
            side = sides.part(ActorRef(actor, name))
            found |= {side.id} if side is not None and side.id is not None else set()
    return sorted(found)


def _parties(statement: Statement) -> tuple[ActorRef, ...]:
    return (*statement.speakers, *statement.on_behalf_of, *statement.target)


def between_lines(connection: Connection, lines: Iterable[str] | None = None) -> list[Relation]:
    """Every relation between lines, or those that the given lines have part in, outcomes of promises among them, by id."""
    asked = None if lines is None else set(lines)
    found = {r.id: r for r in (*outcomes(connection, asked), *relations.between_lines(connection, asked))}
    return [found[key] for key in sorted(found)]


def between_rows(connection: Connection, statements: Iterable[str] | None = None) -> list[Relation]:
    """The same between the statements on every copy, as `onrecord.record.relations.between_rows` gives them."""
    asked = None if statements is None else set(statements)
    lines = None if asked is None else set(query.lines_of(connection, asked).values())
    return relations.placed(connection, between_lines(connection, lines), asked)


def find(connection: Connection, beginning: str) -> str:
    """The one relation whose id begins with `beginning`, those that reviewers withdrew among them.

    Raises:
        NotFound, Ambiguous: when none does, or several do.
    """
    added = bonds.added(connection, active(log(connection)))
    try:
        return query.find_relation(connection, beginning, added)
    except errors.NotFound:
        also = [*added, *(r.id for r in outcomes(connection, withdrawn=True))]
        return query.find_relation(connection, beginning, also)


def get(connection: Connection, relation_id: str) -> Relation:
    """One relation as the machine or a reviewer drew it, withdrawn or not; its ends are lines, or an event.

    Raises:
        NotFound: when there is none.
    """
    for one in (*relations.drawn(connection, relation_id), *outcomes(connection, withdrawn=True)):
        if one.id == relation_id:
            return one
    raise errors.NotFound(f"The record has no relation with the id {relation_id!r}.")


def is_event(end: str) -> bool:
    """True when an end of a relation is an event and no statement."""
    return end.startswith(EVENT)
