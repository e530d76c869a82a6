"""Exports: a record as files that other programs read."""

from onrecord.views.export.files import write_csv, write_jsonl, write_parquet
from onrecord.views.export.gdelt import write_gdelt_events, write_gdelt_mentions
from onrecord.views.export.polecat import write_polecat
from onrecord.views.export.tables import KINDS, TABLES, Table, rows

__all__ = [
    "KINDS",
    "TABLES",
    "Table",
    "rows",
    "write_csv",
    "write_gdelt_events",
    "write_gdelt_mentions",
    "write_jsonl",
    "write_parquet",
    "write_polecat",
]
