"""Times without bounds: ``PAST_REF``, ``PRESENT_REF`` and ``FUTURE_REF`` (TimeML guidelines 2006, section 2.2.1)."""

from __future__ import annotations

import re

from onrecord.reading.timex import tables as t
from onrecord.reading.timex.scene import Rule, Scene, Trigger, Valued, dated, rule

_G = t.GAP
_PRESENT = rf"(?P<word>right{_G}now|now|currently|current|at{_G}present|presently|nowadays|these{_G}days)\b(?!-)"
_MOMENT = rf"(?:at{_G})(?P<word>the{_G}moment)\b"
_PAST = rf"(?P<word>recently|recent|more{_G}recently|the{_G}(?:recent{_G}|distant{_G})?past|lately)\b(?!{_G}(?:{t.UNIT}|few|several|{t.NUMBER})|-)"
_FUTURE = rf"(?P<word>the{_G}(?:near{_G}|foreseeable{_G}|distant{_G}|immediate{_G})?future|soon|as{_G}soon{_G}as{_G}possible|a{_G}later{_G}date|in{_G}due{_G}course|one{_G}day|some{_G}day|someday)\b(?!-)"
_THEN = r"(?P<word>then)\b"
_ONCE = rf"(?:at{_G})(?P<word>the{_G}time|that{_G}time)\b"

_SOON_AFTER = re.compile(r"\s(?:after|as|before)\b", re.IGNORECASE)
_CURRENT_AFTER = re.compile(r"\s(?:account|affairs|events|balance|of)\b", re.IGNORECASE)


def _present(m: re.Match[str], scene: Scene) -> Valued | None:
    low, after = m["word"].lower(), scene.after(m.end(), 14)
    if low == "now" and re.match(r"\s(?:that)\b|,?\s(?:then)\b|-", after):
        return None
    if low == "current" and _CURRENT_AFTER.match(after):
        return None
    return dated("PRESENT_REF", False)


def _moment(m: re.Match[str], _scene: Scene) -> Valued | None:
    return Valued(dated(None).type, "PRESENT_REF", start=m.start("word"))


def _past(m: re.Match[str], scene: Scene) -> Valued | None:
    if m["word"].lower() == "recent" and re.search(r"\b(?:most|more)\s\Z", scene.before(m.start(), 6), re.IGNORECASE):
        return None
    return dated("PAST_REF", False)


def _future(m: re.Match[str], scene: Scene) -> Valued | None:
    low, after = m["word"].lower(), scene.after(m.end(), 16)
    if low == "soon" and (
        _SOON_AFTER.match(after) or re.search(r"\b(?:as|too|how)\s\Z", scene.before(m.start(), 5), re.IGNORECASE)
    ):
        return None
    if low == "one day" and not re.search(r"\b(?:will|would|could|may|might|can|to)\s\Z", scene.before(m.start(), 8)):
        return None
    if low == "future" and re.match(r"s\b|\s(?:contracts?|prices?|trading|market)\b", after):
        return None
    return dated("FUTURE_REF", False)


def _then(m: re.Match[str], scene: Scene) -> Valued | None:
    if not re.search(r"\b(?:until|since|by|before|from)\s\Z", scene.before(m.start(), 8), re.IGNORECASE):
        return None
    return dated(scene.told.last)


def _once(m: re.Match[str], scene: Scene) -> Valued | None:
    if re.match(r"\s(?:of|when|that)\b", scene.after(m.end(), 6)):
        return None
    return Valued(dated(None).type, "PAST_REF", start=m.start("word"))


RULES: tuple[Rule, ...] = (
    rule("present", _PRESENT, Trigger.VAGUE, _present),
    rule("moment", _MOMENT, Trigger.VAGUE, _moment),
    rule("past", _PAST, Trigger.VAGUE, _past),
    rule("future", _FUTURE, Trigger.VAGUE, _future),
    rule("then", _THEN, Trigger.VAGUE, _then),
    rule("at-the-time", _ONCE, Trigger.VAGUE, _once),
)
