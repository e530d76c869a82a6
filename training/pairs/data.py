"""The pairs of statements as training material: one JSON line for each (see training/data/README.md)."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from evals.io import rows
from evals.pairs import saying_of
from onrecord.model import Span
from onrecord.relations.pairs.names import found
from onrecord.relations.pairs.network import Batch, batch_of
from onrecord.relations.pairs.pieces import pieces
from onrecord.relations.pairs.types import Meaning, Name, Saying


@dataclass(frozen=True, slots=True)
class Example:
    """Two statements, how they stand, the label of the pair, and the names of everybody in the dispute by side."""

    id: str
    dispute: str
    a: Saying
    b: Saying
    meaning: Meaning
    label: str
    speakers: tuple[str, str]
    everybody: tuple[tuple[str, tuple[str, ...]], ...]


def read_examples(path: Path) -> list[Example]:
    """The rows of a JSON Lines file that tells meanings."""
    read = list(rows(path))
    known: dict[str, dict[str, set[str]]] = {}
    for row in read:
        for part in (row["a"], row["b"]):
            known.setdefault(row["dispute"], {}).setdefault(part["side"], set()).add(part["speaker"])
    out = []
    for row in read:
        told = known[row["dispute"]]
        everybody = tuple((side, tuple(sorted({side, *told[side]}))) for side in sorted(told))
        a, b = saying_of(row["a"], row["b"]), saying_of(row["b"], row["a"])
        speakers = row["a"]["speaker"], row["b"]["speaker"]
        out.append(Example(row["id"], row["dispute"], a, b, Meaning(row["meaning"]), row["label"], speakers, everybody))
    return out


#: Words put around a clause, and what they make of it: they turn it round, keep it, or leave open whether it is so.
_TURNING = (
    "{x} denied that {c}.",
    "{x} dismissed the claim that {c}.",
    "{x} rejected suggestions that {c}.",
    "It was simply not true, {x} said, that {c}.",
    "{x} called it a lie that {c}.",
    "There was no truth, according to {x}, in reports that {c}.",
    "“Nobody can seriously believe that {c},” {x} said.",
    "{x} disputed that {c}.",
    "{x} brushed aside allegations that {c}.",
    "{x} said it was wrong that {c}.",
    "{x} ruled out that {c}.",
    "{x} refuted what had been reported, namely that {c}.",
)
_KEEPING = (
    "{x} confirmed that {c}.",
    "{x} repeated that {c}.",
    "{x} did not dispute that {c}.",
    "{x} acknowledged that {c}.",
    "{x} no longer denied that {c}.",
    "It was a fact, {x} said, that {c}.",
    "{x} told reporters again that {c}.",
    "{x} maintained that {c}.",
    "“There is no doubt that {c},” {x} said.",
)
_LEAVING = (
    "{x} would not say whether {c}.",
    "{x} declined to comment on reports that {c}.",
    "{x} asked for proof that {c}.",
    "{x} said it was too early to tell whether {c}.",
    "{x} promised to look into the report that {c}.",
    "{x} had heard the rumour that {c} and left it there.",
    "“If {c}, there will be consequences,” {x} said.",
)
_BEFORE_A_CLAUSE = re.compile(r"(?:\bthat|\bsaid|\bsays|\bsaying|\bclaimed|\bmaintained) $")


@dataclass(frozen=True, slots=True)
class Noise:
    """How often an example is changed on its way in: later words put around a clause, names of third sides hidden, order turned."""

    wrapped: float = 0.35
    everybody: float = 0.5
    turned: float = 0.5

    def apply(self, example: Example, rng: random.Random) -> Example:
        """The example as it is seen this time."""
        seen = example
        if rng.random() < self.wrapped:
            seen = wrapped(seen, rng)
        if rng.random() < self.everybody:
            names = dict(seen.everybody)
            seen = replace(seen, a=_with_names(seen.a, names), b=_with_names(seen.b, names))
        if rng.random() < self.turned:
            seen = replace(seen, a=seen.b, b=seen.a)
        return seen


def wrapped(example: Example, rng: random.Random) -> Example:
    """The example with its second content, where it is a clause, under another verb; else as it was."""
    content = example.b.content[0]
    if len(example.b.content) > 1 or not _BEFORE_A_CLAUSE.search(example.b.text[: content.start]):
        return example
    kinds = (_TURNING, _KEEPING, _LEAVING)
    kind = rng.choices(kinds, (5, 3, 2))[0]
    frame = rng.choice(kind)
    clause = content.of(example.b.text)
    text = frame.replace("{x}", example.speakers[1], 1)
    at = text.index("{c}")
    text = text.replace("{c}", clause)
    names = dict(example.everybody)
    own = {example.a.side: names[example.a.side], example.b.side: names[example.b.side]}
    seen = _with_names(Saying(text, (Span(at, at + len(clause)),), example.b.side), own)
    meaning = example.meaning
    if kind is _LEAVING:
        meaning = Meaning.OTHER
    elif kind is _TURNING and meaning is not Meaning.OTHER:
        meaning = Meaning.SAME if meaning is Meaning.AGAINST else Meaning.AGAINST
    return replace(example, b=seen, meaning=meaning)


def _with_names(saying: Saying, names: Mapping[str, Sequence[str]]) -> Saying:
    hidden: list[Name] = []
    for side in sorted(names, key=lambda s: (s != saying.side, s)):
        for span in found(saying.text, names[side]):
            if not any(span.overlaps(name.span) for name in hidden):
                hidden.append(Name(span, side))
    return replace(saying, names=tuple(sorted(hidden, key=lambda n: n.span)))


def tensors(batch: Batch) -> tuple[Tensor, ...]:
    """The arrays of a batch in the order the model takes them."""
    arrays = (batch.ids, batch.cases, batch.roles, batch.slots, batch.mask, batch.means)
    return tuple(torch.from_numpy(a) for a in arrays)


def batches(
    tokenizer: Tokenizer, seen: Sequence[Example], size: int, rng: random.Random
) -> Iterator[tuple[tuple[Tensor, ...], list[int]]]:
    """One pass over the examples in batches of about one length, with the numbers of the examples in each."""
    cuts = pieces(tokenizer, [(e.a, e.b) for e in seen])
    order = sorted(range(len(seen)), key=lambda i: len(cuts[i]) + 6 * rng.random())
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    for group in groups:
        yield tensors(batch_of([cuts[i] for i in group])), group


def crossed(examples: Sequence[Example], count: int, seed: int) -> list[Example]:
    """At most `count` pairs of statements of one dispute that were not paired; their label is nobody's ("unrelated" stands there)."""
    rng = random.Random(seed)
    sayings: dict[str, dict[str, tuple[Saying, str, Example]]] = {}
    told = set()
    for e in examples:
        told.add((e.a.text, e.b.text))
        for saying, speaker in zip((e.a, e.b), e.speakers, strict=True):
            sayings.setdefault(e.dispute, {}).setdefault(saying.text, (saying, speaker, e))
    disputes = sorted(d for d in sayings if len(sayings[d]) > 1)
    made: dict[tuple[str, str], Example] = {}
    for _ in range(20 * count):
        dispute = rng.choice(disputes)
        names = dict(next(iter(sayings[dispute].values()))[2].everybody)
        one, two = (sayings[dispute][text] for text in rng.sample(sorted(sayings[dispute]), 2))
        key = one[0].text, two[0].text
        if key in told or key in made:
            continue
        own = {one[0].side: names[one[0].side], two[0].side: names[two[0].side]}
        a, b = (_with_names(each[0], own) for each in (one, two))
        everybody = one[2].everybody
        made[key] = Example(f"x-{len(made)}", dispute, a, b, Meaning.OTHER, "unrelated", (one[1], two[1]), everybody)
        if len(made) == count:
            break
    return list(made.values())
