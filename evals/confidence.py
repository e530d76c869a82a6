"""What the confidence of a statement is worth: how many lines are printed from each confidence on, and how many of them are right.

    python -m evals.confidence CORPUS [--plot FILE.svg] [--held-out 80]

CORPUS is an attribution corpus in the benchmark's form; only the texts that the readers' training left out are read (the same draw as
``training.attribution.run`` makes). A line is right when an attribution of the corpus shares at least half of its content (Jaccard) and a
character of its source; it has a wrong speaker when the content is there and the source is another's. A relative pronoun annotated as the
source counts for the name it points at. The corpus marks no nested sayings, so only outer statements are measured.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from evals.attribution_rules import body_document
from evals.io import rows
from onrecord.model import Span, Statement
from onrecord.reading import Reader

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_STEPS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Judged:
    """One printed line: its confidence, and whether it is right or has the right words and a wrong speaker."""

    confidence: float
    right: bool
    wrong_speaker: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One row of the curve: the least confidence, the lines printed, and the shares right and with a wrong speaker."""

    least: float
    lines: int
    right: float
    wrong_speaker: float


def held_out(corpus: Path, number: int) -> list[Mapping[str, Any]]:
    """The `number` texts of the corpus that training leaves out for its thresholds."""
    mixed: list[Mapping[str, Any]] = list(rows(corpus))
    random.Random(42).shuffle(mixed)
    return mixed[:number]


def judged(statement: Statement, text: str, gold: Sequence[Mapping[str, Any]]) -> Judged:
    """A statement beside the attributions of its text."""
    content, source = _places(text, statement.content), _places(text, statement.source)
    same = [a for a in gold if _jaccard(_places(text, _spans(a["content"])), content) >= 0.5]
    right = any(_is_source(text, _spans(a["source"]), source) for a in same)
    return Judged(statement.confidence, right, bool(same) and not right and bool(source))


def curve(lines: Sequence[Judged], steps: Sequence[float] = _STEPS) -> list[Point]:
    """The points of the risk-coverage curve; a step from which nothing is printed is left out."""
    points = []
    for step in steps:
        printed = [line for line in lines if line.confidence >= step]
        if printed:
            right = sum(line.right for line in printed) / len(printed)
            points.append(Point(step, len(printed), right, sum(line.wrong_speaker for line in printed) / len(printed)))
    return points


def _is_source(text: str, annotated: Sequence[Span], source: frozenset[int]) -> bool:
    if len(annotated) == 1 and annotated[0].of(text).lower() in _RELATIVE:
        return True
    wanted = _places(text, annotated)
    return bool(wanted & source) or not (wanted or source)


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _places(text: str, spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(at for span in spans for at in range(span.start, span.end) if text[at].isalnum())


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def plot(points: Sequence[Point], path: Path) -> None:
    """Draws the curve: share of lines printed against share right and share with a wrong speaker."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "onrecord"
    from matplotlib import pyplot

    total = points[0].lines
    figure, axes = pyplot.subplots(figsize=(6.4, 3.6))
    printed = [100 * point.lines / total for point in points]
    axes.plot(printed, [100 * (1 - p.right) for p in points], marker="o", color="#1f4e79", label="not as annotated")
    axes.plot(printed, [100 * p.wrong_speaker for p in points], marker="s", color="#b03a2e", label="wrong speaker")
    for point, share in zip(points, printed, strict=True):
        axes.annotate(
            f"{point.least:g}", (share, 100 * (1 - point.right)), textcoords="offset points", xytext=(-4, 6), fontsize=8
        )
    axes.set(xlabel="lines printed, of 100", ylabel="of 100 printed lines", ylim=(0, None))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def main(
    corpus: Annotated[Path, typer.Argument(help="The corpus that the reader was trained on.")],
    number: Annotated[int, typer.Option("--held-out", help="How many texts its training left out.")] = 80,
    to: Annotated[Path | None, typer.Option("--plot", help="An SVG file to draw the curve into.")] = None,
) -> None:
    """Print the curve of the whole reading on the texts of CORPUS that training left out."""
    reader, annotated = Reader.load(), 0
    lines: list[Judged] = []
    for row in held_out(corpus, number):
        statements = reader.read(body_document(row["doc_id"], row["text"])).statements
        outer = [s for s in statements if s.nested_in is None and s.content]
        lines.extend(judged(s, row["text"], row["attributions"]) for s in outer)
        annotated += len(row["attributions"])
    points = curve(lines)
    table = Table("confidence from", "lines", "of 100", "right", "wrong speaker", box=None, header_style="bold")
    for point in points:
        share = 100 * point.lines / len(lines)
        table.add_row(
            f"{point.least:g}",
            str(point.lines),
            f"{share:.0f}",
            f"{100 * point.right:.1f} %",
            f"{100 * point.wrong_speaker:.1f} %",
        )
    Console(width=100).print(f"{number} texts, {annotated} attributions in the corpus", table)
    if to is not None:
        plot(points, to)


if __name__ == "__main__":
    typer.run(main)
