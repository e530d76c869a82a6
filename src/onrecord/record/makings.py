"""What made the lines of each page: the parts with their versions, in which order pages were read, and what they were given.

A part is a step of the reading: its rules (the hash of its code and tables), a model (the hash of its files), the tables of actors
with the user's own rows. With these a record can be made again, and says which of its pages today's parts did not make.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, func, select

from onrecord.model import DateValue, Document, content_id
from onrecord.record import codec, query, schema

#: The settings under which the rows of a user's table of actors are kept, by the version of the tables they make together.
OVERLAY = "actors:"


@dataclass(frozen=True, slots=True)
class Made:
    """One document as it was given to the reader, with the parts that read it and its place in the order of reading.

    ``document`` has the date that was known before the reading; ``parts`` maps names to versions; ``batch`` counts the
    transactions in which pages were read together.
    """

    document: Document
    content_sha256: str
    parts: Mapping[str, str]
    batch: int


@dataclass(frozen=True, slots=True)
class PartOutdated:
    """A part that has another version today than it had when pages were read: both, and how many pages and which."""

    part: str
    record: str
    today: str
    documents: tuple[str, ...]


def note(connection: Connection, documents: Sequence[Document], parts: Mapping[str, str]) -> None:
    """Notes that `parts` read the new `documents` together, in this order."""
    if not documents:
        return
    names = tuple((name, parts[name]) for name in sorted(parts))
    making = content_id("mk", names)
    m, d = schema.makings, schema.document_makings
    if connection.execute(select(m.c.id).where(m.c.id == making)).first() is None:
        connection.execute(m.insert(), [{"id": making, "parts": json.dumps(dict(names))}])
    position, batch = connection.execute(
        select(func.coalesce(func.max(d.c.position), 0), func.coalesce(func.max(d.c.batch), 0))
    ).one()
    rows = [
        {
            "document": document.id,
            "making": making,
            "position": position + number,
            "batch": batch + 1,
            "published": codec.dump(document.published),
        }
        for number, document in enumerate(documents, 1)
    ]
    connection.execute(delete(d).where(d.c.document.in_([row["document"] for row in rows])))
    connection.execute(d.insert(), rows)


def parts_of(connection: Connection, document_id: str) -> dict[str, str]:
    """The parts that read a document with their versions, by name; none where an earlier version did not note them."""
    m, d = schema.makings, schema.document_makings
    asked = select(m.c.parts).select_from(d.join(m, m.c.id == d.c.making)).where(d.c.document == document_id)
    found = connection.execute(asked).scalar()
    return dict(json.loads(found)) if found else {}


def unnoted(connection: Connection) -> int:
    """How many documents were read before the record noted what made them."""
    d, k = schema.documents, schema.document_makings
    asked = select(func.count()).select_from(d).where(d.c.id.not_in(select(k.c.document)))
    return int(connection.execute(asked).scalar() or 0)


def made(connection: Connection) -> Iterable[Made]:
    """All documents in the order in which they were read; those that nothing is noted of come last, by id, in one batch."""
    d, k, m, p = schema.documents, schema.document_makings, schema.makings, schema.pages
    asked = (
        select(d.c.id, k.c.batch, k.c.published, m.c.parts)
        .select_from(d.outerjoin(k, k.c.document == d.c.id).outerjoin(m, m.c.id == k.c.making))
        .order_by(k.c.position.is_(None), k.c.position, d.c.id)
    )
    for row in connection.execute(asked).all():
        document = query.document(connection, row.id)
        if row.published is not None:
            document = replace(document, published=codec.load(row.published, DateValue))
        digest = connection.execute(
            select(p.c.content_sha256).where(p.c.document == row.id).order_by(p.c.path, p.c.content_sha256)
        ).scalar()
        yield Made(document, digest or "", json.loads(row.parts) if row.parts else {}, row.batch or 0)


def overlays(connection: Connection) -> dict[str, str]:
    """The users' tables of actors that pages were read with, as text, by the version of the tables with them."""
    t = schema.settings
    rows = connection.execute(select(t.c.name, t.c.value).where(t.c.name.startswith(OVERLAY)).order_by(t.c.name))
    return {row.name.removeprefix(OVERLAY): row.value for row in rows}


def put_overlay(connection: Connection, version: str, text: str) -> None:
    """Keeps a user's table of actors; `version` is that of all tables with it."""
    t = schema.settings
    connection.execute(delete(t).where(t.c.name == OVERLAY + version))
    connection.execute(t.insert(), [{"name": OVERLAY + version, "value": text}])


def last_overlay(connection: Connection) -> str | None:
    """The user's table of actors that the latest pages were read with, as text; None where there was none."""
    k, m = schema.document_makings, schema.makings
    asked = select(m.c.parts).select_from(k.join(m, m.c.id == k.c.making)).order_by(k.c.position.desc()).limit(1)
    found = connection.execute(asked).scalar()
    return overlays(connection).get(json.loads(found).get("knowledge", "")) if found else None


def outdated(connection: Connection, today: Mapping[str, str]) -> tuple[PartOutdated, ...]:
    """The parts of which pages were read with another version than `today`'s, by name and version, with the pages.

    A part that the record does not know, or that is no more, counts with the version ``none``; pages of which nothing is noted
    count under the part ``unknown``.
    """
    d, k, m = schema.documents, schema.document_makings, schema.makings
    parts = {row.id: dict(json.loads(row.parts)) for row in connection.execute(select(m.c.id, m.c.parts))}
    asked = select(d.c.id, k.c.making).select_from(d.outerjoin(k, k.c.document == d.c.id)).order_by(d.c.id)
    found: dict[tuple[str, str, str], list[str]] = {}
    differences = {making: _differences(then, today) for making, then in parts.items()}
    for row in connection.execute(asked):
        for key in differences.get(row.making, [("unknown", "not noted", "")]):
            found.setdefault(key, []).append(row.id)
    return tuple(PartOutdated(*key, tuple(found[key])) for key in sorted(found))


def _differences(then: Mapping[str, str], today: Mapping[str, str]) -> list[tuple[str, str, str]]:
    names = sorted(then.keys() | today.keys())
    return [
        (name, then.get(name, "none"), today.get(name, "none")) for name in names if then.get(name) != today.get(name)
    ]


def tally(found: Iterable[PartOutdated]) -> Counter[str]:
    """How many of the parts each document was read with that have another version today."""
    return Counter(document for part in found for document in part.documents)
