"""Places what was read on the lead of a report on a copy, at the copy's own offsets.

A text is read once per report. What the copy carries word for word (house style aside) takes the lead's lines over;
what it adds or changes is left for the reader, as `unread` tells. Nothing is guessed: a line with one span that has no
counterpart is not placed at all, and the sentences it stands in are read on the copy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.model import (
    ActorRef,
    Copy,
    DateValue,
    Document,
    Mention,
    Proposition,
    Reading,
    Sentence,
    Span,
    Statement,
    Timex,
    statement_id,
)
from onrecord.reports.carry import Carrier
from onrecord.reports.place_events import place_events
from onrecord.reports.words import words_of


@dataclass(frozen=True, slots=True)
class Placement:
    """The lead's reading on a copy, and the spans of the copy's body that have to be read there, in order.

    ``origins`` pairs the id of each placed statement with the id of the lead's statement it was placed from, and
    ``event_origins`` does so for events.
    """

    reading: Reading
    unread: tuple[Span, ...]
    origins: tuple[tuple[str, str], ...] = ()
    event_origins: tuple[tuple[str, str], ...] = ()


def place(reading: Reading, lead: Document, copy_document: Document, copy: Copy) -> Reading:
    """The part of the lead's `reading` that `copy_document` carries, at its offsets and with its own statement ids."""
    return placement(reading, lead, copy_document, copy).reading


def placement(reading: Reading, lead: Document, copy_document: Document, copy: Copy) -> Placement:
    """The lead's reading on the copy and what is left to read there.

    ``unread`` is ``copy.added`` and every shared sentence of the copy that a line of the lead touches which
    could not be placed whole (its quotation runs on into a cut paragraph); nothing is placed inside ``unread``, so
    that no line is there twice.
    """
    carrier = Carrier(lead.text, copy_document.text, copy)
    carried = {s.id: _statement(s, copy_document.id, carrier) for s in reading.statements}
    lost = {name for name, found in carried.items() if found is None}
    unread = set(copy.added)
    while True:
        touched = {span for s in reading.statements if s.id in lost for span in _touched(s, copy_document, carrier)}
        touched -= unread
        if not touched:
            break
        unread |= touched
        for name, found in carried.items():
            if found is not None and any(_meets(found, span) for span in touched):
                lost.add(name)
    kept = {name: found for name, found in carried.items() if found is not None and name not in lost}
    ids = {name: found.id for name, found in kept.items()}
    statements = tuple(
        replace(found, nested_in=ids.get(found.nested_in) if found.nested_in is not None else None)
        for found in kept.values()
    )
    joined = _joined(unread, copy_document.text)
    events = place_events(reading, copy_document.id, carrier, ids, joined)
    sentences = _sentences(reading.sentences, lead, copy_document, carrier)
    placed = Reading(
        document=copy_document.id,
        sentences=tuple(s for s in sentences if not any(s.span.overlaps(u) for u in joined)),
        mentions=tuple(m for m in _mentions(reading.mentions, carrier) if not any(m.span.overlaps(u) for u in joined)),
        timexes=tuple(t for t in _timexes(reading.timexes, carrier) if not any(t.span.overlaps(u) for u in joined)),
        statements=tuple(sorted(statements, key=_position)),
        events=events.events,
        figures=events.figures,
    )
    return Placement(placed, joined, tuple(sorted((found.id, name) for name, found in kept.items())), events.origins)


def _statement(statement: Statement, document: str, carrier: Carrier) -> Statement | None:
    """The statement at the copy's offsets, still nested in the lead's id; None when a span of its roles is not carried."""
    roles = [
        carrier.all(role)
        for role in (
            statement.source,
            statement.cue,
            statement.content,
            statement.addressee,
            statement.target_spans,
            statement.qualifier,
        )
    ]
    propositions = [_proposition(p, carrier) for p in statement.propositions]
    kept = tuple(p for p in propositions if p is not None)
    order = statement.order
    order_span = carrier.span(order.span) if order is not None else None
    source, cue, content, addressee, target_spans, qualifier = roles
    if source is None or cue is None or content is None or len(kept) != len(propositions):
        return None
    if addressee is None or target_spans is None or qualifier is None:
        return None
    return replace(
        statement,
        id=statement_id(document, source, cue, content, _act_of(statement)),
        document=document,
        source=source,
        cue=cue,
        content=content,
        addressee=addressee,
        target_spans=target_spans,
        qualifier=qualifier,
        propositions=kept,
        speakers=_refs(statement.speakers, carrier),
        on_behalf_of=_refs(statement.on_behalf_of, carrier),
        addressees=_refs(statement.addressees, carrier),
        target=_refs(statement.target, carrier),
        date=_date(statement.date, carrier),
        order=replace(order, span=order_span) if order is not None and order_span is not None else None,
        reasons=carrier.reasons(statement.reasons),
    )


def _act_of(statement: Statement) -> str:
    """The `act_of` that the statement's own id was made with, so that two acts from the same spans stay apart."""
    for candidate in ("", statement.act.value):
        if statement.id == statement_id(
            statement.document, statement.source, statement.cue, statement.content, candidate
        ):
            return candidate
    return statement.id


def _proposition(proposition: Proposition, carrier: Carrier) -> Proposition | None:
    content = carrier.all(proposition.content)
    if content is None:
        return None
    deadline = _date(proposition.deadline, carrier) if proposition.deadline is not None else None
    return Proposition(content, deadline)


def _date(date: DateValue, carrier: Carrier) -> DateValue:
    """The date with its evidence at the copy's offsets; evidence that the copy does not carry keeps its words alone."""
    if not date.evidence:
        return date
    return replace(
        date,
        evidence=tuple(replace(e, span=carrier.span(e.span) if e.span is not None else None) for e in date.evidence),
    )


def _refs(refs: tuple[ActorRef, ...], carrier: Carrier) -> tuple[ActorRef, ...]:
    return tuple(replace(r, span=carrier.span(r.span)) if r.span is not None else r for r in refs)


def _sentences(
    sentences: tuple[Sentence, ...], lead: Document, copy_document: Document, carrier: Carrier
) -> list[Sentence]:
    """The sentences carried over, with the copy's own paragraph numbers; a dateline before the first one is left off."""
    own = words_of(copy_document).sentences
    starts = [s.span.start for s in own]
    found: list[Sentence] = []
    for sentence in sentences:
        span = sentence.span
        if lead.dateline is not None and span.contains(lead.dateline.span):
            start = lead.dateline.span.end
            while start < span.end and lead.text[start].isspace():
                start += 1
            span = Span(start, span.end)
        carried = carrier.span(span)
        if carried is not None:
            before = [s for s, start in zip(own, starts, strict=True) if start <= carried.start]
            found.append(Sentence(carried, before[-1].paragraph if before else 0))
    return found


def _mentions(mentions: tuple[Mention, ...], carrier: Carrier) -> Iterable[Mention]:
    for mention in mentions:
        span, head = carrier.span(mention.span), carrier.span(mention.head)
        title = carrier.span(mention.title) if mention.title is not None else None
        if span is not None and head is not None and (mention.title is None or title is not None):
            yield replace(mention, span=span, head=head, title=title)


def _timexes(timexes: tuple[Timex, ...], carrier: Carrier) -> Iterable[Timex]:
    for timex in timexes:
        span = carrier.span(timex.span)
        if span is not None:
            yield replace(timex, span=span)


def _touched(statement: Statement, copy_document: Document, carrier: Carrier) -> set[Span]:
    """The sentences of the copy that hold those role spans of a lost statement which the copy does carry."""
    roles = (*statement.source, *statement.cue, *statement.content)
    found = [span for span in map(carrier.span, roles) if span is not None]
    return {s.span for s in words_of(copy_document).sentences if any(s.span.overlaps(f) for f in found)}


def _meets(statement: Statement, span: Span) -> bool:
    return any(s.overlaps(span) for role in (statement.source, statement.cue, statement.content) for s in role)


def _joined(spans: set[Span], text: str) -> tuple[Span, ...]:
    """The spans in order, those parted by white space alone made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _position(statement: Statement) -> tuple[int, int, str]:
    spans = (*statement.source, *statement.cue, *statement.content)
    return (min((s.start for s in spans), default=0), max((s.end for s in spans), default=0), statement.id)
