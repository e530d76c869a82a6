"""The publication date of a page that does not state it, inferred from what it tells.

The day comes from a date without a year: that of the dateline or of a date line, else the day the story tells of. The year
comes from bounds that each cut the calendar: the terms of the office-holders named in their offices, the notice of copyright
(a page is no younger than it), dated happenings told as past, the weekday said with the day, and the bounds that the page's
own dating left (`onrecord.resolution.dates.bounds`). A value stands only where one day is left by what was verified, and says
what it was inferred from; else the bounds stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.knowledge.happenings import Happenings, own_happenings
from onrecord.model import (
    DateBasis,
    DateEvidence,
    DateValue,
    Document,
    LineRole,
    Precision,
    Reading,
    Timex,
)
from onrecord.reading.timex import timexes
from onrecord.resolution.dates.bounds import Bound, bounds_of, comes
from onrecord.resolution.dates.discourse import day_of_story
from onrecord.resolution.dates.local import own_time
from onrecord.resolution.dates.story import Story, build_story
from onrecord.resolution.dates.terms import OfficeTerms

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)})\b")
_NO_YEAR = re.compile(r"XXXX-(\d\d)-(\d\d)(?:T.*)?\Z")
_WEEK_DAY = re.compile(r"XXXX-WXX-([1-7])(?:T.*)?\Z")
_FIRST, _LAST = date(1900, 1, 1), date(2100, 12, 31)
#: Where a story tells its day.
_FIRST_SENTENCES = 3
#: Less than two weeks: a weekday falls on one or two of the days.
_FORTNIGHT = 14


@dataclass(frozen=True, slots=True)
class _Day:
    """A day of the year without its year, with its weekday (0 is Monday) where the page says it."""

    month: int
    day: int
    weekday: int | None
    evidence: tuple[DateEvidence, ...]

    def in_year(self, year: int) -> date | None:
        try:
            day = date(year, self.month, self.day)
        except ValueError:
            return None
        return day if self.weekday is None or day.weekday() == self.weekday else None


def infer_published(
    document: Document, reading: Reading, offices: OfficeTerms, happenings: Happenings | None = None
) -> DateValue:
    """The publication date of `document`: its own where it is known to the day, else what the page lets one infer.

    A value is set only where one day is left, with ``inferred`` and its evidence; otherwise ``earliest`` and ``latest`` are
    narrowed as far as the evidence goes. Rows of tables that nobody looked up narrow nothing; they only keep a value back
    that they speak against. Evidence that contradicts itself changes nothing. `happenings` are the package's own by default.
    """
    own = document.published
    if own.value is not None and own.precision is Precision.DAY:
        return own
    found = bounds_of(document, reading, offices, own_happenings() if happenings is None else happenings)
    bounds = [b for b in found if b.trusted]
    doubts = [b for b in found if not b.trusted]
    told = _told_day(document, reading)
    first = max((b.first for b in bounds if b.first is not None), default=None)
    last = min((b.last for b in bounds if b.last is not None), default=None)
    if first is not None and last is not None and first > last:
        return own
    if first is not None and last is not None:
        days = _days(told, own.weekday, first, last, bounds)
        if len(days) == 1 and all(b.holds(days[0]) for b in doubts):
            return _inferred(days[0], told, bounds, own)
        if days and told is not None:
            first, last = days[0], days[-1]
    return _bounded(own, first, last, bounds)


def _days(told: _Day | None, weekday: str | None, first: date, last: date, bounds: Sequence[Bound]) -> list[date]:
    """The days that the bounds leave of the day told, or of the weekday where no day is told and less than a fortnight is left."""
    if told is not None:
        days = [d for year in range(first.year, last.year + 1) if (d := told.in_year(year)) is not None]
    elif weekday is not None and (last - first).days < _FORTNIGHT:
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        days = [d for d in days if _WEEKDAYS[d.weekday()] == weekday]
    else:
        return []
    return [d for d in days if all(b.holds(d) for b in bounds)]


def _inferred(day: date, told: _Day | None, bounds: Sequence[Bound], own: DateValue) -> DateValue:
    needed = _needed(day, told, bounds)
    basis = (
        DateBasis.OFFICE_HOLDERS
        if any(b.evidence.basis is DateBasis.OFFICE_HOLDERS for b in needed)
        else (needed[0].evidence.basis if needed else DateBasis.WEEKDAY)
    )
    iso = day.isoformat()
    evidence = (*(told.evidence if told is not None else own.evidence), *(b.evidence for b in needed))
    return DateValue(
        iso,
        Precision.DAY,
        basis,
        iso,
        iso,
        _WEEKDAYS[day.weekday()] if own.weekday else None,
        inferred=True,
        evidence=evidence,
    )


def _needed(day: date, told: _Day | None, bounds: Sequence[Bound]) -> list[Bound]:
    """The bounds that rule a day out which the ones before leave, those that cut most first; the rest only agree."""
    if told is None:
        return [b for b in bounds if b.first is not None or b.last is not None]
    left = {d for year in range(_FIRST.year, _LAST.year + 1) if (d := told.in_year(year)) is not None} - {day}
    out: list[Bound] = []
    rest = list(bounds)
    while left and rest:
        best = min(rest, key=lambda b: sum(b.holds(d) for d in left))
        kept = {d for d in left if best.holds(d)}
        if len(kept) == len(left):
            break
        out.append(best)
        rest.remove(best)
        left = kept
    return out


def _bounded(own: DateValue, first: date | None, last: date | None, bounds: Sequence[Bound]) -> DateValue:
    if first is None and last is None:
        return own
    edges = {d.isoformat() for d in (first, last) if d is not None}
    shown = [b.evidence for b in bounds if {str(b.first), str(b.last)} & edges and b.evidence not in own.evidence]
    basis = own.basis if own.basis is not DateBasis.UNKNOWN or not shown else shown[0].basis
    return replace(
        own,
        value=own.value,
        precision=own.precision if own.value is not None else Precision.INTERVAL,
        basis=basis,
        earliest=None if first is None else first.isoformat(),
        latest=None if last is None else last.isoformat(),
        evidence=(*own.evidence, *shown),
    )


# The day


def _told_day(document: Document, reading: Reading) -> _Day | None:
    """The day of the year of the publication: of the dateline, of a date line, else of the story."""
    spans = [document.dateline.span] if document.dateline is not None else []
    spans += [line.span for line in document.lines if line.role is LineRole.DATE]
    for timex in timexes(document.text, spans, DateValue()):
        found = _day_of(timex, document.text, "the day the page bears")
        if found is not None:
            return found
    return _story_day(document, reading)


def _day_of(timex: Timex, text: str, what: str) -> _Day | None:
    partial = _NO_YEAR.match(timex.value or "")
    if partial is None:
        return None
    words = " ".join(timex.span.of(text).split())
    named = _WEEKDAY.search(words)
    evidence = DateEvidence(DateBasis.STATED, timex.span, f"“{words}” is {what}")
    return _Day(int(partial[1]), int(partial[2]), _WEEKDAYS.index(named.group()) if named else None, (evidence,))


def _story_day(document: Document, reading: Reading) -> _Day | None:
    """The day the story tells of, unless another day is told beside it on which it may have been published as well."""
    if not reading.sentences:
        return None
    undated = replace(document, published=DateValue())
    times = timexes(document.text, [s.span for s in reading.sentences], DateValue())
    story = build_story(undated, reading, times)
    for line in story.lines:
        own_time(story, line)
    told = day_of_story(story, undated)
    span = told.value.evidence[-1].span if told is not None and told.value.evidence else None
    timex = next((t for t in times if t.span == span), None) if span is not None else _only_day(story, times)
    found = None if timex is None else _day_of(timex, document.text, "the day the story tells of")
    if found is None or _other_day(found, times, document.text):
        return None
    return found


def _only_day(story: Story, times: Sequence[Timex]) -> Timex | None:
    """The one day that the page tells at all, where its first sentences tell it as past and outside what is said."""
    days = [t for t in times if _NO_YEAR.match(t.value or "")]
    first = {t.span for shown in story.times[:_FIRST_SENTENCES] for t in shown}
    if len({t.value for t in days}) != 1 or days[0].span not in first or comes(story.text, days[0].span):
        return None
    return days[0]


def _other_day(found: _Day, times: Iterable[Timex], text: str) -> bool:
    """True when a later day, or the day of a week beside it, may be that of the publication."""
    for timex in times:
        partial = _NO_YEAR.match(timex.value or "")
        if partial is not None:
            ahead = (
                date(2001, int(partial[1]), min(int(partial[2]), 28)) - date(2001, found.month, min(found.day, 28))
            ).days % 365
            if 0 < ahead <= 31 and not comes(text, timex.span):
                return True
        weekday = _WEEK_DAY.match(timex.value or "")
        if weekday is not None and (found.weekday is None or int(weekday[1]) - 1 != found.weekday):
            return True
    return False
