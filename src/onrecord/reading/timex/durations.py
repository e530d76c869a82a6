"""Lengths of time: "three months", "a week", "two-day", "the last five years", "for years".

TIMEX3 DURATION values (TimeML guidelines 2006, section 2.2.3): ``P3M``, ``PT16H``, ``PXY`` where the count is left open.
Ages of people ("a 13-year-old", "52 years old") are not annotated.
"""

from __future__ import annotations

import re

from onrecord.model import TimexType
from onrecord.reading.timex import tables as t
from onrecord.reading.timex.scene import Rule, Scene, Trigger, Valued, dated, rule

_G = t.GAP
_WHICH = rf"(?:(?P<the>the|these|those|this|that|his|her|its|their|our){_G})?(?:(?P<which>last|past|next|coming|previous|preceding|following|first|final|latest|most{_G}recent|initial|opening|closing|full|entire|whole|same|ensuing|intervening|year-(?:earlier|ago)){_G})?"
_BETWEEN = r"(?:more|full|whole|additional|consecutive|straight|long|extra|calendar|business|working|other|further|successive|solid|short|crucial)"
_COUNTED = (
    rf"(?:(?P<about>{t.ABOUT}){_G})?{_WHICH}(?P<count>{t.NUMBER}|{t.VAGUE_NUMBER})(?P<range>(?:{_G}|-)(?:to|or)(?:{_G}|-){t.NUMBER})?"
    rf"(?:(?:{_G}|-){_BETWEEN})?(?P<join>{_G}|-)(?P<unit>{t.UNIT})(?P<half>{_G}and{_G}a{_G}half)?(?P<tail>{_G}or{_G}(?:so|more))?"
)
_A_UNIT = rf"(?:(?P<about>{t.ABOUT}){_G})?(?P<article>a|an|one|a{_G}full|an{_G}(?:additional|extra|entire)|another|a{_G}whole|half{_G}an?|half-an?|a{_G}half){_G}(?P<unit>{t.UNIT_SINGULAR})\b(?P<half>{_G}and{_G}a{_G}half)?(?P<tail>{_G}or{_G}(?:so|more|two))?(?!-)"
_FRACTIONAL = (
    rf"(?:(?:the{_G}(?:past|last|next)|a|the){_G})?(?P<part>half|quarter)(?:-|{_G})(?P<unit>hour|century|day|year)\b"
)
_BARE = rf"(?:(?P<which>recent|coming|the{_G}coming|the{_G}past|past){_G})?(?P<unit>{t.UNIT_PLURAL})(?P<more>{_G}(?:or|and|to){_G}{t.UNIT_PLURAL})?(?P<ahead>{_G}ahead)?"
_ADJECTIVE = r"(?P<unit>second|minute|hour|day|week|month|year|decade|decades|years|months|weeks|days|hours|century|centuries)-?(?P<long>long|old)\b"
_THE_YEAR = rf"the{_G}(?P<unit>year|month|week|quarter){_G}(?:ended|ending|to){_G}"
_WEEKEND = rf"(?:(?:over|during){_G}){{0,0}}the{_G}(?:(?P<which>long|past|last|coming|holiday){_G})?weekend\b"
_LENGTHY = rf"(?:a{_G}(?:fairly{_G}|very{_G}|relatively{_G})?(?:long|lengthy|short|brief|considerable|extended|prolonged){_G}(?:time|period|while))\b(?!{_G}(?:ago|of))"

_FOR = re.compile(
    r"\b(?:for|within|in|over|after|during|of|several|through|took|take|takes|spent|lasted|last|spanning|throughout)\s{1,3}\Z",
    re.IGNORECASE,
)
_OLD = re.compile(r"(?:-|\s)(?:old|olds)\b", re.IGNORECASE)
_RATE = re.compile(
    r"(?:\d|million|billion|trillion|thousand|hundred|times|once|twice|percent|%|cents?|dollars?|barrels|tons|tonnes|people|hours|times?|shares?|pounds|marks|euros|flights|rate|jobs|yen|francs|degrees|copies|cars|units)\s{0,2}\Z",
    re.IGNORECASE,
)


def _counted(m: re.Match[str], scene: Scene) -> Valued | None:
    unit, low, after = t.unit_of(m["unit"]), m["count"].lower(), scene.after(m.end(), 12)
    if unit == "hour" and re.fullmatch(r"[012]\d[0-5]\d", low):
        return None
    if (_OLD.match(after) and unit != "month") or _not_counted(m, unit, low, after):
        return None
    count = t.amount(m["count"])
    text = "X" if m["range"] else count.text()
    if m["half"] and count.count is not None and text != "X":
        text = f"{count.count + 0.5:g}"
    start, end = m.start(), m.end()
    if m["the"] and m["the"].lower() not in ("the", "these", "those", "this", "that"):
        start = m.end("the") + 1
    if m["join"] == "-" and not m["which"]:
        start, end = m.start("count"), _attributive_end(m, after)
        if end > m.end() and _OLD.match(after) is None and re.search(r"\ba\s\Z", scene.before(start, 3), re.IGNORECASE):
            start -= 2
    return Valued(TimexType.DURATION, t.duration(text, unit), start=start, end=end)


def _not_counted(m: re.Match[str], unit: str, low: str, after: str) -> bool:
    if unit in ("day", "night") and (
        (low in ("some", "many", "multiple") and m["which"] is None) or re.match(r"\d{4}", low)
    ):
        return True
    if unit == "second":
        return m["join"] == "-" and low in t.TENS
    return unit == "quarter" and (
        m["join"] == "-" or not m["unit"].lower().endswith("s") or bool(re.match(r"\sof\s\d", after))
    )


def _attributive_end(m: re.Match[str], after: str) -> int:
    """The end of "three-year period" and "8-month-old": the noun of time and the ending belong to the expression."""
    tail = re.match(r"-old\b|\s(?:period|term|span)\b", after)
    return m.end() + (tail.end() if tail else 0)


def _a_unit(m: re.Match[str], scene: Scene) -> Valued | None:
    unit, article = m["unit"].lower(), m["article"].lower()
    before = scene.before(m.start(), 24)
    if unit == "quarter" or (article in ("a", "an") and not m["about"] and _RATE.search(before)):
        return None
    if article == "one" and unit in ("day", "night") and re.match(r"\s(?:of|in)\b", scene.after(m.end(), 5)):
        return None
    if unit == "second" and not article.startswith("half"):
        return None
    if (
        article in ("a", "an")
        and re.match(r"\s(?:for|when|that|of|in which|to)\b", scene.after(m.end(), 10))
        and not _FOR.search(before)
    ):
        return None
    count = "0.5" if "half" in article else "1"
    if m["half"]:
        count = "1.5"
    if m["tail"] and m["tail"].lower().endswith("two"):
        count = "X"
    return Valued(TimexType.DURATION, t.duration(count, unit))


def _bare(m: re.Match[str], scene: Scene) -> Valued | None:
    unit, before = t.unit_of(m["unit"]), scene.before(m.start(), 16)
    which = (m["which"] or "").lower()
    if which == "recent":
        return dated("PAST_REF", False)
    if which.endswith("coming") or m["ahead"]:
        return dated("FUTURE_REF", False)
    if which.endswith("past"):
        return None
    if m["more"] or _FOR.search(before) or re.match(r"\s(?:before|later|earlier|after)\b", scene.after(m.end(), 8)):
        leads = re.match(r"\s(?:before|after|later|earlier)\b", scene.after(m.end(), 9))
        if unit in ("second", "minute", "night", "hour") and not (
            leads or re.search(r"\b(?:for|within|just|only)\s\Z", before, re.IGNORECASE)
        ):
            return None
        return Valued(TimexType.DURATION, t.duration("X", unit))
    return None


_FRACTIONS = {
    ("half", "hour"): "PT30M", ("quarter", "hour"): "PT15M", ("half", "century"): "P50Y", ("quarter", "century"): "P25Y",
    ("half", "day"): "PT12H", ("half", "year"): "P6M",
}  # fmt: skip


def _fractional(m: re.Match[str], _scene: Scene) -> Valued | None:
    value = _FRACTIONS.get((m["part"].lower(), m["unit"].lower()))
    return None if value is None else Valued(TimexType.DURATION, value)


def _adjective(m: re.Match[str], scene: Scene) -> Valued | None:
    unit = t.unit_of(m["unit"])
    hyphened = scene.before(m.start(), 1) == "-" or not m.group().endswith("-old")
    if m["long"].lower() == "old" and hyphened and not m["unit"].lower().endswith("s"):
        return None
    count = "X" if m["unit"].lower().endswith("s") else "1"
    return Valued(TimexType.DURATION, t.duration(count, unit))


def _the_year(m: re.Match[str], _scene: Scene) -> Valued | None:
    unit, end = m["unit"].lower(), m.end("unit")
    if unit == "quarter":
        return None
    return Valued(TimexType.DURATION, t.duration("1", unit), end=end)


def _weekend(m: re.Match[str], scene: Scene) -> Valued | None:
    from onrecord.reading.timex.tense import Direction, direction

    looks = direction(scene, m.start(), m.end())
    here = scene.anchor.date
    if here is None:
        return dated(None)
    by = 0 if looks is Direction.FUTURE or here.weekday() >= 5 else -1
    week = scene.anchor.weeks(by)
    return dated(None if week is None else f"{week}-WE")


def _lengthy(_m: re.Match[str], _scene: Scene) -> Valued | None:
    return Valued(TimexType.DURATION, "PXX")


RULES: tuple[Rule, ...] = (
    rule("counted", _COUNTED, Trigger.UNIT, _counted),
    rule("a-unit", _A_UNIT, Trigger.UNIT, _a_unit),
    rule("fraction", _FRACTIONAL, Trigger.UNIT, _fractional),
    rule("plural", _BARE, Trigger.UNIT, _bare),
    rule("unit-long", _ADJECTIVE, Trigger.UNIT, _adjective),
    rule("the-year-ended", _THE_YEAR, Trigger.UNIT, _the_year),
    rule("weekend", _WEEKEND, Trigger.UNIT, _weekend),
    rule("lengthy", _LENGTHY, Trigger.VAGUE, _lengthy),
)
