"""Fingerprints a second on one core beside rensa and datasketch used plainly: ``python -m benchmarks.copies``.

Texts of the evaluation's grammar, cut to 250 words. Every contender starts from the text, so that tokenising and
shingling count: onrecord's fingerprint of a text, and of a `Document`; rensa's ``RMinHash`` (128 permutations, its batch
call and one by one) and datasketch's ``MinHash`` (128 permutations, ``update_batch``) over 5-word shingles of the lower-cased
words. The contenders take turns; the best of the rounds counts.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import re
import time
from collections.abc import Callable, Sequence
from random import Random

from evals.copies import document
from evals.copies_grammar import Writer
from onrecord.reports import fingerprint
from onrecord.reports.fingerprint import text_bands

_WORD = re.compile(r"\w+")
_PERMUTATIONS = 128


def texts(count: int, words: int) -> list[str]:
    """`count` texts of `words` words each in paragraphs."""
    writer = Writer(Random(11))
    made: list[str] = []
    while len(made) < count:
        paragraphs = [*writer.article("2034-01-01").paragraphs, *writer.article("2034-01-02").paragraphs]
        left, kept = words, []
        for paragraph in paragraphs:
            parts = paragraph.split()[:left]
            left -= len(parts)
            kept.append(" ".join(parts))
            if not left:
                break
        if not left:
            made.append("\n\n".join(kept))
    return made


def shingles(text: str) -> list[str]:
    """The 5-word shingles of the lower-cased words."""
    words = _WORD.findall(text.lower())
    return [" ".join(words[i : i + 5]) for i in range(max(len(words) - 4, 1))]


def contenders(corpus: Sequence[str]) -> dict[str, Callable[[], object]]:
    """What is measured, by name; a library that is not installed is left out."""
    documents = [document({"id": str(i), "text": t}) for i, t in enumerate(corpus)]
    found: dict[str, Callable[[], object]] = {
        "onrecord, text": lambda: [text_bands(t) for t in corpus],
        "onrecord, document": lambda: [fingerprint(d) for d in documents],
    }
    if importlib.util.find_spec("rensa"):
        sketch_type = importlib.import_module("rensa").RMinHash

        def one_by_one() -> None:
            for text in corpus:
                sketch = sketch_type(num_perm=_PERMUTATIONS, seed=42)
                sketch.update(shingles(text))
                sketch.digest()

        found["rensa, batch"] = lambda: sketch_type.digest_matrix_from_token_sets(
            [shingles(t) for t in corpus], num_perm=_PERMUTATIONS, seed=42
        )
        found["rensa, plain"] = one_by_one
    if importlib.util.find_spec("datasketch"):
        minhash_type = importlib.import_module("datasketch").MinHash

        def sketches() -> None:
            for text in corpus:
                minhash_type(num_perm=_PERMUTATIONS).update_batch([s.encode() for s in shingles(text)])

        found["datasketch, plain"] = sketches
    return found


def main(arguments: list[str] | None = None) -> int:
    """Print documents a second for each contender and the ratio to the fastest rival."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--words", type=int, default=250)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args(arguments)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    corpus = texts(args.texts, args.words)
    best: dict[str, float] = {}
    running = contenders(corpus)
    for _ in range(args.rounds):
        for name, run in running.items():
            began = time.perf_counter()
            run()
            best[name] = max(best.get(name, 0.0), len(corpus) / (time.perf_counter() - began))
    rivals = [speed for name, speed in best.items() if not name.startswith("onrecord")]
    for name, speed in best.items():
        ratio = f"{speed / max(rivals):5.2f} x the fastest rival" if rivals else ""
        print(f"{name:20} {speed:8.0f} documents/s  {ratio}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
