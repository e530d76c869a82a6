"""When statements were made, and when a page without a whole date was published.

`date_statements` gives every statement its date and its order beside a happening, from time expressions, happenings, the
run of the text and the day of publication. `infer_published` finds the day of a page that does not state it, from weekdays
and the terms of the office-holders it names; it is a step of its own, taken or not. `with_deadlines` comes last and counts
the deadlines of propositions from the days of the sayings.
"""

from onrecord.resolution.dates.deadlines import with_deadlines
from onrecord.resolution.dates.published import infer_published
from onrecord.resolution.dates.statements import date_statements
from onrecord.resolution.dates.terms import KnowledgeTerms, OfficeTerms

__all__ = ["KnowledgeTerms", "OfficeTerms", "date_statements", "infer_published", "with_deadlines"]
