"""Quotations checked against a record: verbatim, altered, stitched, cut, given to somebody else or another day, or not found.

`check` asks an open record and nothing else; `matching` compares words and knows no record.
"""

from onrecord.record.checking.check import Checker, check
from onrecord.record.checking.drafts import quoted
from onrecord.record.checking.headlines import check_headline, check_headlines
from onrecord.record.checking.types import Change, Checked, Edit, Found, Quoted, Verdict

__all__ = [
    "Change",
    "Checked",
    "Checker",
    "Edit",
    "Found",
    "Quoted",
    "Verdict",
    "check",
    "check_headline",
    "check_headlines",
    "quoted",
]
