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


RUSSIAN = "Министр сказал во вторник, что переговоры продолжатся и что стороны обменялись списками. " * 3
UKRAINIAN = "Міністр заявив у вівторок, що перемовини триватимуть і що їхні сторони обмінялися списками. " * 3
CHINESE = "外交部长星期二表示，会谈将继续进行，双方已经交换了名单。\n各方仍然没有达成协议。" * 3
JAPANESE = "外務大臣は火曜日、会談は続くと述べた。\n双方は一覧を交換したと発表した。" * 3
KOREAN = "외교부 장관은 화요일에 회담이 계속될 것이라고 말했다. 양측은 명단을 교환했다. " * 3
ARABIC = "قال الوزير يوم الثلاثاء إن المحادثات ستستمر وإن الجانبين تبادلا القوائم. " * 3
POLISH = "Minister powiedział we wtorek, że rozmowy będą trwały, a źródła mówią o nowej liście żądań. " * 3
TURKISH = "Bakan salı günü görüşmelerin süreceğini söyledi; iki taraf listeleri değiş tokuş etti. " * 3
ENGLISH = "The minister said on Tuesday – after “long” talks – that nobody’s list had been answered, at €5 a page. " * 3
#: (text, its encoding, what the page says its encoding is)
ENCODED = [
    *((RUSSIAN, name, said) for name in ("cp1251", "koi8-r", "iso8859-5", "cp866", "mac-cyrillic") for said in (name, None)),
    *((RUSSIAN, name, said) for name in ("cp1251", "koi8-r", "cp866") for said in ("utf-8", "latin-1", "windows-1252", "ascii")),
    (UKRAINIAN, "cp1251", None), (UKRAINIAN, "koi8-u", None), (UKRAINIAN, "koi8-u", "iso-8859-1"),
    *((CHINESE, name, said) for name in ("gb18030", "gbk") for said in (name, "gb2312", None, "iso-8859-1")),
    (CHINESE, "gb2312", "gb2312"), (CHINESE, "utf-16-le", None), (CHINESE, "utf-16-be", None),
    (JAPANESE, "shift_jis", None), (JAPANESE, "cp932", "x-sjis"), (JAPANESE, "euc-jp", None), (JAPANESE, "iso2022_jp", None),
    (KOREAN, "euc-kr", None), (KOREAN, "cp949", "ks_c_5601-1987"), (ARABIC, "cp1256", None), (ARABIC, "cp1256", "latin-1"),
    (POLISH, "iso8859-2", "iso-8859-2"), (POLISH, "cp1250", "windows-1250"), (TURKISH, "cp1254", "iso-8859-9"),
    *((ENGLISH, "cp1252", said) for said in ("windows-1252", "iso-8859-1", "us-ascii", "utf-8", "nonsense", None)),
    *((RUSSIAN, name, said) for name in ("utf-16-le", "utf-16-be") for said in (None, "utf-8")),
    *((ENGLISH, name, None) for name in ("utf-16-le", "utf-16-be", "utf-16", "utf-32")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "said"), ENCODED, ids=[f"{e[1]} said to be {e[2]} {e[0][:6]}" for e in ENCODED]
)
def test_legacy_and_wrongly_declared_encodings(text: str, name: str, said: str | None) -> None:
    data = text.encode(name)
    got = decode(Page(data, "text/plain", "p", encoding=said))
    assert got.lstrip("\ufeff") == text
    markup = f'<html><head><meta charset="{said or "x"}"></head><p>'.encode(
        name.removesuffix("-le").removesuffix("-be")
    )
    if not name.startswith("utf"):
        assert decode(Page(markup + data, "text/html", "p")).endswith(text)


def test_zero_bytes_between_other_bytes_are_no_utf16() -> None:
    for data in (bytes(range(256)) * 4, b"\x00\x01\x02\x03 \x00\xff\xfa" * 90, b"PK\x00\x00" * 40):
        with pytest.raises(BinaryInput):
            decode(Page(data, "text/plain", "p"))


SIGNS = "so\u00adft hy\u00adphens, \u202eright\u202c to left, \u2066isolated\u2069, \ufeffjoined, \x07bell, e\u0301, 😀"


@pytest.mark.parametrize("name", ["utf-8", "utf-16", "utf-16-le", "utf-32", "gb18030"])
def test_offsets_stand_on_the_characters_that_were_written(name: str) -> None:
    """Soft hyphens, bidirectional marks and control characters stay, so a place found in the text is the place on the page."""
    text = f"{ENGLISH}\n{SIGNS}\n{ENGLISH}"
    got = decode(Page(text.encode(name), "text/plain", "p", encoding=name))
    shift = got.startswith("\ufeff")
    at = got.index("so\u00adft")
    assert at == text.index("so\u00adft") + shift
    assert got[at : at + len(SIGNS)] == SIGNS


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
