"""How the trained readers are opened and run: their files, their graphs on onnxruntime, and batches of one length."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence, Sized
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

_SLOW = ("SkipLayerNormFusion", "BiasGeluFusion")
"""Rewrites of onnxruntime that make these graphs slower on one core (3.5 ms for 0.5 ms, 2.6 ms for 1.9 ms)."""


def session(graph: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    """The graph of the file `graph`, ready to run.

    Raises:
        FileNotFoundError: when there is no such file.
    """
    # Its library weighs 40 MB in a process that only names a reader's types.
    import onnxruntime

    if not graph.is_file():
        raise FileNotFoundError(graph)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(graph), options, providers=["CPUExecutionProvider"], disabled_optimizers=list(_SLOW)
    )


def opened(name: str, path: Path | None) -> tuple[Path, Tokenizer, dict[str, Any]]:
    """The folder of the reader `name` (`path`, or that of the readers shipped with onrecord), its tokenizer and its calibration.

    Raises:
        FileNotFoundError: when a file of the reader is missing.
    """
    from tokenizers import Tokenizer

    folder = path if path is not None else Path(str(files("onrecord").joinpath("weights")))
    for ending in ("tokenizer.json", "json"):
        if not (folder / f"{name}.{ending}").is_file():
            raise FileNotFoundError(folder / f"{name}.{ending}")
    tokenizer = Tokenizer.from_file(str(folder / f"{name}.tokenizer.json"))
    fitted = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return folder, tokenizer, fitted["calibration"]


def by_length(cut: Sequence[Sized], limit: int) -> Iterator[list[int]]:
    """Numbers of the rows in groups of one length and at most `limit` pieces, so that no verdict depends on its neighbours' padding."""
    order = sorted(range(len(cut)), key=lambda n: (len(cut[n]), n))
    group: list[int] = []
    for n in order:
        if group and (len(cut[group[0]]) != len(cut[n]) or (len(group) + 1) * len(cut[n]) > limit):
            yield group
            group = []
        group.append(n)
    if group:
        yield group
