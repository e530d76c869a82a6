"""The invented pages read once for all tests of events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from event_pages import ECHO, GAZETTE, REPRINT, engine, record_of

from onrecord import pipeline
from onrecord.record import Record


@pytest.fixture(scope="session")
def event_engine(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Engine:
    return engine(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def event_record(event_engine: pipeline.Engine, tmp_path_factory: pytest.TempPathFactory) -> Record:
    """Three pages: a report, its reprint, and another report of the same meeting; not to be written to."""
    pages = {"gazette.txt": GAZETTE, "reprint.txt": REPRINT, "echo.txt": ECHO}
    return record_of(tmp_path_factory.mktemp("events"), event_engine, pages)


@pytest.fixture
def make_record(event_engine: pipeline.Engine, tmp_path: Path) -> Callable[[Mapping[str, str]], Record]:
    """Makes a record of given pages in a folder of its own."""
    made = 0

    def make(pages: Mapping[str, str]) -> Record:
        nonlocal made
        made += 1
        return record_of(tmp_path / str(made), event_engine, pages)

    return make
