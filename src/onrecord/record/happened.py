"""Events without reading the whole record: those of one page, and those that two sides had a part in."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from onrecord.model import EventKind, EventMention, active
from onrecord.record import codec, listing, schema
from onrecord.record.corrected import corrected, log
from onrecord.record.events import EventRow, row_of
from onrecord.record.sides import Sides
from onrecord.relations.events import Telling
from onrecord.relations.events import events as put_together

#: What sides do together or to each other, in the order of the timeline's words; sayings are statements.
MEETINGS = (EventKind.MEETING, EventKind.TALKS, EventKind.VISIT, EventKind.AGREEMENT, EventKind.RUPTURE)
#: Mentions that are put together at most, those of the last days first.
_MENTIONS = 1_500


def mentions_in(connection: Connection, document: str) -> list[EventMention]:
    """The places of a page that tell an event, in text order, actors as corrected."""
    t = schema.event_mentions
    named = corrected(connection).identities
    rows = connection.execute(select(t.c.mention).where(t.c.document == document).order_by(t.c.start, t.c.id)).scalars()
    return [named.mention(codec.load(row, EventMention)) for row in rows]


def between(
    connection: Connection, one: str, two: str, kinds: Sequence[EventKind] = MEETINGS, until: str | None = None
) -> list[EventRow]:
    """The events of these kinds in which both sides (ids) take part, in the order of their dates; of many, those told last.

    With `until` (an ISO day) only pages that were out by then are asked.
    """
    t, a, d, rd = schema.event_mentions, schema.event_actors, schema.documents, schema.report_documents
    changed = corrected(connection)
    sides = Sides(connection)
    asked = (
        select(t.c.document, t.c.line, t.c.mention, d.c.published_value, rd.c.report)
        .select_from(t.join(d, d.c.id == t.c.document).outerjoin(rd, rd.c.document == d.c.id))
        .where(t.c.kind.in_([kind.value for kind in kinds]))
        .order_by(t.c.date_value.desc().nulls_last(), t.c.id)
        .limit(_MENTIONS)
    )
    for side in (one, two):
        members = sides.members([side], changed.identities)
        asked = asked.where(t.c.id.in_(select(a.c.mention).where(a.c.actor.in_(members))))
    if until is not None:
        asked = asked.where(d.c.published_value <= until)
    rows = list(connection.execute(asked))
    tellings = [
        Telling(
            changed.identities.mention(codec.load(row.mention, EventMention)), row.line, row.report, row.published_value
        )
        for row in rows
    ]
    found = put_together(
        sorted(tellings, key=lambda x: (x.mention.document, x.mention.trigger)), active(log(connection))
    )
    pages = {row.id: row for row in listing.documents(connection, {row.document for row in rows})} if rows else {}
    return [row_of(connection, event, pages) for event in found]
