"""The event coder's graph on onnxruntime."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from onrecord.reading.events.coder.pieces import SOURCE, TARGET, TRIGGER, Pieces
from onrecord.reading.graphs import session

Floats = npt.NDArray[np.float32]
Longs = npt.NDArray[np.int64]

POOLS = 4


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences as arrays, padded to the longest: ids, cases, roles and mask (n, t), and weights for four means.

    `means` is (n, 4, t): each row sums to 1 over the pieces of source, target, trigger and the whole sentence, or is all 0
    when there is no such piece.
    """

    ids: Longs
    cases: Longs
    roles: Longs
    mask: Longs
    means: Floats


@dataclass(frozen=True, slots=True)
class Logits:
    """What the graph says: roots (n, 17), the last one no event; auxiliaries (n, 5); modes (n, modes)."""

    roots: Floats
    auxiliaries: Floats
    modes: Floats


class Network(Protocol):
    """The graph of the coder, wherever it runs."""

    def __call__(self, batch: Batch) -> Logits:
        """The logits of each sentence."""


def batch_of(rows: list[Pieces]) -> Batch:
    """Pads the pieces of several sentences into arrays."""
    width = max(len(row) for row in rows)
    arrays = np.zeros((4, len(rows), width), dtype=np.int64)
    means = np.zeros((len(rows), POOLS, width), dtype=np.float32)
    for n, row in enumerate(rows):
        size = len(row)
        for k, values in enumerate((row.ids, row.cases, row.roles)):
            arrays[k, n, :size] = values
        arrays[3, n, :size] = 1
        for k, role in enumerate((SOURCE, TARGET, TRIGGER)):
            inside = arrays[2, n] == role
            if inside.any():
                means[n, k, inside] = 1.0 / inside.sum()
        means[n, 3, 1 : size - 1] = 1.0 / max(1, size - 2)
    return Batch(arrays[0], arrays[1], arrays[2], arrays[3], means)


class OnnxNetwork:
    """The graph run by onnxruntime on the processor, on a fixed number of threads; it takes batches without padding.

    Raises:
        FileNotFoundError: when the graph is missing.
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        self._session = session(path, threads)

    def __call__(self, batch: Batch) -> Logits:
        """The logits of each sentence.

        Raises:
            ValueError: when the sentences are not of one length.
        """
        if not batch.mask.all():
            raise ValueError("the graph has no mask: give it sentences of one length")
        fed = {name: getattr(batch, name) for name in ("ids", "cases", "roles", "means")}
        return Logits(*self._session.run(["roots", "auxiliaries", "modes"], fed))
