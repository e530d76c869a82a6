"""What one participant does to another: the trained coder of PLOVER events.

coder = EventCoder.load()
[coding] = coder.code([CodingInput(sentence, source, target, trigger, names)])
"""

from onrecord.reading.events.coder.reader import EventCoder
from onrecord.reading.events.coder.types import Coding, CodingInput

__all__ = ["Coding", "CodingInput", "EventCoder"]
