"""Events told more than once, and the stories that reports tell."""

from onrecord.relations.events.nodes import Telling, family
from onrecord.relations.events.sameness import events
from onrecord.relations.events.stories import stories

__all__ = ["Telling", "events", "family", "stories"]
