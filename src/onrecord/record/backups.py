"""Backups: whole copies of a record, the list of them that forgetting goes through, and how one is put back.

A backup is a record of its own. What was forgotten since it was made is forgotten again when it is put back: the tombstones of the
record it replaces are applied to it first.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, select

from onrecord.model import errors
from onrecord.record import schema, server, store


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy of a record: where it was written and when (an ISO 8601 instant)."""

    path: Path
    made: str

    @property
    def is_there(self) -> bool:
        """True when there is a file at its place."""
        return self.path.is_file()


def listed(connection: Connection) -> tuple[Backup, ...]:
    """The backups that were made of this record, oldest first."""
    t = schema.backups
    rows = connection.execute(select(t.c.path, t.c.made).order_by(t.c.made, t.c.path))
    return tuple(Backup(Path(row.path), row.made) for row in rows)


def note(connection: Connection, backups: Iterable[Backup]) -> None:
    """Adds backups to the list; a later one at the same place replaces the earlier."""
    t = schema.backups
    for one in backups:
        connection.execute(delete(t).where(t.c.path == str(one.path)))
        connection.execute(t.insert(), [{"path": str(one.path), "made": one.made}])


def write(record: Path, out: Path) -> None:
    """Writes a copy of the record to the new file `out`, compact and without anything deleted.

    Raises:
        RecordError: the record stands on a server, or there is something at `out` or no folder for it.
    """
    check_is_file(record)
    if out.exists():
        raise errors.RecordError(f"There is something at {out} already: name a new file for the backup.")
    if not out.parent.is_dir():
        raise errors.RecordError(f"The folder {out.parent} for the backup does not exist.")
    with store.plain_errors(record), closing(sqlite3.connect(record)) as connection:
        connection.execute("VACUUM INTO ?", (str(out),))


def replace(record: Path, with_: Path, wait: float = 10.0) -> None:
    """Puts the content of the record `with_` in place of that of `record`, in one transaction that readers see whole.

    Raises:
        RecordError: the record stands on a server.
        RecordBusy: another program writes to it, and has not ended after `wait` seconds.
    """
    check_is_file(record)
    source, target = sqlite3.connect(with_), sqlite3.connect(record, timeout=wait)

    def give_up(status: int, _left: int, _pages: int) -> None:
        # Left alone, the driver tries again for ever.
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise sqlite3.OperationalError("database is locked")

    try:
        source.backup(target, progress=give_up)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:
        raise errors.RecordBusy(
            f"Another program is writing to {record}: wait for it to end, then run this again."
        ) from error
    finally:
        source.close()
        target.close()


def check_is_file(record: Path) -> None:
    """Checks that the record is a file.

    Raises:
        RecordError: it stands on a server.
    """
    if server.is_server(record):
        raise errors.RecordError(
            f"{record} stands on a server: copy it with the server's own tools (pg_dump and pg_restore)."
        )


def scratch(record: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder beside the record, removed with what is in it: a copy that is worked on there shares the record's disk."""
    return tempfile.TemporaryDirectory(prefix=f".{record.name}.", dir=record.parent)


def unpacked(backup: Path, folder: Path) -> Path:
    """A copy of a backup in `folder`, as a record to work on.

    Raises:
        RecordNotFound: there is no file at `backup`.
        NotARecord, NewerRecord: it is something else, or of a later version.
    """
    engine = store.connect(backup, create=False)
    engine.dispose()
    out = folder / "record.db"
    shutil.copyfile(backup, out)
    store.connect(out, create=True).dispose()
    return out
