"""Who said what: the trained reader of sources, cues and contents.

reader = AttributionReader.load()
[attributions] = reader.read([text])
"""

from onrecord.reading.attribution.reader import AttributionReader
from onrecord.reading.attribution.types import Attribution

__all__ = ["Attribution", "AttributionReader"]
