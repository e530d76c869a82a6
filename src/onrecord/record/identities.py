"""Who an actor is after the reviewers' corrections: merged with another one, or on some pages somebody else of that name.

Ids that the machine gave stay in the tables; what is read is renamed, so that every merge and split can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, RowMapping, select

from onrecord.model import (
    Actor,
    ActorKind,
    ActorRef,
    Correction,
    CorrectionKind,
    EventMention,
    Participant,
    Statement,
    parted_actor,
)
from onrecord.record import schema
from onrecord.record.query import in_parts


@dataclass(frozen=True, slots=True)
class Identities:
    """Who the actors that corrections name are now.

    ``merged`` maps an id to the actor it stands for; ``parted`` maps an id and a document to the one meant there.
    """

    merged: Mapping[str, Actor] = field(default_factory=dict)
    parted: Mapping[tuple[str, str], Actor] = field(default_factory=dict)

    def now(self, actor: str, document: str) -> Actor | None:
        """The actor that `actor` (an id) is in `document`, or None when no correction says anything about it."""
        first = self.parted.get((actor, document))
        found = first or self.merged.get(actor)
        if first is None and found is not None:
            found = self.parted.get((found.id, document), found)
        return self.merged.get(found.id, found) if found is not None else None

    def ref(self, ref: ActorRef, document: str) -> ActorRef:
        """`ref` as it is to be read in `document`."""
        if ref.id is None or not (self.merged or self.parted):
            return ref
        found = self.now(ref.id, document)
        return ref if found is None else replace(ref, id=found.id, name=found.name)

    def statement(self, statement: Statement) -> Statement:
        """The statement with its actors as corrected; an actor that two others became is named once."""
        if not self.merged and not self.parted:
            return statement
        return replace(
            statement,
            speakers=self._refs(statement.speakers, statement.document),
            on_behalf_of=self._refs(statement.on_behalf_of, statement.document),
            addressees=self._refs(statement.addressees, statement.document),
            target=self._refs(statement.target, statement.document),
        )

    def mention(self, mention: EventMention) -> EventMention:
        """The event mention with its participants, and the sides behind them, as corrected."""
        if not self.merged and not self.parted:
            return mention
        return replace(
            mention, participants=tuple(self._participant(p, mention.document) for p in mention.participants)
        )

    def _participant(self, participant: Participant, document: str) -> Participant:
        sides = [(self.now(side, document), side) for side in participant.sides]
        return replace(
            participant,
            actors=self._refs(participant.actors, document),
            sides=tuple(dict.fromkeys(found.id if found is not None else side for found, side in sides)),
        )

    def _refs(self, refs: tuple[ActorRef, ...], document: str) -> tuple[ActorRef, ...]:
        found: dict[str, ActorRef] = {}
        for place, ref in enumerate(self.ref(r, document) for r in refs):
            found.setdefault(ref.id or f"{place} {ref.name}", ref)
        return tuple(found.values())

    def called(self, matches: Iterable[str]) -> tuple[str, ...]:
        """The ids that were merged into, or parted as, one of the actors `matches`, sorted."""
        wanted = set(matches)
        ids = {old for old, actor in self.merged.items() if actor.id in wanted}
        ids |= {old for (old, _), actor in self.parted.items() if actor.id in wanted}
        return tuple(sorted(ids))

    def actors(self) -> dict[str, Actor]:
        """The actors that corrections lead to, by id."""
        return {a.id: a for a in (*self.merged.values(), *self.parted.values())}


NOBODY_RENAMED = Identities()


def identities(connection: Connection, entries: Iterable[Correction]) -> Identities:
    """What the corrections in force, in the order of the log, say of actors."""
    merged: dict[str, Actor] = {}
    parted: dict[tuple[str, str], Actor] = {}
    made: dict[str, Actor] = {}
    for entry in entries:
        if entry.kind is CorrectionKind.MERGE_ACTORS:
            kept = _actor(connection, entry.subject[0], made)
            kept = merged.get(kept.id, kept)
            for other in entry.subject[1:]:
                if other != kept.id:
                    merged[other] = kept
            for old, actor in merged.items():
                if actor.id in entry.subject[1:] and actor.id != kept.id:
                    merged[old] = kept
        elif entry.kind is CorrectionKind.SPLIT_ACTOR:
            before = _actor(connection, entry.subject[0], made)
            name = entry.value or before.name
            new = Actor(parted_actor(entry), name, before.kind, country=before.country, provisional=True)
            made[new.id] = new
            for document in entry.subject[1:]:
                parted[(before.id, document)] = new
    return Identities(merged, parted)


def _actor(connection: Connection, actor_id: str, made: Mapping[str, Actor]) -> Actor:
    return made.get(actor_id) or actor(connection, actor_id) or Actor(actor_id, actor_id, ActorKind.UNNAMED_GROUP)


def actor(connection: Connection, actor_id: str) -> Actor | None:
    """The actor of the record with this id, as the machine wrote it, or None."""
    row = connection.execute(select(schema.actors).where(schema.actors.c.id == actor_id)).mappings().first()
    return None if row is None else _of_row(row)


def some(connection: Connection, ids: Iterable[str]) -> dict[str, Actor]:
    """The actors of the record with these ids, as the machine wrote them, in the order of ids."""
    t = schema.actors
    parts = (select(t).where(t.c.id.in_(part or [])).order_by(t.c.id) for part in in_parts(ids))
    return {row["id"]: _of_row(row) for asked in parts for row in connection.execute(asked).mappings()}


def everybody(connection: Connection) -> dict[str, Actor]:
    """All actors of the record by id, as the machine wrote them, in the order of ids."""
    rows = connection.execute(select(schema.actors).order_by(schema.actors.c.id)).mappings()
    return {row["id"]: _of_row(row) for row in rows}


def _of_row(row: RowMapping) -> Actor:
    return Actor(
        row["id"],
        row["name"],
        ActorKind(row["kind"]),
        part_of=row["part_of"],
        country=row["country"],
        sector=row["sector"],
        gender=row["gender"],
        provisional=bool(row["provisional"]),
    )


def has_actor(connection: Connection, actor_id: str, entries: Iterable[Correction]) -> bool:
    """True when the record holds the actor, or a split made it."""
    split = (e for e in entries if e.kind is CorrectionKind.SPLIT_ACTOR)
    return any(parted_actor(e) == actor_id for e in split) or actor(connection, actor_id) is not None
