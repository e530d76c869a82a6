"""Times of day: "10:35 a.m.", "noon Thursday", "Tuesday morning", "tonight", "last night".

The day comes from the expression itself, else from the last date told in the same sentence, else from the publication.
``a.m.`` keeps its full stop. Parts of the day are ``MO``, ``MI``, ``AF``, ``EV``, ``NI`` (TimeML guidelines 2006, 2.2.2).
"""

from __future__ import annotations

import re

from onrecord.model import TimexType
from onrecord.reading.timex import tables as t
from onrecord.reading.timex.anchor import anchor_at
from onrecord.reading.timex.calendar_dates import near_day, weekday_value
from onrecord.reading.timex.scene import Rule, Scene, Trigger, Valued, rule
from onrecord.reading.timex.tense import direction

_G = t.GAP
_CLOCK = (
    r"(?:(?P<hour>2[0-3]|1\d|0?\d)(?:[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?)?"
    rf"(?:{_G})?(?P<half>a\.m\.|p\.m\.|a\.m\b|p\.m\b|am\b|pm\b)"
    rf"|(?P<hour24>2[0-3]|[01]?\d):(?P<minute24>[0-5]\d)(?::[0-5]\d)?\b"
    rf"|(?P<military>(?:2[0-3]|[01]\d)[0-5]\d)(?:{_G})(?=GMT|UTC|hours\b|local)"
    rf"|(?P<oclock>1[0-2]|[1-9]|{'|'.join(list(t.SMALL)[:12])}){_G}o['’]clock"
    r"|(?P<word>noon|midnight|midday)\b)"
)
_ON_DAY = rf"(?:,?{_G}(?:on{_G})?(?:(?P<weekday>{t.WEEKDAY})(?:,?{_G}(?P<month1>{t.MONTH}){_G}(?P<day1>{t.DAY_NUMBER}))?|(?P<month>{t.MONTH}){_G}(?P<day>{t.DAY_NUMBER})(?:,{_G}(?P<year>{t.YEAR}))?|(?P<dayword>today|yesterday|tomorrow|this{_G}morning|this{_G}afternoon|this{_G}evening|tonight)\b|in{_G}the{_G}(?P<half_day>morning|afternoon|evening)\b))?"
_AT = rf"(?:(?:about|around|shortly{_G}(?:before|after)|just{_G}(?:before|after)){_G})?{_CLOCK}(?:{_G}(?:\()?(?P<zone>{t.ZONE}|local{_G}time|(?:Eastern|Central|Pacific|Mountain|Moscow|London|Kyiv|Kiev|Central{_G}European)(?:{_G}(?:Standard|Daylight|Summer))?{_G}[Tt]ime)(?!\)))?{_ON_DAY}"
_BARE_HOUR = rf"(?P<oclock>1[0-2]|[1-9])(?=(?P<rest>{_G}(?:(?P<dayword>this{_G}morning|this{_G}afternoon|this{_G}evening|tonight)|in{_G}the{_G}(?P<half_day>morning|evening))\b))"
_PART = rf"(?:(?P<early>early|late|mid){_G})?(?:(?P<weekday>{t.WEEKDAY})|(?P<dayword>yesterday|tomorrow)|(?P<this>this|that|last))(?:{_G}(?:early|late|mid))?(?:{_G})(?P<part>{t.DAY_PART}|lunchtime\b|midday\b)"
_TONIGHT = r"(?P<word>tonight|overnight|this\s{1,2}lunchtime)\b"
_IN_THE = rf"the{_G}(?:early{_G}|late{_G})?(?P<part>morning|afternoon|evening)\b"
_DAY_PART = rf"(?:the{_G}|mid-?{_G}?)?(?P<part>dawn|dusk|mid-?afternoon|mid-?morning|midafternoon|midmorning|daybreak|nightfall|sunrise|sunset)\b"


def _day_of(m: re.Match[str], scene: Scene) -> str | None:
    groups = m.groupdict()
    if groups.get("month1"):
        number = t.WEEKDAYS[m["weekday"].lower()]
        return near_day(
            scene, t.month_number(m["month1"]), t.day_number(m["day1"]), number, direction(scene, m.start(), m.end())
        )
    if groups.get("weekday"):
        return weekday_value(scene, m["weekday"].removesuffix("s"), m.start(), m.end())
    if groups.get("month"):
        month, day = t.month_number(m["month"]), t.day_number(m["day"])
        if groups.get("year"):
            return f"{t.year_number(m['year']):04d}-{month:02d}-{day:02d}"
        return near_day(scene, month, day, None, direction(scene, m.start(), m.end()))
    if groups.get("dayword"):
        return scene.anchor.days({"yesterday": -1, "tomorrow": 1}.get(m["dayword"].lower(), 0))
    if scene.told.day and scene.told.last_sentence == scene.sentence:
        return scene.told.day
    return _coming_day(m, scene) or scene.anchor.days(0)


_THEN = re.compile(rf"[^.;]{{0,40}}?\b(?P<weekday>{t.WEEKDAY})")


def _coming_day(m: re.Match[str], scene: Scene) -> str | None:
    found = _THEN.match(scene.after(m.end(), 34))
    if found is None or found["weekday"].endswith("s"):
        return None
    start = m.end() + found.start("weekday")
    return weekday_value(scene, found["weekday"], start, start + len(found["weekday"]))


def _at(m: re.Match[str], scene: Scene) -> Valued | None:
    if m["word"]:
        if re.search(r"\bhigh\s\Z", scene.before(m.start(), 6), re.IGNORECASE):
            return None
        clock = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}[m["word"].lower()]
    elif m["military"]:
        clock = f"{m['military'][:2]}:{m['military'][2:]}"
    else:
        found = _hours(m)
        if found is None:
            return None
        clock = found
    day = _day_of(m, scene)
    end = m.end("military") if m["military"] and not m["zone"] else None
    return Valued(TimexType.TIME, None if day is None else f"{day}T{clock}", True, end=end)


_LATE = re.compile(r"tonight|afternoon|evening", re.IGNORECASE)


def _bare_hour(m: re.Match[str], scene: Scene) -> Valued | None:
    """ "at 7 this evening": a number is an hour only after "at" and before a part of the day."""
    if not re.search(r"\b(?:at|about|around|by|until)\s\Z", scene.before(m.start(), 8), re.IGNORECASE):
        return None
    day = _day_of(m, scene)
    return Valued(TimexType.TIME, None if day is None else f"{day}T{_hours(m)}", True, end=m.end("rest"))


def _hours(m: re.Match[str]) -> str | None:
    late = any(m[part] and _LATE.search(m[part]) for part in ("dayword", "half_day"))
    if m["oclock"]:
        low = m["oclock"].lower()
        hour = int(low) if low.isdigit() else t.SMALL[low]
        return f"{hour + 12 * (late and hour < 12):02d}:00"
    if m["hour24"]:
        hour = int(m["hour24"])
        return f"{hour + 12 * (late and hour < 12):02d}:{m['minute24']}"
    hour, half = int(m["hour"]), m["half"].lower()
    if hour > 12 and half.startswith("a"):
        return None
    if hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f"{hour:02d}:{m['minute'] or '00'}"


def _part(m: re.Match[str], scene: Scene) -> Valued | None:
    word = m["part"].lower()
    part = {"lunchtime": "MI", "midday": "MI"}.get(word) or t.DAY_PARTS[word]
    if m["weekday"]:
        if m["weekday"].endswith("s"):
            return None
        day = weekday_value(scene, m["weekday"], m.start(), m.end())
    elif m["dayword"]:
        day = scene.anchor.days(-1 if m["dayword"].lower() == "yesterday" else 1)
    else:
        this = m["this"].lower()
        if this == "last" and word in ("lunchtime", "midday"):
            return None
        there = anchor_at(scene.told.day) if this == "that" and scene.told.day else scene.anchor
        day = there.days(-1 if this == "last" else 0)
    return Valued(TimexType.TIME, None if day is None else f"{day}T{part}", True)


def _in_the(m: re.Match[str], scene: Scene) -> Valued | None:
    if not re.search(r"\b(?:in|during|by|until|later in)\s{1,2}\Z", scene.before(m.start(), 10), re.IGNORECASE):
        return None
    if re.match(r"\s(?:paper|papers|news|edition|session|trading|of)\b", scene.after(m.end(), 10)):
        return None
    day = _day_of(m, scene)
    return Valued(TimexType.TIME, None if day is None else f"{day}T{t.DAY_PARTS[m['part'].lower()]}", True)


def _tonight(m: re.Match[str], scene: Scene) -> Valued | None:
    low = m["word"].lower()
    if low == "overnight" and re.match(
        r"\s(?:success|bag|stay|train|flight|delivery|mail|hotel|trip|index|rate)", scene.after(m.end(), 12)
    ):
        return None
    day = scene.anchor.days(0)
    part = "MI" if low.endswith("lunchtime") else "NI"
    return Valued(TimexType.TIME, None if day is None else f"{day}T{part}", True)


def _day_part(m: re.Match[str], scene: Scene) -> Valued | None:
    word = m["part"].lower().replace("-", "")
    part = {"midafternoon": "AF", "dusk": "EV", "nightfall": "NI", "sunset": "EV"}.get(word, "MO")
    if word == "dawn" and re.match(r"\s(?:of|raid|patrol)\b|[A-Z]", scene.after(m.end(), 8)):
        return None
    if m["part"][0].isupper() and scene.before(m.start(), 2).strip():
        return None
    day = _day_of(m, scene)
    return Valued(TimexType.TIME, None if day is None else f"{day}T{part}", True)


RULES: tuple[Rule, ...] = (
    rule("clock", _AT, Trigger.CLOCK | Trigger.DIGIT, _at),
    rule("bare-hour", _BARE_HOUR, Trigger.DAYWORD, _bare_hour),
    rule("part-of-day", _PART, Trigger.DAYWORD, _part),
    rule("in-the-morning", _IN_THE, Trigger.DAYWORD, _in_the),
    rule("tonight", _TONIGHT, Trigger.DAYWORD | Trigger.CLOCK, _tonight),
    rule("dawn", _DAY_PART, Trigger.CLOCK, _day_part),
)
