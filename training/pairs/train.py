"""Fine-tunes the pair classifier: bfloat16 on the processor, an average of the weights kept."""

from __future__ import annotations

import copy
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F

from onrecord.relations.pairs.network import Batch
from training.pairs.data import Example, Noise, batches, tensors
from training.pairs.model import PairModel, load_pretrained
from training.schedule import warmed_cosine
from training.steps import average, groups


@dataclass(frozen=True)
class Settings:
    """How the classifier is trained; `decay` is the factor of the learning rate from layer to layer."""

    epochs: int = 8
    size: int = 24
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.9
    weight_decay: float = 0.01
    warmup: float = 0.08
    average: float = 0.99
    dropout: float = 0.1
    smoothing: float = 0.05
    noise: Noise = field(default_factory=Noise)
    seed: int = 7


def train(examples: Sequence[Example], tokenizer: Tokenizer, base: Path, settings: Settings) -> PairModel:
    """Trains on `examples` from the base model and returns the averaged model; prints a line an epoch."""
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    model = load_pretrained(base, settings.dropout)
    averaged = copy.deepcopy(model).eval()
    optimizer = torch.optim.AdamW(groups(model, settings), betas=(0.9, 0.98))
    steps = settings.epochs * math.ceil(len(examples) / settings.size)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: warmed_cosine(step, steps, settings.warmup))
    step = 0
    for epoch in range(settings.epochs):
        began, total, number = time.time(), 0.0, 0
        model.train()
        for inputs, truth in batches(tokenizer, examples, settings.size, rng, settings.noise):
            with torch.autocast("cpu", torch.bfloat16):
                told = model(*inputs)
            loss = F.cross_entropy(told, truth, label_smoothing=settings.smoothing)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            average(averaged, model, min(settings.average, (1 + step) / (10 + step)))
            total, number = total + float(loss.detach()), number + 1
        print(f"epoch {epoch + 1}: {time.time() - began:.0f} s, loss {total / number:.4f}", flush=True)
    return averaged


class TorchNetwork:
    """`onrecord.relations.pairs.network.Network` over a PyTorch model, in float32."""

    def __init__(self, model: PairModel) -> None:
        self._model = model.eval()

    @torch.no_grad()
    def __call__(self, batch: Batch) -> npt.NDArray[np.float32]:
        """The logits of against, same and other for each pair (n, 3)."""
        logits: npt.NDArray[np.float32] = self._model(*tensors(batch)).numpy()
        return logits
