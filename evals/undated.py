"""Dates of undated and yearless pages: ``python -m evals.undated [--seed N] [--pages N] [--misses]``.

Makes the pages (`evals.undated_pages`), reads each as the program does, infers its publication date and compares it with the
true day. Rules are written looking at the pages of seed 1 alone; the floors hold the figures of another seed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.undated_pages import pages
from onrecord import documents
from onrecord.knowledge import Knowledge
from onrecord.model import DateValue, Page, Precision
from onrecord.reading import Reader
from onrecord.resolution.dates import KnowledgeTerms, infer_published

#: The seed of the pages that nobody looks at.
HELD = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """One page: how it was made, its true day, whether it has enough evidence, and what the program says."""

    id: str
    kind: str
    day: str
    enough: bool
    found: DateValue

    @property
    def dated(self) -> bool:
        """True when the program names a day."""
        return self.found.value is not None and self.found.precision is Precision.DAY

    @property
    def bounded(self) -> bool:
        """True when the true day lies within the bounds that the program gives."""
        earliest, latest = self.found.earliest, self.found.latest
        return (earliest is None or earliest <= self.day) and (latest is None or self.day <= latest)


def judge(rows: Iterable[dict[str, object]]) -> list[Verdict]:
    """Reads the pages and infers their dates."""
    knowledge, reader = Knowledge.load(), Reader.load()
    terms = KnowledgeTerms(knowledge)
    out = []
    for row in rows:
        page = Page(str(row["text"]).encode(), "text/plain", f"{row['id']}.txt", str(row["url"]) or None)
        document = documents.build(page, knowledge)
        found = infer_published(document, reader.read(document), terms)
        out.append(Verdict(str(row["id"]), str(row["kind"]), str(row["day"]), bool(row["enough"]), found))
    return out


def figures(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """The share of right days among those named, of pages with evidence that get one, of pages without that get none, and of
    pages whose bounds hold the true day."""
    named = [v for v in verdicts if v.dated]
    rich = [v for v in verdicts if v.enough]
    poor = [v for v in verdicts if not v.enough]
    true = [v for v in verdicts if v.kind != "contradiction"]
    return {
        "right": sum(v.found.value == v.day for v in named) / max(len(named), 1),
        "dated": sum(v.dated for v in rich) / max(len(rich), 1),
        "abstained": sum(not v.dated for v in poor) / max(len(poor), 1),
        "bounded": sum(v.bounded for v in true) / max(len(true), 1),
    }


def main() -> None:
    """Print the figures, and what is missed."""
    parser = argparse.ArgumentParser(prog="python -m evals.undated", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    verdicts = judge(pages(options.seed, options.pages))
    print("  ".join(f"{name} {value:.4f}" for name, value in figures(verdicts).items()))
    if options.misses:
        for v in verdicts:
            if v.dated != v.enough or (v.dated and v.found.value != v.day) or not v.bounded:
                print(v.id, v.kind, v.day, v.enough, v.found.value, v.found.earliest, v.found.latest, sep=" | ")
                print("   ", *(e.detail for e in v.found.evidence), sep="\n      ")


if __name__ == "__main__":
    main()
