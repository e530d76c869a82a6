"""The store: schema, migrations, writer, queries."""

from onrecord.record.index import RecordIndex
from onrecord.record.record import Batch, Record
from onrecord.record.rows import (
    ActorRow,
    CopyRef,
    DocumentRow,
    Passage,
    ReportRow,
    StatementFilter,
    StatementRow,
)
from onrecord.record.store import sole_writer

__all__ = [
    "ActorRow",
    "Batch",
    "CopyRef",
    "DocumentRow",
    "Passage",
    "Record",
    "RecordIndex",
    "ReportRow",
    "StatementFilter",
    "StatementRow",
    "sole_writer",
]
