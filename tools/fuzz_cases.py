"""What each reader of pages is fed in `tools.fuzz`, and what it promises whatever it is fed."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.documents import build, daywords, marks
from onrecord.documents.decoding import decode
from onrecord.documents.lines import BREAK, paragraphs, split_lines
from onrecord.documents.publication import iso_or_written, url_day
from onrecord.documents.roles import is_date_line
from onrecord.documents.slugs import slug_words
from onrecord.model import Document, Page, Precision, Skipped, Span
from onrecord.model.errors import InputError
from onrecord.sources.kinds import HEAD, sniff
from onrecord.sources.limits import Columns, Limits
from onrecord.sources.places import stream_pages
from onrecord.sources.tables import csv_rows, json_lines
from onrecord.sources.web import feed_pages, warc_pages

#: Small, so that the guards are met.
LIMITS = Limits(page=200_000, unpacked=1_000_000, members=200, depth=2)


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: how its cases are made, and what is wrong with its answer to one (None for nothing)."""

    name: str
    make: Callable[[random.Random], bytes]
    check: Callable[[bytes], str | None]


class _NoOutlets:
    def agency(self, words: str) -> str | None:
        del words
        return None

    def outlet_of_host(self, host: str) -> str | None:
        del host
        return None


_WORDS = (
    "the mediator", "said on Tuesday", "Halvik", "KARVELIA", "By", "by", "and", "©", "(c)", "Copyright", "2031", "1999", "31", "02",
    "29", "May", "Feb.", "september", "Sept", "März", "de", "mayo", "12:61", "9:06 AM EDT", "GMT+25", "Z", "--", "—", "(MP)", "/MP/",
    "http://", "https://a.example/2031/05/19/x-y", "www.", "@", ".com", "Published", "Updated:", "See also:", "Related", "Read more",
    "With reporting by", "contributed to this report", "Photo:", "(L)", "Original url:", "#", "•", "1.", "|", "...", "…", "?”", "“", "”",
    "'", "\u00ad", "\u200f", "\u202e", "\ufeff", "\u0130", "\u017f", "ß", "ﬁ", "٣", "１２", "²", "😀", "e\u0301", "\x00", "\x07", "\x1f",
    "\ud7ff", "\ufffe", "\U0010ffff", "T", "+00:00", "-", "/", ".", ",", ":", ";", "0", "00", "99", "20310519",
)  # fmt: skip
_BREAKS = (" ", " ", " ", "", "\n", "\n\n", "\r\n", "\r", "\t", "\u2028", "\x85", "\v", "\f", "\xa0", "  ", "\u3000")
_TAGS = (
    "<p>", "</p>", "<div>", "</div>", "<article>", "</article>", "<h1>", "</h1>", "<ul><li>", "</li></ul>", "<br>", "<br/>", "<table><tr><td>",
    "</table>", "<script>", "</script>", "<style>", "</style>", "<!--", "-->", "<![CDATA[", "]]>", "<template>", "<svg><title>", "</svg>",
    "<iframe>", "<noscript>", "</noscript>", "<a href='/x'>", "</a>", "<a href=", "<img alt='", "<pre>", "</pre>", "<textarea>", "<select><option>",
    "<head>", "</head>", "<title>", "</title>", "<body>", "</body>", "</html>", "<form>", "</form>", "<frameset>", "<plaintext>", "<time datetime='2031-02-30' pubdate>",
    "<time itemprop=datePublished datetime='2031-03-04T18:40'>", "<meta property='article:published_time' content='2031-03-04'>",
    '<meta name="author" content="Anna &quot;L&quot; Berg">', '<link rel="canonical" href="https://a.example/x">', "<meta charset=utf-16>", "<meta charset=shift_jis>",
    '<script type="application/ld+json">', '{"@type":"NewsArticle","datePublished":"2031-03-04","author":[{"name":["x"]}]}', '{"@graph":[[[[{}]]]]}',
    "<base href='javascript:x'>", "&amp;", "&#0;", "&#xD800;", "&#x110000;", "&nbsp;", "&notin", "&#8207;", "<?xml version='1.0'?>", "<!DOCTYPE html [<!ENTITY x 'y'>]>",
    "<html lang='e\x00n'>", "<math><mi>", "<p style='display:none'>", "<section class='comments'>", "<footer>", "</footer>", "<nav>", "</nav>",
)  # fmt: skip
_PROSE = (
    "The mediator told reporters that both sides had been polite, which in that room had been an effort for everybody.",
    "Sundmark's minister said on Tuesday that he had handed over a list of four demands, and that none had been answered.",
    "“We came with a list and left with a list,” he said. Karvelia has always denied that it keeps soldiers in the valley.",
)


def _text(rng: random.Random, most: int = 30) -> str:
    pieces = []
    for _ in range(rng.randint(1, most)):
        kind = rng.random()
        if kind < 0.75:
            pieces.append(rng.choice(_WORDS))
        elif kind < 0.85:
            pieces.append(rng.choice(_PROSE))
        elif kind < 0.95:
            pieces.append(rng.choice(_WORDS) * rng.randint(2, 40))
        else:
            pieces.append("".join(chr(_code(rng)) for _ in range(rng.randint(1, 8))))
        pieces.append(rng.choice(_BREAKS))
    return "".join(pieces)


def _code(rng: random.Random) -> int:
    code = rng.choice((rng.randrange(0x80), rng.randrange(0x3000), rng.randrange(0x110000)))
    return 0xFFFD if 0xD800 <= code < 0xE000 else code


def _spoilt(rng: random.Random, data: bytes, most: int = 8) -> bytes:
    """`data` with a few bytes changed, cut out, doubled or put in."""
    made = bytearray(data)
    for _ in range(rng.randint(0, most)):
        at = rng.randrange(len(made) + 1)
        kind = rng.randrange(5)
        if kind == 0 and made:
            made[min(at, len(made) - 1)] = rng.randrange(256)
        elif kind == 1:
            del made[at : at + rng.randint(1, 40)]
        elif kind == 2:
            made[at:at] = made[at : at + rng.randint(1, 200)]
        elif kind == 3:
            made[at:at] = rng.choice(
                (b"\x00", b"\xff\xfe", b"\r\n\r\n", b"\n", b"<", b'"', b"\xed\xa0\x80", b"\x1f\x8b", b"9" * 30, b"-1")
            )
        else:
            made[at:at] = rng.randbytes(rng.randint(1, 12))
    return bytes(made)


def _html(rng: random.Random) -> bytes:
    pieces = [
        rng.choice(
            ("<!doctype html>", "<html><head>", "", "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'x'>", "<html/>")
        )
    ]
    for _ in range(rng.randint(1, 60)):
        kind = rng.random()
        pieces.append(rng.choice(_TAGS) if kind < 0.6 else rng.choice(_PROSE) if kind < 0.8 else _text(rng, 4))
        if kind < 0.02:
            pieces.append(rng.choice(_TAGS) * rng.randint(50, 600))
    markup = "".join(pieces)
    encoding = rng.choice(("utf-8", "utf-8", "utf-8", "cp1252", "utf-16", "cp1251", "gb18030"))
    data = markup.encode(encoding, "replace")
    return _spoilt(rng, data) if rng.random() < 0.5 else data


def _inside(text: str, spans: Iterable[Span | None]) -> bool:
    return all(span is None or (span.end <= len(text) and span.end > span.start) for span in spans)


def _faults(document: Document) -> str | None:
    """What is wrong with a document, whatever page it was made of."""
    text, at = document.text, 0
    for line in document.lines:
        if line.span.start < at or BREAK.sub("", text[at : line.span.start]):
            return "characters are lost between the lines"
        at = line.span.end
    if BREAK.sub("", text[at:]):
        return "characters are lost behind the last line"
    spans = [*(c.span for c in document.credits), *(n for c in document.credits for n in c.names)]
    spans += [e.span for e in document.published.evidence if e.span] + [m.span for m in document.meta if m.span]
    if document.dateline is not None:
        spans += [
            s for s in (document.dateline.span, document.dateline.place, document.dateline.agency) if s is not None
        ]
    if not _inside(text, spans) or not _inside(text, document.body()):
        return "a span names nothing"
    if any(a.end > b.start for a, b in pairwise(document.body())):
        return "body spans overlap"
    when = document.published
    if when.precision == Precision.DAY and not when.earliest == when.value == when.latest:
        return "a day has other bounds"
    return None


def _document(media_type: str) -> Callable[[bytes], str | None]:
    def check(data: bytes) -> str | None:
        try:
            page = Page(data, media_type, "case", url=None)
            first = build(page, _NoOutlets())
        except InputError as error:
            return _sentence(str(error))
        return _faults(first)

    return check


def _sentence(reason: str) -> str | None:
    return None if reason.endswith(".") and "\n" not in reason else f"no sentence: {reason[:100]!r}"


def _outcomes(found: Iterable[Page | Skipped]) -> str | None:
    for item in found:
        if isinstance(item, Skipped):
            if (wrong := _sentence(item.reason)) is not None:
                return wrong
        elif not item.content.strip() or len(item.content) > LIMITS.page:
            return "a page is empty or over the limit"
    return None


def _gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)  # a case does not depend on when it was made


def _dump(rng: random.Random) -> bytes:
    return _text(rng, 120).encode("utf-8", "replace")


def _record(rng: random.Random) -> bytes:
    kind = rng.choice(
        (
            "response",
            "response",
            "response",
            "resource",
            "conversion",
            "request",
            "metadata",
            "warcinfo",
            "revisit",
            "x",
        )
    )
    body = _html(rng)[: rng.choice((0, 20, 400, 4000))]
    head = rng.choice(
        ("text/html", "text/html; charset=utf-8", "text/plain", "image/png", "", "text/html; charset=nonsense")
    )
    status = rng.choice(("200 OK", "200 OK", "200", "404 Not Found", "999", "", "-1", "2OO"))
    extra = rng.choice(
        ("", "", "Content-Encoding: gzip\r\n", "Content-Encoding: br\r\n", "Transfer-Encoding: chunked\r\n")
    )
    if "gzip" in extra and rng.random() < 0.7:
        body = _gzipped(body)
    http = f"HTTP/1.1 {status}\r\nContent-Type: {head}\r\n{extra}\r\n".encode() + body
    length = len(http) if rng.random() < 0.9 else rng.choice((0, -1, 10**12, len(http) // 2))
    url = rng.choice(("https://a.example/x", "<https://a.example/y>", "urn:x", "\x00", "ä"))
    when = rng.choice(("2031-06-01T10:00:00Z", "2031-13-01T10:00:00Z", "", "yesterday"))
    headers = f"WARC/1.{rng.choice('019')}\r\nWARC-Type: {kind}\r\nWARC-Date: {when}\r\nWARC-Target-URI: {url}\r\n"
    media = "application/http; msgtype=response" if kind != "conversion" else "text/plain"
    return f"{headers}Content-Type: {media}\r\nContent-Length: {length}\r\n\r\n".encode() + http + b"\r\n\r\n"


def _warc(rng: random.Random) -> bytes:
    records = [_record(rng) for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.3:
        records = [_gzipped(record) for record in records]
    data = b"".join(records)
    return _spoilt(rng, data) if rng.random() < 0.6 else data


def _archive(rng: random.Random) -> bytes:
    names = (
        "a.txt",
        "../../b.html",
        "/etc/c.txt",
        "d.jsonl",
        "e.zip",
        "f.txt.gz",
        "g",
        "h\x00.txt",
        "ä.csv",
        "i.warc",
        "con.txt",
    )
    members = [(rng.choice(names), _text(rng, 6).encode("utf-8", "replace")) for _ in range(rng.randint(0, 4))]
    out = io.BytesIO()
    kind = rng.randrange(6)
    if kind < 2:
        with zipfile.ZipFile(out, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as made:
            for number, (name, content) in enumerate(members):
                made.writestr(zipfile.ZipInfo(f"{number}{name}" if number else name), content, made.compression)
    elif kind < 4:
        with tarfile.open(fileobj=out, mode="w") as packed:
            for name, content in members:
                entry = tarfile.TarInfo(name.replace("\x00", ""))
                entry.type = rng.choice(
                    (tarfile.REGTYPE, tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.GNUTYPE_SPARSE)
                )
                entry.size = len(content) if entry.type == tarfile.REGTYPE else 0
                entry.linkname = "../../x"
                packed.addfile(entry, io.BytesIO(content))
    else:
        content = b"".join(content for _, content in members) or b"words"
        pack = rng.choice((_gzipped, bz2.compress, lzma.compress))
        for _ in range(rng.randint(1, 4)):
            content = pack(content)
        out.write(content)
    data = _gzipped(out.getvalue()) if kind == 3 else out.getvalue()
    return _spoilt(rng, data, 5) if rng.random() < 0.8 else data


def _feed(rng: random.Random) -> bytes:
    entries = []
    for _ in range(rng.randint(0, 3)):
        body = _html(rng)[:300].decode("utf-8", "replace").replace("&", "&amp;").replace("<", "&lt;")
        when = rng.choice(("Tue, 01 Jul 2031 09:00:00 GMT", "2031-02-30", "x" * 50))
        entries.append(
            f"<item><title>{rng.choice(_WORDS)}</title><link>{rng.choice(_WORDS)}</link><pubDate>{when}</pubDate><description>{body}</description></item>"
        )
    doctype = rng.choice(
        ("", "<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/hostname'>]>")
    )
    data = f"<?xml version='1.0'?>{doctype}<rss version='2.0'><channel><title>&b;</title>{''.join(entries)}</channel></rss>".encode(
        "utf-8", "replace"
    )
    return _spoilt(rng, data) if rng.random() < 0.7 else data


def _rows(rng: random.Random) -> bytes:
    if rng.random() < 0.5:
        values: tuple[object, ...] = ("words", 3, None, [], {}, "\ud800", "<p>x</p>", "2031-02-30", True, 1e400)
        keys = ("text", "html", "url", "date", "title", "publisher", "x")
        lines = [json.dumps({rng.choice(keys): rng.choice(values) for _ in range(3)}) for _ in range(rng.randint(1, 4))]
    else:
        lines = [",".join(rng.sample(["text", "html", "url", "date", "title"], 3))]
        lines += [
            ",".join(f'"{rng.choice(_WORDS)}"' for _ in range(rng.randint(1, 5))) for _ in range(rng.randint(0, 4))
        ]
    data = "\n".join(lines).encode("utf-8", "replace")
    return _spoilt(rng, data) if rng.random() < 0.7 else data


def _check_rows(data: bytes) -> str | None:
    for read in (json_lines, csv_rows):
        wrong = _outcomes(read(io.BytesIO(data), "case", LIMITS, Columns()))
        if wrong is not None:
            return f"{read.__name__}: {wrong}"
    return None


def _bytes(rng: random.Random) -> bytes:
    text = _text(rng, 12)
    encoding = rng.choice(
        (
            "utf-8",
            "utf-16",
            "utf-16-le",
            "utf-16-be",
            "utf-32",
            "cp1252",
            "cp1251",
            "koi8-r",
            "gb18030",
            "shift_jis",
            "latin-1",
        )
    )
    data = text.encode(encoding, "replace")
    if rng.random() < 0.3:
        data += _text(rng, 5).encode("cp1252", "replace")
    return _spoilt(rng, data, 4) if rng.random() < 0.6 else data


_DECLARED: Sequence[str | None] = (
    None,
    "utf-8",
    "windows-1251",
    "idna",
    "utf-7",
    "zip",
    "hex",
    "unicode_escape",
    "\x00",
    "utf-16",
    "mbcs",
    "undefined",
)


def _check_bytes(data: bytes) -> str | None:
    sniff(data[:HEAD], "case.txt")
    declared = _DECLARED[len(data) % len(_DECLARED)]
    try:
        text = decode(Page(data, "text/html" if len(data) % 2 else "text/plain", "case", encoding=declared))
    except InputError as error:
        return _sentence(str(error))
    return None if text else "nothing was decoded"


def _line(rng: random.Random) -> bytes:
    return _text(rng, 14).encode("utf-8", "replace")


def _check_dates(data: bytes) -> str | None:
    text = data.decode("utf-8")
    for date in daywords.written_dates(text):
        if not date.span.of(text).strip() or not daywords.valid(date.year, date.month, date.day):
            return f"no date: {date}"
    named = daywords.weekday(text)
    spans = [named[1]] if named else []
    spans += [span for _, span in daywords.years(text)]
    daywords.clock_time(text)
    said = iso_or_written(text)
    days = [d for d in (said[0] if said else None, url_day(text), url_day("https://a.example/" + text)) if d]
    slug_words(text)
    is_date_line(text)
    return None if _inside(text, spans) and all(len(day) == 10 for day in days) else "a date is no day or has no place"


def _check_marks(data: bytes) -> str | None:
    text = data.decode("utf-8")
    spans: list[Span | None] = []
    for whole in (Span(0, len(text)), Span(len(text) // 3, len(text))):
        line = marks.dateline(text, whole)
        if line is not None:
            spans += [line.span, line.place, line.agency]
        spans.append(marks.byline(text, whole))
        notice = marks.copyright_of(text, whole)
        if notice is not None:
            spans += notice[1:]
        credit = marks.credit(text, whole)
        if credit is not None:
            spans += [credit.span, *credit.names]
    marks.is_related(text)
    marks.is_url_line(text)
    marks.is_original_url_label(text)
    return None if _inside(text, spans) else f"a span names nothing: {spans}"


def _check_lines(data: bytes) -> str | None:
    text = data.decode("utf-8")
    lines = split_lines(text)
    found = paragraphs(text, lines)
    if "".join("".join(p.text.split()) for p in found) != "".join("".join(line.of(text).split()) for line in lines):
        return "words are lost between the paragraphs"
    return None if all(a.last < b.first for a, b in pairwise(found)) else "paragraphs overlap"


READERS = {
    reader.name: reader
    for reader in (
        Reader("html", _html, _document("text/html")),
        Reader("warc", _warc, lambda data: _outcomes(warc_pages(io.BytesIO(data), "case", LIMITS))),
        Reader("archive", _archive, lambda data: _outcomes(stream_pages(io.BytesIO(data), "case", limits=LIMITS))),
        Reader("feed", _feed, lambda data: _outcomes(feed_pages(io.BytesIO(data), "case", LIMITS))),
        Reader("dump", _dump, _document("text/plain")),
        Reader("rows", _rows, _check_rows),
        Reader("bytes", _bytes, _check_bytes),
        Reader("dates", _line, _check_dates),
        Reader("marks", _line, _check_marks),
        Reader("lines", _line, _check_lines),
    )
}
