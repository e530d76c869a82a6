"""The modes of events, on sentences of our own, two for each of PLOVER's: `python -m evals.event_modes`.

``gold/events_modes.jsonl``: ``{id, part, root, mode, text}``; the sentences of the part ``held`` were written together with those of
``dev`` and not looked at while rules were. A sentence counts as coded where a mention with the root is found; the accuracy of modes is
taken over these. A mode that is left open is wrong here, so the share of wrong modes given is printed beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from evals.events import document
from evals.io import rows
from onrecord.reading import Reader

GOLD = Path(__file__).parent / "gold" / "events_modes.jsonl"


@dataclass(frozen=True, slots=True)
class Figures:
    """How many sentences there are, how many have their root found, and how many of these the right mode or a wrong one."""

    sentences: int
    coded: int
    right: int
    wrong: int

    @property
    def accuracy(self) -> float:
        """The share of right modes among the sentences whose root was found."""
        return self.right / max(self.coded, 1)

    @property
    def precision(self) -> float:
        """The share of right modes among the modes given."""
        return self.right / max(self.right + self.wrong, 1)


def modes_in(reader: Reader, text: str, root: str) -> list[str | None] | None:
    """The modes of the mentions with `root` in one sentence, None where there is no such mention."""
    found = [m.mode for m in reader.read(document(text)).events if m.code is not None and m.code.value == root]
    return found or None


def measure(reader: Reader, part: str, misses: bool = False, gold: Path = GOLD) -> Figures:
    """The figures of one part; `misses` prints what went wrong."""
    told: list[tuple[str, Sequence[str | None] | None]] = []
    for row in rows(gold):
        if row["part"] != part:
            continue
        found = modes_in(reader, row["text"], row["root"])
        told.append((row["mode"], found))
        if misses and (found is None or row["mode"] not in found):
            typer.echo(f"  {row['root']} {row['mode']}: got {found}: {row['text']}")
    coded = [(mode, found) for mode, found in told if found is not None]
    right = sum(mode in found for mode, found in coded)
    wrong = sum(mode not in found and any(m is not None for m in found) for mode, found in coded)
    return Figures(len(told), len(coded), right, wrong)


def main(
    part: Annotated[list[str] | None, typer.Option(help="dev or held; both without it.")] = None,
    misses: Annotated[bool, typer.Option(help="List what is missed.")] = False,
) -> None:
    """Measure the modes of events."""
    reader = Reader.load()
    for one in part or ["dev", "held"]:
        found = measure(reader, one, misses)
        typer.echo(
            f"{one}: {found.sentences} sentences, root found in {found.coded}, mode right in {found.right}, wrong in {found.wrong}: "
            f"accuracy {found.accuracy:.3f}, precision of modes given {found.precision:.3f}"
        )


if __name__ == "__main__":
    typer.run(main)
