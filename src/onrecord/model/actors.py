"""Actors, the offices they hold between two days, and places."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.model.spans import Span


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    STATE = "state"
    GOVERNMENT_ORGAN = "government_organ"
    ORGANISATION = "organisation"
    FORUM = "forum"
    ARMED_GROUP = "armed_group"
    UNNAMED_GROUP = "unnamed_group"
    AGENCY = "agency"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that says and does. ``part_of`` is the id of the state or organisation it belongs to.

    Ids of the knowledge tables are readable (``state:RUS``, ``org:NATO``, ``person:jens-stoltenberg``); an actor known only
    from pages is provisional and has an id from its content. ``gender`` is ``m``, ``f`` or None.
    """

    id: str
    name: str
    kind: ActorKind
    part_of: str | None = None
    country: str | None = None
    sector: str | None = None
    gender: str | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """One term in one office: ISO dates, ``end`` excluded and None only for a term still running on the ``checked`` day.

    After ``checked`` the holder of an open term is unknown: no term is valid for ever. ``source`` names what the row was
    checked against, or ``unverified``; ``verified`` is the last day that it confirms, None when nothing was looked up.
    """

    holder: str
    title: str
    of: str
    start: str
    end: str | None
    checked: str
    source: str
    verified: str | None = None

    def held_on(self, date: str) -> bool:
        """True when the office was held on `date` (ISO day) as far as the row knows."""
        last = self.end if self.end is not None else self.checked
        return self.start <= date and (date < last or (self.end is None and date == last))

    def verified_on(self, date: str) -> bool:
        """True when the office was held on `date` (ISO day) and a source that was looked up says so."""
        return self.verified is not None and date <= self.verified and self.held_on(date)


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its name, with coordinates in degrees (WGS 84) and the ISO 3166 alpha-2 country where known; ``state`` for a whole state."""

    name: str
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    state: bool = False


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor as one line names it: id (None when unresolved), name, and the characters that name it (None if implied)."""

    id: str | None
    name: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who a mention is: the actors (several for "the two sides", none when unresolved), a score (0 to 1) and the reason.

    ``rule`` is the short name of the rule that decided; ``note`` is a sentence for the reader, such as a title that the
    person did not hold.
    """

    actors: tuple[Actor, ...]
    score: float
    rule: str
    note: str | None = None
