"""The gate: every figure reached is written in ``floors.json``, and a run that falls below one fails.

``python -m evals.floors`` measures what is quick, ``--all`` everything, ``--only NAME`` one measure. A floor is raised by
hand when a figure stands; it is lowered only with a ``lowered`` sentence beside it, which a test checks against the history
of the file.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from evals.measures import MEASURES, Measure, folder_of

FLOORS = Path(__file__).with_name("floors.json")


@dataclass(frozen=True, slots=True)
class Floor:
    """One figure that must not drop: the least value, the number of cases it is measured on, and why it was lowered, if it was."""

    name: str
    floor: float
    cases: int
    lowered: str | None = None


def floors(path: Path = FLOORS) -> dict[str, Floor]:
    """The floors by name."""
    found = json.loads(path.read_text(encoding="utf8"))
    return {name: Floor(name, row["floor"], row["cases"], row.get("lowered")) for name, row in found.items()}


def below(measure: Measure, figures: Mapping[str, float]) -> list[str]:
    """One sentence for each floor of the measure that its figures miss."""
    found = []
    for name, floor in floors().items():
        if name.partition(".")[0] != measure.name:
            continue
        figure = figures.get(name.partition(".")[2])
        if figure is None:
            found.append(f"{name} was not measured")
        elif figure < floor.floor - 1e-9:
            found.append(f"{name} fell to {figure:.4f}, its floor is {floor.floor:.4f}")
    return found


def main(
    everything: Annotated[bool, typer.Option("--all", help="Also what takes minutes.")] = False,
    only: Annotated[str | None, typer.Option(help="One measure by its name.")] = None,
) -> None:
    """Measure, print the figures beside their floors, and fail when one is below."""
    console = Console(width=None if sys.stdout.isatty() else 110)
    table = Table("figure", "value", "floor", "cases", box=None, header_style="bold")
    faults: list[str] = []
    for measure in MEASURES:
        if (only and measure.name != only) or not (everything or only or measure.quick):
            continue
        folder = folder_of(measure)
        if folder is None:
            console.print(f"{measure.name}: not measured, {measure.variable} does not name a folder")
            continue
        if measure.needs is not None and find_spec(measure.needs) is None:
            console.print(f"{measure.name}: not measured, {measure.needs} is not installed")
            continue
        began = time.monotonic()
        figures = measure.run(folder)
        console.print(f"{measure.name}: {time.monotonic() - began:.1f} s")
        faults.extend(below(measure, figures))
        known = floors()
        for name, value in figures.items():
            floor = known.get(f"{measure.name}.{name}")
            table.add_row(
                f"{measure.name}.{name}",
                f"{value:.4f}",
                f"{floor.floor:.4f}" if floor else "",
                str(floor.cases) if floor else "",
            )
    console.print(table)
    for fault in faults:
        console.print(fault, style="red")
    raise typer.Exit(1 if faults else 0)


if __name__ == "__main__":
    typer.run(main)
