"""The values the event coder takes and returns."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Span
from onrecord.model.events import Auxiliary, Root


@dataclass(frozen=True, slots=True)
class CodingInput:
    """A sentence with an ordered pair of participants; all spans are offsets into `sentence`.

    `source` are the words for the one who acts and `target` those for the one acted on; a compound actor has several
    spans, a participant who is not named has none. `trigger` is the word that names the event, None when it is not known.
    `names` are the actors' names, those of third parties too: each is hidden from the coder, which sees only that a name
    stands there. Of names that overlap the longer counts.
    """

    sentence: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    trigger: Span | None = None
    names: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Coding:
    """What the source does to the target, with calibrated scores from 0 to 1.

    `root` is None when the sentence tells no event between the two. `mode` is the PLOVER mode of the root (plover.csv),
    None where the coder has none to say. `root_probability` is that of the choice made, no event included.
    """

    root: Root | None
    root_probability: float
    aux: Auxiliary
    aux_probability: float
    mode: str | None = None
