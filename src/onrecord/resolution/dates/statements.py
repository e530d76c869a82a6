"""The date of every statement, step by step, each step only where the ones before it left it open.

1. ``own``       a time expression in the clause of the saying, outside its content ("said Monday", "on June 3 she told ...").
2. ``count``     "came two days after X had warned ...": counted from the other clause.
3. ``happening`` the meeting, visit or news conference it belongs to, dated in the phrase itself or in an earlier sentence.
4. ``sentence``  the clause joined to it by "and" ("met Tuesday, and X said"), or another saying of the same source there.
5. ``told of``   a later sentence that dates the words ("made the remarks on June 3").
6. ``run``       a run of statements by one speaker on the day of the story.
7. ``day``       the day of publication, where the story's own day is that day.
8. ``update``    the update under a time of day that it stands in, ``release`` the issuer's own release, or
                ``broadcast`` the interview whose day is told.

A standing position ("denies", "has denied") takes a date from steps 1 to 5 only. Whatever is told as earlier, future or
possible takes none but its own.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import UNKNOWN_DATE, Document, Reading, Reason, Statement
from onrecord.reading.timex import timexes
from onrecord.resolution.dates.discourse import by_later_words, by_runs, day_of_story
from onrecord.resolution.dates.genres import by_form
from onrecord.resolution.dates.local import by_happening, by_sentence, count_back, count_on, own_time
from onrecord.resolution.dates.story import Line, build_story
from onrecord.resolution.dates.values import UNDATED

_RULES = "dates-1"


def date_statements(document: Document, reading: Reading) -> Reading:
    """The reading with the date and order of every statement, and its time expressions counted from the publication date.

    Statements whose date cannot be decided keep an unknown one. Give a document whose publication date is inferred (see
    `infer_published`) and the dates that follow from it are marked inferred too.
    """
    times = timexes(document.text, [s.span for s in reading.sentences], document.published)
    if not reading.statements or not reading.sentences:
        undated = tuple(replace(s, date=UNKNOWN_DATE, order=None) for s in reading.statements)
        return replace(reading, timexes=times, statements=undated)
    story = build_story(document, reading, times)
    for line in story.lines:
        own_time(story, line)
    for line in story.lines:
        if line.date is None:
            count_on(story, line)
    for line in story.lines:
        by_happening(story, line)
    story.day = day_of_story(story, document)
    for line in story.lines:
        if line.date is None and line.statement.nested_in is None:
            count_back(story, line)
            by_sentence(story, line)
    by_later_words(story)
    for line in story.lines:
        if line.date is None and line.statement.nested_in is None:
            by_sentence(story, line)
    by_runs(story)
    by_form(story, document)
    done = {line.statement.id: _finished(line) for line in story.lines}
    every = (done.get(s.id) or replace(s, date=UNKNOWN_DATE, order=None) for s in reading.statements)
    return replace(reading, timexes=times, statements=tuple(every))


def _finished(line: Line) -> Statement:
    statement = line.statement
    when = (line.date or UNDATED).value
    if line.date is None and line.order is None:
        return replace(statement, date=when, order=None)
    reasons = tuple(r for r in statement.reasons if r.field not in ("date", "order"))
    if line.date is not None:
        first = when.evidence[0] if when.evidence else None
        reasons += (
            Reason("date", f"{_RULES}:{line.rule}", 1.0, first.span if first else None, first.detail if first else ""),
        )
    if line.order is not None:
        reasons += (Reason("order", f"{_RULES}:happening", 1.0, line.order.span),)
    return replace(statement, date=when, order=line.order, reasons=reasons)
