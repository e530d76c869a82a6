"""When events took place: the time in the clause of the trigger, or a count from another clause ("one day after ...").

The clauses and times are those that statements are dated with; an event is looked at as a saying without content. Nothing
is taken from the day of publication: a report tells events of many days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from onrecord.model import (
    UNKNOWN_DATE,
    Act,
    Auxiliary,
    Document,
    EventMention,
    Precision,
    QuoteType,
    Reading,
    Reason,
    Sentence,
    Statement,
    Timex,
    promised,
)
from onrecord.reading.timex import timexes
from onrecord.resolution.dates.discourse import day_of_story
from onrecord.resolution.dates.local import count_back, count_on, own_time
from onrecord.resolution.dates.story import Line, build_story

#: An event told as past that lies more than so many days before the publication is background.
_RECENT_DAYS = 31


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
    found |= _in_sentences(document, captions, timexes(document.text, spans, document.published), (), outside)
    return tuple(
        mention if mention.saying is not None else _dated(mention, found.get(mention.id), document)
        for mention in reading.events
    )


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
