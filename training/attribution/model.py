"""The attribution reader in PyTorch: a shared encoder that finds cues, and last layers run once for each cue.

MiniLM-L6 has six layers. The first four read a window once; on their states cues are tagged (sources and contents too, as
a training signal only). The last two read the cue's own paragraph again for each cue, told where that cue stands, tag the
cue's source and content and say whether it reports anything at all. So a source may serve several cues, be empty, and a
content may be in pieces, without any linking rule.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.reading.attribution.windows import CASES, QUOTES

Model = TypeVar("Model", bound=Any)
HIDDEN, HEADS, INNER, LAYERS = 384, 12, 1536, 6
DISTANCES = 29
TAGS = 3


class Layer(nn.Module):
    """One BERT layer (attention, feed-forward, each with a residual and a norm after it)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        n, t, _ = x.shape
        q, k, v = self.qkv(x).view(n, t, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        p = self.dropout if self.training else 0.0
        weights = torch.softmax((q * (HIDDEN // HEADS) ** -0.5) @ k.transpose(-1, -2) + bias.to(q.dtype), -1)
        mixed = self.out((weights.to(v.dtype) @ v).transpose(1, 2).reshape(n, t, HIDDEN))
        x = self.norm1(x + channel_dropout(mixed, p))
        inner = self.down(F.gelu(self.up(x)))
        out: Tensor = self.norm2(x + channel_dropout(inner, p))
        return out


def channel_dropout(x: Tensor, p: float) -> Tensor:
    """Dropout with one mask for all pieces of a row: as good a regulariser, and far cheaper on a processor."""
    if p == 0.0:
        return x
    keep = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= p
    return x * (keep.to(x.dtype) / (1.0 - p))


def key_bias(mask: Tensor) -> Tensor:
    """(n, t) mask of real pieces -> (n, 1, 1, t) additive attention bias."""
    return (1.0 - mask.float())[:, None, None, :] * -1e4


class Encoder(nn.Module):
    """Window -> states of its last layer (n, t, 384) and tag logits (n, t, 9): cue, source, content, each O, B, I."""

    def __init__(self, vocabulary: int, layers: int = 4, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.types = nn.Parameter(torch.zeros(HIDDEN))
        self.cases = nn.Embedding(CASES, HIDDEN)
        self.quotes = nn.Embedding(QUOTES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.tags = nn.Linear(HIDDEN, 3 * TAGS)
        self.dropout = dropout
        nn.init.zeros_(self.cases.weight)
        nn.init.zeros_(self.quotes.weight)

    def forward(self, ids: Tensor, cases: Tensor, quotes: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        place = self.positions(torch.arange(ids.shape[1], device=ids.device))
        x = self.words(ids) + place + self.types + self.cases(cases) + self.quotes(quotes)
        x = channel_dropout(self.norm(x), self.dropout if self.training else 0.0)
        bias = key_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        return x, self.tags(channel_dropout(x, self.dropout if self.training else 0.0))


class Linker(nn.Module):
    """States of a cue's paragraph -> for each piece source and content logits (k, t, 6), and for the cue its validity (k,)."""

    def __init__(self, layers: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.distances = nn.Embedding(DISTANCES, HIDDEN)
        self.cue = nn.Linear(HIDDEN, HIDDEN)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.roles = nn.Linear(HIDDEN, 2 * TAGS)
        self.valid = nn.Sequential(nn.Linear(HIDDEN, 128), nn.GELU(), nn.Linear(128, 1))
        self.dropout = dropout
        nn.init.normal_(self.distances.weight, std=0.02)
        nn.init.normal_(self.cue.weight, std=0.002)
        nn.init.zeros_(self.cue.bias)

    def forward(self, states: Tensor, distances: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        inside = (distances == 0).float() * mask.float()
        weights = inside / inside.sum(1, keepdim=True).clamp(min=1.0)
        pooled = torch.bmm(weights[:, None, :].to(states.dtype), states)
        x = states + self.distances(distances) + self.cue(pooled)
        bias = key_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        head = torch.bmm(weights[:, None, :].to(x.dtype), x)[:, 0]
        x = channel_dropout(x, self.dropout if self.training else 0.0)
        return self.roles(x), self.valid(head)[:, 0]


@dataclass(frozen=True)
class Shape:
    """How many layers read the window once (`shared`) and how many once for each cue (`linking`)."""

    shared: int = 4
    linking: int = 2


class Reader(nn.Module):
    """Encoder and linker together, as they are trained."""

    def __init__(self, vocabulary: int, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary, shape.shared, dropout)
        self.linker = Linker(shape.linking, dropout)


def load_pretrained(folder: Path, shape: Shape, dropout: float = 0.1) -> Reader:
    """A reader that starts from MiniLM-L6 in `folder` (`model.safetensors`); the new heads start small."""
    weights = read_safetensors(folder / "model.safetensors")
    table = weights["embeddings.word_embeddings.weight"]
    reader = Reader(table.shape[0], shape, dropout)
    with torch.no_grad():
        _begin(reader.encoder, weights)
        for number, layer in enumerate(reader.linker.layers):
            _fill(layer, weights, LAYERS - shape.linking + number)
    return reader


def pretrained(make: Callable[[int, float], Model], folder: Path, dropout: float) -> Model:
    """The model that `make` gives for a size of vocabulary and a dropout, from MiniLM-L6 in `folder`; its words stay as they are."""
    weights = read_safetensors(folder / "model.safetensors")
    model = make(weights["embeddings.word_embeddings.weight"].shape[0], dropout)
    with torch.no_grad():
        _begin(model, weights)
    model.words.weight.requires_grad_(False)
    return model


def _begin(encoder: Any, weights: dict[str, Tensor]) -> None:
    """Puts the pretrained embeddings and layers into an encoder that has them by our names."""
    encoder.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
    encoder.positions.weight.copy_(weights["embeddings.position_embeddings.weight"])
    encoder.types.copy_(weights["embeddings.token_type_embeddings.weight"][0])
    encoder.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
    encoder.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
    for number, layer in enumerate(encoder.layers):
        _fill(layer, weights, number)


def _fill(layer: nn.Module, weights: dict[str, Tensor], number: int) -> None:
    assert isinstance(layer, Layer)
    at = f"encoder.layer.{number}."
    for kind in ("weight", "bias"):
        parts = [weights[f"{at}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
        getattr(layer.qkv, kind).copy_(torch.cat(parts))
        getattr(layer.out, kind).copy_(weights[f"{at}attention.output.dense.{kind}"])
        getattr(layer.norm1, kind).copy_(weights[f"{at}attention.output.LayerNorm.{kind}"])
        getattr(layer.up, kind).copy_(weights[f"{at}intermediate.dense.{kind}"])
        getattr(layer.down, kind).copy_(weights[f"{at}output.dense.{kind}"])
        getattr(layer.norm2, kind).copy_(weights[f"{at}output.LayerNorm.{kind}"])


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """The float32 tensors of a safetensors file (https://huggingface.co/docs/safetensors, "Format")."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + size])
    body = memoryview(raw)[8 + size :]
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        low, high = entry["data_offsets"]
        tensors[name] = torch.frombuffer(bytearray(body[low:high]), dtype=torch.float32).reshape(entry["shape"])
    return tensors
