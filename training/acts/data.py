"""The annotated statements as training material: one JSON line for each (see training/data/README.md)."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.model import Act, Modality, Polarity, QuoteType, Span
from onrecord.reading.acts.network import Batch, batch_of
from onrecord.reading.acts.pieces import NO_ROLE, Pieces, pieces
from onrecord.reading.acts.reader import ACTS, MODALITIES, POLARITIES
from onrecord.reading.acts.types import ActInput, Party


@dataclass(frozen=True, slots=True)
class Example:
    """A statement with its labels; `target` is a span of the text or None, `quote_type` None when nobody annotated it."""

    id: str
    dispute: str
    statement: ActInput
    act: Act
    modality: Modality
    polarity: Polarity
    target: Span | None
    quote_type: QuoteType | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a batch as numbers, each (n,); a target's bounds are pieces, both 0 when there is none."""

    acts: Tensor
    modalities: Tensor
    polarities: Tensor
    starts: Tensor
    ends: Tensor


def read_examples(path: Path, *, sides: bool = True) -> list[Example]:
    """The rows of a JSON Lines file; with `sides` False no mention tells its side, as before names are resolved."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        parties = tuple(Party(Span(s, e), side if sides else None) for s, e, side in row["parties"])
        source = (Span(*row["source"]),) if row["source"] else ()
        cue, content = (tuple(Span(*s) for s in row[role]) for role in ("cue", "content"))
        statement = ActInput(row["text"], source, cue, content, parties)
        labels = Act(row["act"]), Modality(row["modality"]), Polarity(row["polarity"])
        target = Span(*row["target"]) if row["target"] else None
        out.append(Example(row["id"], row["dispute"], statement, *labels, target, QuoteType(row["quote_type"])))
    return out


def without_sides(example: Example) -> Example:
    """The same statement with no side told."""
    statement = example.statement
    blank = tuple(replace(p, side=None) for p in statement.parties)
    return replace(example, statement=replace(statement, parties=blank))


def bounds(cut: Pieces, target: Span | None) -> tuple[int, int]:
    """The first and last piece of a target, (0, 0) for none."""
    if target is None:
        return 0, 0
    inside = [i for i in range(1, len(cut) - 1) if cut.starts[i] < target.end and target.start < cut.ends[i]]
    return (inside[0], inside[-1]) if inside else (0, 0)


def labels_of(examples: Sequence[Example], cuts: Sequence[Pieces]) -> Labels:
    """The labels of several examples."""
    ranges = [bounds(cut, example.target) for example, cut in zip(examples, cuts, strict=True)]
    columns = (
        [ACTS.index(e.act) for e in examples],
        [MODALITIES.index(e.modality) for e in examples],
        [POLARITIES.index(e.polarity) for e in examples],
        [low for low, _ in ranges],
        [high for _, high in ranges],
    )
    return Labels(*(torch.tensor(column) for column in columns))


def tensors(batch: Batch) -> tuple[Tensor, ...]:
    """The arrays of a batch in the order the model takes them."""
    arrays = (batch.ids, batch.cases, batch.roles, batch.slots, batch.mask, batch.means)
    return tuple(torch.from_numpy(a) for a in arrays)


def batches(
    tokenizer: Tokenizer, examples: Sequence[Example], size: int, rng: random.Random, forget: float
) -> Iterator[tuple[tuple[Tensor, ...], Labels, list[int]]]:
    """One pass over the examples in batches of about one length; a share `forget` of the statements tells no sides.

    Each batch comes with the numbers of its examples.

    A role is left out now and then too, as a reader of attributions may miss it.
    """
    seen = [without_sides(e) if rng.random() < forget else e for e in examples]
    cuts = [_noisy(cut, rng) for cut in pieces(tokenizer, [e.statement for e in seen])]
    order = sorted(range(len(seen)), key=lambda i: len(cuts[i]) + 6 * rng.random())
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    for group in groups:
        chosen = [cuts[i] for i in group]
        yield tensors(batch_of(chosen)), labels_of([seen[i] for i in group], chosen), group


def _noisy(cut: Pieces, rng: random.Random) -> Pieces:
    if rng.random() > 0.06:
        return cut
    lost = rng.choice((1, 2, 3))
    return replace(cut, roles=tuple(NO_ROLE if r == lost else r for r in cut.roles))
