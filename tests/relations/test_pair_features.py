"""What the words of a pair tell: nothing of names, the same numbers for the same pair, and chances that are chances."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.pairs import saying_of
from onrecord.relations.pairs.combined import Combined, Layer, chances
from onrecord.relations.pairs.features import features
from onrecord.relations.pairs.types import Saying
from training.data.build_pairs import build

ROWS: list[dict[str, Any]] = json.loads(json.dumps(build()))


def pair(first: str, second: str, one: str = "Orrin", two: str = "Tasse") -> tuple[Saying, Saying]:
    """The earlier statement of `one` and the later one of `two`; the content stands in brackets, # and @ for the two names."""
    halves = []
    for text, side in ((first, one), (second, two)):
        named = text.replace("#", one).replace("@", two)
        content = named[named.index("[") + 1 : named.index("]")]
        halves.append(
            {"speaker": side, "side": side, "sentence": named.replace("[", "").replace("]", ""), "content": content}
        )
    return saying_of(halves[0], halves[1]), saying_of(halves[1], halves[0])


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["Orrin", "Vell", "Karst Union"]),
    st.sampled_from(["Tasse", "Ombria", "Lower March"]),
)
def test_other_names_change_no_number(one: str, two: str) -> None:
    texts = ("# said [@ had sunk nine boats off the cape]", "@ denied [having sunk any boats of #]")
    assert (features([pair(*texts, one, two)]) == features([pair(*texts)])).all()


def test_a_row_for_every_pair_and_no_number_that_is_none() -> None:
    some = ROWS[:: len(ROWS) // 50]
    told = features([(saying_of(r["a"], r["b"]), saying_of(r["b"], r["a"])) for r in some])
    assert told.shape[0] == len(some)
    assert np.isfinite(told).all()
    assert (told == features([(saying_of(r["a"], r["b"]), saying_of(r["b"], r["a"])) for r in some])).all()


@pytest.mark.parametrize(
    ("second", "column", "value"),
    [
        ("@ said [its navy had sunk nine boats]", 0, 0.0),
        ("@ said [its navy had sunk no boats]", 13, 1.0),
        ("@ denied [that its navy had sunk nine boats]", 14, 1.0),
        ("@ said [its navy had sunk four boats]", 22, 1.0),
        ("@ said [its navy had sunk nine boats]", 22, 0.0),
    ],
)
def test_what_single_numbers_tell(second: str, column: int, value: float) -> None:
    (row,) = features([pair("# said [the navy of @ had sunk nine boats]", second)])
    assert row[column] == value


def test_the_chances_of_words_and_network_are_chances() -> None:
    rng = np.random.default_rng(1)
    layers = [Layer(rng.normal(size=shape), rng.normal(size=shape[1])) for shape in ((5, 3), (3, 4), (11, 4))]
    both = Combined(np.zeros(5), np.ones(5), *layers)
    told = both(rng.normal(size=(6, 3)), rng.normal(size=(6, 5)))
    assert told.shape == (6, 4)
    assert told.sum(1) == pytest.approx(np.ones(6))
    assert (told == both(*_again(1))).all()


def _again(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    for shape in ((5, 3), (3, 4), (11, 4)):
        rng.normal(size=shape)
        rng.normal(size=shape[1])
    return rng.normal(size=(6, 3)), rng.normal(size=(6, 5))


def test_chances_of_large_scores() -> None:
    assert chances(np.asarray([[1e4, 0.0, -1e4]])).tolist() == [[1.0, 0.0, 0.0]]
