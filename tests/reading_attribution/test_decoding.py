"""From probabilities to spans, on texts of our own and probabilities set by hand."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.attribution.decoding import Calibration, Candidate, decode, evidence
from onrecord.reading.attribution.quotes import quotations
from onrecord.reading.attribution.types import Attribution
from onrecord.reading.attribution.windows import Pieces, paragraphs

SURE = Calibration(weights=(1.0, *[0.0] * 7), bias=0.0, threshold=0.5)


def cut(text: str) -> Pieces:
    """Words and marks as pieces, a separator after each paragraph."""
    starts: list[int] = []
    ends: list[int] = []
    blocks = []
    spans = paragraphs(text)
    marks = [q for p in spans for q in quotations(text, p.start, p.end)]
    for paragraph in spans:
        first = len(starts)
        for found in re.finditer(r"\w+|[^\w\s]", text[paragraph.start : paragraph.end]):
            starts.append(paragraph.start + found.start())
            ends.append(paragraph.start + found.end())
        starts.append(paragraph.end)
        ends.append(paragraph.end)
        blocks.append((first, len(starts)))
    nothing = np.zeros(len(starts), dtype=np.int32)
    begin, end = np.asarray(starts, dtype=np.int32), np.asarray(ends, dtype=np.int32)
    return Pieces(nothing, begin, end, nothing, nothing, tuple(blocks), tuple(spans), tuple(marks))


def pieces_of(pieces: Pieces, text: str, part: str) -> list[int]:
    """The numbers of the pieces inside the first occurrence of `part`."""
    start = text.index(part)
    inside = (pieces.starts >= start) & (pieces.ends <= start + len(part)) & (pieces.starts < pieces.ends)
    return np.flatnonzero(inside).tolist()


def candidate(text: str, cue: str, source: str | None, contents: list[str], valid: float = 3.0) -> Candidate:
    """A candidate whose linker is sure of these words."""
    pieces = cut(text)
    at = pieces_of(pieces, text, cue)
    block = next(b for b in pieces.blocks if b[0] <= at[0] < b[1])
    tables = []
    for parts in ([source] if source else [], contents):
        table = np.tile(np.asarray([0.98, 0.01, 0.01], dtype=np.float32), (block[1] - block[0], 1))
        for part in parts:
            table[[i - block[0] for i in pieces_of(pieces, text, part)]] = (0.02, 0.01, 0.97)
        tables.append(table)
    return Candidate((at[0], at[-1] + 1), block, tables[0], tables[1], 0.9, valid)


def shown(text: str, found: tuple[Attribution, ...]) -> list[tuple[list[str], list[str], list[str]]]:
    """Each attribution as the strings of its source, cue and content."""
    return [tuple([s.of(text) for s in role] for role in (a.source, a.cue, a.content)) for a in found]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "cue", "source", "contents", "expected"),
    [
        (
            "Mara Tolen said the talks would go on.",
            "said",
            "Mara Tolen",
            ["the talks would go on"],
            (["Mara Tolen"], ["said"], ["the talks would go on"]),
        ),
        (
            "It was said the pact had failed.",
            "was said",
            None,
            ["the pact had failed"],
            ([], ["was said"], ["the pact had failed"]),
        ),
        (
            "“We will wait,” Tolen said, “and then we will act.”",
            "said",
            "Tolen",
            ["We will wait", "then we will act"],
            (["Tolen"], ["said"], ["“We will wait,”", "“and then we will act.”"]),
        ),
        (
            "Tolen called the plan a “quiet trap for the islands” again.",
            "called",
            "Tolen",
            ["the plan a", "trap for the islands"],
            (["Tolen"], ["called"], ["the plan a “quiet trap for the islands”"]),
        ),
    ],
)
def test_decode(text: str, cue: str, source: str | None, contents: list[str], expected: tuple[list[str], ...]) -> None:
    assert shown(text, decode(text, cut(text), [candidate(text, cue, source, contents)], SURE)) == [expected]


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    text = "Tolen said: “We will wait.\n\n“We will not wait for ever.”\n\nThe hall was full."
    [found] = decode(text, cut(text), [candidate(text, "said", "Tolen", ["“We will wait."])], SURE)
    assert [s.of(text) for s in found.content] == ["“We will wait.", "“We will not wait for ever.”"]


def test_a_closed_quotation_does_not() -> None:
    text = "Tolen said: “We will wait.”\n\n“We will not,” said Ilar Venn."
    [found] = decode(text, cut(text), [candidate(text, "said", "Tolen", ["“We will wait.”"])], SURE)
    assert [s.of(text) for s in found.content] == ["“We will wait.”"]


def test_of_two_with_one_content_the_surer_stays() -> None:
    text = "Tolen has said and repeated that the pact holds."
    both = [
        candidate(text, "said", "Tolen", ["that the pact holds"], 1.0),
        candidate(text, "repeated", "Tolen", ["that the pact holds"], 2.5),
    ]
    assert [a.cue[0].of(text) for a in decode(text, cut(text), both, SURE)] == ["repeated"]


def test_below_the_threshold_nothing_is_said() -> None:
    text = "Tolen said the pact holds."
    assert decode(text, cut(text), [candidate(text, "said", "Tolen", ["the pact holds"], -1.0)], SURE) == ()


def test_marks_alone_are_no_content() -> None:
    text = "Tolen said: “ ”."
    assert decode(text, cut(text), [candidate(text, "said", "Tolen", ["“", "”"])], SURE) == ()


@given(st.text(alphabet='ab .,\n“”"', min_size=1, max_size=80), st.data())
def test_spans_are_ordered_and_trimmed_whatever_the_probabilities(text: str, data: st.DataObject) -> None:
    pieces = cut(text)
    candidates = []
    for low, high in pieces.blocks:
        size = high - low
        if size < 2:
            continue
        seed = data.draw(st.integers(0, 2**16))
        rng = np.random.default_rng(seed)
        tables = [rng.dirichlet([1, 1, 1], size).astype(np.float32) for _ in range(2)]
        cue = data.draw(st.integers(low, high - 2))
        candidates.append(Candidate((cue, cue + 1), (low, high), tables[0], tables[1], 0.5, 2.0))
    found = decode(text, pieces, candidates, SURE)
    assert found == decode(text, pieces, candidates, SURE)
    for attribution in found:
        assert attribution.content
        assert list(attribution.content) == sorted(attribution.content)
        for span in (*attribution.source, *attribution.cue, *attribution.content):
            assert span.of(text) == span.of(text).strip() != ""
            assert span.end <= len(text)


def test_evidence_has_a_number_for_each_weight() -> None:
    text = "Tolen said the pact holds."
    assert len(evidence(candidate(text, "said", "Tolen", ["the pact holds"]))) == len(SURE.weights)
