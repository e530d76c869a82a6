"""Positions: wordings that repeat each other, put together as what one side holds over time.

The wordings are joined by the repetitions between them. A chain of repetitions may drift from one matter to another, so in
every group the wording with most repetitions is its core, and only wordings that repeat the core, or share half of its
terms, stay with it; the others form groups of their own in the same way. Nothing depends on the order of pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.model import ActorRef, Position, Relation, RelationKind, Wording, position_id
from onrecord.relations.lines import Line
from onrecord.relations.words import overlap

#: The share of the core's terms that a wording has, when it does not repeat the core itself.
KEPT = 0.5


@dataclass(frozen=True, slots=True)
class Said:
    """A line and the ISO day (month, year) that it was said, None when not known."""

    line: Line
    day: str | None


def positions_of(said: Iterable[Said], relations: Iterable[Relation], sides: Mapping[str, ActorRef]) -> list[Position]:
    """The positions of every side, by side and first day, undated ones last.

    A joint statement belongs to the positions of each of its sides. Relations other than repetitions are passed over; lines that
    are only taken as said by others (presupposed) make no position.
    """
    by_id = {one.line.id: one for one in said if not one.line.presupposed}
    links: dict[Wording, set[Wording]] = {}
    for relation in relations:
        if relation.kind is RelationKind.REPEATS and relation.subject in by_id and relation.object in by_id:
            later, earlier = relation.parts or (0, 0)
            one, two = Wording(relation.subject, later), Wording(relation.object, earlier)
            links.setdefault(one, set()).add(two)
            links.setdefault(two, set()).add(one)
    wordings: dict[str, set[Wording]] = {side: set() for side in sides}
    for key, each in by_id.items():
        for side in wordings.keys() & set(each.line.sides):
            wordings[side].update(Wording(key, part) for part in range(len(each.line.parts)))
    found = []
    for side in sorted(sides):
        for group in _groups(wordings[side], links, by_id):
            found.append(_position(sides[side], group, by_id))
    return sorted(found, key=lambda p: (p.side.id or "", p.first is None, p.first or "", p.id))


def _groups(
    own: set[Wording], links: Mapping[Wording, set[Wording]], by_id: Mapping[str, Said]
) -> Iterable[tuple[Wording, ...]]:
    left = set(own)
    for start in sorted(own):
        if start not in left:
            continue
        component = _component(start, left, links)
        left -= component
        while component:
            core = min(component, key=lambda w: (-len(links.get(w, set()) & component), w))
            near = {w for w in component if w == core or w in links.get(core, ()) or _alike(w, core, by_id)}
            yield tuple(sorted(near))
            component -= near


def _component(start: Wording, within: set[Wording], links: Mapping[Wording, set[Wording]]) -> set[Wording]:
    found, open_ = {start}, [start]
    while open_:
        for other in links.get(open_.pop(), ()):
            if other in within and other not in found:
                found.add(other)
                open_.append(other)
    return found


def _alike(wording: Wording, core: Wording, by_id: Mapping[str, Said]) -> bool:
    one, two = (_terms(w, by_id) for w in (wording, core))
    return overlap(one, two) >= KEPT and len(one & two) >= min(2, len(two))


def _terms(wording: Wording, by_id: Mapping[str, Said]) -> frozenset[str]:
    terms: Sequence[frozenset[str]] = by_id[wording.statement].line.part_terms
    return terms[wording.part] if wording.part < len(terms) else frozenset()


def _position(side: ActorRef, group: tuple[Wording, ...], by_id: Mapping[str, Said]) -> Position:
    def when(wording: Wording) -> tuple[bool, str, Wording]:
        day = by_id[wording.statement].day
        return (day is None, day or "", wording)

    ordered = tuple(sorted(group, key=when))
    days = sorted(day for w in group if (day := by_id[w.statement].day) is not None)
    return Position(
        position_id(side.id or side.name, group), side, ordered, days[0] if days else None, days[-1] if days else None
    )
