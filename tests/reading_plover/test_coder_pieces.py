"""Sentences as the coder's input."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.model import Span
from onrecord.reading.acts.pieces import Specials
from onrecord.reading.events.coder import CodingInput
from onrecord.reading.events.coder.network import batch_of
from onrecord.reading.events.coder.pieces import LIMIT, NO_ROLE, SOURCE, TARGET, TRIGGER, WHOLE, Pieces, pieces


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(files("onrecord").joinpath("weights", "acts.tokenizer.json")))


def cut(tokenizer: Tokenizer, row: CodingInput) -> Pieces:
    [found] = pieces(tokenizer, [row])
    return found


def test_roles_and_hidden_names(tokenizer: Tokenizer) -> None:
    text = "Orrin blamed Tasse"
    row = CodingInput(text, (Span(0, 5),), (Span(13, 18),), Span(6, 12), (Span(0, 5), Span(13, 18)))
    found = cut(tokenizer, row)
    hidden = Specials.of(tokenizer).name
    assert found.roles == (WHOLE, SOURCE, TRIGGER, TARGET, WHOLE)
    assert [found.ids[1], found.ids[3]] == [hidden, hidden]
    assert hidden != found.ids[2]


def test_of_names_that_overlap_the_longer_is_hidden(tokenizer: Tokenizer) -> None:
    text = "The Bank of Orrin paid"
    names = (Span(4, 17), Span(12, 17))
    assert cut(tokenizer, CodingInput(text, (), (), None, names)).ids.count(Specials.of(tokenizer).name) == 1


def test_a_long_sentence_is_cut_around_its_roles(tokenizer: Tokenizer) -> None:
    text = "rain " * 300 + "Orrin met Tasse" + " rain" * 300
    at = text.index("Orrin")
    found = cut(tokenizer, CodingInput(text, (Span(at, at + 5),), (Span(at + 10, at + 15),), Span(at + 6, at + 9)))
    assert len(found) <= LIMIT
    assert {SOURCE, TARGET, TRIGGER} <= set(found.roles)


def test_means_are_over_the_pieces_of_a_role(tokenizer: Tokenizer) -> None:
    text = "Orrin met Tasse"
    rows = pieces(tokenizer, [CodingInput(text, (Span(0, 5),), ()), CodingInput(text, (), (Span(10, 15),), Span(6, 9))])
    sums = batch_of(rows).means.sum(2)
    assert sums.round(5).tolist() == [[1.0, 0.0, 0.0, 1.0], [0.0, 1.0, 1.0, 1.0]]


@given(st.data())
def test_pieces_are_whole_for_any_spans(tokenizer: Tokenizer, data: st.DataObject) -> None:
    text = data.draw(st.text("abE xé.,'\n漢", min_size=1, max_size=40))
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=6)))
    spans = [Span(a, b) for a, b in pairwise(edges)]
    row = CodingInput(text, tuple(spans[:1]), tuple(spans[1:2]), spans[2], tuple(spans[3:5]))
    found = cut(tokenizer, row)
    assert len(found.ids) == len(found.cases) == len(found.roles)
    assert found.roles[0] == found.roles[-1] == WHOLE
    assert set(found.roles[1:-1]) <= {NO_ROLE, SOURCE, TARGET, TRIGGER}
    assert found.ids.count(Specials.of(tokenizer).name) == sum(len(s) > 0 for s in spans[3:5])
