"""The act reader in PyTorch: MiniLM-L6 told where source, cue, content and hidden names stand, with a head for each label."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.reading.acts.pieces import CASES, ROLES, SLOTS
from onrecord.reading.acts.reader import ACTS, MODALITIES, POLARITIES
from training.attribution.model import HIDDEN, LAYERS, Layer, channel_dropout, key_bias, pretrained

POOLED = 4 * HIDDEN


class ActModel(nn.Module):
    """Batch -> logits of act (n, 16), modality (n, 5), polarity (n, 2), and start and end of the target (n, t)."""

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
        self.labels = nn.Linear(HIDDEN, len(ACTS) + len(MODALITIES) + len(POLARITIES))
        self.bounds = nn.Linear(HIDDEN, 2)
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

    def forward(
        self, ids: Tensor, cases: Tensor, roles: Tensor, slots: Tensor, mask: Tensor, means: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Label logits (n, 23), start and end logits (n, t), padding at -1e4."""
        x = self.states(ids, cases, roles, slots, mask)
        pooled = torch.cat([x[:, :1], torch.bmm(means.to(x.dtype), x)], 1).flatten(1)
        p = self.dropout if self.training else 0.0
        labels = self.labels(F.dropout(F.gelu(self.hidden(F.dropout(pooled, p))), p))
        edges = self.bounds(F.dropout(x, p)).float() + (1.0 - mask.float())[:, :, None] * -1e4
        return labels.float(), edges[..., 0], edges[..., 1]


def load_pretrained(folder: Path, dropout: float = 0.1) -> ActModel:
    """A model that starts from MiniLM-L6 in `folder` (`model.safetensors`)."""
    return pretrained(ActModel, folder, dropout)
