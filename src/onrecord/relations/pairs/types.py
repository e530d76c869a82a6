"""The values the pair classifier takes and returns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.model import Span


class Meaning(StrEnum):
    """How one content stands to another: they cannot both be so, they say the same, or neither."""

    AGAINST = "against"
    SAME = "same"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Name:
    """A mention of somebody by name, and the side it belongs to (any label; None for a side that is not known)."""

    span: Span
    side: str | None


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement in the sentence it stands in; the spans are offsets into `text`, `side` is its speaker's.

    The names are hidden from the classifier, which sees only whether one is of the first speaker's side, of the second's, or of
    another: so no verdict depends on a name. They do not overlap.
    """

    text: str
    content: tuple[Span, ...]
    side: str
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The likeliest meaning, and the calibrated probability (0 to 1) of each."""

    meaning: Meaning
    against: float
    same: float
    other: float

    @property
    def score(self) -> float:
        """The probability of the likeliest meaning."""
        return max(self.against, self.same, self.other)
