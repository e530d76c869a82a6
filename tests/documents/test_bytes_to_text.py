"""Bytes in any encoding become the right characters, and what is no text is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.documents.decoding import decode
from onrecord.model import Page
from onrecord.model.errors import BinaryInput, EmptyInput

WORDS = "Der Präsident „spricht“ – über 1\u00a0000 Gäste"
CASES = [
    ("utf-8", WORDS.encode(), None, WORDS),
    ("utf-8 with a mark", b"\xef\xbb\xbf" + WORDS.encode(), None, "\ufeff" + WORDS),
    ("utf-16 with a mark", b"\xff\xfe" + WORDS.encode("utf-16-le"), None, "\ufeff" + WORDS),
    ("utf-16 big end first", b"\xfe\xff" + WORDS.encode("utf-16-be"), None, "\ufeff" + WORDS),
    ("utf-16 without a mark", ("Plain words " * 9).encode("utf-16-le"), None, "Plain words " * 9),
    ("declared", "Президент сказал".encode("cp1251"), "windows-1251", "Президент сказал"),
    ("wrongly declared", WORDS.encode(), "latin-1", WORDS),
    ("unknown declared", "Gäste ".encode("cp1252") * 30, "no-such-encoding", "Gäste " * 30),
    ("mixed", WORDS.encode() + b" caf\xe9 \x93quoted\x94", None, WORDS + " caf\u00e9 \u201cquoted\u201d"),
    ("line breaks", b"a\r\nb\rc\n", None, "a\r\nb\rc\n"),
    ("soft hyphens and marks", "so\u00adft \u200fmark\u202c \x07".encode(), None, "so\u00adft \u200fmark\u202c \x07"),
]


@pytest.mark.parametrize(("name", "data", "declared", "text"), CASES, ids=[c[0] for c in CASES])
def test_bytes_become_the_right_characters(name: str, data: bytes, declared: str | None, text: str) -> None:
    assert decode(Page(data, "text/plain", "p", encoding=declared)) == text


def test_the_markup_declares_an_encoding() -> None:
    data = '<html><head><meta charset="windows-1251"></head><p>Президент сказал'.encode("cp1251")
    assert decode(Page(data, "text/html", "p")).endswith("Президент сказал")


@pytest.mark.parametrize("data", [b"", b" \n\t ", "\ufeff \n".encode()])
def test_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(EmptyInput):
        decode(Page(data, "text/plain", "p"))


@pytest.mark.parametrize("data", [b"\x89PNG\r\n", b"%PDF-1.4", bytes(range(32)) * 9, b"words \x00\x00\x00 words"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(BinaryInput):
        decode(Page(data, "text/plain", "p"))


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(Page(data, "text/plain", "p"))
    except (EmptyInput, BinaryInput):
        return
    assert text


@given(st.text(min_size=1, max_size=200).filter(lambda text: text.strip() and "\x00" not in text))
def test_utf8_is_never_changed(text: str) -> None:
    try:
        assert decode(Page(text.encode(), "text/plain", "p")) == text
    except (EmptyInput, BinaryInput):
        return
