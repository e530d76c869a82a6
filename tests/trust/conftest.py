"""A small record of one's own that a test may write to."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from onrecord.record import Record


@pytest.fixture
def own_record(sample_record: Record, tmp_path: Path) -> Record:
    """A copy of the samples' record, alone in its folder."""
    sample_record.optimise()
    folder = tmp_path / "record"
    folder.mkdir()
    shutil.copy(sample_record.path, folder / "r.db")
    return Record.open(folder / "r.db", create=True)
