"""Places the events and figures that were read on the lead of a report on a copy, at the copy's own offsets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.model import EventMention, Figure, Participant, Reading, Span, mention_id
from onrecord.reports.carry import Carrier


@dataclass(frozen=True, slots=True)
class PlacedEvents:
    """The events and figures on the copy, and the pairs of each placed event's id with the lead's that it was placed from."""

    events: tuple[EventMention, ...]
    figures: tuple[Figure, ...]
    origins: tuple[tuple[str, str], ...]


def place_events(
    reading: Reading, document: str, carrier: Carrier, statements: Mapping[str, str], unread: Sequence[Span]
) -> PlacedEvents:
    """What the copy `document` carries of the lead's events; `statements` maps the lead's statements to the copy's.

    An event with a trigger or participant that the copy does not carry word for word is left out, and so is everything in the
    `unread` stretches, which are read on the copy itself.
    """
    events: list[EventMention] = []
    origins: list[tuple[str, str]] = []
    for mention in reading.events:
        placed = _event(mention, document, carrier, statements)
        if placed is not None and not any(s.overlaps(u) for s in placed.trigger for u in unread):
            events.append(placed)
            origins.append((placed.id, mention.id))
    figures = [f for f in (_figure(f, carrier) for f in reading.figures) if f is not None]
    kept = tuple(f for f in figures if not any(f.span.overlaps(u) for u in unread))
    return PlacedEvents(tuple(sorted(events, key=lambda m: (m.trigger[0], m.id))), kept, tuple(sorted(origins)))


def _event(
    mention: EventMention, document: str, carrier: Carrier, statements: Mapping[str, str]
) -> EventMention | None:
    trigger = carrier.all(mention.trigger)
    people = [_participant(p, carrier) for p in mention.participants]
    kept = tuple(p for p in people if p is not None)
    if trigger is None or len(kept) != len(people):
        return None
    figures = tuple(f for f in (_figure(f, carrier) for f in mention.figures) if f is not None)
    return replace(
        mention,
        id=mention_id(document, trigger, mention.kind),
        document=document,
        trigger=trigger,
        participants=kept,
        place_spans=carrier.all(mention.place_spans) or (),
        topic=carrier.span(mention.topic) if mention.topic is not None else None,
        saying=statements.get(mention.saying) if mention.saying is not None else None,
        told_in=statements.get(mention.told_in) if mention.told_in is not None else None,
        figures=figures,
        reasons=carrier.reasons(mention.reasons),
    )


def _participant(part: Participant, carrier: Carrier) -> Participant | None:
    span = carrier.span(part.span)
    return None if span is None else replace(part, span=span)


def _figure(figure: Figure, carrier: Carrier) -> Figure | None:
    span = carrier.span(figure.span)
    if span is None:
        return None
    return replace(figure, span=span, period=carrier.span(figure.period) if figure.period is not None else None)
