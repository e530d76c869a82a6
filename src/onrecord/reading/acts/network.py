"""The act reader's graph on onnxruntime."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from onrecord.reading.acts.pieces import CONTENT, CUE, SOURCE, Pieces
from onrecord.reading.graphs import session

Floats = npt.NDArray[np.float32]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """Statements as arrays, padded to the longest: four of (n, t) whole numbers, the mask, and weights for three means.

    `means` is (n, 3, t): each row sums to 1 over the pieces of source, cue and content, or is all 0 when the role is empty.
    """

    ids: Longs
    cases: Longs
    roles: Longs
    slots: Longs
    mask: Longs
    means: Floats


@dataclass(frozen=True, slots=True)
class Logits:
    """What the graph says: acts (n, 16), modalities (n, 5), polarities (n, 2), and starts and ends of the target (n, t)."""

    acts: Floats
    modalities: Floats
    polarities: Floats
    starts: Floats
    ends: Floats


class Network(Protocol):
    """The graph of the reader, wherever it runs."""

    def __call__(self, batch: Batch) -> Logits:
        """The logits of each statement."""


def batch_of(rows: list[Pieces]) -> Batch:
    """Pads the pieces of several statements into arrays."""
    width = max(len(row) for row in rows)
    arrays = np.zeros((5, len(rows), width), dtype=np.int64)
    means = np.zeros((len(rows), 3, width), dtype=np.float32)
    for n, row in enumerate(rows):
        size = len(row)
        for k, values in enumerate((row.ids, row.cases, row.roles, row.slots)):
            arrays[k, n, :size] = values
        arrays[4, n, :size] = 1
        for k, role in enumerate((SOURCE, CUE, CONTENT)):
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

    def __call__(self, batch: Batch) -> Logits:
        """The logits of each statement."""
        fed = {name: getattr(batch, name) for name in ("ids", "cases", "roles", "slots", "mask", "means")}
        return Logits(*self._session.run(["acts", "modalities", "polarities", "starts", "ends"], fed))
