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
from onrecord.sources.kinds import HEAD, is_binary

_SNIFFED = 1 << 16
_BLANK = " \t\r\n\v\f\x00\ufeff\xa0"
_DECLARED = re.compile(
    rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})"
    rb"|<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)


def decode(page: Page) -> str:
    """The source characters of `page` (for HTML: of its markup).

    A byte order mark decides; then UTF-8 if the bytes are valid in it; then UTF-8 with stray Windows-1252 bytes where most
    of the other characters are UTF-8 (mixed pages); then the declared encoding if it fits; then what charset-normalizer
    finds likely; then Windows-1252.

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


def _decode(data: bytes, declared: str | None, html: bool) -> str:
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data.decode(name, "replace")
    if data[:HEAD].count(0) > len(data[:HEAD]) // 4:
        return data.decode("utf-16-le" if data[1:HEAD:2].count(0) > data[0:HEAD:2].count(0) else "utf-16-be", "replace")
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
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SNIFFED]).best()
    if best is not None and (text := _strictly(data, best.encoding)) is not None:
        return text
    return data.decode("cp1252", "replace")


def _strictly(data: bytes, name: str) -> str | None:
    """`data` in the encoding `name`, or None when it does not fit or is no text encoding."""
    try:
        if codecs.lookup(name).name in ("utf-8", "utf-7", "ascii"):
            return None
        return data.decode(name)
    except (LookupError, UnicodeError, ValueError, AssertionError):
        return None


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
