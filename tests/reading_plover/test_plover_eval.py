"""The benchmark's own classes, its folds, and the baseline's masks."""

from __future__ import annotations

import numpy as np
import pytest

from evals.baselines.plover_svm import masked
from evals.plover import FOLDS, folds_of, macro_f1, prediction
from onrecord.model.events import Root
from onrecord.reading.events.coder.reader import NONE, ROOTS

CLASSES = [
    ({Root.ACCUSE: 0.8}, "ACCUSE", 3, 1),
    ({Root.CONCEDE: 0.3, Root.RETREAT: 0.3, Root.AID: 0.4}, "YIELD", 2, 0),
    ({Root.AGREE: 0.4, Root.COERCE: 0.3, Root.ASSAULT: 0.3}, "AGREE", 4, 1),
]


@pytest.mark.parametrize(("chances", "root", "quad", "binary"), CLASSES)
def test_roots_become_the_classes_of_the_benchmark(
    chances: dict[Root, float], root: str, quad: int, binary: int
) -> None:
    told = np.zeros(NONE + 1)
    for of, chance in chances.items():
        told[ROOTS.index(of)] = chance
    assert prediction("x", told) == {"id": "x", "root": root, "quad": quad, "binary": binary}


def test_no_event_is_no_answer_of_the_benchmark() -> None:
    told = np.full(NONE + 1, 0.01)
    told[NONE] = 0.8
    told[ROOTS.index(Root.REJECT)] = 0.04
    assert prediction("x", told)["root"] == "REJECT"


def test_folds_part_the_roots_evenly_and_keep_a_text_whole() -> None:
    gold = [{"text": f"t{n % 90}", "root": "AID" if n % 3 else "AGREE"} for n in range(100)]
    folds = folds_of(gold)
    assert set(folds) == set(range(FOLDS))
    assert all(folds[n] == folds[n + 90] for n in range(10))
    counts = [sum(f == k for f, row in zip(folds, gold, strict=True) if row["root"] == "AGREE") for k in range(FOLDS)]
    assert max(counts) - min(counts) <= 4


def test_macro_f1_counts_the_gold_labels_alone() -> None:
    gold = [{"root": "AID"}, {"root": "AID"}, {"root": "AGREE"}]
    found = [{"root": "AID"}, {"root": "YIELD"}, {"root": "AGREE"}]
    assert macro_f1(gold, found, "root") == pytest.approx((2 / 3 + 1) / 2)


def test_participants_are_masked() -> None:
    assert masked("Orrin met Tasse", [[0, 5]], [[10, 15]]).split() == ["SOURCE", "met", "TARGET"]
