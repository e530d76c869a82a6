"""Candidate cues, distances and role ranges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.attribution.linking import candidate_cues, distance_classes, runs


def rows(tags: str) -> np.ndarray:
    """Probabilities for a string of O, B, I (sure) and b, i (unsure)."""
    table = {
        "O": (1.0, 0.0, 0.0),
        "B": (0.0, 1.0, 0.0),
        "I": (0.0, 0.0, 1.0),
        "b": (0.7, 0.3, 0.0),
        "i": (0.7, 0.0, 0.3),
    }
    return np.asarray([table[t] for t in tags], dtype=np.float32).reshape(-1, 3)


@pytest.mark.parametrize(
    ("tags", "threshold", "found"),
    [
        ("OBIIO", 0.2, [(1, 4)]),
        ("BIBI", 0.2, [(0, 2), (2, 4)]),
        ("ObiO", 0.2, [(1, 3)]),
        ("ObiO", 0.4, []),
        ("OIIO", 0.2, [(1, 3)]),
        ("OOO", 0.2, []),
        ("", 0.2, []),
    ],
)
def test_candidate_cues(tags: str, threshold: float, found: list[tuple[int, int]]) -> None:
    assert candidate_cues(rows(tags), threshold) == found


@pytest.mark.parametrize(
    ("tags", "found"), [("OBIO", [(1, 3)]), ("BIOBI", [(0, 2), (3, 5)]), ("OOO", []), ("III", [(0, 3)]), ("", [])]
)
def test_runs(tags: str, found: list[tuple[int, int]]) -> None:
    assert runs(rows(tags)) == found


@given(st.integers(0, 50), st.integers(1, 150), st.data())
def test_distances_are_nought_inside_and_tell_the_sides_apart(first: int, size: int, data: st.DataObject) -> None:
    last = first + size
    low = data.draw(st.integers(first, last - 1))
    high = data.draw(st.integers(low + 1, last))
    classes = distance_classes(first, last, (low, high))
    assert len(classes) == size
    assert [first + i for i, c in enumerate(classes) if c == 0] == list(range(low, high))
    assert all(1 <= c <= 14 for c in classes[: low - first])
    assert all(15 <= c <= 28 for c in classes[high - first :])
    assert list(classes[: low - first]) == sorted(classes[: low - first], reverse=True)
    assert list(classes[high - first :]) == sorted(classes[high - first :])
