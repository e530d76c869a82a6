"""Tables about actors, offices with dates, agencies and places: a source for every row."""

from onrecord.knowledge.knowledge import Knowledge

__all__ = ["Knowledge"]
