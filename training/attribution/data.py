"""An attribution corpus as training material: one JSON line for each text (doc_id, text, attributions), in plain or .gz files."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.reading.attribution.linking import distance_classes
from onrecord.reading.attribution.windows import WINDOW, Pieces, Window, pieces, windows

ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Link:
    """One attribution as piece ranges of its text: the cue's, and the pieces of its source and content fragments."""

    cue: tuple[int, int]
    source: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A text of the corpus with its pieces and its attributions (those without a cue or a content left out)."""

    name: str
    text: str
    pieces: Pieces
    links: tuple[Link, ...]
    gold: tuple[dict[str, list[list[int]]], ...]


def read_corpus(path: Path, tokenizer: Tokenizer) -> list[Example]:
    """The examples of a corpus file, in its order."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    cut = pieces(tokenizer, [row["text"] for row in rows])
    return [
        Example(
            row["doc_id"], row["text"], found, tuple(_links(found, row["attributions"])), tuple(row["attributions"])
        )
        for row, found in zip(rows, cut, strict=True)
    ]


def _links(found: Pieces, attributions: list[dict[str, list[list[int]]]]) -> Iterator[Link]:
    for attribution in attributions:
        ranges = {role: tuple(_range(found, s, e) for s, e in attribution[role]) for role in ROLES}
        ranges = {role: tuple(r for r in rs if r[0] < r[1]) for role, rs in ranges.items()}
        if ranges["cue"] and ranges["content"]:
            yield Link(ranges["cue"][0], ranges["source"], ranges["content"])


def _range(found: Pieces, start: int, end: int) -> tuple[int, int]:
    """The pieces that share a character with `[start, end)`."""
    low = int(np.searchsorted(found.ends, start, side="right"))
    high = int(np.searchsorted(found.starts, end, side="left"))
    while low < high and found.ends[low] == found.starts[low]:
        low += 1
    while high > low and found.ends[high - 1] == found.starts[high - 1]:
        high -= 1
    return low, high


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue of a batch: row and piece range (with the classifier piece in front), the paragraph's range, its link if gold."""

    row: int
    cue: tuple[int, int]
    block: tuple[int, int]
    link: Link | None
    shift: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded windows (n, t) with tag targets (n, t, 3; -100 where padded), the windows themselves and the gold cues."""

    ids: Tensor
    cases: Tensor
    quotes: Tensor
    mask: Tensor
    tags: Tensor
    windows: tuple[Window, ...]
    cues: tuple[Cue, ...]


def batches(examples: Sequence[Example], budget: int, rng: random.Random | None, classifier: int) -> Iterator[Batch]:
    """Batches of about `budget` pieces, windows of like length together.

    With `rng` the window limit is drawn for each text and the batches are shuffled; without, all is in order and fixed.
    """
    cut: list[Window] = []
    for number, example in enumerate(examples):
        limit = WINDOW - 1 if rng is None else rng.choice((79, 95, 127, 127, 159))
        cut.extend(windows(number, example.pieces.blocks, limit))
    jitter = {id(w): rng.random() * 12 if rng else 0.0 for w in cut}
    cut.sort(key=lambda w: (w.end - w.start + jitter[id(w)], w.text, w.start))
    groups: list[list[Window]] = [[]]
    for window in cut:
        longest = max([window.end - window.start] + [w.end - w.start for w in groups[-1]])
        if groups[-1] and (len(groups[-1]) + 1) * (longest + 1) > budget:
            groups.append([])
        groups[-1].append(window)
    if rng:
        rng.shuffle(groups)
    for group in groups:
        yield _batch(examples, group, classifier)


def _batch(examples: Sequence[Example], group: list[Window], classifier: int) -> Batch:
    width = max(w.end - w.start for w in group) + 1
    arrays = np.zeros((4, len(group), width), dtype=np.int64)
    tags = np.full((len(group), width, 3), -100, dtype=np.int64)
    cues: list[Cue] = []
    for row, window in enumerate(group):
        example = examples[window.text]
        size = window.end - window.start + 1
        arrays[0, row, 0] = classifier
        for index, name in enumerate(("ids", "cases", "quotes")):
            arrays[index, row, 1:size] = getattr(example.pieces, name)[window.start : window.end]
        arrays[3, row, :size] = 1
        tags[row, 1:size] = 0
        shift = 1 - window.start
        for link in example.links:
            for column, ranges in enumerate(((link.cue,), link.source, link.content)):
                for begin, end in ranges:
                    low, high = max(begin, window.start), min(end, window.end)
                    if low < high:
                        tags[row, low + shift : high + shift, column] = 2
                        tags[row, low + shift, column] = 1
            if window.start <= link.cue[0] < window.end:
                block = next(b for b in example.pieces.blocks if b[0] <= link.cue[0] < b[1])
                cue = (link.cue[0] + shift, min(link.cue[1], block[1]) + shift)
                cues.append(Cue(row, cue, (block[0] + shift, block[1] + shift), link, shift))
    ids, cases, quotes, mask = (torch.from_numpy(a) for a in arrays)
    return Batch(ids, cases, quotes, mask, torch.from_numpy(tags), tuple(group), tuple(cues))


def slices(states: Tensor, cues: Sequence[Cue]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """For cues: states of their paragraphs (k, t, 384), distance classes, mask, and targets (k, t, 2; -100 where none)."""
    width = max(c.block[1] - c.block[0] for c in cues)
    index = np.zeros((len(cues), width), dtype=np.int64)
    distances = np.zeros((len(cues), width), dtype=np.int64)
    mask = np.zeros((len(cues), width), dtype=np.int64)
    targets = np.full((len(cues), width, 2), -100, dtype=np.int64)
    for k, cue in enumerate(cues):
        first, last = cue.block
        size = last - first
        index[k, :size] = cue.row * states.shape[1] + np.arange(first, last)
        distances[k, :size] = distance_classes(first, last, cue.cue)
        mask[k, :size] = 1
        if cue.link is None:
            continue
        targets[k, :size] = 0
        for column, ranges in enumerate((cue.link.source, cue.link.content)):
            for begin, end in ranges:
                low, high = max(begin + cue.shift, first), min(end + cue.shift, last)
                if low < high:
                    targets[k, low - first : high - first, column] = 2
                    targets[k, low - first, column] = 1
    flat = states.reshape(-1, states.shape[-1])
    taken = flat[torch.from_numpy(index.reshape(-1))].view(len(cues), width, -1)
    return taken, torch.from_numpy(distances), torch.from_numpy(mask), torch.from_numpy(targets)
