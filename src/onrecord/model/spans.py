"""Spans: half-open code-point offsets into one source text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of Unicode code points of one source text, so that ``text[start:end]`` is the string meant.

    Raises:
        ValueError: when ``start`` is negative or ``end`` lies before ``start``.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that the span names."""
        return text[self.start : self.end]

    def shift(self, by: int) -> Span:
        """The span moved by `by` code points (negative moves left)."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """True when the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True when every code point of `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


def trimmed(text: str, span: Span) -> Span:
    """The span without the white space at its two ends; an all-blank span becomes empty at its start."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def envelope(spans: Iterable[Span]) -> Span | None:
    """The smallest span that holds all of `spans`, or None when there are none."""
    found = list(spans)
    if not found:
        return None
    return Span(min(s.start for s in found), max(s.end for s in found))


def joined_text(text: str, spans: Iterable[Span]) -> str:
    """The strings of `spans` in the order given, parted by " … " where the content is discontinuous."""
    return " … ".join(s.of(text) for s in spans)
