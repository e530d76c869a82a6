"""What ledgers are made from, and which of it was known on a day: no hindsight is held here and nowhere else.

A report is known from the last day on which it can have come out; a page without a date is never known to have come out by a
day. With hindsight, later and undated reports count too, for what was said or done by the day that is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from onrecord.model import Act, ActorRef, Correction, DateValue, Event, Modality, Polarity, Relation
from onrecord.relations.events import Telling, events


@dataclass(frozen=True, slots=True)
class Part:
    """One proposition of a saying: its words and its deadline, None where it names none."""

    text: str
    deadline: DateValue | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement on one page, as ledgers need it.

    ``sides`` are the states and organisations behind the speakers, ``targets`` those it is aimed at (actors that belong to none
    stand for themselves). ``said`` is the ISO day, month or year of the saying with its bounds ``earliest`` and ``latest``;
    ``published`` the last day on which the page can have come out, None when that is not known. Sayings with one ``line`` are
    one saying on several copies; ``lead`` marks the copy that its report was taken from.
    """

    id: str
    line: str
    document: str
    act: Act
    text: str
    parts: tuple[Part, ...]
    speakers: tuple[ActorRef, ...] = ()
    sides: tuple[ActorRef, ...] = ()
    targets: tuple[ActorRef, ...] = ()
    said: str | None = None
    earliest: str | None = None
    latest: str | None = None
    published: str | None = None
    polarity: Polarity = Polarity.AFFIRMATIVE
    modality: Modality = Modality.FACT
    presupposed: bool = False
    nested_in: str | None = None
    lead: bool = True


@dataclass(frozen=True, slots=True)
class Sighting:
    """A sentence in which a page itself, not somebody it quotes, names a channel; ``parties`` are the sides it names."""

    document: str
    text: str
    parties: tuple[ActorRef, ...]
    published: str | None


@dataclass(frozen=True, slots=True)
class EventTold:
    """A mention of an event with the last day on which its page can have come out."""

    telling: Telling
    published: str | None


@dataclass(frozen=True, slots=True)
class Given:
    """Everything that ledgers are computed from.

    ``relations`` are between lines; ``withdrawn`` the ids of relations that reviewers took out; ``corrections`` those in force on events (actors and reports are corrected before);
    ``forums`` are ids of actors; ``names`` gives the names of sides and forums by id. ``last`` is the last day on which a page came out.
    """

    sayings: tuple[Saying, ...] = ()
    relations: tuple[Relation, ...] = ()
    tellings: tuple[EventTold, ...] = ()
    corrections: tuple[Correction, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    forums: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    last: str | None = None


def last_day(date: DateValue) -> str | None:
    """The last ISO day that a date with a value can mean; None for a date without one (its bounds are no evidence of a day)."""
    if date.value is None:
        return None
    if len(date.value) >= 10:
        return date.value[:10]
    return date.latest or date.value + {4: "-12-31", 7: "-31"}.get(len(date.value), "")


def known(given: Given, on: str | None, *, hindsight: bool) -> Given:
    """The part of `given` that was known on the day `on` (ISO; None for all of it), with one saying for each line.

    Relations stay where both of their lines do.
    """
    sayings = _one_for_each_line(s for s in given.sayings if _counts(s, on, hindsight))
    lines = {s.line for s in sayings}
    return Given(
        sayings,
        tuple(r for r in given.relations if r.subject in lines and r.object in lines),
        tuple(t for t in given.tellings if _happened(t, on, hindsight)),
        given.corrections,
        tuple(s for s in given.sightings if on is None or _out_by(s.published, on)),
        given.forums,
        given.names,
        given.withdrawn,
        given.last,
    )


def _out_by(published: str | None, on: str) -> bool:
    return published is not None and published <= on


def _counts(saying: Saying, on: str | None, hindsight: bool) -> bool:
    if on is None or _out_by(saying.published, on):
        return True
    if not hindsight:
        return False
    if saying.said is None and saying.earliest is None:
        # A page that came out later tells of a saying without a date: nothing says that it was made by then.
        return saying.published is None
    return (saying.said or saying.earliest or "") <= on + "~" and (saying.latest or saying.said or "") <= on


def _happened(told: EventTold, on: str | None, hindsight: bool) -> bool:
    if on is None or _out_by(told.published, on):
        return True
    return hindsight and (last_day(told.telling.mention.date) or "~") <= on


def happenings(given: Given) -> tuple[Event, ...]:
    """The events that the mentions of `given` make together."""
    return events((t.telling for t in given.tellings), given.corrections)


def _one_for_each_line(sayings: Iterable[Saying]) -> tuple[Saying, ...]:
    """For each line the saying on the copy that came out first; among those of one day the one on the report's lead."""
    found: dict[str, Saying] = {}
    line_of: dict[str, str] = {}
    for saying in sorted(sayings, key=_precedence):
        line_of[saying.id] = saying.line
        found.setdefault(saying.line, saying)
    chosen = []
    for saying in found.values():
        outer = line_of.get(saying.nested_in) if saying.nested_in else None
        chosen.append(saying if outer is None else replace(saying, nested_in=found[outer].id))
    return tuple(sorted(chosen, key=lambda s: (s.document, s.id)))


def _precedence(saying: Saying) -> tuple[bool, str, bool, bool, str, str]:
    return (
        saying.published is None,
        saying.published or "",
        not saying.lead,
        saying.id != saying.line,
        saying.document,
        saying.id,
    )
