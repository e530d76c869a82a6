"""Processor seconds and memory of finding possible copies alone, without reading: ``python -m benchmarks.grouping NUMBER [NUMBER ...]``.

Documents are given as the bands of their fingerprints: 48 random numbers each, and of every ten documents four are copies that share
between 6 and 40 of them. What is timed is what the large job does in one process: pairs that share enough bands, in passes over
ranges of bands, and the connected sets of all pairs.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np

from onrecord.archive import grouping
from onrecord.archive.job import BANDS_AT_ONCE

BANDS = 48


def bands(number: int, seed: int = 5) -> grouping.Ints:
    """The bands of `number` documents, a row each."""
    rng = np.random.default_rng(seed)
    made = rng.integers(-(1 << 63), (1 << 63) - 1, (number, BANDS), dtype=np.int64)
    copies = np.flatnonzero(np.arange(number) % 10 > 5)
    originals = copies - copies % 10 + rng.integers(0, 6, len(copies))
    shared = rng.integers(6, 41, len(copies))
    keep = np.arange(BANDS) < shared[:, None]
    made[copies] = np.where(keep, made[originals], made[copies])
    return made


def grouped(made: grouping.Ints) -> tuple[int, int]:
    """Pairs and connected sets, found in passes as the large job finds them."""
    number = len(made)
    passes = max(1, -(-made.size // BANDS_AT_ONCE))
    edges = [(at << 64) // passes - (1 << 63) for at in range(passes + 1)]
    keys, counts = [], []
    for at in range(passes):
        rows, columns = np.nonzero((made >= edges[at]) & (made <= edges[at + 1] - 1))
        found = grouping.together(made[rows, columns], rows)
        keys.append(found[0])
        counts.append(found[1])
    linked = grouping.enough(np.concatenate(keys), np.concatenate(counts), np.full(number, BANDS, np.int64))
    return len(linked), len(np.unique(grouping.components(number, linked)))


def main(arguments: list[str] | None = None) -> int:
    """Measures each number of documents and prints a line for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", type=int, nargs="+")
    for number in parser.parse_args(arguments).numbers:
        made = bands(number)
        began = time.process_time()
        pairs, sets = grouped(made)
        seconds = time.process_time() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{number:>10,} documents: {seconds:7.1f} s of one core, {number / seconds:10,.0f} documents/s, "
            f"{pairs:,} pairs, {sets:,} sets, peak {peak:,.0f} MB with the bands themselves"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
