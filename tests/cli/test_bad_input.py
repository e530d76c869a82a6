"""Bad input ends in one clear sentence each, and the good pages beside it are read all the same."""

from __future__ import annotations

import io
import os
import resource
import shutil
import socket
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from onrecord.record import Record, sole_writer
from onrecord.views.cli import app

SAMPLES = Path(__file__).parents[2] / "samples"
OTHERS = sorted(SAMPLES.glob("2031-05-*.txt"))
GOOD = SAMPLES / "2031-04-09_dravno-today_vaskil-guns.txt"


@dataclass(frozen=True, slots=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


Onrecord = Callable[..., Done]


@pytest.fixture
def onrecord(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> Onrecord:
    """The real program in this process; `limit` is the largest file it may write, in bytes, as the system enforces it."""

    def run(*words: str | Path, record: Path, stdin: bytes = b"", limit: int | None = None) -> Done:
        monkeypatch.setattr(sys, "argv", ["onrecord", *map(str, words)])
        monkeypatch.setenv("ONRECORD_RECORD", str(record))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
        try:
            app.run()
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        said = capsys.readouterr()
        return Done(status, said.out, said.err)

    return run


def empty(folder: Path) -> None:
    (folder / "bad.txt").touch()


def blank(folder: Path) -> None:
    (folder / "bad.txt").write_text(" \n\n\t\n")


def binary(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(bytes(range(256)) * 64)


def pdf(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"%PDF-1.4\nnothing more\n")


def large(folder: Path) -> None:
    with (folder / "bad.txt").open("wb") as file:
        file.write(b"Karvelia said nothing on Tuesday.\n" * 4000)
        file.truncate(200_000_000)


def loop(folder: Path) -> None:
    (folder / "bad").symlink_to(folder)


def dangling(folder: Path) -> None:
    (folder / "bad.txt").symlink_to(folder / "nowhere.txt")


def unreadable(folder: Path) -> None:
    if os.getuid() == 0:
        # Nothing is forbidden to root; the memory of a process is a file that even root cannot read from its start.
        (folder / "bad.txt").symlink_to("/proc/self/mem")
        return
    (folder / "bad.txt").write_text("secret")
    (folder / "bad.txt").chmod(0)


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "bad.txt")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (empty, "empty"),
        (blank, "empty"),
        (binary, "text"),
        (pdf, "PDF: give its text"),
        (large, "larger than the limit"),
        (loop, "leads back"),
        (dangling, "bad.txt"),
        (unreadable, "bad.txt"),
        (pipe, "bad.txt"),
    ],
)
def test_a_bad_file_beside_a_good_page(
    onrecord: Onrecord, make: Callable[[Path], None], says: str, tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    shutil.copy(GOOD, folder)
    make(folder)
    record = tmp_path / "record.db"
    done = onrecord("read", folder, record=record)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "1  skipped" in done.stdout
    [line] = [line for line in done.stdout.splitlines() if "/bad" in line]
    assert says in line
    with Record.open(record) as opened:
        assert [Path(d.path).name for d in opened.documents()] == [GOOD.name]
        assert len(opened.lines()) > 3


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_another_encoding_is_read_as_what_it_is(onrecord: Onrecord, encoding: str, tmp_path: Path) -> None:
    text = GOOD.read_text(encoding="utf8")
    page = tmp_path / "page.txt"
    page.write_bytes(text.encode(encoding, "replace"))
    record = tmp_path / "record.db"
    done = onrecord("read", page, record=record)
    assert done.returncode == 0, done.stderr
    with Record.open(record) as opened:
        document = opened.document(opened.documents()[0].id)
        assert document.text.lstrip("\ufeff") == text.encode(encoding, "replace").decode(encoding)
        assert len(opened.lines()) > 3


def fails(done: Done, says: str) -> None:
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    sentences = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(sentences) == 1, done.stderr
    assert sentences[0].startswith("onrecord: ")
    assert says in sentences[0]


def test_nothing_but_bad_files_fails(onrecord: Onrecord, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").touch()
    done = onrecord("read", tmp_path / "bad.txt", record=tmp_path / "record.db")
    assert done.returncode == 1
    assert "empty" in done.stdout


def test_a_place_that_is_not_there(onrecord: Onrecord, sample_record: Record, tmp_path: Path) -> None:
    done = onrecord("read", tmp_path / "nowhere", record=shutil.copy(sample_record.path, tmp_path))
    assert done.returncode == 1
    assert "nowhere" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_full_disk(onrecord: Onrecord, tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    assert onrecord("read", GOOD, record=record).returncode == 0
    with Record.open(record) as opened:
        before = opened.lines()
    size = record.stat().st_size
    fails(onrecord("read", *OTHERS, record=record, limit=size + 8192), "make room")
    with Record.open(record) as opened:
        kept = {line.statement.id for line in opened.lines()}
    assert {line.statement.id for line in before} <= kept
    again = onrecord("read", *OTHERS, record=record)
    assert again.returncode == 0, again.stderr
    with Record.open(record) as opened:
        assert {str(path) for path in OTHERS} <= {d.path for d in opened.documents()}


def test_a_record_of_a_newer_version(onrecord: Onrecord, tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    Record.open(record, create=True).close()
    with sqlite3.connect(record) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    fails(onrecord("read", GOOD, record=record), "later version")
    fails(onrecord("statements", record=record), "later version")


def test_a_second_writer(onrecord: Onrecord, tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    Record.open(record, create=True).close()
    with sole_writer(record):
        fails(onrecord("read", GOOD, record=record), "Another onrecord")
    assert onrecord("read", GOOD, record=record).returncode == 0


def test_a_file_that_is_no_record(onrecord: Onrecord, tmp_path: Path) -> None:
    note = tmp_path / "note.db"
    note.write_text("cheese")
    fails(onrecord("read", GOOD, record=note), "not a record")
    fails(onrecord("timeline", record=note), "not a record")
    assert note.read_text() == "cheese"


def test_no_record_yet(onrecord: Onrecord, tmp_path: Path) -> None:
    fails(onrecord("statements", record=tmp_path / "none.db"), "onrecord read")


def test_a_folder_that_is_not_there_for_the_record(onrecord: Onrecord, tmp_path: Path) -> None:
    fails(onrecord("read", GOOD, record=tmp_path / "no" / "record.db"), "folder")


def test_an_overlay_that_is_broken(onrecord: Onrecord, tmp_path: Path) -> None:
    overlay = tmp_path / "actors.csv"
    overlay.write_text("name,kind\nKarvelia,dragon\n")
    fails(onrecord("read", GOOD, "--actors", overlay, record=tmp_path / "record.db"), "actors.csv")


def test_standard_input(onrecord: Onrecord, tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    done = onrecord("read", "-", record=record, stdin=GOOD.read_bytes())
    assert done.returncode == 0, done.stderr
    with Record.open(record) as opened:
        assert opened.documents()[0].path == "-"
        assert len(opened.lines()) > 3


def test_a_taken_port_is_told_before_any_address(onrecord: Onrecord, tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    Record.open(record, create=True).close()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = onrecord("serve", "--port", str(port), record=record)
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert "--port" in done.stderr
    assert "Serving" not in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("check", "nodraft.md"), "onrecord: nodraft.md: there is no such file or folder.\n"),
        (("check", "."), "onrecord: .: it is a folder, not a file.\n"),
        (("correct", "import", "nolog.jsonl"), "onrecord: nolog.jsonl: there is no such file or folder.\n"),
    ],
)
def test_a_mistyped_place_is_told_in_a_sentence_of_ours(
    onrecord: Onrecord, sample_record: Record, words: tuple[str, ...], says: str
) -> None:
    done = onrecord(*words, record=sample_record.path)
    assert (done.returncode, done.stderr) == (1, says)


def test_a_mistyped_page_makes_no_record(onrecord: Onrecord, tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    done = onrecord("read", tmp_path / "nowhere", record=record)
    assert done.returncode == 1
    assert (
        done.stderr == f"onrecord: {tmp_path / 'nowhere'}: there is no such file or folder, and no record was made.\n"
    )
    assert list(tmp_path.iterdir()) == []
