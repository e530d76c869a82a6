"""Reading and writing JSON Lines, plain or gzipped, for the evaluation commands."""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any


def rows(path: str | Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, one a line; a name that ends in ``.gz`` is decompressed. Blank lines are nothing."""
    name = str(path)
    with (
        gzip.open(name, "rt", encoding="utf-8") if name.endswith(".gz") else Path(name).open(encoding="utf-8") as stream
    ):
        for line in stream:
            if line.strip():
                yield json.loads(line)


def write_rows(path: str | Path, found: Iterable[Mapping[str, Any]]) -> int:
    """Writes `found` as JSON Lines, keys in their order, and returns how many there were."""
    count = 0
    with Path(path).open("w", encoding="utf-8") as stream:
        for row in found:
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


def write_predictions(about: str | None, predictions: Callable[[str], Iterable[Mapping[str, Any]]]) -> None:
    """The command ``INPUT --out PRED`` of an evaluation: what `predictions` makes of the file INPUT, as JSON Lines."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("input")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    write_rows(args.out, predictions(args.input))
