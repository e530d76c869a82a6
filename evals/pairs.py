"""How two statements stand: the trained pair classifier beside the cosine of sentence embeddings.

    python -m evals.pairs GOLD [--model FOLDER] [--cosine FOLDER] [--out FILE]

GOLD is JSON Lines: ``a`` (earlier) and ``b`` with speaker, side, sentence and content, and a label: ``b`` denies ``a`` (of the other
side), contradicts or repeats ``a`` (of its own side), or is unrelated to it. Macro-F1 is over the four labels; "false denies" is
the share of pairs of another label that are called a denial. Intervals: 95 %, from 1,000 resamples of the sentences of ``a``,
since one earlier statement serves several rows. The cosine sees the same side marks: above one threshold pairs of one
side repeat, above another pairs of two sides deny, below the first and above a third pairs of one side contradict; the
thresholds are those that fit GOLD itself best, which flatters it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from evals.io import rows
from onrecord.model import Span
from onrecord.relations.pairs import Meaning, Name, PairClassifier, Saying, Verdict
from onrecord.relations.pairs.classifier import Calibration
from onrecord.relations.pairs.names import found

LABELS = ("denies", "contradicts", "repeats", "unrelated")
RESAMPLES = 1000
Longs = npt.NDArray[np.int64]


def saying_of(part: Mapping[str, str], other: Mapping[str, str]) -> Saying:
    """One half of a row; the names of both halves' sides and speakers are hidden in it."""
    at = part["sentence"].index(part["content"])
    hidden: list[Name] = []
    for half in (part, other) if part["side"] != other["side"] else (part,):
        names = (half["side"], half["speaker"]) if half is part else (other["side"], other["speaker"])
        hidden += [
            Name(span, half["side"])
            for span in found(part["sentence"], names)
            if not any(span.overlaps(name.span) for name in hidden)
        ]
    content = (Span(at, at + len(part["content"])),)
    return Saying(part["sentence"], content, part["side"], tuple(sorted(hidden, key=lambda n: n.span)))


def label_of(verdict: Verdict, calibration: Calibration, *, same_side: bool) -> str:
    """The label that a verdict amounts to between two statements of one side or of two."""
    if verdict.meaning is Meaning.AGAINST and verdict.against >= calibration.against:
        return "contradicts" if same_side else "denies"
    if verdict.meaning is Meaning.SAME and same_side and verdict.same >= calibration.same:
        return "repeats"
    return "unrelated"


def by_classifier(classifier: PairClassifier, gold: Sequence[Mapping[str, Any]]) -> list[str]:
    """The classifier's labels."""
    verdicts = classifier.judge([(saying_of(r["a"], r["b"]), saying_of(r["b"], r["a"])) for r in gold])
    return [
        label_of(v, classifier.calibration, same_side=r["a"]["side"] == r["b"]["side"])
        for r, v in zip(gold, verdicts, strict=True)
    ]


def by_cosine(gold: Sequence[Mapping[str, Any]], folder: Path) -> list[str]:
    """The labels of the cosine between the mean states of the base model, by the thresholds that fit `gold` best."""
    cosines = _cosines(gold, folder)
    same = np.asarray([r["a"]["side"] == r["b"]["side"] for r in gold])
    truth = np.asarray([LABELS.index(r["label"]) for r in gold])
    steps = np.quantile(cosines, np.linspace(0, 1, 41))
    best, told = -1.0, truth
    for deny in steps:
        for low in steps:
            for high in steps[steps >= low]:
                trial = np.where(same, np.where(cosines >= high, 2, np.where(cosines >= low, 1, 3)), 3)
                trial = np.where(~same & (cosines >= deny), 0, trial)
                score = macro_f1(truth, trial)
                if score > best:
                    best, told = score, trial
    return [LABELS[int(k)] for k in told]


def _cosines(gold: Sequence[Mapping[str, Any]], folder: Path) -> npt.NDArray[np.float64]:
    """The cosine of the two sentences of each row, as sentence-transformers takes it: of the means of the last states."""
    import torch

    from training.attribution.run import open_tokenizer
    from training.pairs.model import load_pretrained

    tokenizer = open_tokenizer(folder)
    model = load_pretrained(folder).eval()
    for table in (model.cases, model.roles, model.slots):
        torch.nn.init.zeros_(table.weight)
    vectors: dict[str, npt.NDArray[np.float64]] = {}
    with torch.no_grad():
        for text in sorted({r[half]["sentence"] for r in gold for half in ("a", "b")}):
            ids = torch.tensor([tokenizer.encode(text).ids])
            none = torch.zeros_like(ids)
            mean = model.states(ids, none, none, none, torch.ones_like(ids))[0].mean(0).double().numpy()
            vectors[text] = mean / np.linalg.norm(mean)
    return np.asarray([float(vectors[r["a"]["sentence"]] @ vectors[r["b"]["sentence"]]) for r in gold])


def macro_f1(gold: Longs, told: Longs) -> float:
    """The mean of the four labels' F1."""
    size = len(LABELS)
    table = np.bincount(gold * size + told, minlength=size * size).reshape(size, size)
    return float((2 * table.diagonal() / np.maximum(table.sum(0) + table.sum(1), 1)).mean())


def false_denies(gold: Longs, told: Longs) -> float:
    """The share of pairs of another label that are called a denial."""
    others = gold != LABELS.index("denies")
    return float((told[others] == LABELS.index("denies")).mean()) if others.any() else 0.0


def draws_of(gold: Sequence[Mapping[str, Any]]) -> list[Longs]:
    """Resamples of the rows that keep those of one earlier sentence together."""
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(gold):
        groups.setdefault(row["a"]["sentence"], []).append(number)
    members = [np.asarray(groups[key]) for key in sorted(groups)]
    rng = np.random.default_rng(0)
    return [np.concatenate([members[k] for k in rng.integers(0, len(members), len(members))]) for _ in range(RESAMPLES)]


def figures(name: str, gold: Sequence[Mapping[str, Any]], told: Sequence[str], draws: Sequence[Longs]) -> str:
    """The lines printed for one reader."""
    truth, found_ = (np.asarray([LABELS.index(x) for x in labels]) for labels in ([r["label"] for r in gold], told))
    lines = []
    for label, measure in (("macro-F1", macro_f1), ("false denies", false_denies)):
        low, high = np.quantile([measure(truth[d], found_[d]) for d in draws], (0.025, 0.975))
        lines.append(f"{name}: {label} {100 * measure(truth, found_):.1f} [{100 * low:.1f}, {100 * high:.1f}]")
    for number, label in enumerate(LABELS):
        hits = int(((truth == number) & (found_ == number)).sum())
        p, r = hits / max(1, int((found_ == number).sum())), hits / max(1, int((truth == number).sum()))
        lines.append(f"    {label:<12} P {100 * p:5.1f} R {100 * r:5.1f}")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", type=Path, default=None, help="folder of another classifier's files")
    parser.add_argument("--cosine", type=Path, default=None, help="folder of MiniLM-L6, for the contrast")
    parser.add_argument("--out", type=Path, default=None, help="write the classifier's labels as JSON Lines")
    args = parser.parse_args(argv)
    gold = list(rows(args.gold))
    draws = draws_of(gold)
    told = by_classifier(PairClassifier.load(args.model), gold)
    print(f"{len(gold)} pairs of {len({r['a']['sentence'] for r in gold})} earlier statements")
    print(figures("pair classifier", gold, told, draws))
    if args.cosine is not None:
        print(figures("cosine, best thresholds", gold, by_cosine(gold, args.cosine), draws))
    if args.out is not None:
        lines = [json.dumps({"id": r["id"], "label": t}) + "\n" for r, t in zip(gold, told, strict=True)]
        args.out.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
