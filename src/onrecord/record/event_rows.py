"""Events as rows: what the writer stores of a mention, with its spans verified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onrecord.model import Document, EventMention, Figure, Span, errors
from onrecord.record import codec
from onrecord.record.event_blocks import block_of


def verify_mention(document: Document, mention: EventMention) -> None:
    """Checks that every span of `mention` names characters of `document`, none of them blank.

    Raises:
        SpanMismatch: when one does not, or when the mention belongs to another document.
    """
    if mention.document != document.id:
        raise errors.SpanMismatch(f"Event {mention.id} belongs to another document than {document.id}.")
    spans: list[Span] = [*mention.trigger, *(p.span for p in mention.participants), *mention.place_spans]
    spans += [f.span for f in mention.figures]
    if mention.topic is not None:
        spans.append(mention.topic)
    if not mention.trigger:
        raise errors.SpanMismatch(f"Event {mention.id} has no trigger.")
    for span in spans:
        if span.end > len(document.text) or not span.of(document.text).strip():
            raise errors.SpanMismatch(
                f"Event {mention.id} names characters {span.start} to {span.end} of {document.path}, which are no text of its own."
            )


def mention_row(mention: EventMention, line: str) -> dict[str, Any]:
    """The row of a mention that belongs to `line`."""
    return {
        "id": mention.id,
        "document": mention.document,
        "line": line,
        "start": mention.trigger[0].start,
        "kind": mention.kind.value,
        "block": block_of(mention),
        "code": mention.code.value if mention.code is not None else None,
        "aux": mention.aux.value,
        "date_value": mention.date.value,
        "date_earliest": mention.date.earliest,
        "date_latest": mention.date.latest,
        "place_name": mention.place.name if mention.place is not None else None,
        "told_in": mention.told_in,
        "confidence": round(mention.confidence, 2),
        "made_by": mention.made_by,
        "mention": codec.dump(mention),
    }


def actor_rows(mention: EventMention, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows of those in a mention by role, and of the sides behind them; `names` gives the names of sides by id."""
    named: dict[str, list[tuple[str | None, str]]] = {}
    for part in mention.participants:
        for ref in part.actors:
            named.setdefault(part.role.value, []).append((ref.id, ref.name))
    sides = sorted({side for part in mention.participants for side in part.sides})
    if sides:
        named["side"] = [(side, names.get(side, side)) for side in sides]
    return [
        {
            "mention": mention.id,
            "role": role,
            "position": position,
            "actor": actor,
            "name": name,
            "search_name": codec.search_form(name),
        }
        for role, some in named.items()
        for position, (actor, name) in enumerate(some)
    ]


def figure_rows(document: Document, figures: Iterable[Figure]) -> Sequence[dict[str, Any]]:
    """The rows of the figures of `document`."""
    return [
        {
            "document": document.id,
            "start": figure.span.start,
            "value": figure.value,
            "comparator": figure.comparator.value,
            "unit": figure.unit,
            "of_what": figure.of,
            "words": figure.span.of(document.text),
            "period": figure.period.of(document.text) if figure.period is not None else None,
            "figure": codec.dump(figure),
        }
        for figure in figures
    ]
