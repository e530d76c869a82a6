"""Reads annotated pages into a record of their own and scores what it says: `python -m evals.record FOLDER GOLD`.

The scorer is the one that comes with the benchmarks (``score_record.py`` in the folder that ``ONRECORD_BENCH`` names).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from onrecord import pipeline, sources
from onrecord.knowledge import Knowledge
from onrecord.record import Record
from onrecord.views.export import KINDS, rows, write_jsonl


@dataclass(frozen=True, slots=True)
class Figures:
    """What the scorer prints, by name, each between 0 and 1 (``leaks``, ``false_copies`` and ``events_printed`` are counts)."""

    values: dict[str, float]
    text: str


_NUMBERS = {
    "body": r"body ([\d.]+)",
    "leaks": r"leaks (\d+)",
    "published": r"published (\d+/\d+)",
    "copies": r"copies (\d+/[1-9]\d*)",
    "false_copies": r"false (\d+)\)",
    "statements_p": r" P ([\d.]+)",
    "statements_r": r" R ([\d.]+)",
    "statements_f1": r" F1 ([\d.]+)",
    "speaker": r"speaker ([\d.]+)",
    "act": r"act ([\d.]+)",
    "target": r"target ([\d.]+)",
    "date": r"date ([\d.]+)",
    "denials": r"denials (\d+/[1-9]\d*)",
    "other_denies": r"other denies links among them (\d+)",
    "events": r"events (\d+/[1-9]\d*)",
    "events_printed": r"of (\d+) printed",
}


def score(folder: Path, gold: Path, scorer: Path, *, actors: Path | None = None, misses: bool = False) -> Figures:
    """Reads the pages of `folder`, exports the record and scores it against `gold`."""
    with tempfile.TemporaryDirectory() as work:
        exported = [Path(work) / f"{kind}.jsonl" for kind in ("documents", "statements", "relations", "events")]
        with Record.open(Path(work) / "record.db", create=True) as record:
            engine = pipeline.Engine.load(Knowledge.load(actors))
            pipeline.read(sources.pages([str(folder)]), record, engine)
            for path in exported:
                with path.open("w", encoding="utf8") as out:
                    # A kind that this version does not export is an empty file to the scorer.
                    write_jsonl(rows(record, path.stem) if path.stem in KINDS else (), out)
        command = [sys.executable, str(scorer), str(gold), *map(str, exported), "--pages", str(folder)]
        done = subprocess.run([*command, *(["--misses"] if misses else [])], capture_output=True, text=True, check=True)
    return Figures(_values(done.stdout), done.stdout)


def _values(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, pattern in _NUMBERS.items():
        match = re.search(pattern, text)
        if match:
            above, _, below = match[1].partition("/")
            found[name] = float(above) / float(below) if below else float(above)
    return found


def main(
    folder: Annotated[Path, typer.Argument(help="The folder of pages.")],
    gold: Annotated[Path, typer.Argument(help="Their annotation, JSON Lines.")],
    actors: Annotated[Path | None, typer.Option(help="A table of actors of your own.")] = None,
    misses: Annotated[bool, typer.Option(help="List what is missed.")] = False,
) -> None:
    """Read FOLDER into a record, export it, and score it against GOLD."""
    bench = os.environ.get("ONRECORD_BENCH")
    if not bench:
        raise typer.BadParameter("ONRECORD_BENCH must name the folder of the benchmarks, which holds the scorer")
    typer.echo(score(folder, gold, Path(bench) / "score_record.py", actors=actors, misses=misses).text, nl=False)


if __name__ == "__main__":
    typer.run(main)
