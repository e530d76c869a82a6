"""Pages with labelled lines become examples for the line labeller.

A corpus is JSON Lines (plain or .gz) with ``id``, ``url``, ``dump_text`` and ``lines`` (``start``, ``end``, ``label``: 1 for the
article's own text), as the article-extraction benchmark gives after alignment; any corpus in this form will do.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from onrecord.documents.evidence import evidence, main_text
from onrecord.documents.features import Matrix, features
from onrecord.documents.lines import Paragraph, paragraphs, split_lines
from onrecord.documents.rendering import parse, render
from onrecord.documents.slugs import slug_words

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Example:
    """One page as the labeller sees it: paragraphs, features, labels (0 or 1), and weights that sum to one."""

    id: str
    host: str
    paragraphs: tuple[Paragraph, ...]
    features: Matrix
    labels: Matrix
    weights: Matrix


def host_of(url: str) -> str:
    """The host of `url` without ``www.``: pages of one host stay in one fold."""
    return re.sub(r"^www\.", "", urlsplit(url).hostname or "")


def weighted(chars: Sequence[int]) -> Matrix:
    """Weights of paragraphs: the square root of their length, summing to one a page."""
    weights = np.sqrt(np.asarray(chars, np.float32) + 12)
    result: Matrix = (weights / weights.sum()).astype(np.float32)
    return result


def labelled(row: Mapping[str, Any]) -> tuple[list[Paragraph], NDArray[np.float32]]:
    """The paragraphs of a labelled page with their labels; a paragraph of wrapped lines has the label of its first."""
    text = row["dump_text"]
    spans = split_lines(text)
    label = {line["start"]: float(line["label"]) for line in row["lines"]}
    found = paragraphs(text, spans)
    starts = [
        spans[p.first].start + len(spans[p.first].of(text)) - len(spans[p.first].of(text).lstrip()) for p in found
    ]
    return found, np.array([label.get(start, 0.0) for start in starts], np.float32)


def example(row: Mapping[str, Any], with_url: bool = True) -> Example:
    """A page as it is; without its address where `with_url` is false."""
    found, labels = labelled(row)
    slug = slug_words(row["url"]) if with_url else frozenset[str]()
    matrix = features(found, slug)
    return Example(row["id"], host_of(row["url"]), tuple(found), matrix, labels, weighted([len(p.text) for p in found]))


def aligned_labels(found: Sequence[Paragraph], body_text: str) -> NDArray[np.float32]:
    """Which paragraphs are in `body_text`: 1 where most of the words lie in runs that an alignment of both texts matches.

    Runs shorter than four words count only when they are the whole paragraph.
    """
    words = [_WORD.findall(p.text.lower()) for p in found]
    ends = np.cumsum([len(w) for w in words])
    page = [w for line in words for w in line]
    body = _WORD.findall(body_text.lower())
    matched = np.zeros(len(page), np.float32)
    for block in Indel.opcodes(page, body):
        if block.tag != "equal":
            continue
        start, end = block.src_start, block.src_end
        line = int(np.searchsorted(ends, start, side="right"))
        begin = int(ends[line - 1]) if line else 0
        if end - start >= 4 or (start <= begin and end >= int(ends[line])):
            matched[start:end] = 1
    shares = [float(matched[e - len(w) : e].mean()) if w else 0.0 for w, e in zip(words, ends, strict=True)]
    return np.array([share > 0.5 for share in shares], np.float32)


def html_examples(row: Mapping[str, Any], dumps: Sequence[Mapping[str, Any]]) -> list[Example]:
    """An HTML page, and its dumps by other renderers (rows as in `example`, same ``id``) with the same evidence."""
    kept = main_text(row["html"])
    made = [html_example(row)]
    for number, dump in enumerate(dumps):
        found = example(dump, with_url=number % 2 == 0)
        matrix = np.column_stack([found.features, evidence(found.paragraphs, kept)])
        made.append(replace(found, features=matrix))
    return made


def html_example(row: Mapping[str, Any], with_url: bool = True) -> Example:
    """An HTML page (``id``, ``url``, ``html``, ``body_text``) with trafilatura's evidence, labelled by alignment."""
    text = render(parse(row["html"]))
    found = paragraphs(text, split_lines(text))
    kept = main_text(row["html"])
    slug = slug_words(row["url"]) if with_url else frozenset[str]()
    matrix = np.column_stack([features(found, slug), evidence(found, kept)])
    chars = [len(p.text) for p in found]
    labels = aligned_labels(found, row["body_text"])
    return Example(row["id"], host_of(row["url"]), tuple(found), matrix, labels, weighted(chars))


def variant(row: Mapping[str, Any], seed: int) -> Example | None:
    """A page altered as text dumps are: cut at its head or its foot, link lines thinned out, its layout changed.

    Real dumps (saved pages, agency files) often hold the article with little around it; the benchmark's pages hold all of a
    site's furniture. None when nothing of the article is left.
    """
    rng = random.Random(f"{row['id']}/{seed}")
    found, labels = labelled(row)
    body = np.flatnonzero(labels)
    if not len(body):
        return None
    first, last = int(body[0]), int(body[-1])
    head = rng.choice([0, first, max(0, first - rng.randint(0, 12)), max(0, first - rng.randint(0, 40))])
    foot = rng.choice(
        [
            len(found),
            last + 1,
            min(len(found), last + 1 + rng.randint(0, 10)),
            min(len(found), last + 1 + rng.randint(0, 40)),
        ]
    )
    keep_rate = rng.choice([1.0, 1.0, 0.7, 0.4])
    blank = rng.choice([None, None, 0, 1])
    kept = [i for i in range(head, foot) if labels[i] or first < i < last or rng.random() < keep_rate]
    altered = []
    for i in kept:
        p = found[i]
        altered.append(
            replace(p, blank=p.blank if blank is None else blank, indent=p.indent if keep_rate == 1.0 else 0)
        )
    slug = slug_words(row["url"]) if rng.random() < 0.4 else frozenset[str]()
    matrix = features(altered, slug)
    chars = [len(p.text) for p in altered]
    return Example(row["id"], host_of(row["url"]), tuple(altered), matrix, labels[kept], weighted(chars))
