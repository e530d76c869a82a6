"""The training sentences: what stands in the file is what the builder makes of the marked texts, and all of it is whole."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from onrecord.model.events import Auxiliary, Root

ROOT = Path(__file__).parents[2]
FILE = ROOT / "training" / "data" / "plover_train.jsonl"


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    if not FILE.is_file():
        pytest.skip("the training data is not in this copy")
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def test_spans_are_inside_and_trimmed(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        for start, end in [
            *row["source"],
            *row["target"],
            *([row["trigger"]] if row["trigger"] else []),
            *row["names"],
        ]:
            assert 0 <= start < end <= len(row["text"])
            assert row["text"][start:end] == row["text"][start:end].strip()


def test_every_root_and_auxiliary_is_there(rows: list[dict[str, Any]]) -> None:
    assert set(Counter(row["root"] for row in rows)) == {*map(str, Root), "NONE"}
    assert {row["aux"] for row in rows} == set(map(str, Auxiliary))
    worded = [row for row in rows if not row["origin"].startswith("grammar")]
    assert len(rows) >= 2500
    assert len({row["text"] for row in worded}) == len(worded) >= 1200


def test_what_the_future_moves_is_not_told_for_the_future(rows: list[dict[str, Any]]) -> None:
    moved = {"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT"}
    assert [row["text"] for row in rows if row["aux"] == "future" and row["root"] in moved] == []


def test_the_builder_writes_the_same_file(tmp_path: Path) -> None:
    before = FILE.read_bytes()
    out = tmp_path / "rows.jsonl"
    command = [sys.executable, str(ROOT / "training" / "data" / "build_plover.py"), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path, env={"PYTHONHASHSEED": "7", "PATH": ""})
    assert out.read_bytes() == before
