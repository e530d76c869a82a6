"""The event coder in PyTorch: MiniLM-L6 told where source, target and trigger stand, with a head for each label."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.knowledge.plover import mode_names
from onrecord.reading.events.coder.network import POOLS
from onrecord.reading.events.coder.pieces import CASES, ROLES
from onrecord.reading.events.coder.reader import AUXILIARIES, NONE
from training.attribution.model import HIDDEN, LAYERS, Layer, channel_dropout, key_bias, pretrained

POOLED = (POOLS + 1) * HIDDEN
SIZES = (NONE + 1, len(AUXILIARIES), len(mode_names()))


class CoderModel(nn.Module):
    """Batch -> logits of root (n, 17), auxiliary (n, 5) and mode (n, modes), side by side."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.types = nn.Parameter(torch.zeros(HIDDEN))
        self.cases = nn.Embedding(CASES, HIDDEN)
        self.roles = nn.Embedding(ROLES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.hidden = nn.Linear(POOLED, HIDDEN)
        self.labels = nn.Linear(HIDDEN, sum(SIZES))
        self.dropout = dropout
        for table in (self.cases, self.roles):
            nn.init.normal_(table.weight, std=0.02)

    def states(self, ids: Tensor, cases: Tensor, roles: Tensor, mask: Tensor) -> Tensor:
        """The states of the last layer (n, t, 384)."""
        place = self.positions(torch.arange(ids.shape[1], device=ids.device)) + self.types
        x: Tensor = self.words(ids) + place + self.cases(cases) + self.roles(roles)
        x = channel_dropout(self.norm(x), self.dropout if self.training else 0.0)
        bias = key_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, ids: Tensor, cases: Tensor, roles: Tensor, mask: Tensor, means: Tensor) -> Tensor:
        """Label logits (n, 17 + 5 + modes)."""
        x = self.states(ids, cases, roles, mask)
        pooled = torch.cat([x[:, :1], torch.bmm(means.to(x.dtype), x)], 1).flatten(1)
        p = self.dropout if self.training else 0.0
        hidden = F.gelu(self.hidden(F.dropout(pooled, p, self.training)))
        told: Tensor = self.labels(F.dropout(hidden, 2 * p, self.training))
        return told.float()


def load_pretrained(folder: Path, dropout: float = 0.1) -> CoderModel:
    """A model that starts from MiniLM-L6 in `folder` (`model.safetensors`)."""
    return pretrained(CoderModel, folder, dropout)
