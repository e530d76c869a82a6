"""The day a text was published, as far as it is known, and arithmetic from it.

Weeks are those of ISO 8601 (Monday first); a shift that leaves years 1 to 9999 gives None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.model import DateValue, Precision

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day, month or year to count from; the parts that are not known are None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> date | None:
        """The day, or None when it is not known to the day."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def years(self, by: int) -> str | None:
        """The year `by` years on."""
        return None if self.year is None else year_text(self.year + by)

    def months(self, by: int) -> str | None:
        """The month `by` months on."""
        if self.year is None or self.month is None:
            return None
        index = self.year * 12 + self.month - 1 + by
        year = year_text(index // 12)
        return None if year is None else f"{year}-{index % 12 + 1:02d}"

    def quarters(self, by: int) -> str | None:
        """The calendar quarter `by` quarters on."""
        if self.year is None or self.month is None:
            return None
        index = self.year * 4 + (self.month - 1) // 3 + by
        year = year_text(index // 4)
        return None if year is None else f"{year}-Q{index % 4 + 1}"

    def weeks(self, by: int) -> str | None:
        """The ISO week `by` weeks on."""
        moved = shifted(self.date, 7 * by)
        return None if moved is None else week_text(moved)

    def days(self, by: int) -> str | None:
        """The day `by` days on."""
        moved = shifted(self.date, by)
        return None if moved is None else moved.isoformat()


def anchor_of(published: DateValue) -> Anchor:
    """The anchor a publication date gives: nothing where it has no value, its parts where it has one."""
    if published.value is None or published.precision not in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        return Anchor()
    return anchor_at(published.value)


def anchor_at(value: str) -> Anchor:
    """The anchor of an ISO value of day, month or year precision; empty when `value` is another kind of value."""
    found = _ISO.match(value[:10])
    if found is None:
        return Anchor()
    year, month, day = (int(g) if g else None for g in found.groups())
    try:
        date(year or 1, month or 1, day or 1)
    except ValueError:
        return Anchor()
    return Anchor(year, month, day) if year else Anchor()


def shifted(start: date | None, days: int) -> date | None:
    """`start` moved by `days`, or None when it leaves the calendar."""
    if start is None:
        return None
    ordinal = start.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def year_text(year: int) -> str | None:
    """The four digits of a year, or None outside 1 to 9999."""
    return f"{year:04d}" if 1 <= year <= 9999 else None


def week_text(day: date) -> str:
    """The ISO week of a day: ``1998-W08``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def month_shifted(day: date, months: int) -> date | None:
    """The same day `months` later, the last of the month where it has no such day; None outside the calendar."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        return None
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1) if year < 9999 or month < 12 else None
    last = (following - timedelta(days=1)).day if following else 31
    return first.replace(day=min(day.day, last))


def weekday_from(day: date, weekday: int, forward: bool, same_day: bool) -> date | None:
    """The nearest day with `weekday` (0 is Monday) after or before `day`; `day` itself counts with `same_day`."""
    ahead = (weekday - day.weekday()) % 7
    if forward:
        return shifted(day, ahead if ahead or same_day else 7)
    back = (7 - ahead) % 7
    return shifted(day, -(back if back or same_day else 7))
