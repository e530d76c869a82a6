"""What a file holds, told from its first bytes and then from its name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePosixPath

#: How many of the first bytes are looked at.
HEAD = 8192
#: The media types of HTML (RFC 2854, RFC 3236).
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})


class Kind(StrEnum):
    """The containers and page types that can be read."""

    TEXT = "text"
    HTML = "html"
    FEED = "feed"
    WARC = "warc"
    JSON_LINES = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    ZIP = "zip"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    BINARY = "binary"


_BY_SUFFIX = {
    ".txt": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".warc": Kind.WARC,
    ".jsonl": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
    ".parquet": Kind.PARQUET,
    ".csv": Kind.CSV,
    ".xml": Kind.FEED,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
    ".zip": Kind.ZIP,
    ".tar": Kind.TAR,
    ".tgz": Kind.TAR,
}
_PACKED = frozenset({".gz", ".bz2", ".xz"})

#: First bytes of common files that are no text (https://www.iana.org/assignments/media-types and the formats' own texts).
_MAGIC = (
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\x1f\x8b", Kind.GZIP),
    (b"BZh", Kind.BZIP2),
    (b"\xfd7zXZ\x00", Kind.XZ),
    (b"PAR1", Kind.PARQUET),
    (b"WARC/", Kind.WARC),
    (b"%PDF-", Kind.BINARY),
    (b"\x89PNG", Kind.BINARY),
    (b"\xff\xd8\xff", Kind.BINARY),
    (b"GIF8", Kind.BINARY),
    (b"\x7fELF", Kind.BINARY),
    (b"Rar!", Kind.BINARY),
    (b"7z\xbc\xaf", Kind.BINARY),
    (b"\xd0\xcf\x11\xe0", Kind.BINARY),
    (b"SQLite format 3\x00", Kind.BINARY),
)
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00\x00\xfe\xff")
_FEED_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_HTML_ROOT = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|div|p)[\s>/]", re.IGNORECASE)
_SHARED_SIGNS = dict.fromkeys(map(ord, " \t\n\r.,:;0123456789\u3000\u3001\u3002\uff0c\u060c"))
_CONTROL = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27} | {127})


def suffix_kind(name: str) -> Kind | None:
    """The kind that a file's name promises, or None when it promises no page; ``.gz`` and its like are looked through."""
    suffixes = [s.lower() for s in PurePosixPath(name).suffixes]
    if suffixes and suffixes[-1] in _PACKED:
        suffixes.pop()
    return _BY_SUFFIX.get(suffixes[-1]) if suffixes else None


def is_binary(head: bytes) -> bool:
    """True when `head`, the first bytes of a file, cannot be the start of a text in any encoding in use."""
    if any(head.startswith(magic) for magic, _ in _MAGIC if magic != b"WARC/"):
        return True
    if head.startswith(_BOMS) or utf16_of(head) is not None:
        return False
    if b"\x00" in head:
        return True
    return len(head) - len(head.translate(None, _CONTROL)) > 0.1 * len(head)


def utf16_of(head: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` for the start of a text in UTF-16 without a mark, else None.

    Of the two readings the one counts that has more of the signs every script shares (spaces, line ends, digits, full stops and
    commas, the ideographic ones too), and only if nearly all of it is assigned and printable. Needs a zero byte, which no other
    encoding of texts has and the spaces of this one have.
    """
    pairs = len(head) // 2
    if pairs < 4 or b"\x00" not in head:
        return None
    best: tuple[int, str] | None = None
    for name in ("utf-16-le", "utf-16-be"):
        text = head[: 2 * pairs].decode(name, "replace")
        shared = len(text) - len(text.translate(_SHARED_SIGNS))
        strange = sum(not (char.isprintable() or char in "\t\n\r\f\v\u3000\ufeff\u200b\xad") for char in text)
        if shared and strange <= 0.02 * len(text) and (best is None or shared > best[0]):
            best = (shared, name)
    return best[1] if best else None


def sniff(head: bytes, name: str) -> Kind:
    """What a file with the first bytes `head` and the name `name` holds: the bytes decide, the name where they leave it open."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[257:262] == b"ustar":
        return Kind.TAR
    promised = suffix_kind(name)
    if promised in (Kind.JSON_LINES, Kind.CSV, Kind.WARC) and not is_binary(head):
        return promised
    if is_binary(head):
        return Kind.BINARY
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").replace(b"\x00", b"")
    if start.startswith(b"<"):
        if _FEED_ROOT.search(start[:4096]) and not _HTML_ROOT.match(start):
            return Kind.FEED
        if _HTML_ROOT.search(start[:4096]):
            return Kind.HTML
    if start.startswith(b'{"') and b"}" in start and promised is None:
        return Kind.JSON_LINES
    return Kind.HTML if promised == Kind.HTML else Kind.TEXT
