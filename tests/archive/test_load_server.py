"""The folders of a large job load into a record on a server as into a file."""

from __future__ import annotations

from pathlib import Path

from onrecord import pipeline
from onrecord.archive.load import load
from onrecord.record import Record
from tests.archive.conftest import tables
from tests.postgres.conftest import database, server_address

#: The server of this module's tests.
SERVER = server_address


def _engine() -> pipeline.Engine:
    raise AssertionError("nothing has to be read")


def test_the_folders_load_into_a_server(server_address: str, archived: Path, sample_record: Record) -> None:
    with Record.open(database(server_address, "loaded"), create=True) as record:
        load(archived, record, _engine)
        loaded = tables(record)
    with Record.open(sample_record.path, create=True) as record:
        expected = tables(record)
    # The words stand as tokens there.
    for name in expected.keys() - {"statement_words"}:
        assert loaded[name] == expected[name], name
    assert [key for key, _ in loaded["statement_words"]] == [key for key, _ in expected["statement_words"]]
