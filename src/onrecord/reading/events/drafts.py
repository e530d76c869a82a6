"""An event mention in the making, with the words it was made from."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import EventMention
from onrecord.reading.events.cast import Cast
from onrecord.reading.events.found import Found


@dataclass(slots=True, eq=False)
class Draft:
    """A mention with the words it was made from, while the others of its sentence are looked at."""

    found: Found
    cast: Cast
    mention: EventMention
