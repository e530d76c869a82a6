"""The verdict of the network and of the words together: a small perceptron over `features`, and a logistic over both."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
#: What is added to a chance before its logarithm is taken.
LEAST = 1e-4


@dataclass(frozen=True)
class Layer:
    """A linear layer: weights (from, to) and offsets (to,)."""

    weights: Floats
    offsets: Floats

    def __call__(self, rows: Floats) -> Floats:
        """The rows (n, from) as (n, to)."""
        product: Floats = rows @ self.weights + self.offsets
        return product


@dataclass(frozen=True)
class Combined:
    """Chances of denies, contradicts, repeats and unrelated from the network's logits and the words of a pair.

    `words` and `told` are the perceptron, over features made to one scale by `mean` and `scale`; `last` takes the network's logits, whether
    one side speaks in both, the logits again where it does, and the logarithms of the perceptron's chances.
    """

    mean: Floats
    scale: Floats
    words: Layer
    told: Layer
    last: Layer

    @classmethod
    def load(cls, path: Path) -> Combined:
        """The numbers of a JSON file.

        Raises:
            FileNotFoundError: when there is no such file.
        """
        read = json.loads(path.read_text(encoding="utf-8"))
        arrays = {name: np.asarray(values, dtype=np.float64) for name, values in read.items()}
        layers = [Layer(arrays[f"{name}_weights"], arrays[f"{name}_offsets"]) for name in ("words", "told", "last")]
        return cls(arrays["mean"], arrays["scale"], *layers)

    def by_words(self, rows: Floats) -> Floats:
        """The chances of the four labels by the features alone: (n, features) as (n, 4)."""
        return chances(self.told(np.maximum(self.words((rows - self.mean) / self.scale), 0.0)))

    def __call__(self, logits: Floats, rows: Floats) -> Floats:
        """The chances of the four labels (n, 4), from logits of against, same and other (n, 3) and features (n, features)."""
        return chances(self.last(inputs(logits, rows, self.by_words(rows))))


def inputs(logits: Floats, rows: Floats, by_words: Floats) -> Floats:
    """What the last layer takes: eleven numbers a pair. The first feature tells whether one side speaks in both."""
    same = rows[:, :1]
    return np.hstack([logits, same, logits * same, np.log(by_words + LEAST)])


def chances(scores: Floats) -> Floats:
    """The softmax of each row."""
    raised = np.exp(scores - scores.max(1, keepdims=True))
    shares: Floats = raised / raised.sum(1, keepdims=True)
    return shares
