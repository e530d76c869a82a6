"""The training pairs: as their sources say, enough of them, and labelled as sides allow; and how they are read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import BertPreTokenizer

from evals.pairs import LABELS, false_denies, label_of, macro_f1, saying_of
from onrecord.relations.pairs import Meaning, Verdict
from onrecord.relations.pairs.classifier import Calibration
from onrecord.relations.pairs.pieces import LIMIT, pieces
from training.data.build_pairs import OUT, build

ROWS: list[dict[str, Any]] = [json.loads(line) for line in OUT.read_text(encoding="utf-8").splitlines()]


def test_the_rows_are_what_the_sources_give() -> None:
    assert build() == ROWS


def test_there_are_enough_pairs_of_enough_statements() -> None:
    assert len(ROWS) >= 2000
    assert len({row[half]["sentence"] for row in ROWS for half in ("a", "b")}) >= 700


def test_labels_keep_to_the_sides() -> None:
    sides = {(row["label"], row["a"]["side"] == row["b"]["side"]) for row in ROWS}
    assert sides == {
        ("denies", False),
        ("contradicts", True),
        ("repeats", True),
        ("unrelated", True),
        ("unrelated", False),
    }


def test_every_row_can_be_read() -> None:
    for row in ROWS:
        for half, other in (("a", "b"), ("b", "a")):
            saying = saying_of(row[half], row[other])
            assert saying.content[0].of(saying.text) == row[half]["content"]
            assert row["a"]["date"] <= row["b"]["date"]


@pytest.mark.parametrize(
    ("meaning", "same_side", "label"),
    [
        (Meaning.AGAINST, False, "denies"),
        (Meaning.AGAINST, True, "contradicts"),
        (Meaning.SAME, True, "repeats"),
        (Meaning.SAME, False, "unrelated"),
        (Meaning.OTHER, True, "unrelated"),
    ],
)
def test_what_a_meaning_amounts_to(meaning: Meaning, same_side: bool, label: str) -> None:
    verdict = Verdict(meaning, *(0.9 if m is meaning else 0.05 for m in Meaning))
    assert label_of(verdict, Calibration(), same_side=same_side) == label


def test_names_are_one_piece_and_sides_two_slots() -> None:
    vocabulary = {
        piece: n for n, piece in enumerate(("[UNK]", "[CLS]", "[SEP]", "[MASK]", "said", "it", "was", "late"))
    }
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = BertPreTokenizer()
    a = {"speaker": "Ada Voss", "side": "Orrin", "sentence": "Voss said Tasse was late", "content": "Tasse was late"}
    b = {"speaker": "Tasse", "side": "Tasse", "sentence": "Tasse said it was late", "content": "it was late"}
    (cut,) = pieces(tokenizer, [(saying_of(a, b), saying_of(b, a))])
    assert [slot for piece, slot in zip(cut.ids, cut.slots, strict=True) if piece == vocabulary["[MASK]"]] == [1, 2, 2]
    assert len(cut) <= 2 * LIMIT + 3


def test_measures() -> None:
    import numpy as np

    gold, told = np.asarray([0, 1, 2, 3]), np.asarray([0, 1, 2, 0])
    assert false_denies(gold, told) == pytest.approx(1 / 3)
    assert macro_f1(gold, gold) == 1.0
    assert macro_f1(gold, told) == pytest.approx((2 / 3 + 1 + 1 + 0) / len(LABELS))
