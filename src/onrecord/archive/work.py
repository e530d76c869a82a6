"""One task of a large job, done whole: run under the guard, its result written and renamed. What an engine calls."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.archive import guard
from onrecord.archive.files import ROW_GROUP, Folder, rows_at, write_table, write_text, written
from onrecord.archive.loaded_names import LOADED
from onrecord.archive.requests import Request
from onrecord.archive.shapes import BATCH, FAILED, LINKS, MADE, PAGES, PART, Done, Place, Ref, Task
from onrecord.model import errors
from onrecord.record import codec
from onrecord.sources import Columns

#: A place is read without being told how much it holds: so many pages' time is given to it.
_PLACE_PAGES = 1_000


@dataclass(frozen=True, slots=True)
class Setting:
    """What all tasks of a job share: its folder, the user's actors and columns, and what working processes load beforehand."""

    root: str
    actors: str = ""
    columns: Columns = field(default_factory=Columns)
    preload: tuple[str, ...] = (LOADED,)
    #: Documents that are read in one task, and pages of one part: the sizes of what is done again after a kill.
    batch: int = BATCH
    part: int = PART
    #: Working processes of one machine.
    workers: int = 2

    def request(self, task: Task) -> Request:
        """What a working process is asked for a task."""
        return Request(
            task.step, self.root, self.actors, task.place, columns=self.columns, sets=task.refs, part=self.part
        )


_guards: dict[tuple[str, tuple[str, ...], int], guard.Guard] = {}
_lock = threading.Lock()


def _guard(setting: Setting) -> guard.Guard:
    with _lock:
        key = (setting.actors, setting.preload, setting.workers)
        if key not in _guards:
            _guards[key] = guard.Guard(*key)
        return _guards[key]


def close() -> None:
    """Ends the working processes that this process started."""
    with _lock:
        while _guards:
            _guards.popitem()[1].close()


def answered(setting: str, task: str) -> str:
    """Does one task, both given as JSON, and tells as JSON how it went."""
    return codec.dump(do(codec.load(setting, Setting), codec.load(task, Task)))


def do(setting: Setting, task: Task) -> Done:
    """Does one task and says how it went; a refusal of the system is told and not raised."""
    steps = {"spread": _spread, "make": _make, "link": _link, "head": _head, "read": _read}
    try:
        return steps[task.step](_guard(setting), Folder(Path(setting.root)), task, setting.request(task))
    except errors.ArchiveError as error:
        return Done(task.step, task.name, refused=str(error))


def _spread(keeper: guard.Guard, folder: Folder, task: Task, request: Request) -> Done:
    number = int(task.name)
    found = keeper.attempt(replace(request, number=number), _PLACE_PAGES)
    if found.refused is not None:
        return Done(task.step, task.name, refused=found.refused)
    if found.fault is None:
        return Done(task.step, task.name, found.result.pages)
    # What was written before the fault is kept; the place itself becomes a row that says what happened.
    written_ = sorted(folder.pages(number).glob("[0-9]*.parquet"))
    parts, pages = len(written_), sum(pq.read_metadata(path).num_rows for path in written_)
    row = {"path": task.place, "reason": found.fault, "count": 1}
    write_table(folder.pages(number) / f"{parts:06d}.parquet", pa.Table.from_pylist([row], PAGES))
    write_text(folder.spread(number), codec.dump(Place(parts + 1, pages)))
    return Done(task.step, task.name, 0, 1)


def _make(keeper: guard.Guard, folder: Folder, task: Task, request: Request) -> Done:
    place, _, file = task.place.partition("-")
    part = folder.pages(int(place)) / f"{file}.parquet"
    number = pq.read_metadata(part).num_rows
    tables, failed, refused = guard.rows(keeper, replace(request, rows=tuple(range(number))))
    if refused is not None:
        return Done(task.step, task.name, refused=refused)
    pages = pq.read_table(part, columns=["path", "url"]).to_pylist() if failed else []
    rows = dict(failed)
    whole = pa.concat_tables(tables, promote_options="none") if tables else MADE.empty_table()
    if rows:
        good = iter(whole.to_pylist())
        merged = [
            {**pages[at], "bands": [], "failed": True, "count": 1, "reason": rows[at]} if at in rows else next(good)
            for at in range(number)
        ]
        whole = pa.Table.from_pylist(merged, MADE)
    write_table(folder.made(task.place), whole, ROW_GROUP)
    return Done(task.step, task.name, number, len(failed))


def _link(keeper: guard.Guard, folder: Folder, task: Task, request: Request) -> Done:
    number = int(task.name)
    pairs = pq.read_metadata(folder.pairs(number)).num_rows
    # A pair that cannot be compared is no link: if one of its documents is at fault, reading it says so.
    tables, _, refused = guard.rows(keeper, replace(request, number=number, rows=tuple(range(pairs))))
    if refused is not None:
        return Done(task.step, task.name, refused=refused)
    write_table(folder.links(number), pa.concat_tables([LINKS.empty_table(), *tables]))
    return Done(task.step, task.name)


def _head(keeper: guard.Guard, folder: Folder, task: Task, request: Request) -> Done:
    found = keeper.attempt(request, 1)
    if found.refused is not None or found.fault is not None:
        return Done(task.step, task.name, refused=found.refused or found.fault)
    _write_tables(folder.head(), found.result)
    return Done(task.step, task.name)


def _read(keeper: guard.Guard, folder: Folder, task: Task, request: Request) -> Done:
    tables, failed, refused = guard.read(keeper, request)
    if refused is not None:
        return Done(task.step, task.name, refused=refused)
    merged = {
        name: _joined([t[name] for t in tables if name in t])
        for name in sorted({name for found in tables for name in found})
    }
    if failed:
        rows = [{"document": _document(folder, ref), "reason": reason} for ref, reason in sorted(failed)]
        merged["failed"] = pa.Table.from_pylist(rows, FAILED)
    _write_tables(folder.read(int(task.name)), merged)
    return Done(task.step, task.name, sum(map(len, task.refs)), len(failed))


def _joined(tables: Sequence[pa.Table]) -> pa.Table:
    """The tables as one, each row once: parts of a batch that was halved may both name an actor."""
    if len(tables) == 1:
        return tables[0]
    rows: dict[str, dict[str, object]] = {}
    for table in tables:
        rows.update((repr(row), row) for row in table.to_pylist())
    return pa.Table.from_pylist(list(rows.values()), tables[0].schema)


def _document(folder: Folder, ref: Ref) -> str:
    found: str = rows_at(folder.made(ref.part), [ref.row], ["document"])["document"][0].as_py()
    return found


def _write_tables(path: Path, tables: Mapping[str, pa.Table]) -> None:
    with written(path) as temporary:
        temporary.mkdir()
        for name in sorted(tables):
            pq.write_table(tables[name], temporary / f"{name}.parquet", compression="zstd")
