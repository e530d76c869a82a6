"""A statement as model input: word pieces with their roles, names hidden behind one piece each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Encoding, Tokenizer

from onrecord.model import Span
from onrecord.reading.acts.types import ActInput, Party

LIMIT = 256
CASES, ROLES, SLOTS = 4, 5, 6
NO_ROLE, SOURCE, CUE, CONTENT, WHOLE = range(5)
_NO_SLOT, _NO_SIDE, _OWN_SIDE, _OTHER_SIDE, _LAST_SLOT = 0, 1, 2, 3, 5


_Piece = tuple[int, int, int, int, int, int, bool]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of one statement, a whole-text piece first and last; all tuples have one entry for each piece.

    `ids` are vocabulary numbers, `starts` and `ends` offsets in the text (both 0 at the two ends), `cases` 0 small, 1 capital
    first, 2 capitals, 3 digits; `roles` none, source, cue, content or whole text; `slots` say whether a name is hidden
    there and whose: 0 no name, 1 side not known, 2 the source's own side, 3 to 5 the other sides in the order of the text.
    `inner` marks pieces that go on with the word of the piece before.
    """

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    cases: tuple[int, ...]
    roles: tuple[int, ...]
    slots: tuple[int, ...]
    inner: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Specials:
    """The numbers of the pieces that are not words: whole text, end of text, hidden name."""

    whole: int
    end: int
    name: int

    @classmethod
    def of(cls, tokenizer: Tokenizer) -> Specials:
        """Those of a BERT vocabulary.

        Raises:
            ValueError: when the vocabulary lacks one.
        """
        found = (tokenizer.token_to_id(piece) for piece in ("[CLS]", "[SEP]", "[MASK]"))
        numbers = [number for number in found if number is not None]
        if len(numbers) != 3:
            raise ValueError("the vocabulary needs [CLS], [SEP] and [MASK]")
        return cls(*numbers)


def pieces(tokenizer: Tokenizer, rows: Sequence[ActInput]) -> list[Pieces]:
    """The model input for each statement; one of more than LIMIT pieces is cut around its roles."""
    specials = Specials.of(tokenizer)
    names = [_apart(row.parties) for row in rows]
    gaps = [_gaps(len(row.text), those) for row, those in zip(rows, names, strict=True)]
    flat = [row.text[g.start : g.end] for row, those in zip(rows, gaps, strict=True) for g in those]
    encodings = iter(tokenizer.encode_batch(flat, add_special_tokens=False))
    return [
        _assemble(row, those, between, [next(encodings) for _ in between], specials)
        for row, those, between in zip(rows, names, gaps, strict=True)
    ]


def _apart(parties: Sequence[Party]) -> list[Party]:
    """The mentions in the order of the text, of overlapping ones the longest."""
    kept: list[Party] = []
    for party in sorted(parties, key=lambda p: (p.span.start - p.span.end, p.span.start)):
        if all(party.span.end <= k.span.start or k.span.end <= party.span.start for k in kept):
            kept.append(party)
    return sorted(kept, key=lambda p: p.span.start)


def _gaps(length: int, names: Sequence[Party]) -> list[Span]:
    """The text before, between and after the names: one more than there are names, some empty."""
    edges = [0, *(edge for name in names for edge in (name.span.start, name.span.end)), length]
    return [Span(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]


def _slots(row: ActInput, names: Sequence[Party]) -> list[int]:
    known: dict[str, int] = {}
    for name in names:
        if name.side is not None and not known and _touches(name.span.start, name.span.end, row.source):
            known[name.side] = _OWN_SIDE
    following = _OTHER_SIDE
    slots = []
    for name in names:
        if name.side is None:
            slots.append(_NO_SIDE)
            continue
        if name.side not in known:
            known[name.side] = min(following, _LAST_SLOT)
            following += 1
        slots.append(known[name.side])
    return slots


def _touches(start: int, end: int, spans: Sequence[Span]) -> bool:
    return any(start < s.end and s.start < end for s in spans)


def _role(row: ActInput, start: int, end: int) -> int:
    for role, spans in ((CUE, row.cue), (SOURCE, row.source), (CONTENT, row.content)):
        if _touches(start, end, spans):
            return role
    return NO_ROLE


def case_of(word: str) -> int:
    """How a word is written, which the uncased vocabulary does not tell: 0 small, 1 capitalised, 2 in capitals, 3 a number."""
    if word[:1].isdigit():
        return 3
    if not word[:1].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1


def _assemble(
    row: ActInput, names: Sequence[Party], gaps: Sequence[Span], encodings: Sequence[Encoding], specials: Specials
) -> Pieces:
    found: list[_Piece] = []
    slots = _slots(row, names)
    for number, (gap, encoding) in enumerate(zip(gaps, encodings, strict=True)):
        word = None
        for piece, (low, high), of in zip(encoding.ids, encoding.offsets, encoding.word_ids, strict=True):
            start, end = gap.start + low, gap.start + high
            case = case_of(row.text[start:end])
            found.append((piece, start, end, case, _role(row, start, end), _NO_SLOT, of == word))
            word = of
        if number < len(names):
            span = names[number].span
            role = _role(row, span.start, span.end)
            found.append((specials.name, span.start, span.end, 0, role, slots[number], False))
    found = _cut(found)
    whole: _Piece = (specials.whole, 0, 0, 0, WHOLE, _NO_SLOT, False)
    end_: _Piece = (specials.end, 0, 0, 0, WHOLE, _NO_SLOT, False)
    return Pieces(*zip(whole, *found, end_, strict=True))


def _cut(found: list[_Piece]) -> list[_Piece]:
    """At most LIMIT - 2 pieces: as many before the first role as after the last, the end of a long content left out."""
    most = LIMIT - 2
    if len(found) <= most:
        return found
    told = [i for i, piece in enumerate(found) if piece[4] != NO_ROLE] or [0]
    spare = max(0, most - (told[-1] + 1 - told[0]))
    low = min(max(0, told[0] - spare // 2), len(found) - most)
    return found[low : low + most]
