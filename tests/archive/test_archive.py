"""The large job: the same record as reading the pages, in whatever pieces it is done, whatever ends it on the way."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from onrecord import pipeline, sources
from onrecord.archive import worker
from onrecord.archive.engine import Engine
from onrecord.archive.files import sha256
from onrecord.archive.job import archive
from onrecord.archive.load import load
from onrecord.archive.work import Setting
from onrecord.model import errors
from onrecord.record import Record, ReportRow
from onrecord.record.forgetting import Forgettable
from tests.archive.conftest import ROOT, SAMPLES, hashes, pages, tables

#: A job in a process of its own: input, folder, and what its working processes load.
RUN = """
import sys
from onrecord.archive import worker
from onrecord.archive.engine import Engine
from onrecord.archive.job import archive
from onrecord.archive.work import Setting
place, folder, *preload = sys.argv[1:]
setting = Setting(folder, batch=3, part=4) if not preload else Setting(folder, preload=tuple(preload))
archive([place], setting, lambda: Engine(2))
"""


def said(speaker: str, number: int) -> str:
    """A page in which `speaker` says two things."""
    return (
        f"Port reopens after storm {number}\n\n"
        f"HALVIK — The mayor of Halvik, {speaker}, said on Tuesday that pier {number} would open before noon and that {number + 3} "
        f"ships were waiting outside the harbour mouth for a pilot to take them in.\n\n"
        f'"We have swept basin {number} twice and found nothing," {speaker} told reporters. The harbour office denied that '
        f"dredger {number} had been lost in the night and promised to publish its log within {number + 2} days.\n"
    )


PEOPLE = ["Orla Dunmark", "Pietr Vaskin", "Sella Horvath", "Imre Tolland", "Jana Rusk", "Tomas Eldin"]


@pytest.fixture
def few_pages_record(engine: pipeline.Engine, tmp_path: Path) -> Record:
    """A record of one page that is none of the samples."""
    record = Record.open(tmp_path / "few.db", create=True)
    pipeline.read(sources.pages([str(pages(tmp_path / "few.jsonl", [said(PEOPLE[0], 1)]))]), record, engine)
    return record


def _engine() -> pipeline.Engine:
    raise AssertionError("nothing has to be read")


def test_the_folders_load_into_the_record_that_reading_makes(
    archived: Path, sample_record: Record, tmp_path: Path
) -> None:
    with Record.open(tmp_path / "loaded.db", create=True) as record:
        done = load(archived, record, _engine)
        loaded = tables(record)
    with Record.open(sample_record.path, create=True) as record:
        expected = tables(record)
    assert done.documents == len(expected["documents"]) > 40
    for name in expected:
        assert loaded[name] == expected[name], name


def test_the_manifest_counts_and_hashes_every_part(archived: Path) -> None:
    manifest = hashes(archived)
    parts = [part for folder in manifest["folders"].values() for part in folder]  # type: ignore[attr-defined]
    assert {"documents", "reports", "statements", "events"} <= set(manifest["folders"])  # type: ignore[call-overload]
    for part in parts:
        path = archived / part["file"]
        assert (part["rows"], part["sha256"]) == (pq.read_metadata(path).num_rows, sha256(path))
    assert {str(p.relative_to(archived)) for p in archived.rglob("*.parquet")} == {part["file"] for part in parts}
    assert not (archived / "work").exists()


def test_loading_again_changes_nothing(archived: Path, tmp_path: Path) -> None:
    with Record.open(tmp_path / "record.db", create=True) as record:
        load(archived, record, _engine)
        before = tables(record)
        again = load(archived, record, _engine)
        assert (again.documents, again.known) == (0, len(before["documents"]))
        assert tables(record) == before


def test_what_shares_text_with_pages_of_the_record_is_read_into_their_reports(
    archived: Path, engine: pipeline.Engine, sample_record: Record, tmp_path: Path
) -> None:
    some = sorted(SAMPLES.glob("2031-03-0*"))[:2]
    with Record.open(tmp_path / "record.db", create=True) as record:
        pipeline.read(sources.pages(map(str, some)), record, engine)
        done = load(archived, record, lambda: engine)
        assert done.known == 2
        assert done.read > 0
        found, expected = record.reports(), sample_record.reports()
        assert [_members(row) for row in found] == [_members(row) for row in expected]
        # Which copy of a report was read first is another, so that lines differ a little; none is there twice.
        assert len({row.statement.id for row in record.statement_rows()}) == len(record.statement_rows())


def _members(row: ReportRow) -> tuple[str, list[str]]:
    return row.id, sorted([row.lead.id, *(document.id for document, _ in row.copies)])


def test_a_page_that_was_forgotten_does_not_come_back(archived: Path, engine: pipeline.Engine, tmp_path: Path) -> None:
    page = SAMPLES / "2031-11-04_halvik-courier_grain-ship.txt"
    with Record.open(tmp_path / "record.db", create=True) as record:
        pipeline.read(sources.pages([str(page)]), record, engine)
        record.forget(Forgettable.PAGE, str(page), "asked for by its author")
        done = load(archived, record, lambda: engine)
        assert done.forgotten == 1
        assert not any("grain-ship" in document.path for document in record.documents())


def test_a_part_that_was_changed_is_refused(archived: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(archived, copy)
    (copy / "statements" / "part-00000.parquet").write_bytes(b"PAR1")
    with (
        Record.open(tmp_path / "r.db", create=True) as record,
        pytest.raises(errors.ArchiveError, match="not what was"),
    ):
        load(copy, record, _engine)


def test_a_part_that_is_gone_is_told_where_the_record_holds_pages_already(
    archived: Path, few_pages_record: Record, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(archived, copy)
    (copy / "documents" / "part-00000.parquet").unlink()
    with pytest.raises(errors.ArchiveError, match="is missing"):
        load(copy, few_pages_record, _engine)


@pytest.mark.parametrize("kept", [{"format": 1}, {"format": 1, "folders": []}])
def test_a_manifest_that_was_changed_is_told(tmp_path: Path, kept: dict[str, object]) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps(kept))
    with Record.open(tmp_path / "r.db", create=True) as record, pytest.raises(errors.ArchiveError, match="not as"):
        load(tmp_path, record, _engine)


def test_a_job_that_was_killed_while_it_was_described_begins_anew(tmp_path: Path) -> None:
    (tmp_path / ".job.json.4711.1.tmp").write_text("{")
    with pytest.raises(AssertionError, match="nothing to do"):
        archive([str(SAMPLES)], Setting(str(tmp_path)), _never)


def test_a_system_without_a_file_of_its_memory_is_worked_on_without_a_bound(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(worker, "_STATM", tmp_path / "none")
    worker._bound()
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_job_goes_on_only_with_the_same_input(archived: Path, tmp_path: Path) -> None:
    with pytest.raises(errors.ArchiveError, match="another job"):
        archive([str(tmp_path)], Setting(str(archived)), _never)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear reader")
    with pytest.raises(errors.ArchiveError, match="something else"):
        archive([str(SAMPLES)], Setting(str(tmp_path / "full")), _never)


def _never() -> Engine:
    raise AssertionError("there is nothing to do")


def test_a_finished_job_is_not_done_again(archived: Path) -> None:
    found = archive([str(SAMPLES)], Setting(str(archived), str(SAMPLES / "actors.csv")), _never)
    assert found.was_done
    assert found.documents > 40


def test_a_killed_job_goes_on_and_gives_the_same(tmp_path: Path) -> None:
    place = pages(tmp_path / "pages.jsonl", [said(PEOPLE[n % 6], n) for n in range(14)])
    whole = tmp_path / "whole"
    archive([str(place)], Setting(str(whole), batch=3, part=4), lambda: Engine(2))
    killed = tmp_path / "killed"
    command = [sys.executable, "-c", RUN, str(place), str(killed)]
    for moment in ("made/*.parquet", "read/[0-9]*"):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _wait(process, killed / "work", moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert not (killed / "manifest.json").exists()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert hashes(killed) == hashes(whole)


def _wait(process: subprocess.Popen[bytes], folder: Path, pattern: str) -> None:
    """Until the job has written something like that, however slow the machine is."""
    while process.poll() is None and not any(folder.glob(pattern)):
        time.sleep(0.01)
    assert process.poll() is None, "the job ended before it could be killed"


def test_a_page_that_raises_or_ends_the_process_becomes_a_row_that_says_so(tmp_path: Path) -> None:
    texts = [said(PEOPLE[n % 6], n) for n in range(9)]
    poison = {1: "POISON-RAISE", 4: "POISON-STACK", 5: "POISON-KILL", 7: "POISON-MEMORY"}
    place = pages(tmp_path / "pages.jsonl", [text + poison.get(n, "") for n, text in enumerate(texts)])
    command = [sys.executable, "-c", RUN, str(place), str(tmp_path / "job"), "tests.archive.poison"]
    done = subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 0, done.stderr
    rows = pq.read_table(tmp_path / "job" / "pages").to_pylist()
    reasons = {n: row["reason"] for n, row in enumerate(rows) if row["failed"]}
    assert set(reasons) == set(poison)
    assert "RuntimeError: the page is poison" in reasons[1]
    assert "SIGSEGV" in reasons[4]
    assert "SIGKILL" in reasons[5]
    assert "MemoryError" in reasons[7] or "OverflowError" in reasons[7]
    assert hashes(tmp_path / "job")["failed"] == 4
    assert sum(row["document"] is not None for row in rows) == 5


def test_a_disk_that_fills_stops_cleanly_and_the_job_goes_on(tmp_path: Path) -> None:
    place = pages(tmp_path / "pages.jsonl", [said(PEOPLE[0], 1)])
    setting = Setting(str(tmp_path / "job"))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, limits[1]))
        with pytest.raises(errors.ArchiveError, match=r"full or refuses more: what is done is kept"):
            archive([str(place)], setting, lambda: Engine(2))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not list((tmp_path / "job").rglob(".*.tmp"))
    assert archive([str(place)], setting, lambda: Engine(2)).documents == 1


def test_the_commands_say_what_they_did_and_what_is_wrong(archived: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from onrecord.views.cli.app import app

    run = CliRunner().invoke
    record = str(tmp_path / "r.db")
    loaded = json.loads(run(app, ["load", str(archived), "--record", record, "--json"]).stdout)
    assert loaded[0]["documents"] > 40
    for arguments in (
        ["archive", str(tmp_path / "nothing"), "--into", str(tmp_path / "x")],
        ["archive", str(SAMPLES), "--into", str(tmp_path / "x"), "--address", "ray://nowhere"],
        ["load", str(tmp_path), "--record", record],
    ):
        found = run(app, arguments)
        assert found.exit_code != 0
        assert isinstance(found.exception, errors.OnrecordError | SystemExit), arguments
