"""Relations across pages: which lines of the record a new one is compared with, and what becomes of earlier bonds.

Every line stands in a few lists, one for each pair of things it is about and each side concerned, in the order of time. Two lines
of different pages are compared when at most `WINDOW` - 1 lines stand between them in one of these lists. So a page costs the same
in a record of ten pages and of ten thousand, and since the rule looks at the whole list and not at who came first, the bonds
are the same in whatever order pages arrive: a line that comes between two others ends a bond that only its absence allowed.

A reply that names its object ("Toll's accusation") stands in lists of its own, in which only neighbours are compared.

Only lines that were published when the later of the two was count as standing between: what comes out afterwards and tells of an
earlier day parts nothing. So the bonds among pages that were out by a day are those of a record that holds these pages alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

from onrecord.model import Act, RelationKind
from onrecord.relations.lines import Line, same_side
from onrecord.relations.matches import Question, answered, names_it, questions
from onrecord.relations.named import NAMED, named_keys, naming
from onrecord.relations.pairs import PairClassifier
from onrecord.relations.within import Bond, bonds
from onrecord.relations.words import is_class

#: Two lines are compared when they stand at most so many places apart in a list.
WINDOW = 12
#: Terms of one proposition that its lists are made from: six pairs.
TERMS = 4
#: On one page every line is compared with so many before it.
PAGE_REACH = 60
_AIMED = frozenset({Act.ACCUSE, Act.ASSERT, Act.CONDEMN, Act.ANNOUNCE, Act.WARN, Act.DEMAND, Act.REQUEST})

_TELLING = frozenset({Act.ASSERT, Act.ANNOUNCE})
_TYING = frozenset({RelationKind.DENIES, RelationKind.REJECTS, RelationKind.ACCEPTS})

Key = tuple[str, ...]
#: Two ids of lines, the smaller first.
Pair = tuple[str, str]


class Lines(Protocol):
    """The lines of the record, as the relations layer asks for them."""

    def add(self, line: Line, keys: Sequence[Key]) -> None:
        """Puts a new line into the lists `keys`."""

    def neighbours(self, key: Key, line: Line, number: int) -> tuple[Sequence[str], Sequence[str]]:
        """The ids of the lines of the list `key` that are fewer than `number` places before `line`, and after it, nearest first.

        Places are counted among the lines published by the later of the two days on which `line` and the other came out.
        """

    def lines(self, ids: Iterable[str]) -> Mapping[str, Line]:
        """The lines with these ids."""

    def bound(self, before: Iterable[str], after: Iterable[str]) -> Sequence[Pair]:
        """The pairs of one line of `before` and one of `after` that a relation across pages binds, whichever way it goes."""

    def between(self, key: Key, one: Line, two: Line) -> int:
        """How many lines published by the time both were stand between two others in the list `key`."""


@dataclass(frozen=True, slots=True)
class Change:
    """What new lines change: the bonds they make, and the pairs of earlier lines whose bonds end."""

    made: tuple[Bond, ...]
    ended: tuple[Pair, ...] = ()


def keys_of(line: Line) -> tuple[Key, ...]:
    """The lists a line stands in, none for what is only taken as said."""
    if line.presupposed:
        return ()
    sides = dict.fromkeys(line.sides)
    if line.act in _AIMED:
        sides |= dict.fromkeys(line.targets)
    found: dict[Key, None] = {}
    for about in (*line.part_terms, line.terms) if len(line.part_terms) > 1 else line.part_terms:
        chosen = sorted(sorted(about, key=lambda t: (not is_class(t), -len(t), t))[:TERMS])
        pairs = list(combinations(chosen, 2)) if len(chosen) > 1 else [tuple(chosen)] if chosen else []
        for side in sides:
            found |= dict.fromkeys((side, *pair) for pair in pairs)
    return (*found, *named_keys(line))


def places(key: Key) -> int:
    """How far apart two lines of a list are compared: a reply that names its object means the last one before it."""
    return 1 if key[0] == NAMED else WINDOW


def carried(page: Sequence[Line]) -> frozenset[str]:
    """The ids of lines that say nothing of their own, because another line of the page stands for them.

    Where a side's saying holds another of its own ("said she had asked for ..."), the outer one stands for both, unless it
    only tells that the inner one was made ("said the allies demanded that ...").
    """
    by_id = {line.id: line for line in page}
    found = set()
    for line in page:
        outer = by_id.get(line.nested_in or "")
        if outer is not None and same_side(outer, line):
            told = outer.act in _TELLING and line.act not in _TELLING
            found.add(outer.id if told else line.id)
    return frozenset(found)


def on_page(page: Sequence[Line], new: frozenset[str]) -> tuple[list[Bond], list[Question]]:
    """The bonds that a page draws by its own words, and what is to be asked of pairs of its lines; each with one line of `new`."""
    drawn = [b for b in bonds(page) if b.subject.id in new or b.object.id in new]
    told = {(b.subject.id, b.object.id) for b in drawn}
    skipped = carried(page)
    own = [line for line in page if line.id not in skipped]
    asked = []
    for number, later in enumerate(own):
        for earlier in own[max(0, number - PAGE_REACH) : number]:
            if (later.id in new or earlier.id in new) and (later.id, earlier.id) not in told:
                asked += questions(earlier, later)
    return drawn, asked


def beyond(
    new: Sequence[Line], store: Lines, tied: frozenset[str] = frozenset()
) -> tuple[list[Question], tuple[Pair, ...]]:
    """What is to be asked of new lines and those of other pages, and the earlier pairs whose bonds the new lines end.

    `tied` are the ids of replies whose own page tells what they are about: they name nothing on another page.
    """
    near: dict[Pair, None] = {}
    bound: dict[Pair, None] = {}
    by_id = {line.id: line for line in new}
    for line in new:
        keys = [key for key in keys_of(line) if key[0] != NAMED or line.id not in tied]
        store.add(line, keys)
        sides: tuple[dict[str, None], dict[str, None]] = ({}, {})
        for key in keys:
            for side, others in zip(sides, store.neighbours(key, line, places(key)), strict=True):
                side.update(dict.fromkeys(others))
        near |= dict.fromkeys(_pair(line.id, other) for side in sides for other in side)
        if all(sides):
            bound |= dict.fromkeys(store.bound(*sides))
    known = {**store.lines({end for pair in (*near, *bound) for end in pair} - by_id.keys()), **by_id}
    asked: list[Question] = []
    for one, two in near:
        if known[one].document == known[two].document:
            continue
        found = questions(known[one], known[two])
        # A line that came later in the same batch may have pushed them apart.
        if found and _near(known[one], known[two], store):
            asked += found
    return asked, tuple(pair for pair in bound if not _near(known[pair[0]], known[pair[1]], store))


def _pair(one: str, two: str) -> Pair:
    return (one, two) if one < two else (two, one)


def _near(one: Line, two: Line, store: Lines) -> bool:
    """True when fewer than `WINDOW` lines stand between the two in some list, or none where one names the other."""
    naming_it = names_it(one, two)
    shared = {key for key in set(keys_of(one)) & set(keys_of(two)) if (key[0] == NAMED) == naming_it}
    return any(store.between(key, one, two) < places(key) for key in sorted(shared))


def relate(
    pages: Sequence[tuple[Sequence[Line], frozenset[str]]], store: Lines, classifier: PairClassifier | None
) -> Change:
    """What new pages change: each given as its lines in text order, and the ids of those that begin a line of the record."""
    made: list[Bond] = []
    asked: list[Question] = []
    fresh: list[Line] = []
    tied: set[str] = set()
    for page, new in pages:
        drawn, questions_ = on_page(page, new)
        made += drawn
        tied |= {bond.subject.id for bond in drawn if bond.kind in _TYING and naming(bond.subject) is not None}
        asked += questions_
        skipped = carried(page)
        fresh += [line for line in page if line.id in new and line.id not in skipped]
    further, ended = beyond(fresh, store, frozenset(tied))
    made += answered([*asked, *further], classifier)
    return Change(tuple(made), ended)
