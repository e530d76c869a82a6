"""How the words of a quotation stand to the words of a passage: the same, changed, cut or put together; nothing but words in.

A quotation is looked up as it is first; else it is aligned with the stretch of the passage that it fits best (semi-global
alignment, Sellers 1980: the whole quotation against any part of the passage).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from rapidfuzz import fuzz

from onrecord.model import Span
from onrecord.record.checking.types import Change, Edit
from onrecord.record.checking.words import (
    CONDITIONS,
    FUNCTION,
    IRREGULAR,
    NEGATIONS,
    TURNING,
    Run,
    Word,
    telling,
    words,
)

_ELLIPSIS = re.compile(r"[\[(]\s*(?:\.\s*){3,}\s*[\])]|(?:\.\s?){3,}|…|[\[(]\s*…\s*[\])]")
#: What a writer put into brackets is marked as not quoted; a single bracketed letter is only another case.
_INSERTED = re.compile(r"\[(?![A-Za-z]\])[^\]]{0,80}\]")
_LETTER = re.compile(r"\[([A-Za-z])\]")
_CLAUSE = re.compile(r"[,;:.!?—–]|\s-+\s|\b(?:who|whom|whose|which|where|when|while|because|although|though)\b")
_SENTENCE = re.compile(r"[.!?]")
#: A silent gap of more words than this joins two sayings rather than dropping words of one.
_GAP = 7
#: And so many when a sentence ends among them.
_ACROSS = 3
#: The two parts of a stitched quotation have each so many words, and words that tell something among them.
_PART = 4
_SIMILAR = 72.0


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation ready to be looked up: its words in the pieces that its ellipses leave."""

    pieces: tuple[tuple[Word, ...], ...]

    @classmethod
    def of(cls, text: str) -> Quote:
        """The pieces of a quotation's text; offsets are into that text."""
        bare = _LETTER.sub(lambda m: f"\u200b{m[1]}\u200b", text)
        cuts = sorted([m.span() for m in _ELLIPSIS.finditer(bare)] + [m.span() for m in _INSERTED.finditer(bare)])
        spans, at = [], 0
        for start, end in cuts:
            if start >= at:
                spans.append(Span(at, start))
            at = max(at, end)
        spans.append(Span(at, len(bare)))
        pieces = (words(bare, [span]) for span in spans)
        return cls(tuple(piece for piece in pieces if piece))

    @property
    def words(self) -> tuple[Word, ...]:
        """All its words in order."""
        return tuple(word for piece in self.pieces for word in piece)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's text that quotations are looked up in, as words in a row."""

    text: str
    run: Run

    @classmethod
    def of(cls, text: str, spans: Sequence[Span]) -> Passage:
        """The words of `spans` of `text`."""
        return cls(text, Run.of(words(text, spans)))

    def between(self, i: int, j: int) -> str:
        """The characters between the end of word `i` and the start of word `j`."""
        w = self.run.words
        return self.text[w[i].span.end : w[j].span.start]

    def span(self, i: int, j: int) -> Span:
        """The characters from word `i` to the last before `j`."""
        w = self.run.words
        return Span(w[i].span.start, w[j - 1].span.end)


@dataclass(frozen=True, slots=True)
class Exact:
    """A quotation found word for word: the passage's words of each piece, and whether what it leaves out turns it."""

    ranges: tuple[tuple[int, int], ...]
    cut: str = ""


def exact(quote: Quote, passage: Passage, around: Sequence[str] = ()) -> Exact | None:
    """Where all pieces of the quotation stand in the passage in their order, or None; `around` are the draft's words beside it."""
    ranges: list[tuple[int, int]] = []
    at = 0
    for piece in quote.pieces:
        found = passage.run.find("".join(w.form for w in piece), at)
        if found is None:
            return None
        ranges.append(found)
        at = found[1]
    if not ranges:
        return None
    dropped = [w for (_, a), (b, _) in pairwise(ranges) for w in _turned(passage, a, b)]
    dropped += _edges(quote, passage, ranges, frozenset(around))
    return Exact(tuple(ranges), " ".join(dropped))


def _turned(passage: Passage, start: int, stop: int) -> list[str]:
    """Turning words between two kept pieces, in the same clause as one of them."""
    w = passage.run.words
    found = []
    for i in range(start, stop):
        if w[i].form in TURNING and (
            not _CLAUSE.search(passage.text[w[start - 1].span.end : w[i].span.start])
            or not _CLAUSE.search(passage.text[w[i].span.end : w[stop].span.start])
        ):
            found.append(passage.text[w[i].span.start : w[i].span.end])
    return found


def _edges(quote: Quote, passage: Passage, ranges: Sequence[tuple[int, int]], around: frozenset[str]) -> list[str]:
    """A negation right before the first word or after the last, or a condition right after it, that the draft has nowhere beside it."""
    w = passage.run.words
    first, stop = ranges[0][0], ranges[-1][1]
    found: list[str] = []
    if len(quote.words) < 4:
        return found
    before = first > 0 and w[first - 1].form in NEGATIONS and not around & TURNING
    if before and not _CLAUSE.search(passage.between(first - 1, first)):
        found.append(w[first - 1].span.of(passage.text))
    if stop < len(w) and not passage.between(stop - 1, stop).strip(" ,\n\t"):
        negated = w[stop].form in NEGATIONS and not around & TURNING and "," not in passage.between(stop - 1, stop)
        if negated or (w[stop].form in CONDITIONS and w[stop].form not in around):
            found.append(w[stop].span.of(passage.text))
    return found


@dataclass(frozen=True, slots=True)
class Fit:
    """The best alignment of a quotation with a passage.

    ``pairs`` are the steps: a word of the quotation with one of the passage (None where one side has none). ``same`` is the
    share of the quotation's words that are the same, ``telling`` that of its telling words, similar forms counted by half.
    """

    pairs: tuple[tuple[int | None, int | None], ...]
    same: float
    telling: float
    first: int
    stop: int


def fit(quote: Quote, passage: Passage) -> Fit | None:
    """The alignment of the whole quotation with the stretch of the passage that it fits best; None when nothing fits."""
    q, p = quote.words, passage.run.words
    if not q or not p:
        return None
    free = set()
    at = 0
    for piece in quote.pieces[:-1]:
        at += len(piece)
        free.add(at)
    pairs = _aligned([w.form for w in q], [w.form for w in p], free)
    matched = [(i, j) for i, j in pairs if i is not None and j is not None]
    if not matched:
        return None
    worth = {i: 1.0 if q[i].form == p[j].form else 0.5 if alike(q[i].form, p[j].form) else 0.0 for i, j in matched}
    tell = [i for i, w in enumerate(q) if w.form not in FUNCTION]
    share = sum(worth.get(i, 0.0) for i in tell) / len(tell) if tell else 0.0
    used = [j for _, j in pairs if j is not None]
    return Fit(tuple(pairs), sum(worth.values()) / len(q), share, min(used), max(used) + 1)


def alike(one: str, two: str) -> bool:
    """True for two forms of one word ("sends", "sent", "sending"), as far as their letters tell."""
    if one == two:
        return True
    if IRREGULAR.get(one, one) == IRREGULAR.get(two, two):
        return True
    common = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        common += 1
    return common >= 3 and (common >= min(len(one), len(two)) - 1 or fuzz.ratio(one, two) >= _SIMILAR)


_ADD, _DROP = 1.0, 0.8


def _aligned(q: Sequence[str], p: Sequence[str], free: set[int]) -> list[tuple[int | None, int | None]]:
    """The cheapest steps from the quotation's words to a stretch of the passage's; words before and after it cost nothing."""
    width = len(p) + 1
    rows = [[0.0] * width]
    for i, word in enumerate(q, 1):
        above = rows[-1]
        drop = 0.01 if i in free else _DROP
        row = [above[0] + _ADD]
        for j in range(1, width):
            other = p[j - 1]
            step = above[j - 1] + (0.0 if word == other else 0.6 if alike(word, other) else 1.0)
            row.append(min(step, above[j] + _ADD, row[j - 1] + drop))
        rows.append(row)
    # Words after the last one cost nothing: the row of the whole quotation is read at its cheapest place, the first of several.
    j = min(range(width), key=lambda k: (rows[-1][k], k))
    steps: list[tuple[int | None, int | None]] = []
    i = len(q)
    while i > 0:
        here = rows[i][j]
        if j > 0:
            cost = 0.0 if q[i - 1] == p[j - 1] else 0.6 if alike(q[i - 1], p[j - 1]) else 1.0
            if abs(here - rows[i - 1][j - 1] - cost) < 1e-9:
                i, j = i - 1, j - 1
                steps.append((i, j))
                continue
            if abs(here - rows[i][j - 1] - (0.01 if i in free else _DROP)) < 1e-9:
                j -= 1
                steps.append((None, j))
                continue
        i -= 1
        steps.append((i, None))
    steps.reverse()
    # A word dropped or unlike at the edge is no part of the fit.
    while steps and steps[-1][0] is None:
        steps.pop()
    while steps and steps[0][0] is None:
        steps.pop(0)
    return steps


@dataclass(frozen=True, slots=True)
class _Block:
    """Neighbouring steps that are no equal words."""

    draft: tuple[int, ...]
    record: tuple[int, ...]


def _blocks(quote: Quote, passage: Passage, found: Fit) -> list[_Block]:
    q, p = quote.words, passage.run.words
    ends = set()
    at = 0
    for piece in quote.pieces[:-1]:
        at += len(piece)
        ends.add(at)
    out: list[_Block] = []
    draft: list[int] = []
    record: list[int] = []
    seen = 0
    for i, j in (*found.pairs, (-1, -1)):
        equal = i == -1 or (i is not None and j is not None and q[i].form == p[j].form)
        if not equal:
            if i is not None:
                draft.append(i)
                seen = i + 1
            if j is not None:
                record.append(j)
            continue
        marked = not draft and seen in ends
        if (draft or record) and not marked and _letters(q, draft) != _letters(p, record):
            out.append(_Block(tuple(draft), tuple(record)))
        draft, record = [], []
        seen = (i or 0) + 1
    return out


def _letters(found: Sequence[Word], indices: Sequence[int]) -> str:
    return "".join(found[i].form for i in indices)


def changes(quote: Quote, text: str, passage: Passage, found: Fit) -> tuple[Change, ...]:
    """The differences of the draft's `text` from the passage, in order; words left out at an ellipsis are none."""
    out = []
    for block in _blocks(quote, passage, _to_the_edges(quote, passage, found)):
        draft = _written(text, quote.words, block.draft)
        record = _written(passage.text, passage.run.words, block.record)
        edit = Edit.REPLACED if draft and record else Edit.ADDED if draft else Edit.DROPPED
        out.append(Change(edit, draft, record))
    return tuple(out)


def _to_the_edges(quote: Quote, passage: Passage, found: Fit) -> Fit:
    """The alignment with the first and last words of the quotation put beside as many words of the passage's sentence.

    An alignment ends where words agree: a last word that was changed would be told as added, and what it replaced not at all.
    A word that tells something takes the place of another that does.
    """
    pairs = list(found.pairs)
    last = _unmatched(reversed(pairs))
    first = _unmatched(pairs) if last < len(pairs) else 0
    for at, number, j in ((0, first, found.first - first), (len(pairs) - last, last, found.stop)):
        ends = (j, found.first) if at == 0 else (found.stop - 1, j + number - 1)
        inside = j >= 0 and j + number <= len(passage.run.words)
        if number and inside and not _SENTENCE.search(_between(passage, *ends)):
            told = [
                (quote.words[i].form, passage.run.words[j + k].form)
                for k, (i, _) in enumerate(pairs[at : at + number])
                if i is not None
            ]
            if all((one in FUNCTION) == (other in FUNCTION) for one, other in told):
                pairs[at : at + number] = [(i, j + k) for k, (i, _) in enumerate(pairs[at : at + number])]
    return replace(found, pairs=tuple(pairs))


def _unmatched(pairs: Iterable[tuple[int | None, int | None]]) -> int:
    """How many pairs at the beginning have a word of the quotation alone."""
    return sum(1 for _ in takewhile(lambda pair: pair[1] is None, pairs))


def _between(passage: Passage, one: int, other: int) -> str:
    """The characters between two words of a passage."""
    words = passage.run.words
    return passage.text[words[one].span.end : words[other].span.start]


def _written(text: str, found: Sequence[Word], indices: Sequence[int]) -> str:
    if not indices:
        return ""
    parts = [found[indices[0]].span.of(text)]
    for before, i in pairwise(indices):
        parts.append("" if found[before].span.end == found[i].span.start else " ")
        parts.append(found[i].span.of(text))
    return "".join(parts)


def turning_lost(quote: Quote, passage: Passage, found: Fit) -> tuple[str, ...]:
    """The turning words of the passage that the quotation dropped, with nothing in their place but other forms of its words."""
    q, p = quote.words, passage.run.words
    lost: list[str] = []
    for block in _blocks(quote, passage, found):
        kept = {q[i].form for i in block.draft}
        gone = [p[j] for j in block.record if p[j].form in TURNING]
        other = [p[j].form for j in block.record if p[j].form not in TURNING]
        plain = all(any(alike(form, o) for o in other) for form in kept)
        if gone and not kept & TURNING and plain:
            lost.extend(w.span.of(passage.text) for w in gone)
    return tuple(lost)


def leaps(quote: Quote, passage: Passage, found: Fit) -> bool:
    """True when the quotation passes over so much of the passage, unmarked, that it joins two sayings."""
    for block in _blocks(quote, passage, found):
        if block.draft or not block.record:
            continue
        first, last = block.record[0], block.record[-1]
        w = passage.run.words
        inside = passage.text[w[max(first - 1, 0)].span.end : w[min(last + 1, len(w) - 1)].span.start]
        if len(block.record) > _GAP or (len(block.record) >= _ACROSS and _SENTENCE.search(inside)):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Half:
    """The longest beginning (or end) of a quotation that a passage holds word for word."""

    size: int
    start: int
    stop: int


def halves(quote: Quote, passage: Passage) -> tuple[Half | None, Half | None]:
    """The longest beginning and the longest end of the quotation that stand in the passage in one piece."""
    q = quote.words
    return _longest(q, passage, front=True), _longest(q, passage, front=False)


def _longest(q: Sequence[Word], passage: Passage, *, front: bool) -> Half | None:
    low, high = 0, len(q)
    best: Half | None = None
    # What holds a beginning holds every shorter one: the longest is found by halving.
    while low < high:
        size = (low + high + 1) // 2
        part = q[:size] if front else q[len(q) - size :]
        at = passage.run.find("".join(w.form for w in part))
        if at is None:
            high = size - 1
        else:
            low, best = size, Half(size, *at)
    return best


def joins(quote: Quote, left: Half, right: Half) -> bool:
    """True when a beginning found in one place and an end found in another are the whole quotation, each enough to be told."""
    q = quote.words
    size = len(q)
    for cut in range(max(_PART, size - right.size), min(left.size, size - _PART) + 1):
        if telling(q[:cut]) and telling(q[cut:]):
            return True
    # A word that ties the two together ("and", "but") belongs to the draft.
    tie = left.size
    return (
        left.size + right.size + 1 == size
        and q[tie].form in {"and", "but", "because", "so", "then"}
        and min(left.size, right.size) >= _PART
        and bool(telling(q[:tie]))
        and bool(telling(q[tie + 1 :]))
    )
