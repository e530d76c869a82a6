"""Coders for cross-validation, each trained without one fold of the corpus as `training.plover.run` trains the shipped one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from evals.plover import coding_input
from onrecord.reading.events.coder import EventCoder
from onrecord.reading.events.coder.reader import Calibration
from training.attribution.run import base_folder, open_tokenizer
from training.plover.data import corpus_example, read_own
from training.plover.head import Heads
from training.plover.run import first_stage, open_stage
from training.plover.train import TorchNetwork


def coders(gold: Sequence[dict[str, Any]], folds: Sequence[int], own: Path, start: Path | None) -> Iterator[EventCoder]:
    """A coder for each fold in turn, in float32; the first stage, the same for all, is read from `start` when it is given."""
    torch.set_num_threads(1)
    base = base_folder()
    tokenizer = open_tokenizer(base)
    sentences = read_own(own)
    first = first_stage(sentences, tokenizer, base) if start is None else open_stage(start, base)
    corpus = [corpus_example(row["id"], coding_input(row), row["root"]) for row in gold]
    heads = Heads(first, sentences, corpus, tokenizer)
    for fold in range(max(folds) + 1):
        model = heads.fit([n for n, f in enumerate(folds) if f != fold])
        yield EventCoder(tokenizer, TorchNetwork(model), Calibration())
