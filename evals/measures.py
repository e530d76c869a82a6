"""What is measured, in the order of the flow."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from evals.floors import Measure

HERE = Path(__file__).parent


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
