"""What is known before any page is read: actors, offices with dates, places, agencies and outlets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onrecord.knowledge.actors import (
    ORGANISATION_COLUMNS,
    PERSON_COLUMNS,
    STATE_COLUMNS,
    ActorIndex,
    Known,
    Named,
    organisation_of,
    person_of,
    state_of,
)
from onrecord.knowledge.agents import AGENT_COLUMNS, Agents, agent_of
from onrecord.knowledge.members import MEMBER_COLUMNS, Membership, Memberships, membership_of
from onrecord.knowledge.offices import OFFICE_COLUMNS, TITLE_COLUMNS, Offices, Titles, office_of, title_of
from onrecord.knowledge.organs import ORGAN_COLUMNS, Organs, organ_of
from onrecord.knowledge.overlay import Overlay, read_overlay, slug
from onrecord.knowledge.places import PLACE_COLUMNS, Gazetteer, NamedPlace, place_of
from onrecord.knowledge.press import AGENCY_COLUMNS, Press, Publisher, publisher_of
from onrecord.knowledge.tables import Row, digest, file_text, table
from onrecord.model import Actor, ActorKind, Office, Place


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of all tables, checked and typed."""

    known: tuple[Known, ...]
    offices: tuple[Office, ...]
    titles: Titles
    agents: Agents
    organs: Organs
    publishers: tuple[Publisher, ...]
    places: tuple[NamedPlace, ...]
    members: tuple[Membership, ...]


def own_tables() -> Tables:
    """The package's own tables.

    Raises:
        KnowledgeError: when one of them is malformed.
    """
    states = [state_of(row) for row in table("states.csv", STATE_COLUMNS)]
    organisations = [organisation_of(row) for row in table("organisations.csv", ORGANISATION_COLUMNS)]
    persons = [person_of(row) for row in table("persons.csv", PERSON_COLUMNS)]
    known = (*states, *organisations, *persons)
    ids: dict[str, Actor] = {}
    for entry in known:
        ids[entry.actor.id] = entry.actor
    return Tables(
        known,
        tuple(_term(row, ids) for row in table("offices.csv", OFFICE_COLUMNS)),
        Titles(title_of(row) for row in table("titles.csv", TITLE_COLUMNS)),
        Agents(agent_of(row) for row in table("agents.csv", AGENT_COLUMNS)),
        Organs(organ_of(row) for row in table("organs.csv", ORGAN_COLUMNS)),
        tuple(publisher_of(row) for row in table("agencies.csv", AGENCY_COLUMNS)),
        tuple(place_of(row) for row in table("places.csv", PLACE_COLUMNS)),
        tuple(membership_of(row) for row in table("members.csv", MEMBER_COLUMNS)),
    )


def _term(row: Row, ids: dict[str, Actor]) -> Office:
    for column in ("holder", "of"):
        if row.need(column) not in ids:
            raise row.error(f"{row.get(column)!r} in the column {column} is the id of no actor")
    return office_of(row, row.get("holder"), row.get("of"))


def _text(overlay: Path) -> str:
    """The characters of a user's table, from which its bytes come back where they are UTF-8."""
    try:
        return overlay.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return file_text(overlay)


class Knowledge:
    """The tables, ready to be asked. Made by `Knowledge.load`; no answer changes afterwards.

    ``version`` changes with every byte of the tables and of the overlay, whose text is ``own_table``: what a record keeps to be
    made again.
    """

    def __init__(
        self, tables: Tables, overlay: Overlay | None = None, version: str = "", own_table: str | None = None
    ) -> None:
        self.version = version
        self.own_table = own_table
        added: Iterable[Known] = overlay.known if overlay else ()
        self._own = frozenset(k.actor.id for k in added)
        self._press = Press((*tables.publishers, *(overlay.publishers if overlay else ())))
        presses = (_as_actor(p) for p in self._press)
        self._index = ActorIndex((*tables.known, *presses, *(overlay.known if overlay else ())))
        self.titles = tables.titles
        self.agents = tables.agents
        self.organs = tables.organs
        self._offices = Offices(
            _terms(tables.offices, overlay.offices if overlay else ()),
            tables.titles,
            {k.actor.id: k.actor for k in self._index},
            lambda words: frozenset(n.actor.id for n in self._index.named(words, None)),
        )
        places = tuple(NamedPlace(place, aliases) for place, aliases in (overlay.places if overlay else ()))
        self._gazetteer = Gazetteer(tables.places, places)
        self._members = Memberships((*tables.members, *_own_members(added)))

    @classmethod
    def load(cls, overlay: Path | None = None) -> Knowledge:
        """The package's tables, with the rows of a user's `overlay` file added or put in their place.

        Raises:
            KnowledgeError: when a table is malformed; the sentence names file and row.
        """
        tables = own_tables()
        own = None if overlay is None else read_overlay(overlay, ActorIndex(tables.known))
        return cls(tables, own, digest(overlay), None if overlay is None else _text(overlay))

    # Agencies and outlets

    def agency(self, words: str) -> str | None:
        """The canonical short name ("AP") of the agency or outlet with exactly this name, mark or host, or None."""
        return self._press.agency(words)

    def outlet_of_host(self, host: str) -> str | None:
        """The canonical name of the agency or outlet whose site `host` (or URL) belongs to, or None."""
        return self._press.outlet_of_host(host)

    def family(self, name: str) -> str | None:
        """The family of an agency or outlet (itself when it has no other), or None when it is not known."""
        return self._press.family(name)

    def is_agency(self, name: str) -> bool:
        """True when `name` is known to be an agency, which sells its copy to others."""
        return self._press.is_agency(name)

    def publisher(self, name: str) -> Publisher | None:
        """The agency or outlet with exactly this name, mark or host, or None."""
        return self._press.publisher(name)

    def publishers(self) -> tuple[Publisher, ...]:
        """All agencies and outlets, by name."""
        return tuple(sorted(self._press, key=lambda p: p.name))

    # Actors

    def actor(self, actor: str) -> Actor | None:
        """The actor with this id, or None."""
        entry = self._index.known(actor)
        return None if entry is None else entry.actor

    def known(self, actor: str) -> Known | None:
        """Everything known about the actor with this id, or None."""
        return self._index.known(actor)

    def actors(self) -> tuple[Known, ...]:
        """All actors of the tables, in their order."""
        return tuple(self._index)

    def from_overlay(self, actor: str) -> bool:
        """True when the actor with this id stands in the user's own table."""
        return actor in self._own

    def actors_named(self, words: str, date: str | None = None) -> tuple[Named, ...]:
        """The actors that `words` name as a whole, by any of their forms; those extant on `date` (ISO day) come alone."""
        return self._index.named(words, date)

    def people(self, name: str) -> tuple[Actor, ...]:
        """The persons with this full name, in any of the usual transliterations."""
        return self._index.people(name)

    def people_by_surname(self, name: str, date: str | None = None) -> tuple[Actor, ...]:
        """The persons with this family name; with `date` (ISO day) only those who held an office on it."""
        found = self._index.by_surname(name)
        return found if date is None else tuple(a for a in found if self._offices.of_holder(a.id, date))

    # Offices

    def holders(self, title: str, of: str, date: str) -> tuple[Actor, ...]:
        """Those who on `date` (ISO day) held at `of` (an actor's id) the office that the words `title` mean."""
        found = (self.actor(holder) for holder in self._offices.holders(title, of, date))
        return tuple(a for a in found if a is not None)

    def holders_between(self, title: str, of: str, first: str, last: str) -> tuple[Actor, ...]:
        """Those who held the office on any of the ISO days from `first` to `last`, both included."""
        found = (self.actor(holder) for holder in self._offices.holders_between(title, of, first, last))
        return tuple(a for a in found if a is not None)

    def offices_of(self, actor: str, date: str | None = None) -> tuple[Office, ...]:
        """The terms of the actor with this id, on `date` (ISO day) when it is given, else all."""
        return self._offices.of_holder(actor, date)

    def title_fits(self, title: str, term: Office) -> bool:
        """True when somebody in this term may be called by the words `title`."""
        return self._offices.fits(title, term)

    def offices(self) -> Sequence[Office]:
        """All terms of the tables, in their order."""
        return self._offices.terms

    # Members and places

    def members(self, organisation: str, date: str) -> tuple[Actor, ...]:
        """The members of the organisation with this id on `date` (ISO day)."""
        found = (self.actor(member) for member in self._members.members(organisation, date))
        return tuple(a for a in found if a is not None)

    def is_member(self, actor: str, organisation: str, date: str) -> bool:
        """True when the actor was a member of the organisation on `date` (ISO day)."""
        return actor in self._members.members(organisation, date)

    def place(self, words: str, countries: Collection[str] = ()) -> Place | None:
        """The place with exactly this name; `countries` (ISO alpha-2) are those its context speaks of."""
        return self._gazetteer.place(words, countries)

    def iso3(self, country: str) -> str | None:
        """The ISO alpha-3 code of an alpha-2 one; a country of a user's table keeps its own code."""
        return iso_codes().get(country, country)

    def iso2(self, state: Actor) -> str | None:
        """The ISO alpha-2 code of a state, or None; a state of a user's table has its own code."""
        if state.kind is not ActorKind.STATE or state.country is None:
            return None
        return next((two for two, three in iso_codes().items() if three == state.country), state.country)


@cache
def iso_codes() -> dict[str, str]:
    """The ISO 3166-1 alpha-3 code of every alpha-2 one, and ``XKX`` for ``XK`` as in use (columns id and iso2 of ``states.csv``)."""
    return {row.get("iso2"): row.get("id") for row in table("states.csv", STATE_COLUMNS) if row.get("iso2")}


def _as_actor(publisher: Publisher) -> Known:
    """An agency or outlet as somebody who says things ("the agency reported"); its hosts are no names."""
    kind = ActorKind.AGENCY if publisher.agency else ActorKind.OUTLET
    actor = Actor(
        f"{kind.value}:{slug(publisher.name)}", publisher.name, kind, None, publisher.country, publisher.sector
    )
    return Known(actor, names=publisher.aliases, source=publisher.source)


def _terms(base: Sequence[Office], own: Sequence[Office]) -> tuple[Office, ...]:
    """The base's terms without those that a user's row of the same holder, title and institution replaces, and the user's."""
    replaced = {(t.holder, t.title.casefold(), t.of) for t in own}
    return (*(t for t in base if (t.holder, t.title.casefold(), t.of) not in replaced), *own)


def _own_members(known: Iterable[Known]) -> Iterable[Membership]:
    """A state of a user's table that is part of an organisation is its member."""
    for entry in known:
        if entry.actor.kind is ActorKind.STATE and entry.actor.part_of is not None:
            yield Membership(entry.actor.part_of, entry.actor.id, entry.start, entry.end, entry.source)
