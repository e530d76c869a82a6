"""The reader's two graphs on onnxruntime."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.reading.graphs import session

Floats = npt.NDArray[np.float32]
Longs = npt.NDArray[np.int64]


class OnnxNetwork:
    """Encoder and linker graphs run by onnxruntime on the processor, on a fixed number of threads.

    Raises:
        FileNotFoundError: when a graph is missing.
    """

    def __init__(self, encoder: Path, linker: Path, threads: int = 1) -> None:
        self._encoder = session(encoder, threads)
        self._linker = session(linker, threads)

    def encode(self, ids: Longs, cases: Longs, quotes: Longs, mask: Longs) -> tuple[Floats, Floats]:
        """Windows (n, t) -> states (n, t, 384) and cue probabilities (n, t, 3)."""
        fed = {"ids": ids, "cases": cases, "quotes": quotes, "mask": mask}
        states, cues = self._encoder.run(["states", "cues"], fed)
        return states, cues

    def link(self, states: Floats, distances: Longs, mask: Longs) -> tuple[Floats, Floats]:
        """States of paragraphs (k, t, 384) -> role probabilities (k, t, 2, 3) and validity logits (k,)."""
        fed = {"states": states, "distances": distances, "mask": mask}
        roles, valid = self._linker.run(["roles", "valid"], fed)
        return roles, valid
