"""Who did what to whom, by the trained event coder, for the PLOVER benchmark.

    python -m evals.plover INPUT --out PRED [--model FOLDER] [--time]
    python -m evals.plover INPUT --cross-validate [--own ROWS] [--start STAGE.pt] [--out PRED]

Reads JSON Lines (plain or .gz) with ``id``, ``text``, ``source_spans`` and ``target_spans``; writes ``id``, ``root``, ``quad``
and ``binary``. The benchmark has fifteen roots: its YIELD is PLOVER's CONCEDE and RETREAT, and every sentence has an event.
The shipped coder has learned from ``plover_dev``, so what it says there is no measure; ``--cross-validate`` trains a coder for
each of five folds as ``training.plover.run`` does, and prints its figures beside those of a linear SVM on the same folds,
without and with our own sentences.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from evals.io import rows, write_rows
from onrecord.model import Span
from onrecord.model.events import Root
from onrecord.reading.events.coder import CodingInput, EventCoder
from onrecord.reading.events.coder.names import names_beside
from onrecord.reading.events.coder.reader import NONE, ROOTS

QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("ACCUSE", "REQUEST", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"), 4),
}
MERGED = {Root.CONCEDE: "YIELD", Root.RETREAT: "YIELD"}
FOLDS = 5
CODER, SVM, SVM_OWN = "event coder", "TF-IDF and linear SVM", "the same with our sentences"
OWN = Path(__file__).parents[1] / "training" / "data" / "plover_train.jsonl"

Row = dict[str, Any]


def coding_input(row: Row) -> CodingInput:
    """A row of the benchmark as the coder's input: no trigger, names by their capitals."""
    source, target = (tuple(Span(s, e) for s, e in row[name]) for name in ("source_spans", "target_spans"))
    return CodingInput(row["text"], source, target, None, names_beside(row["text"], (*source, *target)))


def prediction(number: str, roots: npt.NDArray[np.float64]) -> Row:
    """A row of the prediction: the likeliest of the fifteen roots, the likeliest of four quads, cooperation or conflict."""
    chances: dict[str, float] = {}
    for root, chance in zip(ROOTS, roots[:NONE], strict=True):
        name = MERGED.get(root, root.value)
        chances[name] = chances.get(name, 0.0) + float(chance)
    quads = {q: sum(c for n, c in chances.items() if QUADS[n] == q) for q in (1, 2, 3, 4)}
    return {
        "id": number,
        "root": max(sorted(chances), key=lambda n: chances[n]),
        "quad": max(quads, key=lambda q: (quads[q], -q)),
        "binary": int(quads[3] + quads[4] > 0.5 * sum(quads.values())),
    }


def predict(coder: EventCoder, read: Sequence[Row]) -> list[Row]:
    """The prediction for each row."""
    told = coder.probabilities([coding_input(row) for row in read])
    return [prediction(row["id"], roots) for row, (roots, _, _) in zip(read, told, strict=True)]


def folds_of(gold: Sequence[Row]) -> list[int]:
    """The fold of each row: rows of one root in turn, in the order of the file; rows with one text stay together."""
    seen: dict[str, int] = {}
    texts: dict[str, int] = {}
    out = []
    for row in gold:
        root, text = str(row["root"]), str(row["text"])
        if text not in texts:
            texts[text] = seen.get(root, 0) % FOLDS
            seen[root] = seen.get(root, 0) + 1
        out.append(texts[text])
    return out


def macro_f1(gold: Sequence[Row], found: Sequence[Row], what: str) -> float:
    """Macro-F1 over the labels of the gold rows, as the benchmark's own scorer counts it."""
    truth, said = [str(row[what]) for row in gold], [str(row[what]) for row in found]
    right = Counter(t for t, s in zip(truth, said, strict=True) if t == s)
    there, claimed = Counter(truth), Counter(said)
    return sum(2 * right[label] / (there[label] + claimed[label]) for label in there) / len(there)


def interval(gold: Sequence[Row], found: Sequence[Row], what: str, draws: int = 1000) -> tuple[float, float]:
    """The 95 % interval of `macro_f1` from resampling rows."""
    rng = np.random.default_rng(0)
    scores = []
    for _ in range(draws):
        chosen = rng.integers(0, len(gold), len(gold))
        scores.append(macro_f1([gold[i] for i in chosen], [found[i] for i in chosen], what))
    low, high = np.quantile(scores, [0.025, 0.975])
    return float(low), float(high)


def by_svm(train: Sequence[Row], test: Sequence[Row]) -> list[Row]:
    """The baseline's prediction for `test`."""
    from evals.baselines.plover_svm import masked
    from evals.baselines.plover_svm import predict as svm

    texts = [[masked(r["text"], r["source_spans"], r["target_spans"]) for r in part] for part in (train, test)]
    said = svm(texts[0], [str(r["root"]) for r in train], texts[1])
    return [
        {"id": r["id"], "root": root, "quad": QUADS[root], "binary": int(QUADS[root] > 2)}
        for r, root in zip(test, said, strict=True)
    ]


def as_benchmark(own: Path) -> list[Row]:
    """Our own sentences in the form and the classes of the benchmark, those without an event left out."""
    merged = {root.value: name for root, name in MERGED.items()}
    return [
        {
            "text": r["text"],
            "source_spans": r["source"],
            "target_spans": r["target"],
            "root": merged.get(r["root"], r["root"]),
        }
        for r in rows(own)
        if r["root"] != "NONE"
    ]


def cross_validated(gold: Sequence[Row], own: Path, start: Path | None) -> dict[str, list[Row]]:
    """The rows predicted by coders and by SVMs that have not seen their fold, in the order of `gold`."""
    from training.plover.crossed import coders

    folds = folds_of(gold)
    sentences = as_benchmark(own)
    said: dict[str, dict[str, Row]] = {CODER: {}, SVM: {}, SVM_OWN: {}}
    for fold, coder in enumerate(coders(gold, folds, own, start)):
        train = [r for r, f in zip(gold, folds, strict=True) if f != fold]
        test = [r for r, f in zip(gold, folds, strict=True) if f == fold]
        found = {CODER: predict(coder, test), SVM: by_svm(train, test), SVM_OWN: by_svm([*train, *sentences], test)}
        for name, predicted in found.items():
            said[name].update((r["id"], r) for r in predicted)
        print(f"fold {fold + 1}: root {macro_f1(test, found[CODER], 'root'):.3f}", flush=True)
    return {name: [predicted[r["id"]] for r in gold] for name, predicted in said.items()}


def main(argv: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("input", type=Path)
    parser.add_argument("--out", type=Path, default=None)
    parser.add_argument("--model", type=Path, default=None, help="folder of another coder's files")
    parser.add_argument("--time", action="store_true", help="print sentences per second")
    parser.add_argument("--cross-validate", action="store_true", help="train and measure on five folds of the input")
    parser.add_argument("--own", type=Path, default=OWN, help="our own training sentences")
    parser.add_argument("--start", type=Path, default=None, help="a first stage already trained")
    args = parser.parse_args(argv)
    read = list(rows(args.input))
    if args.cross_validate:
        crossed = cross_validated(read, args.own, args.start)
        found = crossed[CODER]
        for name, said in crossed.items():
            for what in ("root", "quad", "binary"):
                low, high = interval(read, said, what)
                print(f"{name}: {what} macro-F1 {macro_f1(read, said, what):.3f} [{low:.3f}, {high:.3f}]")
    else:
        coder = EventCoder.load(args.model)
        began = time.process_time()
        found = predict(coder, read)
        spent = time.process_time() - began
        if args.time:
            print(f"{len(read)} sentences, {spent:.2f} s of processor time, {len(read) / spent:.0f} sentences a second")
    if args.out is not None:
        write_rows(args.out, found)


if __name__ == "__main__":
    main()
