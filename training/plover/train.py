"""Fine-tunes the event coder: all labels in one loss, bfloat16 on the processor, an average of the weights kept."""

from __future__ import annotations

import copy
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from onrecord.reading.events.coder.network import Batch, Logits
from onrecord.reading.events.coder.reader import AUXILIARIES, NONE
from training.plover.data import Example, Labels, Noise, batches, tensors
from training.plover.model import CoderModel, load_pretrained
from training.steps import Course

_EDGES = (NONE + 1, NONE + 1 + len(AUXILIARIES))


@dataclass(frozen=True)
class Settings:
    """How the coder is trained; `decay` is the factor of the learning rate from layer to layer."""

    epochs: int = 8
    size: int = 16
    rate: float = 2.5e-4
    head_rate: float = 1e-3
    decay: float = 0.9
    weight_decay: float = 0.01
    warmup: float = 0.08
    average: float = 0.99
    dropout: float = 0.1
    smoothing: float = 0.1
    seed: int = 7
    noise: Noise = field(default_factory=Noise)


def train(
    examples: Sequence[Example], tokenizer: Tokenizer, base: Path, settings: Settings, start: CoderModel | None = None
) -> CoderModel:
    """Trains on `examples`, from `start` or the base model, and returns the averaged model; prints a line an epoch."""
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    model = load_pretrained(base, settings.dropout) if start is None else copy.deepcopy(start)
    steps = settings.epochs * math.ceil(len(examples) / settings.size)
    course = Course(model, settings, steps)
    for _ in range(settings.epochs):
        course.begin()
        for inputs, labels in batches(tokenizer, examples, settings.size, rng, settings.noise):
            with torch.autocast("cpu", torch.bfloat16):
                outputs = model(*inputs)
            course.step(loss_of(outputs, labels, settings.smoothing))
        course.end()
    return course.averaged


def loss_of(outputs: Tensor, labels: Labels, smoothing: float) -> Tensor:
    """The likelihood of any right root, of the auxiliary and of the mode where they are known."""
    roots, auxiliaries, modes = outputs.tensor_split(_EDGES, 1)
    chances = F.log_softmax(roots, 1)
    right = torch.logsumexp(chances + torch.log(labels.roots.clamp(min=1e-9)), 1)
    told = -(1 - smoothing) * right - smoothing * chances.mean(1)
    total = (told * labels.weights).sum() / labels.weights.sum()
    for logits, truth, share in ((auxiliaries, labels.auxiliaries, 0.4), (modes, labels.modes, 0.2)):
        if bool((truth >= 0).any()):
            total = total + share * F.cross_entropy(logits, truth, ignore_index=-1, label_smoothing=smoothing)
    return total


class TorchNetwork:
    """`onrecord.reading.events.coder.network.Network` over a PyTorch model, in float32."""

    def __init__(self, model: CoderModel) -> None:
        self._model = model.eval()

    @torch.no_grad()
    def __call__(self, batch: Batch) -> Logits:
        """The logits of each sentence."""
        return Logits(*np.split(self._model(*tensors(batch)).numpy(), _EDGES, axis=1))
