"""Scores copy detection beside plain MinHash in one run: ``python -m evals.copies_compare [GOLD] [--seed N ...]``.

GOLD is JSON Lines as `evals.copies_generator` writes it; without it the generator's texts for the given seeds are used. Scores
are over pairs of texts: a pair is found when both have one report. The rivals are MinHash with 128 permutations (rensa) over
5-word shingles, joined wherever the estimated Jaccard similarity reaches .7 or .5.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from evals.copies import predict
from evals.copies_generator import cases
from evals.io import rows as read

_PERMUTATIONS = 128
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class PairScore:
    """Precision, recall and F1 (0 to 1) over pairs of texts, with the wrong and the missed pairs."""

    precision: float
    recall: float
    f1: float
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]


def score(gold: Mapping[str, str], predicted: Mapping[str, str]) -> PairScore:
    """The pair score of predicted reports against the true ones, both by text id."""
    want, got = _pairs(gold), _pairs(predicted)
    both = len(want & got)
    precision, recall = both / max(len(got), 1), both / max(len(want), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return PairScore(precision, recall, f1, tuple(sorted(got - want)), tuple(sorted(want - got)))


def _pairs(reports: Mapping[str, str]) -> set[tuple[str, str]]:
    members: dict[str, list[str]] = {}
    for text, report in reports.items():
        members.setdefault(report, []).append(text)
    return {pair for texts in members.values() for pair in combinations(sorted(texts), 2)}


def minhash(rows: Sequence[Mapping[str, Any]], thresholds: Sequence[float]) -> dict[float, dict[str, str]]:
    """Plain MinHash: for each threshold the connected groups of texts whose estimated similarity reaches it."""
    from rensa import RMinHash

    shingles = []
    for row in rows:
        words = _WORD.findall(str(row["text"]).lower())
        shingles.append([" ".join(words[i : i + 5]) for i in range(max(len(words) - 4, 1))])
    digests = np.array(
        [m.digest() for m in RMinHash.from_token_sets(shingles, num_perm=_PERMUTATIONS, seed=42)], dtype=np.uint64
    )
    likeness = [(digests[i + 1 :] == digests[i]).mean(axis=1) for i in range(len(rows))]
    return {t: _connected(rows, likeness, t) for t in thresholds}


def _connected(rows: Sequence[Mapping[str, Any]], likeness: Sequence[Any], threshold: float) -> dict[str, str]:
    parent = list(range(len(rows)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for first, row in enumerate(likeness):
        for offset in np.flatnonzero(row >= threshold):
            parent[root(first + 1 + int(offset))] = root(first)
    return {str(r["id"]): str(root(i)) for i, r in enumerate(rows)}


def generated(seeds: Iterable[int], articles: int = 72) -> list[dict[str, Any]]:
    """The generator's texts for each of the seeds, one set after the other as separate rows."""
    return [
        {**asdict(c), "id": f"{seed}-{c.id}", "report": f"{seed}-{c.report}"}
        for seed in seeds
        for c in cases(seed, articles if seed != 0 else 0)
    ]


def main(arguments: list[str] | None = None) -> int:
    """Print the scores as a table and, when asked, the errors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("--seed", type=int, nargs="*", default=[1])
    parser.add_argument("--misses", type=int, default=0)
    args = parser.parse_args(arguments)
    sets = [list(read(args.gold))] if args.gold else [generated([seed]) for seed in args.seed]
    for rows in sets:
        gold = {str(r["id"]): str(r["report"]) for r in rows}
        kinds = {str(r["id"]): str(r.get("kind", "")).split(":")[0] for r in rows}
        ours = score(gold, predict(rows))
        table = {"onrecord": ours}
        for threshold, reports in minhash(rows, (0.7, 0.5)).items():
            table[f"MinHash {threshold}"] = score(gold, reports)
        print(f"{len(rows)} texts, {len(set(gold.values()))} reports")
        for name, found in table.items():
            print(f"  {name:12} precision {found.precision:.3f}  recall {found.recall:.3f}  F1 {found.f1:.3f}")
        for label, pairs in (("wrong", ours.wrong), ("missed", ours.missed)):
            counted = Counter(tuple(sorted((kinds[a], kinds[b]))) for a, b in pairs)
            if args.misses and pairs:
                print(f"  {label}: {dict(counted)}")
                for a, b in pairs[: args.misses]:
                    print(f"    {a} {b}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
