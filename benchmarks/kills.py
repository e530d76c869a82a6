"""Kills one large job at random moments and compares its result: ``python -m benchmarks.kills [--pages N] [--kills N]``.

The job over generated pages is started again after every kill -9 and goes on; in the end the hashes of all its folders must be those of
a job that nobody disturbed. A kill comes after a random part of the time that the undisturbed job took, divided by the kills, so that
every step is hit; a job that gets nothing done between two kills (its models take seconds to load) is given longer.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tools.pages import write


def _command(place: Path, folder: Path) -> list[str]:
    return [str(Path(sys.executable).parent / "onrecord"), "archive", str(place), "--into", str(folder), "--json"]


def _done(folder: Path) -> int:
    return sum(1 for _ in (folder / "work").rglob("*.parquet")) if (folder / "work").exists() else 0


def killed(place: Path, folder: Path, whole: float, kills: int, seed: int = 1) -> int:
    """Runs the job at `folder` with so many kills, then to its end; how many times it was killed."""
    random = Random(seed)
    pause = whole / kills
    done = 0
    for _ in range(kills):
        before = _done(folder)
        process = subprocess.Popen(_command(place, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        last = time.monotonic() + pause * random.uniform(0.2, 1.8)
        while process.poll() is None and time.monotonic() < last:
            time.sleep(0.01)
        if process.poll() is not None:
            break
        process.send_signal(signal.SIGKILL)
        process.wait()
        done += 1
        if _done(folder) <= before:
            pause *= 1.5
    subprocess.run(_command(place, folder), check=True, capture_output=True)
    return done


def main(arguments: list[str] | None = None) -> int:
    """Runs both jobs and compares; fails when they differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=30)
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="onrecord-kills-") as name:
        folder = Path(name)
        place = folder / "pages.jsonl.gz"
        write(place, args.pages)
        began = time.monotonic()
        subprocess.run(_command(place, folder / "whole"), check=True, capture_output=True)
        whole = time.monotonic() - began
        done = killed(place, folder / "killed", whole, args.kills)
        one, two = (json.loads((folder / at / "manifest.json").read_text()) for at in ("whole", "killed"))
    print(
        f"{args.pages:,} pages, {whole:.0f} s undisturbed; {done} kills; the results are {'equal' if one == two else 'NOT equal'}"
    )
    return 0 if one == two and done else 1


if __name__ == "__main__":
    raise SystemExit(main())
