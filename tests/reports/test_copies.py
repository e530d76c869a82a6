"""Copy detection on generated texts, beside plain MinHash, and on the annotated pages where they are there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evals.copies import main
from evals.copies_compare import generated, minhash, score
from evals.copies_generator import cases
from evals.copies_generator import main as generate
from evals.io import rows as read
from onrecord.documents import build
from onrecord.knowledge import Knowledge
from onrecord.model import Document, Independence, Page
from onrecord.reports import MemoryIndex, group, independent

#: What the tracker asks of `evals.copies`.
WANTED_F1, WANTED_PRECISION = 0.97, 0.99


def test_generated_copies_are_found_and_look_alikes_are_not(tmp_path: Path) -> None:
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    assert generate(["--out", str(gold), "--seed", "101"]) == 0
    assert main([str(gold), "--out", str(found)]) == 0
    truth = {row["id"]: row["report"] for row in read(gold)}
    ours = score(truth, {row["id"]: row["report"] for row in read(found)})
    assert ours.f1 >= WANTED_F1
    assert ours.precision >= WANTED_PRECISION
    plain = minhash(list(read(gold)), (0.7, 0.5))
    assert ours.f1 > max(score(truth, reports).f1 for reports in plain.values())


def test_the_generator_covers_every_edit_and_every_look_alike() -> None:
    kinds = {case.kind for case in cases(101, 72)}
    done = {edit for kind in kinds if kind.startswith("copy-") for edit in kind.split(":")[1].split("+")}
    assert done >= {"cut", "local", "background", "style", "captions", "glyphs"}
    assert {kind.split(":")[0] for kind in kinds} >= {
        "original",
        "copy-1",
        "copy-2",
        "copy-3",
        "templated",
        "templated-copy",
    }
    reports = {case.report for case in cases(101, 72)}
    assert any(report.endswith("u1") for report in reports) and any(report.endswith("b") for report in reports)


def test_the_generator_repeats_itself() -> None:
    assert generated([3], 5) == generated([3], 5)
    assert generated([3], 5) != generated([4], 5)


def test_scores_of_pairs() -> None:
    gold = {"a": "1", "b": "1", "c": "1", "d": "2"}
    found = score(gold, {"a": "x", "b": "x", "c": "y", "d": "y"})
    assert (found.precision, round(found.recall, 3)) == (0.5, 0.333)
    assert (found.wrong, len(found.missed)) == ((("c", "d"),), 2)


SEEDS = os.environ.get("ONRECORD_SEEDS")


@pytest.mark.skipif(SEEDS is None, reason="ONRECORD_SEEDS does not name the annotated pages")
def test_the_annotated_pages() -> None:
    knowledge = Knowledge.load()
    pages = sorted(Path(SEEDS or "").glob("*.txt"))
    documents: list[Document] = [build(Page(p.read_bytes(), "text/plain", p.name), knowledge) for p in pages]
    number = {d.id: int(d.path[:3]) for d in documents}
    reports = group(documents, MemoryIndex(), knowledge)
    made = {tuple(number[d] for d in r.documents): (r.origin.names, r.origin.independence) for r in reports}
    assert made == {
        (0, 1): (("AP",), Independence.ORIGINAL),
        (2,): (("AP", "Reuters", "Interfax"), Independence.PARTLY_DEPENDENT),
        (3,): ((), Independence.UNKNOWN),
        (4,): (("The Moscow Times",), Independence.ORIGINAL),
    }
    shared = next(r for r in reports if len(r.documents) > 1)
    assert shared.copies[0].independence is Independence.COPY
    publishers = {d.id: d.publisher for d in documents}
    counted = independent([shared], publishers.get, knowledge)
    assert (counted.outlets, counted.independent) == (2, 1)
