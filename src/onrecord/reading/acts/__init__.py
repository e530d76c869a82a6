"""What a statement does: the trained reader of act, polarity, modality and target.

reader = ActReader.load()
[verdict] = reader.read([ActInput(text, source, cue, content, parties)])
"""

from onrecord.reading.acts.reader import ActReader
from onrecord.reading.acts.types import ActInput, ActVerdict, Party

__all__ = ["ActInput", "ActReader", "ActVerdict", "Party"]
