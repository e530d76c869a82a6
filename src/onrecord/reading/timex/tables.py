"""Names of months, weekdays, units, seasons, numbers and holidays, and the regular-expression fragments made of them.

Every fragment is bounded: no quantifier without an upper limit stands over text that another one could also take, so a
match attempt costs a constant and a scan is linear in the text. Unit letters are those of ISO 8601 durations as used by
TimeML 1.2.1 (Sauri et al., TimeML Annotation Guidelines, 2006, section 2.2): ``Q`` quarter, ``DE`` decade, ``CE`` century.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GAP = r"[ \t\u00a0]{0,3}[ \t\u00a0\n][ \t]{0,3}"

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6, "mon": 0, "tue": 1,
    "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip

#: unit word -> (ISO letter, whether it is counted in the time part of a duration)
UNITS = {
    "second": ("S", True), "minute": ("M", True), "hour": ("H", True), "day": ("D", False), "night": ("D", False),
    "week": ("W", False), "fortnight": ("W", False), "weekend": ("WE", False), "month": ("M", False), "quarter": ("Q", False),
    "year": ("Y", False), "decade": ("DE", False), "century": ("CE", False), "centurie": ("CE", False),
    "trimester": ("Q", False), "semester": ("H", False), "summer": ("SU", False), "winter": ("WI", False),
    "season": ("X", False), "millennium": ("ML", False),
}  # fmt: skip

SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
#: the season each month belongs to, December to February being winter (northern meteorological seasons)
SEASON_OF_MONTH = ("WI", "WI", "SP", "SP", "SP", "SU", "SU", "SU", "FA", "FA", "FA", "WI")
SEASON_ORDER = ("SP", "SU", "FA", "WI")

DAY_PARTS = {
    "morning": "MO", "forenoon": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "midday": "MI", "dawn": "MO",
    "dusk": "EV",
}  # fmt: skip

SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_ORDINAL_UNITS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"

MONTH_FULL = (
    r"(?:january|february|(?-i:March|MARCH)|(?-i:April|APRIL)|(?-i:May|MAY)|(?-i:June|JUNE)|(?-i:July|JULY)|(?-i:August|AUGUST)"
    r"|september|october|november|december)"
)
MONTH_SHORT = r"(?-i:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\b\.?"
MONTH = rf"(?:{MONTH_FULL}\b|{MONTH_SHORT})"
WEEKDAY = (
    r"(?-i:Mondays?|Tuesdays?|Wednesdays?|Thursdays?|Fridays?|Saturdays?|Sundays?"
    r"|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY)\b"
)
WEEKDAY_SHORT = r"(?-i:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?"
DAY_ORDINAL_WORD = (
    rf"(?:(?:twenty|thirty)[- ](?:{_ORDINAL_UNITS})|{'|'.join(sorted(ORDINALS, key=len, reverse=True))})\b"
)
DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b"
_YEAR_TENS = "|".join(TENS)
YEAR_WORD = (
    rf"(?:nineteen(?:{GAP}|-)(?:(?:{_YEAR_TENS})(?:(?:{GAP}|-)(?:one|two|three|four|five|six|seven|eight|nine))?"
    rf"|o(?:h|')?[- ](?:one|two|three|four|five|six|seven|eight|nine)|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)"
    rf"|two{GAP}thousand(?:{GAP}(?:and{GAP})?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))?"
    rf"|twenty(?:{GAP}|-)(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?))\b"
)
YEAR = rf"(?:(?:1[5-9]|20)\d\d\b|{YEAR_WORD})"

_SMALL = "|".join(sorted(SMALL, key=len, reverse=True))
_TENS = "|".join(TENS)
NUMBER_WORD = rf"(?:(?:{_TENS})(?:[- ](?:{_SMALL}))?|(?:a|one|two|three|four|five|six|seven|eight|nine){GAP}hundred|{_SMALL}|a{GAP}dozen|two{GAP}dozen)"
DIGITS = r"(?:\d{1,3}(?:,\d{3})?|\d{4})(?:\.\d{1,2})?"
FRACTION = rf"(?:{GAP}1/2|{GAP}and{GAP}a{GAP}half|-and-a-half|½)"
NUMBER = rf"(?:(?:{DIGITS}|{NUMBER_WORD}){FRACTION}?)"
VAGUE_NUMBER = (
    rf"(?:(?:a{GAP}|the{GAP})?couple(?:{GAP}of)?|(?:a{GAP}|the{GAP}|very{GAP})?few|several|many|some|dozens{GAP}of|scores{GAP}of"
    rf"|hundreds{GAP}of|thousands{GAP}of|a{GAP}number{GAP}of|numerous|countless|multiple)"
)
UNIT_SINGULAR = r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|quarter|year|decade|century)"
UNIT = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|century|centuries|summers?|winters?)\b"
UNIT_PLURAL = r"(?:seconds|minutes|hours|days|nights|weeks|weekends|months|quarters|years|decades|centuries)\b"
SEASON = r"(?:spring|summer|fall|autumn|winter)\b"
DAY_PART = r"(?:morning|afternoon|evening|night)\b"
#: words that grade a quantity; annotators keep them inside the expression, unlike "only", "just" and "barely"
ABOUT = (
    rf"(?:about|around|nearly|almost|roughly|approximately|over(?!{GAP}(?:the|his|her|its|their|last|past|next))|at{GAP}least|at{GAP}most|more{GAP}than|less{GAP}than|fewer{GAP}than"
    rf"|no{GAP}more{GAP}than|no{GAP}less{GAP}than|as{GAP}many{GAP}as|as{GAP}much{GAP}as|up{GAP}to|another|an{GAP}additional|an{GAP}estimated|an{GAP}extra|well{GAP}over|some)"
)
#: words that pick a part of a period (TimeML's MOD START, MID, END)
PART = rf"(?:(?:the{GAP})?(?:very{GAP})?(?:early|late|mid|middle)(?:-|{GAP})(?:to-late{GAP}|to-mid{GAP})?)"
PART_OF = rf"(?:(?:the{GAP})?(?:early{GAP}|late{GAP}|very{GAP})?(?:beginning|start|end|middle|close|rest|remainder|turn|course){GAP}of{GAP})"
ZONE = r"(?-i:GMT|UTC|EST|EDT|ET|CST|CDT|CT|MST|MDT|PST|PDT|PT|BST|CET|CEST|EET|EEST|MSK|IST|JST|AKST|HST)\b"


@dataclass(frozen=True, slots=True)
class Amount:
    """A count of units: the number (None when the text leaves it open, "several")."""

    count: float | None

    def text(self) -> str:
        """The count as TIMEX3 writes it, ``X`` when open."""
        if self.count is None:
            return "X"
        return str(int(self.count)) if self.count == int(self.count) else f"{self.count:g}"


_HALF = re.compile(FRACTION + r"\Z", re.IGNORECASE)
_WORDS = re.compile(r"[a-z]+")


def amount(words: str) -> Amount:
    """The count named by `words` (``"5 1/2"``, ``"twenty-two"``, ``"a couple of"``, ``"several"``)."""
    low = words.lower().strip()
    half = _HALF.search(low)
    whole = low[: half.start()] if half else low
    extra = 0.5 if half else 0.0
    if whole[:1].isdigit():
        return Amount(float(whole.replace(",", "")) + extra)
    parts = _WORDS.findall(whole)
    if "couple" in parts:
        return Amount(2.0)
    if any(p in ("dozens", "scores", "hundreds", "thousands") for p in parts):
        return Amount(None)
    total = float(sum(SMALL.get(p, 0) + TENS.get(p, 0) for p in parts))
    if "hundred" in parts:
        return Amount((total or 1.0) * 100 + extra)
    if "dozen" in parts:
        return Amount((total or 1.0) * 12 + extra)
    if total:
        return Amount(total + extra)
    return Amount(1.0 + extra) if parts and parts[0] in ("a", "an") and len(parts) == 1 else Amount(None)


def month_number(word: str) -> int:
    """1 to 12 for a month's name or abbreviation."""
    return MONTHS[word.lower().rstrip(".")]


def day_number(word: str) -> int:
    """The day of the month named by ``"8"``, ``"8th"`` or ``"twenty-first"``; 0 when it is none."""
    low = word.lower()
    if low[:1].isdigit():
        return int(low.rstrip("stndrh"))
    parts = _WORDS.findall(low)
    return sum(ORDINALS.get(p, 0) + TENS.get(p, 0) for p in parts)


def year_number(word: str) -> int:
    """The year named by ``"1998"``, ``"'98"``, ``"nineteen ninety-eight"`` or ``"two thousand"``."""
    if word[:1].isdigit():
        return int(word)
    if word[1:].isdigit():
        return short_year(int(word[1:]))
    parts = _WORDS.findall(word.lower())
    if "thousand" in parts:
        return 2000 + sum(SMALL.get(p, 0) for p in parts[2:])
    century = 1900 if parts[0] == "nineteen" else 2000
    return century + sum(SMALL.get(p, 0) + TENS.get(p, 0) for p in parts[1:])


def short_year(year: int) -> int:
    """The year two digits name: ``'68`` is 1968, ``'05`` 2005."""
    return 1900 + year if year >= 30 else 2000 + year


def unit_of(word: str) -> str:
    """The singular of a unit word, lower case."""
    low = word.lower()
    return "century" if low == "centuries" else low.removesuffix("s")


def duration(count: str, unit: str) -> str:
    """The TIMEX3 duration of `count` (``"3"``, ``"X"``) of a singular unit word: ``P3M``, ``PT16H``, ``PXY``."""
    letter, timed = UNITS[unit]
    if unit == "night":
        return f"P{count}D"
    if unit == "fortnight":
        return f"P{_times(count, 2)}W"
    if unit == "decade":
        return f"P{_times(count, 10)}Y" if count != "X" else "PXDE"
    if unit == "century":
        return f"P{_times(count, 100)}Y" if count != "X" else "PXCE"
    if unit == "weekend":
        return f"P{count}WE"
    if unit == "quarter":
        return f"P{_times(count, 3)}M" if count != "X" else "PXQ"
    if timed and count.endswith(".5") and letter in ("H", "M"):
        smaller = "M" if letter == "H" else "S"
        return f"PT{count[:-2]}{letter}30{smaller}" if count != "0.5" else f"PT30{smaller}"
    return f"PT{count}{letter}" if timed else f"P{count}{letter}"


def _times(count: str, by: int) -> str:
    return count if count == "X" else f"{float(count) * by:g}"
