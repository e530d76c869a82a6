"""The large job from its input to the folders, in steps that can be killed and taken up again at any moment.

| step | for each | in -> out |
|---|---|---|
| spread | place | files -> parts of raw pages |
| make | part | pages -> documents and the bands of their fingerprints |
| pair | the whole job | bands -> pairs of possible copies |
| link | chunk of pairs | those that carry one text |
| plan | the whole job | links -> connected sets -> batches |
| read | batch | sets -> reports, each read once -> tables of the record |
| collect | the whole job | batches -> the folders and their manifest |

What a step has done is a file under its name, written whole and renamed; a step does what has no such file yet. Batches are cut by
the content alone, so that a job that was killed thirty times gives the same rows as one that was not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from onrecord.archive import collect, grouping, work
from onrecord.archive.engine import Engine
from onrecord.archive.files import Folder, refusals, sha256, sweep, write_table, write_text
from onrecord.archive.shapes import FORMAT, PAIRS, PLAN, Done, Place, Ref, Task
from onrecord.archive.work import Setting
from onrecord.model import errors
from onrecord.record import codec
from onrecord.record.store import SCHEMA_HEAD

#: Documents above which copies are paired and connected on the engine; below, numpy and scipy do it in this process.
ENGINE_ABOVE = 2_000_000
#: Bands that are paired at a time: what bounds the memory of the pairing.
BANDS_AT_ONCE = 6_000_000
#: Pairs that are compared in one task.
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is: the step, its tasks done and all of them, and pages done and failed in this run."""

    name: str
    done: int
    tasks: int
    pages: int
    failed: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a job gave: rows by folder, pages met, documents, pages that failed, and whether it had ended before."""

    rows: tuple[tuple[str, int], ...]
    pages: int
    documents: int
    reports: int
    failed: int
    was_done: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """What a job is: it goes on only where all of this is the same."""

    format: int
    onrecord: str
    schema: str
    places: tuple[str, ...]
    columns: tuple[str, ...]
    actors_sha256: str | None


Watch = Callable[[Step], None]


def archive(
    places: Sequence[str],
    setting: Setting,
    engine: Callable[[], Engine],
    watch: Watch = lambda _: None,
    engine_above: int = ENGINE_ABOVE,
) -> Result:
    """Reads the pages at `places` into the folders of `setting.root`, or goes on where an earlier run ended.

    `engine` is called when there is work to do.

    Raises:
        ArchiveError: the folder holds another job, is in use, or cannot be written to.
        ArchiveFull: the disk is full; what is done is kept.
    """
    folder = Folder(Path(setting.root))
    with refusals(folder.root):
        folder.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder.root / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise errors.ArchiveError(f"Another onrecord is writing to {folder.root}: wait for it to end.") from error
    try:
        _begin(folder, places, setting)
        if folder.manifest.exists():
            collect.clean(folder)
            return result(folder, was_done=True)
        sweep(folder.root)
        _Job(folder, places, setting, engine(), watch, engine_above).run()
        return result(folder)
    finally:
        lock.release()
        work.close()


def result(folder: Folder, *, was_done: bool = False) -> Result:
    """What the manifest of a finished job says."""
    manifest = collect.manifest(folder)
    rows = tuple(sorted((name, sum(part.rows for part in parts)) for name, parts in manifest.folders.items()))
    of = dict(rows)
    return Result(rows, manifest.pages, of.get("documents", 0), of.get("reports", 0), manifest.failed, was_done)


def _begin(folder: Folder, places: Sequence[str], setting: Setting) -> None:
    columns = setting.columns.names()
    actors = sha256(Path(setting.actors)) if setting.actors else None
    described = Described(FORMAT, version("onrecord"), SCHEMA_HEAD, tuple(places), columns, actors)
    if folder.job.exists():
        if json.loads(folder.job.read_text(encoding="utf8")) != codec.plain(described):
            raise errors.ArchiveError(
                f"{folder.root} holds another job (other pages, tables, columns or version): name another folder."
            )
        return
    # A kill while the job is first described leaves its half file and nothing else.
    begun = (".lock", f".{folder.job.name}.")
    if any(not path.name.startswith(begun) for path in folder.root.iterdir()):
        raise errors.ArchiveError(f"{folder.root} holds something else: name a folder that is new or empty.")
    write_text(folder.job, json.dumps(codec.plain(described), indent=1, ensure_ascii=False) + "\n")


class _Job:
    """One run of a job: what is done already is passed over."""

    def __init__(
        self,
        folder: Folder,
        places: Sequence[str],
        setting: Setting,
        engine: Engine,
        watch: Watch,
        engine_above: int,
    ) -> None:
        self._folder, self._places, self._setting = folder, places, setting
        self._engine, self._watch, self._engine_above = engine, watch, engine_above

    def run(self) -> None:
        folder = self._folder
        self._do([Task("head", "head")], lambda _: folder.head().exists())
        spread = [Task("spread", str(number), place) for number, place in enumerate(self._places)]
        self._do(spread, lambda task: folder.spread(int(task.name)).exists())
        parts = [
            f"{number:05d}-{part:06d}"
            for number in range(len(self._places))
            for part in range(_load(folder.spread(number)).parts)
        ]
        self._do([Task("make", part, part) for part in parts], lambda task: folder.made(task.name).exists())
        if not folder.plan.exists():
            self._plan(parts)
        self._do(_batches(folder.plan), lambda task: folder.read(int(task.name)).exists())
        # What the working processes hold is room for the tables.
        work.close()
        self._watch(Step("collect", 0, 1, 0, 0))
        collect.collect(folder, parts)
        collect.clean(folder)

    def _do(self, tasks: Sequence[Task], is_done: Callable[[Task], bool]) -> None:
        left = [task for task in tasks if not is_done(task)]
        if not left:
            return
        pages = failed = 0
        step, before = left[0].step, len(tasks) - len(left)
        self._watch(Step(step, before, len(tasks), 0, 0))
        found: Done
        for number, found in enumerate(self._engine.run(self._setting, left), before + 1):
            pages += found.pages
            failed += found.failed
            self._watch(Step(step, number, len(tasks), pages, failed))

    def _plan(self, parts: Sequence[str]) -> None:
        """Finds the documents that carry one text and cuts the batches."""
        folder = self._folder
        work.close()
        self._watch(Step("plan", 0, 1, 0, 0))
        names, refs = _documents(folder, parts)
        if not folder.paired.exists():
            chunks = _write_pairs(folder, self._pairs(parts, names), names, refs)
            write_text(folder.paired, json.dumps({"chunks": chunks}))
        chunks = int(json.loads(folder.paired.read_text(encoding="utf8"))["chunks"])
        self._do(
            [Task("link", str(chunk)) for chunk in range(chunks)], lambda task: folder.links(int(task.name)).exists()
        )
        sets: dict[str, list[Ref]] = {}
        for label, ref in zip(self._labels(names, chunks), refs, strict=True):
            sets.setdefault(label, []).append(ref)
        _write_plan(folder.plan, list(grouping.batches(sets.values(), self._setting.batch)))

    def _pairs(self, parts: Sequence[str], names: Sequence[str]) -> Iterable[tuple[str, str, int]]:
        if len(names) > self._engine_above:
            frame = self._engine.pairs([self._folder.made(part) for part in parts])
            return ((row["low"], row["high"], row["shared"]) for row in frame.iter_rows())
        found = _pairs(self._folder, parts, names)
        return ((names[low], names[high], shared) for low, high, shared in found.tolist())

    def _labels(self, names: Sequence[str], chunks: int) -> Sequence[str]:
        """For each document the smallest id of its connected set."""
        paths = [self._folder.links(chunk) for chunk in range(chunks)]
        if len(names) > self._engine_above and paths:
            of = self._engine.components(self._engine.links(paths))
            return [of.get(name, name) for name in names]
        number = {name: at for at, name in enumerate(names)}
        linked = [
            (number[row["low"]], number[row["high"]]) for path in paths for row in pq.read_table(path).to_pylist()
        ]
        labels = grouping.components(len(names), np.array(linked, np.int64).reshape(-1, 2))
        return [names[label] for label in labels.tolist()]


def _load(path: Path) -> Place:
    return codec.load(path.read_text(encoding="utf8"), Place)


def _documents(folder: Folder, parts: Sequence[str]) -> tuple[list[str], list[Ref]]:
    """The ids of all documents in order, each with the first place it was made at."""
    first: dict[str, Ref] = {}
    for part in parts:
        for row, name in enumerate(pq.read_table(folder.made(part), columns=["document"])["document"].to_pylist()):
            if name is not None and name not in first:
                first[name] = Ref(part, row)
    names = sorted(first)
    return names, [first[name] for name in names]


def _pairs(folder: Folder, parts: Sequence[str], names: Sequence[str]) -> grouping.Ints:
    """The pairs of documents (by number) that share enough bands, found in as many passes as memory asks for."""
    number = {name: at for at, name in enumerate(names)}
    sizes = np.zeros(len(names), np.int64)
    total = 0
    for part in parts:
        table = pq.read_table(folder.made(part), columns=["bands"])
        total += len(table["bands"].combine_chunks().flatten())
    passes = max(1, -(-total // BANDS_AT_ONCE))
    edges = [(at << 64) // passes - (1 << 63) for at in range(passes + 1)]
    found: list[grouping.Ints] = []
    counts: list[grouping.Ints] = []
    for at in range(passes):
        bands, documents = _bands(folder, parts, number, edges[at], edges[at + 1] - 1)
        sizes += np.bincount(documents, minlength=len(names))
        keys, shared = grouping.together(bands, documents)
        found.append(keys)
        counts.append(shared)
    return grouping.enough(np.concatenate(found), np.concatenate(counts), sizes)


def _bands(
    folder: Folder, parts: Sequence[str], number: dict[str, int], low: int, high: int
) -> tuple[grouping.Ints, grouping.Ints]:
    """The bands from `low` to `high`, each with the number of a document that has it; a document counts once."""
    seen: set[str] = set()
    bands: list[grouping.Ints] = [np.empty(0, np.int64)]
    documents: list[grouping.Ints] = [np.empty(0, np.int64)]
    for part in parts:
        table = pq.read_table(folder.made(part), columns=["document", "bands"])
        lists = table["bands"].combine_chunks()
        of = []
        for name in table["document"].to_pylist():
            of.append(number[name] if name is not None and name not in seen else -1)
            seen.add(name)
        owner = np.repeat(np.array(of, np.int64), np.diff(lists.offsets.to_numpy()))
        values = lists.flatten().to_numpy()
        kept = (owner >= 0) & (values >= low) & (values <= high)
        bands.append(values[kept])
        documents.append(owner[kept])
    return np.concatenate(bands), np.concatenate(documents)


def _write_pairs(
    folder: Folder, found: Iterable[tuple[str, str, int]], names: Sequence[str], refs: Sequence[Ref]
) -> int:
    """Writes the pairs in chunks; their number."""
    place = dict(zip(names, refs, strict=True))
    stream, chunks = iter(found), 0
    while some := list(islice(stream, _CHUNK)):
        rows = [
            {
                "low": low,
                "high": high,
                "low_part": place[low].part,
                "low_row": place[low].row,
                "high_part": place[high].part,
                "high_row": place[high].row,
                "shared": shared,
            }
            for low, high, shared in some
        ]
        write_table(folder.pairs(chunks), pa.Table.from_pylist(rows, PAIRS))
        chunks += 1
    return chunks


def _write_plan(path: Path, planned: Sequence[Sequence[tuple[Ref, ...]]]) -> None:
    rows: dict[str, list[object]] = {name: [] for name in PLAN.names}
    for batch, sets in enumerate(planned):
        for component, refs in enumerate(sets):
            for ref in refs:
                rows["batch"].append(batch)
                rows["component"].append(component)
                rows["part"].append(ref.part)
                rows["row"].append(ref.row)
    write_table(path, pa.table(rows, schema=PLAN))


def _batches(plan: Path) -> list[Task]:
    sets: dict[int, dict[int, list[Ref]]] = {}
    for row in pq.read_table(plan).to_pylist():
        sets.setdefault(row["batch"], {}).setdefault(row["component"], []).append(Ref(row["part"], row["row"]))
    return [
        Task("read", str(batch), refs=tuple(tuple(refs) for refs in found.values())) for batch, found in sets.items()
    ]
