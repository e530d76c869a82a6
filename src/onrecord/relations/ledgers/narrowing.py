"""What a ledger between two sides needs whomever it is aimed at, told by its own words: so that it is found without reading the rest."""

from __future__ import annotations

import re

from onrecord.model import Act
from onrecord.relations.ledgers.channels import CHANNEL_WORDS, MONITORS
from onrecord.relations.ledgers.commitments import tells_an_outcome

#: What is asked or alleged of nobody that is named is in no row between two sides.
NEEDS_TARGET = frozenset({Act.DEMAND, Act.REQUEST, Act.ACCUSE})
_CHANNEL_WORD = re.compile(rf"\b(?:{'|'.join(CHANNEL_WORDS)})\b", re.IGNORECASE)


def tells(act: Act, text: str, *, nested: bool) -> bool:
    """True for words of channels, of monitors and of outcomes, and for what is asked or alleged inside another saying.

    Whoever answers such a saying may be the side that it is aimed at, and no other words say so.
    """
    if nested and act in NEEDS_TARGET:
        return True
    return speaks_of_channel(text) or MONITORS.search(text) is not None or tells_an_outcome(text)


def speaks_of_channel(text: str) -> bool:
    """True for words that one speaks of a channel in, its full name or not: what its page says of one is looked for then."""
    return _CHANNEL_WORD.search(text) is not None
