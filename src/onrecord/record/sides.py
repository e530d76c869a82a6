"""The states and organisations behind the actors of a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from onrecord.model import Actor, ActorKind, ActorRef, errors
from onrecord.record import schema
from onrecord.record.identities import Identities

_ABOVE = (ActorKind.STATE.value, ActorKind.ARMED_GROUP.value)
_GROUP = ActorKind.UNNAMED_GROUP.value
#: The kinds of actors that can be a side of a dispute.
KINDS = frozenset(
    kind.value
    for kind in (
        ActorKind.STATE,
        ActorKind.ORGANISATION,
        ActorKind.FORUM,
        ActorKind.ARMED_GROUP,
        ActorKind.GOVERNMENT_ORGAN,
    )
)


class _Known(NamedTuple):
    # Not a dataclass: thousands are made whenever sides are asked for, and these cost a third.
    name: str
    kind: str
    above: str | None
    provisional: bool


class Sides:
    """The states and organisations behind actors, by what they are part of."""

    def __init__(self, connection: Connection) -> None:
        t = schema.actors
        rows = connection.execute(select(t.c.id, t.c.name, t.c.kind, t.c.part_of, t.c.provisional))
        self._known = {
            key: _Known(name, kind, above, bool(provisional)) for key, name, kind, above, provisional in rows
        }
        self._parts: dict[tuple[str, str], ActorRef | None] = {}

    def top(self, ref: ActorRef) -> ActorRef:
        """The state or organisation above an actor; the actor itself where none is known."""
        key, seen = ref.id, set[str]()
        while key is not None and key not in seen:
            seen.add(key)
            actor = self._known.get(key)
            if actor is None or actor.kind in _ABOVE or actor.above not in self._known:
                break
            key = actor.above
        if key is None or key == ref.id:
            return ref
        return ActorRef(key, self._known[key].name)

    def takes_part(self, actor_id: str) -> bool:
        """True for what can be a side of a dispute: a state, an organisation, an armed group, a named group of states.

        Persons without an office, residents and unnamed diplomats are none; what they want is in the list of statements.
        """
        actor = self._known.get(actor_id)
        return actor is not None and (actor.kind in KINDS or (actor.kind == _GROUP and not actor.provisional))

    def part(self, ref: ActorRef) -> ActorRef | None:
        """The side of a dispute that an actor belongs to or is, without the words that name it; None where there is none."""
        if ref.id is None:
            return None
        key = (ref.id, ref.name)
        if key not in self._parts:
            top = self.top(ActorRef(*key))
            self._parts[key] = top if top.id is not None and self.takes_part(top.id) else None
        return self._parts[key]

    def members(self, sides: Sequence[str], named: Identities) -> list[str]:
        """The ids of all actors that belong to one of the sides, under the names they were read by too."""
        wanted = set(sides)
        found = {i for i in self._known if (self.top(ActorRef(i, i)).id or "") in wanted} | wanted
        return sorted(found | set(named.called(found)))

    def forums(self) -> frozenset[str]:
        """The ids of forums."""
        return frozenset(i for i, actor in self._known.items() if actor.kind == ActorKind.FORUM.value)

    def names(self) -> dict[str, str]:
        """The names of states, organisations and forums by id, and of nobody else."""
        return {i: actor.name for i, actor in sorted(self._known.items()) if actor.kind in KINDS}


def side(connection: Connection, actor: Actor) -> ActorRef:
    """The state or organisation that an actor of the record belongs to, itself where it belongs to none.

    A person belongs to the one side that every statement of theirs is made for, joint ones among them.

    Raises:
        NotFound: a person who speaks for nobody.
        Ambiguous: one who spoke for several sides.
    """
    sides = Sides(connection)
    top = sides.top(ActorRef(actor.id, actor.name))
    if actor.kind is not ActorKind.PERSON or top.id != actor.id:
        return top
    a, b = schema.statement_actors, schema.statement_actors.alias()
    spoken = connection.execute(
        select(b.c.statement, b.c.actor, b.c.name)
        .select_from(a.join(b, b.c.statement == a.c.statement))
        .where(a.c.role == "speaker", a.c.actor == actor.id, b.c.role == "on_behalf_of", b.c.actor.is_not(None))
    )
    behind: dict[str, dict[str | None, ActorRef]] = {}
    for row in spoken:
        ref = sides.top(ActorRef(row.actor, row.name))
        behind.setdefault(row.statement, {})[ref.id] = ref
    if not behind:
        raise errors.NotFound(f"{actor.name} speaks for no state or organisation in this record.")
    found = {key: ref for some in behind.values() for key, ref in some.items()}
    always = [key for key in sorted(found, key=str) if all(key in some for some in behind.values())]
    if len(always) != 1:
        names = ", ".join(found[key].name for key in sorted(found, key=str))
        raise errors.Ambiguous(f"{actor.name} speaks for several sides: {names}; name one of them.")
    return found[always[0]]
