"""The pair classifier in PyTorch: MiniLM-L6 over both sentences at once, told where contents and hidden names stand."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.relations.pairs.classifier import MEANINGS
from onrecord.relations.pairs.pieces import CASES, ROLES, SLOTS
from training.attribution.model import HIDDEN, LAYERS, Layer, channel_dropout, key_bias, pretrained

POOLED = 5 * HIDDEN


class PairModel(nn.Module):
    """Batch -> logits of against, same and other (n, 3)."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.types = nn.Parameter(torch.zeros(HIDDEN))
        self.cases = nn.Embedding(CASES, HIDDEN)
        self.roles = nn.Embedding(ROLES, HIDDEN)
        self.slots = nn.Embedding(SLOTS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.hidden = nn.Linear(POOLED, HIDDEN)
        self.labels = nn.Linear(HIDDEN, len(MEANINGS))
        self.dropout = dropout
        for table in (self.cases, self.roles, self.slots):
            nn.init.normal_(table.weight, std=0.02)

    def states(self, ids: Tensor, cases: Tensor, roles: Tensor, slots: Tensor, mask: Tensor) -> Tensor:
        """The states of the last layer (n, t, 384)."""
        place = self.positions(torch.arange(ids.shape[1], device=ids.device)) + self.types
        x: Tensor = self.words(ids) + place + self.cases(cases) + self.roles(roles) + self.slots(slots)
        x = channel_dropout(self.norm(x), self.dropout if self.training else 0.0)
        bias = key_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, ids: Tensor, cases: Tensor, roles: Tensor, slots: Tensor, mask: Tensor, means: Tensor) -> Tensor:
        """Label logits from the whole, the two contents, their distance and their product."""
        x = self.states(ids, cases, roles, slots, mask)
        one, two = torch.bmm(means.to(x.dtype), x).unbind(1)
        pooled = torch.cat([x[:, 0], one, two, (one - two).abs(), one * two], 1)
        p = self.dropout if self.training else 0.0
        told: Tensor = self.labels(F.dropout(F.gelu(self.hidden(F.dropout(pooled, p))), p))
        return told.float()


def load_pretrained(folder: Path, dropout: float = 0.1) -> PairModel:
    """A model that starts from MiniLM-L6 in `folder` (`model.safetensors`)."""
    return pretrained(PairModel, folder, dropout)
