"""A record with readers and a writer that is killed: no commit is lost, no batch is there in part."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from onrecord.record import Record
from tests.postgres.conftest import database, server_address
from tools import under_load

#: The server of this module's tests.
SERVER = server_address


def test_a_killed_writer_loses_no_commit_and_leaves_no_half(tmp_path: Path) -> None:
    found = under_load.run(str(tmp_path / "record.db"), tmp_path / "paper", seconds=6, kills=3, readers=2)
    assert found.wrong == ()
    assert found.kept >= found.noted >= 3
    assert found.questions > 0
    assert found.kills == 4


def test_the_same_on_a_server(server_address: str, tmp_path: Path) -> None:
    found = under_load.run(database(server_address, "load"), tmp_path / "paper", seconds=3, kills=2, readers=2)
    assert found.wrong == ()
    assert found.kept >= found.noted >= 2


@pytest.mark.parametrize("table", ["statement_words", "statement_actors"])
def test_what_is_lost_is_seen(tmp_path: Path, table: str) -> None:
    with Record.open(tmp_path / "record.db", create=True) as record:
        with record.batch() as batch:
            under_load.put(batch, 0)
        with record.batch() as batch:
            assert under_load.wrong(batch.connection) == []
            batch.connection.execute(text(f"DELETE FROM {table} WHERE statement = (SELECT min(id) FROM statements)"))
            assert len(under_load.wrong(batch.connection)) == 1
