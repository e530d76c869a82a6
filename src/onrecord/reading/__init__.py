"""Documents become readings: sentences, mentions, time expressions, statements."""

from onrecord.reading.reader import Reader

__all__ = ["Reader"]
