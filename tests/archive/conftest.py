"""One large job over the samples, and what its tests share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from onrecord.archive import work
from onrecord.archive.engine import Engine
from onrecord.archive.job import archive
from onrecord.archive.work import Setting
from onrecord.record import Record, schema

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
Tables = dict[str, list[tuple[object, ...]]]


def tables(record: Record) -> Tables:
    """Every row of a record, by table, in one order; of the arrivals, which a clock gives, only whose they are."""
    found: Tables = {}
    with record.batch() as batch:
        for table in schema.metadata.sorted_tables:
            asked = select(table.c.document) if table is schema.arrivals else select(table)
            found[table.name] = sorted((tuple(row) for row in batch.connection.execute(asked)), key=repr)
        words = batch.connection.execute(text("SELECT statement, words FROM statement_words"))
        found["statement_words"] = sorted(tuple(row) for row in words)
    return found


def hashes(folder: Path) -> dict[str, object]:
    """The manifest of a job: rows and hashes of all parts."""
    found: dict[str, object] = json.loads((folder / "manifest.json").read_text())
    return found


def pages(path: Path, texts: list[str]) -> Path:
    """A JSON Lines file of pages."""
    rows = [{"text": text, "url": f"https://paper.example/{n}"} for n, text in enumerate(texts)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture(scope="session")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The samples as the folders of a large job; not to be written to."""
    folder = tmp_path_factory.mktemp("archive") / "samples"
    archive([str(SAMPLES)], Setting(str(folder), str(SAMPLES / "actors.csv")), lambda: Engine(2))
    yield folder
    work.close()
