"""What a rule sees while it values an expression: the text, its sentence, the anchor and the dates told so far."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Flag, auto

from onrecord.model import Span, TimexType
from onrecord.reading.timex.anchor import Anchor, anchor_at


class Trigger(Flag):
    """The kinds of words a sentence must hold before a rule is tried: most sentences hold none."""

    NONE = 0
    MONTH = auto()
    WEEKDAY = auto()
    UNIT = auto()
    NUMBER4 = auto()
    DAYWORD = auto()
    CLOCK = auto()
    SEASON = auto()
    PERIOD = auto()
    VAGUE = auto()
    FREQUENCY = auto()
    DIGIT = auto()
    HOLIDAY = auto()


@dataclass(frozen=True, slots=True)
class Valued:
    """An expression understood: its type and value, and whether the value leans on the anchor or another expression.

    ``start`` and ``end`` narrow the match where its pattern had to look at neighbouring words.
    """

    type: TimexType
    value: str | None
    anchored: bool = False
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Told:
    """The dates the text has told so far: the last one of any size, the last day and its end, and the last quarter.

    ``length`` is a length of months that figures were told for after that quarter ("the nine months").
    """

    last: str | None = None
    day: str | None = None
    quarter: str | None = None
    last_sentence: Span | None = None
    day_end: int | None = None
    length: str | None = None

    def note(self, value: str | None, sentence: Span, echo: bool, end: int) -> None:
        """Remember a date's value and where it ended.

        An `echo` of another date ("a year earlier") does not become the quarter under way.
        """
        if value is None:
            return
        if _CALENDAR.match(value):
            self.last, self.last_sentence = value, sentence
            if len(value) >= 10:
                self.day, self.day_end = value[:10], end
        if _NO_YEAR.match(value):
            self.day, self.last_sentence = value[:10], sentence
        if _QUARTER.match(value) and not echo:
            self.quarter, self.length = value, None

    def note_length(self, value: str | None) -> None:
        """Remember a length that figures are told for: a number of months."""
        if value is not None and _MONTHS_LONG.match(value):
            self.length = value


_CALENDAR = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T.*)?)?)?\Z")
_NO_YEAR = re.compile(r"XXXX-\d\d-\d\d")
_MONTHS_LONG = re.compile(r"P(?:[2-9]|1[0-2])M\Z")
_LINK = re.compile(r"(?:,|,? (?:and|or|through|to|followed by)(?: on)?) ", re.IGNORECASE)
_QUARTER = re.compile(r"\d{4}-Q[1-4X]\Z")


@dataclass(slots=True)
class Scene:
    """The text, the sentence under way, the anchor, and the dates told so far."""

    text: str
    sentence: Span
    anchor: Anchor
    told: Told = field(default_factory=Told)

    def before(self, start: int, width: int = 40) -> str:
        """Up to `width` characters of the sentence before `start`."""
        return self.text[max(self.sentence.start, start - width) : start]

    def after(self, end: int, width: int = 40) -> str:
        """Up to `width` characters of the sentence after `end`."""
        return self.text[end : min(self.sentence.end, end + width)]

    def joined_day(self, start: int) -> str | None:
        """The day of a weekday's name just before `start` and joined to it ("Monday and ..."), or None."""
        end = self.told.day_end
        if end is None or not self.sentence.start <= end < start <= end + 18:
            return None
        named = self.text[end - 3 : end] == "day" and _LINK.fullmatch(self.text, end, start)
        return self.told.day if named else None

    def told_anchor(self) -> Anchor:
        """The anchor of the last date told, or that of the publication where none was."""
        return anchor_at(self.told.last) if self.told.last else self.anchor


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, the words that make it worth trying, and the function that values a match (None: not a time)."""

    name: str
    pattern: re.Pattern[str]
    needs: Trigger
    value: Callable[[re.Match[str], Scene], Valued | None]


def rule(
    name: str, pattern: str, needs: Trigger, value: Callable[[re.Match[str], Scene], Valued | None], exact: bool = False
) -> Rule:
    """A rule whose pattern ignores case unless `exact`; it starts at a word's beginning."""
    flags = re.NOFLAG if exact else re.IGNORECASE
    return Rule(name, re.compile(rf"(?<![\w$£€#]){pattern}", flags), needs, value)


def dated(value: str | None, anchored: bool = True) -> Valued:
    """A DATE."""
    return Valued(TimexType.DATE, value, anchored)
