"""Opening a record: the engine, its pragmas, its schema version, its one writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, select, text
from sqlalchemy.exc import DatabaseError, OperationalError

from onrecord.model import errors
from onrecord.record import schema, server

#: The newest schema this version knows; the test of the migrations holds it equal to the last one in the folder.
SCHEMA_HEAD = "0011"
_SQLITE_MAGIC = b"SQLite format 3\x00"
#: SQLITE_FULL and SQLITE_IOERR, primary result codes (https://www.sqlite.org/rescode.html): a disk, quota or limit that
#: refuses a write comes as either, the second with the step that failed in its upper bits.
_FULL_CODES = frozenset({13, 10})
#: The execution option of connections that only ask.
READS = "onrecord_reads"
_BUSY_TIMEOUT_MS = 10_000


def connect(path: Path, *, create: bool) -> Engine:
    """An engine over the record at `path` (a file, or the address of a PostgreSQL server), migrated to today's schema.

    Raises:
        RecordNotFound: there is nothing at `path` and `create` is false.
        NotARecord: the file there is something else.
        NewerRecord: a later version of onrecord wrote it.
        RecordError: the server does not answer or refuses.
    """
    engine = server.engine(path) if server.is_server(path) else _file_engine(path, create=create)
    try:
        with plain_errors(path), engine.connect() as connection:
            version = _schema_version(connection, path, create=create)
        if version != SCHEMA_HEAD:
            _refuse_newer(path, version)
            with plain_errors(path):
                migrate(engine)
    except errors.RecordError:
        engine.dispose()
        raise
    return engine


def _file_engine(path: Path, *, create: bool) -> Engine:
    _check_file(path, create=create)
    # Put together from its parts: in an address of one piece, what follows a question mark is no part of the path.
    address = URL.create("sqlite", database=str(path))
    engine = create_engine(address, connect_args={"timeout": _BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _pragmas)
    event.listen(engine, "begin", _begin_immediate if create else begin)
    return engine


def _check_file(path: Path, *, create: bool) -> None:
    if not path.exists():
        if not create:
            raise errors.RecordNotFound(f"There is no record at {path}: make one with `onrecord read PAGES...`.")
        if not path.parent.is_dir():
            raise errors.RecordNotFound(f"The folder {path.parent} for the record does not exist.")
        return
    if path.is_dir():
        raise errors.NotARecord(f"{path} is a folder, not a record.")
    try:
        with path.open("rb") as file:
            head = file.read(len(_SQLITE_MAGIC))
    except OSError as error:
        raise errors.RecordError(f"{path} cannot be opened: {error.strerror}.") from error
    if head and head != _SQLITE_MAGIC:
        raise errors.NotARecord(f"{path} is not a record of onrecord.")


def own_transactions(connection: sqlite3.Connection, _: object) -> None:
    """Switches the driver's own transaction handling off, so that BEGIN is ours (SQLAlchemy's documented recipe)."""
    connection.isolation_level = None


def _pragmas(connection: sqlite3.Connection, record: object) -> None:
    own_transactions(connection, record)
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def begin(connection: Connection) -> None:
    """Begins a transaction that reads until it writes."""
    connection.exec_driver_sql("BEGIN")


def _begin_immediate(connection: Connection) -> None:
    # Who only asks takes no writing lock: long lists would keep everybody else waiting, themselves included.
    reads = connection.get_execution_options().get(READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _schema_version(connection: Connection, path: Path, *, create: bool) -> str | None:
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables:
        version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return version
    if server.is_server(path) and not create:
        raise errors.RecordNotFound(f"There is no record at {path}: make one with `onrecord read PAGES...`.")
    if tables or not create:
        raise errors.NotARecord(f"{path} is a database, but not a record of onrecord.")
    return None


def _refuse_newer(path: Path, version: str | None) -> None:
    if version is not None and version > SCHEMA_HEAD:
        raise errors.NewerRecord(
            f"{path} was written by a later version of onrecord (schema {version}, this one knows {SCHEMA_HEAD}): "
            "install that version to open it."
        )


def migrate(engine: Engine, revision: str = "head") -> None:
    """Brings the schema to `revision` in one transaction; what the record holds stays."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "onrecord:record/migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        if engine.dialect.name == "postgresql":
            server.lock_schema(connection)
        command.upgrade(config, revision)
        if engine.dialect.name == "postgresql":
            server.order_by_code_point(connection)


def discard_empty(path: Path) -> bool:
    """Removes a record that holds no page, no correction and no tombstone, with the files beside it; True when it did.

    A record on a server stays, and one that another process writes to.
    """
    if server.is_server(path) or not path.is_file():
        return False
    try:
        with sole_writer(path):
            engine = connect(path, create=False)
            with engine.connect() as connection:
                held = [connection.execute(select(t).limit(1)).first() for t in _KEPT]
            engine.dispose()
            if any(row is not None for row in held):
                return False
            for name in (path, *(Path(f"{path}{ending}") for ending in ("-wal", "-shm", "-lock"))):
                name.unlink(missing_ok=True)
    except errors.RecordBusy:
        return False
    return True


#: A record that has a row in one of these is not empty.
_KEPT = (schema.documents, schema.corrections, schema.tombstones)


@contextmanager
def sole_writer(path: Path) -> Iterator[None]:
    """Holds the record's writing lock; the system frees it when the process ends in any way.

    Raises:
        RecordBusy: another process holds it.
    """
    if server.is_server(path):
        with plain_errors(path), server.sole_writer(path):
            yield
        return
    lock = FileLock(f"{path}-lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise errors.RecordBusy(
            f"Another onrecord is writing to {path}: wait for it to end, then run this again."
        ) from error
    except OSError as error:
        raise errors.RecordError(f"{path} cannot be written to: {error.strerror}.") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turns the driver's errors that a user can act on into ours."""
    try:
        yield
    except DatabaseError as error:
        raise translated(error, path) from error


def translated(error: DatabaseError, path: Path) -> Exception:
    """The error to show for a driver's `error` about the record at `path`: one of ours where the user can act on it."""
    cause: Any = error.orig
    if server.is_server(path):
        return server.translated(error, path)
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None and code & 0xFF in _FULL_CODES:
        return errors.RecordFull(
            f"The disk of {path} is full or refuses more: what was read before is kept; make room and run the same command again."
        )
    if isinstance(error, OperationalError) and code is not None and code & 0xFF in (5, 6):
        return errors.RecordBusy(f"Another program is writing to {path}: wait for it to end, then run this again.")
    if code is not None and code & 0xFF in (11, 26):
        return errors.NotARecord(f"{path} is damaged or not a record of onrecord.")
    if code is not None and code & 0xFF in (8, 14):
        return errors.RecordError(f"{path} cannot be written to: it is read-only.")
    return error
