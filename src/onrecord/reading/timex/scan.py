"""The scan: rules are tried where their trigger words stand, the longest match from the left wins, values follow in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model import DateValue, Span, Timex, TimexType
from onrecord.reading.timex import (
    calendar_dates,
    clock,
    decades,
    durations,
    holidays,
    quarters,
    relative,
    sets,
    vague,
)
from onrecord.reading.timex import tables as t
from onrecord.reading.timex.anchor import anchor_of
from onrecord.reading.timex.scene import Rule, Scene, Told, Trigger, Valued

#: Of two matches of one extent the rule that stands first wins.
RULES: tuple[Rule, ...] = (
    *calendar_dates.RULES,
    *holidays.RULES,
    *clock.RULES,
    *relative.RULES,
    *quarters.RULES,
    *decades.RULES,
    *sets.RULES,
    *vague.RULES,
    *durations.RULES,
)

#: Rules whose dates repeat or mirror one told before.
_ECHOES = frozenset({"ago", "year-ago", "the-quarter", "same-period"})
_TOKEN = re.compile(r"[a-z]+|\d+|[:/]|['’‘`]\d0", re.IGNORECASE)


#: Words that a set, a vague reference or a holiday has, one of them at least.
_FREQUENCY = (
    "daily weekly biweekly fortnightly monthly yearly annually hourly nightly quarterly semiannually biannually"
)
_VAGUE = (
    "now currently current present presently nowadays days moment recently recent past previously "
    "formerly lately future soon date course day someday then time ago period while"
)
_HOLIDAY = (
    "christmas boxing new valentine st may victory halloween armistice veterans bastille good easter palm "
    "ash thanksgiving labor memorial martin independence fourth mother father"
)


def _trigger_table() -> dict[str, Trigger]:
    table: dict[str, Trigger] = {}

    def add(words: Sequence[str], kind: Trigger) -> None:
        for word in words:
            table[word] = table.get(word, Trigger.NONE) | kind

    add(list(t.MONTHS), Trigger.MONTH)
    add([d + s for d in t.WEEKDAYS for s in ("", "s")], Trigger.WEEKDAY | Trigger.DAYWORD)
    units = [u for u in t.UNITS if u != "centurie"]
    add([u + s for u in units for s in ("", "s")] + ["centuries"], Trigger.UNIT)
    add([u + "long" for u in units], Trigger.UNIT)
    add(["today", "yesterday", "tomorrow", "tonight", "overnight", "lunchtime", *t.DAY_PARTS], Trigger.DAYWORD)
    add(["mornings", "afternoons", "evenings", "nights"], Trigger.DAYWORD)
    add(
        ["noon", "midnight", "midday", "clock", "dawn", "dusk", "daybreak", "nightfall", "sunrise", "sunset"],
        Trigger.CLOCK,
    )
    add(["overnight", "midafternoon", "midmorning", "afternoon", "morning"], Trigger.CLOCK)
    add(["quarter", "quarters", "half", "period", "fiscal", "financial"], Trigger.PERIOD)
    add([*t.SEASONS], Trigger.SEASON)
    add(["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"], Trigger.SEASON)
    add(_FREQUENCY.split(), Trigger.FREQUENCY)
    add(_VAGUE.split(), Trigger.VAGUE)
    add(_HOLIDAY.split(), Trigger.HOLIDAY)
    add(["nineteen", "thousand", "twenty"], Trigger.NUMBER4)
    return table


_TRIGGERS = _trigger_table()


def _triggers(words: set[str]) -> Trigger:
    kinds = Trigger.NONE
    for word in words:
        if word[0].isdigit():
            kinds |= Trigger.DIGIT
            if len(word) == 4:
                kinds |= Trigger.NUMBER4
        elif word[0] in "'’‘`":
            kinds |= Trigger.DIGIT
        else:
            kinds |= _TRIGGERS.get(word, Trigger.NONE)
    return kinds


def timexes(text: str, spans: Sequence[Span], published: DateValue) -> tuple[Timex, ...]:
    """All time expressions inside `spans` of `text`, in order, with their TIMEX3 types and values.

    `spans` are sentences in text order; no expression crosses their ends. `published` anchors what is told from the day of
    publication: with a day all values can be had, with a month or year only those that need no more, without a value
    an expression that needs one has the value None ("yesterday") or stays underspecified (``XXXX-07-10``, ``XXXX-WXX-3``).
    """
    scene = Scene(text, Span(0, 0), anchor_of(published), Told())
    found: list[Timex] = []
    for span in spans:
        kinds = _triggers(set(_TOKEN.findall(text[span.start : span.end].lower())))
        if kinds is Trigger.NONE:
            continue
        scene.sentence = span
        found.extend(_in_sentence(scene, kinds))
    return tuple(found)


def _in_sentence(scene: Scene, kinds: Trigger) -> list[Timex]:
    span = scene.sentence
    matches: list[tuple[int, int, int, re.Match[str]]] = []
    for order, one in enumerate(RULES):
        if one.needs & kinds:
            matches.extend(
                (m.start(), -m.end(), order, m) for m in one.pattern.finditer(scene.text, span.start, span.end)
            )
    matches.sort(key=lambda x: x[:3])
    out: list[Timex] = []
    taken = span.start
    for start, _, order, match in matches:
        if start < taken:
            continue
        valued = RULES[order].value(match, scene)
        if valued is None:
            continue
        timex = _timex(scene.text, match, valued)
        if timex is None:
            continue
        out.append(timex)
        taken = timex.span.end
        if timex.type in (TimexType.DATE, TimexType.TIME):
            if not _looks_back(match.group(), timex.value):
                scene.told.note(timex.value, span, _echoes(RULES[order].name, timex.value, scene), timex.span.end)
        elif timex.type is TimexType.DURATION and RULES[order].name == "counted":
            scene.told.note_length(timex.value)
    return out


_BACK = re.compile(r"\b(?:earlier|before|previous|prior|preceding|year-ago)\b", re.IGNORECASE)


def _looks_back(words: str, value: str | None) -> bool:
    """True for a year or month told only to compare with ("a year earlier"): what follows is not counted from it."""
    return value is not None and len(value) <= 7 and _BACK.search(words) is not None and "in the" not in words.lower()


_NUMBERED = re.compile(r"\d{4}-Q[1-4]\Z")


def _echoes(name: str, value: str | None, scene: Scene) -> bool:
    """True when the date mirrors one told before, or is not over; "the quarter ended" opens a quarter of its own (``QX``)."""
    if name in _ECHOES:
        return not (name == "the-quarter" and (value or "").endswith("QX"))
    now = scene.anchor.quarters(0)
    return value is not None and now is not None and bool(_NUMBERED.match(value)) and value >= now


def _timex(text: str, match: re.Match[str], valued: Valued) -> Timex | None:
    start = match.start() if valued.start is None else valued.start
    end = match.end() if valued.end is None else valued.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Timex(Span(start, end), valued.type, valued.value, valued.anchored) if end > start else None
