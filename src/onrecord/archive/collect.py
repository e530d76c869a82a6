"""The last step of a large job: batches become the parts of the folders, and a manifest says what they are."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from cattrs.errors import BaseValidationError

from onrecord.archive.files import Folder, refusals, sha256, write_table, write_text
from onrecord.archive.shapes import FOLDERS, FORMAT, LOG
from onrecord.model import errors
from onrecord.record import codec
from onrecord.record.store import SCHEMA_HEAD

#: Batches whose rows make one part of every folder, and parts of made pages whose rows make one part of the log.
GROUP = 32
#: The table of documents that failed, in the folder of a batch.
_FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a folder: its name below the job's folder, its rows, and the SHA-256 of its bytes."""

    file: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a finished job gave. ``folders`` holds the parts of each folder in the order they are loaded in."""

    format: int
    onrecord: str
    schema: str
    makers: dict[str, str]
    pages: int
    failed: int
    folders: dict[str, tuple[Part, ...]]


def collect(folder: Folder, made: Sequence[str]) -> None:
    """Writes the folders and, last of all, the manifest; `made` names the parts of made pages in order."""
    folders: dict[str, list[Part]] = {}
    batches = sorted(path for path in (folder.work / "read").glob("[0-9]*") if path.is_dir())
    failed: dict[str, str] = {}
    heads = {path.stem: pq.read_table(path) for path in sorted(folder.head().glob("*.parquet"))}
    for name, table in heads.items():
        if name != "makers":
            folders.setdefault(name, []).append(_write(folder, name, 0, table))
    for number, group in enumerate(_groups(batches)):
        tables: dict[str, list[pa.Table]] = {}
        for batch in group:
            for path in sorted(Path(batch).glob("*.parquet")):
                tables.setdefault(path.stem, []).append(pq.read_table(path))
        for table in tables.pop(_FAILED, []):
            failed.update(zip(table["document"].to_pylist(), table["reason"].to_pylist(), strict=True))
        for table_name in sorted(tables):
            name = FOLDERS.get(table_name, table_name)
            folders.setdefault(name, []).append(_write(folder, name, number, pa.concat_tables(tables[table_name])))
    pages, lost, log = _log(folder, made, failed)
    folders["pages"] = log
    makers = heads["makers"].to_pylist()
    found = Manifest(
        FORMAT,
        version("onrecord"),
        SCHEMA_HEAD,
        {row["name"]: row["value"] for row in makers},
        pages,
        lost,
        {name: tuple(parts) for name, parts in sorted(folders.items())},
    )
    write_text(folder.manifest, json.dumps(codec.plain(found), ensure_ascii=False, indent=1) + "\n")


def _groups(items: Sequence[Path]) -> Iterator[Sequence[Path]]:
    for at in range(0, len(items), GROUP):
        yield items[at : at + GROUP]


def _write(folder: Folder, name: str, number: int, table: pa.Table) -> Part:
    file = f"{name}/part-{number:05d}.parquet"
    path = folder.root / file
    write_table(path, table)
    return Part(file, table.num_rows, sha256(path))


def _log(folder: Folder, made: Sequence[str], failed: Mapping[str, str]) -> tuple[int, int, list[Part]]:
    """Writes the log of the pages; how many there are, how many of them failed, and the parts."""
    pages = lost = 0
    parts: list[Part] = []
    for number, group in enumerate(_groups([folder.made(part) for part in made])):
        rows = [row for path in group for row in pq.read_table(path, columns=LOG.names).to_pylist()]
        for row in rows:
            reason = failed.get(row["document"])
            if reason is not None:
                row.update({"document": None, "reason": reason, "failed": True})
            pages += row["count"]
            lost += row["failed"]
        parts.append(_write(folder, "pages", number, pa.Table.from_pylist(rows, LOG)))
    return pages, lost, parts


def manifest(folder: Folder) -> Manifest:
    """The manifest of a finished job.

    Raises:
        ArchiveError: there is none, it is of another format, or it was changed.
    """
    try:
        found = json.loads(folder.manifest.read_text(encoding="utf8"))
    except FileNotFoundError as error:
        raise errors.ArchiveError(
            f"{folder.root} holds no finished job: run `onrecord archive ... --into {folder.root}` to its end first."
        ) from error
    except (OSError, ValueError) as error:
        raise errors.ArchiveError(f"{folder.manifest} cannot be read: {error}.") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise errors.ArchiveError(f"{folder.root} was written in another format than this version of onrecord reads.")
    try:
        return codec.load(json.dumps(found), Manifest)
    except BaseValidationError as error:
        raise errors.ArchiveError(f"{folder.manifest} is not as the job wrote it: run the job again.") from error


def clean(folder: Folder) -> None:
    """Removes what was between input and result."""
    with refusals(folder.root):
        shutil.rmtree(folder.work, ignore_errors=True)
