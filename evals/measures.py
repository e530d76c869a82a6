"""What is measured, in the order of the flow."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Measure:
    """One evaluation: its name, the variable that names its data, whether the test run has time for it, and how it is run.

    ``run`` gets the folder and returns figures by name; the floors of ``floors.json`` are named ``measure.figure``.
    """

    name: str
    variable: str | None
    quick: bool
    run: Callable[[Path], Mapping[str, float]]


def folder_of(measure: Measure) -> Path | None:
    """The folder of the measure's data, or None when this machine does not have it."""
    if measure.variable is None:
        return Path(__file__).parents[1] / "samples"
    value = os.environ.get(measure.variable)
    return Path(value) if value and Path(value).is_dir() else None


def _seeds(folder: Path) -> Mapping[str, float]:
    from evals.record import score

    shared = folder.parent
    return score(folder, shared / "gold" / "pages_dev.jsonl", shared / "bench" / "score_record.py").values


def _samples(folder: Path) -> Mapping[str, float]:
    from evals.record import score

    pages = HERE.parent / "samples"
    return score(pages, HERE / "gold" / "samples.jsonl", folder / "score_record.py", actors=pages / "actors.csv").values


MEASURES = (
    Measure("seeds", "ONRECORD_SEEDS", True, _seeds),
    Measure("samples", "ONRECORD_BENCH", True, _samples),
)
