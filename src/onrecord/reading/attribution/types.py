"""The values the attribution reader returns."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's words or thoughts as a text reports them: who (source), by which word (cue), and what (content).

    Spans are in the order of the text. `source` is empty when nobody is named; `content` has several spans when it is
    interrupted; `cue` always has at least one. `confidence`, 0 to 1, estimates how likely it is that the content is
    right (half of it or more shared with what a person would mark) and the source too.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float
