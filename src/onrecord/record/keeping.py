"""Keeping a record: copies of it, putting one back, taking over one that was made again, and forgetting in all of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.record import backups, tombstones
from onrecord.record.backups import Backup

if TYPE_CHECKING:
    from onrecord.record.forgetting import Forgotten
    from onrecord.record.record import Record


def backup(record: Record, out: Path, when: str) -> Backup:
    """Writes a copy of the record to the new file `out` and notes it in the record's list; `when` is an ISO 8601 instant.

    Raises:
        RecordError: there is something at `out`, or the record stands on a server.
    """
    made = Backup(out.resolve(), when)
    backups.write(record.path, made.path)
    with record.batch() as batch:
        backups.note(batch.connection, [made])
    return made


def restore(record: Record, path: Path) -> None:
    """Puts the copy at `path` in the place of the record; what was forgotten since stays forgotten.

    Raises:
        RecordNotFound, NotARecord, NewerRecord: `path` is no copy of a record that this version knows.
        RecordBusy: another process writes to the record.
    """
    stones, known = record.ask(tombstones.stones), record.ask(backups.listed)
    with backups.scratch(record.path) as folder:
        copy = backups.unpacked(path, Path(folder))
        with type(record).open(copy, create=True) as opened:
            with opened.batch() as batch:
                backups.note(batch.connection, known)
            opened.forget_again(stones)
        take_over(record, copy)


def take_over(record: Record, other: Path) -> None:
    """Puts the content of the record at `other` in the place of that of `record`, whole or not at all.

    Raises:
        RecordBusy: another process writes to the record.
        RecordError: the record stands on a server.
    """
    from onrecord.record.store import sole_writer

    with sole_writer(record.path):
        backups.replace(record.path, other)


def forget_in_backups(record: Record, done: Forgotten) -> Forgotten:
    """Removes what the record has forgotten from its listed copies too; the account says which these are and which are not there."""
    stones = record.ask(tombstones.stones)
    cleaned: list[Path] = []
    missing: list[Path] = []
    for one in record.ask(backups.listed):
        if not one.is_there:
            missing.append(one.path)
            continue
        with type(record).open(one.path, create=True) as copy:
            copy.forget_again(stones)
        cleaned.append(one.path)
    return replace(done, backups=tuple(cleaned), missing=tuple(missing))
