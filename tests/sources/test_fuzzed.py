"""The first cases of every fuzzed reader, and the fuzzer's own promises; the long runs are ``make fuzz``."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tools.fuzz import GOALS, READERS, case, run, tried
from tools.fuzz_cases import Reader

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", READERS)
def test_a_reader_keeps_its_promises(name: str) -> None:
    assert run(READERS[name], 0, 25) == []


#: Cases that once failed: a media type cut inside by a header's end came back in a reason of two lines; a zip member without a
#: name was asked whether it is a folder.
FAILED = [("warc", 945), ("warc", 6686), ("warc", 25576), ("warc", 39469), ("archive", 47715)]


@pytest.mark.parametrize(("name", "number"), FAILED)
def test_a_case_that_failed_once_passes(name: str, number: int) -> None:
    assert tried(READERS[name], number) is None


def test_a_case_is_the_same_in_every_run() -> None:
    code = "import sys; from tools.fuzz import READERS, case\n"
    code += "import time; time.time = lambda: 0 if sys.flags.hash_randomization == 0 else 2e9\n"
    code += "sys.stdout.write(str([(n, case(r, k).hex()) for n, r in READERS.items() for k in range(8)]))"
    made = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1")
    }
    assert len(made) == 1


def test_what_goes_wrong_is_named_and_every_reader_has_a_goal() -> None:
    def broken(data: bytes) -> str | None:
        raise ValueError(len(data))

    reader = Reader("broken", lambda rng: b"x" * rng.randint(1, 9), broken)
    failures = run(reader, 3, 2)
    assert [f.number for f in failures] == [3, 4]
    assert failures[0].what.startswith(f"ValueError: {len(case(reader, 3))}")
    assert case(reader, 3) == reader.make(random.Random("broken/3"))
    assert set(GOALS) == set(READERS)


def test_a_run_goes_on_from_its_state(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    for _ in range(2):
        subprocess.run(
            [sys.executable, "-m", "tools.fuzz", "lines", "--cases", "5", "--state", str(state)],
            cwd=ROOT, check=True, capture_output=True,
        )  # fmt: skip
    assert json.loads(state.read_text())["lines"] == {"cases": 10, "failures": []}
