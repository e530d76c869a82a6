"""The trained part of the line labeller: is a paragraph the article's own text or not?

A small residual convolution over the page's paragraphs, several of them averaged, run with numpy. Trained by
``training/line_roles``; the model cards lie beside the weights.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources

import numpy as np

from onrecord.documents.features import NAMES, Matrix

#: Features further than this many standard deviations from the mean say no more.
_CLIP = 5.0


#: OpenBLAS hands products of more multiplications than this to all cores, which costs small pages far more time than it
#: saves, and lets the last bits of a sum depend on the number of cores.
_ONE_CORE = 1 << 18


def _product(left: Matrix, right: Matrix) -> Matrix:
    """``left @ right`` in pieces so small that they stay on one core."""
    rows = max(1, _ONE_CORE // right.size)
    pieces = len(left) // rows
    if not pieces:
        return left @ right
    whole = pieces * rows
    result = np.empty((len(left), right.shape[1]), left.dtype)
    # One call over a stack of pieces multiplies them one by one, each on one core.
    np.matmul(left[:whole].reshape(pieces, rows, -1), right, out=result[:whole].reshape(pieces, rows, -1))
    np.matmul(left[whole:], right, out=result[whole:])
    return result


@dataclass(frozen=True, slots=True)
class Convolution:
    """One layer: ``weight`` is (3 * inputs, outputs), over the lines at -``dilation``, 0 and +``dilation``."""

    weight: Matrix
    bias: Matrix
    dilation: int


@dataclass(frozen=True, slots=True)
class Network:
    """One network: from standardised features through residual convolutions to one logit a paragraph."""

    inner: tuple[Matrix, Matrix]
    layers: tuple[Convolution, ...]
    outer: tuple[Matrix, Matrix]

    def logits(self, x: Matrix) -> Matrix:
        """The logits of the paragraphs whose standardised features are the rows of `x`."""
        hidden = np.maximum(_product(x, self.inner[0]) + self.inner[1], 0)
        n, width = hidden.shape
        for layer in self.layers:
            gap = layer.dilation
            padded = np.zeros((n + 2 * gap, width), np.float32)
            padded[gap : gap + n] = hidden
            views = np.concatenate([padded[:n], hidden, padded[2 * gap :]], axis=1)
            hidden = hidden + np.maximum(_product(views, layer.weight) + layer.bias, 0)
        logits: Matrix = (hidden @ self.outer[0] + self.outer[1])[:, 0]
        return logits


@dataclass(frozen=True, slots=True)
class Labeller:
    """An ensemble of networks over one selection of columns, with the threshold that training chose."""

    columns: tuple[int, ...]
    mean: Matrix
    scale: Matrix
    networks: tuple[Network, ...]
    threshold: float
    version: str

    def probabilities(self, features: Matrix) -> Matrix:
        """The probability (0 to 1) that each paragraph is the article's own text; `features` as `features.features` gives them."""
        if not len(features):
            return np.zeros(0, np.float32)
        x = np.clip((features[:, list(self.columns)] - self.mean) / self.scale, -_CLIP, _CLIP).astype(np.float32)
        logits = np.array([network.logits(x) for network in self.networks])
        return np.asarray((1 / (1 + np.exp(-logits))).mean(axis=0), np.float32)


def from_arrays(arrays: dict[str, Matrix], names: tuple[str, ...]) -> Labeller:
    """The labeller stored in `arrays`; `names` are the columns that the caller's features have.

    Raises:
        ValueError: when the model needs a column that the code does not make.
    """
    wanted = [str(name) for name in arrays["names"]]
    missing = set(wanted) - set(names)
    if missing:
        raise ValueError(f"the line labeller needs features that this version does not make: {sorted(missing)}")
    columns = tuple(names.index(name) for name in wanted)
    dilations = [int(d) for d in arrays["dilations"]]
    networks = []
    for k in range(int(arrays["networks"])):
        layers = tuple(
            Convolution(arrays[f"{k}/weight{i}"], arrays[f"{k}/bias{i}"], gap) for i, gap in enumerate(dilations)
        )
        inner = (arrays[f"{k}/inner_weight"], arrays[f"{k}/inner_bias"])
        outer = (arrays[f"{k}/outer_weight"], arrays[f"{k}/outer_bias"])
        networks.append(Network(inner, layers, outer))
    return Labeller(
        columns, arrays["mean"], arrays["scale"], tuple(networks), float(arrays["threshold"]), str(arrays["version"])
    )


@functools.cache
def load(name: str = "line_roles", names: tuple[str, ...] = NAMES) -> Labeller:
    """The labeller in ``onrecord/weights/NAME.npz``."""
    with resources.files("onrecord").joinpath("weights", f"{name}.npz").open("rb") as stream, np.load(stream) as stored:
        return from_arrays({key: stored[key] for key in stored.files}, names)
