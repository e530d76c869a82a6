"""Finds calendar dates written on a page: days with or without a year, months, clock times with their zones."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from onrecord.model import Span

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
#: Months in the languages beside English that mixed pages date themselves in: German, Spanish, French, Italian, Portuguese,
#: Dutch, Catalan. They are only read with a day and a year.
FOREIGN_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner enero janvier gennaio janeiro januari gener",
            "februar febrero février febbraio fevereiro februari febrer",
            "märz marzo mars março maart març",
            "april abril avril aprile",
            "mai mayo maggio maio mei maig",
            "juni junio juin giugno junho juny",
            "juli julio juillet luglio julho juliol",
            "august agosto août augustus agost",
            "september septiembre septembre settembre setembro setembre",
            "oktober octubre octobre ottobre outubro",
            "november noviembre novembre novembro",
            "dezember diciembre décembre dicembre dezembro december desembre",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_END = r"(?![\d])"
_MONTHS_START = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|" + "|".join(
    sorted({name[:3] for name in FOREIGN_MONTHS} - set(MONTHS))
)
_FOREIGN = "|".join(sorted(FOREIGN_MONTHS, key=len, reverse=True))
#: Day and month as numbers, in either order.
_NUMBERS = re.compile(
    rf"(?<![\d/.-])(?P<day>[0-3]?\d)(?P<mark>[./-])(?P<month>[0-3]?\d)(?P=mark){_YEAR}{_END}(?![/.-]\d)"
)
#: Tried in this order; a later form never takes characters of an earlier one.
_FORMS = (
    *(
        re.compile(form, re.IGNORECASE)
        for form in (
            rf"(?<![\d/.-]){_YEAR}(?P<mark>[-/.])(?P<month>[01]?\d)(?P=mark)(?P<day>[0-3]?\d){_END}(?![/.-]\d)",
            rf"(?<![\d/.:-]){_DAY}\.?\s(?:de\s)?(?P<month>{_FOREIGN})\s(?:de\s)?{_YEAR}{_END}",
            rf"\b{_MONTH}\s{{0,2}}{_DAY}{_END}"
            rf"(?:(?:,\s{{0,2}}|\s{{1,2}}|,?\s(?:at\s)?[0-2]?\d[:.][0-5]\d\s?(?:[ap]\.?m\.?)?,?\s){_YEAR}{_END})?",
            rf"(?<![\d/.:-]){_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{{0,2}}{_YEAR}{_END})?",
            rf"(?<![\d/.:-]){_DAY}-{_MONTH}-{_YEAR}{_END}",
        )
    ),
    _NUMBERS,
    re.compile(rf"\b{_MONTH}\s{{1,2}}{_YEAR}{_END}", re.IGNORECASE),
    re.compile(r"(?<![\d/.-])(?P<day>[0-3]\d)\.(?P<month>[01]\d)\.(?P<year>[0-4]\d)(?![\d.:/-])"),
)
#: Every form has one of these; most lines with a figure in them have none.
_HINT = re.compile(
    rf"\d[./-]\d|\d(?:st|nd|rd|th)?[.]?\s(?:de\s|of\s)?(?:{_MONTHS_START})|(?:{_MONTHS_START})[a-z]{{0,6}}\.?\s{{0,2}}\d|\d-[a-z]",
    re.IGNORECASE,
)
_NUMERIC_HINT = re.compile(r"\d[./-]\d")
_MONTH_STARTS = tuple(_MONTHS_START.split("|"))
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>[0-2]?\d)(?:[:.](?P<minute>[0-5]\d))?(?::[0-5]\d)?\s?(?P<half>[apAP]\.?[mM]\b\.?)?\s{0,2}"
    r"\(?(?P<zone>(?:GMT|UTC)(?:\s?[+-]\d{1,2}(?::?\d\d)?)?|[ECMP][SD]?T|CES?T|EES?T|BST|IST|MSK|AES?T|JST|Z\b|[+-]\d\d:?\d\d)?(?![\w])"
)
_WEEKDAY = re.compile(r"\b(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE)
_YEARS = re.compile(r"(?<![\d.,/$€£-])(?:19|20|21)\d\d(?![\d.,]\d|[\d%])")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written: its characters, and what they give; ``month`` is always known, ``day`` and ``year`` may be None.

    ``ambiguous`` is set for numbers that could be month and day either way round; day first is then assumed.
    """

    span: Span
    year: int | None
    month: int
    day: int | None
    ambiguous: bool = False

    def iso(self) -> str | None:
        """The ISO day, or None when a part is missing."""
        if self.year is None or self.day is None:
            return None
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


def valid(year: int | None, month: int, day: int | None) -> bool:
    """True for a day that the calendar has; a leap year is assumed where the year is not known."""
    try:
        datetime.date(year or 2000, month, day or 1)
    except ValueError:
        return False
    return True


def written_dates(text: str, start: int = 0, end: int | None = None) -> list[WrittenDate]:
    """The dates written in ``text[start:end]``, in order, none inside another."""
    found: list[WrittenDate] = []
    stop = len(text) if end is None else end
    if _NUMERIC_HINT.search(text, start, stop) is None:
        lowered = text[start:stop].lower()
        if not any(map(lowered.__contains__, _MONTH_STARTS)) or _HINT.search(text, start, stop) is None:
            return found
    for form in _FORMS:
        for match in form.finditer(text, start, stop):
            date = _written(match)
            if date is not None and not any(date.span.overlaps(other.span) for other in found[-64:]):
                found.append(date)
    return sorted(found, key=lambda date: date.span)


def _written(match: re.Match[str]) -> WrittenDate | None:
    groups = match.groupdict()
    name = groups["month"].lower()
    year = int(groups["year"]) if groups.get("year") else None
    if year is not None and year < 100:
        year += 2000
    day = int(groups["day"]) if groups.get("day") else None
    ambiguous = False
    if name.isdigit():
        month = int(name)
        if match.re is _NUMBERS and day is not None:
            if month > 12:
                month, day = day, month
            elif groups["mark"] == "/" and day <= 12 and day != month:
                ambiguous = True
    else:
        if name == "may" and match[0][:3] == "may":  # the verb: "may 3" is no date
            return None
        month = MONTHS[name] if name in MONTHS else FOREIGN_MONTHS[name]
    if not valid(year, month, day):
        return None
    raw = match[0]
    length = len(raw.rstrip(" ,\t\n\r"))
    return WrittenDate(Span(match.start(), match.start() + length), year, month, day, ambiguous)


def clock_time(text: str) -> tuple[str, str | None] | None:
    """The first clock time of `text` as ``HH:MM`` with its zone as written, or None. A bare number is no time."""
    for match in _TIME.finditer(text):
        hour, minute, half = int(match["hour"]), match["minute"], match["half"]
        if minute is None and half is None:
            continue
        if half is not None:
            if not 1 <= hour <= 12:
                continue
            hour = hour % 12 + (12 if half[0] in "pP" else 0)
        if hour < 24:
            return f"{hour:02d}:{minute or '00'}", match["zone"]
    return None


def weekday(text: str) -> tuple[str, Span] | None:
    """The first weekday named in `text`, as its English name, with its characters."""
    for match in _WEEKDAY.finditer(text):
        if match[0][0].isupper():
            return next(name for name in WEEKDAYS if name.lower().startswith(match[1].lower()[:3])), Span(*match.span())
    return None


def years(text: str) -> list[tuple[int, Span]]:
    """The years named in `text` as four digits, with their characters."""
    return [(int(match[0]), Span(*match.span())) for match in _YEARS.finditer(text)]
