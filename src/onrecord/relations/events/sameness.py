"""One event, many reports: mentions of one happening put together, the same way in whatever order they were read.

1. In each document mentions are joined by what they say and by words that point back (`within`).
2. What copies of one text carry is one thing: mentions that share a line belong together.
3. Accounts of different texts are of one event when they are of one family of kinds, took place on one day, and agree in who
   took part: the same sides and, where both name people, the same people. Neither place, nor day, nor a family name alone joins
   anything. An account that says less (one side only, no names, only the month) joins the one event that it fits; where it fits
   two, it joins neither. Denied and merely possible events are never joined with real ones, nor those without a date.
   Events told without a doer are known by their scene (`scenes`).
4. Reviewers' corrections come last and can be taken back.

The result depends on the set of mentions and corrections alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from onrecord.model import Correction, CorrectionKind, Event, EventMention
from onrecord.relations.events.merged import merged
from onrecord.relations.events.nodes import (
    Account,
    Telling,
    Told,
    account,
    dates_agree,
    people_agree,
    places_agree,
    share_people,
    sides_nest,
)
from onrecord.relations.events.scenes import apart, by_count, by_news, by_scene
from onrecord.relations.events.sets import Sets
from onrecord.relations.events.within import happenings


def events(tellings: Iterable[Telling], corrections: Sequence[Correction] = ()) -> tuple[Event, ...]:
    """The events that `tellings` tell, in the order of their dates; `corrections` are those in force, in the order of the log."""
    ordered = sorted(tellings, key=_order)
    known = {t.mention.id: t for t in ordered}
    parts = _corrected(_joined(_documents(ordered), known), known, corrections)
    found = [merged([known[i] for i in part]) for part in parts]
    return tuple(sorted(found, key=lambda e: (e.date.value or e.date.earliest or "9999", e.id)))


def _order(telling: Telling) -> tuple[str, str, int, str]:
    return (telling.published or "9999", telling.mention.document, telling.mention.trigger[0].start, telling.mention.id)


def _documents(ordered: Sequence[Telling]) -> list[list[EventMention]]:
    by_document: dict[str, list[EventMention]] = defaultdict(list)
    for telling in ordered:
        by_document[telling.mention.document].append(telling.mention)
    return [some for document in by_document.values() for some in happenings(document)]


def _joined(found: list[list[EventMention]], known: dict[str, Telling]) -> list[list[str]]:
    by_line = Sets(len(found))
    first: dict[str, int] = {}
    for number, some in enumerate(found):
        for mention in some:
            line = known[mention.id].line
            by_line.join(first.setdefault(line, number), number)
    texts = [[m for number in group for m in found[number]] for group in by_line.groups()]
    accounts = [account(some) for some in texts]
    sets = Sets(len(texts))
    reports = [{known[m.id].report or m.document for m in some} for some in texts]
    documents = [{m.document for m in some} for some in texts]
    _by_report(accounts, reports, documents, sets)
    _by_day(accounts, reports, sets)
    by_scene(accounts, documents, sets)
    by_news(accounts, [known[some[0].id].published for some in texts], documents, sets)
    _by_month(accounts, sets)
    by_count(accounts, sets)
    return [[m.id for number in group for m in texts[number]] for group in sets.groups()]


def _by_report(
    accounts: Sequence[Account], reports: Sequence[set[str]], documents: Sequence[set[str]], sets: Sets
) -> None:
    """Joins what the copies of one text word differently: accounts of one report that agree, when each fits one other only."""
    buckets: dict[tuple[str, str, Told, bool], list[int]] = defaultdict(list)
    for number, one in enumerate(accounts):
        if one.family not in _APART:
            for report in sorted(reports[number]):
                buckets[(report, one.family, one.told, one.past)].append(number)
    for members in buckets.values():
        fits = {
            n: [o for o in members if o != n and not documents[n] & documents[o] and _agree(accounts[n], accounts[o])]
            for n in members
        }
        # What fits an account must come from documents that are apart: two of one document would be two events.
        clear = {
            n
            for n, others in fits.items()
            if all(not documents[a] & documents[b] for a in others for b in others if a < b)
        }
        for number in sorted(clear):
            for other in fits[number]:
                if other in clear:
                    sets.join(number, other)


def _agree(one: Account, other: Account) -> bool:
    if not dates_agree(one.date, other.date) or not places_agree(one.place, other.place):
        return False
    if not one.named and not other.named:
        same_place = one.place is not None and other.place is not None and one.place.name == other.place.name
        return one.date.value is not None and one.date.value == other.date.value and (one.day is not None or same_place)
    return sides_nest(one, other) and people_agree(one, other)


def _by_day(accounts: Sequence[Account], reports: Sequence[set[str]], sets: Sets) -> None:
    buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(accounts):
        if one.day is not None and one.told is Told.REAL and one.named and one.family not in _APART:
            buckets[(one.family, one.day)].append(number)
    for members in buckets.values():
        _equal(accounts, members, reports, sets)
        _vague(accounts, members, sets, _says_less)


def _equal(accounts: Sequence[Account], members: Sequence[int], reports: Sequence[set[str]], sets: Sets) -> None:
    """Joins accounts with the same sides that name the same people for each of them, or no people at all."""
    for at, number in enumerate(members):
        for other in members[at + 1 :]:
            one, two = accounts[number], accounts[other]
            alike = one.sides == two.sides and one.people.keys() == two.people.keys() and one.words == two.words
            enough = _enough(one, two) or bool(reports[number] & reports[other])
            agree = people_agree(one, two) and places_agree(one.place, two.place) and not apart(one, two)
            if alike and agree and enough:
                sets.join(number, other)


def _enough(one: Account, two: Account) -> bool:
    """Two sides, or the same person, or the same place with the same side: one side on one day may do a thing twice."""
    same_place = one.place is not None and two.place is not None and one.place.name == two.place.name
    return len(one.sides) > 1 or share_people(one, two) or same_place or one.family in _ONCE


#: What is never one event on account of the day and the sides alone.
_APART = frozenset({"saying"})
#: What one side does once a day.
_ONCE = frozenset({"legislation", "election", "exercise"})


def _vague(
    accounts: Sequence[Account], members: Sequence[int], sets: Sets, less: Callable[[Account, Account], bool]
) -> None:
    """Joins every account to the one group that says more, when only one does."""
    chosen: list[tuple[int, int]] = []
    for number in members:
        above = {
            sets.of(o): o for o in members if sets.of(o) != sets.of(number) and less(accounts[number], accounts[o])
        }
        tops = [
            o
            for o in above.values()
            if not any(_says_less(accounts[o], accounts[p]) for p in members if sets.of(p) != sets.of(o))
        ]
        if len(tops) == 1:
            chosen.append((number, tops[0]))
    for number, other in chosen:
        sets.join(number, other)


def _says_less(one: Account, other: Account) -> bool:
    """True when `one` can be of the same event as `other` and names fewer of those in it."""
    if not sides_nest(one, other) or not people_agree(one, other) or not places_agree(one.place, other.place):
        return False
    if apart(one, other):
        return False
    if one.sides == other.sides:
        fewer = one.people.keys() < other.people.keys() or (
            one.people.keys() == other.people.keys() and one.words < other.words
        )
        return fewer and (len(one.sides) > 1 or _enough(one, other))
    if not one.sides < other.sides:
        return False
    same_place = one.place is not None and other.place is not None and one.place.name == other.place.name
    return len(one.sides) > 1 or share_people(one, other) or same_place


def _by_month(accounts: Sequence[Account], sets: Sets) -> None:
    """Joins an account that only has the month to the one event of that month that it can be."""
    buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(accounts):
        if one.month is not None and one.told is Told.REAL and one.named and one.family not in _APART:
            buckets[(one.family, one.month)].append(number)
    for members in buckets.values():
        coarse = [n for n in members if accounts[n].day is None]
        exact = [n for n in members if accounts[n].day is not None]
        chosen: list[tuple[int, int]] = []
        for number in coarse:
            fitting = {sets.of(o): o for o in exact if _same_but_day(accounts[number], accounts[o])}
            if len(fitting) == 1:
                chosen.append((number, next(iter(fitting.values()))))
            elif not fitting:
                chosen.extend((number, o) for o in coarse if o > number and _same_coarse(accounts[number], accounts[o]))
        for number, other in chosen:
            sets.join(number, other)


def _same_but_day(one: Account, other: Account) -> bool:
    nest = one.sides == other.sides and people_agree(one, other) and places_agree(one.place, other.place)
    return nest and (len(one.sides) > 1 or share_people(one, other))


def _same_coarse(one: Account, other: Account) -> bool:
    same_place = one.place is not None and other.place is not None and one.place.name == other.place.name
    return same_place and _same_but_day(one, other)


def _corrected(parts: list[list[str]], known: dict[str, Telling], corrections: Sequence[Correction]) -> list[list[str]]:
    """The parts as reviewers joined and split them; a correction names mentions, and their copies go with them."""
    for entry in corrections:
        if entry.kind not in (CorrectionKind.JOIN_EVENTS, CorrectionKind.SPLIT_EVENT):
            continue
        lines = {known[i].line for i in entry.subject if i in known}
        meant = {i for part in parts for i in part if known[i].line in lines}
        if not meant:
            continue
        if entry.kind is CorrectionKind.JOIN_EVENTS:
            touched = [part for part in parts if meant & set(part)]
            parts = [part for part in parts if not meant & set(part)] + [[i for part in touched for i in part]]
        else:
            parted = [i for part in parts for i in part if i in meant]
            parts = [rest for part in parts if (rest := [i for i in part if i not in meant])] + [parted]
    return parts
