"""The second stage: the heads trained on, on a corpus and our own sentences, over an encoder that stays as it is.

The states are computed once, so a fit takes seconds. With a thousand sentences of a corpus moving the encoder too gained
nothing: .852 root macro-F1 on the first fold after six epochs, within what heads alone reach.
"""

from __future__ import annotations

import copy
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from onrecord.reading.events.coder.network import batch_of
from onrecord.reading.events.coder.pieces import pieces
from training.plover.data import Example, Labels, Noise, labels_of, tensors
from training.plover.model import POOLED, CoderModel
from training.plover.train import loss_of


@dataclass(frozen=True)
class HeadSettings:
    """How the heads are trained; `own` is the weight of one of our own sentences beside one of the corpus."""

    passes: int = 8
    size: int = 128
    rate: float = 1e-3
    dropout: float = 0.2
    smoothing: float = 0.1
    own: float = 0.5
    seed: int = 7


@torch.no_grad()
def pooled(model: CoderModel, tokenizer: Tokenizer, examples: Sequence[Example], size: int = 32) -> Tensor:
    """What the heads see of each example (n, 1920), in the order given."""
    cuts = pieces(tokenizer, [e.input for e in examples])
    order = sorted(range(len(cuts)), key=lambda n: len(cuts[n]))
    out = torch.zeros(len(cuts), POOLED)
    for low in range(0, len(order), size):
        group = order[low : low + size]
        ids, cases, roles, mask, means = tensors(batch_of([cuts[n] for n in group]))
        with torch.autocast("cpu", torch.bfloat16):
            states = model.states(ids, cases, roles, mask)
        states = states.float()
        out[group] = torch.cat([states[:, :1], torch.bmm(means, states)], 1).flatten(1)
    return out


def _of(labels: Labels, chosen: Tensor) -> Labels:
    return Labels(*(getattr(labels, f.name)[chosen] for f in fields(labels)))


class Heads:
    """Fits heads over the frozen encoder of `first`; our own sentences are seen with the noise of one pass."""

    def __init__(
        self,
        first: CoderModel,
        own: Sequence[Example],
        corpus: Sequence[Example],
        tokenizer: Tokenizer,
        settings: HeadSettings | None = None,
    ) -> None:
        self.settings = settings or HeadSettings()
        self._first = first.eval()
        rng = random.Random(self.settings.seed)
        seen = [Noise().apply(replace(e, weight=self.settings.own), rng) for e in own]
        every = [*corpus, *seen]
        self._corpus = len(corpus)
        self._states = pooled(self._first, tokenizer, every)
        self._labels = labels_of(every)

    def fit(self, kept: Sequence[int]) -> CoderModel:
        """The model with heads trained on the rows `kept` of the corpus and on all of our own."""
        settings = self.settings
        torch.manual_seed(settings.seed)
        model = copy.deepcopy(self._first)
        heads = [*model.hidden.parameters(), *model.labels.parameters()]
        optimizer = torch.optim.AdamW(heads, lr=settings.rate, weight_decay=0.0)
        rows = torch.tensor([*kept, *range(self._corpus, len(self._states))])
        steps, step = settings.passes * math.ceil(len(rows) / settings.size), 0
        for _ in range(settings.passes):
            for chosen in torch.split(rows[torch.randperm(len(rows))], settings.size):
                for group in optimizer.param_groups:
                    group["lr"] = settings.rate * (1 - step / steps)
                hidden = F.gelu(model.hidden(F.dropout(self._states[chosen], settings.dropout)))
                told = model.labels(F.dropout(hidden, settings.dropout))
                loss = loss_of(told, _of(self._labels, chosen), settings.smoothing)
                optimizer.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                optimizer.step()
                step += 1
        return model
