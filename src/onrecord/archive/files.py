"""The files of a large job: where each lies, and how it is written so that only whole ones are ever seen."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.model import errors

#: What the system says when a disk, a quota or a limit on a file's size refuses more.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
#: Rows of a group in a part of documents: what is read to get at one document.
ROW_GROUP = 32


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of one large job: ``work`` holds what is between input and result, and goes when the job has ended."""

    root: Path

    @property
    def job(self) -> Path:
        """What the job is: its input and its versions."""
        return self.root / "job.json"

    @property
    def manifest(self) -> Path:
        """What the result is; written last, so that a folder with a manifest is whole."""
        return self.root / "manifest.json"

    @property
    def work(self) -> Path:
        """The folder of the steps between."""
        return self.root / "work"

    def pages(self, place: int) -> Path:
        """The folder of the raw pages of one place."""
        return self.work / "pages" / f"{place:05d}"

    def spread(self, place: int) -> Path:
        """The mark that a place was read to its end, with what it held."""
        return self.work / "pages" / f"{place:05d}.json"

    def made(self, part: str) -> Path:
        """The documents made of the pages of one part (``00000-000000``)."""
        return self.work / "made" / f"{part}.parquet"

    def pairs(self, chunk: int) -> Path:
        """A chunk of pairs of documents that may be copies."""
        return self.work / "pairs" / f"{chunk:06d}.parquet"

    @property
    def paired(self) -> Path:
        """The mark that all pairs are written, with the number of their chunks."""
        return self.work / "pairs" / "chunks.json"

    def links(self, chunk: int) -> Path:
        """Those of a chunk of pairs that carry one text."""
        return self.work / "links" / f"{chunk:06d}.parquet"

    @property
    def plan(self) -> Path:
        """Which documents are read together."""
        return self.work / "plan.parquet"

    def read(self, batch: int) -> Path:
        """The folder of what was read in one batch."""
        return self.work / "read" / f"{batch:06d}"

    def head(self) -> Path:
        """The folder of what stands for the whole job: versions, agencies, outlets."""
        return self.work / "head"


@contextmanager
def refusals(place: Path) -> Iterator[None]:
    """Turns what the system says about a full disk, or a folder that may not be written to, into one sentence.

    Raises:
        ArchiveFull: the disk, the quota or the limit on a file's size refuses more.
        ArchiveError: the folder cannot be written to.
    """
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise errors.ArchiveFull(
                f"The disk of {place} is full or refuses more: what is done is kept; make room and run the same command again."
            ) from error
        if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM, errno.ENOTDIR):
            raise errors.ArchiveError(f"{place} cannot be written to: {error.strerror}.") from error
        raise


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` that takes its place when the block has ended, and is removed when it fails.

    The bytes are on the disk before the name is, so that neither a kill nor a power cut leaves half a file behind the name.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.tmp")
    with refusals(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield temporary
            _flush(temporary)
            if path.is_dir():
                shutil.rmtree(path)
            temporary.replace(path)
        except BaseException:
            _remove(temporary)
            raise


def _flush(path: Path) -> None:
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        with file.open("rb") as stream:
            os.fsync(stream.fileno())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Writes a small file whole or not at all."""
    with written(path) as temporary:
        temporary.write_text(text, encoding="utf8")


def write_table(path: Path, table: pa.Table, row_group: int | None = None) -> None:
    """Writes a Parquet file whole or not at all; the same table gives the same bytes."""
    with written(path) as temporary:
        pq.write_table(table, temporary, compression="zstd", row_group_size=row_group)


def sweep(folder: Path) -> None:
    """Removes what killed processes left half written."""
    for path in sorted(folder.rglob(".*.tmp")):
        _remove(path)


def sha256(path: Path) -> str:
    """The SHA-256 of a file, 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def rows_at(path: Path, rows: Sequence[int], columns: list[str]) -> pa.Table:
    """The given rows of a Parquet file, in the order given; only the row groups that hold them are read."""
    file = pq.ParquetFile(path)
    groups = sorted({row // ROW_GROUP for row in rows})
    found = file.read_row_groups(groups, columns=columns)
    place = {group: number * ROW_GROUP for number, group in enumerate(groups)}
    return found.take(pa.array([place[row // ROW_GROUP] + row % ROW_GROUP for row in rows], pa.int64()))
