"""What holds for any text: nothing raises, every span is true, the same text gives the same reading."""

from __future__ import annotations

import csv
from collections.abc import Callable
from importlib import resources
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.model import Act, Document, Reading, Span
from onrecord.reading import Reader
from onrecord.reading.lexicon import noun_cues, verb_cues

Make = Callable[..., Document]

_WORDS = st.sampled_from(
    [
        "the",
        "minister",
        "said",
        "that",
        "road",
        "is",
        "open",
        "Vell",
        "told",
        "reporters",
        "will",
        "not",
        "leave",
        "accused",
        "Dorvania",
        "of",
        "denies",
        "he",
        "she",
        "we",
        "must",
        "call",
        "on",
        "and",
        "but",
        "according",
        "to",
        "claims",
        "allegations",
        "by",
        "who",
        "adding",
        "stressed",
    ]
)
_MARKS = st.sampled_from(
    ['"', "“", "”", "‘", "’", "'", "«", "»", "''", "–", "—", ",", ".", ":", "?", "(", ")", "\n", "\n\n", "…"]
)
_TEXTS = st.lists(st.one_of(_WORDS, _WORDS, _MARKS, st.text(max_size=3)), max_size=40).map(" ".join)
_SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def spans_of(reading: Reading) -> list[Span]:
    spans = [s.span for s in reading.sentences]
    for mention in reading.mentions:
        spans += [mention.span, mention.head, *([mention.title] if mention.title else [])]
    for s in reading.statements:
        spans += [*s.source, *s.cue, *s.content, *s.addressee, *s.target_spans, *s.qualifier]
        spans += [span for p in s.propositions for span in p.content]
    return spans


@_SETTINGS
@given(_TEXTS)
def test_any_text_is_read_and_every_span_is_true(reader: Reader, make: Make, text: str) -> None:
    reading = reader.read(make(text))
    for span in spans_of(reading):
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text).strip() == span.of(text)
    for statement in reading.statements:
        assert statement.content
        assert list(statement.content) == sorted(statement.content)
        assert all(a.end <= b.start for a, b in pairwise(statement.content))
        assert 0 <= statement.confidence <= 1
    ids = [s.id for s in reading.statements]
    assert len(ids) == len(set(ids))
    assert all(s.nested_in in ids for s in reading.statements if s.nested_in)


@_SETTINGS
@given(_TEXTS)
def test_sentences_hold_every_word_once_in_order(reader: Reader, make: Make, text: str) -> None:
    sentences = reader.read(make(text)).sentences
    assert all(a.span.end <= b.span.start for a, b in pairwise(sentences))
    kept = "".join(s.span.of(text) for s in sentences)
    assert "".join(kept.split()) == "".join(text.split())


@_SETTINGS
@given(_TEXTS)
def test_the_same_text_gives_the_same_reading(reader: Reader, make: Make, text: str) -> None:
    assert reader.read(make(text)) == reader.read(make(text))


@_SETTINGS
@given(st.text(alphabet="ab .\"“”«»‘’'\n", max_size=60))
def test_odd_marks_lose_no_statement_after_them(reader: Reader, make: Make, noise: str) -> None:
    text = f"{noise}\n\nThe minister said that the road was open."
    found = [s.content[0].of(text) for s in reader.read(make(text)).statements if s.source]
    assert "the road was open" in found


def test_every_row_of_the_tables_is_well_formed() -> None:
    for name, first in (("verbs.tsv", "cue"), ("nouns.tsv", "noun")):
        lines = resources.files("onrecord.reading.lexicon").joinpath(name).read_text(encoding="utf-8").splitlines()
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        keys = [(row[first], row["act"], row.get("kind")) for row in rows]
        assert len(keys) == len(set(keys))
        for row in rows:
            assert row["reason"] and row[first] == row[first].lower()
            assert row["act"] in set(Act)


def test_every_act_has_a_cue() -> None:
    acts = {cue.act for cues in verb_cues().values() for cue in cues} | {cue.act for cue in noun_cues().values()}
    assert acts == set(Act)


def test_an_empty_page_is_an_empty_reading(reader: Reader, make: Make) -> None:
    reading = reader.read(make(""))
    assert (reading.sentences, reading.mentions, reading.statements, reading.timexes) == ((), (), (), ())
