"""The values the act reader takes and returns."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Act, Modality, Polarity, Span


@dataclass(frozen=True, slots=True)
class Party:
    """A mention of somebody by name, and the side it belongs to (any label; None when not known)."""

    span: Span
    side: str | None = None


@dataclass(frozen=True, slots=True)
class ActInput:
    """One statement in the sentence or sentences it stands in; all spans are offsets into `text`.

    `source` and `cue` may be empty. `parties` are hidden from the reader, which sees only that a name stands there and
    which names share a side: so no verdict depends on a name. Of two that overlap the longer counts.
    """

    text: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    parties: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class ActVerdict:
    """What a statement does, with calibrated scores from 0 to 1.

    `alternatives` are the three likeliest acts with their scores, the chosen one first. `target` is the span of the words
    that name the one the act is aimed at, None when it is aimed at nobody; `target_score` is the probability of that choice.
    """

    act: Act
    act_score: float
    alternatives: tuple[tuple[Act, float], ...]
    polarity: Polarity
    modality: Modality
    target: Span | None
    target_score: float
