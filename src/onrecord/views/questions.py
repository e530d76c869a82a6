"""Questions that several views ask in the same words: who is meant, a ledger of some sides, a day-by-day list, a position."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from onrecord.knowledge import Knowledge
from onrecord.model import Actor, ActorRef, errors
from onrecord.model.ledgers import Accusation, Commitment, Demand, Ledger, Offer, Row
from onrecord.record import EventRow, Record, StatementFilter, StatementRow
from onrecord.relations.words import terms
from onrecord.views import fields
from onrecord.views.fields.events import event
from onrecord.views.fields.statements import statement

#: Words that belong to the next one and say nothing of the matter: members are who, membership is what; a military hotline and
#: army boots are no soldiers.
_ASIDE = re.compile(
    r"\bmembers\b|\bmember (?:states?|countries|nations|governments)\b|\bmilitary\b|\barmy(?= [a-z]+s\b)|\ban army\b",
    re.IGNORECASE,
)


def actor_called(record: Record, name: str, knowledge: Callable[[], Knowledge]) -> Actor:
    """The actor of the record that `name` stands for, metonyms ("Moscow") included; `knowledge` is asked when names do not do.

    Raises:
        NotFound, Ambiguous: when the record has none, or several.
    """
    try:
        return record.find_actor(name)
    except errors.Ambiguous:
        raise
    except errors.NotFound:
        known = [a.id for a in knowledge().people(name)] + [n.actor.id for n in knowledge().actors_named(name)]
        return record.find_actor(name, known)


def sides(record: Record, names: Sequence[str], knowledge: Callable[[], Knowledge]) -> tuple[ActorRef, ...]:
    """The sides that the names stand for: the state or organisation behind each.

    Raises:
        NotFound, Ambiguous: when a name stands for nobody, or for several.
        BadValue: when all are one side.
    """
    found = tuple(record.side(actor_called(record, name, knowledge)) for name in names)
    if len(found) > 1 and len({ref.id for ref in found}) == 1:
        raise errors.BadValue(f"{' and '.join(names)} are one side: {found[0].name}")
    return found


def ledger(
    record: Record,
    wanted: Ledger,
    knowledge: Callable[[], Knowledge],
    *,
    between: Sequence[str] | None = None,
    by: str | None = None,
    of: str | None = None,
    on: str | None = None,
    hindsight: bool = False,
) -> list[Row]:
    """The rows of one ledger as known on the ISO day `on`: between two sides, by one, or aimed at one, all by name."""
    two = sides(record, between, knowledge) if between else ()
    speaking = sides(record, (by,), knowledge) if by else ()
    spoken_to = sides(record, (of,), knowledge) if of else ()
    state = record.state(on, hindsight=hindsight, between=two)
    return [r for r in dict(state.rows())[wanted] if _party(by_of(r), speaking) and _party(to_of(r), spoken_to)]


def _party(refs: Iterable[ActorRef], wanted: Sequence[ActorRef]) -> bool:
    return not wanted or any(ref.id == one.id for ref in refs for one in wanted)


def by_of(row: Row) -> tuple[ActorRef, ...]:
    """Whose row it is."""
    return row.by if isinstance(row, Demand | Commitment | Accusation | Offer) else ()


def to_of(row: Row) -> tuple[ActorRef, ...]:
    """Whom a row is aimed at."""
    match row:
        case Demand():
            return row.of
        case Commitment() | Offer():
            return row.to
        case Accusation():
            return row.against
        case _:
            return ()


def first_days(
    said: Iterable[StatementRow], happened: Iterable[EventRow], limit: int | None = None
) -> list[StatementRow | EventRow]:
    """What happened and what was said in the order of days, undated last, the happenings of a day before its sayings.

    With `limit` the first so many of both together.
    """
    told: list[tuple[str, int, StatementRow | EventRow]] = [
        (row.statement.date.value or "9999", 1, row) for row in said
    ]
    told += [(row.event.date.value or "9999", 0, row) for row in happened]
    return [one for _, _, one in sorted(told, key=lambda t: t[:2])][:limit]


def day_by_day(
    said: Iterable[StatementRow], happened: Iterable[EventRow], limit: int | None = None
) -> list[fields.Statement | fields.Event]:
    """The rows of `first_days`, each with all its fields."""
    shown = first_days(said, happened, limit)
    return [event(row) if isinstance(row, EventRow) else statement(row) for row in shown]


def topic_of(about: str) -> frozenset[str]:
    """The terms of a matter; `BadValue` when the words name none."""
    found = terms(about)
    if not found:
        raise errors.BadValue(f"{about!r} names no matter: give a word such as membership")
    return found


def position(record: Record, actor: Actor, topic: frozenset[str]) -> list[StatementRow]:
    """What the actor says about the topic, first to last."""
    return wordings(record.lines(StatementFilter(by=actor.name)), actor, topic)


def wordings(rows: Sequence[StatementRow], actor: Actor, topic: frozenset[str]) -> list[StatementRow]:
    """The lines that the actor says (or that are said on its behalf) with all terms of the topic, in the order of their days.

    Lines whose day is not known stand at that of their page, those on pages without one at the end; a line within another
    one of the list is left out.
    """
    own = [
        row
        for row in rows
        if any(ref.id == actor.id for ref in (*row.statement.speakers, *row.statement.on_behalf_of))
        and topic <= terms(_ASIDE.sub(" ", row.content))
    ]
    ids = {row.statement.id for row in own}
    own = [row for row in own if row.statement.nested_in not in ids]
    return sorted(own, key=_order)


def _order(row: StatementRow) -> tuple[Any, ...]:
    day = row.statement.date.value or row.published.value
    return (day is None, day or "", row.statement.document, row.statement.content[0].start)
