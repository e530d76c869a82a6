"""Who said what: our readers beside textacy and the language model alone, in one run over the same texts.

    python -m evals.attribution_compare INPUT SCORER [--rounds 500]

INPUT and SCORER are the attribution benchmark's file and its scorer. The systems take turns text by text, so that a busy moment of the
machine falls on all of them. Printed for each: attribution F1 (content Jaccard of .5 or more and an overlapping source) with the
95 % interval from resampling texts, overall and by kind of quotation, words per second of processor time on one thread, and the ratio to
en_core_web_md alone. Citron's 52.1 (retrained on the same corpus) and the agreement of two people, 75.4, are cited, not run.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from evals.attribution import as_json
from evals.attribution_rules import body_document
from evals.baselines.textacy_quotations import Quotations
from evals.io import rows
from onrecord.model import Reading
from onrecord.reading import Reader
from onrecord.reading.attribution import AttributionReader

Found = list[dict[str, list[list[int]]]]
_SCORE = "attribution (content soft + source overlap)"
_KINDS = ("direct", "mixed", "indirect")


@dataclass(slots=True)
class System:
    """One system under measure: its name, what it does with a text (None where it only reads), its time and its output."""

    name: str
    run: Callable[[str, str], Found | None]
    spent: float = 0.0
    found: list[dict[str, Any]] = field(default_factory=list)

    def read(self, name: str, text: str) -> None:
        """Run on one text and keep what is found."""
        began = time.process_time()
        found = self.run(name, text)
        self.spent += time.process_time() - began
        if found is not None:
            self.found.append({"doc_id": name, "attributions": found})


def stated(reading: Reading) -> Iterator[dict[str, list[list[int]]]]:
    """The outer statements of a reading that have words, in the benchmark's form (its corpus marks no nested ones)."""
    for statement in reading.statements:
        if statement.nested_in is None and statement.content:
            yield {
                role: [[span.start, span.end] for span in getattr(statement, role)]
                for role in ("source", "cue", "content")
            }


def systems() -> list[System]:
    """The systems compared, all loaded."""
    textacy, tagger, reader = Quotations(), AttributionReader.load(), Reader.load()

    def alone(_: str, text: str) -> None:
        textacy.pipeline(text)

    return [
        System("en_core_web_md alone", alone),
        System("textacy", lambda _, text: textacy.read(text)),
        System("onrecord, attribution reader", lambda _, text: [as_json(one) for one in tagger.read([text])[0]]),
        System("onrecord, whole reading", lambda name, text: list(stated(reader.read(body_document(name, text))))),
    ]


def scored(system: System, gold: Path, scorer: Path, rounds: int) -> Mapping[str, Any]:
    """The scorer's figures for what a system found."""
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "found.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in system.found), encoding="utf-8")
        command = [sys.executable, str(scorer), str(gold), str(path), "--bootstrap", str(rounds), "--json"]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    scores: Mapping[str, Any] = json.loads(printed)["scores"]
    return scores


def _cell(score: Mapping[str, Any]) -> str:
    low, high = score["f1_95"]
    return f"{100 * score['f1']:.1f} [{100 * low:.1f}, {100 * high:.1f}]"


def table(measured: Sequence[System], gold: Path, scorer: Path, words: int, rounds: int) -> Table:
    """One line a system."""
    made = Table("system", "F1", *_KINDS, "words/s", "ratio", box=None, header_style="bold")
    base = measured[0].spent
    for system in measured:
        cells = [""] * (1 + len(_KINDS))
        if system.found:
            scores = scored(system, gold, scorer, rounds)
            cells = [_cell(scores[_SCORE]), *(_cell(scores[f"attribution, {kind}"]) for kind in _KINDS)]
        made.add_row(system.name, *cells, f"{words / system.spent:,.0f}", f"{base / system.spent:.2f}")
    made.add_row("Citron, retrained (cited)", "52.1", "72.9", "", "", "2,106", "")
    made.add_row("two people (cited)", "75.4", "97.7")
    return made


def main(
    gold: Annotated[Path, typer.Argument(help="The benchmark's file, with its attributions.")],
    scorer: Annotated[Path, typer.Argument(help="The benchmark's scorer.")],
    rounds: Annotated[int, typer.Option(help="Resamplings of the interval.")] = 500,
) -> None:
    """Measure all systems on GOLD and print one table."""
    read = list(rows(gold))
    measured = systems()
    for system in measured:
        system.run("warm", read[0]["text"])
    for row in read:
        for system in measured:
            system.read(row["doc_id"], row["text"])
    words = sum(len(row["text"].split()) for row in read)
    Console(width=150).print(f"{len(read)} texts, {words:,} words", table(measured, gold, scorer, words, rounds))


if __name__ == "__main__":
    typer.run(main)
