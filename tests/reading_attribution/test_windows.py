"""Paragraphs, pieces and windows: offsets stay those of the text, nothing is lost, nothing is read twice."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from onrecord.reading.attribution.windows import BLOCK, WINDOW, case_class, paragraphs, pieces, windows

TEXTS = st.text(alphabet='aAéÖß z.!?\n"“”’ 1İ\u00a0\u200b漢🙂', max_size=200)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """A vocabulary of single letters, which splits every word into pieces."""
    letters = 'aeouzs1.!?"“”’漢'
    words = ["[UNK]", "[CLS]", "[SEP]", *letters, *(f"##{letter}" for letter in letters)]
    made = Tokenizer(WordPiece({word: i for i, word in enumerate(words)}, unk_token="[UNK]"))
    made.normalizer = BertNormalizer(lowercase=True)
    made.pre_tokenizer = BertPreTokenizer()
    return made


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One,\nstill one.\n \n\nTwo.\n", ["One,\nstill one.", "Two.\n"]),
        ("One.\nTwo.\n“Three.” — Ana Orel\n“Four.”\n", ["One.", "Two.", "“Three.” — Ana Orel", "“Four.”"]),
        ("One.\nTwo.\nThree.\nFour.\n\nFive\nis wrapped", ["One.", "Two.", "Three.", "Four.", "Five\nis wrapped"]),
        ("It is\nwrapped.\nTwo.", ["It is\nwrapped.\nTwo."]),
        ("\n\n  \n\nOne.", ["One."]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_paragraphs(text: str, found: list[str]) -> None:
    assert [p.of(text) for p in paragraphs(text)] == found


@pytest.mark.parametrize(
    ("surface", "number"),
    [("a", 1), ("Ab", 2), ("AB", 3), ("A", 4), ("12", 5), (".", 6), ("", 6), ("漢", 6), ("Éa", 2)],
)
def test_case_class(surface: str, number: int) -> None:
    assert case_class(surface) == number


@given(TEXTS)
def test_pieces_name_their_characters(tokenizer: Tokenizer, text: str) -> None:
    [found] = pieces(tokenizer, [text])
    arrays = (found.ids, found.starts, found.ends, found.cases, found.quotes)
    assert len({len(a) for a in arrays}) == 1
    assert all(0 <= s <= e <= len(text) for s, e in zip(found.starts, found.ends, strict=True))
    assert list(found.starts) == sorted(found.starts)
    covered = {i for s, e in zip(found.starts, found.ends, strict=True) for i in range(s, e)}
    assert all(i in covered for i, ch in enumerate(text) if ch in "aAz1.!?“”")


@given(TEXTS, st.integers(4, 40))
def test_blocks_cover_the_pieces_once_and_keep_the_limit(tokenizer: Tokenizer, text: str, limit: int) -> None:
    [found] = pieces(tokenizer, [text], limit)
    assert [i for low, high in found.blocks for i in range(low, high)] == list(range(len(found.ids)))
    assert all(high - low <= limit + 1 for low, high in found.blocks)


@given(st.lists(st.integers(1, BLOCK + 1), max_size=30))
def test_windows_cover_the_blocks_once_and_keep_the_limit(sizes: list[int]) -> None:
    edges = np.cumsum([0, *sizes]).tolist()
    blocks = list(itertools.pairwise(edges))
    found = list(windows(0, blocks))
    assert [i for w in found for i in range(w.start, w.end)] == list(range(edges[-1]))
    assert all(w.start in edges and w.end in edges for w in found)
    assert all(w.end - w.start < WINDOW or (w.start, w.end) in blocks for w in found)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("AZ: a a", [2]),
        ("A A: a", [2]),
        ("a: a", []),
        ("A a: a", []),
        ("A:a", []),
        ("aa\n\nA: a\n\na A: a", [4]),
        ("", []),
    ],
)
def test_speaker_labels(tokenizer: Tokenizer, text: str, labels: list[int]) -> None:
    [found] = pieces(tokenizer, [text])
    assert list(found.labels) == labels
    assert all(text[found.starts[i] : found.ends[i]] == ":" for i in labels)


def test_quotation_classes(tokenizer: Tokenizer) -> None:
    [found] = pieces(tokenizer, ['a "aa" a “a a a a a a” a “a'])
    assert found.quotes.tolist() == [0, 3, 2, 2, 4, 0, 3, 1, 1, 1, 1, 1, 1, 4, 0, 3, 5, 0]


def test_a_text_is_read_alike_alone_and_among_others(tokenizer: Tokenizer) -> None:
    texts = ["aa. aa\n\nza", "", "“a”"]
    together = pieces(tokenizer, texts)
    for text, found in zip(texts, together, strict=True):
        [alone] = pieces(tokenizer, [text])
        assert alone.ids.tolist() == found.ids.tolist()
        assert alone.blocks == found.blocks
