"""Python: the record as questions and typed rows, and as frames where the library is there."""

from onrecord.views.python.record import Record
from onrecord.views.python.rows import Rows

__all__ = ["Record", "Rows"]
