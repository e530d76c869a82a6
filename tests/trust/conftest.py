"""A small record of one's own that a test may write to."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from onrecord import pipeline, sources
from onrecord.record import Record

_SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def own_record(sample_record: Record, tmp_path: Path) -> Record:
    """A copy of the samples' record, alone in its folder."""
    sample_record.optimise()
    folder = tmp_path / "record"
    folder.mkdir()
    shutil.copy(sample_record.path, folder / "r.db")
    return Record.open(folder / "r.db", create=True)


@pytest.fixture(scope="session")
def few_pages() -> list[str]:
    """The first pages of the samples about one meeting: a report, its copies, and another report."""
    found = sorted(str(path) for path in _SAMPLES.glob("2031-03-0*.*"))
    assert len(found) > 3
    return found


@pytest.fixture(scope="session")
def _few(engine: pipeline.Engine, few_pages: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("few") / "r.db"
    with Record.open(path, create=True) as record:
        pipeline.read(sources.pages(few_pages), record, engine)
        record.optimise()
    return path


@pytest.fixture
def few_record(_few: Path, tmp_path: Path) -> Record:
    """A record of `few_pages`, alone in its folder."""
    folder = tmp_path / "few"
    folder.mkdir()
    shutil.copy(_few, folder / "r.db")
    return Record.open(folder / "r.db", create=True)
