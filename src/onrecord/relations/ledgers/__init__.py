"""The ledgers of a dispute, computed from what was known on a day: `state_of_play`, and `difference` between two days."""

from onrecord.relations.ledgers.channels import CHANNEL, CHANNEL_WORDS
from onrecord.relations.ledgers.known import EventTold, Given, Part, Saying, Sighting, last_day
from onrecord.relations.ledgers.narrowing import narrowed
from onrecord.relations.ledgers.outcomes import EVENT
from onrecord.relations.ledgers.state import difference, state_of_play, told_outcomes

__all__ = [
    "CHANNEL",
    "CHANNEL_WORDS",
    "EVENT",
    "EventTold",
    "Given",
    "Part",
    "Saying",
    "Sighting",
    "difference",
    "last_day",
    "narrowed",
    "state_of_play",
    "told_outcomes",
]
