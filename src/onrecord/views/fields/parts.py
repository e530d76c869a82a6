# ruff: noqa: RUF009  (`told` makes a dataclass field)
"""What rows are made of: parties, dates, places, offsets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord import model
from onrecord.model import ActorRef, DateBasis, DateValue, Precision, Role, Span
from onrecord.views.fields.shape import told

#: ``[start, end]``, half open, in code points of the page's source text.
Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody as one line names them."""

    id: str | None = told("The actor's id; null where the words could not be resolved to one.")
    name: str = told("The actor's name; the page's own words where it was not resolved.")


@dataclass(frozen=True, slots=True)
class EventParty:
    """Somebody in an event."""

    id: str | None = told("The actor's id; null where the words could not be resolved to one.")
    name: str = told("The actor's name; the page's own words where it was not resolved.")
    role: Role = told("What they are to the event.")


@dataclass(frozen=True, slots=True)
class Date:
    """A date that says how exact it is and how it is known."""

    value: str | None = told("ISO 8601 to the precision that is known; null where the evidence leaves more than one.")
    precision: Precision = told("How exact the date is.")
    basis: DateBasis = told("How the date is known.")
    earliest: str | None = told("The first day it can be; null when unbounded.")
    latest: str | None = told("The last day it can be; null when unbounded.")
    weekday: str | None = told("The weekday, in English, where the page names one.")
    inferred: bool = told("True when the value was concluded and not stated.")


@dataclass(frozen=True, slots=True)
class Place:
    """A place."""

    name: str = told("Its name.")
    lat: float | None = told("Latitude in degrees (WGS 84).")
    lon: float | None = told("Longitude in degrees (WGS 84).")
    country: str | None = told("The country's ISO 3166 alpha-2 code.")


def party(ref: ActorRef) -> Party:
    """One party."""
    return Party(ref.id, ref.name)


def parties(refs: Sequence[ActorRef]) -> tuple[Party, ...]:
    """The parties in their order."""
    return tuple(party(ref) for ref in refs)


def date(value: DateValue) -> Date:
    """A date without its evidence, which `onrecord why` gives."""
    return Date(value.value, value.precision, value.basis, value.earliest, value.latest, value.weekday, value.inferred)


def place(value: model.Place | None) -> Place | None:
    """A place, None where it is not known."""
    return None if value is None else Place(value.name, value.lat, value.lon, value.country)


def offset(span: Span) -> Offsets:
    """One span."""
    return (span.start, span.end)


def offsets(spans: Iterable[Span]) -> tuple[Offsets, ...]:
    """Spans in their order."""
    return tuple((span.start, span.end) for span in spans)
