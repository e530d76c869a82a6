"""Documents become readings: sentences, mentions, time expressions, statements, events."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reading.reader import Reader

__all__ = ["Reader"]


def __getattr__(name: str) -> object:
    """`Reader`, imported when it is first asked for: its language library takes a second, and most commands read nothing."""
    if name != "Reader":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from onrecord.reading.reader import Reader

    return Reader
