"""A record on a PostgreSQL server: its address, its engine, its one writer, its order of texts.

An address is written ``postgresql://user:password@host:port/database``. Wherever a path is passed on, it stands without its
password; the whole address is kept in this process alone, from the moment it is first opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.pool import NullPool

from onrecord.model import errors

_ADDRESS = re.compile(r"postgres(?:ql)?(?:\+psycopg)?:/+(?P<rest>.*)", re.DOTALL)
#: The first key of the advisory locks; the second is the hash of the schema, so that two records may share a database.
_LOCK = 0x0EC08D
_SECONDS = 10
#: Classes of SQLSTATE (PostgreSQL 15, appendix A).
_DISK_FULL, _NOT_ALLOWED = "53100", frozenset({"25006", "42501"})
_GONE = frozenset({"08", "57"})

_addresses: dict[str, URL] = {}


def is_server(place: str | Path) -> bool:
    """True when a record's place is the address of a PostgreSQL server and no file."""
    return _ADDRESS.match(str(place)) is not None


def remembered(place: str | Path) -> Path:
    """The place to name and pass on: the address without its password, which is kept for `engine` and `sole_writer`.

    Raises:
        RecordError: for an address that cannot be read.
    """
    url = _url(place)
    shown = Path(url.set(password=None, drivername="postgresql").render_as_string())
    known = _addresses.get(str(shown))
    if known is None or url.password is not None:
        _addresses[str(shown)] = url
    return shown


def _url(place: str | Path) -> URL:
    """The address; one that went through a `Path` has lost a slash, and gets it back."""
    known = _addresses.get(str(place))
    if known is not None:
        return known
    match = _ADDRESS.match(str(place))
    rest = match["rest"] if match else ""
    if "/" not in rest.partition("?")[0]:
        rest = f"/{rest}"
    try:
        return make_url(f"postgresql+psycopg://{rest}")
    except (ArgumentError, ValueError) as error:
        raise errors.RecordError(
            "The address of the record cannot be read: write postgresql://user:password@host:port/database."
        ) from error


def engine(place: str | Path, **options: Any) -> Engine:
    """An engine over the server. Every question and every batch sees one state of the record (repeatable read)."""
    try:
        return create_engine(
            _url(place),
            isolation_level="REPEATABLE READ",
            connect_args={"connect_timeout": _SECONDS, "application_name": "onrecord"},
            **options,
        )
    except ModuleNotFoundError as error:
        raise errors.RecordError(
            "A record on PostgreSQL needs the package psycopg: install onrecord with its extra `postgres`."
        ) from error


@contextmanager
def sole_writer(place: Path) -> Iterator[None]:
    """Holds the record's writing lock; the server frees it when the connection ends in any way.

    Raises:
        RecordBusy: another process holds it.
    """
    lock = engine(place, poolclass=NullPool).execution_options(isolation_level="AUTOCOMMIT")
    with lock.connect() as connection:
        taken = connection.execute(
            text("SELECT pg_try_advisory_lock(:key, hashtext(current_schema()))"), {"key": _LOCK}
        ).scalar()
        if not taken:
            raise errors.RecordBusy(f"Another onrecord is writing to {place}: wait for it to end, then run this again.")
        yield


def lock_schema(connection: Connection) -> None:
    """Waits until no other process changes the schema, and keeps it so until the transaction ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key, hashtext(current_schema()))"), {"key": _LOCK + 1})


def order_by_code_point(connection: Connection) -> None:
    """Gives every column of text the collation "C": the order of code points, which SQLite and Python keep too."""
    found = connection.execute(
        text(
            "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS kind FROM pg_attribute a "
            "JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation l ON l.oid = a.attcollation "
            "WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 "
            "AND NOT a.attisdropped AND l.collname <> 'C' ORDER BY c.relname, a.attnum"
        )
    ).all()
    quote = connection.dialect.identifier_preparer.quote
    for table, column, kind in found:
        connection.execute(text(f'ALTER TABLE {quote(table)} ALTER COLUMN {quote(column)} TYPE {kind} COLLATE "C"'))


def wipe(engine: Engine) -> None:
    """Writes the tables anew without what was deleted; the server's own log of changes is for its keeper to cut."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        quote = connection.dialect.identifier_preparer.quote
        for table in sorted(inspect(connection).get_table_names()):
            connection.execute(text(f"VACUUM (FULL) {quote(table)}"))


def translated(error: DatabaseError, place: str | Path) -> Exception:
    """The error to show for what the server said: one of ours where the user can act on it."""
    cause: Any = error.orig
    state = getattr(cause, "sqlstate", None)
    if state == _DISK_FULL:
        return errors.RecordFull(
            f"The disk of {place} is full: what was read before is kept; make room and run the same command again."
        )
    if state in _NOT_ALLOWED:
        return errors.RecordError(f"{place} cannot be written to: the server does not allow it.")
    if state is None or state[:2] in _GONE or state.startswith(("28", "3D")):
        said = " ".join(str(cause).split()).partition(" Multiple connection attempts")[0]
        return errors.RecordError(f"The server of {place} does not answer or refuses: {said.rstrip('.')}.")
    return error
