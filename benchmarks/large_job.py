"""Runs the large job from generated pages to a record and measures it: ``python -m benchmarks.large_job NUMBER [--out RESULT.json]``.

The pages are those of `tools.pages`. Time is that of the commands as typed, models loaded and all; memory is the sum over all
processes of the job of their proportional share of resident pages (``Pss`` of ``/proc/PID/smaps_rollup``; what several
processes share counts once), taken once a second. Processor time is the sum over the same processes: on a machine that does other
things too it tells what the clock cannot. Without ``--keep`` folder and record are removed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.pages import write

_STEP = 1.0


@dataclass(frozen=True, slots=True)
class Run:
    """One command: seconds, peak of the shared memory sum in MB, and the curve of (seconds, MB)."""

    seconds: float
    cpu: float
    peak: float
    curve: tuple[tuple[float, float], ...]
    output: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A whole job: pages, what it gave, both commands, and the sizes of folder and record in MB."""

    pages: int
    reports: int
    statements: int
    load_average: float
    archive_seconds: float
    archive_cpu: float
    archive_peak: float
    load_seconds: float
    load_cpu: float
    load_peak: float
    folder: float
    record: float
    curve: tuple[tuple[float, float], ...]

    @property
    def rate(self) -> float:
        """Pages a second from the file to the record, as the clock went."""
        return self.pages / (self.archive_seconds + self.load_seconds)

    @property
    def rate_of_two_cores(self) -> float:
        """Pages a second that two cores with nothing else to do would make: half the processor time, loading on one core."""
        return self.pages / (self.archive_cpu / 2 + self.load_cpu)


def tree(root: int) -> list[int]:
    """The process ids of a process and all below it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError, ValueError):
                continue  # the process has ended meanwhile
            children.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        here = waiting.pop()
        found.append(here)
        waiting += children.get(here, [])
    return found


def shared_memory(pids: Sequence[int]) -> float:
    """The sum of the processes' proportional shares of resident memory, in MB."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue  # the process has ended meanwhile
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def processor_seconds(pids: Sequence[int]) -> dict[int, float]:
    """The processor time that each process has used, in user and system mode."""
    found = {}
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # the process has ended meanwhile
        found[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return found


def run(command: Sequence[str]) -> Run:
    """Runs a command to its end and watches its memory; fails when the command does."""
    began = time.monotonic()
    curve: list[tuple[float, float]] = []
    used: dict[int, float] = {}
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, stdout=out, stderr=sys.stderr)
        while process.poll() is None:
            pids = tree(process.pid)
            used.update(processor_seconds(pids))
            curve.append((round(time.monotonic() - began, 1), round(shared_memory(pids), 1)))
            time.sleep(_STEP)
        seconds = time.monotonic() - began
        out.seek(0)
        output = out.read()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {output}")
    return Run(seconds, sum(used.values()), max(mb for _, mb in curve), tuple(curve), output)


def size(path: Path) -> float:
    """MB of a file, or of all files in a folder."""
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    return sum(p.stat().st_size for p in files) / 1e6


def measured(number: int, folder: Path, *, load: bool = True) -> Measured:
    """Both commands over `number` generated pages, in `folder`."""
    given, into, record = folder / "pages.jsonl.gz", folder / "job", folder / "record.db"
    write(given, number)
    onrecord = str(Path(sys.executable).parent / "onrecord")
    before = os.getloadavg()[0]
    job = run([onrecord, "archive", str(given), "--into", str(into), "--json"])
    (row,) = json.loads(job.output)
    loading = (
        run([onrecord, "load", str(into), "--record", str(record), "--json"]) if load else Run(0.0, 0.0, 0.0, (), "")
    )
    return Measured(
        number,
        row["reports"],
        row["rows"].get("statements", 0),
        round(before, 2),
        round(job.seconds, 1),
        round(job.cpu, 1),
        round(job.peak),
        round(loading.seconds, 1),
        round(loading.cpu, 1),
        round(loading.peak),
        round(size(into), 1),
        round(size(record), 1) if load else 0.0,
        job.curve,
    )


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints; with ``--out`` adds the result to a JSON array, in the place of one of the same size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args(arguments)
    folder = args.keep or Path(tempfile.mkdtemp(prefix="onrecord-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        found = measured(args.number, folder)
    finally:
        if args.keep is None:
            shutil.rmtree(folder)
    print(
        f"{found.pages:,} pages: archive {found.archive_seconds:.0f} s (peak {found.archive_peak:.0f} MB), load "
        f"{found.load_seconds:.0f} s (peak {found.load_peak:.0f} MB), {found.rate:.1f} pages/s in all at a load of "
        f"{found.load_average}; processor time {found.archive_cpu:.0f} + {found.load_cpu:.0f} s, of two idle cores "
        f"{found.rate_of_two_cores:.1f} pages/s; "
        f"{found.reports:,} reports, {found.statements:,} statements, folder {found.folder:.0f} MB, record {found.record:.0f} MB"
    )
    if args.out is not None:
        rows = json.loads(args.out.read_text()) if args.out.exists() else []
        rows = [row for row in rows if row["pages"] != found.pages] + [asdict(found)]
        args.out.write_text(json.dumps(sorted(rows, key=lambda r: r["pages"]), indent=1) + "\n", encoding="utf8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
