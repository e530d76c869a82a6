"""Files, folders and standard input: what becomes a page, and the one sentence for what does not."""

from __future__ import annotations

import gzip
import io
import os
import sys
from pathlib import Path

import pytest

from onrecord.model import Page, Skipped
from onrecord.sources import Columns, Limits, pages


def read(*places: Path | str, limits: Limits = Limits(), columns: Columns = Columns()) -> list[Page | Skipped]:  # noqa: B008
    return list(pages([str(place) for place in places], limits=limits, columns=columns))


def only(found: list[Page | Skipped]) -> Page:
    (page,) = found
    assert isinstance(page, Page)
    return page


def refused(found: list[Page | Skipped]) -> str:
    (skipped,) = found
    assert isinstance(skipped, Skipped)
    assert skipped.reason.endswith(".") and "\n" not in skipped.reason
    return skipped.reason


KINDS = [
    ("a.txt", b"words", "text/plain"),
    ("a.md", b"# words", "text/plain"),
    ("noending", b"words", "text/plain"),
    ("a.txt", b"<!doctype html><p>words", "text/html"),
    ("a.html", b"words only", "text/html"),
    ("a.htm", b"\n <html><body>words", "text/html"),
    ("a.txt", "\ufeff\u00fcber".encode("utf-16"), "text/plain"),
    ("a.txt", b"He said <b>no</b>", "text/plain"),
]


@pytest.mark.parametrize(("name", "content", "media_type"), KINDS)
def test_a_file_is_a_page_of_its_kind(tmp_path: Path, name: str, content: bytes, media_type: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    page = only(read(path))
    assert (page.content, page.media_type, page.path) == (content, media_type, str(path))


BAD = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\t\n", "empty"),
    ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(200), "not a text"),
    ("paper.txt", b"%PDF-1.7 ...", "PDF"),
    ("noise.txt", bytes(range(256)) * 40, "not a text"),
    ("cut.txt.gz", gzip.compress(bytes(str(list(range(3000))), "ascii"))[:-900], "damaged"),
    ("none.csv", b"a,b\n1,2\n", "no column"),
    ("notafeed.xml", b"<?xml version='1.0'?><rss><channel></channel></rss>", "no entry"),
    ("bad.zip", b"PK\x03\x04nonsense", "damaged"),
    ("bad.parquet", b"PAR1nonsensePAR1", ""),
]


@pytest.mark.parametrize(("name", "content", "says"), BAD)
def test_a_bad_file_has_one_clear_sentence(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = read(path)
    assert all(isinstance(item, Skipped) for item in found)
    assert says in refused(found[:1])


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert "no such file" in refused(read(tmp_path / "missing.txt"))


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("words")
    path.chmod(0)
    assert "permission denied" in refused(read(path))


def test_a_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.write(b"words " * 2000)
        stream.truncate(200_000_000)
    before = _peak()
    assert "larger than the limit of 50 MB" in refused(read(path))
    assert _peak() - before < 20_000_000


def _peak() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def test_a_folder_is_read_sorted_and_through(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/b.txt", "c.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('{"text": "words"}' if name.endswith("jsonl") else "<p>words</p>")
    names = [Path(page.path).relative_to(tmp_path).as_posix() for page in read(tmp_path)]
    assert names == ["a/b.txt", "a/z.html", "b.txt", "c.jsonl!1"]


def test_the_other_files_of_a_folder_are_counted_in_one_line(tmp_path: Path) -> None:
    for name in ("a.txt", "b.png", "c.png", "d.csv", "README.md", ".hidden.txt", "plain.xml"):
        (tmp_path / name).write_text("x,y\n1,2")
    page, skipped = read(tmp_path)
    assert isinstance(page, Page) and isinstance(skipped, Skipped)
    assert (skipped.path, skipped.count) == (str(tmp_path), 6)
    assert "2 .png" in skipped.reason


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    assert "no file that could be a page" in refused(read(tmp_path))


def test_a_loop_of_links_is_said_once_and_loses_nothing(tmp_path: Path) -> None:
    inner = tmp_path / "one" / "two"
    inner.mkdir(parents=True)
    (inner / "page.txt").write_text("words")
    (inner / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    found = read(tmp_path)
    assert [type(item) for item in found] == [Page, Skipped, Skipped]
    assert "leads back" in str(found[1]) and "symbolic links" in str(found[2])


def test_one_bad_place_does_not_lose_another(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("words")
    found = read(tmp_path / "missing", good, tmp_path / "missing", good)
    assert [type(item) for item in found] == [Skipped, Page, Skipped, Page]


def test_standard_input_is_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"words")))
    page = only(read("-"))
    assert (page.content, page.path) == (b"words", "-")


def test_a_page_is_read_only_when_it_is_asked_for(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("words")
    walk = pages([str(tmp_path)])
    next(walk)
    (tmp_path / "b.txt").write_text("other")
    second = next(walk)
    assert isinstance(second, Page) and second.content == b"other"
