"""Pages to record: once is enough, order does not matter, and nothing good is lost to something bad."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from onrecord import pipeline, sources
from onrecord.model import Document, EventMention, Reading, Span, Statement, errors
from onrecord.pipeline import OutcomeKind
from onrecord.reading import Reader
from onrecord.record import Record, sole_writer

SAMPLES = Path(__file__).parents[2] / "samples"
FAMILY = sorted(SAMPLES.glob("2031-03-0[45]_*compact-talks.*"))


@dataclass
class CountingReader:
    """The real reader, which also notes what it was given."""

    inner: Reader
    whole: int = 0
    characters: int = 0

    @property
    def version(self) -> str:
        return self.inner.version

    def read(self, document: Document, parts: Sequence[Span] | None = None) -> Reading:
        self.whole += parts is None
        self.characters += sum(len(s) for s in (document.body() if parts is None else parts))
        return self.inner.read(document, parts)

    def apart(self, document: Document, reading: Reading) -> tuple[Statement, ...]:
        return self.inner.apart(document, reading)

    def captions(self, document: Document) -> tuple[EventMention, ...]:
        return self.inner.captions(document)


def counting(engine: pipeline.Engine) -> tuple[pipeline.Engine, CountingReader]:
    reader = CountingReader(engine.reader)
    return replace(engine, reader=reader), reader


def rows(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return sorted(line for line in connection.iterdump() if "statement_words_" not in line)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record.open(tmp_path / "record.db", create=True)


def read(record: Record, engine: pipeline.Engine, *places: Path) -> pipeline.Summary:
    return pipeline.read(sources.pages([str(p) for p in places]), record, engine)


def test_reading_twice_changes_nothing(record: Record, engine: pipeline.Engine) -> None:
    read(record, engine, *FAMILY[:2])
    before = rows(record.path)
    counted, reader = counting(engine)
    summary = read(record, counted, *FAMILY[:2])
    assert summary.count(OutcomeKind.KNOWN) == 2
    assert rows(record.path) == before
    assert reader.characters == 0


def test_a_text_is_read_once_for_all_its_copies(record: Record, engine: pipeline.Engine) -> None:
    counted, reader = counting(engine)
    summary = read(record, counted, *FAMILY)
    assert len(FAMILY) == 5
    assert summary.count(OutcomeKind.COPY) == 4
    assert reader.whole == 1
    bodies = sum(len(s) for row in record.documents() for s in row.body)
    # The lead once, and what the reprints add: a localised opening, an inserted background.
    assert reader.characters < bodies * 0.65
    assert {row.reports for row in record.lines()} == {1}
    assert max(row.outlets for row in record.lines()) == 5


def test_a_new_copy_extends_a_line_without_reading_it_again(record: Record, engine: pipeline.Engine) -> None:
    read(record, engine, FAMILY[0])
    counted, reader = counting(engine)
    read(record, counted, FAMILY[1])
    assert reader.whole == 0
    assert max(row.outlets for row in record.lines()) == 2


def test_the_same_bytes_under_another_name_are_one_document(
    record: Record, engine: pipeline.Engine, tmp_path: Path
) -> None:
    twin = tmp_path / "twin.txt"
    shutil.copy(FAMILY[0], twin)
    summary = read(record, engine, FAMILY[0], twin)
    assert summary.count(OutcomeKind.KNOWN) == 1
    assert len(record.documents()) == 1
    assert record.documents()[0].paths == tuple(sorted((str(FAMILY[0]), str(twin))))


def test_a_second_writer_is_told_to_wait(record: Record, engine: pipeline.Engine) -> None:
    with sole_writer(record.path), pytest.raises(errors.RecordBusy):
        read(record, engine, FAMILY[0])
    assert record.documents() == []


def _export(tmp_path: Path, name: str, places: Sequence[Path], **environment: str) -> bytes:
    record = tmp_path / f"{name}.db"
    program = str(Path(sys.executable).parent / "onrecord")
    env = {**os.environ, "ONRECORD_RECORD": str(record), **environment}
    overlay = ["--actors", str(SAMPLES / "actors.csv")]
    subprocess.run([program, "read", *map(str, places), *overlay], env=env, check=True, capture_output=True)
    found = b""
    for kind in ("documents", "statements"):
        found += subprocess.run([program, "export", kind], env=env, check=True, capture_output=True).stdout
    return found


def test_hash_seed_locale_clock_and_order_do_not_change_a_byte(tmp_path: Path) -> None:
    places = [*FAMILY, SAMPLES / "2031-07-01_halvik-courier_deadline-missed.html"]
    first = _export(tmp_path, "first", places, PYTHONHASHSEED="1", LC_ALL="C.UTF-8", TZ="UTC")
    second = _export(
        tmp_path, "second", places[::-1], PYTHONHASHSEED="4242", LC_ALL="C", LANG="de_DE.UTF-8", TZ="Asia/Tokyo"
    )
    assert first.count(b"\n") > 50
    assert first == second
