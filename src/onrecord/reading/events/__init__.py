"""Events in sentences: who did what to whom."""

from onrecord.reading.events.figures import figures
from onrecord.reading.events.reader import MUTUAL, may_hold_event, read_events
from onrecord.reading.events.sayings import ROOT_OF_ACT

__all__ = ["MUTUAL", "ROOT_OF_ACT", "figures", "may_hold_event", "read_events"]
