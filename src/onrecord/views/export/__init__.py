"""Exports: a record as files that other programs read."""

from onrecord.views.export.tables import KINDS, rows, write_csv, write_jsonl

__all__ = ["KINDS", "rows", "write_csv", "write_jsonl"]
