"""The search of copies over the store: what `onrecord.reports` asks, answered from SQL."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, case, func, select

from onrecord.model import Document, Report
from onrecord.record import query, schema
from onrecord.reports import CANDIDATE_LIMIT, SHARED_BANDS, Fingerprint


class RecordIndex:
    """A `ReportIndex` over an open transaction; one question costs as the candidates, not as the record."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def candidates(self, fingerprint: Fingerprint) -> Sequence[str]:
        """Documents that share bands: leads first, then those with most bands in common, then by id."""
        if not fingerprint.bands:
            return ()
        bands, members = schema.bands, schema.report_documents
        shared = func.count()
        # A number: PostgreSQL knows no largest truth value.
        lead = func.max(case((members.c.is_lead, 1), else_=0))
        rows = self._connection.execute(
            select(bands.c.document)
            .select_from(bands.outerjoin(members, members.c.document == bands.c.document))
            .where(bands.c.band.in_(fingerprint.bands))
            .group_by(bands.c.document)
            .having(shared >= min(SHARED_BANDS, len(fingerprint.bands)))
            .order_by(lead.desc(), shared.desc(), bands.c.document)
            .limit(CANDIDATE_LIMIT)
        )
        return list(rows.scalars())

    def document(self, document: str) -> Document:
        """The document with that id."""
        return query.document(self._connection, document)

    def report_of(self, document: str) -> Report | None:
        """The report that holds the document, complete, or None."""
        return query.report_of(self._connection, document)
