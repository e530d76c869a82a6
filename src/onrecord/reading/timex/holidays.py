"""Holidays that name a day: "Christmas", "New Year's Eve", "Thanksgiving", "Easter Sunday", "Victory Day".

Fixed dates and rules are those of the civil calendars named beside each; Easter is the Western one (the Gregorian
computus of Meeus, Jones and Butcher). A holiday without a year takes the one its direction asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from onrecord.reading.timex import tables as t
from onrecord.reading.timex.anchor import weekday_from
from onrecord.reading.timex.scene import Rule, Scene, Trigger, Valued, dated, rule
from onrecord.reading.timex.tense import Direction, direction

_G = t.GAP


def _nth(month: int, weekday: int, nth: int) -> Callable[[int], date]:
    def of(year: int) -> date:
        first = weekday_from(date(year, month, 1), weekday, True, True) or date(year, month, 1)
        return first.replace(day=first.day + 7 * (nth - 1))

    return of


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _memorial(year: int) -> date:
    return weekday_from(date(year, 5, 31), 0, False, True) or date(year, 5, 31)


def easter(year: int) -> date:
    """Western Easter Sunday (Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    week = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * week) // 451
    month, day = divmod(h + week - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _easter(by: int) -> Callable[[int], date]:
    return lambda year: date.fromordinal(easter(year).toordinal() + by)


_DAYS: dict[str, Callable[[int], date]] = {
    "christmas eve": _fixed(12, 24), "christmas day": _fixed(12, 25), "christmas": _fixed(12, 25), "boxing day": _fixed(12, 26),
    "new year's eve": _fixed(12, 31), "new year's day": _fixed(1, 1), "new year's": _fixed(1, 1),
    "valentine's day": _fixed(2, 14), "st. patrick's day": _fixed(3, 17), "may day": _fixed(5, 1), "victory day": _fixed(5, 9),
    "halloween": _fixed(10, 31), "armistice day": _fixed(11, 11), "veterans day": _fixed(11, 11), "bastille day": _fixed(7, 14),
    "good friday": _easter(-2), "easter sunday": _easter(0), "easter monday": _easter(1), "easter": _easter(0),
    "palm sunday": _easter(-7), "ash wednesday": _easter(-46), "thanksgiving day": _nth(11, 3, 4), "thanksgiving": _nth(11, 3, 4),
    "labor day": _nth(9, 0, 1), "memorial day": _memorial, "martin luther king day": _nth(1, 0, 3),
    "independence day": _fixed(7, 4), "the fourth of july": _fixed(7, 4), "mother's day": _nth(5, 6, 2), "father's day": _nth(6, 6, 3),
}  # fmt: skip
_NAMES = "|".join(re.escape(n).replace(r"\ ", _G).replace("'", "['’]") for n in sorted(_DAYS, key=len, reverse=True))
_HOLIDAY = rf"(?:(?P<which>last|next|this){_G})?(?P<name>{_NAMES})\b(?:(?:,|{_G}of)?{_G}(?P<year>{t.YEAR}))?"


def _holiday(m: re.Match[str], scene: Scene) -> Valued | None:
    name = re.sub(r"\s+", " ", m["name"].lower().replace("’", "'"))
    if not m["name"][0].isupper() and not m["name"].lower().startswith("the"):
        return None
    day = _DAYS[name]
    if m["year"]:
        return dated(day(t.year_number(m["year"])).isoformat(), False)
    here = scene.anchor.date
    if here is None:
        fixed = day(2001)
        return dated(f"XXXX-{fixed:%m-%d}" if day(2002) == fixed.replace(year=2002) else None)
    if not 2 <= here.year <= 4098:
        return dated(None)
    looks = direction(scene, m.start(), m.end())
    which = (m["which"] or "").lower()
    looks = {"last": Direction.PAST, "next": Direction.FUTURE}.get(which, looks)
    days = [day(here.year + by) for by in (-1, 0, 1)]
    if which == "this":
        return dated(days[1].isoformat())
    if looks is Direction.FUTURE:
        return dated(min(d for d in days if d >= here).isoformat())
    if looks is Direction.PAST:
        return dated(max(d for d in days if d <= here).isoformat())
    return dated(min(days, key=lambda d: abs((d - here).days)).isoformat())


RULES: tuple[Rule, ...] = (rule("holiday", _HOLIDAY, Trigger.HOLIDAY, _holiday),)
