"""Documents that carry one text become one report with its origin.

`fingerprint` and `group` find the copies, `align` tells what each copy shares, adds and cuts, `placement` puts what was
read on the lead on every copy, `origin_of` says who made the text, and `independent` counts what stands behind a line.
"""

from onrecord.reports.align import align
from onrecord.reports.fingerprint import Fingerprint, fingerprint
from onrecord.reports.group import Verdicts, assemble, group, rank, report_id
from onrecord.reports.independence import Independents, independent
from onrecord.reports.index import (
    CANDIDATE_LIMIT,
    SHARED_BANDS,
    MemoryIndex,
    NoFamilies,
    OutletFamilies,
    ReportIndex,
)
from onrecord.reports.origin import origin_of
from onrecord.reports.place import Placement, place, placement
from onrecord.reports.same import Verdict, same_text

__all__ = [
    "CANDIDATE_LIMIT",
    "SHARED_BANDS",
    "Fingerprint",
    "Independents",
    "MemoryIndex",
    "NoFamilies",
    "OutletFamilies",
    "Placement",
    "ReportIndex",
    "Verdict",
    "Verdicts",
    "align",
    "assemble",
    "fingerprint",
    "group",
    "independent",
    "origin_of",
    "place",
    "placement",
    "rank",
    "report_id",
    "same_text",
]
