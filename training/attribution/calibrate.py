"""Fits what turns candidates into attributions, on texts the reader has not seen: confidence, thresholds, snapping."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from onrecord.model import Span
from onrecord.reading.attribution.decoding import Calibration, Candidate, decode, evidence
from onrecord.reading.attribution.types import Attribution
from training.attribution.data import Example

START = Calibration((1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Measure:
    """Hits, predictions and gold attributions: content with Jaccard .5 or more, and a source that overlaps or both empty."""

    hits: int
    predicted: int
    gold: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hits / (self.predicted + self.gold) if self.predicted + self.gold else 0.0


def _letters(text: str, spans: Sequence[Span] | Sequence[Sequence[int]]) -> frozenset[int]:
    bounds = [(s.start, s.end) if isinstance(s, Span) else (s[0], s[1]) for s in spans]
    return frozenset(i for start, end in bounds for i in range(start, min(end, len(text))) if text[i].isalnum())


def right(example: Example, found: Sequence[Attribution]) -> list[bool]:
    """For each attribution found, whether it is right: paired one to one with the corpus, best content first."""
    gold = [(_letters(example.text, g["content"]), _letters(example.text, g["source"])) for g in example.gold]
    pairs = []
    for i, attribution in enumerate(found):
        content = _letters(example.text, attribution.content)
        for j, (wanted, _) in enumerate(gold):
            shared = len(content & wanted)
            if shared:
                pairs.append((-shared / len(content | wanted), i, j))
    verdicts, taken_i, taken_j = [False] * len(found), set(), set()
    for score, i, j in sorted(pairs):
        if i in taken_i or j in taken_j:
            continue
        taken_i.add(i)
        taken_j.add(j)
        source, wanted = _letters(example.text, found[i].source), gold[j][1]
        verdicts[i] = score <= -0.5 and (bool(source & wanted) or not (source or wanted))
    return verdicts


def measure(
    examples: Sequence[Example], candidates: Sequence[Sequence[Candidate]], calibration: Calibration
) -> Measure:
    """How good the decoded attributions are."""
    hits = predicted = 0
    for example, those in zip(examples, candidates, strict=True):
        found = decode(example.text, example.pieces, those, calibration)
        hits += sum(right(example, found))
        predicted += len(found)
    return Measure(hits, predicted, sum(1 for e in examples for g in e.gold if g["content"]))


def calibrate(examples: Sequence[Example], candidates: Sequence[Sequence[Candidate]]) -> Calibration:
    """Fits confidence and then thresholds on `examples`, which must be unseen in training.

    Raises:
        ValueError: when all candidates are right or all are wrong, so that there is nothing to fit.
    """
    features, truth = [], []
    for example, those in zip(examples, candidates, strict=True):
        for candidate in those:
            found = decode(example.text, example.pieces, [candidate], START)
            features.append(evidence(candidate))
            truth.append(bool(found) and right(example, found)[0])
    if len(set(truth)) < 2:
        raise ValueError(
            "nothing to fit: the reader is always right or always wrong here; train it longer or hold out more"
        )
    matrix = np.asarray(features)
    scaler = StandardScaler().fit(matrix)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(scaler.transform(matrix), truth)
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    fitted = replace(START, weights=tuple(round(float(w), 4) for w in weights), bias=round(bias, 4))
    return search(examples, candidates, fitted)


def search(examples: Sequence[Example], candidates: Sequence[Sequence[Candidate]], start: Calibration) -> Calibration:
    """Thresholds one after another, each the best for F1 given the others; two rounds."""
    best = start
    grids = {
        "threshold": [round(0.24 + 0.02 * i, 2) for i in range(14)],
        "content": [0.35, 0.4, 0.45, 0.5, 0.55, 0.6],
        "source": [0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6],
        "quotation": [0.3, 0.4, 0.5, 0.6, 0.7],
    }
    for name in itertools.chain(grids, ["threshold"]):
        scored = [(measure(examples, candidates, _with(best, name, value)).f1, value) for value in grids[name]]
        top = max(score for score, _ in scored)
        good = [value for score, value in scored if score >= top - 0.0005]
        best = _with(best, name, good[len(good) // 2])
    return best


def _with(calibration: Calibration, name: str, value: float) -> Calibration:
    changes: dict[str, Any] = {name: value}
    return replace(calibration, **changes)


def fields(calibration: Calibration) -> dict[str, object]:
    """The calibration as the reader's settings file holds it."""
    return asdict(calibration)


def risk_coverage(
    examples: Sequence[Example], candidates: Sequence[Sequence[Candidate]]
) -> list[tuple[float, int, float]]:
    """(threshold, attributions kept, share of them right) for thresholds from .05 to .95.

    Each half of the examples is judged with a calibration fitted on the other half.
    """
    judged: list[tuple[float, bool]] = []
    for side in range(2):
        fitted = calibrate(examples[side::2], candidates[side::2])
        for example, those in zip(examples[1 - side :: 2], candidates[1 - side :: 2], strict=True):
            found = decode(example.text, example.pieces, those, replace(fitted, threshold=0.0))
            judged.extend(zip([a.confidence for a in found], right(example, found), strict=True))
    out = []
    for step in range(1, 20):
        kept = [verdict for confidence, verdict in judged if confidence >= step / 20]
        out.append((step / 20, len(kept), sum(kept) / len(kept) if kept else 0.0))
    return out
