"""The labeller's network in torch, its training, and its weights as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.documents.features import Matrix
from training.line_roles.data import Example


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of one training run; the defaults are those of the shipped weights."""

    width: int = 48
    dilations: tuple[int, ...] = (1, 2, 4, 8)
    dropout: float = 0.25
    noise: float = 0.1
    decay: float = 1e-3
    rate: float = 3e-3
    epochs: int = 30
    batch: int = 8


class Network(nn.Module):
    """Residual convolutions over the paragraphs of a page; shapes as in ``onrecord.documents.labeller``."""

    def __init__(self, inputs: int, recipe: Recipe) -> None:
        super().__init__()
        self.inner = nn.Linear(inputs, recipe.width)
        self.layers = nn.ModuleList(
            nn.Conv1d(recipe.width, recipe.width, 3, padding=d, dilation=d) for d in recipe.dilations
        )
        self.outer = nn.Linear(recipe.width, 1)
        self.drop = nn.Dropout(recipe.dropout)

    def forward(self, x: Tensor) -> Tensor:
        """Logits (pages, paragraphs) of features (pages, paragraphs, columns)."""
        hidden = self.drop(torch.relu(self.inner(x))).transpose(1, 2)
        for layer in self.layers:
            hidden = hidden + torch.relu(layer(self.drop(hidden)))
        logits: Tensor = self.outer(self.drop(hidden.transpose(1, 2)))[..., 0]
        return logits


def standard(examples: Sequence[Example]) -> tuple[Matrix, Matrix]:
    """Mean and standard deviation of every column over `examples`."""
    rows = np.concatenate([e.features for e in examples])
    return rows.mean(axis=0), rows.std(axis=0) + 1e-6


def fit(examples: Sequence[Example], mean: Matrix, scale: Matrix, recipe: Recipe, seed: int) -> dict[str, Matrix]:
    """The weights of one network trained on `examples`, as ``labeller.from_arrays`` names them without their number."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    inputs = len(mean)
    tensors = [
        (
            torch.tensor(np.clip((e.features - mean) / scale, -5, 5)),
            torch.tensor(e.labels),
            torch.tensor(e.weights),
        )
        for e in examples
    ]
    network = Network(inputs, recipe)
    optimiser = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    steps = recipe.epochs * len(_batches([len(x) for x, _, _ in tensors], recipe.batch, rng))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=steps + 1)
    loss = nn.BCEWithLogitsLoss(reduction="none")
    for _ in range(recipe.epochs):
        for batch in _batches([len(x) for x, _, _ in tensors], recipe.batch, rng):
            chosen = [tensors[k] for k in batch]
            longest = max(len(x) for x, _, _ in chosen)
            x = torch.zeros(recipe.batch, longest, inputs)
            y = torch.zeros(recipe.batch, longest)
            w = torch.zeros(recipe.batch, longest)
            for row, (features, labels, weights) in enumerate(chosen):
                x[row, : len(features)] = features + recipe.noise * torch.randn_like(features)
                y[row, : len(features)] = labels
                w[row, : len(features)] = weights
            value = (loss(network(x), y) * w).sum() / recipe.batch
            optimiser.zero_grad()
            value.backward()
            optimiser.step()
            schedule.step()
    return _arrays(network)


def _batches(lengths: Sequence[int], size: int, rng: np.random.Generator) -> list[list[int]]:
    """The examples in random batches of neighbours in length, so that little of a batch is padding; a remainder is left out."""
    order = rng.permutation(len(lengths)).tolist()
    pool = size * 8
    batches: list[list[int]] = []
    for start in range(0, len(order), pool):
        chunk = sorted(order[start : start + pool], key=lambda k: lengths[k])
        batches.extend(chunk[i : i + size] for i in range(0, len(chunk) - size + 1, size))
    return [batches[k] for k in rng.permutation(len(batches)).tolist()]


def _arrays(network: Network) -> dict[str, Matrix]:
    def plain(tensor: Tensor) -> Matrix:
        array: Matrix = tensor.detach().contiguous().numpy().astype(np.float32)
        return array

    arrays = {
        "inner_weight": plain(network.inner.weight.T),
        "inner_bias": plain(network.inner.bias),
        "outer_weight": plain(network.outer.weight.T),
        "outer_bias": plain(network.outer.bias),
    }
    for number, layer in enumerate(network.layers):
        assert isinstance(layer, nn.Conv1d)
        arrays[f"weight{number}"] = plain(torch.cat([layer.weight[:, :, t].T for t in range(3)]))
        if layer.bias is not None:
            arrays[f"bias{number}"] = plain(layer.bias)
    return arrays


def ensemble(
    examples: Sequence[Example],
    names: tuple[str, ...],
    recipe: Recipe,
    seeds: Sequence[int],
    version: str,
    threshold: float,
) -> dict[str, Matrix]:
    """Several networks on the same examples, as the arrays that ``labeller.from_arrays`` reads."""
    mean, scale = standard(examples)
    arrays: dict[str, Matrix] = {
        "names": np.array(names),
        "dilations": np.array(recipe.dilations),
        "networks": np.array(len(seeds)),
        "mean": mean.astype(np.float32),
        "scale": scale.astype(np.float32),
        "threshold": np.array(threshold, np.float32),
        "version": np.array(version),
    }
    for number, seed in enumerate(seeds):
        for key, value in fit(examples, mean, scale, recipe, seed).items():
            arrays[f"{number}/{key}"] = value
    return arrays
