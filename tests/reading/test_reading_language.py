"""The stepped run of the language model gives what spaCy's own run of the same pipeline gives."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Token

from onrecord.reading.language import annotate, language

SENTENCES = (
    "Foreign Minister Ilse Brandvold told the Ostwick Herald on Tuesday that Karvelia had moved 40 guns to Lake Tenn.",
    "There's no plan, and there are no troops, he said.",
    "Let's go home; they're gonna leave, ain't they?",
    'The Tolvish Navy denied it: "We did nothing, we have nothing to hide."',
    "Who fired first was not clear on 4 March 2031, the United Relief Fund said, but nobody doubts that somebody did.",
    "I know it, you know it, and everybody who had to do with it did.",
    "Y'all come on, said Gen. Oto Marn of the 3rd Army, who has got ta wait in New Haldern.",
    "Five.",
)


def words_of(text: str) -> tuple[list[str], list[bool]]:
    made = language().make_doc(text)
    return [token.text for token in made], [bool(token.whitespace_) for token in made]


class Row(NamedTuple):
    tag: str
    pos: str
    morph: str
    lemma: str
    head: int
    dep: str
    starts: bool | None
    kind: str
    place: str


def row(token: Token) -> Row:
    return Row(
        token.tag_,
        token.pos_,
        str(token.morph),
        token.lemma_,
        token.head.i,
        token.dep_,
        token.is_sent_start,
        token.ent_type_,
        token.ent_iob_,
    )


def plain(text: str) -> list[Row]:
    """What spaCy's own loop says of one paragraph."""
    words, spaces = words_of(text)
    doc = Doc(language().vocab, words=words, spaces=spaces, sent_starts=[True] + [None] * (len(words) - 1))
    return [row(token) for token in language()(doc)]


def stepped(*paragraphs: str) -> list[list[Row]]:
    """What the stepped run says of paragraphs, heads counted from each paragraph's first word."""
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[int] = []
    number: list[int] = []
    for place, text in enumerate(paragraphs):
        own, between = words_of(text)
        words += own
        spaces += between
        starts += [1] + [0] * (len(own) - 1)
        number += [place] * len(own)
    doc = annotate(words, spaces, starts, number)
    assert [token.text for token in doc] == words
    rows = [row(token) for token in doc]
    firsts = [number.index(place) for place in range(len(paragraphs))]
    return [
        [
            found._replace(head=found.head - firsts[place])
            for found, own in zip(rows, number, strict=True)
            if own == place
        ]
        for place in range(len(paragraphs))
    ]


@pytest.mark.parametrize("text", [*SENTENCES, " ".join(SENTENCES)])
def test_a_paragraph_is_read_as_spacy_reads_it(text: str) -> None:
    assert stepped(text) == [plain(text)]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_any_order_of_sentences_is_read_as_spacy_reads_it(texts: list[str]) -> None:
    assert stepped(" ".join(texts)) == [plain(" ".join(texts))]


def test_no_head_and_no_name_crosses_a_paragraph() -> None:
    for paragraph in stepped(*SENTENCES):
        heads = [found.head for found in paragraph]
        assert all(0 <= head < len(paragraph) for head in heads)
        assert paragraph[0].starts is True
        assert paragraph[0].place != "I"
