"""Events as rows of plain data, with everything that is known of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.knowledge.plover import modes, roots
from onrecord.model import EventMention, Figure, Party, Role
from onrecord.record import EventRow, Record
from onrecord.views.export.plain import date_fields, pairs, place_fields

Row = dict[str, Any]


def event_row(row: EventRow) -> Row:
    """An event as exported; the offsets of each mention are those of its own page."""
    event = row.event
    entry = roots()[event.code] if event.code is not None else None
    mode = modes().get((event.code, event.mode or "")) if event.code is not None else None
    return {
        "id": event.id,
        "kind": event.kind.value,
        "code": event.code.value if event.code is not None else None,
        "mode": event.mode,
        "quad": int(entry.quad) if entry is not None else None,
        "intensity": (mode or entry).intensity if entry is not None and (mode or entry) is not None else None,
        "aux": event.aux.value,
        "actors": _people(event.parties, (Role.ACTOR, Role.SIGNATORY)),
        "recipients": _people(event.parties, (Role.RECIPIENT, Role.HOST)),
        "date": date_fields(event.date),
        "place": place_fields(event.place),
        "mentions": [_mention(m) for m in event.mentions],
        "asserted_by": list(event.told_in) or "report",
        "figures": [figure_fields(f) for f in event.figures],
        "documents": [page.id for page in row.documents],
        "reports": row.reports,
        "independent_reports": row.independent_reports,
        "unknown_reports": row.unknown_reports,
        "confidence": round(event.confidence, 2),
        "made_by": event.mentions[0].made_by,
    }


def figure_fields(figure: Figure) -> Row:
    """A figure as exported."""
    return {
        "value": figure.value,
        "comparator": figure.comparator.value,
        "unit": figure.unit,
        "of": figure.of,
        "span": [figure.span.start, figure.span.end],
        "period": [figure.period.start, figure.period.end] if figure.period is not None else None,
    }


def _mention(mention: EventMention) -> Row:
    return {
        "id": mention.id,
        "document": mention.document,
        "spans": pairs(mention.trigger),
        "participants": [
            {"role": p.role.value, "span": [p.span.start, p.span.end], "actors": [ref.name for ref in p.actors]}
            for p in mention.participants
        ],
        "aux": mention.aux.value,
        "date": mention.date.value,
        "topic": [mention.topic.start, mention.topic.end] if mention.topic is not None else None,
        "told_in": mention.told_in,
        "confidence": round(mention.confidence, 2),
    }


def _people(parties: Sequence[Party], roles: Sequence[Role]) -> list[Row]:
    return [{"id": p.actor.id, "name": p.actor.name, "role": p.role.value} for p in parties if p.role in roles]


def event_rows(record: Record) -> Iterator[Row]:
    """The rows of all events of `record`, in the order of their dates."""
    return (event_row(row) for row in record.events())


def figure_rows(record: Record) -> Iterator[Row]:
    """The rows of the figures that the reports give, each where it stands; the page's own words beside it."""
    for row in record.figures():
        fields = figure_fields(row.figure)
        # "Of" is a party in the other tables.
        fields["of_what"] = fields.pop("of")
        yield {
            "document": row.document.id,
            "path": row.document.path,
            "published": row.document.published.value,
            **fields,
            "words": row.words,
            "period_words": row.period,
        }
