"""Names by their capitals."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Span
from onrecord.reading.events.coder.names import names_beside, names_of

CASES = [
    ("Orrin accused Tasse of lying.", ["Orrin", "Tasse"]),
    ("Prosecutors in Lusk charged Ada Voss.", ["Lusk", "Ada Voss"]),
    ("On Tuesday, Foreign Minister Ada Voss of Orrin flew to Vey.", ["Ada Voss of Orrin", "Vey"]),
    ("The Bank of Tasse and Orrin's Supreme Court met in May.", ["Tasse", "Orrin"]),
    ("LUSK (Marrow Press) - Police fired tear gas.", ["LUSK", "Marrow Press"]),
    ("Speaking in Vey, she thanked the Red Pillar.", ["Vey", "Red Pillar"]),
    ("Talks failed.", []),
    ("", []),
]


@pytest.mark.parametrize(("sentence", "names"), CASES)
def test_names_are_runs_of_capitals(sentence: str, names: list[str]) -> None:
    assert [name.of(sentence) for name in names_of(sentence)] == names


def test_in_a_headline_only_participants_have_names() -> None:
    headline = "Orrin Lifts Its Travel Ban On Tasse"
    pair = (Span(0, 5), Span(30, 35))
    assert names_beside(headline, pair) == pair
    assert [name.of(headline) for name in names_beside(headline.lower().replace("tasse", "Tasse"), pair)] == ["Tasse"]


@given(st.text("abcAB C.'’,-\n\u00e9\u0130", max_size=60))
def test_names_stand_in_order_inside_the_sentence(sentence: str) -> None:
    found = names_of(sentence)
    assert all(name.end <= len(sentence) and name.of(sentence).strip() for name in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
