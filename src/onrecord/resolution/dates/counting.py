"""Days counted on from a day, over the ends of months and years."""

from __future__ import annotations

from datetime import date

from onrecord.reading.timex.anchor import month_shifted, shifted


def later(start: str, count: int, unit: str, timed: bool) -> str | None:
    """The ISO day `count` units (``H``, ``D``, ``W``, ``M``, ``Y``) after the ISO day `start`; None outside the calendar.

    Hours (`timed`) count as the days they fill, a part of a day as a whole one. A month ends on its last day.
    """
    begun = date.fromisoformat(start)
    if timed:
        end = shifted(begun, -(-count // 24)) if unit == "H" else begun
    elif unit in ("D", "W"):
        end = shifted(begun, count * (7 if unit == "W" else 1))
    else:
        end = month_shifted(begun, count * (12 if unit == "Y" else 1))
    return None if end is None else end.isoformat()
