"""Events that are told without whoever did them: shellings, raids, arrests and rallies known by their scene.

Day and place alone join nothing. Two accounts of one day and one spot are of one event where something else agrees as well (how
it was done, what was hit, how many were killed, who suffered) and nothing differs. Where an account fits two that differ from each
other, there were two events that day, and it joins neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from onrecord.model import Place, Precision
from onrecord.relations.events.nodes import (
    Account,
    Told,
    counts_meet,
    people_agree,
    places_agree,
    share_people,
)
from onrecord.relations.events.sets import Sets

#: Families whose events are often told without a doer.
SCENE_FAMILIES = frozenset({"attack", "detention", "seizure", "release", "protest"})
#: Modes that one report may call by one word and another by the other; what only says that something was destroyed differs from none.
_WAYS = {
    "explosives": "bomb",
    "suicide-attack": "bomb",
    "heavy-weapons": "from afar",
    "aerial": "from afar",
    "drone": "from afar",
    "destroy": "",
}
#: What happened is news for so many days.
_NEWS_DAYS = 3
#: A number that is no chance: from so many on, two accounts of one month that count the same may be of one event.
_TELLING = 3


def by_scene(accounts: Sequence[Account], documents: Sequence[set[str]], sets: Sets) -> None:
    """Joins the accounts that share a scene."""
    buckets: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(accounts):
        if one.family in SCENE_FAMILIES and one.told is Told.REAL and one.day is not None and _is_spot(one.place):
            buckets[(one.family, one.day, one.place.name if one.place is not None else "")].append(number)
    for members in buckets.values():
        _join_clear(accounts, documents, members, sets)


def by_news(
    accounts: Sequence[Account], published: Sequence[str | None], documents: Sequence[set[str]], sets: Sets
) -> None:
    """Joins an account without a date to the one event of its scene that is news when its page comes out.

    "Accused Tasse of supplying the guns that shelled a market", on the page of the day or of the days after.
    """
    buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(accounts):
        if one.family in SCENE_FAMILIES and one.told is Told.REAL and not one.past and _is_spot(one.place):
            buckets[(one.family, one.place.name if one.place is not None else "")].append(number)
    chosen = []
    for members in buckets.values():
        exact = [n for n in members if accounts[n].day is not None]
        for number in members:
            if accounts[number].date.precision is not Precision.UNKNOWN or accounts[number].date.latest is not None:
                continue
            near = [
                o
                for o in exact
                if _is_news(accounts[o].day, published[number]) and not documents[o] & documents[number]
            ]
            fitting = [o for o in near if _fits(accounts[number], accounts[o])]
            if len({sets.of(o) for o in fitting}) == 1 and all(_may_be(accounts[number], accounts[o]) for o in near):
                chosen.append((number, fitting[0]))
    for number, other in chosen:
        sets.join(number, other)


def _is_news(day: str | None, published: str | None) -> bool:
    if day is None or published is None or len(published) < 10:
        return False
    return 0 <= (date.fromisoformat(published[:10]) - date.fromisoformat(day[:10])).days <= _NEWS_DAYS


def by_count(accounts: Sequence[Account], sets: Sets) -> None:
    """Joins an account that has only the month to the one event of the month that counts the same ("the 11 killed last month")."""
    buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(accounts):
        if one.family in SCENE_FAMILIES and one.told is Told.REAL and one.month is not None and one.counts:
            buckets[(one.family, one.month)].append(number)
    for members in buckets.values():
        for number in members:
            if accounts[number].day is not None or not any(_TELLING <= c[1] == c[2] for c in accounts[number].counts):
                continue
            exact = [o for o in members if accounts[o].day is not None and _counts_as(accounts[number], accounts[o])]
            if len({sets.of(o) for o in exact}) == 1:
                sets.join(number, exact[0])


def apart(one: Account, other: Account) -> bool:
    """True where two accounts differ in something that one event has once: how, what was hit, how many."""
    ways = [{_WAYS.get(mode, mode) for mode in some.modes} - {""} for some in (one, other)]
    if ways[0] and ways[1] and not ways[0] & ways[1]:
        return True
    if one.things and other.things and not one.things & other.things:
        return True
    return counts_meet(one, other) is False


def _join_clear(accounts: Sequence[Account], documents: Sequence[set[str]], members: Sequence[int], sets: Sets) -> None:
    fits = {
        n: [o for o in members if o != n and not documents[n] & documents[o] and _fits(accounts[n], accounts[o])]
        for n in members
    }
    clear = {
        n
        for n, others in fits.items()
        if all(_may_be(accounts[a], accounts[b]) for a in others for b in others if a < b)
    }
    for number in sorted(clear):
        for other in fits[number]:
            if other in clear:
                sets.join(number, other)


def _fits(one: Account, other: Account) -> bool:
    alike = bool(one.modes & other.modes or one.things & other.things or one.words & other.words)
    return _may_be(one, other) and (alike or counts_meet(one, other) is True or share_people(one, other))


def _may_be(one: Account, other: Account) -> bool:
    nest = not one.sides or not other.sides or one.sides <= other.sides or other.sides <= one.sides
    return nest and people_agree(one, other) and places_agree(one.place, other.place) and not apart(one, other)


def _counts_as(one: Account, other: Account) -> bool:
    return counts_meet(one, other) is True and _may_be(one, other)


def _is_spot(place: Place | None) -> bool:
    """True for a town or a spot, false for a whole state."""
    return place is not None and not place.state
