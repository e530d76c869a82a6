"""A sentence with its participants as model input: word pieces with their roles, names hidden behind one piece each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Encoding, Tokenizer

from onrecord.model import Span
from onrecord.reading.acts.pieces import Specials, case_of
from onrecord.reading.events.coder.types import CodingInput

LIMIT = 192
CASES, ROLES = 4, 5
NO_ROLE, SOURCE, TARGET, TRIGGER, WHOLE = range(5)

_Piece = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of one sentence, a whole-text piece first and last; all tuples have one entry for each piece.

    `ids` are vocabulary numbers; `cases` 0 small, 1 capital first, 2 capitals, 3 digits; `roles` none, source, target,
    trigger or whole text. A hidden name is the mask piece, in small letters.
    """

    ids: tuple[int, ...]
    cases: tuple[int, ...]
    roles: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ids)


def pieces(tokenizer: Tokenizer, rows: Sequence[CodingInput]) -> list[Pieces]:
    """The model input for each sentence; one of more than LIMIT pieces is cut around its roles."""
    specials = Specials.of(tokenizer)
    names = [_apart(row.names) for row in rows]
    gaps = [_gaps(len(row.sentence), those) for row, those in zip(rows, names, strict=True)]
    flat = [row.sentence[g.start : g.end] for row, those in zip(rows, gaps, strict=True) for g in those]
    encodings = iter(tokenizer.encode_batch(flat, add_special_tokens=False))
    return [
        _assemble(row, those, between, [next(encodings) for _ in between], specials)
        for row, those, between in zip(rows, names, gaps, strict=True)
    ]


def _apart(names: Sequence[Span]) -> list[Span]:
    """The names in the order of the text, of overlapping ones the longest."""
    kept: list[Span] = []
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start)):
        if len(name) and not any(name.overlaps(k) for k in kept):
            kept.append(name)
    return sorted(kept)


def _gaps(length: int, names: Sequence[Span]) -> list[Span]:
    """The text before, between and after the names: one more than there are names, some empty."""
    edges = [0, *(edge for name in names for edge in (name.start, name.end)), length]
    return [Span(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]


def _role(row: CodingInput, start: int, end: int) -> int:
    trigger = (row.trigger,) if row.trigger is not None else ()
    for role, spans in ((SOURCE, row.source), (TARGET, row.target), (TRIGGER, trigger)):
        if any(start < s.end and s.start < end for s in spans):
            return role
    return NO_ROLE


def _assemble(
    row: CodingInput, names: Sequence[Span], gaps: Sequence[Span], encodings: Sequence[Encoding], specials: Specials
) -> Pieces:
    found: list[_Piece] = []
    for number, (gap, encoding) in enumerate(zip(gaps, encodings, strict=True)):
        for piece, (low, high) in zip(encoding.ids, encoding.offsets, strict=True):
            start, end = gap.start + low, gap.start + high
            found.append((piece, case_of(row.sentence[start:end]), _role(row, start, end)))
        if number < len(names):
            found.append((specials.name, 0, _role(row, names[number].start, names[number].end)))
    ends: tuple[_Piece, _Piece] = ((specials.whole, 0, WHOLE), (specials.end, 0, WHOLE))
    return Pieces(*zip(ends[0], *_cut(found), ends[1], strict=True))


def _cut(found: list[_Piece]) -> list[_Piece]:
    """At most LIMIT - 2 pieces: as many before the first role as after the last, the end of a long participant left out."""
    most = LIMIT - 2
    if len(found) <= most:
        return found
    told = [i for i, piece in enumerate(found) if piece[2] != NO_ROLE] or [0]
    spare = max(0, most - (told[-1] + 1 - told[0]))
    low = min(max(0, told[0] - spare // 2), len(found) - most)
    return found[low : low + most]
