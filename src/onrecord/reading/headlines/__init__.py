"""Speech in lines that follow the grammar of headlines: who says what, by surface rules and the names that the body gives."""

from onrecord.reading.headlines.cast import Cast, cast_of, recased
from onrecord.reading.headlines.grammar import attributions
from onrecord.reading.headlines.phrases import Line
from onrecord.reading.headlines.verbs import may_say

__all__ = ["Cast", "Line", "attributions", "cast_of", "may_say", "recased"]
