"""What the trainings of the small readers share: rates from layer to layer, and the average of the weights."""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor, nn


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
