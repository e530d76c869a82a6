"""How the trained readers' graphs are run: onnxruntime on the processor, on a fixed number of threads."""

from __future__ import annotations

from pathlib import Path

import onnxruntime

_SLOW = ("SkipLayerNormFusion", "BiasGeluFusion")
"""Rewrites of onnxruntime that make these graphs slower on one core (3.5 ms for 0.5 ms, 2.6 ms for 1.9 ms)."""


def session(graph: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    """The graph of the file `graph`, ready to run.

    Raises:
        FileNotFoundError: when there is no such file.
    """
    if not graph.is_file():
        raise FileNotFoundError(graph)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(graph), options, providers=["CPUExecutionProvider"], disabled_optimizers=list(_SLOW)
    )
