"""The ledgers of a dispute, computed from what was known on a day: `state_of_play`, and `difference` between two days."""

from onrecord.relations.ledgers.channels import CHANNEL, CHANNEL_WORDS
from onrecord.relations.ledgers.known import EventTold, Given, Part, Saying, Sighting, last_day
from onrecord.relations.ledgers.narrowing import NEEDS_TARGET, speaks_of_channel, tells
from onrecord.relations.ledgers.outcomes import EVENT
from onrecord.relations.ledgers.state import difference, state_of_play, told_outcomes

__all__ = [
    "CHANNEL",
    "CHANNEL_WORDS",
    "EVENT",
    "NEEDS_TARGET",
    "EventTold",
    "Given",
    "Part",
    "Saying",
    "Sighting",
    "difference",
    "last_day",
    "speaks_of_channel",
    "state_of_play",
    "tells",
    "told_outcomes",
]
