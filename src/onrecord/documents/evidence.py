"""trafilatura's opinion of an HTML page, laid on the paragraphs of the rendering as features for the labeller.

trafilatura (https://trafilatura.readthedocs.io) reads the page's tree, which the rendering no longer shows. What it keeps
is text of its own, so each paragraph is asked how much of it trafilatura kept: the whole line, or the share of its
three-word sequences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from onrecord.documents.features import NAMES, Matrix
from onrecord.documents.lines import Paragraph

_WORD = re.compile(r"\w+")
_LEAD = re.compile(r"^[\s•*·▪◦\-–—|]*(?:\d{1,3}\.\s)?")
_SEQUENCE = 3
#: Paragraphs with fewer words are only asked for as whole lines: their words occur anywhere.
_SHORT = 4

#: Beyond this many characters trees of Python objects cost too much: the rendering alone is used.
_TREE_LIMIT = 8_000_000
#: From this share on a paragraph counts as kept.
_KEPT = 0.6

EVIDENCE = ("kept", "kept_whole", "kept_zone", "kept_any")
HTML_NAMES: tuple[str, ...] = (*NAMES, *EVIDENCE)


def main_text(html: str) -> str:
    """What trafilatura takes for the main text of a page; empty when it finds none, or the page is too large for it.

    Its quick mode that favours recall: the rescue by other extractors and the second pass of the balanced mode cost more time
    than they bring once the labeller has the last word.
    """
    if len(html) > _TREE_LIMIT:
        return ""
    from trafilatura import extract

    text = extract(html, fast=True, favor_recall=True, include_comments=False, include_tables=True, with_metadata=False)
    return text or ""


def _plain(words: str) -> str:
    return " ".join(_LEAD.sub("", words, count=1).split()).lower()


def evidence(paragraphs: Sequence[Paragraph], kept: str) -> Matrix:
    """One row a paragraph, columns as in `EVIDENCE`: share kept, kept as a whole line, between first and last kept, any kept."""
    n = len(paragraphs)
    result = np.zeros((n, len(EVIDENCE)), np.float32)
    if not kept or not n:
        return result
    whole = {_plain(line) for line in kept.splitlines()}
    words = _WORD.findall(kept.lower())
    sequences = set(zip(words, words[1:], words[2:], strict=False))
    for index, paragraph in enumerate(paragraphs):
        plain = _plain(paragraph.text)
        if plain in whole:
            result[index, 0] = result[index, 1] = 1
            continue
        own = _WORD.findall(plain)
        if len(own) < _SHORT:
            continue
        mine = list(zip(own, own[1:], own[2:], strict=False))
        result[index, 0] = sum(s in sequences for s in mine) / len(mine)
    long = np.fromiter((len(p.text) > 60 for p in paragraphs), bool, n)
    marks = np.flatnonzero((result[:, 0] > _KEPT) & long)
    if len(marks):
        result[marks[0] : marks[-1] + 1, 2] = 1
    result[:, 3] = 1
    return result


def settled(probabilities: Matrix, opinion: Matrix, paragraphs: Sequence[Paragraph], threshold: float) -> Matrix:
    """The labeller's probabilities, or trafilatura's shares where the labeller finds next to nothing of what that kept."""
    chars = np.fromiter((len(p.text) for p in paragraphs), np.float32, len(paragraphs))
    chosen = float(chars[probabilities > threshold].sum())
    kept = float(chars[opinion[:, 0] > _KEPT].sum())
    return opinion[:, 0] if chosen < 0.3 * kept else probabilities
