"""What a record that is made again takes over as it is: what people entered, servers told and clocks said; nothing that was read."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from onrecord.record import schema

#: In an order in which rows may be inserted. `pages` are those of documents that the new record has.
_TABLES = (
    schema.tombstones,
    schema.settings,
    schema.fetches,
    schema.skipped,
    schema.corrections,
    schema.judgments,
    schema.backups,
    schema.arrivals,
)


def carry(source: Connection, target: Connection) -> None:
    """Puts the reviewers' entries, tombstones, settings, skipped places and places of pages of `source` into `target`."""
    for table in _TABLES:
        rows = [dict(row) for row in source.execute(select(table)).mappings()]
        target.execute(delete(table))
        if rows:
            target.execute(table.insert(), rows)
    p, d = schema.pages, schema.documents
    there = set(target.execute(select(d.c.id)).scalars())
    have = {(row.path, row.content_sha256) for row in target.execute(select(p.c.path, p.c.content_sha256))}
    rows = [
        dict(row)
        for row in source.execute(select(p)).mappings()
        if row["document"] in there and (row["path"], row["content_sha256"]) not in have
    ]
    if rows:
        target.execute(p.insert(), rows)
