"""The reader's two graphs on onnxruntime."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

Floats = npt.NDArray[np.float32]
Longs = npt.NDArray[np.int64]

_SLOW = ("SkipLayerNormFusion", "BiasGeluFusion")
"""Rewrites of onnxruntime that make these graphs slower on one core (3.5 ms for 0.5 ms, 2.6 ms for 1.9 ms)."""


class OnnxNetwork:
    """Encoder and linker graphs run by onnxruntime on the processor, on a fixed number of threads.

    Raises:
        FileNotFoundError: when a graph is missing.
    """

    def __init__(self, encoder: Path, linker: Path, threads: int = 1) -> None:
        for path in (encoder, linker):
            if not path.is_file():
                raise FileNotFoundError(path)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        options.log_severity_level = 3
        self._encoder = _session(encoder, options)
        self._linker = _session(linker, options)

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


def _session(path: Path, options: onnxruntime.SessionOptions) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=list(_SLOW)
    )
