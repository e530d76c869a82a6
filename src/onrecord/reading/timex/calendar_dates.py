"""Calendar dates: days, months and years by name or number, weekdays among them.

Extents follow the TimeML guidelines (2006, section 2.2): prepositions stay out, a weekday before its date belongs to it,
a grading word ("early 2014") belongs to it. A date without a year takes the year that its direction and weekday ask for;
without an anchor it stays underspecified (``XXXX-07-10``).
"""

from __future__ import annotations

import re
from datetime import date

from onrecord.model import TimexType
from onrecord.reading.timex import tables as t
from onrecord.reading.timex.anchor import anchor_at, shifted, weekday_from
from onrecord.reading.timex.scene import Rule, Scene, Trigger, Valued, dated, rule
from onrecord.reading.timex.tense import Direction, direction, leaning

_G = t.GAP
_DAY_BEFORE = rf"(?:(?:this{_G}coming{_G}|this{_G}|next{_G}|last{_G})?(?P<weekday>{t.WEEKDAY}|{t.WEEKDAY_SHORT}),?(?:{_G}(?:the|on))?{_G})?"
_GRADE = rf"(?:(?P<grade>around|about|{t.PART}|{t.PART_OF})(?:{_G})?)?"
_TAIL_YEAR = rf"(?:(?:,|,?{_G}of)?{_G}(?P<year>{t.YEAR}|(?:this|last|next|the{_G}same|that){_G}year))?"

#: What stands between the first day of a stretch and the last ("May 3-7", "May 3 and 4").
_UP_TO = rf"(?:[-–]|{_G}[-–]{_G}|{_G}(?:and|to|through|until){_G})"
_BEFORE_LAST = re.compile(rf"(?P<month>{t.MONTH}){_G}(?P<first>3[01]|[12]\d|0?[1-9]){_UP_TO}\Z", re.IGNORECASE)
_MONTH_DAY = rf"{_GRADE}{_DAY_BEFORE}(?P<month>{t.MONTH}){_G}(?:the{_G})?(?P<day>{t.DAY_NUMBER}|{t.DAY_ORDINAL_WORD}){_TAIL_YEAR}"
_RANGE = rf"(?P<month>{t.MONTH}){_G}(?P<first>3[01]|[12]\d|0?[1-9])(?={_UP_TO}(?P<last>3[01]|[12]\d|0?[1-9])\b(?:,{_G}(?P<year>{t.YEAR}))?(?![-\d:]|,\d|{_G}(?:percent|people|[ap]\.?m|{t.MONTH})))"
_RANGE_END = rf"(?<=[\d\s–-])(?P<last>3[01]|[12]\d|0?[1-9])\b(?:,{_G}(?P<year>{t.YEAR}))?(?![-\d:]|,\d|{_G}(?:percent|people|[ap]\.?m|{t.MONTH}))"
_DAY_MONTH = rf"{_DAY_BEFORE}(?:the{_G})?(?P<day>{t.DAY_NUMBER}|{t.DAY_ORDINAL_WORD})(?:{_G}of)?{_G}(?P<month>{t.MONTH}){_TAIL_YEAR}"
_ISO_DAY = (
    r"(?P<year>(?:19|20)\d\d)(?P<sep>[-/])(?P<month>0?[1-9]|1[0-2])(?P=sep)(?P<day>3[01]|[12]\d|0?[1-9])\b(?!-\d)"
)
_SLASHED = r"(?P<month>0?[1-9]|1[0-2])(?P<sep>[-/])(?P<day>3[01]|[12]\d|0?[1-9])(?P=sep)(?P<year>(?:19|20)\d\d|\d\d)\b(?![-/]\d)"
_DAY_FIRST = (
    r"(?P<day>3[01]|2\d|1[3-9])(?P<sep>[-/])(?P<month>0?[1-9]|1[0-2])(?P=sep)(?P<year>(?:19|20)\d\d)\b(?![-/]\d)"
)
_DOTTED = r"(?P<day>3[01]|[12]\d|0?[1-9])\.(?P<month>0?[1-9]|1[0-2])\.(?P<year>(?:19|20)\d\d)\b"
_MONTH_YEAR = rf"{_GRADE}(?P<month>{t.MONTH})(?:,|,?{_G}of)?(?:{_G}|-)(?P<year>{t.YEAR}|(?:this|last|next|that|the{_G}same){_G}year)"
_BARE_MONTH = rf"{_GRADE}(?:(?P<which>last|next|this(?:{_G}(?:past|coming))?|past){_G})?(?P<month>{t.MONTH})(?![\w-]*\d|{_G}\d\d?\b(?!,\d))"
_BARE_YEAR = rf"{_GRADE}(?:(?:the|calendar){_G}(?:calendar{_G})?year{_G})?(?P<year>{t.YEAR})(?P<beyond>{_G}and{_G}beyond)?(?![\w%]|,\d|\.\d|-(?:year|strong|member|seat|mile|foot|page|point))"
_SHORT_YEAR = r"['’`](?P<year>[0-9]\d)(?!\w|['’]s|s)"
_TO_YEAR = r"(?<=\b(?:19|20)\d\d[-–])(?P<year>\d\d)(?![\w%-]|[,.]\d)"
_WEEKDAY = (
    rf"(?:(?P<which>last|next|this(?:{_G}(?:past|coming))?|past){_G}|(?P<grade>(?:early|late|earlier|later)(?:{_G}on)?){_G})?(?P<weekday>{t.WEEKDAY})"
    rf"(?:{_G}last{_G}week\b)?"
)

_NTH_WEEKDAY = (
    rf"(?:the{_G})?(?P<nth>first|second|third|fourth|last){_G}(?P<weekday>{t.WEEKDAY}){_G}(?:in|of){_G}(?P<month>{t.MONTH_FULL})\b"
    rf"(?:,?{_G}(?P<year>{t.YEAR}))?"
)
_TITLED = re.compile(
    r"\b(?:first|second|third|fourth|every other|News|Black|Bloody|Good|Ash|Super|Palm|Easter|Holy|Cyber|Giving|Shrove|Casual|Freaky|Man)\s\Z"
)
_TITLE_AFTER = re.compile(
    r"\s(?:Times|Telegraph|Mirror|Express|Mail|Herald|Post|Night Live|Night Football|People|Independent|Tribune|Sun)\b"
)
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|by|until|till|of|from|through|to|and|for|before|after|during|between|or|mid|early|late|every|each|throughout|around|as|next|last|this|end|until|the|per|on|per)[\s-]{1,3}\Z",
    re.IGNORECASE,
)
_NAME_AFTER = re.compile(r"\s[A-Z][a-z]+")
_RUNS = re.compile(r"\b(?:through|to|until|till)\s(?:on\s)?\Z|\bbetween\s\w+day and \Z", re.IGNORECASE)
_AMBIGUOUS = frozenset({"may", "march", "mar", "jan", "dec", "sun", "sat", "mon", "wed"})
_PERSON_LIKE = frozenset({"april", "june", "august", "jan"})
_MONEY_AFTER = re.compile(
    r"\s(?:people|troops|soldiers|men|women|miles|km|kilometers|jobs|shares|feet|pages|words|hours|days|dollars|euros|points|employees|workers|tons|tonnes|votes|members|meters|metres|yards)\b"
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|of|from|until|to|and|between|during|before|after|through|late|early|the|year|fiscal|spring|summer|fall|winter)\s{1,3}\Z",
    re.IGNORECASE,
)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_of(word: str, scene: Scene) -> int | None:
    if word[:1].isdigit() or word.lower().startswith(("nineteen", "twenty", "two")):
        return t.year_number(word)
    first = word.split(maxsplit=1)[0].lower()
    if first in ("that", "the"):
        return scene.told_anchor().year
    if scene.anchor.year is None:
        return None
    return scene.anchor.year + {"last": -1, "next": 1}.get(first, 0)


def near_day(scene: Scene, month: int, day: int, weekday: int | None, looks: Direction) -> str | None:
    """The ISO day of a month and day without a year: the candidate nearest the anchor on the side it looks to.

    A weekday rules out the years it does not fall in. Without an anchor's day the value is ``XXXX-MM-DD``.
    """
    here = scene.anchor.date
    if here is None:
        if scene.anchor.year is not None and weekday is not None:
            sure = _day(scene.anchor.year, month, day)
            if sure is not None and sure.weekday() == weekday:
                return sure.isoformat()
        return f"XXXX-{month:02d}-{day:02d}"
    years = range(max(here.year - 7, 1), min(here.year + 7, 9999) + 1)
    days = [d for y in years if (d := _day(y, month, day)) is not None]
    if weekday is not None:
        days = [d for d in days if d.weekday() == weekday] or days
    if not days:
        return None
    return min(days, key=lambda d: _distance(here, d, looks)).isoformat()


def _distance(here: date, there: date, looks: Direction) -> float:
    gap = (there - here).days
    if looks is Direction.FUTURE:
        return gap if gap >= 0 else -gap * 2.5
    if looks is Direction.PAST:
        return -gap if gap <= 0 else gap * 6
    return -gap if gap <= 0 else gap * 1.3


def _full_day(m: re.Match[str], scene: Scene) -> Valued | None:
    month, day = t.month_number(m["month"]), t.day_number(m["day"])
    if not 1 <= day <= 31 or _day(2000, month, day) is None:
        return None
    groups = m.groupdict()
    weekday = groups.get("weekday")
    number = (
        t.WEEKDAYS.get(weekday.lower().rstrip(".s"), t.WEEKDAYS.get(weekday.lower().rstrip("."))) if weekday else None
    )
    if m["year"]:
        year = _year_of(m["year"], scene)
        if year is None:
            return dated(None)
        full = _day(year, month, day)
        return None if full is None else dated(full.isoformat(), not m["year"][:1].isdigit())
    value = near_day(scene, month, day, number, direction(scene, m.start(), m.end()))
    return dated(value) if value else None


def _range_start(m: re.Match[str], scene: Scene) -> Valued | None:
    """The first day of "Nov. 3-7, 2030": the year behind the last day is its own too."""
    month, first = t.month_number(m["month"]), int(m["first"])
    if int(m["last"]) <= first or _day(2000, month, first) is None:
        return None
    if m["year"]:
        full = _day(t.year_number(m["year"]), month, first)
        return None if full is None else dated(full.isoformat(), False)
    value = near_day(scene, month, first, None, direction(scene, m.start(), m.end()))
    return dated(value) if value else None


def _range_end(m: re.Match[str], scene: Scene) -> Valued | None:
    """The last day of "Nov. 3-7, 2030", counted from the first."""
    begun = _BEFORE_LAST.search(scene.before(m.start(), 30))
    if begun is None or int(m["last"]) <= int(begun["first"]):
        return None
    month, last = t.month_number(begun["month"]), int(m["last"])
    told = scene.told.day
    if m["year"]:
        full = _day(t.year_number(m["year"]), month, last)
        return None if full is None else dated(full.isoformat(), False)
    if told is None or told[5:7] != f"{month:02d}" or _day(2000, month, last) is None:
        return None
    return dated(f"{told[:8]}{last:02d}")


def _numeric_day(m: re.Match[str], scene: Scene) -> Valued | None:
    year = int(m["year"])
    if year < 100:
        latest = (scene.anchor.year or 2030) + 20
        year += 2000 if 2000 + year <= latest else 1900
    full = _day(year, int(m["month"]), int(m["day"]))
    return None if full is None else dated(full.isoformat(), False)


def _month_year(m: re.Match[str], scene: Scene) -> Valued | None:
    if m["month"].lower().rstrip(".") in ("may", "march", "mar") and not m["month"][0].isupper():
        return None
    year = _year_of(m["year"], scene)
    if year is None:
        return dated(None)
    return dated(f"{year:04d}-{t.month_number(m['month']):02d}", not m["year"][:1].isdigit())


def _bare_month(m: re.Match[str], scene: Scene) -> Valued | None:
    low = m["month"].lower().rstrip(".")
    led = bool(m["which"] or m["grade"] or _BEFORE_MONTH.search(scene.before(m.start("month"), 14)))
    after = scene.after(m.end(), 24)
    if len(low) <= 4 and low not in ("june", "july") and not led:
        return None
    if low in _PERSON_LIKE and not led and _NAME_AFTER.match(after):
        return None
    if low in _AMBIGUOUS and low not in ("may", "march") and not m["month"].endswith("."):
        return None
    if low in ("march", "mar") and not m["which"] and re.match(r"\s(?:on|of|against|in|to|by|through)\b", after):
        return None
    return dated(near_month(scene, t.month_number(m["month"]), _looks(m["which"], scene, m), _strict(m["which"])))


def _looks(which: str | None, scene: Scene, m: re.Match[str]) -> Direction | None:
    word = (which or "").lower()
    if word.startswith(("last", "past")) or word.endswith("past"):
        return Direction.PAST
    if word.startswith("next") or word.endswith("coming"):
        return Direction.FUTURE
    if word == "this":
        return None
    return direction(scene, m.start(), m.end())


def _strict(which: str | None) -> bool:
    return which is not None and which.lower() in ("last", "next")


_WEEK = 7
#: Without a sign the next months are near, the others are last year's.
_NEAR_MONTHS = 5


def near_month(scene: Scene, month: int, looks: Direction | None, strict: bool = False) -> str | None:
    """The year and month of a bare month's name; `looks` None means the anchor's own year ("this September").

    Without a sign a month looks back, but the next months are near ("in September", written in May).
    `strict` is for "last" and "next": "last February" said in March is not last month, which would be called so.
    """
    year, here = scene.anchor.year, scene.anchor.month
    if year is None:
        return f"XXXX-{month:02d}"
    if looks is None or here is None:
        return f"{year:04d}-{month:02d}"
    ahead = (month - here) % 12
    if strict:
        back = 12 - ahead
        index = year * 12 + here - 1 + (ahead or 12 if looks is Direction.FUTURE else -(back if back > 1 else 13))
        return f"{index // 12:04d}-{index % 12 + 1:02d}"
    if looks is Direction.FUTURE or (looks is Direction.OPEN and 0 < ahead <= _NEAR_MONTHS):
        return f"{year + (month < here):04d}-{month:02d}"
    return f"{year - (month > here):04d}-{month:02d}"


def _bare_year(m: re.Match[str], scene: Scene) -> Valued | None:
    before, after = scene.before(m.start("year"), 12), scene.after(m.end(), 14)
    year = t.year_number(m["year"])
    digits = m["year"][0].isdigit()
    if digits and (
        _MONEY_AFTER.match(after)
        or re.search(r"(?:(?<!\d\d\d)\d[-–/.,]|No\. ?|(?<!mid)(?<!pre)(?<!post)(?<!early)(?<!late)(?<!\d)-)\Z", before)
    ):
        return None
    if digits and not 1900 <= year <= 2099 and not (m["grade"] or _YEAR_BEFORE.search(before)):
        return None
    if not digits and year == 2000 and not (m["grade"] or "year" in m.group().lower() or _YEAR_BEFORE.search(before)):
        return None
    return dated(f"{year:04d}", False)


def _short_year(m: re.Match[str], scene: Scene) -> Valued | None:
    if not _YEAR_BEFORE.search(scene.before(m.start(), 10)):
        return None
    return dated(f"{t.short_year(int(m['year']))}", False)


def _to_year(m: re.Match[str], scene: Scene) -> Valued | None:
    """The second year of "1988-89"; a smaller number is no year but a month or a part of something else."""
    first, last = scene.text[m.start() - 5 : m.start() - 1], m["year"]
    return dated(first[:2] + last, False) if last > first[2:] else None


def _weekday(m: re.Match[str], scene: Scene) -> Valued | None:
    word = m["weekday"].lower()
    if _TITLED.search(scene.before(m.start("weekday"), 12)) or _TITLE_AFTER.match(scene.after(m.end(), 16)):
        return None
    if word.endswith("s"):
        number = t.WEEKDAYS[word[:-1]]
        return Valued(TimexType.SET, f"XXXX-WXX-{number + 1}")
    number = t.WEEKDAYS[word]
    here = scene.anchor.date
    if here is None:
        return Valued(TimexType.DATE, f"XXXX-WXX-{number + 1}", True)
    joined = None if m["which"] else scene.joined_day(m.start())
    if joined is not None:
        return dated(_iso(_beside(date.fromisoformat(joined), number, scene.before(m.start(), 24))))
    if m.group().lower().endswith("week"):
        week = shifted(here, -7 - here.weekday())
        return dated(None if week is None else _iso(shifted(week, number)))
    looks = _looks(m["which"], scene, m) if m["which"] else leaning(scene, m.start(), m.end())
    return dated(_iso(near_weekday(here, number, looks, bool(m["which"]))))


def _beside(day: date, number: int, joint: str) -> date | None:
    """The day of a weekday's name nearest to the day it is told with ("Monday and Tuesday", "Friday and Thursday").

    What runs "through" or "to" it lies ahead.
    """
    ahead = (number - day.weekday()) % 7
    runs = _RUNS.search(joint) is not None
    return shifted(day, ahead if runs or ahead <= 3 else ahead - 7)


def near_weekday(here: date, number: int, looks: Direction | None, strict: bool) -> date | None:
    """The day of a weekday's name: back to `here` itself, ahead when told so, never `here` with "last" and "next".

    What no strong sign tells is near: tomorrow rather than six days ago, yesterday rather than in six days.
    """
    ahead = (number - here.weekday()) % 7
    if (looks is Direction.OPEN and ahead == 1) or (looks is Direction.LIKELY and ahead == _WEEK - 1):
        return shifted(here, 1 if ahead == 1 else -1)
    if looks is None:
        return shifted(here, number - here.weekday())
    return weekday_from(here, number, looks in (Direction.FUTURE, Direction.LIKELY), not strict)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def weekday_value(scene: Scene, word: str, start: int, end: int) -> str | None:
    """The ISO day of a weekday's name that stands at `start`..`end` (part of a larger expression)."""
    here = scene.anchor.date
    number = t.WEEKDAYS[word.lower()]
    if here is None:
        return f"XXXX-WXX-{number + 1}"
    return _iso(near_weekday(here, number, leaning(scene, start, end), False))


def _nth_weekday(m: re.Match[str], scene: Scene) -> Valued | None:
    month, number = t.month_number(m["month"]), t.WEEKDAYS[m["weekday"].lower().removesuffix("s")]
    near = m["year"] or near_month(scene, month, direction(scene, m.start(), m.end()))
    if near is None or not near[:4].isdigit():
        return dated(None)
    year = t.year_number(m["year"]) if m["year"] else int(near[:4])
    days = [d for day in range(1, 32) if (d := _day(year, month, day)) is not None and d.weekday() == number]
    place = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(m["nth"].lower(), -1)
    return dated(days[place].isoformat(), not m["year"])


_SAME_DAY = rf"(?:(?:the|that){_G}(?:very{_G})?same{_G}day|that{_G}(?:very{_G})?day)\b"
_SAME_PERIOD = (
    rf"(?:(?:the|that){_G}same{_G}|that{_G})(?P<unit>week|month|year|quarter|decade)\b(?!{_G}(?:ago|earlier|later))"
)


def _same_day(_m: re.Match[str], scene: Scene) -> Valued | None:
    return dated(scene.told.day or scene.anchor.days(0))


def _same_period(m: re.Match[str], scene: Scene) -> Valued | None:
    there, unit = scene.told_anchor(), m["unit"].lower()
    value = {"week": there.weeks, "month": there.months, "year": there.years, "quarter": there.quarters}.get(unit)
    if unit == "quarter" and scene.told.quarter:
        return dated(scene.told.quarter)
    if unit == "decade":
        return dated(None if there.year is None else f"{there.year // 10}")
    return dated(value(0)) if value else None


RULES: tuple[Rule, ...] = (
    rule("day-range", _RANGE, Trigger.MONTH, _range_start),
    rule("range-end", _RANGE_END, Trigger.MONTH, _range_end),
    rule("month-day", _MONTH_DAY, Trigger.MONTH, _full_day),
    rule("day-month", _DAY_MONTH, Trigger.MONTH, _full_day),
    rule("nth-weekday", _NTH_WEEKDAY, Trigger.WEEKDAY, _nth_weekday),
    rule("iso-day", _ISO_DAY, Trigger.DIGIT, _numeric_day),
    rule("slashed-day", _SLASHED, Trigger.DIGIT, _numeric_day),
    rule("day-first", _DAY_FIRST, Trigger.DIGIT, _numeric_day),
    rule("dotted-day", _DOTTED, Trigger.DIGIT, _numeric_day),
    rule("month-year", _MONTH_YEAR, Trigger.MONTH, _month_year),
    rule("month", _BARE_MONTH, Trigger.MONTH, _bare_month),
    rule("year", _BARE_YEAR, Trigger.NUMBER4, _bare_year),
    rule("short-year", _SHORT_YEAR, Trigger.DIGIT, _short_year),
    rule("to-year", _TO_YEAR, Trigger.NUMBER4, _to_year),
    rule("weekday", _WEEKDAY, Trigger.WEEKDAY, _weekday),
    rule("same-day", _SAME_DAY, Trigger.UNIT, _same_day),
    rule("same-period", _SAME_PERIOD, Trigger.UNIT, _same_period),
)

__all__ = ["RULES", "anchor_at", "near_day", "near_month", "near_weekday", "weekday_value"]
