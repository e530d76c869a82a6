"""Keeping a record: copies of it, putting one back, and forgetting in all of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.model import errors
from onrecord.record import backups, tombstones
from onrecord.record.backups import Backup
from onrecord.record.store import sole_writer

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
    # From the first question on: what is forgotten meanwhile would come back.
    with sole_writer(record.path), backups.scratch(record.path) as folder:
        stones, known = record.ask(tombstones.stones), record.ask(backups.listed)
        copy = backups.unpacked(path, Path(folder))
        with type(record).open(copy, create=True) as opened:
            with opened.batch() as batch:
                backups.note(batch.connection, known)
            opened.forget_again(stones)
        backups.replace(record.path, copy)


def forget_in_backups(record: Record, done: Forgotten) -> Forgotten:
    """Removes what the record has forgotten from its listed copies too; the account says which these are and which are not there.

    Raises:
        RecordError: a copy cannot be gone through; all others have been.
    """
    stones = record.ask(tombstones.stones)
    cleaned: list[Path] = []
    missing: list[Path] = []
    refused: list[str] = []
    for one in record.ask(backups.listed):
        try:
            if not one.is_there:
                missing.append(one.path)
                continue
            with type(record).open(one.path, create=True) as copy:
                copy.forget_again(stones)
            cleaned.append(one.path)
        except errors.NotARecord:
            # Something else lies at the place of the copy now.
            missing.append(one.path)
        except errors.RecordError as error:
            refused.append(str(error))
    if refused:
        raise errors.RecordError(
            f"It is forgotten in {record.path}, but not in every backup; the next `onrecord forget` goes through them again. "
            + " ".join(refused)
        )
    return replace(done, backups=tuple(cleaned), missing=tuple(missing))
