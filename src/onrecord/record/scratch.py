"""An empty record in memory, for work whose rows are wanted and not its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, table
from sqlalchemy import column as column_
from sqlalchemy.pool import StaticPool

from onrecord.record import fulltext, schema, store

Row = dict[str, Any]


@contextmanager
def scratch() -> Iterator[Connection]:
    """A connection to an empty record in memory; all that is written is gone when the block ends. One at a time in a process."""
    with _engine().connect() as connection:
        try:
            yield connection
        finally:
            connection.rollback()


def upgraded(rows: Mapping[str, Sequence[Row]], revision: str) -> dict[str, list[Row]]:
    """Rows of the tables as they were in the schema `revision`, as the migrations make them today's; by table.

    Names that were no table then are left out. The words of the full-text index stand under ``statement_words``.
    """
    engine = _empty(revision)
    with engine.begin() as connection:
        for name in inspect(connection).get_table_names():
            if rows.get(name) and name != "statement_words":
                columns = {column["name"] for column in inspect(connection).get_columns(name)}
                names = sorted(columns & rows[name][0].keys())
                connection.execute(
                    table(name, *map(column_, names)).insert(), [{n: r[n] for n in names} for r in rows[name]]
                )
        fulltext.put(connection, ((row["statement"], row["words"]) for row in rows.get("statement_words", ())))
    store.migrate(engine)
    with engine.connect() as connection:
        found = {
            t.name: [dict(row) for row in connection.execute(select(t)).mappings()]
            for t in schema.metadata.sorted_tables
        }
        words = connection.execute(select(fulltext.words_table)).mappings()
        found["statement_words"] = [dict(row) for row in words]
    engine.dispose()
    return found


@cache
def _engine() -> Engine:
    return _empty("head")


def _empty(revision: str) -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    event.listen(engine, "connect", store.own_transactions)
    event.listen(engine, "begin", store.begin)
    store.migrate(engine, revision)
    return engine
