"""Tables about actors, offices with dates, agencies and places: a source for every row."""

from onrecord.knowledge.actors import Known, Named, NameForm
from onrecord.knowledge.knowledge import Knowledge
from onrecord.knowledge.press import Publisher

__all__ = ["Knowledge", "Known", "NameForm", "Named", "Publisher"]
