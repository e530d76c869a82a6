"""Decades and centuries: "the 1980s", "the late '70s", "the 20th century" (TIMEX3 ``198``, ``19``)."""

from __future__ import annotations

import re

from onrecord.reading.timex import tables as t
from onrecord.reading.timex.scene import Rule, Scene, Trigger, Valued, dated, rule

_G = t.GAP
_PART = rf"(?:the{_G})?(?:(?:early|late|mid|middle)(?:-|{_G})(?:to{_G}(?:mid|late)(?:-|{_G}))?|(?:beginning|end|start|middle|turn){_G}of{_G}the{_G})?"
_DECADE = rf"{_PART}(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b"
_SHORT = rf"{_PART}['’‘`](?P<decade>\d0)['’]?s\b"
_PLAIN = rf"(?:the{_G}(?:(?:early|late|mid|middle)(?:-|{_G}))?|(?:early|late|mid)(?:-|{_G}))(?P<decade>[5-9]0)s\b"
_WORD = rf"{_PART}(?P<decade>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b"
_CENTURY = rf"{_PART}(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|{t.DAY_ORDINAL_WORD})(?:-|{_G})century\b"
_AGED = re.compile(r"\b(?:his|her|their|my|your|our)\s{1,2}\Z", re.IGNORECASE)
_WORDS = {
    "twenties": 192, "thirties": 193, "forties": 194, "fifties": 195, "sixties": 196, "seventies": 197, "eighties": 198,
    "nineties": 199,
}  # fmt: skip


def _decade(m: re.Match[str], _scene: Scene) -> Valued | None:
    return dated(m["decade"][:3], False)


def _short(m: re.Match[str], _scene: Scene) -> Valued | None:
    return dated(f"19{m['decade'][0]}" if m["decade"] not in ("00", "10") else f"20{m['decade'][0]}", False)


def _plain(m: re.Match[str], scene: Scene) -> Valued | None:
    return None if _AGED.search(scene.before(m.start(), 8)) else _short(m, scene)


def _word(m: re.Match[str], scene: Scene) -> Valued | None:
    if _AGED.search(scene.before(m.start(), 8)):
        return None
    if not m.group().lower().startswith("the"):
        return None
    return dated(str(_WORDS[m["decade"].lower()]), False)


def _century(m: re.Match[str], _scene: Scene) -> Valued | None:
    number = t.day_number(m["nth"])
    return dated(f"{number - 1:02d}", False) if 1 <= number <= 30 else None


RULES: tuple[Rule, ...] = (
    rule("decade", _DECADE, Trigger.DIGIT, _decade),
    rule("short-decade", _SHORT, Trigger.DIGIT, _short),
    rule("plain-decade", _PLAIN, Trigger.DIGIT, _plain),
    rule("decade-word", _WORD, Trigger.SEASON, _word),
    rule("century", _CENTURY, Trigger.UNIT, _century),
)
