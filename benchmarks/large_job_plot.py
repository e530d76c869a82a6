"""Draws the memory of the measured large jobs over time: ``python -m benchmarks.large_job_plot`` writes docs/img/large_job.svg.

The figures are those that ``python -m benchmarks.large_job NUMBER --out benchmarks/large_job.json`` adds.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import matplotlib as mpl

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Writes the picture; the same figures give the same bytes."""
    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "onrecord"
    pyplot = importlib.import_module("matplotlib.pyplot")

    rows = json.loads((ROOT / "benchmarks" / "large_job.json").read_text(encoding="utf8"))
    figure, axes = pyplot.subplots(figsize=(7, 3.4), layout="constrained")
    for row in rows:
        axes.plot(*zip(*row["curve"], strict=True), label=f"{row['pages']:,} pages")
    axes.axhline(1_500, color="grey", linestyle=":", linewidth=1)
    axes.set(xlabel="seconds", ylabel="MB of all processes (Pss)", title="Memory of `onrecord archive`", ylim=(0, None))
    axes.legend()
    figure.savefig(ROOT / "docs" / "img" / "large_job.svg", metadata={"Date": None})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
