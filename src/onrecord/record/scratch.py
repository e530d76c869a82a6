"""An empty record in memory, for work whose rows are wanted and not its file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from onrecord.record import store


@contextmanager
def scratch() -> Iterator[Connection]:
    """A connection to an empty record in memory; all that is written is gone when the block ends. One at a time in a process."""
    with _engine().connect() as connection:
        try:
            yield connection
        finally:
            connection.rollback()


@cache
def _engine() -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    event.listen(engine, "connect", store.own_transactions)
    event.listen(engine, "begin", store.begin)
    store.migrate(engine)
    return engine
