"""Bytes become the source text, once; every offset points into what comes out here.

The text is what decoding gives and nothing else: line breaks, soft hyphens, control characters and bidirectional marks stay
where they are, and a byte order mark stays as the first character, U+FEFF.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from onrecord.model import Page
from onrecord.model.errors import BinaryInput, EmptyInput
from onrecord.sources.kinds import HEAD, is_binary, utf16_of

_SNIFFED = 1 << 16
_BLANK = " \t\r\n\v\f\x00\ufeff\xa0"
_DECLARED = re.compile(
    rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})"
    rb"|<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)


def decode(page: Page) -> str:
    """The source characters of `page` (for HTML: of its markup).

    A byte order mark decides; then the zero bytes of UTF-16 and the escapes of ISO-2022-JP; then UTF-8 if the bytes are valid in
    it; then UTF-8 with stray Windows-1252 bytes where most of the other characters are UTF-8 (mixed pages); then the declared
    encoding if it fits, a Western one only if the text then has no more accented letters than a Western text can have; then
    Windows-1252 for a text that is nearly all ASCII; then what charset-normalizer finds likely; then Windows-1252.

    Raises:
        EmptyInput: for no bytes, or white space alone.
        BinaryInput: for bytes that are no text.
    """
    data = page.content
    if not data:
        raise EmptyInput(f"{page.path} is empty.")
    if is_binary(data[:HEAD]):
        raise BinaryInput(f"{page.path} is not a text.")
    text = _decode(data, page.encoding, page.media_type == "text/html")
    if not text.strip(_BLANK):
        raise EmptyInput(f"{page.path} is empty.")
    return text


_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
#: What browsers read under the names of encodings (https://encoding.spec.whatwg.org/#names-and-labels): a superset that Windows
#: made. Keys are Python's names.
_READ_AS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "big5": "big5hkscs", "tis-620": "cp874", "iso8859-11": "cp874",
}  # fmt: skip
_WESTERN = frozenset({"cp1252", "iso8859-15"})
#: No language of Western Europe has as many accented letters among its letters as this; another script read as Western has.
_ACCENTED = 0.3
#: Text in which accented letters and all bytes beyond ASCII are rarer than this is English with typographic marks.
_HARDLY, _MARKED = 0.025, 0.08


def _decode(data: bytes, declared: str | None, html: bool) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    wide = utf16_of(data[:HEAD])
    if wide is not None:
        return data.decode(wide, "replace")
    if b"\x1b$" in data and (japanese := _strictly(data, "iso2022_jp")) is not None:
        return japanese
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8")
    mixed = _mixed(data)
    if mixed is not None:
        return mixed
    names = [declared]
    if html and (match := _DECLARED.search(data[:4096])):
        names.append((match[1] or match[2]).decode("ascii"))
    for name in filter(None, names):
        fitting = _strictly(data, name)
        if fitting is not None:
            return fitting
    return _guessed(data)


def _guessed(data: bytes) -> str:
    """`data` in the encoding that its bytes make likely, when nothing says which it is."""
    high = len(data) - len(data.translate(None, _HIGH_BYTES))
    accented = len(data) - len(data.translate(None, _HIGH_BYTES[64:]))
    if accented > _HARDLY * len(data) or high > _MARKED * len(data):
        from charset_normalizer import from_bytes

        best = from_bytes(data[:_SNIFFED]).best()
        if best is not None and (text := _strictly(data, best.encoding)) is not None:
            return text
    return data.decode("cp1252", "replace")


def _strictly(data: bytes, name: str) -> str | None:
    """`data` in the encoding `name`, as browsers read it; None when it does not fit or is no text encoding."""
    try:
        codec = codecs.lookup(name).name
        if codec in ("utf-8", "utf-7"):
            return None
        read = _READ_AS.get(codec, codec)
        if read in _WESTERN:
            text = data.decode(read, "replace")
            return text if _is_western(text) else None
        return data.decode(read if _fits(data, read) else name)
    except (LookupError, UnicodeError, ValueError, AssertionError):
        return None


def _fits(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeError:
        return False
    return True


def _is_western(text: str) -> bool:
    """Whether the letters of `text` are mostly plain ones, and hardly a byte has no meaning."""
    letters = sum(map(str.isalpha, text[:_SNIFFED]))
    plain = sum(char.isalpha() for char in text[:_SNIFFED].encode("ascii", "ignore").decode("ascii"))
    return letters - plain <= _ACCENTED * letters and text.count("\ufffd") <= 0.005 * len(text)


_HIGH_BYTES = bytes(range(128, 256))
_HIGH = re.compile(rb"[\x80-\xff]+")


def _mixed(data: bytes) -> str | None:
    """`data` as UTF-8 with stray Windows-1252 bytes, when at least as many bytes are UTF-8 as stray; else None."""
    good = bad = 0
    for match in _HIGH.finditer(data):
        run = match[0]
        try:
            run.decode("utf-8")
            good += len(run)
        except UnicodeDecodeError:
            bad += len(run)
    if good < bad:
        return None
    parts = []
    at = 0
    for match in _HIGH.finditer(data):
        parts.append(data[at : match.start()].decode("ascii"))
        at = match.end()
        try:
            parts.append(match[0].decode("utf-8"))
        except UnicodeDecodeError:
            parts.append(match[0].decode("cp1252", "replace"))
    parts.append(data[at:].decode("ascii"))
    return "".join(parts)
