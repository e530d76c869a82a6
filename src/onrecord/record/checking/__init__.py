"""Quotations checked against a record: verbatim, altered, stitched, cut, given to somebody else or another day, or not found.

`check.check` and `headlines.check_headlines` ask an open record and nothing else; `matching` compares words and knows no record.
Here are only their types, so that naming a verdict loads no pattern.
"""

from onrecord.record.checking.types import Change, Checked, Edit, Found, Quoted, Verdict

__all__ = ["Change", "Checked", "Edit", "Found", "Quoted", "Verdict"]
