"""Events told more than once, and the stories that reports tell."""

from onrecord.relations.events.nodes import Telling, family
from onrecord.relations.events.sameness import events
from onrecord.relations.events.scenes import SCENE_FAMILIES
from onrecord.relations.events.stories import stories

__all__ = ["SCENE_FAMILIES", "Telling", "events", "family", "stories"]
