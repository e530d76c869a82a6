"""Carries offsets from the lead of a report to a copy, through the passages that both share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from onrecord.model import Copy, Passage, Reason, Span
from onrecord.reports.align import Link, level, links
from onrecord.reports.words import body_words


class Carrier:
    """Maps spans of the lead's text to the copy's text; what has no exact counterpart maps to None.

    In an exact passage an offset moves by a constant. In any other, offsets map at the edges of words, and between
    words where the glyphs there correspond one to one. A span over several passages maps when nothing but white space
    parts them in both texts.
    """

    def __init__(self, lead: str, copy: str, alignment: Copy) -> None:
        self._lead = lead
        self._copy = copy
        self._passages = alignment.passages
        self._starts = [p.lead.start for p in self._passages]
        self._edges: dict[int, tuple[dict[int, int], dict[int, int]]] = {}

    def span(self, span: Span) -> Span | None:
        """The span of the copy that carries the same words, or None. An empty span has none."""
        if span.start >= span.end:
            return None
        first, last = self._passage(span.start), self._passage(span.end - 1)
        if first is None or last is None or not self._together(first, last):
            return None
        start, end = self._start(first, span.start), self._end(last, span.end)
        if start is None or end is None or start >= end:
            return None
        return Span(start, end)

    def all(self, spans: Iterable[Span]) -> tuple[Span, ...] | None:
        """All the spans carried over, or None when one of them cannot be."""
        carried = [self.span(s) for s in spans]
        found = tuple(s for s in carried if s is not None)
        return found if len(found) == len(carried) else None

    def reasons(self, reasons: Iterable[Reason]) -> tuple[Reason, ...]:
        """The reasons with their evidence at the copy's offsets; what the copy does not carry loses its characters alone."""
        return tuple(replace(r, span=self.span(r.span)) if r.span is not None else r for r in reasons)

    def _passage(self, offset: int) -> int | None:
        at = bisect_right(self._starts, offset) - 1
        return at if at >= 0 and offset < self._passages[at].lead.end else None

    def _together(self, first: int, last: int) -> bool:
        """True when the passages from `first` to `last` follow each other in both texts with white space between."""
        for at in range(first, last):
            here, there = self._passages[at], self._passages[at + 1]
            between = self._lead[here.lead.end : there.lead.start] + self._copy[here.copy.end : there.copy.start]
            if here.lead.end > there.lead.start or here.copy.end > there.copy.start or between.strip():
                return False
        return True

    def _start(self, at: int, offset: int) -> int | None:
        passage = self._passages[at]
        if passage.exact:
            return offset - passage.lead.start + passage.copy.start
        return self._word_edges(at)[0].get(offset)

    def _end(self, at: int, offset: int) -> int | None:
        passage = self._passages[at]
        if passage.exact:
            return offset - passage.lead.start + passage.copy.start
        return self._word_edges(at)[1].get(offset)

    def _word_edges(self, at: int) -> tuple[dict[int, int], dict[int, int]]:
        """The offsets of a passage that correspond: those where a span may start, and those where one may end."""
        if at not in self._edges:
            self._edges[at] = _edges(self._lead, self._copy, self._passages[at])
        return self._edges[at]


def _edges(lead: str, copy: str, passage: Passage) -> tuple[dict[int, int], dict[int, int]]:
    first, second = body_words(lead, (passage.lead,)), body_words(copy, (passage.copy,))
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    a, b = passage.lead.start, passage.copy.start
    edge = Link(len(first), len(first), len(second), len(second))
    for link in (*links(first, second), edge):
        closing = link is edge
        a_next = passage.lead.end if closing else first.spans[link.first][0]
        b_next = passage.copy.end if closing else second.spans[link.second][0]
        _between(lead, a, a_next, copy, b, b_next, starts, ends)
        if closing:
            break
        a, b = first.spans[link.first_end - 1][1], second.spans[link.second_end - 1][1]
    return starts, ends


def _between(
    lead: str, a: int, a_end: int, copy: str, b: int, b_end: int, starts: dict[int, int], ends: dict[int, int]
) -> None:
    """Enter the corresponding offsets between two words: forward from the left word, backward from the right one.

    An offset reached from both sides at different places is ambiguous; a span then ends by the left word's reckoning and
    starts by the right word's.
    """
    here, there = level(lead[a:a_end]), level(copy[b:b_end])
    ends[a] = b
    for length in range(1, min(len(here), len(there)) + 1):
        if here[:length] != there[:length]:
            break
        ends[a + length] = b + length
    starts[a_end] = b_end
    for length in range(1, min(len(here), len(there)) + 1):
        if here[-length:] != there[-length:]:
            break
        starts[a_end - length] = b_end - length
