"""Quotation marks of every kind, balanced or not."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.attribution.quotes import quotations


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "we will go" today.', ["we will go"]),
        ("He said “we will go” today.", ["we will go"]),
        ("Il dit « nous irons » hier.", [" nous irons "]),
        ("Er sagte „wir gehen“ gestern.", ["wir gehen"]),
        ("He called it ''a farce'' again.", ["a farce"]),
        ("He called it ``a farce'' again.", ["a farce"]),
        ('"One," he said, "two."', ["One,", "two."]),
        ("“One,” he said. “Two.”", ["One,", "Two."]),
        ("He called it ‘a farce’ again.", ["a farce"]),
        ("She called it 'a farce' again.", ["a farce"]),
        ("“He told me ‘never again’ and left.”", ["He told me ‘never again’ and left.", "never again"]),
        ("The minister's aide didn't say.", []),
        ("The ministers' aides didn't say.", []),
        ("The minister’s aide didn’t say.", []),
        ("No marks at all.", []),
        ("", []),
    ],
)
def test_inside(text: str, inside: list[str]) -> None:
    assert [q.inner.of(text) for q in quotations(text)] == inside


@pytest.mark.parametrize(
    ("text", "inside", "closed"),
    [
        ('He said "we will go and not come back.', ["we will go and not come back."], [False]),
        ("“We will go.\n“We will not come back.”", ["We will go.\n", "We will not come back."], [False, True]),
        ('We will go," he said, "and stay."', ["and stay."], [True]),
        ("We will go,” he said, “and stay.”", ["and stay."], [True]),
    ],
)
def test_unbalanced_marks_lose_nothing_else(text: str, inside: list[str], closed: list[bool]) -> None:
    found = quotations(text)
    assert [q.inner.of(text) for q in found] == inside
    assert [q.closed for q in found] == closed


@given(st.text(alphabet="ab .,\n\"'“”„«»‘’`()—"), st.integers(0, 5), st.integers(0, 40))
def test_spans_lie_in_the_paragraph_and_double_ones_do_not_cross(text: str, start: int, size: int) -> None:
    start = min(start, len(text))
    end = min(len(text), start + size)
    found = quotations(text, start, end)
    for one in found:
        assert start <= one.outer.start <= one.inner.start <= one.inner.end <= one.outer.end <= end
    double = [q for q in found if not q.single]
    assert all(a.outer.end <= b.outer.start for a, b in itertools.pairwise(double))


@given(st.text(alphabet='ab "“”«»'))
def test_the_same_text_gives_the_same_quotations_wherever_it_stands(text: str) -> None:
    before = "xx\n\n"
    moved = quotations(before + text, len(before))
    assert [(q.outer.shift(-len(before)), q.inner.shift(-len(before)), q.closed) for q in moved] == [
        (q.outer, q.inner, q.closed) for q in quotations(text)
    ]
