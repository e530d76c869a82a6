"""Events become resolved: who takes part, for which side, when and where."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from onrecord.knowledge import NameForm
from onrecord.model import (
    Actor,
    ActorKind,
    ActorRef,
    EventMention,
    Participant,
    Place,
    Reading,
    Reason,
    Role,
    Span,
    Statement,
)
from onrecord.resolution.discourse import PRONOUNS
from onrecord.resolution.events.when import date_events
from onrecord.resolution.scene import Scene
from onrecord.resolution.sides import Sides
from onrecord.resolution.where import Where
from onrecord.resolution.who import Who

_PARTIES = frozenset({ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.ARMED_GROUP})


class EventResolution:
    """The events of one document, after its statements are resolved.

    `known` are the ids of the provisional actors that a saying made known: whoever only takes part in an event and stands in no
    table is named in the words of the page and gets no profile. ``actors`` are the actors that the events refer to.
    """

    def __init__(self, scene: Scene, who: Who, sides: Sides, where: Where, known: Collection[str]) -> None:
        self._scene = scene
        self._who = who
        self._sides = sides
        self._where = where
        self._known = frozenset(known)
        self._actors: dict[str, Actor] = {}

    @property
    def actors(self) -> tuple[Actor, ...]:
        """The actors that the resolved events refer to, by id."""
        return tuple(self._actors[i] for i in sorted(self._actors))

    def resolve(self, reading: Reading) -> tuple[EventMention, ...]:
        """The events of `reading`, whose statements are resolved and dated, with participants, dates and places."""
        said = {s.id: s for s in reading.statements}
        placed = []
        for mention in reading.events:
            own = said.get(mention.saying or "")
            outer = said.get(mention.told_in or "")
            speakers = [ref.id for ref in outer.speakers if ref.id is not None] if outer is not None else []
            placed.append(_of_statement(mention, own) if own is not None else self._one(mention, speakers))
        return date_events(self._scene.document, replace(reading, events=tuple(placed)))

    def _one(self, mention: EventMention, speakers: Iterable[str]) -> EventMention:
        enclosing = [a for a in (self._scene.knowledge.actor(i) for i in speakers) if a is not None]
        people = [self._participant(p, enclosing) for p in mention.participants]
        # A pronoun that refers to nobody known tells nothing.
        people = [(p, rule) for p, rule in people if p.sides or p.actors[0].id or not _is_pronoun(p.actors[0].name)]
        place = self._place(mention.place_spans)
        reasons = [Reason("participants", rule, 1.0, p.span, ", ".join(r.name for r in p.actors)) for p, rule in people]
        if place is not None:
            reasons.append(Reason("place", "named-with-the-event", 0.85, place[1], place[0].name))
        return replace(
            mention,
            participants=tuple(p for p, _ in people),
            place=place[0] if place is not None else None,
            reasons=(*mention.reasons, *reasons),
        )

    def _participant(self, part: Participant, enclosing: list[Actor]) -> tuple[Participant, str]:
        answer = self._who.is_meant(part.span, enclosing)
        words = " ".join(part.span.of(self._scene.text).split())
        parties = self._parties(part.span)
        actors = [a for a, _ in answer.actors] if answer.sure else []
        hidden = [a for a in actors if a.provisional and a.id not in self._known]
        rule = answer.rule
        unnamed = all(a.kind is ActorKind.UNNAMED_GROUP for a in actors)
        if unnamed and len(parties) > 1:
            # "NATO and Arvenian ambassadors": the sides themselves, whoever sat there for them.
            actors, rule = list(parties), "parties-in-the-phrase"
        refs = []
        for actor in actors:
            if actor in hidden:
                refs.append(ActorRef(None, actor.name if actor.kind is ActorKind.PERSON else words, part.span))
            else:
                refs.append(ActorRef(actor.id, actor.name, part.span))
                self._actors[actor.id] = actor
        if not refs:
            refs = [ActorRef(None, _name_in(words), part.span)]
        sides = {
            s.id: s for s in map(self._sides.side_of, actors) if s is not None and s.id not in {h.id for h in hidden}
        }
        if len(parties) > 1 or not sides:
            # "The NATO-Russia Council", "Tassian soldiers": a body of two sides acts for both, a group for the side it is called by.
            sides.update((p.id, p) for p in parties)
            sides = {p.id: p for p in parties} if len(parties) > 1 else sides
        self._actors.update(sides)
        return replace(part, actors=tuple(refs), sides=tuple(sorted(sides))), rule

    def _parties(self, span: Span) -> list[Actor]:
        """The states, organisations and armed groups named inside a phrase, by whatever form of their names."""
        found: dict[str, Actor] = {}
        for sighting in self._scene.names_in(span):
            actor = self._scene.choose(sighting.named)
            described = all(n.form is NameForm.DESCRIPTION for n in sighting.named)
            if actor is not None and actor.kind in _PARTIES and not described:
                found.setdefault(actor.id, actor)
        return list(found.values())

    def _place(self, spans: tuple[Span, ...]) -> tuple[Place, Span] | None:
        """The first of the places that is a town or a spot; a state only where nothing nearer is named."""
        states: list[tuple[Place, Span]] = []
        others: list[tuple[Place, Span]] = []
        for span in spans:
            words = " ".join(span.of(self._scene.text).split())
            named = self._scene.knowledge.actors_named(words, self._scene.date)
            state = next((n.actor for n in named if n.actor.kind is ActorKind.STATE and n.form is NameForm.NAME), None)
            if state is not None and words.casefold() == state.name.casefold():
                states.append((Place(state.name, country=self._scene.knowledge.iso2(state), state=True), span))
                continue
            place = self._scene.knowledge.place(words, self._where.countries)
            if place is not None:
                return place, span
            kinds = {n.actor.kind for n in named}
            if state is not None:
                # Another name of a state is its capital or its long name: the words stay, with the country.
                others.append((Place(words, country=self._scene.knowledge.iso2(state)), span))
            elif not kinds & {ActorKind.PERSON, ActorKind.ORGANISATION} and words[:1].isupper():
                others.append((Place(words), span))
        return next(iter((*others, *states)), None)


def _of_statement(mention: EventMention, statement: Statement) -> EventMention:
    """A saying has the parties, the date and the place of the statement that it is."""
    sides = tuple(sorted(ref.id for ref in statement.on_behalf_of if ref.id is not None))
    people = []
    for part in mention.participants:
        refs = statement.speakers if part.role is Role.ACTOR else statement.target or statement.addressees
        people.append(replace(part, actors=refs, sides=sides if part.role is Role.ACTOR else _states(refs)))
    return replace(mention, participants=tuple(people), date=statement.date, place=statement.place)


def _states(refs: Sequence[ActorRef]) -> tuple[str, ...]:
    return tuple(sorted(ref.id for ref in refs if ref.id is not None and ref.id.startswith(("state:", "org:"))))


def _is_pronoun(words: str) -> bool:
    return words.casefold() in PRONOUNS or words.casefold() in {"whose", "those", "these", "everyone", "somebody"}


def _name_in(words: str) -> str:
    """The name at the end of a description ("her colleague Vel Oran"), or the words as they are."""
    parts = words.split()
    tail = len(parts)
    while tail > 0 and parts[tail - 1][:1].isupper():
        tail -= 1
    return " ".join(parts[tail:]) if 0 < tail <= len(parts) - 2 else words
