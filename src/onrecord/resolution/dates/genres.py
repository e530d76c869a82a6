"""Dates that the form of a page gives: the update a saying stands in, the release it is made by, the broadcast (step 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.model import Act, Document, Precision, Span
from onrecord.reading.finding import issuer_of
from onrecord.reading.timex import timexes
from onrecord.resolution.dates.story import Line, Story
from onrecord.resolution.dates.tenses import Tense
from onrecord.resolution.dates.values import Dated, dated, of_publication, related

#: "19:42", "7.42 p.m.", "18:21 GMT", "16:05 - Assembly meets", at the beginning of a line.
_STAMP = re.compile(
    r"^[ \t]*(?:updated?(?: at)? )?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?: ?(?P<half>[ap])\.?m\.?)?"
    r"(?: ?(?:GMT|UTC|BST|CET|CEST|EET|EEST|MSK|EST|EDT|local time))?(?=[ \t]*(?:$|[-–—|:]))",
    re.IGNORECASE | re.MULTILINE,
)
#: "Broadcast: 28 November 2034", "Recorded on Monday", "Delivered in Halvik, 3 March 2031": of a whole interview or speech.
_HELD = re.compile(
    r"^[ \t]*(?:(?:first|interview|speech) )?(?:broadcast|aired|recorded|delivered|conducted|interviewed)\b[^\n]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
#: One stamped line may be anything; two make a list of updates.
_FEWEST = 2
_DENIES = re.compile(r"den(?:y|ies|ied)|disput(?:es?|ed)\b", re.IGNORECASE)
_TOLD_NOW = frozenset({Tense.PAST, Tense.PRESENT, Tense.PERFECT, Tense.PARTICIPLE, Tense.NOUN})


@dataclass(frozen=True, slots=True)
class _Stamp:
    span: Span
    minutes: int


def by_form(story: Story, document: Document) -> None:
    """Date what no step before dated.

    The turns of an interview or speech are of the day it was held; what stands in an update under a time of day and what
    the issuer says in its own release are of the page's day.
    """
    held = _held(document)
    for line in _open(story) if held is not None else ():
        if _spoken(story, line) and held is not None:
            line.date, line.rule = related(held, None, "the day of the interview or speech"), "broadcast"
    published = story.published
    if published.value is None or published.precision is not Precision.DAY:
        return
    stamps, issuer = _stamps(document), issuer_of(document)
    for line in _open(story):
        above = [s for s in stamps if s.span.end <= line.place]
        if above and line.tense in _TOLD_NOW and not _stands(story, line):
            day = of_publication(published, "in an update of that day")
            line.date, line.rule = _under(day, above[-1]), "update"
        elif issuer is not None and _issued(story, line, issuer):
            line.date, line.rule = of_publication(published, "said in its own release of that day"), "release"


def _open(story: Story) -> Iterator[Line]:
    """The lines without a date that are not told as earlier and stand in no other saying."""
    for line in story.lines:
        if line.date is None and not line.background and line.statement.nested_in is None:
            yield line


def _held(document: Document) -> Dated | None:
    """The one day that a line gives on which the words of the page were spoken; None where two are given."""
    lines = [Span(*m.span()) for m in _HELD.finditer(document.text)]
    found = [dated(t, document.text, document.published) for t in timexes(document.text, lines, document.published)]
    days = {d.raw[:10]: d for d in found if d is not None and d.to_day}
    return next(iter(days.values())) if len(days) == 1 else None


def _spoken(story: Story, line: Line) -> bool:
    """True for a turn of a transcript: a name and a colon before the words."""
    return bool(line.statement.cue) and all(s.of(story.text) == ":" for s in line.statement.cue)


def _stands(story: Story, line: Line) -> bool:
    """True for a denial that has been standing: "has denied", "disputes"."""
    denies = line.statement.act is Act.DENY or any(_DENIES.match(s.of(story.text)) for s in line.statement.cue)
    return denies and line.tense in (Tense.PERFECT, Tense.PRESENT)


def _stamps(document: Document) -> tuple[_Stamp, ...]:
    """The times of day that head the updates of a page; none when they do not run one way, since midnight may lie between."""
    found = []
    for m in _STAMP.finditer(document.text):
        hour, half = int(m["hour"]), (m["half"] or "").lower()
        if half and not 1 <= hour <= 12:
            return ()
        clock = hour % 12 + (12 if half == "p" else 0) if half else hour
        found.append(_Stamp(Span(m.start("hour"), m.end()), clock * 60 + int(m["minute"])))
    times = [s.minutes for s in found]
    falls = all(a >= b for a, b in pairwise(times))
    rises = all(a <= b for a, b in pairwise(times))
    return tuple(found) if len(found) >= _FEWEST and (falls or rises) else ()


def _under(day: Dated, stamp: _Stamp) -> Dated:
    return related(day, stamp.span, "the time above the update")


def _issued(story: Story, line: Line, issuer: Span) -> bool:
    """True for what the issuer of a release says in it: "we call on ...", "the Ministry expresses ..."."""
    if line.tense not in (Tense.PRESENT, Tense.NOUN, Tense.PARTICIPLE):
        return False
    words = " ".join(s.of(story.text) for s in line.statement.source)
    bare = re.sub(r"^(?:the|our)\s", "", " ".join(words.split()), flags=re.IGNORECASE).casefold()
    named = re.sub(r"^the\s", "", " ".join(issuer.of(story.text).split()), flags=re.IGNORECASE).casefold()
    return bool(bare) and re.match(rf"{re.escape(bare)}(?!\w)", named) is not None
