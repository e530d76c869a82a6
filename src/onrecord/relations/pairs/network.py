"""The pair classifier's graph on onnxruntime."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from onrecord.reading.graphs import session
from onrecord.relations.pairs.pieces import CONTENTS, Pieces

Floats = npt.NDArray[np.float32]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs as arrays, padded to the longest: four of (n, t) whole numbers, the mask, and weights for two means.

    `means` is (n, 2, t): each row sums to 1 over the pieces of one content, or is all 0 when the cut left none of it.
    """

    ids: Longs
    cases: Longs
    roles: Longs
    slots: Longs
    mask: Longs
    means: Floats


class Network(Protocol):
    """The graph of the classifier, wherever it runs."""

    def __call__(self, batch: Batch) -> Floats:
        """The logits of against, same and other for each pair (n, 3)."""


def batch_of(rows: list[Pieces]) -> Batch:
    """Pads the pieces of several pairs into arrays."""
    width = max(len(row) for row in rows)
    arrays = np.zeros((5, len(rows), width), dtype=np.int64)
    means = np.zeros((len(rows), len(CONTENTS), width), dtype=np.float32)
    for n, row in enumerate(rows):
        size = len(row)
        for k, values in enumerate((row.ids, row.cases, row.roles, row.slots)):
            arrays[k, n, :size] = values
        arrays[4, n, :size] = 1
        for k, role in enumerate(CONTENTS):
            inside = arrays[2, n] == role
            if inside.any():
                means[n, k, inside] = 1.0 / inside.sum()
    return Batch(arrays[0], arrays[1], arrays[2], arrays[3], arrays[4], means)


class OnnxNetwork:
    """The graph run by onnxruntime on the processor, on a fixed number of threads.

    Raises:
        FileNotFoundError: when the graph is missing.
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        self._session = session(path, threads)

    def __call__(self, batch: Batch) -> Floats:
        """The logits of against, same and other for each pair (n, 3).

        Raises:
            ValueError: when the pairs are not of one length.
        """
        if not batch.mask.all():
            raise ValueError("the graph has no mask: give it pairs of one length")
        fed = {name: getattr(batch, name) for name in ("ids", "cases", "roles", "slots", "means")}
        logits: Floats = self._session.run(["meanings"], fed)[0]
        return logits
