"""The part of what ledgers are made from that can matter between two sides: so that a state of play on another day costs little."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.model import Act
from onrecord.relations.ledgers.channels import CHANNEL, MONITORS
from onrecord.relations.ledgers.grouping import keys_of
from onrecord.relations.ledgers.known import Given, Saying

#: What is asked or alleged of nobody that is named is in no row between two sides.
_NEEDS_TARGET = frozenset({Act.DEMAND, Act.REQUEST, Act.ACCUSE})
#: What tells of outcomes was chosen by its words when it was fetched.
_TELLING = frozenset({Act.ASSERT, Act.CONDEMN, Act.ACKNOWLEDGE})


def narrowed(given: Given, between: Iterable[str]) -> Given:
    """`given` without the sayings that are in no row between the sides (ids) and answer none.

    Kept is whatever a relation binds, whatever holds or is held by another saying, what nobody known says, and what speaks of
    channels and monitors; the rest only where one of the sides says it to another of them, or to nobody named where that counts.
    """
    sides = frozenset(between)
    bound = {line for r in given.relations for line in (r.subject, r.object)}
    last = max((s.published or "" for s in given.sayings), default="")
    holding = {s.nested_in for s in given.sayings if s.nested_in is not None}
    lines = {s.line for s in given.sayings if s.id in holding or s.nested_in is not None or _matters(s, sides)} | bound
    # Without a day it is the last one on which a page is known to have come out.
    lines |= {s.line for s in given.sayings if (s.published or "") == last}
    return replace(given, sayings=tuple(s for s in given.sayings if s.line in lines))


def _matters(saying: Saying, sides: frozenset[str]) -> bool:
    if not saying.sides or saying.act in _TELLING:
        return True
    targets = keys_of(saying.targets)
    if keys_of(saying.sides) & sides and (targets & sides or (not targets and saying.act not in _NEEDS_TARGET)):
        return True
    return CHANNEL.search(saying.text) is not None or MONITORS.search(saying.text) is not None
