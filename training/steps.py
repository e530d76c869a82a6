"""What the trainings of the small readers share: one step, rates from layer to layer, and the average of the weights."""

from __future__ import annotations

import copy
import time
from typing import Generic, Protocol, TypeVar

import torch
from torch import Tensor, nn

from training.schedule import warmed_cosine

Model = TypeVar("Model", bound=nn.Module)


class Rates(Protocol):
    """Settings of a training: the encoder's rate, its heads' rate, the factor from layer to layer, and the weight decay."""

    @property
    def rate(self) -> float:
        """The learning rate of the last layer."""

    @property
    def head_rate(self) -> float:
        """The learning rate of everything that was not trained before."""

    @property
    def decay(self) -> float:
        """The factor of the learning rate from layer to layer, downward."""

    @property
    def weight_decay(self) -> float:
        """The weight decay of matrices; vectors have none."""


class Plan(Rates, Protocol):
    """Rates with the share of the steps that warms up, and the most that the average keeps of what it was."""

    @property
    def warmup(self) -> float:
        """The share of the steps over which the rate grows."""

    @property
    def average(self) -> float:
        """The share that the average keeps at each step in the end; at first it keeps less."""


class Course(Generic[Model]):
    """One fine-tuning of `model` in `steps` steps: `step` takes a loss; ``averaged`` is the average of the weights so far."""

    def __init__(self, model: Model, plan: Plan, steps: int) -> None:
        self.averaged: Model = copy.deepcopy(model).eval()
        self._model, self._plan = model, plan
        self._optimizer = torch.optim.AdamW(groups(model, plan), betas=(0.9, 0.98))
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: warmed_cosine(step, steps, plan.warmup)
        )
        self._done = self._epoch = self._number = 0
        self._total = self._began = 0.0

    def begin(self) -> None:
        """Begins an epoch."""
        self._began, self._total, self._number = time.time(), 0.0, 0
        self._epoch += 1
        self._model.train()

    def step(self, loss: Tensor) -> None:
        """Moves the weights down the gradient of `loss`, whose norm is cut at 1, and the average after them."""
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimizer.step()
        self._schedule.step()
        self._done += 1
        average(self.averaged, self._model, min(self._plan.average, (1 + self._done) / (10 + self._done)))
        self._total, self._number = self._total + float(loss.detach()), self._number + 1

    def end(self) -> None:
        """Prints the line of the epoch: its seconds and its mean loss."""
        mean = self._total / self._number
        print(f"epoch {self._epoch}: {time.time() - self._began:.0f} s, loss {mean:.4f}", flush=True)


def groups(model: nn.Module, settings: Rates) -> list[dict[str, object]]:
    """The optimiser's groups of the parameters to be trained: each layer of ``model.layers`` slower than the one above it."""
    assert isinstance(model.layers, nn.ModuleList)
    depth = len(model.layers)
    found: dict[tuple[float, bool], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("layers."):
            rate = settings.rate * settings.decay ** (depth - 1 - int(name.split(".")[1]))
        elif name.startswith(("positions", "types", "norm")):
            rate = settings.rate * settings.decay**depth
        else:
            rate = settings.head_rate
        found.setdefault((rate, parameter.ndim > 1), []).append(parameter)
    return [
        {"params": parameters, "lr": rate, "weight_decay": settings.weight_decay if matrix else 0.0}
        for (rate, matrix), parameters in found.items()
    ]


def average(averaged: nn.Module, model: nn.Module, keep: float) -> None:
    """Moves the weights of `averaged` towards those of `model`, keeping the share `keep` of what they were."""
    with torch.no_grad():
        new: list[Tensor] = [p for p in model.parameters() if p.requires_grad]
        pairs = zip(averaged.parameters(), model.parameters(), strict=True)
        old: list[Tensor] = [a for a, p in pairs if p.requires_grad]
        torch._foreach_lerp_(old, new, 1.0 - keep)
