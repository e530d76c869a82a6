"""What the dating of statements looks at: sentences in clauses, times and happenings outside what is said, and the lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.model import DateValue, Document, OrderedBy, Reading, Sentence, Span, Statement, Timex
from onrecord.resolution.dates.clauses import Clause, clause_at, clauses
from onrecord.resolution.dates.happenings import Happening, happenings
from onrecord.resolution.dates.speakers import Key, speaker_keys
from onrecord.resolution.dates.tenses import Tense, tense_of
from onrecord.resolution.dates.values import Dated, dated

#: A content that is no content: "made [the comments in Tolm]" points at words told elsewhere.
_POINTS_BACK = re.compile(
    r"(?:the|his|her|their|its|these|those)\s(?:[\w-]+\s)?(?:comments?|remarks?|statements?|announcement)\b",
    re.IGNORECASE,
)
#: How many characters the head of a content has.
_HEAD = 60
_BACKGROUND = re.compile(
    r"\b(?:earlier|previously|in the past|once|at the time|in an? (?:earlier|previous|recent)|repeatedly|long|often|always|usually|for (?:months|years|weeks)|years ago|in (?:18|19|20)\d\d)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Line:
    """One statement on its way to a date; ``inner`` are the times told beside a saying inside another's content.

    ``head`` are those within the first words of the content ("accused [the navy on Monday of ...]").
    """

    statement: Statement
    sentence: int
    place: int
    tense: Tense
    speakers: Key
    date: Dated | None = None
    rule: str = ""
    order: OrderedBy | None = None
    background: bool = False
    inner: tuple[Timex, ...] = ()
    head: tuple[Timex, ...] = ()


@dataclass(slots=True)
class Story:
    """All that the steps look at."""

    text: str
    published: DateValue
    sentences: tuple[Sentence, ...]
    masked: str
    times: tuple[tuple[Timex, ...], ...]
    clauses: tuple[tuple[Clause, ...], ...]
    told: tuple[Happening, ...]
    lines: list[Line] = field(default_factory=list)
    day: Dated | None = None


def build_story(document: Document, reading: Reading, times: Sequence[Timex]) -> Story:
    text, sentences = document.text, reading.sentences
    outer = [s for s in reading.statements if s.nested_in is None]
    masked = _mask(text, [span for s in outer for span in s.content if not _POINTS_BACK.match(text, span.start)])
    shown = [t for t in times if masked[t.span.start : t.span.end] == text[t.span.start : t.span.end]]
    by_sentence = tuple(tuple(t for t in shown if s.span.contains(t.span)) for s in sentences)
    cut = tuple(clauses(masked, s.span) for s in sentences)
    told = [
        h
        for i, s in enumerate(sentences)
        if s.span.end > s.span.start
        for h in happenings(text, masked, i, cut[i], by_sentence[i], document.published)
    ]
    story = Story(text, document.published, sentences, masked, by_sentence, cut, tuple(told))
    keys = speaker_keys(reading.statements, text)
    contents = {s.id: s.content for s in reading.statements}
    for statement, key in zip(reading.statements, keys, strict=True):
        line = _line(story, statement, key)
        if line is not None:
            line.head = tuple(
                t
                for t in times
                if any(c.contains(t.span) and t.span.start - c.start <= _HEAD for c in statement.content[:1])
            )
            inside = contents.get(statement.nested_in or "", ())
            line.inner = tuple(
                t
                for t in times
                if any(c.contains(t.span) for c in inside) and not any(c.overlaps(t.span) for c in statement.content)
            )
            _goes_on(story, line)
            story.lines.append(line)
    return story


def _mask(text: str, spans: Sequence[Span]) -> str:
    out, at = [], 0
    for span in sorted(spans):
        if span.end <= at:
            continue
        start = max(span.start, at)
        out.append(text[at:start])
        out.append("\x00" * (span.end - start))
        at = span.end
    out.append(text[at:])
    return "".join(out)


def _line(story: Story, statement: Statement, key: Key) -> Line | None:
    """The statement with its place, or None for one that stands in no sentence of the body (a headline)."""
    places = [
        (span, _sentence_of(story.sentences, span.start))
        for span in (*statement.cue, *statement.source, *statement.content)
    ]
    # The issuer of a release is named above its sentences.
    anchor, index = next(((span, i) for span, i in places if i is not None), (None, None))
    if anchor is None or index is None:
        return None
    tense = tense_of(story.text, statement.cue, story.sentences[index].span)
    line = Line(statement, index, anchor.start, tense, key)
    line.background = _is_background(story, line)
    return line


def _goes_on(story: Story, line: Line) -> None:
    """ "has blamed ... and called on ...": the second verb shares the auxiliary of the first."""
    before = story.lines[-1] if story.lines else None
    if before is None or before.sentence != line.sentence or before.statement.source != line.statement.source:
        return
    if line.tense is Tense.PAST and before.tense in (Tense.PERFECT, Tense.PLUPERFECT):
        line.tense = before.tense
        line.background = line.background or before.background


def _sentence_of(sentences: tuple[Sentence, ...], place: int) -> int | None:
    after = bisect_right(sentences, place, key=lambda s: s.span.start)
    return after - 1 if after and place < sentences[after - 1].span.end else None


def _is_background(story: Story, line: Line) -> bool:
    """True when the clause of the saying tells it as earlier or habitual."""
    if (
        line.tense in (Tense.PLUPERFECT, Tense.MODAL)
        or line.statement.nested_in is not None
        or line.statement.presupposed
    ):
        return True
    found = story.clauses[line.sentence]
    group = clause_at(found, line.place).group
    words = " ".join(story.masked[c.span.start : c.span.end] for c in found if c.group == group)
    return bool(_BACKGROUND.search(words))


def clause_date(story: Story, index: int, group: int) -> Dated | None:
    for timex in story.times[index]:
        if clause_at(story.clauses[index], timex.span.start).group == group:
            when = dated(timex, story.text, story.published)
            if when is not None and when.to_day:
                return when
    return None


def is_past(story: Story, when: Dated) -> bool:
    """True when the day is no later than the publication, as far as is known: a saying before a coming day is not of it."""
    if story.published.value is None or when.raw[0] == "X":
        return when.raw[0] == "X"
    return when.raw[:10] <= story.published.value


def cue_of(line: Line) -> Span | None:
    return line.statement.cue[0] if line.statement.cue else None
