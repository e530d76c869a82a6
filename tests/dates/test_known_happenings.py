"""The table of dated happenings, and how its words are found."""

from __future__ import annotations

import pytest

from onrecord.knowledge.happenings import HAPPENING_COLUMNS, happening_of, own_happenings
from onrecord.knowledge.tables import rows_of
from onrecord.model import Span, errors

OWN = own_happenings()

_FOUND = [
    ("They met at the Warsaw summit.", "2016-07-08", "2016-07-09"),
    ("They met at the NATO\nsummit in Warsaw.", "2016-07-08", "2016-07-09"),
    ("It follows the annexation of Crimea.", "2014-03-18", "2014-03-18"),
    ("Both sides quote the minsk accords.", "2014-09-05", "2014-09-05"),
    ("It has been so since the Russo-Georgian war.", "2008-08-01", "2008-08-31"),
]


@pytest.mark.parametrize(("text", "start", "end"), _FOUND)
def test_found(text: str, start: str, end: str) -> None:
    ((span, rows),) = OWN.found(text, Span(0, len(text)))
    assert [(r.start, r.end) for r in rows] == [(start, end)]
    assert " ".join(span.of(text).split()).lower() in {w.lower() for r in rows for w in r.words}


@pytest.mark.parametrize("text", ["They met in Warsaw.", "A post-Warsaw summit mood.", "The summit was long."])
def test_not_found(text: str) -> None:
    assert list(OWN.found(text, Span(0, len(text)))) == []


def test_words_for_two_happenings_name_both() -> None:
    text = "They met at the Madrid NATO summit."
    ((_, rows),) = OWN.found(text, Span(0, len(text)))
    assert sorted(r.start[:4] for r in rows) == ["1997", "2022"]


def test_the_longest_words_win_and_stay_inside() -> None:
    text = "After the second Minsk agreement it was calm."
    ((span, rows),) = OWN.found(text, Span(0, len(text)))
    assert (span.of(text), rows[0].name) == ("second Minsk agreement", "Minsk II")
    assert list(OWN.found(text, Span(0, 15))) == []


def test_every_row_names_its_source_and_words() -> None:
    assert len({r.name for r in OWN.rows}) == len(OWN.rows)
    for row in OWN.rows:
        assert row.words
        assert len(row.source) > 8
        assert row.start <= row.end


_BAD = [
    ("a,b,summit,2016-07-09,2016-07-08,x", "before its start"),
    ("a,b,party,2016-07-09,,x", "no kind of happening"),
    ("a,b,summit,July 9,,x", "not a date"),
    ("a,b,summit,,,x", "empty"),
]


@pytest.mark.parametrize(("row", "said"), _BAD)
def test_a_bad_row_is_named(row: str, said: str) -> None:
    with pytest.raises(errors.KnowledgeError, match=said):
        [
            happening_of(r)
            for r in rows_of(",".join(HAPPENING_COLUMNS) + "\n" + row, "happenings.csv", HAPPENING_COLUMNS)
        ]
