"""Quarters, halves, fiscal periods and seasons: "the third quarter", "fiscal 1989", "last spring".

A fiscal period is written like a calendar one because the text does not say when the year of a firm begins (TimeML
guidelines 2006, 2.2.1 accept ``FQ``; TempEval's annotators write ``1989-Q3``).
"""

from __future__ import annotations

import re

from onrecord.model import TimexType
from onrecord.reading.timex import tables as t
from onrecord.reading.timex.anchor import Anchor
from onrecord.reading.timex.scene import Rule, Scene, Trigger, Valued, dated, rule
from onrecord.reading.timex.tense import Direction, direction

_G = t.GAP
_ORDINAL = r"(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|final|last)"
_OF_YEAR = rf"(?:(?:{_G}of|,)?{_G}(?P<year>{t.YEAR}|(?:(?:this|last|next|the{_G}(?:same|current|following|previous)|that)(?:{_G}(?:fiscal|calendar|financial))?{_G})year|fiscal{_G}(?P<fiscal>{t.YEAR})))?"
_QUARTER = rf"(?:(?P<lead>this{_G}year['’]s|last{_G}year['’]s|next{_G}year['’]s){_G})?(?:(?P<the>the|its|their|a){_G})?(?:(?P<part>early|late|latest|fiscal|year-ago|year-earlier|same|calendar){_G})?(?:(?P<before>{t.YEAR})(?:['’]s)?{_G})?(?:fiscal{_G})?{_ORDINAL}(?:{_G}|-)(?:fiscal{_G})?quarter(?!s|{_G}ago)\b{_OF_YEAR}"
_HALF = rf"(?:the{_G})?(?P<nth>first|second|latter|1st|2nd|final|last)(?:{_G}|-)half\b{_OF_YEAR}"
_TWO_QUARTERS = rf"(?:the{_G})?(?P<nth>first|last){_G}(?P<count>two|three){_G}quarters{_OF_YEAR}"
_THE_QUARTER = rf"(?:the|this|last|next|the{_G}(?P<which>latest|current|previous|preceding|same|most{_G}recent|next|following)){_G}(?P<unit>quarter|period|fiscal{_G}year|fiscal{_G}quarter)(?P<ago>{_G}a{_G}year{_G}(?:ago|earlier))?\b(?!-)"
_BARE_QUARTER = rf"quarter(?={_G}(?:ended|ending))"
_FISCAL = (
    rf"(?P<part>(?:early|late|mid){_G})?(?:the{_G})?(?:fiscal|financial){_G}(?:year{_G})?(?P<year>{t.YEAR}|['’`]\d\d\b)"
)
_YEAR_FISCAL = rf"(?:the{_G})?(?P<year>{t.YEAR}){_G}(?:fiscal|calendar|financial|model){_G}year\b"
_SEASON = rf"(?:(?P<part>(?:the{_G})?(?:early|late|mid)(?:-|{_G})|the{_G}(?:end|start|middle|beginning){_G}of{_G}(?:the{_G})?))?(?:(?P<which>last|next|this(?:{_G}(?:past|coming))?|past|the(?:{_G}(?:past|coming|following|previous|same))?|that){_G})?(?P<season>{t.SEASON})(?:(?:{_G}of)?{_G}(?P<year>{t.YEAR}|['’`]\d\d\b))?"

_NUMBERS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "final": 4,
    "last": 4,
}
_LEAD = re.compile(
    r"\b(?:in|since|by|until|during|before|after|from|through|for|of|and|or|to|throughout|late|early)\s{1,3}(?:the\s)?\Z",
    re.IGNORECASE,
)


def _year(m: re.Match[str], scene: Scene) -> int | None:
    groups = m.groupdict()
    word = groups.get("before") or groups.get("fiscal") or groups.get("year")
    if word and (word[0].isdigit() or word.lower().startswith(("nineteen", "two", "twenty"))):
        return t.year_number(word)
    told = scene.told_anchor()
    if scene.anchor.year is None:
        return told.year if word and word.lower().startswith(("that", "the")) else None
    lead = (groups.get("lead") or word or "").lower()
    if lead.startswith("last"):
        return scene.anchor.year - 1
    if lead.startswith("next"):
        return scene.anchor.year + 1
    if (groups.get("part") or "").lower().startswith("year-"):
        return scene.anchor.year - 1
    if lead.startswith(("that", "the")) and told.year is not None:
        return told.year
    return None if not lead else scene.anchor.year


def _quarter(m: re.Match[str], scene: Scene) -> Valued | None:
    number = _NUMBERS[m["nth"].lower()]
    start = m.start()
    if m["the"] and m["the"].lower() in ("its", "their", "a"):
        start = m.end("the") + 1
    if m["the"] and not m["part"] and scene.text[m.end("nth")] == "-":
        start = m.end("the") + 1
    if m["nth"].lower() == "last" and not m["year"] and not m["lead"]:
        return None
    year = _year(m, scene)
    if year is None:
        year = _near_quarter(scene.anchor, number, direction(scene, m.start(), m.end()))
    value = f"XXXX-Q{number}" if year is None else f"{year:04d}-Q{number}"
    return Valued(TimexType.DATE, value, m["year"] is None, start=start)


def _near_quarter(anchor: Anchor, number: int, looks: Direction) -> int | None:
    """The year of a quarter's number: the one that ended last is near, one that has not ended looks ahead."""
    if anchor.year is None or anchor.month is None:
        return None
    here = (anchor.month - 1) // 3 + 1
    if looks is Direction.FUTURE:
        return anchor.year + (number < here - 1)
    return anchor.year - (here <= 2 and number - here >= 2)


def _half(m: re.Match[str], scene: Scene) -> Valued | None:
    number = 1 if m["nth"].lower() in ("first", "1st") else 2
    if not m["year"] and not re.match(
        r"\s(?:profit|loss|net|earnings|results|sales|revenue|pretax)|[,.;]", scene.after(m.end(), 12)
    ):
        return None
    if (
        not m["year"]
        and re.match(r"[,.;]", scene.after(m.end(), 2))
        and not re.search(r"\b(?:in|for|during)\s\Z", scene.before(m.start(), 8))
    ):
        return None
    year = _year(m, scene) or scene.anchor.year
    return dated(f"XXXX-H{number}" if year is None else f"{year:04d}-H{number}")


def _two_quarters(m: re.Match[str], scene: Scene) -> Valued | None:
    year = _year(m, scene)
    if m["year"] and m["count"].lower() == "two" and year is not None:
        return dated(f"{year:04d}-H{1 if m['nth'].lower() == 'first' else 2}")
    return Valued(TimexType.DURATION, t.duration("2" if m["count"].lower() == "two" else "3", "quarter"))


def _the_quarter(m: re.Match[str], scene: Scene) -> Valued | None:
    which, unit, told = (m["which"] or m.group().split()[0]).lower(), m["unit"].lower(), scene.told.quarter
    if unit == "period" and (which not in ("latest", "same", "most recent") or told is None):
        return None
    if "year" in unit:
        by = {"last": -1, "next": 1, "previous": -1, "preceding": -1, "latest": 0, "following": 1}.get(which, 0)
        return dated(scene.anchor.years(by))
    if m["ago"] and told is not None and told[:4].isdigit():
        return dated(f"{int(told[:4]) - 1:04d}{told[4:]}")
    if which in ("this", "current"):
        return dated(scene.anchor.quarters(0))
    if which in ("last", "next", "previous", "preceding", "following"):
        return dated(scene.anchor.quarters(1 if which in ("next", "following") else -1))
    if told is not None:
        ended = re.match(r"\s(?:ended|ending)\b", scene.after(m.end(), 8))
        return dated(f"{told[:5]}QX" if ended else told)
    return dated(scene.anchor.years(0) and f"{scene.anchor.years(0)}-QX")


def _bare_quarter(_m: re.Match[str], scene: Scene) -> Valued | None:
    year = scene.anchor.years(0)
    return dated(None if year is None else f"{year}-QX")


def _fiscal(m: re.Match[str], _scene: Scene) -> Valued | None:
    return dated(f"{t.year_number(m['year']):04d}", False)


def _season(m: re.Match[str], scene: Scene) -> Valued | None:
    word = m["season"].lower()
    which = (m["which"] or "").lower()
    code = t.SEASONS[word]
    if m["year"]:
        return dated(f"{t.year_number(m['year']):04d}-{code}", False)
    led = bool(which not in ("", "the") or m["part"] or _LEAD.search(scene.before(m.start(), 14)))
    if which == "the" and word in ("fall", "spring") and _IN.search(scene.before(m.start(), 10)) and not m["part"]:
        led = not re.match(r"\s(?:of|in|from)\b", scene.after(m.end(), 6))
        looks = direction(scene, m.start(), m.end())
        return _season_value(scene, code, which, looks) if led else None
    if not led or (
        word in ("fall", "spring")
        and which in ("", "the")
        and not m["part"]
        and not _TIME_AFTER.match(scene.after(m.end(), 10))
    ):
        return None
    if word in ("fall", "spring") and which == "the" and not m["part"]:
        return None
    return _season_value(scene, code, which, direction(scene, m.start(), m.end()))


def _season_value(scene: Scene, code: str, which: str, looks: Direction) -> Valued:
    year = season_year(scene.anchor, code, which, looks)
    return dated(f"XXXX-{code}" if year is None else f"{year:04d}-{code}")


_IN = re.compile(r"\b(?:in|during|since|until|by|for)\s{1,2}\Z", re.IGNORECASE)


_TIME_AFTER = re.compile(r"\s{0,2}(?:[,.;)]|and\b|when\b|after\b|before\b|\Z)")


def season_year(anchor: Anchor, code: str, which: str, looks: Direction) -> int | None:
    """The year of a season: the one running or last past, the next one where the words look ahead."""
    if anchor.year is None or anchor.month is None:
        return None
    here = t.SEASON_ORDER.index(t.SEASON_OF_MONTH[anchor.month - 1])
    there = t.SEASON_ORDER.index(code)
    year = anchor.year - 1 if anchor.month <= 2 else anchor.year
    if which.startswith("last") or which.endswith("past"):
        return year if there < here else year - 1
    if which.startswith("next") or which.endswith("coming"):
        return year if there > here else year + 1
    if which == "this":
        return year if anchor.month > 2 or there == here else anchor.year
    if looks is Direction.FUTURE:
        return year if there >= here else year + 1
    return year if there <= here else year - 1


RULES: tuple[Rule, ...] = (
    rule("quarter", _QUARTER, Trigger.PERIOD, _quarter),
    rule("half", _HALF, Trigger.PERIOD, _half),
    rule("two-quarters", _TWO_QUARTERS, Trigger.PERIOD, _two_quarters),
    rule("the-quarter", _THE_QUARTER, Trigger.PERIOD, _the_quarter),
    rule("quarter-ended", _BARE_QUARTER, Trigger.PERIOD, _bare_quarter),
    rule("fiscal", _FISCAL, Trigger.PERIOD, _fiscal),
    rule("year-fiscal", _YEAR_FISCAL, Trigger.PERIOD | Trigger.NUMBER4, _fiscal),
    rule("season", _SEASON, Trigger.SEASON, _season),
)
