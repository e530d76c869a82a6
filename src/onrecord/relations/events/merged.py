"""An event as all its mentions together give it."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import ActorRef, Auxiliary, Event, EventKind, EventMention, Figure, Party, Role, Root
from onrecord.relations.events.nodes import Telling, best_date

#: The first of these that a mention has is how the event is told: one that happened was once to come.
_AUX = (Auxiliary.ASSERTED, Auxiliary.HISTORICAL, Auxiliary.FUTURE, Auxiliary.NEGATED, Auxiliary.HYPOTHETICAL)


def merged(tellings: Sequence[Telling]) -> Event:
    """The event of `tellings` (at least one), which stand for it in the order of publication, document and text."""
    ordered = sorted(
        tellings,
        key=lambda t: (t.published or "9999", t.mention.document, t.mention.trigger[0].start, t.mention.id),
    )
    mentions = tuple(t.mention for t in ordered)
    aux = min(
        (m.aux for m in mentions if not m.definite or len(mentions) == 1), key=_AUX.index, default=mentions[0].aux
    )
    first = next((m for m in mentions if m.aux is aux and not m.definite), mentions[0])
    place = next((m.place for m in mentions if m.place is not None and m.place.lat is not None), None)
    place = place or next((m.place for m in mentions if m.place is not None), None)
    own = any(m.told_in is None for m in mentions)
    code = _code(mentions, first)
    return Event(
        id=mentions[0].id,
        kind=_kind(mentions),
        code=code,
        mode=first.mode or next((m.mode for m in mentions if m.mode is not None and m.code is code), None),
        aux=aux,
        parties=_parties((first, *(m for m in mentions if m is not first)), place.name if place is not None else ""),
        date=best_date([m.date for m in mentions]),
        place=place,
        mentions=mentions,
        told_in=() if own else tuple(dict.fromkeys(m.told_in for m in mentions if m.told_in is not None)),
        figures=_figures(mentions),
        confidence=max(m.confidence for m in mentions),
    )


def _kind(mentions: Sequence[EventMention]) -> EventKind:
    """The kind of most mentions, the first of equals; a meeting of people over mere talks."""
    kinds = [m.kind for m in mentions]
    if EventKind.MEETING in kinds:
        return EventKind.MEETING
    return max(kinds, key=lambda k: (kinds.count(k), -kinds.index(k)))


def _code(mentions: Sequence[EventMention], first: EventMention) -> Root | None:
    return first.code or next((m.code for m in mentions if m.code is not None), None)


def _parties(mentions: Sequence[EventMention], place: str) -> tuple[Party, ...]:
    """Everybody who takes part, once: a side gives way to a person who stands for it, and nobody comes in two roles.

    Of those who are only described ("11 people") stand the words of the first mention that has any; the `place` is nobody.
    """
    found: dict[str, Party] = {}
    for mention in mentions:
        for part in mention.participants:
            for ref in part.actors:
                key = ref.id or ref.name.casefold()
                if key not in found:
                    found[key] = Party(part.role, ActorRef(ref.id, ref.name), part.sides)
    covered = {side for p in found.values() for side in p.sides if (p.actor.id or "") not in p.sides}
    kept = [
        p
        for p in found.values()
        if p.role is Role.SIGNATORY or p.actor.id is None or p.actor.id not in covered or _is_group(p, found)
    ]
    words = [p for p in kept if p.actor.id is None and not p.sides]
    if len(kept) > 1:
        kept = [p for p in kept if p not in words or p.actor.name != place]
    named = len(words) < len(kept)
    leading = mentions[:1] if named else [m for m in mentions if _of_first(m, [p for p in words if p in kept])][:1]
    if named or leading:
        kept = [p for p in kept if p not in words or any(p in _of_first(m, words) for m in leading)]
    order = list(Role)
    return tuple(sorted(kept, key=lambda p: order.index(p.role)))


def _is_group(party: Party, found: dict[str, Party]) -> bool:
    """A side stays beside those who only are a group of it without an id ("Tassian soldiers" do not stand for Tasse)."""
    standing = [p for p in found.values() if p is not party and party.actor.id in p.sides]
    return all(p.actor.id is None for p in standing)


def _of_first(first: EventMention, words: Sequence[Party]) -> list[Party]:
    names = {ref.name for part in first.participants for ref in part.actors}
    return [p for p in words if p.actor.name in names]


def _figures(mentions: Sequence[EventMention]) -> tuple[Figure, ...]:
    """The figures the mentions give, each number of a thing once; numbers that differ stand side by side and are never added."""
    found: dict[tuple[object, ...], Figure] = {}
    for figure in (f for m in mentions for f in m.figures):
        found.setdefault((figure.value, figure.comparator, figure.unit, figure.of), figure)
    return tuple(found.values())
