"""A record of every earlier schema opens in this version with all it held, in a file and on a server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, create_engine, event, inspect, select, text

import onrecord
from onrecord.model import errors
from onrecord.record import Record, StatementFilter, schema, server, store
from onrecord.record.scratch import upgraded
from tests.postgres.conftest import database, server_address
from tools import under_load

#: The server of this module's tests.
SERVER = server_address
FOLDER = Path(onrecord.__file__).parent / "record" / "migrations"
REVISIONS = [script.revision for script in reversed(list(ScriptDirectory(str(FOLDER)).walk_revisions("base", "heads")))]
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """The rows of a small record of today."""
    with Record.open(tmp_path_factory.mktemp("today") / "record.db", create=True) as record, record.batch() as batch:
        under_load.put(batch, 0)
        found = {
            table.name: [dict(row) for row in batch.connection.execute(select(table)).mappings()]
            for table in schema.metadata.sorted_tables
        }
        words = batch.connection.execute(text("SELECT statement, words FROM statement_words")).mappings()
        return {**found, "statement_words": [dict(row) for row in words]}


def _old(engine: Engine, revision: str, rows: Rows) -> set[str]:
    """Makes a record as the version with that schema would have: the tables and columns it had, filled; the tables' names."""
    store.migrate(engine, revision)
    with engine.begin() as connection:
        there = MetaData()
        there.reflect(
            connection, only=[t for t in inspect(connection).get_table_names() if t in schema.metadata.tables]
        )
        for table in there.sorted_tables:
            kept = [{c.name: row[c.name] for c in table.columns if c.name in row} for row in rows[table.name]]
            if kept:
                connection.execute(table.insert(), kept)
        connection.execute(
            text("INSERT INTO statement_words (statement, words) VALUES (:statement, :words)"), rows["statement_words"]
        )
    engine.dispose()
    return set(there.tables)


def _check(place: str | Path, rows: Rows, tables: set[str]) -> None:
    with Record.open(place) as record:
        assert len(record.lines(StatementFilter(match="page7 forget"))) == 1
        with record.batch() as batch:
            version = batch.connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            assert version == store.SCHEMA_HEAD
            for name in tables:
                table = schema.metadata.tables[name]
                assert len(batch.connection.execute(select(table)).all()) == len(rows[name]), name
            kept = {row["id"]: row["content_text"] for row in rows["statements"]}
            found = batch.connection.execute(select(schema.statements.c.id, schema.statements.c.content_text)).all()
            assert dict(map(tuple, found)) == kept


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_file_of_an_earlier_schema_opens(tmp_path: Path, rows: Rows, revision: str) -> None:
    path = tmp_path / "record.db"
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", store.own_transactions)
    event.listen(engine, "begin", store.begin)
    _check(path, rows, _old(engine, revision, rows))


@pytest.mark.parametrize("revision", [REVISIONS[0], REVISIONS[-2]])
def test_a_server_s_record_of_an_earlier_schema_opens(server_address: str, rows: Rows, revision: str) -> None:
    address = database(server_address, f"old{revision}")
    tables = _old(server.engine(address), revision, rows)
    _check(address, rows, tables)


@pytest.mark.parametrize("revision", REVISIONS)
def test_rows_of_an_earlier_schema_become_today_s(rows: Rows, revision: str) -> None:
    found = upgraded(rows, revision)
    for name in ("documents", "statements", "statement_words"):
        assert sorted(map(repr, found[name])) == sorted(map(repr, rows[name])), name
    assert sorted(map(repr, found["statement_actors"])) == sorted(map(repr, rows["statement_actors"]))


def test_a_record_of_a_later_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with Record.open(path, create=True) as record, record.batch() as batch:
        batch.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(errors.NewerRecord, match="later version"):
        Record.open(path)
