"""Archives: members become pages; bombs, loops, passwords and odd names are refused or harmless."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from onrecord.model import Page, Skipped
from onrecord.sources import Limits, pages


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def read(tmp_path: Path, name: str, content: bytes, limits: Limits = Limits()) -> list[Page | Skipped]:  # noqa: B008
    path = tmp_path / name
    path.write_bytes(content)
    return list(pages([str(path)], limits=limits))


MEMBERS = {"a.txt": b"first", "b/c.html": b"<p>second</p>", "d.png": b"\x89PNG", "e.jsonl": b'{"text": "third"}\n'}
ARCHIVES = [
    ("x.zip", zipped(MEMBERS)),
    ("x.tar", tarred(MEMBERS)),
    ("x.tar.gz", tarred(MEMBERS, "w:gz")),
    ("x.tgz", tarred(MEMBERS, "w:gz")),
    ("x.tar.bz2", tarred(MEMBERS, "w:bz2")),
    ("x.tar.xz", tarred(MEMBERS, "w:xz")),
    ("x.txt.gz", gzip.compress(b"alone")),
]


@pytest.mark.parametrize(("name", "content"), ARCHIVES, ids=[a[0] for a in ARCHIVES])
def test_members_are_pages(tmp_path: Path, name: str, content: bytes) -> None:
    found = read(tmp_path, name, content)
    got = [page for page in found if isinstance(page, Page)]
    if name == "x.txt.gz":
        assert [page.content for page in got] == [b"alone"]
        return
    assert [page.path.split("!", 1)[1] for page in got] == ["a.txt", "b/c.html", "e.jsonl!1"]
    assert [page.content for page in got] == [b"first", b"<p>second</p>", b"third"]
    assert [item.count for item in found if isinstance(item, Skipped)] == [1]


def test_archives_in_archives_end(tmp_path: Path) -> None:
    content = zipped({"a.txt": b"words"})
    for _ in range(6):
        content = zipped({"inner.zip": content})
    (skipped, *_) = read(tmp_path, "x.zip", content)
    assert isinstance(skipped, Skipped) and "deep in each other" in skipped.reason


def test_a_gzip_of_gzips_ends(tmp_path: Path) -> None:
    content = b"words"
    for _ in range(9):
        content = gzip.compress(content)
    (skipped,) = read(tmp_path, "x.gz", content)
    assert isinstance(skipped, Skipped)


@pytest.mark.parametrize("wrap", [zipped, lambda m: tarred(m, "w:gz")], ids=["zip", "tar.gz"])
def test_a_bomb_is_refused_and_the_page_before_it_kept(tmp_path: Path, wrap) -> None:  # type: ignore[no-untyped-def]
    content = wrap({"a.txt": b"words", "bomb.txt": bytes(5_000_000) + b" ", "z.txt": b"more"})
    found = read(tmp_path, "x.zip" if wrap is zipped else "x.tar.gz", content, Limits(page=100_000, unpacked=1_000_000))
    assert isinstance(found[0], Page) and found[0].content == b"words"
    assert any(isinstance(item, Skipped) and "limit" in item.reason for item in found)


def test_a_bomb_in_a_single_gzip_is_refused(tmp_path: Path) -> None:
    (skipped,) = read(
        tmp_path, "x.txt.gz", gzip.compress(b"words " * 2_000_000), Limits(page=100_000, unpacked=1_000_000)
    )
    assert isinstance(skipped, Skipped) and "limit" in skipped.reason


def test_names_that_climb_are_only_names(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    for name, content in (
        ("x.zip", zipped({"../outside.txt": b"w1"})),
        ("x.tar", tarred({"../outside.txt": b"w2", "/etc/x.txt": b"w3"})),
    ):
        assert all(isinstance(item, Page) for item in read(tmp_path, name, content))
    assert not outside.exists()


def test_links_in_a_tar_are_never_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        entry = tarfile.TarInfo("link.txt")
        entry.type = tarfile.SYMTYPE
        entry.linkname = "/etc/hostname"
        archive.addfile(entry)
    (skipped,) = read(tmp_path, "x.tar", out.getvalue())
    assert isinstance(skipped, Skipped) and "link" in skipped.reason


def test_an_encrypted_member_is_said(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": b"words"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (skipped,) = read(tmp_path, "x.zip", bytes(content))
    assert isinstance(skipped, Skipped) and skipped.reason == "It is encrypted."


def test_a_zip_member_without_a_name_is_said(tmp_path: Path) -> None:
    """Found by fuzzing: a zero byte at the start of a name leaves nothing of it."""
    content = zipped({"a.txt": b"words", "b.txt": b"more"}).replace(b"a.txt", b"\x00.txt")
    found = read(tmp_path, "x.zip", content)
    assert [item.content for item in found if isinstance(item, Page)] == [b"more"]
    assert [item.reason for item in found if isinstance(item, Skipped)] == ["A member has no name."]


def test_a_cut_archive_gives_what_it_has(tmp_path: Path) -> None:
    whole = tarred({f"{n}.txt": b"words " * 300 for n in range(50)})
    member = 512 + 2048
    found = read(tmp_path, "x.tar", whole[: 20 * member + 512 + 700])
    assert sum(isinstance(item, Page) for item in found) == 20
    assert isinstance(found[-1], Skipped)
