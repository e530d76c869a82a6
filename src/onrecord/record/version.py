"""What tells one state of a record from another, without reading it: asked before every answer that a program may keep."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from onrecord.model import content_id
from onrecord.record import query, schema

#: Nothing a view shows changes without a row more or less in one of these: pages come, are found again, forgotten, corrected.
_COUNTED = (schema.documents, schema.pages, schema.skipped, schema.corrections, schema.tombstones)


def version(connection: Connection) -> str:
    """A short word that changes whenever something was read, corrected or forgotten, or another version read pages."""
    counts = connection.execute(
        select(*(select(func.count()).select_from(t).scalar_subquery() for t in _COUNTED))
    ).one()
    return content_id("v", tuple(counts), tuple(query.makers(connection).items()))
