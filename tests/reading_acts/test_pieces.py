"""Statements as model input: roles, hidden names, offsets, and what a change of names leaves as it was."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.model import Span
from onrecord.reading.acts import ActInput, Party
from onrecord.reading.acts.pieces import CONTENT, CUE, LIMIT, NO_ROLE, SOURCE, pieces

TOKENIZER = Tokenizer.from_file(str(Path(str(files("onrecord").joinpath("weights"))) / "acts.tokenizer.json"))
NAMES = st.text("abcdefghijklmnopqrstuvwxyzéß", min_size=1, max_size=14).map(str.capitalize)


def told(*parts: tuple[str, str], sides: dict[str, str] | None = None) -> ActInput:
    """A statement from its parts in order, each with its roles: s, c, t for source, cue and content; n for a name."""
    text, spans = "", {"s": [], "c": [], "t": [], "n": []}
    for words, roles in parts:
        start = len(text)
        text += words
        for role in roles:
            spans[role].append(Span(start, len(text)))
        text += " "
    parties = tuple(Party(s, sides.get(s.of(text)) if sides else None) for s in spans["n"])
    return ActInput(text, tuple(spans["s"]), tuple(spans["c"]), tuple(spans["t"]), parties)


def test_each_piece_has_the_role_of_its_words() -> None:
    [cut] = pieces(TOKENIZER, [told(("Minister Orla", "s"), ("denied", "c"), ("the raid", "t"), ("today", ""))])
    assert [cut.roles[i] for i in range(1, len(cut) - 1) if not cut.inner[i]] == [
        SOURCE,
        SOURCE,
        CUE,
        CONTENT,
        CONTENT,
        NO_ROLE,
    ]


def test_a_name_is_one_piece_that_spans_it() -> None:
    row = told(("Upper Vall", "sn"), ("accused", "c"), ("Nether Vall", "tn"), ("of theft", "t"))
    [cut] = pieces(TOKENIZER, [row])
    hidden = [Span(cut.starts[i], cut.ends[i]).of(row.text) for i in range(len(cut)) if cut.slots[i]]
    assert hidden == ["Upper Vall", "Nether Vall"]


@pytest.mark.parametrize(
    ("sides", "slots"),
    [
        ({"Vall": "A", "Kest": "B", "Moor": "C", "Orla": "A"}, [2, 3, 4, 2]),
        ({"Vall": "B", "Kest": "A", "Moor": "C", "Orla": "B"}, [2, 3, 4, 2]),
        ({"Vall": "A", "Kest": "A", "Moor": "A", "Orla": "A"}, [2, 2, 2, 2]),
        ({"Kest": "A", "Orla": "A"}, [1, 3, 1, 3]),
        (None, [1, 1, 1, 1]),
    ],
)
def test_slots_tell_sides_apart_and_not_their_letters(sides: dict[str, str] | None, slots: list[int]) -> None:
    row = told(
        ("Vall", "sn"),
        ("told", "c"),
        ("Kest", "n"),
        ("that", ""),
        ("Moor", "tn"),
        ("helps", "t"),
        ("Orla", "tn"),
        sides=sides,
    )
    [cut] = pieces(TOKENIZER, [row])
    assert [slot for slot in cut.slots if slot] == slots


@given(NAMES, NAMES, NAMES, NAMES)
def test_other_names_give_the_same_input(a: str, b: str, c: str, d: str) -> None:
    def row(first: str, second: str) -> ActInput:
        return told((first, "sn"), ("warned", "c"), (second, "tn"), ("not to cross", "t"))

    [one], [two] = pieces(TOKENIZER, [row(a, b)]), pieces(TOKENIZER, [row(c, d)])
    assert (one.ids, one.cases, one.roles, one.slots, one.inner) == (
        two.ids,
        two.cases,
        two.roles,
        two.slots,
        two.inner,
    )


@given(st.text("Ab é“’s.,\n9ß漢", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_offsets_are_those_of_the_text(text: str, one: int, two: int) -> None:
    low, high = sorted((min(one, len(text)), min(two, len(text))))
    parties = (Party(Span(low, high)),) if low < high else ()
    [cut] = pieces(TOKENIZER, [ActInput(text, (), (), (Span(0, len(text)),), parties)])
    for i in range(1, len(cut) - 1):
        assert 0 <= cut.starts[i] < cut.ends[i] <= len(text)
    assert list(cut.starts[1:-1]) == sorted(cut.starts[1:-1])


def test_of_overlapping_names_the_longer_counts() -> None:
    text = "Free Port of Kest agreed"
    row = ActInput(text, (), (Span(18, 24),), (), (Party(Span(13, 17)), Party(Span(0, 17))))
    [cut] = pieces(TOKENIZER, [row])
    assert [(cut.starts[i], cut.ends[i]) for i in range(len(cut)) if cut.slots[i]] == [(0, 17)]


def test_a_long_text_is_cut_around_the_cue() -> None:
    before, after = "word " * 400, " word" * 400
    text = before + "Orla denied it" + after
    start = len(before)
    row = ActInput(text, (Span(start, start + 4),), (Span(start + 5, start + 11),), (Span(start + 12, start + 14),))
    [cut] = pieces(TOKENIZER, [row])
    assert len(cut) == LIMIT
    assert {SOURCE, CUE, CONTENT} <= set(cut.roles)
