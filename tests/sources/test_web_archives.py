"""WARC files and feeds: every record has one outcome, entries are pages, nothing is fetched."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from onrecord.model import Page, Skipped
from onrecord.sources import Limits, pages


def record(
    kind: str,
    body: bytes,
    url: str = "https://a.example/page",
    content_type: str = "application/http; msgtype=response",
) -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{abs(hash(body)) % 10**12:012d}>\r\n"
        f"WARC-Date: 2031-06-01T10:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def response(
    html: bytes, status: str = "200 OK", media_type: str = "text/html; charset=utf-8", extra: str = ""
) -> bytes:
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{extra}Content-Length: {len(html)}\r\n\r\n".encode() + html
    )


def outcomes(found: list[Page | Skipped]) -> int:
    return sum(item.count if isinstance(item, Skipped) else 1 for item in found)


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_the_outcomes_of_a_large_warc_add_up_to_its_records(tmp_path: Path, packed: bool) -> None:
    made = []
    for n in range(420):
        url = f"https://a.example/{n}"
        made.append(record("warcinfo", b"software: test", url, "application/warc-fields"))
        made.append(record("request", f"GET /{n} HTTP/1.1\r\n\r\n".encode(), url, "application/http; msgtype=request"))
        made.append(record("response", response(f"<p>page {n}</p>".encode()), url))
        made.append(record("response", response(b"gone", "404 Not Found"), url))
        made.append(record("response", response(b"\x89PNG", media_type="image/png"), url))
    path = tmp_path / ("x.warc.gz" if packed else "x.warc")
    path.write_bytes(b"".join(gzip.compress(r) for r in made) if packed else b"".join(made))
    found = list(pages([str(path)]))
    got = [item for item in found if isinstance(item, Page)]
    assert outcomes(found) == len(made) == 2100
    assert len(got) == 420
    assert got[7].url == "https://a.example/7"
    assert got[7].content == b"<p>page 7</p>"
    assert (got[7].fetched or "").startswith("2031-06-01T10:00:00")
    assert got[7].encoding == "utf-8"


def test_encoded_and_chunked_bodies_are_decoded(tmp_path: Path) -> None:
    packed = gzip.compress(b"<p>words</p>")
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n<p>words\r\n4\r\n</p>\r\n0\r\n\r\n"
    path = tmp_path / "x.warc"
    path.write_bytes(
        record("response", response(packed, extra="Content-Encoding: gzip\r\n")) + record("response", chunked)
    )
    assert [page.content for page in pages([str(path)]) if isinstance(page, Page)] == [b"<p>words</p>", b"<p>words</p>"]


def chunked(data: bytes) -> bytes:
    parts = (data[:5], data[5:], b"")
    return b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in parts)


CODED = [
    ("gzip", gzip.compress(b"<p>words</p>"), "Content-Encoding: gzip"),
    ("deflate", zlib.compress(b"<p>words</p>"), "Content-Encoding: deflate"),
    ("gzip already taken off", b"<p>words</p>", "Content-Encoding: gzip"),
    ("brotli already taken off", b"<p>words</p>", "Content-Encoding: br"),
    ("chunks already put together", b"<p>words</p>", "Transfer-Encoding: chunked"),
    ("two codings", chunked(gzip.compress(b"<p>words</p>")), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "header"), CODED, ids=[c[0] for c in CODED])
def test_codings_are_taken_off(tmp_path: Path, name: str, body: bytes, header: str) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(record("response", response(body, extra=header + "\r\n")))
    (page,) = pages([str(path)])
    assert isinstance(page, Page) and page.content == b"<p>words</p>"


BROKEN = [
    ("broken gzip", b"\x1f\x8bnonsense" * 300, "Content-Encoding: gzip", "damaged"),
    ("gzip bomb", gzip.compress(b"x" * 9_000_000), "Content-Encoding: gzip", "limit"),
    ("broken brotli", b"nonsense" * 300, "Content-Encoding: br", "damaged"),
    ("endless chunk", b"FFFFFFF\r\n<p>words", "Transfer-Encoding: chunked", "damaged"),
    ("chunk without size", b"4\r\n<p>a\r\nZZZ\r\n", "Transfer-Encoding: chunked", "damaged"),
]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize(("name", "body", "header", "says"), BROKEN, ids=[b[0] for b in BROKEN])
def test_a_broken_body_does_not_lose_the_records_behind_it(  # the archive's own decoder lost its place here
    tmp_path: Path, name: str, body: bytes, header: str, says: str, packed: bool
) -> None:
    good = record("response", response(b"<p>words</p>"))
    made = [good, record("response", response(body, extra=header + "\r\n")), good, good]
    path = tmp_path / "x.warc"
    path.write_bytes(b"".join(gzip.compress(r) if packed else r for r in made))
    first, bad, *rest = pages([str(path)], limits=Limits(page=100_000))
    assert isinstance(first, Page) and isinstance(bad, Skipped) and says in bad.reason
    assert [page.content for page in rest if isinstance(page, Page)] == [b"<p>words</p>"] * 2


def test_a_cut_warc_keeps_the_pages_before_the_cut(tmp_path: Path) -> None:
    made = b"".join(gzip.compress(record("response", response(b"<p>words</p>" * 50))) for _ in range(10))
    path = tmp_path / "x.warc.gz"
    path.write_bytes(made[: len(made) * 2 // 3])
    found = list(pages([str(path)]))
    assert sum(isinstance(item, Page) for item in found) >= 5


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>A Paper</title>
<item><title>One</title><link>https://a.example/1</link><pubDate>Mon, 19 May 2031 10:00:00 GMT</pubDate>
<description>&lt;p&gt;The first words&lt;/p&gt;</description></item>
<item><title>Two</title><link>https://a.example/2</link></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>A Paper</title>
<entry><title>One</title><link href="https://a.example/1"/><updated>2031-05-19T10:00:00Z</updated>
<content type="html">&lt;p&gt;The first words&lt;/p&gt;</content></entry>
<entry><title>Two</title><link href="https://a.example/2"/></entry></feed>"""


@pytest.mark.parametrize("feed", [RSS, ATOM], ids=["rss", "atom"])
def test_entries_are_pages(tmp_path: Path, feed: str) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(feed)
    page, skipped = pages([str(path)])
    assert isinstance(page, Page) and isinstance(skipped, Skipped)
    assert (page.url, page.hints.title, page.hints.publisher) == ("https://a.example/1", "One", "A Paper")
    assert b"The first words" in page.content and "2031" in (page.hints.date or "")
    assert "only a link" in skipped.reason


def test_xml_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    path = tmp_path / "feed.xml"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "aaaaaaaaaa">{bomb}<!ENTITY x SYSTEM "file://{secret}">]>'
        "<rss version='2.0'><channel><item><title>t</title><description>&e11; &x; words</description></item></channel></rss>"
    )
    found = list(pages([str(path)]))
    assert all(
        b"TOPSECRET" not in page.content and len(page.content) < 100_000 for page in found if isinstance(page, Page)
    )


def test_a_feed_in_a_stream_is_never_opened_as_a_name(tmp_path: Path) -> None:
    path = tmp_path / "feed.rss"
    path.write_bytes(b"<rss>/etc/hostname</rss>")
    found = list(pages([str(path)]))
    assert len(found) == 1 and isinstance(found[0], Skipped)


@pytest.mark.parametrize("packed", ["zip", "tar.gz", "gz in zip"])
def test_a_warc_in_an_archive_is_read(tmp_path: Path, packed: str) -> None:
    warc = b"".join(record("response", response(f"<p>page {n}</p>".encode())) for n in range(3))
    path = tmp_path / f"x.{'zip' if 'zip' in packed else packed}"
    if packed == "tar.gz":
        with tarfile.open(path, "w:gz") as archive:
            entry = tarfile.TarInfo("in.warc")
            entry.size = len(warc)
            archive.addfile(entry, io.BytesIO(warc))
    else:
        name, content = ("in.warc.gz", gzip.compress(warc)) if "gz" in packed else ("in.warc", warc)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, content)
    found = [page for page in pages([str(path)]) if isinstance(page, Page)]
    assert [page.content for page in found] == [b"<p>page 0</p>", b"<p>page 1</p>", b"<p>page 2</p>"]


def test_a_warc_comes_through_a_pipe() -> None:
    """A pipe can neither seek nor tell; the WARC reader asks where it stands."""
    warc = record("response", response(b"<p>words</p>"))
    code = "from onrecord.sources import Limits, pages\nprint([getattr(p, 'content', p) for p in pages(['-'])])"
    done = subprocess.run([sys.executable, "-c", code], input=warc, capture_output=True, check=True)
    assert b"words" in done.stdout


@pytest.mark.parametrize(
    "declared", ["application/h\nttp", "image/p xhtml 1.0//en' 'x'>", "x" * 300, "text/html\r\x15=b"]
)
def test_a_broken_media_type_is_not_repeated(tmp_path: Path, declared: str) -> None:
    """Found by fuzzing: a header cut inside its value put a line break into the reason."""
    path = tmp_path / "x.warc"
    path.write_bytes(record("response", response(b"words", media_type=declared)))
    for item in pages([str(path)]):
        assert isinstance(item, Skipped) and "\n" not in item.reason and len(item.reason) < 200
