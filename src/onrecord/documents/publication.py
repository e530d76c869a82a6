"""When a page was published, from the page alone: a value only where the evidence leaves one day.

Order of trust, each with its basis; the first that gives a day decides, and the ones below it are compared with it:

1. ``url``: a whole date in the address (``/2015/05/19/``, ``20150519``).
2. ``meta``: JSON-LD ``datePublished``, ``article:published_time`` and their like; a named column or a feed's date.
3. ``stated``: a line that is a date with its year, outside body, captions and link lists, nearest to the headline.
4. ``copyright-year``: a date line without a year, with the year of the page's copyright notice.
5. ``dateline``: the day in the dateline, with a year from the dateline or the copyright notice.

The clock, the day of capture, and dates of captions, of link lists and of the story itself are never taken for it. Where no
day is left the bounds are kept: the year or month of the address, the year of the copyright, the latest year that the story
tells as past (``earliest``), the first that it tells as coming (``latest``), and the weekday of its first sentences.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.documents.daywords import MONTHS, WrittenDate, clock_time, valid, weekday, written_dates, years
from onrecord.documents.slugs import path_of
from onrecord.model import DateBasis, DateEvidence, Dateline, DateValue, LineRole, MetaValue, Precision, Span

_URL_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20|21)\d\d)(?P<mark>[-/_.]?)(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|/(?P<year2>(?:19|20|21)\d\d)/(?P<month2>\d|1[0-2])/(?P<day2>\d|[12]\d|3[01])(?=/|$|-)"
    r"|/(?P<year3>(?:19|20|21)\d\d)/(?P<month3>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}/(?P<day3>0?[1-9]|[12]\d|3[01])(?=/|$|-)",
    re.IGNORECASE,
)
_URL_MONTH = re.compile(r"/(?P<year>(?:19|20|21)\d\d)[-/](?P<month>0[1-9]|1[0-2])(?=/|$)")
_ISO = re.compile(
    r"\s*((?:19|20|21)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?:[T\s]\s?([0-2]\d):?([0-5]\d)(?::?\d\d(?:\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d|[A-Z]{3,4})?)?"
)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|publication|created|written|date[d]?|issued|filed|released?|am|vom)\b\W{0,3}(?:on\b|at\b|date\b)?\W{0,3}$"
    r"|\|\s?$|[•·]\s{0,3}$",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\b(?:updated?|modified|edited|revised|corrected|revision)\b", re.IGNORECASE)
_NOT_OURS = re.compile(
    r"\b(?:today is|current(?:ly)?|weather|expires?|event|deadline|copyright|born|accessed|retrieved|comments?|said|says|replied|reply|ago|archives?|member since|joined)\b|©",
    re.IGNORECASE,
)
_PAST_YEAR = re.compile(
    r"\b(?:in|since|from|during|early|late|mid-?|until|of|between|and|s)\s(?:early\s|late\s|mid-?)?$|['’]s\s$",
    re.IGNORECASE,
)
_COMING_YEAR = re.compile(
    r"\b(?:by|before|until|no later than|by the end of|due in|scheduled for|planned for|expected in)\s(?:the end of\s|early\s|late\s|mid-?)?$",
    re.IGNORECASE,
)
#: Roles of lines that may hold the page's date; body and headline may not.
_DATED_ROLES = frozenset(
    {
        LineRole.DATE, LineRole.BYLINE, LineRole.NAVIGATION, LineRole.STANDFIRST, LineRole.CREDIT, LineRole.FOOTER,
        LineRole.RELATED, LineRole.CAPTION,
    }
)  # fmt: skip
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SMALL_WORDS = re.compile(r"(?<!\w)[a-z]{2,}")
_BYLINE_WORDS = re.compile(
    r"^\W{0,3}(?:by|author|words by|written|posted|published|updated|last updated|created|first published|story by|from)\b|.{0,80}\bby [A-Z]",
    re.IGNORECASE,
)
#: A date this many lines above the headline is the masthead's; a yearless one needs this score to be dated by a copyright year.
_MASTHEAD, _OPEN_LEAST = 8, 2.6
#: Country domains whose sites say nothing about the order of a date: those sold to anybody, and countries that put the year first.
_SOLD_OR_YEAR_FIRST = frozenset(["tv", "io", "co", "me", "ai", "ly", "fm", "eu", "cn", "jp", "kr", "tw", "hu", "lt"])


@dataclass(frozen=True, slots=True)
class Clues:
    """All that the dating of a page may use; ``lines`` are its paragraphs with their roles in text order."""

    text: str
    lines: Sequence[tuple[Span, LineRole]]
    url: str | None
    meta: Sequence[MetaValue]
    hint: str | None
    dateline: Dateline | None
    copyright: tuple[int, Span] | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One day that some evidence gives, with the time said beside it."""

    day: str
    basis: DateBasis
    evidence: tuple[DateEvidence, ...]
    time: str | None = None
    zone: str | None = None
    inferred: bool = False


def published(clues: Clues) -> tuple[DateValue, tuple[str, ...]]:
    """The publication date of a page, and sentences about evidence that disagrees with it by more than a day."""
    stated, open_lines = _stated(clues)
    found = [
        *_from_url(clues.url),
        *_from_meta(clues),
        *stated,
        *_with_copyright_year(clues, open_lines),
        *_from_dateline(clues),
    ]
    if not found:
        return _bounds(clues, open_lines), ()
    best = found[0]
    conflicts = tuple(
        f"The {best.basis} says {best.day}, but the {other.basis} says {other.day} ({other.evidence[0].detail})."
        for other in found[1:]
        if _apart(best.day, other.day) > 1
    )
    same = [other for other in found if other.day == best.day]
    timed = next((other for other in same if other.time), best)
    evidence = tuple(dict.fromkeys(e for other in same for e in other.evidence))
    value = DateValue(
        best.day, Precision.DAY, best.basis, best.day, best.day, None, timed.time, timed.zone, best.inferred, evidence
    )
    return value, tuple(dict.fromkeys(conflicts))


def _apart(one: str, other: str) -> int:
    return abs((datetime.date.fromisoformat(one) - datetime.date.fromisoformat(other)).days)


def url_day(url: str) -> str | None:
    """The ISO day written in the path of `url`, or None."""
    for match in _URL_DAY.finditer(path_of(url)):
        groups = match.groupdict()
        year = int(groups["year"] or groups["year2"] or groups["year3"])
        month = MONTHS[groups["month3"].lower()] if groups["month3"] else int(groups["month"] or groups["month2"])
        number = int(groups["day"] or groups["day2"] or groups["day3"])
        if valid(year, month, number):
            return f"{year:04d}-{month:02d}-{number:02d}"
    return None


def _from_url(url: str | None) -> list[_Candidate]:
    found = url_day(url) if url else None
    if found is None:
        return []
    return [_Candidate(found, DateBasis.URL, (DateEvidence(DateBasis.URL, None, f"the address {url}"),))]


def iso_or_written(value: str) -> tuple[str, str | None, str | None] | None:
    """The day, time and zone that a metadata value such as ``2015-05-19T13:06:00Z`` or ``19 May 2015`` gives, or None."""
    match = _ISO.match(value)
    if match is not None and valid(int(match[1]), int(match[2]), int(match[3])):
        return f"{match[1]}-{match[2]}-{match[3]}", f"{match[4]}:{match[5]}" if match[4] else None, match[6]
    dates = [date for date in written_dates(value[:200]) if date.iso() is not None and not date.ambiguous]
    if not dates or len({date.iso() for date in dates}) > 1:
        return None
    time = clock_time(_without(value, dates))
    return dates[0].iso() or "", *(time or (None, None))


def _without(text: str, dates: Sequence[WrittenDate]) -> str:
    """`text` with the characters of `dates` blanked, so that ``19.05.2015`` is not read as a clock time."""
    for date in dates:
        text = text[: date.span.start] + " " * len(date.span) + text[date.span.end :]
    return text


def _from_meta(clues: Clues) -> list[_Candidate]:
    found = []
    values = [(m.value, m.origin) for m in clues.meta if m.name == "published"]
    order = {"jsonld:datePublished": 0, "article:published_time": 1, "datepublished": 2}
    values.sort(key=lambda value: order.get(value[1], 3 if not value[1].startswith("jsonld:page") else 4))
    if clues.hint:
        values.append((clues.hint, "column"))
    for value, origin in values:
        said = iso_or_written(value)
        if said is not None:
            evidence = DateEvidence(DateBasis.META, None, f"{origin}: {value[:80]}")
            found.append(_Candidate(said[0], DateBasis.META, (evidence,), said[1], said[2]))
    return found


def _stated(clues: Clues) -> tuple[list[_Candidate], list[tuple[Span, WrittenDate]]]:
    """The day stated with its year that is likeliest the page's, if any; and the likeliest date lines without a year."""
    page = _Zones(clues)
    scored: list[tuple[float, int, Span, WrittenDate]] = []
    for index, dates in page.dated.items():
        span = clues.lines[index][0]
        scored.extend((score, -index, span, d) for d in dates if (score := page.score(index, d)) > 0)
    scored.sort(key=lambda item: (-item[0], -item[1]))
    whole = [(span, date) for _, _, span, date in scored if date.iso() is not None]
    candidates = [_candidate(clues.text, span, date) for span, date in whole[:1]]
    return candidates, [(span, date) for score, _, span, date in scored if date.year is None and score >= _OPEN_LEAST]


class _Zones:
    """Where dates of a page stand in relation to its headline and body, and how likely each is the page's own.

    A date is the likelier the nearer it stands to the headline, above the body or right at its start; words such as
    ``Published`` or a byline beside it speak for it. Below the body it counts only with such words, or when the page
    names no other day: dates there are mostly those of other stories.
    """

    def __init__(self, clues: Clues) -> None:
        self._clues = clues
        lines = clues.lines
        body = [i for i, (_, role) in enumerate(lines) if role == LineRole.BODY]
        self._first = body[0] if body else len(lines)
        self._last = body[-1] if body else len(lines)
        headline = next((i for i, (_, role) in enumerate(lines) if role == LineRole.HEADLINE), None)
        self._anchor = headline if headline is not None else self._first
        self._day_first = _day_first(clues.url)
        found = ((i, self._dates(span)) for i, (span, role) in enumerate(lines) if role in _DATED_ROLES)
        #: The dates of each line that has some, by the line's number.
        self.dated = {index: dates for index, dates in found if dates}
        self._below = {d.iso() for index, dates in self.dated.items() if index > self._last for d in dates}

    def _dates(self, span: Span) -> list[WrittenDate]:
        """The dates of a line whose day is certain, numbers like 02/11 only where the site's country decides their order."""
        if span.end - span.start > 400 or _DIGIT.search(self._clues.text, span.start, span.end) is None:
            return []
        found = []
        for date in written_dates(self._clues.text, span.start, span.end):
            if not date.ambiguous:
                found.append(date)
                continue
            order = self._day_first if self._day_first is not None else _zone_day_first(span.of(self._clues.text))
            if order is not None and date.day is not None:
                swapped = replace(date, ambiguous=False, month=date.day, day=date.month)
                found.append(replace(date, ambiguous=False) if order else swapped)
        return found

    def score(self, index: int, date: WrittenDate) -> float:
        """How likely `date`, in line `index`, dates the page; zero or less is never."""
        if date.day is None:
            return 0.0
        span, role = self._clues.lines[index]
        text = self._clues.text
        before = text[max(span.start, date.span.start - 40) : date.span.start]
        words = span.of(text)
        rest = len(_LETTERS.findall(words[: date.span.start - span.start] + " " + words[date.span.end - span.start :]))
        marked = _PUBLISHED.search(before) is not None or (_BYLINE_WORDS.match(words) is not None and rest <= 12)
        if not marked and (
            (role != LineRole.DATE and _NOT_OURS.search(words)) or rest > 8 or (role == LineRole.RELATED and rest > 6)
        ):
            return 0.0
        if role == LineRole.CAPTION and not marked and len(_SMALL_WORDS.findall(words)) >= 2:
            return 0.0
        value = 2.0 + 1.5 * marked + 0.8 * (role in (LineRole.DATE, LineRole.BYLINE)) - 0.1 * rest
        value -= 0.5 * (_UPDATED.search(before) is not None)
        value += 1.5 / (1 + 0.3 * min(abs(index - self._anchor), abs(index - self._first)))
        if index > self._last:
            alone = len(self._below) == 1
            return value - 2.0 if alone else (value - 2.5 if marked and role != LineRole.RELATED else 0.0)
        if self._first < index:
            return value - 2.2
        # Far above the headline stands the day on which the page was shown, in the masthead.
        if index < self._anchor - _MASTHEAD and not marked:
            return 0.0
        return value


def _day_first(url: str | None) -> bool | None:
    """Whether the country of the site writes the day before the month; None when its address does not tell."""
    match = re.match(r"^[a-z]+://[^/?#]*?\.([a-z]{2,})(?::\d+)?(?:[/?#]|$)", url, re.IGNORECASE) if url else None
    country = match[1].lower() if match else ""
    if len(country) != 2 or country in _SOLD_OR_YEAR_FIRST:
        return None
    return country not in ("us", "ph")


def _zone_day_first(words: str) -> bool | None:
    """Whether the clock's zone in `words` is that of a country which writes the day first."""
    if re.search(r"\b(?:GMT|BST|CES?T|EES?T|IST|MSK|AES?T|AEDT|NZS?T)\b", words):
        return True
    return False if re.search(r"\b(?:[ECMP][SD]T|ET|PT)\b", words) else None


def _candidate(text: str, span: Span, date: WrittenDate) -> _Candidate:
    words = span.of(text)
    said = clock_time(_without(words, [replace(date, span=date.span.shift(-span.start))]))
    evidence = DateEvidence(DateBasis.STATED, date.span, date.span.of(text))
    return _Candidate(date.iso() or "", DateBasis.STATED, (evidence,), *(said or (None, None)))


def _with_copyright_year(clues: Clues, open_lines: list[tuple[Span, WrittenDate]]) -> list[_Candidate]:
    if clues.copyright is None or not open_lines:
        return []
    year, mark = clues.copyright
    span, date = open_lines[0]
    if date.day is None or not valid(year, date.month, date.day):
        return []
    said = clock_time(_without(span.of(clues.text), [replace(date, span=date.span.shift(-span.start))]))
    evidence = (
        DateEvidence(DateBasis.STATED, date.span, date.span.of(clues.text)),
        DateEvidence(DateBasis.COPYRIGHT_YEAR, mark, mark.of(clues.text)),
    )
    day = f"{year:04d}-{date.month:02d}-{date.day:02d}"
    time, zone = said or (None, None)
    return [_Candidate(day, DateBasis.COPYRIGHT_YEAR, evidence, time, zone, inferred=True)]


def _from_dateline(clues: Clues) -> list[_Candidate]:
    if clues.dateline is None:
        return []
    span = clues.dateline.span
    for date in written_dates(clues.text, span.start, span.end):
        year = date.year or (clues.copyright[0] if clues.copyright else None)
        if year is None or date.day is None or not valid(year, date.month, date.day):
            continue
        evidence = [DateEvidence(DateBasis.DATELINE, date.span, date.span.of(clues.text))]
        if date.year is None and clues.copyright is not None:
            evidence.append(DateEvidence(DateBasis.COPYRIGHT_YEAR, clues.copyright[1], str(year)))
        day = f"{year:04d}-{date.month:02d}-{date.day:02d}"
        return [_Candidate(day, DateBasis.DATELINE, tuple(evidence), inferred=True)]
    return []


def _bounds(clues: Clues, open_lines: list[tuple[Span, WrittenDate]]) -> DateValue:
    """What is known of an undated page: interval, weekday and the evidence for them."""
    evidence: list[DateEvidence] = []
    earliest = latest = None
    basis, precision, value = DateBasis.UNKNOWN, Precision.UNKNOWN, None
    month = _URL_MONTH.search(path_of(clues.url)) if clues.url else None
    if month is not None:
        year, number = int(month["year"]), int(month["month"])
        earliest = f"{year:04d}-{number:02d}-01"
        latest = f"{year:04d}-{number:02d}-{calendar.monthrange(year, number)[1]:02d}"
        basis, precision, value = DateBasis.URL, Precision.MONTH, f"{year:04d}-{number:02d}"
        evidence.append(DateEvidence(DateBasis.URL, None, f"the address {clues.url}"))
    elif clues.copyright is not None:
        year, mark = clues.copyright
        earliest, latest = f"{year:04d}-01-01", f"{year:04d}-12-31"
        basis, precision = DateBasis.COPYRIGHT_YEAR, Precision.INTERVAL
        evidence.append(DateEvidence(basis, mark, mark.of(clues.text)))
    else:
        earliest, latest, told = _told_years(clues)
        evidence.extend(told)
        if told:
            basis, precision = DateBasis.RELATIVE, Precision.INTERVAL
    for span, _ in open_lines[:1]:
        evidence.append(DateEvidence(DateBasis.STATED, span, span.of(clues.text)))
    named = _weekday(clues, open_lines)
    if named is not None:
        evidence.append(DateEvidence(DateBasis.WEEKDAY, named[1], named[0]))
    return DateValue(value, precision, basis, earliest, latest, named[0] if named else None, evidence=tuple(evidence))


def _told_years(clues: Clues) -> tuple[str | None, str | None, list[DateEvidence]]:
    """Bounds from the story itself: the latest year it tells as past, the first it tells as coming."""
    past: tuple[int, Span] | None = None
    coming: tuple[int, Span] | None = None
    for span, role in clues.lines:
        if role not in (LineRole.BODY, LineRole.STANDFIRST, LineRole.CAPTION):
            continue
        words = span.of(clues.text)
        for year, at in years(words):
            before = words[max(0, at.start - 40) : at.start]
            where = at.shift(span.start)
            if _COMING_YEAR.search(before):
                if coming is None or year < coming[0]:
                    coming = (year, where)
            elif _PAST_YEAR.search(before) and (past is None or year > past[0]):
                past = (year, where)
    if past is not None and coming is not None and past[0] > coming[0]:
        return None, None, []
    evidence = [
        DateEvidence(DateBasis.RELATIVE, at[1], f"{word} {at[0]}")
        for at, word in ((past, "told as past:"), (coming, "told as coming:"))
        if at
    ]
    return f"{past[0]:04d}-01-01" if past else None, f"{coming[0]:04d}-12-31" if coming else None, evidence


def _weekday(clues: Clues, open_lines: list[tuple[Span, WrittenDate]]) -> tuple[str, Span] | None:
    """The weekday of a date line, else the first one in the first two body lines."""
    places = [span for span, _ in open_lines[:1]]
    places.extend([span for span, role in clues.lines if role == LineRole.BODY][:2])
    for span in places:
        found = weekday(clues.text[span.start : min(span.end, span.start + 1500)])
        if found is not None:
            return found[0], found[1].shift(span.start)
    return None
