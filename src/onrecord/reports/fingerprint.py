"""Fingerprints: a few dozen integers a document that near copies share, made from its body words alone.

The method is one-permutation MinHash (Li, Owen and Zhang, 2012): the hash range of the word shingles is cut into equal
bins and the smallest shingle of each bin is kept, so one pass over the shingles does the work of one permutation per
value. Every kept value is a band of its own (Broder's shingle sampling, 1997): two documents share a band with the
probability of their Jaccard similarity, and a copy that lost half of its paragraphs still shares a dozen. A second,
coarser set is taken from the opening words alone, so that a long story and a short cut of it meet as well: wire stories
are cut from the end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.model import Document, DocumentStatus
from onrecord.reports.house_style import WORD_HASHES

#: Words of a shingle. Five tell stories apart; formulas such as "on the condition of" are shorter.
SHINGLE = 5
#: Bins over the whole body and over its opening.
BINS = 32
OPENING_BINS = 16
#: Shingles that count as the opening.
OPENING = 160

#: The golden ratio in 64 bits (Knuth, The Art of Computer Programming, vol. 3, 6.4), and its square.
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SQUARE = np.uint64((0x9E3779B97F4A7C15**2) & 0xFFFFFFFFFFFFFFFF)


def _edges(bins: int) -> NDArray[np.uint64]:
    return np.array([(i << 64) // bins for i in range(bins)], dtype=np.uint64)


_EDGES = _edges(BINS)
_OPENING_EDGES = _edges(OPENING_BINS)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What an index keeps of a document: its id, its bands (signed 64-bit, ascending, at most 48) and its shingle count.

    Two documents whose texts are near copies share several bands; see `onrecord.reports.index.SHARED_BANDS`.
    """

    document: str
    bands: tuple[int, ...]
    shingles: int


def fingerprint(document: Document) -> Fingerprint:
    """The fingerprint of the document's body; a document that is no article, or has no body words, has no bands."""
    if document.status is not DocumentStatus.ARTICLE:
        return Fingerprint(document.id, (), 0)
    bands, shingles = text_bands(_body_text(document))
    return Fingerprint(document.id, bands, shingles)


def body_shingles(document: Document) -> NDArray[np.uint64]:
    """The hashes of the word shingles of the document's body, in text order."""
    return shingle_hashes(_body_text(document))


def _body_text(document: Document) -> str:
    text = document.text
    return "\n".join([text[s.start : s.end] for s in document.body()])


def text_bands(text: str) -> tuple[tuple[int, ...], int]:
    """The bands of `text` and the number of its shingles; a text of fewer than five words is one shingle."""
    hashes = shingle_hashes(text)
    count = len(hashes)
    if not count:
        return (), 0
    found: set[int] = set(_smallest(hashes, _EDGES))
    if count > OPENING:
        found.update(_smallest(hashes[:OPENING], _OPENING_EDGES))
    return tuple(sorted(found)), count


def shingle_hashes(text: str) -> NDArray[np.uint64]:
    """The 64-bit hashes of the word shingles of `text`, in text order, in house-style keys."""
    if "—" in text or "–" in text:
        text = text.replace("—", " ").replace("–", " ")
    if "-" in text:
        text = text.replace("-", " ")
    words = text.split()
    hashes = np.fromiter(map(WORD_HASHES.__getitem__, words), np.uint64, len(words))
    if not hashes.all():
        hashes = hashes[hashes != 0]
    return shingled(hashes)


def shingled(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The hashes of runs of `SHINGLE` neighbouring word hashes: a polynomial in an odd constant modulo 2 to the 64.

    The word hashes are random already, so that the sums are spread evenly without further mixing. Five words are
    reached from runs of two and of four.
    """
    if len(words) < SHINGLE:
        value = words[:1].copy()
        for word in words[1:]:
            value = value * _MULTIPLIER + word
        return value
    two = words[:-1] * _MULTIPLIER
    two += words[1:]
    four = two[:-2] * _SQUARE
    four += two[2:]
    five = four[:-1] * _MULTIPLIER
    five += words[4:]
    return five


def _smallest(hashes: NDArray[np.uint64], edges: NDArray[np.uint64]) -> list[int]:
    """The smallest value of each bin, as signed integers; an empty bin repeats the value of the next one."""
    ordered = np.sort(hashes)
    found: list[int] = ordered.take(ordered.searchsorted(edges), mode="clip").view(np.int64).tolist()
    return found
