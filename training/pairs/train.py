"""Fine-tunes the pair classifier and its teacher: bfloat16 on the processor, an average of the weights kept.

A lesson is a pair with its label, with the teacher's opinion, or with both; a pair without an opinion is changed on its way
in (`training.pairs.data.Noise`), one with an opinion is seen as the teacher saw it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.relations.pairs.classifier import MEANINGS
from onrecord.relations.pairs.network import Batch
from training.pairs.data import Example, Noise, batches, tensors
from training.steps import Course


@dataclass(frozen=True)
class Settings:
    """How a model is trained.

    `decay` is the factor of the learning rate from layer to layer; `shown` how many of the pairs without an opinion are seen in
    a pass, `drawn` how many of those with one; `trust` the teacher's share in the loss of a pair that has a label too.
    """

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
    shown: int = 4000
    drawn: int = 8000
    trust: float = 0.7
    seed: int = 7


TEACHER = Settings(epochs=4, size=16, rate=5e-5, head_rate=4e-4, decay=0.92, warmup=0.1, average=0.98)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A pair to learn from; `opinion` are the teacher's logits (3,), None when it was not asked."""

    example: Example
    opinion: Tensor | None = None
    labelled: bool = True


def train(model: nn.Module, lessons: Sequence[Lesson], tokenizer: Tokenizer, settings: Settings) -> nn.Module:
    """Trains `model` and returns the average of its weights; prints a line an epoch.

    Each pass goes over `settings.shown` of the lessons without an opinion and `settings.drawn` of the others, drawn anew.
    """
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    plain, taught = [x for x in lessons if x.opinion is None], [x for x in lessons if x.opinion is not None]
    shown, drawn = min(settings.shown, len(plain)), min(settings.drawn, len(taught))
    steps = settings.epochs * math.ceil((shown + drawn) / settings.size)
    course = Course(model, settings, steps)
    for _ in range(settings.epochs):
        course.begin()
        chosen = [*rng.sample(plain, shown), *rng.sample(taught, drawn)]
        seen = [settings.noise.apply(x.example, rng) if x.opinion is None else x.example for x in chosen]
        for inputs, group in batches(tokenizer, seen, settings.size, rng):
            with torch.autocast("cpu", torch.bfloat16):
                told = model(*inputs)
            course.step(_loss(told, [chosen[i] for i in group], [seen[i] for i in group], settings))
        course.end()
    return course.averaged


def _loss(told: Tensor, lessons: Sequence[Lesson], seen: Sequence[Example], settings: Settings) -> Tensor:
    truth = torch.tensor([MEANINGS.index(e.meaning) for e in seen])
    hard = F.cross_entropy(told, truth, label_smoothing=settings.smoothing, reduction="none")
    opinions = torch.stack([torch.zeros(len(MEANINGS)) if x.opinion is None else x.opinion for x in lessons])
    soft = -(opinions.softmax(1) * told.log_softmax(1)).sum(1)
    shares = [0.0 if x.opinion is None else settings.trust if x.labelled else 1.0 for x in lessons]
    trust = torch.tensor(shares)
    return (trust * soft + (1.0 - trust) * hard).mean()


class TorchNetwork:
    """`onrecord.relations.pairs.network.Network` over a PyTorch model, in float32."""

    def __init__(self, model: nn.Module) -> None:
        self._model = model.eval()

    @torch.no_grad()
    def __call__(self, batch: Batch) -> npt.NDArray[np.float32]:
        """The logits of against, same and other for each pair (n, 3)."""
        logits: npt.NDArray[np.float32] = self._model(*tensors(batch)).numpy()
        return logits
