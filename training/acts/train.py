"""Fine-tunes the act reader and its teacher: all labels in one loss, bfloat16 on the processor, an average of the weights kept.

A lesson is a statement with its labels, with the teacher's opinion, or with both. The reader learns from both (Hinton,
Vinyals and Dean 2015, with a temperature of one): from the opinion on how the labels share out, from the labels what is right.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.reading.acts.network import Batch, Logits
from onrecord.reading.acts.reader import ACTS, MODALITIES
from training.acts.data import Example, Labels, batches, tensors
from training.steps import Course

_LABELS = (len(ACTS), len(ACTS) + len(MODALITIES))
WEIGHTS = (1.0, 0.5, 0.3)
"""Of act, modality and polarity in the loss; start and end of the target have 0.5 each."""


@dataclass(frozen=True)
class Settings:
    """How a model is trained.

    `decay` is the factor of the learning rate from layer to layer; `extra` the number of lessons without labels in a pass;
    `trust` the teacher's share in the loss of a lesson that has labels too; `sure` the score from which its target counts.
    """

    epochs: int = 8
    size: int = 48
    rate: float = 3.5e-4
    head_rate: float = 1e-3
    decay: float = 0.9
    weight_decay: float = 0.01
    warmup: float = 0.08
    average: float = 0.99
    dropout: float = 0.1
    smoothing: float = 0.1
    forget: float = 0.5
    extra: int = 6000
    trust: float = 0.5
    sure: float = 0.6
    seed: int = 7


TEACHER = Settings(
    epochs=4, size=24, rate=6e-5, head_rate=5e-4, decay=0.92, warmup=0.1, average=0.98, forget=1.0, extra=0
)
AGAIN = replace(Settings(), epochs=3, rate=2e-4, head_rate=5e-4, seed=8)
TEACHER_AGAIN = replace(TEACHER, epochs=2, rate=5e-5, head_rate=4e-4, seed=11)
"""For a reader and a teacher that go on from earlier ones."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A statement to learn from. Without labels of its own the labels of `example` are the teacher's verdict.

    `opinion` are the teacher's logits (23,), None when it was not asked; `target` says whether the target counts.
    """

    example: Example
    opinion: Tensor | None = None
    labelled: bool = True
    target: bool = True


def train(
    model: nn.Module, lessons: Sequence[Lesson], tokenizer: Tokenizer, settings: Settings, extra: Sequence[Lesson] = ()
) -> nn.Module:
    """Trains `model` and returns the average of its weights; prints a line an epoch.

    Each pass goes over all `lessons` and `settings.extra` of `extra`, drawn anew.
    """
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    more = min(settings.extra, len(extra))
    steps = settings.epochs * math.ceil((len(lessons) + more) / settings.size)
    course = Course(model, settings, steps)
    for _ in range(settings.epochs):
        course.begin()
        chosen = [*lessons, *rng.sample(extra, more)]
        examples = [lesson.example for lesson in chosen]
        for inputs, labels, group in batches(tokenizer, examples, settings.size, rng, settings.forget):
            with torch.autocast("cpu", torch.bfloat16):
                outputs = model(*inputs)
            course.step(_loss(outputs, labels, [chosen[i] for i in group], settings))
        course.end()
    return course.averaged


def _loss(
    outputs: tuple[Tensor, Tensor, Tensor], labels: Labels, lessons: Sequence[Lesson], settings: Settings
) -> Tensor:
    """The mean over the lessons: labels and opinion by their shares, and the target where it counts."""
    told, starts, ends = outputs
    parts = told.tensor_split(_LABELS, 1)
    truths = (labels.acts, labels.modalities, labels.polarities)
    each = zip(WEIGHTS, parts, truths, strict=True)
    right = torch.stack(
        [w * F.cross_entropy(p, t, label_smoothing=settings.smoothing, reduction="none") for w, p, t in each]
    ).sum(0)
    trust = torch.tensor([_trust(lesson, settings) for lesson in lessons])
    blank = torch.zeros(told.shape[1])
    wanted = torch.stack([blank if lesson.opinion is None else lesson.opinion for lesson in lessons])
    pairs = zip(WEIGHTS, parts, wanted.tensor_split(_LABELS, 1), strict=True)
    like = torch.stack([w * _divergence(p, q) for w, p, q in pairs]).sum(0)
    edges = 0.5 * sum(
        F.cross_entropy(p, t, reduction="none") for p, t in ((starts, labels.starts), (ends, labels.ends))
    )
    counts = torch.tensor([float(lesson.target) for lesson in lessons])
    return (right * (1 - trust) + like * trust + edges * counts).mean()


def _trust(lesson: Lesson, settings: Settings) -> float:
    if lesson.opinion is None:
        return 0.0
    return settings.trust if lesson.labelled else 1.0


def _divergence(logits: Tensor, wanted: Tensor) -> Tensor:
    """(n,) Kullback-Leibler divergence of the wanted shares from those of `logits`."""
    return F.kl_div(F.log_softmax(logits, 1), F.softmax(wanted, 1), reduction="none").sum(1)


class TorchNetwork:
    """`onrecord.reading.acts.network.Network` over a PyTorch model, in float32."""

    def __init__(self, model: nn.Module) -> None:
        self._model = model.eval()

    @torch.no_grad()
    def __call__(self, batch: Batch) -> Logits:
        """The logits of each statement."""
        told, starts, ends = self._model(*tensors(batch))
        acts, modalities, polarities = np.split(told.numpy(), _LABELS, axis=1)
        return Logits(acts, modalities, polarities, starts.numpy(), ends.numpy())
