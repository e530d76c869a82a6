"""Who said what, by the trained reader, for the attribution benchmark.

    python -m evals.attribution INPUT --out PRED [--model FOLDER] [--time]

Reads JSON Lines (plain or .gz) with ``doc_id`` and ``text``; writes ``doc_id`` and ``attributions``, each with source, cue
and content as lists of half-open code-point offsets. With ``--time`` it also prints words per second of processor time on
one thread, everything from text to spans included.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from evals.io import rows
from onrecord.reading.attribution import Attribution, AttributionReader

ROLES = ("source", "cue", "content")


class Row(TypedDict):
    """One line of the benchmark's input."""

    doc_id: str
    text: str


def as_json(attribution: Attribution) -> dict[str, list[list[int]]]:
    """An attribution in the benchmark's form."""
    return {role: [[s.start, s.end] for s in getattr(attribution, role)] for role in ROLES}


def main(argv: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("input", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=None, help="folder of another reader's files")
    parser.add_argument("--time", action="store_true", help="print words per second")
    args = parser.parse_args(argv)
    reader = AttributionReader.load(args.model)
    read = list(rows(args.input))
    began = time.process_time()
    found = reader.read([row["text"] for row in read])
    spent = time.process_time() - began
    with args.out.open("w", encoding="utf-8") as out:
        for row, attributions in zip(read, found, strict=True):
            line = {"doc_id": row["doc_id"], "attributions": [as_json(a) for a in attributions]}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    if args.time:
        words = sum(len(row["text"].split()) for row in read)
        print(f"{words} words, {spent:.1f} s of processor time, {words / spent:.0f} words a second")


if __name__ == "__main__":
    main()
