"""The publication date of a page that does not state it, inferred from what it tells.

The day comes from a date without a year: that of the dateline or of a date line, else the day the story tells of. The year
comes from bounds that each cut the calendar: the terms of the office-holders named in their offices, the notice of copyright
(a page is no younger than it), dated happenings told as past, the weekday said with the day, and the bounds that the page's
own dating left. A value stands only where one day is left, and says what it was inferred from; else the bounds stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.model import (
    DateBasis,
    DateEvidence,
    DateValue,
    Document,
    LineRole,
    Mention,
    MentionForm,
    MentionLabel,
    Office,
    Precision,
    Reading,
    Span,
    Timex,
)
from onrecord.reading.timex import timexes
from onrecord.reading.timex.tables import NUMBER, amount
from onrecord.resolution.dates.discourse import day_of_story
from onrecord.resolution.dates.local import own_time
from onrecord.resolution.dates.story import build_story
from onrecord.resolution.dates.terms import OfficeTerms

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)})\b")
_NO_YEAR = re.compile(r"XXXX-(\d\d)-(\d\d)(?:T.*)?\Z")
_WEEK_DAY = re.compile(r"XXXX-WXX-([1-7])(?:T.*)?\Z")
_WHOLE = re.compile(r"\d{4}-\d\d-\d\d(?:T.*)?\Z")
_NOT_NOW = re.compile(
    r"\b(?:former|formerly|ex|then|late|future|incoming|outgoing|next|previous|one-time|designate|elect|deputy|vice|nominee)[\s-]{1,2}\Z",
    re.IGNORECASE,
)
_FORMER = re.compile(r"\b(?:former|then|ex|late|outgoing|incoming)\b", re.IGNORECASE)
_SET_BEFORE = re.compile(r"\b[Tt]he\s(?P<words>(?:[\w.'’-]+\s){0,4}[\w.'’-]+),\s\Z")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[^\n]{0,40}?\b((?:19|20)\d\d)(?:\s?[-–]\s?((?:19|20)\d\d))?\b", re.IGNORECASE
)
_TOOK_OFFICE = re.compile(
    r"(?P<name_end>(?:,\swho|,\swhich)?\s)(?P<verb>took office|took over|took up (?:the|his|her) post|was sworn in|was appointed|was named|was elected)\s"
    rf"(?P<count>an?|{NUMBER})\s(?P<unit>day|week|month)s?\sago\b",
    re.IGNORECASE,
)
#: Days of a unit, and how many days a round number of it may be off.
_AGO_DAYS = {"day": (1.0, 1), "week": (7.0, 4), "month": (30.44, 16)}
_AHEAD_BEFORE = re.compile(
    r"\b(?:will|would|until|by|due|scheduled|expected|planned|set|before|next|to)\b", re.IGNORECASE
)
_AHEAD_AFTER = re.compile(r"[^.\n]{0,40}\b(?:will|would|(?:is|are) (?:to|due|expected|set|scheduled))\b")
_PAST = re.compile(r"\b(?:since|on|after)\s\Z", re.IGNORECASE)
_FIRST, _LAST = date(1900, 1, 1), date(2100, 12, 31)
#: A story is told on its day or in the days after; a weekday without a date beside it may be one of these.
_WITHIN = 6


@dataclass(frozen=True, slots=True)
class _Bound:
    """Days the publication must fall in (several stretches for several terms; None is open), and why."""

    stretches: tuple[tuple[date | None, date | None], ...]
    evidence: DateEvidence

    def holds(self, day: date) -> bool:
        return any((a is None or a <= day) and (b is None or day <= b) for a, b in self.stretches)

    @property
    def first(self) -> date | None:
        starts = [a for a, _ in self.stretches]
        return None if None in starts else min(a for a in starts if a is not None)

    @property
    def last(self) -> date | None:
        ends = [b for _, b in self.stretches]
        return None if None in ends else max(b for b in ends if b is not None)


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


def infer_published(document: Document, reading: Reading, offices: OfficeTerms) -> DateValue:
    """The publication date of `document`: its own where it is known to the day, else what the page lets one infer.

    A value is set only where one day is left, with ``inferred`` and its evidence; otherwise ``earliest`` and ``latest`` are
    narrowed as far as the evidence goes. Evidence that contradicts itself changes nothing.
    """
    own = document.published
    if own.value is not None and own.precision is Precision.DAY:
        return own
    bounds = list(_bounds(document, reading, offices))
    told = _told_day(document, reading)
    first = max((b.first for b in bounds if b.first is not None), default=None)
    last = min((b.last for b in bounds if b.last is not None), default=None)
    if first is not None and last is not None and first > last:
        return own
    if told is not None and last is not None and first is not None:
        days = [d for year in range(first.year, last.year + 1) if (d := told.in_year(year)) is not None]
        days = [d for d in days if all(b.holds(d) for b in bounds)]
        if len(days) == 1:
            return _inferred(days[0], told, bounds, own)
        if days:
            first, last = days[0], days[-1]
    return _bounded(own, first, last, bounds)


def _inferred(day: date, told: _Day, bounds: Sequence[_Bound], own: DateValue) -> DateValue:
    needed = _needed(day, told, bounds)
    basis = (
        DateBasis.OFFICE_HOLDERS
        if any(b.evidence.basis is DateBasis.OFFICE_HOLDERS for b in needed)
        else (needed[0].evidence.basis if needed else DateBasis.WEEKDAY)
    )
    iso = day.isoformat()
    evidence = (*told.evidence, *(b.evidence for b in needed))
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


def _needed(day: date, told: _Day, bounds: Sequence[_Bound]) -> list[_Bound]:
    """The bounds that rule a year out which the ones before leave, those that cut most first; the rest only agree."""
    rivals = {d for year in range(_FIRST.year, _LAST.year + 1) if (d := told.in_year(year)) is not None} - {day}
    left, out = rivals, []
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


def _bounded(own: DateValue, first: date | None, last: date | None, bounds: Sequence[_Bound]) -> DateValue:
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
    if told is None or not told.value.evidence:
        return None
    span = told.value.evidence[-1].span
    timex = next((t for t in times if t.span == span), None)
    found = None if timex is None else _day_of(timex, document.text, "the day the story tells of")
    if found is None or _other_day(found, times, document.text):
        return None
    return found


def _other_day(found: _Day, times: Iterable[Timex], text: str) -> bool:
    """True when a later day, or the day of a week beside it, may be that of the publication."""
    for timex in times:
        partial = _NO_YEAR.match(timex.value or "")
        if partial is not None:
            ahead = (
                date(2001, int(partial[1]), min(int(partial[2]), 28)) - date(2001, found.month, min(found.day, 28))
            ).days
            if 0 < ahead <= 31 and not _comes(text, timex.span):
                return True
        weekday = _WEEK_DAY.match(timex.value or "")
        if weekday is not None and (found.weekday is None or int(weekday[1]) - 1 != found.weekday):
            return True
    return False


def _comes(text: str, span: Span) -> bool:
    """True when the words around a day tell it as coming."""
    before, after = text[max(0, span.start - 60) : span.start], text[span.end : span.end + 60]
    return _AHEAD_BEFORE.search(before.rpartition(". ")[2]) is not None or _AHEAD_AFTER.match(after) is not None


# The year


def _bounds(document: Document, reading: Reading, offices: OfficeTerms) -> Iterable[_Bound]:
    own = document.published
    if own.earliest is not None or own.latest is not None:
        evidence = (
            own.evidence[0] if own.evidence else DateEvidence(own.basis, None, "the bounds the page itself gives")
        )
        yield _Bound(((_iso(own.earliest), _iso(own.latest)),), evidence)
    yield from _held(document, reading, offices)
    for line in document.lines:
        if line.role is LineRole.FOOTER and (m := _COPYRIGHT.search(document.text, line.span.start, line.span.end)):
            year = int(m[2] or m[1])
            detail = f"inferred from the copyright of {year}: the page is no younger"
            yield _Bound(
                ((None, date(year, 12, 31)),), DateEvidence(DateBasis.COPYRIGHT_YEAR, Span(m.start(), m.end()), detail)
            )
    yield from _past_days(document, reading)


def _iso(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)


def _past_days(document: Document, reading: Reading) -> Iterable[_Bound]:
    """Whole dates told as past: the page is younger than each."""
    for timex in timexes(document.text, [s.span for s in reading.sentences], DateValue()):
        value = timex.value or ""
        if not _WHOLE.match(value) or not _PAST.search(document.text, max(0, timex.span.start - 8), timex.span.start):
            continue
        if _comes(document.text, timex.span):
            continue
        detail = f"inferred from “{timex.span.of(document.text)}”, told as past"
        yield _Bound(((date.fromisoformat(value[:10]), None),), DateEvidence(DateBasis.STATED, timex.span, detail))


def _held(document: Document, reading: Reading, offices: OfficeTerms) -> Iterable[_Bound]:
    """The terms of the people named with an office they hold as the page is written, each name and office once."""
    times = timexes(document.text, [s.span for s in reading.sentences], DateValue())
    since = _took_office(document.text, reading)
    seen: set[tuple[str, str]] = set()
    for mention in reading.mentions:
        title = _title_of(document.text, mention)
        if title is None:
            continue
        person = " ".join(mention.head.of(document.text).split())
        words = " ".join(title.of(document.text).split())
        whole = Span(min(title.start, mention.head.start), max(title.end, mention.head.end))
        if (person, words) in seen or not _held_now(document.text, reading, times, whole):
            continue
        seen.add((person, words))
        terms = _terms(offices, person, words)
        if not terms:
            continue
        held = f"{person} in office {' and '.join(_term_words(t) for t in terms)}"
        detail = f"inferred from {words} {held.replace(' in office', ', in office', 1)}"
        yield _Bound(tuple(_stretch(t) for t in terms), DateEvidence(DateBasis.OFFICE_HOLDERS, whole, detail))
        for name, span, days, slack in since:
            if name == person.split()[-1]:
                begun = [date.fromisoformat(t.start) + timedelta(days=days) for t in terms]
                around = tuple((d - timedelta(days=slack), d + timedelta(days=slack)) for d in begun)
                detail = f"inferred from “{span.of(document.text)}”, with {held}"
                yield _Bound(around, DateEvidence(DateBasis.OFFICE_HOLDERS, span, detail))


def _title_of(text: str, mention: Mention) -> Span | None:
    """The words of the office a person is named with: read as a title, or set before the name ("the new mayor, Ida Vann")."""
    if mention.form is not MentionForm.NAME or mention.label is not MentionLabel.PERSON:
        return None
    if mention.title is not None:
        return mention.title
    before = _SET_BEFORE.search(text, max(0, mention.head.start - 70), mention.head.start)
    return None if before is None else Span(before.start("words"), before.end("words"))


def _took_office(text: str, reading: Reading) -> list[tuple[str, Span, int, int]]:
    """Whose terms are told to have begun how many days ago: the last name, the words, the days, and how far they may be off.

    "Three weeks ago" may be half a week off, "two months ago" half a month.
    """
    out = []
    for sentence in reading.sentences:
        for m in _TOOK_OFFICE.finditer(text, sentence.span.start, sentence.span.end):
            count = amount(m["count"]).count
            if count is None or count > 200:
                continue
            unit, slack = _AGO_DAYS[m["unit"].lower()]
            name = re.search(r"([^\W\d_][\w’'-]+)\Z", text[sentence.span.start : m.start("name_end")])
            if name is not None:
                out.append((name.group(), Span(m.start("verb"), m.end()), round(count * unit), slack))
    return out


def _held_now(text: str, reading: Reading, times: Sequence[Timex], whole: Span) -> bool:
    """False for former and coming holders, and in a sentence that tells of another year."""
    if _NOT_NOW.search(text, max(0, whole.start - 16), whole.start) or _FORMER.search(whole.of(text)):
        return False
    home = next((s.span for s in reading.sentences if s.span.overlaps(whole)), None)
    if home is None:
        return True
    return not any(home.contains(t.span) and re.match(r"(?:1[5-9]|20)\d\d", t.value or "") for t in times)


def _terms(offices: OfficeTerms, person: str, words: str) -> tuple[Office, ...]:
    """The terms for a title in which the words of the institution may come first ("Arvenian foreign minister")."""
    parts = [
        w for w in words.split() if w.lower() not in ("the", "new", "newly", "appointed", "its", "their", "acting")
    ]
    for cut in range(len(parts)):
        of, title = " ".join(parts[:cut]), " ".join(parts[cut:])
        found = tuple(offices.terms(person, title, re.sub(r"['’]s?\Z", "", of)))
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _stretch(term: Office) -> tuple[date, date | None]:
    """The days of a term; one that is still running has no known end."""
    return date.fromisoformat(term.start), None if term.end is None else date.fromisoformat(term.end) - timedelta(
        days=1
    )


def _term_words(term: Office) -> str:
    return f"from {term.start} to {term.end}" if term.end is not None else f"since {term.start}"
