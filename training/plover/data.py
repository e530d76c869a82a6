"""Training material: our own sentences, and a corpus in the form of PLV whose roots are fewer than PLOVER's."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from evals.io import rows
from evals.plover import coding_input
from onrecord.knowledge.plover import mode_names
from onrecord.model import Span
from onrecord.model.events import Auxiliary, Root
from onrecord.reading.events.coder.network import Batch, batch_of
from onrecord.reading.events.coder.pieces import pieces
from onrecord.reading.events.coder.reader import AUXILIARIES, NONE, ROOTS
from onrecord.reading.events.coder.types import CodingInput

MERGED = {"YIELD": (Root.CONCEDE, Root.RETREAT)}
"""Roots of PLV that stand for two of PLOVER: either is right."""
MOVED = (
    ("COERCE", Root.SANCTION, re.compile(r"\b(?:sanctions|embargo(?:e[sd])?)\b", re.IGNORECASE)),
    ("ACCUSE", Root.SANCTION, re.compile(r"\b(?:convict(?:s|ed)?|guilty|liable)\b", re.IGNORECASE)),
)
"""Where PLV keeps CAMEO's class and PLOVER has another (docs/codebook.md, Where PLV differs): in such sentences either is right."""
SYMMETRIC = frozenset({Root.CONSULT, Root.COOPERATE, Root.AGREE, Root.SUPPORT})
"""Roots that two participants may do to each other, so that their order says little."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its labels: the roots that are right (empty: no event), and auxiliary and mode where they are known."""

    id: str
    input: CodingInput
    roots: tuple[Root, ...]
    aux: Auxiliary | None = None
    mode: tuple[Root, str] | None = None
    weight: float = 1.0
    reversible: bool = False


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a batch: roots (n, 17) 1 where right, auxiliaries and modes (n,) with -1 for unknown, weights (n,)."""

    roots: Tensor
    auxiliaries: Tensor
    modes: Tensor
    weights: Tensor


def _spans(found: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in found)


def read_own(path: Path, weight: float = 1.0) -> list[Example]:
    """The rows of our own file (see training/data/README.md)."""
    out = []
    for row in rows(path):
        trigger = Span(*row["trigger"]) if row["trigger"] else None
        told = CodingInput(row["text"], _spans(row["source"]), _spans(row["target"]), trigger, _spans(row["names"]))
        root = None if row["root"] == "NONE" else Root(row["root"])
        mode = (root, row["mode"]) if root is not None and row["mode"] else None
        aux = Auxiliary(row["aux"]) if root is not None else None
        both = root is not None and root not in SYMMETRIC and row["mode"] != "sideAB" and bool(row["target"])
        out.append(Example(row["id"], told, (root,) if root else (), aux, mode, weight, both))
    return out


def corpus_example(number: str, told: CodingInput, root: str) -> Example:
    """A row of a corpus like PLV, whose roots may stand for two of PLOVER's."""
    right = MERGED[root] if root in MERGED else (Root(root),)
    moved = tuple(to for of, to, words in MOVED if of == root and words.search(told.sentence))
    return Example(number, told, (*right, *moved))


def read_corpus(path: Path) -> list[Example]:
    """The rows of a corpus like PLV: text, source_spans, target_spans and root; names are found by their capitals."""
    return [corpus_example(row["id"], coding_input(row), row["root"]) for row in rows(path)]


def labels_of(examples: Sequence[Example]) -> Labels:
    """The labels of several examples."""
    right = torch.zeros(len(examples), NONE + 1)
    for n, example in enumerate(examples):
        for root in example.roots:
            right[n, ROOTS.index(root)] = 1.0
        if not example.roots:
            right[n, NONE] = 1.0
    return Labels(
        right,
        torch.tensor([-1 if e.aux is None else AUXILIARIES.index(e.aux) for e in examples]),
        torch.tensor([-1 if e.mode is None else mode_names().index(e.mode) for e in examples]),
        torch.tensor([e.weight for e in examples]),
    )


def tensors(batch: Batch) -> tuple[Tensor, ...]:
    """The arrays of a batch in the order the model takes them."""
    return tuple(torch.from_numpy(a) for a in (batch.ids, batch.cases, batch.roles, batch.mask, batch.means))


@dataclass(frozen=True, slots=True)
class Noise:
    """How often an example is changed on its way in: trigger untold, only participants' names hidden, the pair turned round.

    A pair turned round is no event, where the root has a direction.
    """

    untold: float = 0.5
    visible: float = 0.25
    turned: float = 0.08
    lost: float = 0.04

    def apply(self, example: Example, rng: random.Random) -> Example:
        """The example as it is seen this time."""
        seen = example.input
        if seen.trigger is not None and rng.random() < self.untold:
            seen = replace(seen, trigger=None)
        if rng.random() < self.visible:
            own = (*seen.source, *seen.target)
            seen = replace(seen, names=tuple(n for n in seen.names if any(n.overlaps(s) for s in own)))
        if rng.random() < self.lost:
            seen = replace(seen, target=())
        elif example.reversible and rng.random() < self.turned:
            turned = replace(seen, source=seen.target, target=seen.source)
            return replace(example, input=turned, roots=(), aux=None, mode=None)
        return replace(example, input=seen)


def batches(
    tokenizer: Tokenizer, examples: Sequence[Example], size: int, rng: random.Random, noise: Noise
) -> Iterator[tuple[tuple[Tensor, ...], Labels]]:
    """One pass over the examples in batches of about one length."""
    seen = [noise.apply(e, rng) for e in examples]
    cuts = pieces(tokenizer, [e.input for e in seen])
    order = sorted(range(len(seen)), key=lambda i: len(cuts[i]) + 6 * rng.random())
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    for group in groups:
        yield tensors(batch_of([cuts[i] for i in group])), labels_of([seen[i] for i in group])
