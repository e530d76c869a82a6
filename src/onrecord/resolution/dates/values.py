"""TIMEX3 values become dates with precision, bounds, basis and the characters that say so."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.model import (
    UNKNOWN_DATE,
    DateBasis,
    DateEvidence,
    DateValue,
    Precision,
    Span,
    Timex,
    TimexType,
)
from onrecord.reading.timex.tables import ZONE

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)|T[A-Z]{2})?\Z")
_MONTH = re.compile(r"(\d{4})-(\d\d)\Z")
_YEAR = re.compile(r"\d{4}\Z")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?\Z")
_QUARTER = re.compile(r"(\d{4})-([QH])([1-4])\Z")
_DECADE = re.compile(r"\d{3}\Z")
_NO_YEAR = re.compile(r"XXXX-(\d\d)-(\d\d)\Z")
_NO_WEEK = re.compile(r"XXXX-WXX-([1-7])\Z")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY_WORD = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)})\b")
_NAMED_ZONE = r"(?:local time|(?:Eastern|Central European|Central|Mountain|Pacific|Moscow|London|Kyiv|Kiev)(?: (?:Standard|Daylight|Summer))? [Tt]ime)\b"
_ZONE = re.compile(rf"\b(?:{ZONE}|{_NAMED_ZONE})")
_ZONE_AFTER = re.compile(rf"\s?\(?(?P<zone>{ZONE}|{_NAMED_ZONE})")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with the TIMEX3 value it came from (``XXXX-07-10`` tells two dates apart that have no year)."""

    value: DateValue
    raw: str

    @property
    def to_day(self) -> bool:
        """True when it is known to the day, or would be with a year."""
        return self.value.precision is Precision.DAY or _NO_YEAR.match(self.raw) is not None or self.weekday_only

    @property
    def weekday_only(self) -> bool:
        """True when nothing but the day of the week is known."""
        return _NO_WEEK.match(self.raw) is not None


def dated(timex: Timex, text: str, published: DateValue) -> Dated | None:
    """The date a time expression names, or None when it names no place on the calendar (a length, a set, "recently")."""
    if timex.type not in (TimexType.DATE, TimexType.TIME) or timex.value is None:
        return None
    words = timex.span.of(text)
    found = _calendar(timex.value, published)
    if found is None:
        return None
    evidence = (DateEvidence(_basis(timex, words), timex.span, _detail(timex, words, published)),)
    leans = timex.anchored and found.value is not None
    zone = _zone(text, timex, words) if found.time else None
    value = replace(
        found,
        basis=evidence[0].basis,
        evidence=evidence,
        inferred=leans and published.inferred,
        zone=zone,
    )
    return Dated(value, timex.value)


def _zone(text: str, timex: Timex, words: str) -> str | None:
    """The zone as stated, in the expression or right behind it ("0600 GMT"); the time stays that of the zone."""
    inside = _ZONE.search(words)
    if inside is not None:
        return inside.group()
    behind = _ZONE_AFTER.match(text, timex.span.end)
    return behind["zone"] if behind is not None else None


def _basis(timex: Timex, words: str) -> DateBasis:
    if _WEEKDAY_WORD.search(words) and not re.search(r"\d", words):
        return DateBasis.WEEKDAY
    if not timex.anchored or re.search(r"\d", words):
        return DateBasis.STATED
    return DateBasis.RELATIVE


def _detail(timex: Timex, words: str, published: DateValue) -> str:
    said = " ".join(words.split())
    if not timex.anchored or published.value is None:
        return f"“{said}”"
    return f"“{said}”, counted from the publication on {published.value}"


def _calendar(raw: str, published: DateValue) -> DateValue | None:
    found = _DAY.match(raw)
    if found:
        return DateValue(found[1], Precision.DAY, earliest=found[1], latest=found[1], time=_clock(found[2]))
    found = _MONTH.match(raw)
    if found:
        last = calendar.monthrange(int(found[1]), int(found[2]))[1]
        return DateValue(raw, Precision.MONTH, earliest=f"{raw}-01", latest=f"{raw}-{last:02d}")
    if _YEAR.match(raw):
        return DateValue(raw, Precision.YEAR, earliest=f"{raw}-01-01", latest=f"{raw}-12-31")
    bounds = _bounds(raw)
    if bounds is not None:
        return DateValue(None, Precision.INTERVAL, earliest=bounds[0], latest=bounds[1])
    within = published.earliest is not None or published.latest is not None
    if _NO_YEAR.match(raw):
        return DateValue(None, Precision.INTERVAL if within else Precision.UNKNOWN, latest=published.latest)
    found = _NO_WEEK.match(raw)
    if found:
        return DateValue(
            None,
            Precision.INTERVAL if within else Precision.UNKNOWN,
            earliest=published.earliest,
            latest=published.latest,
            weekday=_WEEKDAYS[int(found[1]) - 1],
        )
    return None


def _clock(words: str | None) -> str | None:
    return None if words is None or words == "24:00" else words


def _bounds(raw: str) -> tuple[str, str] | None:
    found = _WEEK.match(raw)
    if found and 1 <= int(found[2]) <= 53 and 1 <= int(found[1]) <= 9998:
        first = date.fromisocalendar(int(found[1]), min(int(found[2]), 52), 1) + timedelta(weeks=int(found[2]) == 53)
        begin = first + timedelta(days=5 if found[3] else 0)
        return begin.isoformat(), (first + timedelta(days=6)).isoformat()
    found = _QUARTER.match(raw)
    if found:
        length = 3 if found[2] == "Q" else 6
        last = int(found[3]) * length
        if last > 12:
            return None
        end = calendar.monthrange(int(found[1]), last)[1]
        return f"{found[1]}-{last - length + 1:02d}-01", f"{found[1]}-{last:02d}-{end:02d}"
    if _DECADE.match(raw):
        return f"{raw}0-01-01", f"{raw}9-12-31"
    return None


def moved(base: Dated, days: int, span: Span, words: str) -> Dated | None:
    """The day `days` after `base` (negative: before), with `span` as the evidence that says so."""
    if base.value.value is None or base.value.precision is not Precision.DAY:
        return None
    ordinal = date.fromisoformat(base.value.value).toordinal() + days
    if not 1 <= ordinal <= date.max.toordinal():
        return None
    there = date.fromordinal(ordinal).isoformat()
    evidence = (
        DateEvidence(DateBasis.RELATIVE, span, f"“{words}”, counted from {base.value.value}"),
        *base.value.evidence,
    )
    value = DateValue(
        there,
        Precision.DAY,
        DateBasis.RELATIVE,
        there,
        there,
        inferred=base.value.inferred,
        evidence=evidence,
    )
    return Dated(value, there)


def related(base: Dated, span: Span | None, why: str, clock: bool = False) -> Dated:
    """`base` as the date of something else, with the reason put before its evidence; the time of day stays with its owner."""
    kept = (e for e in base.value.evidence if e.detail != why)
    evidence = (DateEvidence(DateBasis.RELATIVE, span, why), *kept)
    time, zone = (base.value.time, base.value.zone) if clock else (None, None)
    return Dated(replace(base.value, basis=DateBasis.RELATIVE, evidence=evidence, time=time, zone=zone), base.raw)


def of_publication(published: DateValue, why: str) -> Dated:
    """The day of publication as the date of a saying."""
    evidence = (DateEvidence(DateBasis.PUBLISHED, None, why), *published.evidence)
    value = replace(published, basis=DateBasis.PUBLISHED, evidence=evidence, time=None, zone=None)
    return Dated(value, published.value or "")


UNDATED = Dated(UNKNOWN_DATE, "")
