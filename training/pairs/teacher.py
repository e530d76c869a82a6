"""The teacher of the pair classifier: all-mpnet-base-v2, fine-tuned on the same pairs.

It reads the same pieces as the classifier (`training.pairs.model`) and pools them the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.reading.graphs import by_length
from onrecord.relations.pairs.classifier import MEANINGS
from onrecord.relations.pairs.network import batch_of
from onrecord.relations.pairs.pieces import CASES, ROLES, SLOTS, pieces
from training.mpnet import WIDTH, LargeEncoder
from training.pairs.data import Example, tensors

BATCH_PIECES = 3072


class PairTeacher(LargeEncoder):
    """Batch -> logits of against, same and other (n, 3)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__((CASES, ROLES, SLOTS), dropout)
        self.hidden = nn.Linear(5 * WIDTH, WIDTH)
        self.labels = nn.Linear(WIDTH, len(MEANINGS))

    def forward(self, ids: Tensor, cases: Tensor, roles: Tensor, slots: Tensor, mask: Tensor, means: Tensor) -> Tensor:
        """Label logits from the whole, the two contents, their distance and their product."""
        x = self.states(ids, cases, roles, slots, mask)
        one, two = torch.bmm(means.to(x.dtype), x).unbind(1)
        pooled = torch.cat([x[:, 0], one, two, (one - two).abs(), one * two], 1)
        p = self.dropout if self.training else 0.0
        told: Tensor = self.labels(F.dropout(F.gelu(self.hidden(F.dropout(pooled, p))), p))
        return told.float()


def load_teacher(folder: Path, dropout: float = 0.1) -> PairTeacher:
    """A teacher that starts from all-mpnet-base-v2 in `folder` (`model.safetensors`)."""
    model = PairTeacher(dropout)
    model.fill_pretrained(folder)
    return model


@torch.no_grad()
def opinions(teacher: PairTeacher, tokenizer: Tokenizer, examples: Sequence[Example]) -> Tensor:
    """The teacher's logits for each pair (n, 3), in the order given."""
    teacher.eval()
    cut = pieces(tokenizer, [(e.a, e.b) for e in examples])
    told = torch.zeros(len(cut), len(MEANINGS))
    for numbers in by_length(cut, BATCH_PIECES):
        with torch.autocast("cpu", torch.bfloat16):
            told[numbers] = teacher(*tensors(batch_of([cut[n] for n in numbers])))
    return told
