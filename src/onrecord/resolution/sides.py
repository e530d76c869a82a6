"""For whom somebody speaks, and which parties a stretch of text names."""

from __future__ import annotations

from onrecord.model import Actor, ActorKind, Span
from onrecord.resolution.cast import Cast
from onrecord.resolution.scene import Scene


class Sides:
    """The states and organisations behind the actors of one document."""

    def __init__(self, scene: Scene, cast: Cast) -> None:
        self._scene = scene
        self._cast = cast
        self._knowledge = scene.knowledge

    def side_of(self, actor: Actor) -> Actor | None:
        """The state or organisation an actor speaks for: by its office on the page's day, its title, or what it is part of."""
        if actor.kind is ActorKind.STATE or (actor.kind is ActorKind.ORGANISATION and actor.part_of is None):
            return actor
        if actor.kind is not ActorKind.PERSON:
            return self.top(actor.part_of)
        for member in self._cast.members:
            if member.actor.id == actor.id:
                for _, institution in reversed(member.titles):
                    if institution is not None:
                        return self.top(institution.id, institution)
        days = self._scene.days
        terms = self._knowledge.offices_of(actor.id)
        if days is not None:
            terms = tuple(t for t in terms if t.start <= days[1] and days[0] < (t.end or t.checked))
        sides = {side.id: side for side in (self.top(t.of) for t in terms) if side is not None}
        if len(sides) == 1:
            return next(iter(sides.values()))
        return self.top(actor.part_of)

    def top(self, actor_id: str | None, actor: Actor | None = None) -> Actor | None:
        """The actor with this id, or the state or organisation above it."""
        seen: set[str] = set()
        found = actor or (None if actor_id is None else self._knowledge.actor(actor_id))
        while found is not None and found.part_of is not None and found.id not in seen:
            if found.kind in (ActorKind.STATE, ActorKind.ARMED_GROUP):
                break
            seen.add(found.id)
            above = self._knowledge.actor(found.part_of)
            if above is None:
                break
            found = above
        return found

    def actors_in(self, span: Span) -> tuple[tuple[Actor, Span], ...]:
        """Every known actor and person of the page that is named inside `span`, in order, people as themselves."""
        found = [(m.actor, s) for m in self._cast.members for s in m.at if span.contains(s)]
        taken = [s for _, s in found]
        for sighting in self._scene.names_in(span):
            if any(sighting.span.overlaps(t) for t in taken) or self._scene.names_place(sighting):
                continue
            actor = self._scene.choose(sighting.named)
            if actor is not None and actor.kind is not ActorKind.PERSON:
                found.append((actor, sighting.span))
        return tuple(sorted(found, key=lambda f: f[1].start))

    def home(self) -> Actor | None:
        """The state or organisation whose capital or seat the page is filed from."""
        dateline = self._scene.document.dateline
        if dateline is None or dateline.place is None:
            return None
        named = self._knowledge.actors_named(dateline.place.of(self._scene.text).title(), self._scene.date)
        states = [n.actor for n in named if n.actor.kind is ActorKind.STATE]
        return states[0] if len(named) == 1 and states else None
