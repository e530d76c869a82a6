"""Events in sentences: who did what to whom."""

from onrecord.reading.events.figures import figures
from onrecord.reading.events.reader import MUTUAL, may_hold_event, read_events

__all__ = ["MUTUAL", "figures", "may_hold_event", "read_events"]
