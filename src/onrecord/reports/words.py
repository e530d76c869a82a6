"""The words of a document's body with their offsets, sentences and paragraphs: what alignment works on.

The sentence boundaries here only cut the body into stretches that are read on the lead or on the copy; they
are no substitute for the sentences of a reading.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass

from onrecord.model import Document, Span
from onrecord.reports.house_style import WORD_HASHES

#: Abbreviations with inner points, numbers with their separators, words with inner apostrophes.
_WORD = re.compile(r"[^\W\d_](?:\.[^\W\d_])+(?![^\W_])|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
#: "LINDHAVN (MP) -- " or "PORT LENNE, Sundmark, May 3 — ": capitals, then a dash, at the head of the body.
_DATELINE = re.compile(r"\s*[^\W\d_a-z][^a-z\n]{2,30}(?:,[^\n—–]{2,30})?(?:\([^)\n]{2,30}\))?\s*(?:--|—|–|-)\s")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s")
_CLOSED = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*$")
_ABBREVIATIONS = frozenset(
    [
        "mr", "mrs", "ms", "dr", "st", "gen", "sen", "rep", "gov", "col", "lt", "sgt", "capt", "maj", "adm", "prof",
        "hon", "rev", "no", "vs", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of words ``[first, end)`` with its characters; ``paragraph`` counts from 0.

    A dateline is a stretch of its own, and no news.
    """

    first: int
    end: int
    span: Span
    paragraph: int
    dateline: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The body of one document as words: key hashes, offsets into the source text, and the sentences they make."""

    text: str
    keys: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    sentences: tuple[Sentence, ...]

    def form(self, index: int) -> str:
        """The characters of the word."""
        start, end = self.spans[index]
        return self.text[start:end]

    def __len__(self) -> int:
        return len(self.keys)


def words_of(document: Document) -> Words:
    """The words of the document's body; the last few hundred documents asked for are kept."""
    body = document.body()
    key = (document.id, document.text_sha256, body)
    found = _CACHE.get(key)
    if found is not None:
        _CACHE.move_to_end(key)
        return found
    made = body_words(document.text, body, dateline_end(document, body))
    _CACHE[key] = made
    if len(_CACHE) > _CACHE_LIMIT:
        _CACHE.popitem(last=False)
    return made


_CACHE_LIMIT = 512
_CACHE: OrderedDict[tuple[str, str, tuple[Span, ...]], Words] = OrderedDict()


def dateline_end(document: Document, body: tuple[Span, ...]) -> int:
    """Where the dateline of the report ends, 0 when it has none: papers set it each in their own way."""
    if document.dateline is not None:
        return document.dateline.span.end
    found = _DATELINE.match(document.text, body[0].start, body[0].end) if body else None
    return found.end() if found else 0


def body_words(text: str, body: tuple[Span, ...], dateline: int = 0) -> Words:
    """The words of `text` inside the spans of `body`, which are in text order; `dateline` is the offset where it ends."""
    keys: list[int] = []
    spans: list[tuple[int, int]] = []
    limits: list[int] = []
    for part in body:
        for found in _WORD.finditer(text, part.start, part.end):
            keys.append(WORD_HASHES[found.group()])
            spans.append(found.span())
        limits.append(len(spans))
    return Words(text, tuple(keys), tuple(spans), tuple(_sentences(text, spans, body, limits, dateline)))


def _sentences(
    text: str, spans: list[tuple[int, int]], body: tuple[Span, ...], limits: list[int], dateline: int
) -> list[Sentence]:
    """Cut the words into sentences; `limits` holds the number of words up to the end of each body span."""
    found: list[Sentence] = []
    paragraph = first = part = 0
    for index in range(1, len(spans) + 1):
        while part < len(limits) and limits[part] < index:
            part += 1
        last = index == len(spans)
        apart = last or limits[part] == index
        gap = "" if last else text[spans[index - 1][1] : spans[index][0]]
        breaks = last or _new_paragraph(text, spans, index, gap, apart)
        after_dateline = not last and spans[index - 1][1] <= dateline <= spans[index][0]
        if breaks or after_dateline or _ends_sentence(text, spans, index, gap):
            limit = body[part].end
            floor = max(found[-1].span.end, dateline if spans[first][0] >= dateline else 0) if found else 0
            start = _reach_back(text, spans[first][0], floor)
            end = _reach_on(text, spans[index - 1][1], limit if last or apart else min(limit, spans[index][0]))
            found.append(Sentence(first, index, Span(start, end), paragraph, after_dateline))
            first = index
            paragraph += breaks
    return found


def _new_paragraph(text: str, spans: list[tuple[int, int]], index: int, gap: str, apart: bool) -> bool:
    """A blank line, or lines that are no body between, unless the sentence plainly runs on in lower case."""
    if not apart and not _BLANK_LINE.search(gap):
        return False
    runs_on = text[spans[index][0]].islower() and not _CLOSED.search(gap.split("\n", 1)[0] or " ")
    return not runs_on


def _ends_sentence(text: str, spans: list[tuple[int, int]], index: int, gap: str) -> bool:
    if not _SENTENCE_END.match(gap):
        return False
    start, end = spans[index - 1]
    word = text[start:end]
    if gap[0] == "." and ((len(word) == 1 and word.isupper()) or word.lower() in _ABBREVIATIONS):
        return False
    return not text[spans[index][0]].islower()


def _reach_back(text: str, start: int, floor: int) -> int:
    """The start moved left over the glyphs that touch the word (an opening quotation mark, a dash of dialogue)."""
    while start > floor and not text[start - 1].isspace():
        start -= 1
    if start - 2 >= floor and text[start - 2] in "–—-" and text[start - 1] == " ":
        start -= 2
    return start


def _reach_on(text: str, end: int, limit: int) -> int:
    """The end moved right over the glyphs that touch the word (a full stop, a closing quotation mark)."""
    while end < limit and not text[end].isspace():
        end += 1
    return end
