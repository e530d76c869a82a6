"""Two statements as model input: the word pieces of both sentences, names hidden behind one piece each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.model import Span
from onrecord.reading.acts.pieces import case_of
from onrecord.relations.pairs.types import Saying

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

#: Pieces of one statement; a pair has twice as many and three more.
LIMIT = 96
CASES, ROLES, SLOTS = 4, 5, 4
_FIRST, _FIRST_CONTENT, _SECOND, _SECOND_CONTENT, WHOLE = range(ROLES)
CONTENTS = (_FIRST_CONTENT, _SECOND_CONTENT)
_FIRST_SIDE, _SECOND_SIDE, _ANOTHER_SIDE = 1, 2, 3

_Piece = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a pair: whole text, first sentence, end, second sentence, end; one entry a piece in each tuple.

    `ids` are vocabulary numbers; `cases` 0 small, 1 capital first, 2 capitals, 3 digits; `roles` tell the sentence and
    whether the piece is of its content; `slots` 0 no name, 1 the first speaker's side, 2 the second's, 3 another.
    """

    ids: tuple[int, ...]
    cases: tuple[int, ...]
    roles: tuple[int, ...]
    slots: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ids)


def pieces(tokenizer: Tokenizer, pairs: Sequence[tuple[Saying, Saying]]) -> list[Pieces]:
    """The model input for each pair; a statement of more than LIMIT pieces is cut around its content.

    Raises:
        ValueError: when the vocabulary lacks a piece for the whole, the end or a hidden name.
    """
    found_ = (tokenizer.token_to_id(piece) for piece in ("[CLS]", "[SEP]", "[MASK]"))
    specials = [number for number in found_ if number is not None]
    if len(specials) != 3:
        raise ValueError("the vocabulary needs [CLS], [SEP] and [MASK]")
    whole, end, name = specials
    sayings = [saying for pair in pairs for saying in pair]
    flat = [saying.text[g.start : g.end] for saying in sayings for g in _gaps(saying)]
    encodings = iter(tokenizer.encode_batch(flat, add_special_tokens=False))
    out = []
    for one, two in pairs:
        sides = {two.side: _SECOND_SIDE} | {one.side: _FIRST_SIDE}
        found: list[_Piece] = [(whole, 0, WHOLE, 0)]
        for saying, roles in ((one, (_FIRST, _FIRST_CONTENT)), (two, (_SECOND, _SECOND_CONTENT))):
            found += _sentence(saying, [next(encodings) for _ in _gaps(saying)], roles, sides, name)
            found.append((end, 0, WHOLE, 0))
        out.append(Pieces(*zip(*found, strict=True)))
    return out


def _gaps(saying: Saying) -> list[Span]:
    """The text before, between and after the names: one more than there are names, some empty."""
    edges = [0, *(edge for name in saying.names for edge in (name.span.start, name.span.end)), len(saying.text)]
    return [Span(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]


def _sentence(
    saying: Saying, encodings: Sequence[Encoding], roles: tuple[int, int], sides: dict[str, int], hidden: int
) -> list[_Piece]:
    found: list[_Piece] = []
    for number, (gap, encoding) in enumerate(zip(_gaps(saying), encodings, strict=True)):
        for piece, (low, high) in zip(encoding.ids, encoding.offsets, strict=True):
            start, end = gap.start + low, gap.start + high
            found.append((piece, case_of(saying.text[start:end]), roles[_inside(saying, start, end)], 0))
        if number < len(saying.names):
            name = saying.names[number]
            slot = sides.get(name.side, _ANOTHER_SIDE) if name.side is not None else _ANOTHER_SIDE
            found.append((hidden, 0, roles[_inside(saying, name.span.start, name.span.end)], slot))
    return _cut(found, roles[1])


def _inside(saying: Saying, start: int, end: int) -> bool:
    return any(start < s.end and s.start < end for s in saying.content)


def _cut(found: list[_Piece], content: int) -> list[_Piece]:
    """At most LIMIT pieces: as many before the content as after it, the end of a long content left out."""
    if len(found) <= LIMIT:
        return found
    told = [i for i, piece in enumerate(found) if piece[2] == content] or [0]
    spare = max(0, LIMIT - (told[-1] + 1 - told[0]))
    low = min(max(0, told[0] - spare // 2), len(found) - LIMIT)
    return found[low : low + LIMIT]
