"""Wordings of one thing over reports and years, put together: the rows of a ledger before anybody has answered them.

Wordings belong together when they come from the same side, go to the same side, and have the same key, or when a relation says
that one repeats the other. A relation never joins two keys that are both sure and different.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.model import Act, ActorRef, DateValue, Relation, RelationKind
from onrecord.model.ledgers import Utterance
from onrecord.relations.ledgers.keys import ALIKE, Key, content_key, same
from onrecord.relations.ledgers.known import Saying

#: How an outer saying names the demand or offer it repeats before the inner one gives it: "their demand that ...".
_NAMED = frozenset(
    {"demand", "demands", "call", "calls", "request", "requests", "offer", "proposal", "accusation", "accusations"}
)
_NAMED_WITHIN = 6


@dataclass(frozen=True, slots=True)
class Worded:
    """One proposition of a saying with the sides it goes from and to, and its key; `several` when it stands beside others."""

    saying: Saying
    part: int
    by: tuple[ActorRef, ...]
    of: tuple[ActorRef, ...]
    key: Key
    deadline: DateValue | None
    text: str
    through: bool
    several: bool = False

    @property
    def wording(self) -> tuple[str, int]:
        """The line and the number of the proposition in it."""
        return self.saying.line, self.part

    def utterance(self) -> Utterance:
        """The wording as rows show it; what others tell has no day of its own in them."""
        s = self.saying
        return Utterance(
            s.id, self.part, s.line, s.document, s.said, s.published, s.speakers, self.text, through=self.through
        )


def actor_key(ref: ActorRef) -> str:
    """The id of an actor, or its name where it has none."""
    return ref.id or f"name {ref.name}"


def keys_of(refs: Iterable[ActorRef]) -> frozenset[str]:
    """The ids of several actors."""
    return frozenset(actor_key(ref) for ref in refs)


def worded(
    sayings: Sequence[Saying],
    acts: frozenset[Act],
    *,
    told_by_others: bool | frozenset[Act],
    wanted: Callable[[Saying], bool] = bool,
) -> list[Worded]:
    """The propositions of all sayings that do one of `acts`.

    A saying nested in another of the same kind by the same side is that one told in two frames, and only the outer counts. One
    that another side tells counts with `told_by_others` only, or where the telling does one of the acts given there: a demand that
    is rejected stands, a promise that one's adversary reports is his word.
    """
    by_id = {s.id: s for s in sayings}
    inner_of = {s.nested_in: s for s in sayings if s.nested_in in by_id and s.act in acts}
    found = []
    for saying in sayings:
        if saying.act not in acts or not wanted(saying):
            continue
        outer = by_id.get(saying.nested_in) if saying.nested_in else None
        if outer is not None and _same_act(outer, saying, acts):
            continue
        through = outer is not None and not keys_of(outer.sides) & keys_of(saying.sides)
        anyhow = (
            told_by_others if isinstance(told_by_others, bool) else outer is not None and outer.act in told_by_others
        )
        if (through or (saying.nested_in is not None and outer is None)) and not anyhow:
            continue
        found += _parts(saying, inner_of.get(saying.id), through=through)
    return found


def _same_act(outer: Saying, inner: Saying, acts: frozenset[Act]) -> bool:
    return outer.act in acts and bool(keys_of(outer.sides) & keys_of(inner.sides))


def _parts(saying: Saying, inner: Saying | None, *, through: bool) -> list[Worded]:
    of = saying.targets
    if inner is not None and inner.targets and (not of or _names_it(saying.text)):
        # "repeated their demand that ...": whom it goes to stands in what is demanded.
        of = inner.targets
    keyed = [(number, part, content_key(part.text)) for number, part in enumerate(saying.parts)]
    # "accused Arvenia, on Tuesday, of ...": a name that stands apart from what is said of it says nothing.
    telling = [one for one in keyed if one[2].action is not None or one[2].words] or keyed
    return [
        Worded(saying, n, saying.sides, of, key, part.deadline, _tidy(part.text), through, len(telling) > 1)
        for n, part, key in telling
    ]


def _names_it(text: str) -> bool:
    words = [w.strip(",.").casefold() for w in text.split()[:_NAMED_WITHIN]]
    return bool(_NAMED.intersection(words))


def _tidy(text: str) -> str:
    return " ".join(text.split()).rstrip(",;")


def for_each_side(entries: Iterable[Worded]) -> list[Worded]:
    """Joint sayings as one entry for each of the sides."""
    return [replace(e, by=(side,)) for e in entries for side in e.by]


def _no_term(_: Worded) -> str | None:
    return None


def grouped(
    entries: Sequence[Worded],
    relations: Iterable[Relation],
    term: Callable[[Worded], str | None] = _no_term,
) -> list[tuple[Worded, ...]]:
    """The entries that say one thing, each group in the order of its days, the groups in the order of their first ones.

    `term` gives what keeps two entries apart whatever they say (the last day of a promise); None goes with any one.
    """
    ordered = sorted(entries, key=_place)
    groups = _Groups(ordered)
    by_parties: dict[tuple[frozenset[str], str | None], list[int]] = {}
    for number, entry in enumerate(ordered):
        by_parties.setdefault((keys_of(entry.by), entry.key.action), []).append(number)
    for numbers in by_parties.values():
        _join_same(ordered, numbers, groups, term)
    places: dict[tuple[str, int], list[int]] = {}
    for number, entry in enumerate(ordered):
        places.setdefault(entry.wording, []).append(number)
    for relation in sorted(relations, key=lambda r: r.id):
        if relation.kind is RelationKind.REPEATS:
            later, earlier = relation.parts or (0, 0)
            for one in places.get((relation.subject, later), ()):
                for two in places.get((relation.object, earlier), ()):
                    if _may_join(ordered[one], ordered[two]) and not _apart(ordered[one], ordered[two], term):
                        groups.join(one, two)
    return groups.all()


def _apart(one: Worded, two: Worded, term: Callable[[Worded], str | None]) -> bool:
    first, second = term(one), term(two)
    return first is not None and second is not None and first != second


def _place(entry: Worded) -> tuple[bool, str, bool, str, str, str, int]:
    s = entry.saying
    return (s.said is None, s.said or "", s.published is None, s.published or "", s.document, s.id, entry.part)


def _join_same(
    ordered: Sequence[Worded], numbers: Sequence[int], groups: _Groups, term: Callable[[Worded], str | None]
) -> None:
    targeted: dict[frozenset[str], list[int]] = {}
    for number in numbers:
        targeted.setdefault(keys_of(ordered[number].of), []).append(number)
    for some in targeted.values():
        _join_known(ordered, [n for n in some if ordered[n].key.sure], groups, term)
        for one, two in _alike(ordered, [n for n in some if not ordered[n].key.sure]):
            if same(ordered[one].key, ordered[two].key) and not _apart(ordered[one], ordered[two], term):
                groups.join(one, two)
    _join_pronouns(ordered, numbers, groups, term)
    _join_named(ordered, numbers, groups, term)
    openly = targeted.get(frozenset(), ())
    known = _Known(ordered, [n for n in numbers if ordered[n].of]) if openly else None
    for one in openly:
        fitting = [
            two
            for two in (known.near(ordered[one].key) if known is not None else ())
            if same(ordered[one].key, ordered[two].key) and not _apart(ordered[one], ordered[two], term)
        ]
        if len({(keys_of(ordered[two].of), term(ordered[two])) for two in fitting}) == 1:
            groups.join(one, fitting[0])


class _Known:
    """Entries by what their keys can have in common with another: the object where it is known, else a word."""

    def __init__(self, ordered: Sequence[Worded], numbers: Sequence[int]) -> None:
        self._by_object: dict[str | None, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        for number in numbers:
            key = ordered[number].key
            if key.sure:
                self._by_object.setdefault(key.object, []).append(number)
            else:
                for word in key.words:
                    self._by_word.setdefault(word, []).append(number)

    def near(self, key: Key) -> list[int]:
        """The entries that `same` can hold of, in their order."""
        if key.sure:
            return self._by_object.get(key.object, [])
        return sorted({number for word in key.words for number in self._by_word.get(word, ())})


def _join_named(
    ordered: Sequence[Worded], numbers: Sequence[int], groups: _Groups, term: Callable[[Worded], str | None]
) -> None:
    """Joins what is only named ("accepted the offer of talks") to the one thing it is short for."""
    for one in numbers:
        entry = ordered[one]
        if not entry.saying.presupposed:
            continue
        fitting = [
            two
            for two in numbers
            if _short_for(entry, ordered[two])
            and (not entry.of or not ordered[two].of or keys_of(entry.of) & keys_of(ordered[two].of))
            and not _apart(entry, ordered[two], term)
        ]
        if len({(ordered[two].key.words, keys_of(ordered[two].of), term(ordered[two])) for two in fitting}) == 1:
            groups.join(one, fitting[0])


def _short_for(named: Worded, full: Worded) -> bool:
    """True when what is only named ("accepted the offer of talks") is what somebody has said at greater length."""
    one, two = named.key, full.key
    if not named.saying.presupposed or full.saying.presupposed or one.negative != two.negative or not one.words:
        return False
    return one.action == two.action and one.object in (None, two.object) and one.words <= two.words


def _join_known(
    ordered: Sequence[Worded], numbers: Sequence[int], groups: _Groups, term: Callable[[Worded], str | None]
) -> None:
    """Joins entries with known keys: those of one object and term; those without a term to the only term there is."""
    found: dict[tuple[str | None, bool], dict[str | None, list[int]]] = {}
    for number in numbers:
        key = ordered[number].key
        found.setdefault((key.object, key.negative), {}).setdefault(term(ordered[number]), []).append(number)
    for terms in found.values():
        for some in terms.values():
            for number in some[1:]:
                groups.join(some[0], number)
        if None in terms and len(terms) == 2:
            one, two = terms.values()
            groups.join(one[0], two[0])


def _alike(ordered: Sequence[Worded], numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    """The pairs of entries that can have enough words in common, found by their rarest words.

    Of two sets of which a share of `ALIKE` is common, the first words in any one order, as many as the share leaves over and one
    more, have one in common (the prefix filter of set joins: Chaudhuri, Ganti and Kaushik, ICDE 2006).
    """
    counts: dict[str, int] = {}
    for number in numbers:
        for word in ordered[number].key.words:
            counts[word] = counts.get(word, 0) + 1
    index: dict[str, list[int]] = {}
    for number in numbers:
        words = sorted(ordered[number].key.words, key=lambda w: (counts[w], w))
        first = words[: len(words) - math.ceil(ALIKE * len(words)) + 1]
        for two in sorted({two for word in first for two in index.get(word, ())}):
            yield number, two
        for word in first:
            index.setdefault(word, []).append(number)


def _join_pronouns(
    ordered: Sequence[Worded], numbers: Sequence[int], groups: _Groups, term: Callable[[Worded], str | None]
) -> None:
    """Joins "withdraw them" to what the same side said to withdraw on the same day, where that is one thing."""
    for one in numbers:
        entry = ordered[one]
        if (
            entry.key.action is None
            or entry.key.object is not None
            or not entry.key.pronoun
            or entry.saying.said is None
        ):
            continue
        fitting = [
            two
            for two in numbers
            if ordered[two].key.sure
            and ordered[two].saying.said == entry.saying.said
            and ordered[two].key.negative == entry.key.negative
            and (not entry.of or not ordered[two].of or keys_of(entry.of) & keys_of(ordered[two].of))
            and not _apart(entry, ordered[two], term)
        ]
        if len({(ordered[two].key.object, term(ordered[two])) for two in fitting}) == 1:
            groups.join(one, fitting[0])


def _may_join(one: Worded, two: Worded) -> bool:
    if keys_of(one.by) != keys_of(two.by) or (one.of and two.of and not keys_of(one.of) & keys_of(two.of)):
        return False
    return same(one.key, two.key) or not (one.key.sure and two.key.sure)


class _Groups:
    """Entries that are joined one by one; nothing depends on the order of joining."""

    def __init__(self, entries: Sequence[Worded]) -> None:
        self._entries = entries
        self._above = list(range(len(entries)))

    def join(self, one: int, two: int) -> None:
        """Puts two entries and all that are with them together."""
        low, high = sorted((self._root(one), self._root(two)))
        self._above[high] = low

    def _root(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def all(self) -> list[tuple[Worded, ...]]:
        """The groups, each in the order of the entries."""
        found: dict[int, list[Worded]] = {}
        for number, entry in enumerate(self._entries):
            found.setdefault(self._root(number), []).append(entry)
        return [tuple(group) for _, group in sorted(found.items())]


def parties(group: Sequence[Worded]) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...]]:
    """Whom a group comes from and whom it goes to: the parties of its first wording that names any, without their characters."""
    of = next((e.of for e in group if e.of), ())
    return plain(group[0].by), plain(of)


def plain(refs: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    """Actors without the characters that name them, each once, in the order of their ids."""
    found = {actor_key(ref): ActorRef(ref.id, ref.name) for ref in refs}
    return tuple(found[key] for key in sorted(found))


def first_and_last(group: Sequence[Worded]) -> tuple[str | None, str | None]:
    """The first and the last known day on which a group was said by its own side."""
    days = sorted(e.saying.said for e in group if e.saying.said is not None and not e.through)
    return (days[0], days[-1]) if days else (None, None)


def first_known(group: Sequence[Worded]) -> tuple[str, int]:
    """The wording that was known first: later reports do not change it, so a row keeps its id from day to day."""
    return min((e.saying.published is None, e.saying.published or "", *e.wording) for e in group)[2:]


def shown_text(group: Sequence[Worded]) -> str:
    """The words a row is shown by: those of its first wording that is told by its own side and names no earlier demand."""
    best = min(group, key=lambda e: (e.through, _names_it(e.text), _place(e)))
    return best.text
