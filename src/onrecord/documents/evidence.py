"""trafilatura's opinion of an HTML page, laid on the paragraphs of the rendering as features for the labeller.

trafilatura (https://trafilatura.readthedocs.io) reads the page's tree, which the rendering no longer shows. What it keeps
is text of its own, so each paragraph is asked how much of it trafilatura kept: the whole line, or the share of its
three-word sequences.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from onrecord.documents.features import NAMES, Matrix
from onrecord.documents.lines import Paragraph

_WORD = re.compile(r"\w+")
_LEAD = re.compile(r"^[\s•*·▪◦\-–—|]*(?:\d{1,3}\.\s)?")
_SELF_CLOSED = re.compile(r"<html[^<>\n]*/>", re.IGNORECASE)
#: Control characters that XML has no place for, in UTF-8.
_NO_XML = bytes(set(range(32)) - {9, 10, 13})
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

    tree = _tree(html)
    text = extract(
        html if tree is None else tree,
        fast=True,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
    )
    return text or ""


@functools.cache
def _parser() -> Any:
    """The parser that trafilatura uses, but with one class for all elements, so that none is looked up while a tree is walked."""
    from lxml import etree
    from lxml.html import HtmlElement

    parser = etree.HTMLParser(
        encoding="utf-8", collect_ids=False, default_doctype=False, remove_comments=True, remove_pis=True
    )
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    return parser


def _tree(html: str) -> Any:
    """The tree that trafilatura makes of a page, sooner; None for pages that it mends before it reads them.

    It mends other doctypes than HTML's, roots that close themselves, and characters that XML does not allow.
    """
    whole = html[:200].lstrip().lower().startswith(("<!doctype html>", "<html"))
    if not whole or _SELF_CLOSED.search(html[:4096]) or "\ufffe" in html or "\uffff" in html:
        return None
    from lxml import etree

    try:
        tree = etree.fromstring(html.encode("utf-8", "surrogatepass").translate(None, _NO_XML), _parser())
    except etree.LxmlError:
        return None
    return tree if tree is not None and len(tree) else None


def _plain(words: str) -> str:
    lead = _LEAD.match(words)
    return " ".join(words[lead.end() if lead else 0 :].split()).lower()


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
        shared = sum(map(sequences.__contains__, zip(own, own[1:], own[2:], strict=False)))
        result[index, 0] = shared / (len(own) - 2)
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
