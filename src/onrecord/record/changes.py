"""The versions of one page, and what changed from each to the next."""

from __future__ import annotations

from sqlalchemy import Connection

from onrecord.model import Document
from onrecord.record import query
from onrecord.record.rows import Version
from onrecord.reports import align


def versions(connection: Connection, document_id: str) -> tuple[Version, ...]:
    """The versions of the page a document is one of, oldest first, with the passages that came and went."""
    found: list[Version] = []
    before: Document | None = None
    for identity in query.versions(connection, document_id):
        document = query.document(connection, identity)
        found.append(_version(before, document))
        before = document
    return tuple(found)


def _version(before: Document | None, document: Document) -> Version:
    if before is None:
        return Version(document.id, document.fetched, document.title)
    copy = align(before, document)
    return Version(
        document.id,
        document.fetched,
        document.title,
        copy.added,
        copy.cut,
        tuple(span.of(document.text) for span in copy.added),
        tuple(span.of(before.text) for span in copy.cut),
    )
