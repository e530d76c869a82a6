"""The store: schema, migrations, writer, queries."""

from onrecord.record.actors import ActorRow
from onrecord.record.corrected import from_lines as corrections_from_lines
from onrecord.record.corrected import to_lines as corrections_to_lines
from onrecord.record.events import EventFilter, EventRow, FigureRow, StoryRow
from onrecord.record.index import RecordIndex
from onrecord.record.record import Batch, Record
from onrecord.record.rows import (
    CopyRef,
    DocumentRow,
    ReportRow,
    StatementFilter,
    StatementRow,
    Version,
)
from onrecord.record.store import sole_writer

__all__ = [
    "ActorRow",
    "Batch",
    "CopyRef",
    "DocumentRow",
    "EventFilter",
    "EventRow",
    "FigureRow",
    "Record",
    "RecordIndex",
    "ReportRow",
    "StatementFilter",
    "StatementRow",
    "StoryRow",
    "Version",
    "corrections_from_lines",
    "corrections_to_lines",
    "sole_writer",
]
