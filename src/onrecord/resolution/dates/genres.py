"""Dates that the form of a page gives: the update a saying stands in, the release it is made by (step 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.model import Act, Document, Precision, Span
from onrecord.reading.finding import issuer_of
from onrecord.resolution.dates.story import Line, Story
from onrecord.resolution.dates.tenses import Tense
from onrecord.resolution.dates.values import Dated, of_publication, related

#: "19:42", "7.42 p.m.", "18:21 GMT", "16:05 - Assembly meets", at the beginning of a line.
_STAMP = re.compile(
    r"^[ \t]*(?:updated?(?: at)? )?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?: ?(?P<half>[ap])\.?m\.?)?"
    r"(?: ?(?:GMT|UTC|BST|CET|CEST|EET|EEST|MSK|EST|EDT|local time))?(?=[ \t]*(?:$|[-–—|:]))",
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
    """Date what no step before dated: in an update under a time of day, or in the issuer's own release, on the page's day."""
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
