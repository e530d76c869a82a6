"""Pages in web archives and feeds."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any

from onrecord.model import Page, PageHints, Skipped
from onrecord.model.errors import TooLarge
from onrecord.sources.kinds import HEAD, HTML_TYPES, is_binary
from onrecord.sources.limits import Limits
from onrecord.sources.streams import STREAM_ERRORS, describe, read_bounded

Found = Iterator[Page | Skipped]
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]{1,60}/[\w!#$&^.+-]{1,60}", re.ASCII)


def warc_pages(stream: IO[bytes], path: str, limits: Limits) -> Found:
    """The HTML and plain-text responses of a WARC file, with their URL and the day they were captured.

    Every record has one outcome: a page, its own `Skipped`, or, for records that never hold a page (requests, metadata),
    a share in one `Skipped` for all of their type at the end, whose ``count`` says how many.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    others: Counter[str] = Counter()
    number = 0
    taken = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    try:
        for record in ArchiveIterator(stream, parse_http=True, auto_decode="none"):
            number += 1
            if not record.record_type & taken:
                others[record.headers.get("WARC-Type") or "unknown"] += 1
                continue
            yield _warc_page(record, f"{path}!{number}", limits)
    except (*STREAM_ERRORS, ValueError, TooLarge) as error:
        yield Skipped(f"{path}!{number + 1}", describe(error))
    for name, count in sorted(others.items()):
        yield Skipped(path, f"Records of type {name!r} hold no page ({count:,}).", count)
    if not number:
        yield Skipped(path, "It holds no WARC record.")


def _warc_page(record: Any, where: str, limits: Limits) -> Page | Skipped:
    url = record.headers.get("WARC-Target-URI")
    status = record.http_headers.status_code if record.http_headers is not None else None
    if status is not None and status != 200:
        return Skipped(where, f"The server answered {status}, not with a page.")
    declared = record.http_content_type or record.headers.get("Content-Type") or ""
    media_type = declared.split(";")[0].strip().lower()
    if media_type not in HTML_TYPES and media_type != "text/plain":
        stated = media_type if _MEDIA_TYPE.fullmatch(media_type) else "of an unknown type"
        return Skipped(where, f"It is {stated if media_type else 'of no stated type'}, not a page.")
    try:
        content = _body(record, limits.page)
    except TooLarge as error:
        return Skipped(where, str(error))
    except (*STREAM_ERRORS, ValueError) as error:
        return Skipped(where, describe(error))
    if not content.strip():
        return Skipped(where, "It is empty.")
    if is_binary(content[:HEAD]):
        return Skipped(where, "It is not a text.")
    captured = record.record_date
    return Page(
        content,
        "text/plain" if media_type == "text/plain" else "text/html",
        where,
        url=url.strip("<>") if url else None,
        fetched=captured.isoformat() if captured is not None else None,
        encoding=record.http_charset,
    )


#: The size of the first chunk, as RFC 9112 writes it; archives that hold the body unchunked keep the header all the same.
_CHUNK = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]{0,8}[;\r\n]")


def _body(record: Any, limit: int) -> bytes:
    """The body of a record without its transfer and content codings (RFC 9110, section 8.4.1).

    They are taken off here and not by the archive's reader, which loses its place in the archive when a coding is broken.
    A coding that is named but was taken off before is none.

    Raises:
        TooLarge: when the body has more than `limit` bytes, coded or not.
        OSError, zlib.error: when a coding is broken.
    """
    from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader

    data = read_bounded(record.reader, limit)
    http = record.http_headers
    if http is None:
        return data
    if "chunked" in (http.get("Transfer-Encoding") or "").lower() and _CHUNK.match(data):
        data = read_bounded(ChunkedReader(io.BytesIO(data)), limit)
    for coding in reversed((http.get("Content-Encoding") or "").lower().split(",")):
        name = coding.strip()
        if name in ("gzip", "x-gzip") and data.startswith(b"\x1f\x8b"):
            data = read_bounded(GzipReader(io.BytesIO(data)), limit)
        elif name == "deflate" and data[:1] in (b"\x78", b"\x58", b"\x38", b"\x18"):
            data = read_bounded(GzipReader(io.BytesIO(data), zlib=True), limit)
        elif name == "br" and data.lstrip()[:1] != b"<":
            data = read_bounded(BrotliReader(io.BytesIO(data)), limit)
        elif name == "zstd" and data.startswith(b"\x28\xb5\x2f\xfd"):
            data = read_bounded(ZstdReader(io.BytesIO(data)), limit)
    return data


def feed_pages(stream: IO[bytes], path: str, limits: Limits) -> Found:
    """The entries of an RSS or Atom feed, each the HTML that the feed carries for it; nothing is fetched."""
    import feedparser

    try:
        data = read_bounded(stream, limits.page)
    except (*STREAM_ERRORS, TooLarge) as error:
        yield Skipped(path, describe(error))
        return
    # A stream, never a string: the parser opens strings as files or addresses.
    parsed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False)
    if not parsed.entries:
        yield Skipped(path, "It is XML but holds no entry of a feed.")
        return
    publisher = _value(parsed.feed, "title")
    for number, entry in enumerate(parsed.entries, 1):
        where = f"{path}!{number}"
        bodies = [c.get("value", "") for c in entry.get("content", [])] or [entry.get("summary", "")]
        body = max(bodies, key=len)
        if not body.strip():
            yield Skipped(where, "The entry carries no text, only a link.")
            continue
        title = _value(entry, "title")
        hints = PageHints(title, publisher, _value(entry, "published") or _value(entry, "updated"))
        html = f"<article>{body}</article>".encode("utf-8", "replace")
        yield Page(html, "text/html", where, url=_value(entry, "link"), encoding="utf-8", hints=hints)


def _value(entry: Any, name: str) -> str | None:
    value = entry.get(name)
    return value.strip() if isinstance(value, str) and value.strip() else None
