"""Lines of a source text, and the paragraphs that hard-wrapped lines belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.model import Span

#: What ends a line: the mandatory breaks of Unicode (UAX 14: BK, CR, LF, NL); ``\r\n`` is one break.
BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")

#: Pages without one of these, nearly all, need no expression to be split.
_RARE_BREAKS = "\r\v\f\x85\u2028\u2029"
#: Widths at which text is wrapped by hand or by mail programs; a wider break is a paragraph's end.
_NARROWEST, _WIDEST = 40, 130
_SENTENCE_END = re.compile("[.!?…。！？।][\"'”’»」)\\]]{0,3}$")
_BULLET = re.compile(r"[•*·▪◦‣>+►\-–—]\s|\d{1,2}[.)]\s")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more neighbouring lines that are one paragraph, by their numbers ``first`` to ``last`` (included).

    ``text`` is its words on one line, ``indent`` the white space before them in characters, ``blank`` the number of
    blank lines before it.
    """

    first: int
    last: int
    text: str
    indent: int
    blank: int


def ends_sentence(words: str) -> bool:
    """True for words that end with a full stop or its like, quotation marks and brackets after it included."""
    return _SENTENCE_END.search(words[-5:]) is not None


def split_lines(text: str) -> list[Span]:
    """The spans of all lines of `text`, without their breaks; blank lines included, a final break starts no line."""
    spans = []
    start = 0
    if not any(mark in text for mark in _RARE_BREAKS):
        for line in text.split("\n"):
            spans.append(Span(start, start + len(line)))
            start += len(line) + 1
        if not line:
            spans.pop()
        return spans
    for match in BREAK.finditer(text):
        spans.append(Span(start, match.start()))
        start = match.end()
    if start < len(text):
        spans.append(Span(start, len(text)))
    return spans


def _wrap_width(strings: list[str]) -> int | None:
    """The width at which the page is wrapped, or None: the one that explains most line breaks and that few lines exceed."""
    votes = [0] * (_WIDEST + 2)
    lengths = [len(s.rstrip()) for s in strings]
    for length, following in zip(lengths, strings[1:], strict=False):
        if not _NARROWEST <= length <= _WIDEST or not following.strip():
            continue
        first = following.split(None, 1)[0]
        votes[length] += 1
        votes[min(length + 1 + len(first), _WIDEST + 1)] -= 1
    long = sorted(length for length in lengths if length >= _NARROWEST)
    if len(long) < 3:
        return None
    best, width, running = 0, None, 0
    longest = long[int(len(long) * 0.9)]
    for candidate in range(_NARROWEST, _WIDEST + 1):
        running += votes[candidate]
        if candidate >= longest and running > best:
            best, width = running, candidate
    return width if best >= 3 and best >= 0.3 * len(long) else None


def paragraphs(text: str, lines: list[Span]) -> list[Paragraph]:
    """The paragraphs of `text`: lines that a wrapping program broke are joined, every other line stands alone.

    Two lines are joined when the page is wrapped at a common width, nothing blank lies between them, and the first word
    of the second would not have fitted on the first.
    """
    strings = [line.of(text) for line in lines]
    width = _wrap_width(strings)
    found: list[Paragraph] = []
    blank = 0
    number = 0
    while number < len(strings):
        stripped = strings[number].strip()
        if not stripped:
            blank += 1
            number += 1
            continue
        first = number
        parts = [stripped]
        while width is not None and number + 1 < len(strings) and _forced(strings[number], strings[number + 1], width):
            number += 1
            parts.append(strings[number].strip())
        indent = len(strings[first]) - len(strings[first].lstrip())
        found.append(Paragraph(first, number, " ".join(parts), indent, blank))
        blank = 0
        number += 1
    return found


def _forced(line: str, following: str, width: int) -> bool:
    """True when the break between two lines is one that wrapping at `width` makes."""
    words = following.split(None, 1)
    length = len(line.rstrip())
    if not words or length > width or length < width * 0.6 or _BULLET.match(following.lstrip()):
        return False
    return length + 1 + len(words[0]) > width
