"""The attribution reader: texts in, attributions out, in one pass of one encoder."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from onrecord.reading.attribution.decoding import Calibration, Candidate, decode
from onrecord.reading.attribution.linking import candidate_cues, distance_classes
from onrecord.reading.attribution.types import Attribution
from onrecord.reading.attribution.windows import Pieces, Window, piece_id, pieces, windows
from onrecord.reading.graphs import opened

Floats = npt.NDArray[np.float32]
Longs = npt.NDArray[np.int64]

CANDIDATE = 0.3
#: Pieces of one call of a graph, padding included: small calls pad less, and a quarter more words are read in a second than at 2,048.
BATCH_PIECES = 384


class Network(Protocol):
    """The two graphs of the reader, wherever they run."""

    def encode(self, ids: Longs, cases: Longs, quotes: Longs, mask: Longs) -> tuple[Floats, Floats]:
        """Windows (n, t) -> states (n, t, width) and cue probabilities (n, t, 3)."""

    def link(self, states: Floats, distances: Longs, mask: Longs) -> tuple[Floats, Floats]:
        """States of paragraphs (k, t, width) -> role probabilities (k, t, 2, 3) and validity logits (k,)."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """A candidate cue of a batch: its row, and piece ranges of its text."""

    row: int
    offset: int
    cue: tuple[int, int]
    block: tuple[int, int]
    found: float


class AttributionReader:
    """Finds who said what: source, cue and content of every attribution in a text, with a calibrated confidence."""

    def __init__(self, tokenizer: Tokenizer, network: Network, calibration: Calibration) -> None:
        self._tokenizer = tokenizer
        self._network = network
        self._calibration = calibration
        self._classifier = piece_id(tokenizer, "[CLS]")

    @classmethod
    def load(cls, path: Path | None = None, threads: int = 1) -> AttributionReader:
        """The reader whose files lie in `path` (those shipped with onrecord when None), on `threads` threads.

        Raises:
            FileNotFoundError: when a file of the reader is missing.
        """
        from onrecord.reading.attribution.network import OnnxNetwork

        folder, tokenizer, fitted = opened("attribution", path)
        calibration = Calibration(**{**fitted, "weights": tuple(fitted["weights"])})
        return cls(
            tokenizer,
            OnnxNetwork(folder / "attribution.onnx", folder / "attribution.linker.onnx", threads),
            calibration,
        )

    def read(self, texts: Sequence[str]) -> list[tuple[Attribution, ...]]:
        """The attributions of each text, in the order of their cues; spans are offsets into that text."""
        cut = pieces(self._tokenizer, texts)
        candidates = self.candidates(cut)
        return [
            decode(text, found, those, self._calibration)
            for text, found, those in zip(texts, cut, candidates, strict=True)
        ]

    def candidates(self, cut: Sequence[Pieces]) -> list[list[Candidate]]:
        """All candidate cues of each text with the linker's probabilities, before any decision.

        Windows of different texts never share a batch: activations are quantised by the batch, and what is found in a text
        must not depend on what else is read with it.
        """
        out = []
        for number, found in enumerate(cut):
            todo = sorted(windows(number, found.blocks), key=lambda w: (w.end - w.start, w.start))
            candidates = [c for group in _groups(todo) for c in self._batch(cut, group)]
            out.append(sorted(candidates, key=lambda c: c.cue))
        return out

    def _batch(self, cut: Sequence[Pieces], group: Sequence[Window]) -> Iterator[Candidate]:
        width = max(w.end - w.start for w in group) + 1
        arrays = np.zeros((4, len(group), width), dtype=np.int64)
        for row, window in enumerate(group):
            found, size = cut[window.text], window.end - window.start + 1
            arrays[0, row, 0] = self._classifier
            arrays[0, row, 1:size] = found.ids[window.start : window.end]
            arrays[1, row, 1:size] = found.cases[window.start : window.end]
            arrays[2, row, 1:size] = found.quotes[window.start : window.end]
            arrays[3, row, :size] = 1
        states, probabilities = self._network.encode(arrays[0], arrays[1], arrays[2], arrays[3])
        cues = [c for row, window in enumerate(group) for c in _cues(cut, row, window, probabilities[row])]
        cues.sort(key=lambda c: (c.block[1] - c.block[0], c.row, c.cue))
        low = 0
        while low < len(cues):
            high = low + 1
            while high < len(cues) and (high + 1 - low) * (cues[high].block[1] - cues[high].block[0]) <= BATCH_PIECES:
                high += 1
            yield from self._link(states, cues[low:high])
            low = high

    def _link(self, states: Floats, cues: Sequence[_Cue]) -> Iterator[Candidate]:
        width = max(c.block[1] - c.block[0] for c in cues)
        taken = np.zeros((len(cues), width, states.shape[-1]), dtype=np.float32)
        distances = np.zeros((len(cues), width), dtype=np.int64)
        mask = np.zeros((len(cues), width), dtype=np.int64)
        for k, cue in enumerate(cues):
            first, last = cue.block
            taken[k, : last - first] = states[cue.row, first - cue.offset : last - cue.offset]
            distances[k, : last - first] = distance_classes(first, last, cue.cue)
            mask[k, : last - first] = 1
        roles, valid = self._network.link(taken, distances, mask)
        for k, cue in enumerate(cues):
            size = cue.block[1] - cue.block[0]
            source, content = roles[k, :size, 0], roles[k, :size, 1]
            yield Candidate(cue.cue, cue.block, source, content, cue.found, float(valid[k]))


def _groups(todo: Sequence[Window]) -> Iterator[list[Window]]:
    """Windows, already in order of length, in groups of about BATCH_PIECES pieces."""
    group: list[Window] = []
    for window in todo:
        if group and (len(group) + 1) * (window.end - window.start + 1) > BATCH_PIECES:
            yield group
            group = []
        group.append(window)
    if group:
        yield group


def _cues(cut: Sequence[Pieces], row: int, window: Window, probabilities: Floats) -> Iterator[_Cue]:
    """The candidate cues of one window, cut at the end of their block."""
    offset = window.start - 1
    inside = probabilities[1 : window.end - offset]
    ranges = candidate_cues(inside, CANDIDATE)
    for label in cut[window.text].labels:
        at = label - window.start
        if 0 <= at < len(inside) and not any(low <= at < high for low, high in ranges):
            ranges.append((at, at + 1))
    if not ranges:
        return
    blocks = cut[window.text].blocks
    for first, last in blocks[bisect_left(blocks, (window.start, 0)) : bisect_left(blocks, (window.end, 0))]:
        for low, high in ranges:
            start, end = max(low + window.start, first), min(high + window.start, last)
            if start < end:
                found = 1.0 - float(probabilities[start - offset : end - offset, 0].min())
                yield _Cue(row, offset, (start, end), (first, last), found)
