"""What is known of one happening from some of its mentions, and when two such accounts can be of the same one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from onrecord.model import (
    Auxiliary,
    Comparator,
    DateValue,
    EventKind,
    EventMention,
    Figure,
    Place,
    Precision,
)

#: Kinds that one report may call by one word and another by the other.
_FAMILIES = {EventKind.TALKS: "meeting", EventKind.SEIZURE: "seizure"}


class Told(Enum):
    """Whether an account is of something that took place or is to, or of something that did not or only may."""

    REAL = "real"
    NEGATED = "negated"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Telling:
    """One mention with where it stands: the line it shares with copies, its report, and the day its page was published."""

    mention: EventMention
    line: str
    report: str | None = None
    published: str | None = None


def family(kind: EventKind) -> str:
    """The name of the kinds that may be one event."""
    return _FAMILIES.get(kind, kind.value)


def told(aux: Auxiliary) -> Told:
    """How an auxiliary lets an account be compared: events that happened, are over or are to come may be one event."""
    if aux is Auxiliary.NEGATED:
        return Told.NEGATED
    return Told.OPEN if aux is Auxiliary.HYPOTHETICAL else Told.REAL


@dataclass(frozen=True, slots=True)
class Account:
    """What some mentions together say of a happening.

    ``sides`` are the states and organisations in it, ``people`` the persons by side ("" where it is not known), ``words`` those
    who are not resolved, in small letters. ``past`` is set where all of them tell it as background. ``modes`` are the ways in which
    it was done, ``things`` what was hit; ``counts`` what its figures say of so many killed, held or freed: (of what, at least, at most).
    """

    family: str
    told: Told
    sides: frozenset[str]
    people: Mapping[str, frozenset[str]]
    words: frozenset[str]
    date: DateValue
    place: Place | None
    past: bool = False
    modes: frozenset[str] = frozenset()
    counts: frozenset[tuple[str, int, int]] = frozenset()
    things: frozenset[str] = frozenset()

    @property
    def day(self) -> str | None:
        """The ISO day, where it is known."""
        return self.date.value if self.date.precision is Precision.DAY and self.date.value else None

    @property
    def month(self) -> str | None:
        """The month (``2015-02``) of a day or a month that is known."""
        known = self.date.value is not None and self.date.precision in (Precision.DAY, Precision.MONTH)
        return self.date.value[:7] if known and self.date.value else None

    @property
    def named(self) -> bool:
        """True when somebody takes part."""
        return bool(self.sides or self.words or any(self.people.values()))


def account(mentions: Sequence[EventMention]) -> Account:
    """What `mentions` (at least one) say together."""
    sides: set[str] = set()
    people: dict[str, set[str]] = {}
    words: set[str] = set()
    for part in (p for m in mentions for p in m.participants):
        sides.update(part.sides)
        for ref in part.actors:
            if ref.id is None and not part.sides:
                words.add(_plain(ref.name))
            elif (ref.id is None and ref.name[:1].isupper()) or (ref.id or "").startswith(("person:", "act-")):
                for side in part.sides or ("",):
                    people.setdefault(side, set()).add(ref.id or _plain(ref.name))
    real = [m for m in mentions if told(m.aux) is Told.REAL]
    return Account(
        family(mentions[0].kind),
        Told.REAL if real else told(mentions[0].aux),
        frozenset(sides),
        {side: frozenset(some) for side, some in sorted(people.items())},
        frozenset(words),
        best_date([m.date for m in mentions]),
        next((m.place for m in mentions if m.place is not None), None),
        all(m.aux is Auxiliary.HISTORICAL for m in mentions),
        frozenset(m.mode for m in mentions if m.mode is not None),
        frozenset(_count(f) for m in mentions for f in m.figures),
        frozenset(m.thing for m in mentions if m.thing is not None),
    )


#: Stands for no upper bound.
_NO_BOUND = 1 << 62


def _count(figure: Figure) -> tuple[str, int, int]:
    """The range of a figure: "at least six killed" is from six up."""
    low = {
        Comparator.MORE_THAN: figure.value + 1,
        Comparator.LESS_THAN: 0,
        Comparator.AT_MOST: 0,
        Comparator.ABOUT: figure.value * 9 // 10,
    }
    high = {
        Comparator.MORE_THAN: _NO_BOUND,
        Comparator.AT_LEAST: _NO_BOUND,
        Comparator.LESS_THAN: figure.value - 1,
        Comparator.ABOUT: figure.value * 11 // 10 + 1,
    }
    return (
        figure.of,
        low.get(figure.comparator, figure.value),
        high.get(figure.comparator, figure.value),
    )


def counts_meet(one: Account, other: Account) -> bool | None:
    """Whether what both count of one thing can be one number; None where they count nothing in common.

    Several counts of one account ("six", later "eleven") need only one that fits.
    """
    seen = False
    for of in {c[0] for c in one.counts} & {c[0] for c in other.counts}:
        pairs = [(a, b) for a in one.counts for b in other.counts if a[0] == b[0] == of]
        if not any(a[1] <= b[2] and b[1] <= a[2] for a, b in pairs):
            return False
        seen = True
    return True if seen else None


def _plain(name: str) -> str:
    words = name.casefold().removeprefix("the ").split()
    return " ".join(words)


_RANK = {Precision.DAY: 0, Precision.MONTH: 1, Precision.YEAR: 2, Precision.INTERVAL: 3, Precision.UNKNOWN: 4}


def best_date(dates: Iterable[DateValue]) -> DateValue:
    """The most exact of `dates`, the first of equals."""
    return min(dates, key=lambda d: (_RANK[d.precision], d.value is None))


def people_agree(one: Account, other: Account) -> bool:
    """False when both name people for one side and none of them is the same."""
    for side, some in one.people.items():
        others = other.people.get(side)
        if others and not some & others:
            return False
    return True


def share_people(one: Account, other: Account) -> bool:
    """True when the two name the same person."""
    return bool({p for some in one.people.values() for p in some} & {p for some in other.people.values() for p in some})


def dates_agree(one: DateValue, other: DateValue) -> bool:
    """True unless the two cannot be of one day: bounds that do not meet, or two weekdays."""
    if one.weekday and other.weekday and one.value is None and other.value is None and one.weekday != other.weekday:
        return False
    if one.latest and other.earliest and one.latest < other.earliest:
        return False
    return not (other.latest and one.earliest and other.latest < one.earliest)


def places_agree(one: Place | None, other: Place | None) -> bool:
    """True unless both are known and differ; a country agrees with the towns in it."""
    if one is None or other is None or one.name == other.name:
        return True
    country = one.lat is None or other.lat is None
    return country and one.country is not None and one.country == other.country


def sides_nest(one: Account, other: Account) -> bool:
    """True when the sides of one are among those of the other, and there are any (words count where nobody is resolved)."""
    if one.sides and other.sides:
        return one.sides <= other.sides or other.sides <= one.sides
    if one.sides or other.sides:
        return False
    if any(one.people.values()) or any(other.people.values()):
        return share_people(one, other)
    return bool(one.words & other.words)
