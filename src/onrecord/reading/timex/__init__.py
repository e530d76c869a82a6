"""Time expressions: a TIMEX3 grammar for English news.

`timexes` finds and values them. The grammar is a table of rules, one module for each kind of expression; extents, types and
values follow TimeML 1.2.1 (Sauri et al., TimeML Annotation Guidelines, 2006) as TempEval-3 (UzZaman et al., 2013) uses it.
"""

from onrecord.reading.timex.scan import timexes

__all__ = ["timexes"]
