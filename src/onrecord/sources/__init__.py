"""Bytes from files, archives and feeds become pages."""

from onrecord.sources.limits import Columns, Limits
from onrecord.sources.places import pages

__all__ = ["Columns", "Limits", "pages"]
