"""The gate holds: quick figures stand on their floors, and no floor was lowered in silence."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from evals.floors import FLOORS, Floor, below, floors
from evals.measures import MEASURES, Measure, folder_of

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("measure", [m for m in MEASURES if m.quick], ids=lambda m: m.name)
def test_no_figure_fell_below_its_floor(measure: Measure) -> None:
    folder = folder_of(measure)
    if folder is None:
        pytest.skip(f"{measure.variable} does not name a folder: the data of {measure.name} is not here")
    assert below(measure, measure.run(folder)) == []


def test_every_floor_belongs_to_a_measure() -> None:
    assert {name.partition(".")[0] for name in floors()} <= {measure.name for measure in MEASURES}


def test_a_figure_below_its_floor_is_named() -> None:
    name = next(iter(floors()))
    measure = next(m for m in MEASURES if m.name == name.partition(".")[0])
    assert any(name in sentence for sentence in below(measure, {name.partition(".")[2]: -1.0}))


def _git(*words: str) -> str | None:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None


def test_no_floor_was_lowered_without_a_reason() -> None:
    commits = _git("log", "--format=%H", "--", str(FLOORS.relative_to(ROOT)))
    if not commits:
        pytest.skip("this is not a checkout with a history: nothing to compare the floors with")
    highest: dict[str, float] = {}
    for commit in commits.split():
        text = _git("show", f"{commit}:{FLOORS.relative_to(ROOT)}")
        for name, row in (json.loads(text) if text else {}).items():
            highest[name] = max(highest.get(name, row["floor"]), row["floor"])
    silent = [name for name, value in highest.items() if _is_lower(floors().get(name), value)]
    assert silent == []


def _is_lower(now: Floor | None, before: float) -> bool:
    return now is None or (now.floor < before and not now.lowered)
