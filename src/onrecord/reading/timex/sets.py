"""Times that recur: "every day", "each July", "weekly", "twice a year" (TIMEX3 SET, TimeML guidelines 2006, 2.2.4)."""

from __future__ import annotations

import re

from onrecord.model import TimexType
from onrecord.reading.timex import tables as t
from onrecord.reading.timex.scene import Rule, Scene, Trigger, Valued, rule

_G = t.GAP
_EVERY = rf"(?:every|each)(?:{_G}(?:other|single))?{_G}(?:(?P<count>{t.NUMBER}|few){_G})?(?P<unit>{t.UNIT}|{t.UNIT_SINGULAR}\b|morning\b|evening\b|afternoon\b|{t.SEASON})"
_EVERY_NAMED = rf"(?:every|each){_G}(?P<name>{t.WEEKDAY}|{t.MONTH_FULL}\b)(?:{_G}(?P<part>{t.DAY_PART}))?"
_ADVERB = (
    r"(?P<word>daily|weekly|biweekly|fortnightly|monthly|yearly|annually|hourly|nightly|semiannually|biannually)\b(?!-)"
)
_PER = rf"(?P<per>per){_G}(?P<unit>{t.UNIT_SINGULAR})\b"
_TIMES = rf"(?:once|twice|{t.NUMBER}{_G}times|several{_G}times){_G}(?:a|an|each|every){_G}(?P<unit>{t.UNIT_SINGULAR})\b"
_WEEKENDS = r"weekends\b"
_WEEKDAY_PART = rf"(?P<weekday>{t.WEEKDAY}){_G}(?P<part>mornings|afternoons|evenings|nights)\b"

_ADVERBS = {
    "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "fortnightly": "P2W", "monthly": "P1M",
    "yearly": "P1Y", "annually": "P1Y", "hourly": "PT1H", "quarterly": "P3M", "semiannually": "P6M", "biannually": "P6M",
}  # fmt: skip


def _every(m: re.Match[str], _scene: Scene) -> Valued | None:
    unit = t.unit_of(m["unit"])
    if unit in t.SEASONS:
        return Valued(TimexType.SET, f"XXXX-{t.SEASONS[unit]}")
    if unit in t.DAY_PARTS and unit != "night":
        return Valued(TimexType.SET, f"XXXX-XX-XXT{t.DAY_PARTS[unit]}")
    count = t.amount(m["count"]).text() if m["count"] else "2" if " other " in m.group().lower() else "1"
    return Valued(TimexType.SET, t.duration(count, unit))


def _every_named(m: re.Match[str], _scene: Scene) -> Valued | None:
    name = m["name"].lower()
    if name in t.MONTHS:
        return Valued(TimexType.SET, f"XXXX-{t.MONTHS[name]:02d}")
    part = f"T{t.DAY_PARTS[m['part'].lower()]}" if m["part"] else ""
    return Valued(TimexType.SET, f"XXXX-WXX-{t.WEEKDAYS[name.removesuffix('s')] + 1}{part}")


def _adverb(m: re.Match[str], scene: Scene) -> Valued | None:
    after = scene.after(m.end(), 12)
    if m["word"][0].isupper() and re.match(r"\s[A-Z]", after):
        return None
    return Valued(TimexType.SET, _ADVERBS[m["word"].lower()])


def _per(m: re.Match[str], _scene: Scene) -> Valued | None:
    return Valued(TimexType.SET, t.duration("1", m["unit"].lower()))


def _weekends(_m: re.Match[str], _scene: Scene) -> Valued | None:
    return Valued(TimexType.SET, "XXXX-WXX-WE")


def _weekday_part(m: re.Match[str], _scene: Scene) -> Valued | None:
    number = t.WEEKDAYS[m["weekday"].lower().removesuffix("s")] + 1
    return Valued(TimexType.SET, f"XXXX-WXX-{number}T{t.DAY_PARTS[m['part'].lower().removesuffix('s')]}")


RULES: tuple[Rule, ...] = (
    rule("every", _EVERY, Trigger.UNIT | Trigger.SEASON | Trigger.DAYWORD, _every),
    rule("every-named", _EVERY_NAMED, Trigger.MONTH | Trigger.WEEKDAY, _every_named),
    rule("frequency", _ADVERB, Trigger.FREQUENCY, _adverb),
    rule("per", _PER, Trigger.UNIT, _per),
    rule("times-a", _TIMES, Trigger.UNIT, _per),
    rule("weekends", _WEEKENDS, Trigger.UNIT, _weekends),
    rule("weekday-nights", _WEEKDAY_PART, Trigger.WEEKDAY, _weekday_part),
)
