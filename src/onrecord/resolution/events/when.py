"""When events took place: the time in the clause of the trigger, or a count from another clause ("one day after ...").

The clauses and times are those that statements are dated with; an event is looked at as a saying without content. Nothing
is taken from the day of publication: a report tells events of many days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from onrecord.model import (
    UNKNOWN_DATE,
    Act,
    Auxiliary,
    DateBasis,
    Document,
    EventMention,
    Precision,
    QuoteType,
    Reading,
    Reason,
    Sentence,
    Span,
    Statement,
    Timex,
    promised,
)
from onrecord.reading.timex import timexes
from onrecord.resolution.dates.discourse import day_of_story
from onrecord.resolution.dates.local import count_back, count_on, own_time
from onrecord.resolution.dates.story import Line, build_story
from onrecord.resolution.dates.values import dated

#: An event told as past that lies more than so many days before the publication is background.
_RECENT_DAYS = 31
_AWAY = re.compile(r"\b(?:since|until|till|by|from|before|after|for|of)\s(?:the\s|early\s|late\s)?\Z", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|before|until|no later than|within)\s(?:the end of\s|early\s|late\s)?\Z", re.IGNORECASE)


def date_events(document: Document, reading: Reading) -> tuple[EventMention, ...]:
    """The event mentions of `reading` with their dates; those that cannot be decided keep an unknown one.

    An event told outside the sentences of the body (in a caption) is dated from its own line.
    """
    if not reading.events:
        return ()
    open_ones = [m for m in reading.events if m.saying is None]
    inside = [m for m in open_ones if any(s.span.contains(m.trigger[-1]) for s in reading.sentences)]
    ids = {m.id for m in inside}
    outside = [m for m in open_ones if m.id not in ids]
    spans = sorted({line.span for line in document.lines for m in outside if line.span.contains(m.trigger[-1])})
    captions = tuple(Sentence(span, number) for number, span in enumerate(spans))
    found = _in_sentences(document, reading.sentences, reading.timexes, reading.statements, inside)
    shown = timexes(document.text, spans, document.published)
    found |= _in_sentences(document, captions, shown, (), outside)
    placed = [
        mention if mention.saying is not None else _dated(mention, found.get(mention.id), document)
        for mention in reading.events
    ]
    said = {s.id: s for s in reading.statements}
    placed = [_without_day_of_saying(m, said.get(m.told_in or "")) for m in placed]
    placed = [_of_content(m, said.get(m.told_in or ""), reading, document) for m in placed]
    placed = [_of_caption(m, spans, shown, document) if m.id not in ids else m for m in placed]
    return tuple(_until(m, reading, document) for m in placed)


def _of_caption(
    mention: EventMention, spans: Sequence[Span], times: Sequence[Timex], document: Document
) -> EventMention:
    """The day that a picture's caption names, where it names one: that of what the picture shows."""
    line = next((s for s in spans if s.contains(mention.trigger[-1])), None)
    if mention.saying is not None or mention.date.value is not None or line is None:
        return mention
    days = [
        d for t in times if line.contains(t.span) and (d := dated(t, document.text, document.published)) is not None
    ]
    if len({d.value.value for d in days}) != 1 or days[0].value.precision is not Precision.DAY:
        return mention
    span = days[0].value.evidence[0].span
    reason = Reason("date", "dates-1:caption", 0.9, span, span.of(document.text) if span is not None else "")
    return replace(mention, date=days[0].value, reasons=(*mention.reasons, reason))


def _without_day_of_saying(mention: EventMention, told: Statement | None) -> EventMention:
    """What somebody tells has not the day on which they tell it ("criticised Orrin on Monday over an exercise")."""
    if told is None or mention.saying is not None or mention.date.value is None or not mention.date.evidence:
        return mention
    shown = mention.date.evidence[0].span
    if shown is None or any(c.contains(shown) for c in told.content):
        return mention
    counted = any(r.field == "date" and r.rule.endswith(":count") for r in mention.reasons)
    before = told.cue and told.cue[-1].end <= shown.start and told.content and shown.end <= told.content[0].start
    if counted or not before:
        return mention
    kept = tuple(r for r in mention.reasons if r.field != "date")
    return replace(mention, date=UNKNOWN_DATE, reasons=kept)


def _of_content(mention: EventMention, told: Statement | None, reading: Reading, document: Document) -> EventMention:
    """The day named beside an event that somebody tells ("shells hit the town early on Tuesday, police said").

    Only a day inside the words of the telling, in the event's own sentence, and the only one there.
    """
    undated = mention.date.value is None and mention.date.precision is Precision.UNKNOWN
    if told is None or not undated or mention.saying is not None or told.quote_type is QuoteType.DIRECT:
        return mention
    at = mention.trigger[-1]
    sentence = next((s.span for s in reading.sentences if s.span.contains(at)), None)
    if sentence is None:
        return mention
    inside = [t for t in reading.timexes if sentence.contains(t.span) and any(c.contains(t.span) for c in told.content)]
    days = [(t, d) for t in inside if (d := dated(t, document.text, document.published)) is not None]
    if len({d.value.value for _, d in days}) != 1 or days[0][1].value.precision is not Precision.DAY:
        return mention
    timex, day = days[0]
    if (
        _AWAY.search(document.text, max(0, timex.span.start - 24), timex.span.start)
        or abs(timex.span.start - at.end) > 120
    ):
        return mention
    reason = Reason("date", "dates-1:told", 0.9, timex.span, timex.span.of(document.text))
    return replace(mention, date=day.value, reasons=(*mention.reasons, reason))


def _until(mention: EventMention, reading: Reading, document: Document) -> EventMention:
    """What is to come "by 15 May" has no day: it ends with the one that is named, wherever else in the sentence a day stands."""
    if mention.aux is not Auxiliary.FUTURE or mention.saying is not None:
        return mention
    at = mention.trigger[-1]
    sentence = next((s.span for s in reading.sentences if s.span.contains(at)), None)
    for timex in reading.timexes if sentence is not None else ():
        inside = sentence is not None and sentence.contains(timex.span) and at.end <= timex.span.start <= at.end + 120
        if not inside or not _BY.search(document.text, max(0, timex.span.start - 24), timex.span.start):
            continue
        named = dated(timex, document.text, document.published)
        if named is None or named.value.latest is None:
            continue
        when = replace(
            named.value, value=None, precision=Precision.INTERVAL, basis=DateBasis.RELATIVE, earliest=None, time=None
        )
        kept = tuple(r for r in mention.reasons if r.field != "date")
        reason = Reason("date", "dates-1:by", 1.0, timex.span, timex.span.of(document.text))
        return replace(mention, date=when, reasons=(*kept, reason))
    return mention


def _in_sentences(
    document: Document,
    sentences: tuple[Sentence, ...],
    times: Sequence[Timex],
    statements: Sequence[Statement],
    events: Sequence[EventMention],
) -> dict[str, Line]:
    if not events or not sentences:
        return {}
    told = tuple(_as_saying(mention) for mention in events)
    reading = Reading(document.id, sentences, statements=(*statements, *told))
    story = build_story(document, reading, times)
    ids = {mention.id for mention in events}
    for line in story.lines:
        own_time(story, line)
    story.day = day_of_story(story, document)
    for line in story.lines:
        if line.date is None and line.statement.id in ids and line.statement.nested_in is None:
            count_on(story, line)
            if line.date is None:
                count_back(story, line)
    return {line.statement.id: line for line in story.lines if line.statement.id in ids}


def _as_saying(mention: EventMention) -> Statement:
    return Statement(
        id=mention.id,
        document=mention.document,
        source=(),
        cue=mention.trigger[-1:],
        content=(),
        quote_type=QuoteType.NARRATED,
        act=Act.ASSERT,
        nested_in=mention.told_in,
    )


def _dated(mention: EventMention, line: Line | None, document: Document) -> EventMention:
    if line is None or line.date is None:
        return replace(mention, date=UNKNOWN_DATE)
    when = line.date.value
    first = when.evidence[0] if when.evidence else None
    reason = Reason("date", f"dates-1:{line.rule}", 1.0, first.span if first else None, first.detail if first else "")
    aux = mention.aux
    published = document.published
    if aux is Auxiliary.ASSERTED and published.value is not None and published.precision is Precision.DAY:
        day = date.fromisoformat(published.value[:10])
        if when.latest is not None and when.latest < (day - timedelta(days=_RECENT_DAYS)).isoformat():
            aux = Auxiliary.HISTORICAL
        elif when.earliest is not None and when.earliest > day.isoformat():
            aux = Auxiliary.FUTURE
    code = promised(mention.code) if aux is Auxiliary.FUTURE is not mention.aux else mention.code
    return replace(mention, date=when, aux=aux, code=code, reasons=(*mention.reasons, reason))
