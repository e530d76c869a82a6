"""Statements made from annotated ones keep the words of their parts."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")

from training.acts.data import Example, read_examples
from training.acts.recombine import accompanied, recombined

ROWS = Path(__file__).parents[2] / "training" / "data" / "acts_train.jsonl"


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    """The training statements, no sides told."""
    return read_examples(ROWS, sides=False)


def test_recombined_statements_are_made_of_annotated_parts(examples: list[Example]) -> None:
    contents = {e.statement.content[0].of(e.statement.text)[1:] for e in examples}
    cues = {s.of(e.statement.text) for e in examples for s in e.statement.cue}
    names = {p.span.of(e.statement.text) for e in examples for p in e.statement.parties}
    made = recombined(examples, 300, 1)
    assert len(made) == 300
    for s in made:
        assert s.content[0].of(s.text)[1:] in contents
        assert s.cue[0].of(s.text) in cues
        assert {p.span.of(s.text) for p in s.parties} <= names | {n[0].swapcase() + n[1:] for n in names}


def test_recombining_twice_gives_the_same(examples: list[Example]) -> None:
    assert recombined(examples, 50, 3) == recombined(examples, 50, 3)


def test_company_changes_no_part_and_no_label(examples: list[Example]) -> None:
    by_id = {e.id: e for e in examples}
    made = accompanied(examples, 300, 1)
    assert len(made) == 300
    for e in made:
        alone = by_id[e.id.partition("+")[0]]
        assert (e.act, e.modality, e.polarity) == (alone.act, alone.modality, alone.polarity)
        assert _parts(e)[1:] == _parts(alone)[1:]
        assert [w.lower() for w in _parts(e)[0]] == [w.lower() for w in _parts(alone)[0]]


def _parts(e: Example) -> tuple[list[str], list[str], str | None]:
    """The words of source and content (whose first letter may change), of the cue, and of the target without its first letter."""
    s = e.statement
    told = [span.of(s.text) for span in (*s.source, *s.content)]
    return told, [span.of(s.text) for span in s.cue], e.target.of(s.text)[1:] if e.target else None
