"""Dates that say how exact they are and how they are known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.model.spans import Span


class Precision(StrEnum):
    """How exact a date is."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    INTERVAL = "interval"
    UNKNOWN = "unknown"


class DateBasis(StrEnum):
    """How a date is known."""

    URL = "url"
    META = "meta"
    STATED = "stated"
    COPYRIGHT_YEAR = "copyright-year"
    WEEKDAY = "weekday"
    DATELINE = "dateline"
    OFFICE_HOLDERS = "office-holders"
    RELATIVE = "relative"
    PUBLISHED = "published"
    CORRECTION = "correction"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """One reason for a date: its basis, the characters that say so (None when it lies outside the text), and what it says."""

    basis: DateBasis
    span: Span | None
    detail: str


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date with its precision, bounds and evidence.

    ``value`` is ISO 8601 of the precision (``2015-05-19``, ``2015-05``, ``2015``) or None when the evidence leaves more than
    one; ``earliest`` and ``latest`` are ISO days, both ends included, or None when unbounded; ``weekday`` is an English
    name such as ``Wednesday`` when only that is known; ``time`` is ``HH:MM`` and ``zone`` the zone as stated.
    A value that is inferred rather than stated has ``inferred`` set. A guess is never written as a value.
    """

    value: str | None = None
    precision: Precision = Precision.UNKNOWN
    basis: DateBasis = DateBasis.UNKNOWN
    earliest: str | None = None
    latest: str | None = None
    weekday: str | None = None
    time: str | None = None
    zone: str | None = None
    inferred: bool = False
    evidence: tuple[DateEvidence, ...] = ()


UNKNOWN_DATE = DateValue()


def day(value: str, basis: DateBasis, evidence: tuple[DateEvidence, ...] = (), inferred: bool = False) -> DateValue:
    """A date known to the day; `value` is ``YYYY-MM-DD``."""
    return DateValue(value, Precision.DAY, basis, value, value, inferred=inferred, evidence=evidence)
