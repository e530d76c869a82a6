"""Fits what the pair classifier makes of words and network together: `python -m training.pairs.words ROWS --model FOLDER`.

The perceptron over `onrecord.relations.pairs.features` learns from all disputes but the four that the network was not trained on; the
last layer is fitted on those four, on which both are strangers. The figure printed leaves out one of the four at a time. FOLDER,
which has the network's files, gets pairs.words.json and a pairs.json with thresholds that leave few false denials.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from evals.pairs import LABELS, false_denies, macro_f1
from onrecord.relations.pairs import PairClassifier
from onrecord.relations.pairs.classifier import WORDS, Calibration
from onrecord.relations.pairs.combined import Combined, inputs
from onrecord.relations.pairs.features import features
from training.pairs.data import Example, read_examples
from training.pairs.run import FALSE_DENIES, split

Floats = npt.NDArray[np.float64]
#: Units of the perceptron, its penalty, its passes; and the inverse penalty of the last layer.
UNITS, PENALTY, PASSES, LOOSE = 32, 3.0, 25, 0.3


def rows_of(examples: Sequence[Example]) -> Floats:
    """The features of pairs."""
    return features([(e.a, e.b) for e in examples])


def truth_of(examples: Sequence[Example]) -> npt.NDArray[np.int64]:
    """The labels of pairs as numbers."""
    return np.asarray([LABELS.index(e.label) for e in examples])


def last_layer(given: Floats, truth: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Weights and offsets of the logistic, over inputs as they come."""
    fitted = make_pipeline(StandardScaler(), LogisticRegression(C=LOOSE, max_iter=3000, class_weight="balanced")).fit(
        given, truth
    )
    scaler, logistic = fitted[0], fitted[1]
    weights = (logistic.coef_ / scaler.scale_).T
    return weights, logistic.intercept_ - scaler.mean_ @ weights


def chosen(told: Floats, calibration: Calibration) -> npt.NDArray[np.int64]:
    """The labels that chances amount to; a denial or contradiction, and a repetition, only from its threshold on."""
    best = told.argmax(1)
    against = (best <= 1) & (told.max(1) < calibration.against)
    same = (best == 2) & (told.max(1) < calibration.same)
    return np.where(against | same, LABELS.index("unrelated"), best)


def thresholds(told: Floats, examples: Sequence[Example]) -> Calibration:
    """The thresholds with the best macro-F1 among those that leave few false denials."""
    truth = truth_of(examples)
    trials = []
    for against in np.arange(0.3, 0.96, 0.02):
        for same in np.arange(0.3, 0.9, 0.04):
            trial = Calibration(1.0, round(float(against), 2), round(float(same), 2))
            found = chosen(told, trial)
            false = false_denies(truth, found)
            trials.append((false <= FALSE_DENIES, macro_f1(truth, found), -false, trial.against, trial.same))
    best = max(trials)
    return Calibration(1.0, best[3], best[4])


def main(argv: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--model", type=Path, required=True, help="folder with the network's files")
    args = parser.parse_args(argv)
    kept, held = split(read_examples(args.rows))
    learnt, unseen, truth = rows_of(kept), rows_of(held), truth_of(held)
    fitted = make_pipeline(
        StandardScaler(), MLPClassifier((UNITS,), alpha=PENALTY, max_iter=PASSES, random_state=0)
    ).fit(learnt, truth_of(kept))
    scaler, perceptron = fitted[0], fitted[1]
    given = inputs(
        PairClassifier.load(args.model).logits([(e.a, e.b) for e in held]), unseen, fitted.predict_proba(unseen)
    )
    disputes = np.asarray([e.dispute for e in held])
    told = np.zeros((len(held), len(LABELS)))
    for dispute in sorted(set(disputes)):
        weights, offsets = last_layer(given[disputes != dispute], truth[disputes != dispute])
        scores = given[disputes == dispute] @ weights + offsets
        raised = np.exp(scores - scores.max(1, keepdims=True))
        told[disputes == dispute] = raised / raised.sum(1, keepdims=True)
    calibration = thresholds(told, held)
    found = chosen(told, calibration)
    print(f"words alone: macro-F1 {macro_f1(truth, fitted.predict_proba(unseen).argmax(1)):.3f}")
    print(
        f"together: macro-F1 {macro_f1(truth, found):.3f}, false denies {false_denies(truth, found):.3f}, {calibration}"
    )
    weights, offsets = last_layer(given, truth)
    numbers = {
        "mean": scaler.mean_, "scale": scaler.scale_, "words_weights": perceptron.coefs_[0], "words_offsets": perceptron.intercepts_[0],
        "told_weights": perceptron.coefs_[1], "told_offsets": perceptron.intercepts_[1], "last_weights": weights, "last_offsets": offsets,
    }  # fmt: skip
    text = json.dumps({name: np.round(values, 5).tolist() for name, values in numbers.items()}, sort_keys=True)
    (args.model / WORDS).write_text(text + "\n", encoding="utf-8")
    settings = json.dumps({"calibration": asdict(calibration)}, indent=1, sort_keys=True)
    (args.model / "pairs.json").write_text(settings + "\n", encoding="utf-8")
    Combined.load(args.model / WORDS)


if __name__ == "__main__":
    main()
