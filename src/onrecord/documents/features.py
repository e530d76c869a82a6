"""What the line labeller sees: numbers about a paragraph and about its place on the page.

The order of `NAMES` is the order of the columns, and a model file stores the names it was trained with, so that a model and
the code that feeds it cannot drift apart. All counts are language-light; neighbours are left to the labeller's convolutions.
"""

from __future__ import annotations

import functools
from collections import Counter
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from onrecord.documents import furniture
from onrecord.documents.lines import Paragraph

Matrix: TypeAlias = NDArray[np.float32]

#: Classes of characters, as bits: upper case, digit, letter or digit, inner punctuation, quotation mark, separator, glue.
_UPPER, _DIGIT, _WORD, _INNER, _QUOTE, _PIPE, _LOWER = (1 << i for i in range(7))
_GLYPHS = ["upper", "digits", "capitals", "inner", "quotes", "pipes", "glued"]
_OTHER = ["chars", "blank", "indent", "repeats", "echo", "slug", "overlap", "main_overlap", "short"]
_PAGE = [
    "n_lines", "prose_share", "prose_total", "blank_share", "position", "char_position", "before", "after", "to_prev",
    "to_next", "longest", "comments_before", "since_comment", "since_related", "since_share", "from_headline",
    "below_headline", "in_block", "block_edge", "list_run", "after_colon",
]  # fmt: skip
_WINDOWS = (2, 5, 12)

NAMES: tuple[str, ...] = (
    *furniture.NAMES,
    *_GLYPHS,
    *_OTHER,
    *_PAGE,
    *(f"prose~{w}" for w in _WINDOWS),
    *(f"link~{w}" for w in _WINDOWS),
)
_AT = {name: i for i, name in enumerate(NAMES)}


def _character_classes() -> NDArray[np.uint8]:
    table = np.zeros(0x110000, np.uint8)
    for code in range(0x3000):
        char = chr(code)
        if char.isupper():
            table[code] |= _UPPER
        if char.islower():
            table[code] |= _LOWER
        if char.isdigit():
            table[code] |= _DIGIT
        if char.isalnum():
            table[code] |= _WORD
    for chars, bit in ((",;.", _INNER), ('"“”„«»', _QUOTE), ("|·›»/>", _PIPE)):
        for char in chars:
            table[ord(char)] |= bit
    return table


_TABLE = _character_classes()


#: Pages of one site share their furniture: the features of short lines are kept from page to page.
_SHORT = 60
_short_line = functools.lru_cache(maxsize=1 << 14)(furniture.line_features)


def forget() -> None:
    """Empties what is kept from page to page, so that a measurement starts afresh."""
    _short_line.cache_clear()


def features(paragraphs: list[Paragraph], slug: frozenset[str] = frozenset()) -> Matrix:
    """One row a paragraph, columns as in `NAMES`, 32-bit floats; `slug` is the words of the page's address, if known."""
    n = len(paragraphs)
    if not n:
        return np.zeros((0, len(NAMES)), np.float32)
    texts = [p.text for p in paragraphs]
    chars = np.fromiter(map(len, texts), np.int64, n)
    glyphs = _glyphs(texts, chars)
    wide_page = any(ord(text[0]) > 0xE00 for text in texts)
    counts = Counter(texts)
    cache: dict[str, tuple[list[float], frozenset[str]]] = {}
    echo = []
    for index, text in enumerate(texts):
        echo.append(float(text in cache))
        if text not in cache:
            look = _short_line if len(text) < _SHORT else furniture.line_features
            cache[text] = look(text, bool(glyphs[index, 1]), wide_page)
    width = len(furniture.NAMES)
    numbers = chain.from_iterable(cache[text][0] for text in texts)
    line = np.fromiter(numbers, np.float32, n * width).reshape(n, width)
    bags = [cache[text][1] for text in texts]
    words = line[:, 0]
    seen = np.maximum(words, 1)
    glyphs[:, 0] /= chars
    glyphs[:, 1] /= chars
    glyphs[:, 2] /= seen
    glyphs[:, 3] /= seen
    layout = _layout(line, chars)
    overlap, main_overlap = _overlaps(bags, layout)
    slugs = np.array([len(bag & slug) / (len(slug) or 1) for bag in bags], np.float32)
    short = (words <= 18) & (words > 3) & (line[:, _AT["terminal"]] > 0)
    blank = np.fromiter((min(p.blank, 4) for p in paragraphs), np.float32, n)
    indent = np.log1p(np.fromiter((p.indent for p in paragraphs), np.float32, n))
    repeats = np.log1p(np.fromiter((counts[text] - 1 for text in texts), np.float32, n))
    other = np.column_stack([np.log1p(chars), blank, indent, repeats, echo, slugs, overlap, main_overlap, short])
    page = _page(line, chars, blank, layout, slugs, overlap)
    line[:, 0] = np.log1p(words)
    link = ((words < 12) & (line[:, _AT["terminal"]] == 0)).astype(np.float32)
    matrix = np.column_stack([line, glyphs, other, page, *_windows(layout.prose), *_windows(link)])
    return matrix.astype(np.float32)


def _glyphs(texts: list[str], chars: NDArray[np.int64]) -> NDArray[np.float64]:
    """How many characters of each class every line has, columns as in `_GLYPHS`; counted over the whole page at once."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    bits = _TABLE[codes]
    before = np.concatenate([[0], bits[:-1]])
    starts = np.concatenate([[0], np.cumsum(chars)[:-1]])
    before[starts] = 0
    upper = (bits & _UPPER) > 0
    capital = upper & ((before & _WORD) == 0)
    glued = upper & ((before & _LOWER) > 0)
    parts = [upper, bits & _DIGIT, capital, bits & _INNER, bits & _QUOTE, bits & _PIPE, glued]
    return np.column_stack([np.add.reduceat((part > 0).astype(np.float64), starts) for part in parts])


class _Layout:
    """Where the prose lies: the lines that read like prose, and the block with the most of it."""

    __slots__ = ("end", "is_prose", "prose", "start")

    def __init__(self, is_prose: NDArray[np.bool_], prose: Matrix, start: int, end: int) -> None:
        self.is_prose = is_prose
        self.prose = prose
        self.start = start
        self.end = end


def _layout(line: Matrix, chars: NDArray[np.int64]) -> _Layout:
    words = line[:, 0]
    prose_like = (line[:, _AT["terminal"]] > 0) & (line[:, _AT["furniture"]] < 0.15) & (line[:, _AT["ellipsis"]] == 0)
    is_prose = prose_like & (words > 12) & (line[:, _AT["bullet"]] == 0) & (line[:, _AT["copyright"]] == 0)
    prose = np.where(is_prose, chars, 0).astype(np.float32)
    # The block with the largest sum, where prose counts for its words and every other line against it (Kadane's algorithm).
    gains = np.where(is_prose, np.minimum(words, 60), np.where(prose_like & (words > 3), 0, -8))
    best, start, end = -1.0, 0, 0
    running, begin = 0.0, 0
    for index, gain in enumerate(gains.tolist()):
        if running <= 0:
            running, begin = 0.0, index
        running += gain
        if running > best:
            best, start, end = running, begin, index + 1
    return _Layout(is_prose, prose, start, end)


def _overlaps(bags: list[frozenset[str]], layout: _Layout) -> tuple[Matrix, Matrix]:
    """The share of each line's content words that the page's other prose lines use, and that the main block's use."""
    everywhere, everywhere_twice = set[str](), set[str]()
    main, main_twice = set[str](), set[str]()
    prose = layout.is_prose.tolist()
    for index, bag in enumerate(bags):
        if not prose[index]:
            continue
        everywhere_twice |= bag & everywhere
        everywhere |= bag
        if layout.start <= index < layout.end:
            main_twice |= bag & main
            main |= bag
    shares = np.zeros((len(bags), 2), np.float32)
    for index, bag in enumerate(bags):
        if not bag:
            continue
        own = prose[index]
        own_main = own and layout.start <= index < layout.end
        shares[index, 0] = len(bag & (everywhere_twice if own else everywhere)) / len(bag)
        shares[index, 1] = len(bag & (main_twice if own_main else main)) / len(bag)
    return shares[:, 0], shares[:, 1]


def _since(marks: NDArray[np.bool_], most: float = 40.0) -> Matrix:
    """For each line how many lines ago the last marked line was, at most `most`."""
    n = len(marks)
    at = np.where(marks, np.arange(n), -(10**6))
    last = np.maximum.accumulate(at)
    since: Matrix = np.minimum(np.arange(n) - last, most).astype(np.float32)
    return since


def _page(
    line: Matrix, chars: NDArray[np.int64], blank: Matrix, layout: _Layout, slugs: Matrix, overlap: Matrix
) -> Matrix:
    """The columns of `_PAGE`."""
    n = len(line)
    words = line[:, 0]
    prose, is_prose = layout.prose, layout.is_prose
    total = float(prose.sum()) or 1.0
    running = np.cumsum(prose)
    all_chars = np.cumsum(chars)
    numbers = np.arange(n)
    comment = (line[:, _AT["comment"]] + line[:, _AT["comment_head"]]) > 0
    related = (line[:, _AT["related"]] > 0) & (words < 12) & (line[:, _AT["terminal"]] == 0)
    share = line[:, _AT["share"]] > 0
    shifted = np.concatenate([[False], is_prose[:-1]])
    headline = _headline(words, line[:, _AT["terminal"]], layout.start, slugs, overlap)
    edge = np.where(
        numbers < layout.start, numbers - layout.start, np.where(numbers >= layout.end, numbers - layout.end + 1, 0)
    )
    bullet = line[:, _AT["bullet"]] > 0
    run_start = _since(~bullet)
    colon = line[:, _AT["colon"]] > 0
    before_run = np.maximum(numbers - run_start.astype(np.int64), 0)
    page = np.column_stack(
        [
            np.full(n, np.log1p(n)),
            np.full(n, total / float(all_chars[-1])),
            np.full(n, np.log1p(total)),
            np.full(n, float((blank > 0).mean())),
            (numbers + 1) / n,
            all_chars / all_chars[-1],
            (running - prose) / total,
            (total - running) / total,
            np.minimum(_since(shifted) + 1, 30),
            np.minimum(_since(np.concatenate([[False], is_prose[::-1][:-1]]))[::-1] + 1, 30),
            np.full(n, np.log1p(float(prose.max()))),
            np.log1p(np.cumsum(comment) - comment),
            _since(comment),
            _since(related),
            _since(share),
            np.sign(numbers - headline) * np.log1p(np.abs(numbers - headline)),
            numbers > headline,
            (numbers >= layout.start) & (numbers < layout.end),
            np.sign(edge) * np.log1p(np.abs(edge)),
            np.log1p(run_start),
            colon[before_run] & bullet,
        ]
    )
    return page.astype(np.float32)


def _headline(words: Matrix, terminal: Matrix, start: int, slugs: Matrix, overlap: Matrix) -> int:
    """A first guess at the headline's line: above the main block, sharing words with the address and the prose."""
    if start == 0:
        return 0
    usable = (words[:start] >= 3) & (words[:start] <= 30) & (terminal[:start] == 0)
    value = 2 * slugs[:start] + overlap[:start] * np.minimum(words[:start], 8) / 8 - 0.02 * np.arange(start)[::-1]
    value = np.where(usable, value, -9.0)
    return int(np.argmax(value)) if usable.any() else start


def _windows(values: Matrix) -> list[Matrix]:
    """Means of `values` over windows of several widths around each line, on a log scale."""
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    n = len(values)
    at = np.arange(n)
    means = []
    for width in _WINDOWS:
        low, high = np.maximum(at - width, 0), np.minimum(at + width + 1, n)
        means.append(np.log1p((total[high] - total[low]) / (high - low)).astype(np.float32))
    return means
