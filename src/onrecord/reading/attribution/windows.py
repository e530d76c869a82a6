"""Text to model input: paragraphs, word pieces with their offsets, case and quotation features, windows of whole paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from onrecord.model import Span
from onrecord.reading.attribution.quotes import Quotation, quotations

Ints = npt.NDArray[np.int32]

WINDOW = 128
BLOCK = 190
CASES, QUOTES = 8, 8
_LINE = re.compile(r"(?<=\S)[^\S\n]*\n[^\S\n]*(?=\S)")
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_ANY_BREAK = re.compile(r"\n\s*")
_SPEAKER = re.compile(r"\s*(?:[^\W\d_a-zß-ÿ][\w.'’-]*,? ){0,4}[^\W\d_a-zß-ÿ][\w.'’-]*:(?=\s)")
_SENTENCE_END = frozenset(".?!")
_SHORT_QUOTE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one text, paragraph after paragraph, each paragraph closed by a separator piece.

    All arrays have one entry for each piece: vocabulary id, start and end offset in the text (a separator is empty),
    case class, quotation class and paragraph number. `blocks` are the half-open piece ranges of the paragraphs (or of the
    sentence groups of a paragraph too long for one window), separator included. `quotations` are those of the text;
    `labels` are the pieces that close a speaker's name at the head of a paragraph, as the colon of "VENN: No." does.
    """

    ids: Ints
    starts: Ints
    ends: Ints
    cases: Ints
    quotes: Ints
    blocks: tuple[tuple[int, int], ...]
    paragraphs: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    labels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """One model input: text number and the half-open range of its pieces, which are whole blocks."""

    text: int
    start: int
    end: int


def paragraphs(text: str) -> list[Span]:
    """The stretches of a text between blank lines, without the blank ones; where lines are not wrapped, each line is one.

    A text counts as wrapped when a third or more of its lines after a single line break begin with a small letter; in
    another text a stretch is kept together when more than one in seven of its own lines does.
    """
    wrapped = _small(text, Span(0, len(text))) >= 1 / 3
    found: list[Span] = []
    for stretch in _between(_BREAK, text, Span(0, len(text))):
        whole = wrapped or _small(text, stretch) > 1 / 7
        found.extend([stretch] if whole else _between(_ANY_BREAK, text, stretch))
    return found


def _small(text: str, span: Span) -> float:
    """The share of lines after a single line break that begin with a small letter."""
    after = [m.end() for m in _LINE.finditer(text, span.start, span.end)]
    return sum(1 for place in after if text[place].islower()) / len(after) if after else 0.0


def _between(gaps: re.Pattern[str], text: str, span: Span) -> list[Span]:
    """The stretches of `span` that `gaps` part, blank ones left out."""
    found, position = [], span.start
    for gap in gaps.finditer(text, span.start, span.end):
        found.append(Span(position, gap.start()))
        position = gap.end()
    found.append(Span(position, span.end))
    return [s for s in found if s.of(text).strip()]


def piece_id(tokenizer: Tokenizer, piece: str) -> int:
    """The number of a piece that the vocabulary must hold.

    Raises:
        ValueError: when it does not.
    """
    number: int | None = tokenizer.token_to_id(piece)
    if number is None:
        raise ValueError(f"the vocabulary has no {piece}")
    return number


def pieces(tokenizer: Tokenizer, texts: Sequence[str], limit: int = BLOCK) -> list[Pieces]:
    """Word pieces with features for each text; a paragraph of more than `limit` pieces becomes several blocks."""
    spans = [paragraphs(text) for text in texts]
    flat = [text[s.start : s.end] for text, ss in zip(texts, spans, strict=True) for s in ss]
    encodings = iter(tokenizer.encode_batch(flat, add_special_tokens=False))
    separator = piece_id(tokenizer, "[SEP]")
    return [
        _assemble(text, ss, [next(encodings) for _ in ss], separator, limit)
        for text, ss in zip(texts, spans, strict=True)
    ]


def _assemble(text: str, spans: list[Span], encodings: list[Encoding], separator: int, limit: int) -> Pieces:
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    cases: list[int] = []
    quotes: list[int] = []
    blocks: list[tuple[int, int]] = []
    marks: list[Quotation] = []
    labels: list[int] = []
    for span, encoding in zip(spans, encodings, strict=True):
        found = quotations(text, span.start, span.end)
        marks.extend(found)
        first = len(ids)
        ids.extend(encoding.ids)
        offsets = encoding.offsets
        starts.extend(span.start + s for s, _ in offsets)
        ends.extend(span.start + e for _, e in offsets)
        labels.extend(_label(text, span, starts, first))
        cases.extend(case_class(text[span.start + s : span.start + e]) for s, e in offsets)
        quotes.extend(_quote_classes(text, found, starts[first:]))
        cuts = _cuts(text, ends, first, len(ids), limit)
        blocks.extend(cuts[:-1])
        ids.append(separator)
        starts.append(span.end)
        ends.append(span.end)
        cases.append(0)
        quotes.append(0)
        blocks.append((cuts[-1][0], len(ids)))
    numbers, firsts, lasts, shapes, marked = (
        np.asarray(values, dtype=np.int32) for values in (ids, starts, ends, cases, quotes)
    )
    return Pieces(numbers, firsts, lasts, shapes, marked, tuple(blocks), tuple(spans), tuple(marks), tuple(labels))


def _label(text: str, span: Span, starts: list[int], first: int) -> list[int]:
    """The piece of the colon after one to five capitalised words at the head of a paragraph, if there is one."""
    found = _SPEAKER.match(text, span.start, span.end)
    if found is None:
        return []
    return [i for i in range(first, min(len(starts), first + 24)) if starts[i] == found.end() - 1]


def case_class(surface: str) -> int:
    """1 small letters, 2 a capital first, 3 capitals, 4 one capital, 5 digits, 6 anything else (0 is for separators)."""
    head = surface[:1]
    if head.islower():
        return 1
    if head.isupper():
        if len(surface) == 1:
            return 4
        return 3 if surface.isupper() else 2
    if head.isdigit():
        return 5
    return 6


def _quote_classes(text: str, found: list[Quotation], starts: list[int]) -> list[int]:
    """0 outside, 1 inside, 2 inside a short one, 3 opening mark, 4 closing mark, 5 inside an unclosed one, 6 inside single marks."""
    classes = [0] * len(starts)
    for quotation in sorted(found, key=lambda q: not q.single):
        words = text[quotation.inner.start : quotation.inner.end].count(" ") + 1
        if quotation.single:
            inside = 6
        elif not quotation.closed:
            inside = 5
        else:
            inside = 2 if words < _SHORT_QUOTE_WORDS else 1
        low = bisect_right(starts, quotation.outer.start - 1)
        for index in range(low, len(starts)):
            start = starts[index]
            if start >= quotation.outer.end:
                break
            if start < quotation.inner.start:
                classes[index] = 3
            elif start >= quotation.inner.end:
                classes[index] = 4
            elif not (quotation.single and classes[index]):
                classes[index] = inside
    return classes


def _cuts(text: str, ends: list[int], first: int, last: int, limit: int) -> list[tuple[int, int]]:
    """The ranges a paragraph's pieces fall into: one when it fits, else cut after the last sentence end that fits."""
    cuts = []
    while last - first > limit:
        cut = first + limit
        for index in range(first + limit, first + limit // 2, -1):
            end = ends[index - 1]
            if text[end - 1] in _SENTENCE_END or (
                text[end - 1] in "\"”'’)" and text[end - 2 : end - 1] in _SENTENCE_END
            ):
                cut = index
                break
        cuts.append((first, cut))
        first = cut
    cuts.append((first, last))
    return cuts


def windows(number: int, blocks: Sequence[tuple[int, int]], limit: int = WINDOW - 1) -> Iterator[Window]:
    """Windows of whole blocks, as many as fit into `limit` pieces (a longer block alone), in order and without overlap."""
    start = None
    end = 0
    for first, last in blocks:
        if start is not None and last - start > limit:
            yield Window(number, start, end)
            start = None
        if start is None:
            start = first
        end = last
    if start is not None:
        yield Window(number, start, end)
