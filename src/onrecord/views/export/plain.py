"""Small values as exported: dates, places, spans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from onrecord.model import DateValue, Place, Span

Row = dict[str, Any]


def date_fields(date: DateValue) -> Row:
    """A date as exported: everything but the evidence, which `onrecord show` gives."""
    return {
        "value": date.value,
        "precision": date.precision.value,
        "basis": date.basis.value,
        "earliest": date.earliest,
        "latest": date.latest,
        "weekday": date.weekday,
        "inferred": date.inferred,
    }


def place_fields(place: Place | None) -> Row | None:
    """A place as exported, None where it is not known."""
    if place is None:
        return None
    return {"name": place.name, "lat": place.lat, "lon": place.lon, "country": place.country}


def pairs(spans: Iterable[Span]) -> list[list[int]]:
    """Spans as ``[start, end]``."""
    return [[span.start, span.end] for span in spans]
