"""Mentions of one document that are of one happening: "met on Tuesday", then "the meeting"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.model import Auxiliary, EventKind, EventMention, Precision
from onrecord.relations.events.nodes import (
    Account,
    Told,
    account,
    dates_agree,
    people_agree,
    places_agree,
    sides_nest,
    told,
)
from onrecord.relations.events.scenes import apart


def happenings(mentions: Sequence[EventMention]) -> list[list[EventMention]]:
    """The mentions of one document put together, each list in text order.

    Words that point back at something that is not told ("the talks", alone) are no event and are left out.
    """
    found: list[list[EventMention]] = []
    accounts: dict[int, Account] = {}
    for mention in sorted(mentions, key=lambda m: (m.trigger[0], m.id)):
        if mention.kind is EventKind.SAYING:
            # Two demands of one side on one day are two: sayings are told apart by their words, as statements are.
            found.append([mention])
            continue
        here = account([mention])
        before = _antecedent(mention, here, found, accounts)
        if before is not None:
            found[before].append(mention)
            accounts[before] = account(found[before])
        elif (
            here.named
            or mention.date.value is not None
            or (mention.place is not None and not mention.definite)
            or not mention.definite
        ):
            accounts[len(found)] = here
            found.append([mention])
    return found


def _antecedent(
    mention: EventMention, here: Account, found: Sequence[list[EventMention]], accounts: Mapping[int, Account]
) -> int | None:
    """The place among `found` of what a mention is told of again, None for a new thing; `accounts` are those of all but sayings."""
    fitting = [at for at, before in accounts.items() if before.family == here.family and _fits(mention, here, before)]
    if not fitting:
        return None
    if not mention.definite or here.named or mention.date.value is not None:
        return fitting[-1]
    # A bare "the meeting" is the one told last that did take place, not one recalled from long ago.
    recent = [at for at in fitting if all(m.aux is not Auxiliary.HISTORICAL for m in found[at])]
    return (recent or fitting)[-1]


def _fits(mention: EventMention, here: Account, before: Account) -> bool:
    if not dates_agree(here.date, before.date) or not places_agree(here.place, before.place):
        return False
    if not mention.definite and (here.told is not before.told or apart(here, before)):
        return False
    if told(mention.aux) is Told.NEGATED and before.told is Told.REAL:
        return False
    if not here.named:
        same_day = here.day is not None and here.day == before.day
        return mention.definite or (same_day and here.place is not None and here.place == before.place)
    if not sides_nest(here, before) or not people_agree(here, before):
        return False
    if mention.definite:
        return True
    exact = here.date.precision is not Precision.UNKNOWN or before.date.precision is not Precision.UNKNOWN
    both = here.date.precision is not Precision.UNKNOWN and before.date.precision is not Precision.UNKNOWN
    if both:
        return True
    return not exact and len(here.sides) > 1 and here.sides == before.sides
