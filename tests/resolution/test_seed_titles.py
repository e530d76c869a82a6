"""A title on one of the real pages that ONRECORD_SEEDS names is not its bearer's: he is found, and the record notes it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from onrecord import pipeline, sources
from onrecord.record import Record
from onrecord.views.fields.actors import notes

_FOLDER = os.environ.get("ONRECORD_SEEDS", "")
pytestmark = pytest.mark.skipif(not _FOLDER or not Path(_FOLDER).is_dir(), reason="ONRECORD_SEEDS names no folder")


def test_the_wrong_title_of_the_fourth_page_is_noted(engine: pipeline.Engine, tmp_path: Path) -> None:
    page = sorted(Path(_FOLDER).glob("*.txt"))[3]
    with Record.open(tmp_path / "record.db", create=True) as record:
        pipeline.read(sources.pages([str(page)]), record, engine)
        noted = {
            speaker.name: note for note, row in notes(record.statement_rows()) for speaker in row.statement.speakers
        }
    assert "Jens Stoltenberg" in noted
    assert "President of NATO" in noted["Jens Stoltenberg"]
    assert "the tables know Secretary General" in noted["Jens Stoltenberg"]
