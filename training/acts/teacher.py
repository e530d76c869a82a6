"""The teacher of the act reader: all-mpnet-base-v2, eight times the size, fine-tuned on the same statements.

It reads the same pieces and the same roles as the reader (`training.acts.model`); its vocabulary is the reader's moved by four. What
it thinks of a statement, labelled or not, is what the reader then learns (`training.acts.train`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.reading.acts import ActInput, ActVerdict
from onrecord.reading.acts.network import Logits, batch_of
from onrecord.reading.acts.pieces import CASES, ROLES, SLOTS, pieces
from onrecord.reading.acts.reader import ACTS, BATCH_PIECES, MODALITIES, POLARITIES, Calibration, decide
from onrecord.reading.graphs import by_length
from training.acts.data import tensors
from training.mpnet import WIDTH, LargeEncoder


class TeacherModel(LargeEncoder):
    """Batch -> what `training.acts.model.ActModel` gives: label logits (n, 23), start and end of the target (n, t)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__((CASES, ROLES, SLOTS), dropout)
        self.hidden = nn.Linear(4 * WIDTH, WIDTH)
        self.labels = nn.Linear(WIDTH, len(ACTS) + len(MODALITIES) + len(POLARITIES))
        self.bounds = nn.Linear(WIDTH, 2)

    def forward(
        self, ids: Tensor, cases: Tensor, roles: Tensor, slots: Tensor, mask: Tensor, means: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Padding has start and end logits of -1e4."""
        x = self.states(ids, cases, roles, slots, mask)
        p = self.dropout if self.training else 0.0
        pooled = torch.cat([x[:, :1], torch.bmm(means.to(x.dtype), x)], 1).flatten(1)
        labels = self.labels(F.dropout(F.gelu(self.hidden(F.dropout(pooled, p))), p))
        edges = self.bounds(F.dropout(x, p)).float() + (1.0 - mask.float())[:, :, None] * -1e4
        return labels.float(), edges[..., 0], edges[..., 1]


def load_teacher(folder: Path, dropout: float = 0.1) -> TeacherModel:
    """A teacher that starts from all-mpnet-base-v2 in `folder` (`model.safetensors`)."""
    model = TeacherModel(dropout)
    model.fill_pretrained(folder)
    return model


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the teacher thinks of a statement: the logits of its labels (23,), and its verdict with the target."""

    logits: Tensor
    verdict: ActVerdict


@torch.no_grad()
def opinions(teacher: TeacherModel, tokenizer: Tokenizer, statements: Sequence[ActInput]) -> list[Opinion]:
    """The teacher's opinion on each statement, in the order given."""
    teacher.eval()
    cut = pieces(tokenizer, statements)
    found: dict[int, Opinion] = {}
    sizes = (len(ACTS), len(MODALITIES), len(POLARITIES))
    for numbers in by_length(cut, BATCH_PIECES):
        with torch.autocast("cpu", torch.bfloat16):
            told, starts, ends = teacher(*tensors(batch_of([cut[n] for n in numbers])))
        acts, modalities, polarities = (part.numpy() for part in told.split(sizes, 1))
        logits = Logits(acts, modalities, polarities, starts.numpy(), ends.numpy())
        for row, n in enumerate(numbers):
            found[n] = Opinion(told[row].clone(), decide(cut[n], logits, row, Calibration()))
    return [found[n] for n in range(len(statements))]
