"""Days and periods told from another time: "yesterday", "last week", "three days ago", "a year earlier".

Deictic words ("ago", "last", "next") count from the publication; "earlier", "later", "the following" and "the previous"
count from the last date the text told (TimeML's temporal anchors).
"""

from __future__ import annotations

import re

from onrecord.model import TimexType
from onrecord.reading.timex import tables as t
from onrecord.reading.timex.anchor import Anchor, anchor_at
from onrecord.reading.timex.scene import Rule, Scene, Trigger, Valued, dated, rule

_G = t.GAP
_EARLY = rf"(?:(?P<grade>(?:earlier|later|late|early|sometime|mid|the{_G}(?:end|start|beginning|middle|rest|remainder){_G}of|(?:early|late|earlier|later){_G}in)){_G})?"
_DAYWORD = rf"(?:(?:early|late|earlier|later){_G})?(?P<word>today|yesterday|tomorrow|the{_G}day{_G}before{_G}yesterday|the{_G}day{_G}after{_G}tomorrow)\b"
_THIS = rf"{_EARLY}(?P<which>this|last|next|the{_G}(?:coming|past|last|next|current|present)|this{_G}(?:past|coming|current)|past|coming){_G}(?P<unit>week|month|year|quarter|decade|century|weekend)\b(?!-)(?!{_G}(?:and{_G}a{_G}half|or{_G}(?:so|two)))"
_AGO = rf"(?:{t.ABOUT}{_G})?(?P<count>a|an|{t.NUMBER}|{t.VAGUE_NUMBER})(?P<range>{_G}(?:or|to){_G}{t.NUMBER})?(?:{_G}(?:short|long|full|whole|more))?(?:{_G}|-)(?P<unit>{t.UNIT})(?P<half>{_G}and{_G}a{_G}half)?(?:{_G}or{_G}(?:so|two|more))?{_G}(?P<way>ago|back(?!{_G}(?:to|in|on|at|from|home|into|then)\b)|earlier|later|hence|from{_G}now|from{_G}today|previously|prior|before{_G}that|after{_G}that|afterwards|beforehand)\b(?!{_G}than)"
_BARE_AGO = rf"(?P<unit>{t.UNIT_PLURAL}){_G}ago\b"
_BEFORE_LAST = rf"the{_G}(?P<unit>week|month|year){_G}before{_G}last\b"
_HALF_AGO = rf"(?:{t.ABOUT}{_G})?(?:(?:a|one){_G})?(?P<part>half|quarter|three-quarters)(?:-|{_G}|{_G}of{_G}a{_G}|{_G}a{_G})century{_G}ago\b"
_YEAR_AGO = rf"(?:(?:the|a){_G})?(?P<unit>year|month|week)(?P<join>[- ])(?:ago|earlier)(?:{_G}(?P<what>quarter|period|(?:first|second|third|fourth)(?:[- ])quarter|month|week))?\b"
_NEXT_DAY = rf"(?:the|a){_G}(?P<which>next|following|previous|preceding|prior){_G}(?P<unit>day|week|month|year|quarter|morning|afternoon|evening|night)\b"
_DAY_AFTER = rf"(?:the|a|one){_G}(?P<unit>day|week|month|year){_G}(?P<way>before|after|earlier|later)\b"
_EVE = rf"(?P<grade>earlier|later){_G}in{_G}the{_G}(?P<unit>day|week|month|year)\b"
_THE = rf"the{_G}(?P<which>end|start|beginning|middle|rest|remainder){_G}of{_G}the{_G}(?P<unit>day|week|month|year|decade|century|quarter)\b"
_YEAR_END = rf"(?:(?:around|by{_G}the|the|this|last|next){_G})?(?:year[- ]end|(?:year|month|week|quarter)['’]s{_G}end|month[- ]end|end{_G}of{_G}year)\b(?:(?:,|{_G}of)?{_G}(?P<year>{t.YEAR}))?"
_LONG_AGO = rf"(?:a{_G}long{_G}time|some{_G}time|not{_G}(?:too{_G}|that{_G})?long|long){_G}ago\b"
_FULL_YEAR = rf"(?:the{_G}(?:full|whole|entire|current|latest){_G})(?P<unit>year|month|week)\b"

#: Results of a firm are compared quarter with quarter, whatever the unit of "a year earlier".
_FINANCE = re.compile(
    r"[$%]|million|billion|share|profit|earnings|net|loss|sales|revenue|income|results|quarter|period", re.IGNORECASE
)
_BACK_WORDS = ("ago", "back", "earlier", "previously", "prior", "before", "beforehand")


def stepped(anchor: Anchor, unit: str, by: int) -> str | None:
    """The day, week, month, quarter, year, decade or century `by` steps from `anchor`."""
    if unit == "day":
        return anchor.days(by)
    if unit == "week":
        return anchor.weeks(by)
    if unit == "month":
        return anchor.months(by)
    if unit == "quarter":
        return anchor.quarters(by)
    if unit == "year":
        return anchor.years(by)
    if unit == "weekend":
        week = anchor.weeks(by)
        return None if week is None else f"{week}-WE"
    if anchor.year is None:
        return None
    return f"{anchor.year // 10 + by}" if unit == "decade" else f"{anchor.year // 100 + by}"


def _dayword(m: re.Match[str], scene: Scene) -> Valued | None:
    word = m["word"].lower()
    by = {"today": 0, "yesterday": -1, "tomorrow": 1}.get(word)
    if by is None:
        by = -2 if word.endswith("yesterday") else 2
    return dated(scene.anchor.days(by))


def _this(m: re.Match[str], scene: Scene) -> Valued | None:
    which, unit = m["which"].lower(), m["unit"].lower()
    if which in ("past", "coming") and not m["grade"]:
        return None if unit == "century" else Valued(TimexType.DURATION, t.duration("1", unit))
    if which.startswith("the") and unit == "century" and which.endswith(("next", "coming")):
        return dated(stepped(scene.anchor, unit, 1))
    if which.startswith("the") and which.split()[-1] in ("past", "last", "next", "coming"):
        return Valued(TimexType.DURATION, t.duration("1", unit))
    by = {"last": -1, "next": 1}.get(which.split()[0], 0)
    if which.endswith("past"):
        by = -1
    if which.endswith("coming"):
        by = 1
    return dated(stepped(scene.anchor, unit, by))


def _ago(m: re.Match[str], scene: Scene) -> Valued | None:
    way, unit = m["way"].lower().split()[0], t.unit_of(m["unit"])
    count = None if m["range"] else t.amount(m["count"]).count
    if m["half"] and count is not None:
        count += 0.5
    deictic = way in ("ago", "back", "hence", "from")
    back = way in _BACK_WORDS
    if count is None:
        if deictic:
            return dated("PAST_REF" if back else "FUTURE_REF")
        return Valued(TimexType.DURATION, t.duration("X", unit))
    if unit == "year" and count is not None and count % 1:
        unit, count = "month", count * 12
    if unit == "year" and count == 1 and way in ("ago", "earlier"):
        return dated(_a_year_before(scene, deictic, m))
    if unit in ("second", "minute", "hour"):
        if deictic and back:
            return dated("PAST_REF")
        text = t.Amount(count).text()
        return Valued(TimexType.DURATION, t.duration(text, unit), end=m.end("half") if m["half"] else m.end("unit"))
    anchor = scene.anchor if deictic else scene.told_anchor()
    return dated(counted(anchor, unit, count, back))


def counted(anchor: Anchor, unit: str, count: float, back: bool) -> str | None:
    """The date `count` units from `anchor`: a day for days and weeks, a month for months, a year for years and longer."""
    sign = -1 if back else 1
    if unit in ("day", "night"):
        return anchor.days(sign * round(count))
    if unit in ("week", "fortnight"):
        return anchor.weeks(sign * round(count * (2 if unit == "fortnight" else 1)))
    if unit == "month":
        return anchor.months(sign * round(count))
    if unit == "quarter":
        return anchor.quarters(sign * round(count))
    if unit in ("year", "decade", "century"):
        return anchor.years(sign * round(count * {"year": 1, "decade": 10, "century": 100}[unit]))
    return None


def _a_year_before(scene: Scene, deictic: bool, m: re.Match[str]) -> str | None:
    told = scene.told
    if (
        told.quarter is not None
        and told.length is None
        and told.quarter[:4].isdigit()
        and _FINANCE.search(scene.before(m.start(), 240))
    ):
        return f"{int(told.quarter[:4]) - 1:04d}{told.quarter[4:]}"
    there = scene.anchor if deictic else scene.told_anchor()
    ahead = there.year is not None and scene.anchor.year is not None and there.year > scene.anchor.year
    apart = told.last_sentence != scene.sentence and _FINANCE.search(scene.before(m.start(), 240)) is not None
    known = scene.anchor.year is not None
    return (scene.anchor if known and (ahead or apart) else there).years(-1)


def _bare_ago(_m: re.Match[str], _scene: Scene) -> Valued | None:
    return dated("PAST_REF")


def _before_last(m: re.Match[str], scene: Scene) -> Valued | None:
    return dated(stepped(scene.anchor, m["unit"].lower(), -2))


def _half_ago(m: re.Match[str], scene: Scene) -> Valued | None:
    return dated(scene.anchor.years(-{"half": 50, "quarter": 25}.get(m["part"].lower(), 75)))


def _year_ago(m: re.Match[str], scene: Scene) -> Valued | None:
    what, unit = (m["what"] or "").lower(), m["unit"].lower()
    if not what and m["join"] != "-":
        return None
    start = m.start() if what else m.start("unit")
    if what == "period" and scene.told.length is not None:
        return Valued(TimexType.DURATION, scene.told.length, start=start)
    return Valued(TimexType.DATE, _mirrored(scene, unit, what), True, start=start)


def _mirrored(scene: Scene, unit: str, what: str) -> str | None:
    """The quarter under way, a year before; without one the year (month, week) before the publication."""
    if unit != "year":
        return stepped(scene.anchor, unit, -1)
    number = next((n for w, n in t.ORDINALS.items() if what.startswith(w)), None)
    if number is not None and scene.anchor.year is not None:
        return f"{scene.anchor.year - 1:04d}-Q{number}"
    quarter = scene.told.quarter
    if quarter is not None and quarter[:4].isdigit():
        year = int(quarter[:4])
        return f"{year - 1:04d}{quarter[4:]}" if scene.anchor.year == year else quarter
    return scene.anchor.years(-1)


def _next_day(m: re.Match[str], scene: Scene) -> Valued | None:
    which, unit = m["which"].lower(), m["unit"].lower()
    by = 1 if which in ("next", "following") else -1
    there = (
        anchor_at(scene.told.day)
        if scene.told.day and unit not in ("month", "year", "quarter")
        else scene.told_anchor()
    )
    if unit in t.DAY_PARTS:
        day = there.days(by)
        return Valued(TimexType.TIME, None if day is None else f"{day}T{t.DAY_PARTS[unit]}", True)
    return dated(stepped(there, unit, by))


def _day_after(m: re.Match[str], scene: Scene) -> Valued | None:
    way, unit = m["way"].lower(), m["unit"].lower()
    by = -1 if way in ("before", "earlier") else 1
    there = anchor_at(scene.told.day) if scene.told.day and unit == "day" else scene.told_anchor()
    end = m.end("unit") if way in ("before", "after") else None
    if way in ("before", "after"):
        return (
            Valued(TimexType.DURATION, t.duration("1", unit), end=end)
            if not m.group().lower().startswith("the")
            else _the_day(m, scene, by)
        )
    return dated(stepped(there, unit, by))


def _the_day(m: re.Match[str], scene: Scene, by: int) -> Valued | None:
    after = scene.after(m.end(), 3)
    if after.strip()[:1].isalpha():
        return None
    return dated(stepped(scene.told_anchor(), m["unit"].lower(), by))


def _in_the(m: re.Match[str], scene: Scene) -> Valued | None:
    return dated(stepped(scene.anchor, m["unit"].lower(), 0))


def _end_of_the(m: re.Match[str], scene: Scene) -> Valued | None:
    return dated(stepped(scene.anchor, m["unit"].lower(), 0))


def _year_end(m: re.Match[str], scene: Scene) -> Valued | None:
    low = m.group().lower()
    if m["year"]:
        return dated(f"{t.year_number(m['year']):04d}", False)
    by = -1 if low.startswith("last") else 1 if low.startswith("next") else 0
    unit = next((u for u in ("month", "week", "quarter") if u in low), "year")
    return dated(stepped(scene.anchor, unit, by))


def _long_ago(_m: re.Match[str], _scene: Scene) -> Valued | None:
    return dated("PAST_REF", False)


RULES: tuple[Rule, ...] = (
    rule("day-word", _DAYWORD, Trigger.DAYWORD, _dayword),
    rule("this-last-next", _THIS, Trigger.UNIT, _this),
    rule("ago", _AGO, Trigger.UNIT, _ago),
    rule("plural-ago", _BARE_AGO, Trigger.UNIT, _bare_ago),
    rule("before-last", _BEFORE_LAST, Trigger.UNIT, _before_last),
    rule("half-century-ago", _HALF_AGO, Trigger.UNIT, _half_ago),
    rule("year-ago", _YEAR_AGO, Trigger.UNIT, _year_ago),
    rule("next-day", _NEXT_DAY, Trigger.UNIT | Trigger.DAYWORD, _next_day),
    rule("day-after", _DAY_AFTER, Trigger.UNIT, _day_after),
    rule("earlier-in-the", _EVE, Trigger.UNIT, _in_the),
    rule("end-of-the", _THE, Trigger.UNIT, _end_of_the),
    rule("year-end", _YEAR_END, Trigger.UNIT, _year_end),
    rule("long-ago", _LONG_AGO, Trigger.VAGUE, _long_ago),
    rule("full-year", _FULL_YEAR, Trigger.UNIT, _in_the),
)
