"""Compares ``offices.csv`` with what was looked up, and writes down what each term was checked against.

Usage: ``python -m training.knowledge.check_offices [--dry]``. What was looked up stands in ``lookups.csv`` beside this
file: the holder, first and last day of a term as a public file gives them (a year where it gives no more), the file, and
``seen``, the day up to which that file is known to reach (the latest day it mentions). A term whose days agree within
`TOLERANCE` days gets the file as its ``source`` and, as ``verified``, the last day the file speaks for; a term no file
confirms is ``unverified``. Terms that disagree are printed and stay unverified: the tables are mended by hand.

An open term is valid up to ``checked``; all terms of one office share the day up to which the office is known, so that an
interval that goes past it has no holder, rather than only the earlier ones.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TABLE = Path(__file__).parents[2] / "src" / "onrecord" / "knowledge" / "tables" / "offices.csv"
LOOKUPS = Path(__file__).with_name("lookups.csv")
COLUMNS = ("holder", "title", "of", "start", "end", "checked", "verified", "source")
#: Days by which sources differ on one handover: election, oath, notice in the gazette, first day at work.
TOLERANCE = 5


@dataclass(frozen=True, slots=True)
class Lookup:
    """One term as one file gives it: ISO days or years, ``end`` empty when it had not ended by the day ``seen``."""

    of: str
    title: str
    holder: str
    start: str
    end: str
    file: str
    seen: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file says of a row: the last day it confirms (empty when none), and the disagreement, if there is one."""

    verified: str = ""
    whole: bool = False
    against: str = ""


def lookups() -> tuple[Lookup, ...]:
    """The rows of ``lookups.csv``."""
    with LOOKUPS.open(encoding="utf-8", newline="") as file:
        return tuple(Lookup(**row) for row in csv.DictReader(file))


def days_between(one: str, other: str) -> int:
    """The days between two ISO days."""
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def agree(day: str, said: str) -> bool:
    """True when `day` (ISO) is what a file says: a day within the tolerance, or its year."""
    return day[:4] == said if len(said) == 4 else days_between(day, said) <= TOLERANCE


def overlap(row: dict[str, str], said: Lookup) -> bool:
    """True when a file speaks of the row's own days, not of another term of the same person."""
    return row["start"] < (said.end or said.seen) and said.start < (row["end"] or "9999")


def judge(row: dict[str, str], said: Lookup) -> Verdict:
    """What one file says of the term in `row`."""
    if not agree(row["start"], said.start):
        return Verdict(against=f"starts {said.start}")
    if not said.end:
        if row["end"] and row["end"] < said.seen and not agree(row["end"], said.seen):
            return Verdict(against=f"still runs on {said.seen}")
        return Verdict(min(row["end"] or said.seen, said.seen), whole=not row["end"])
    if not row["end"] or not agree(row["end"], said.end):
        return Verdict(against=f"ends {said.end}")
    return Verdict(row["end"], whole=True)


def checked_row(row: dict[str, str], said: Iterable[Lookup]) -> tuple[dict[str, str], list[str]]:
    """The row with its ``verified`` and ``source`` columns, and the files' disagreements with it."""
    files: dict[str, None] = {}
    against: list[str] = []
    verified, whole = "", False
    for lookup in said:
        verdict = judge(row, lookup)
        if verdict.against and not overlap(row, lookup):
            continue
        if verdict.against:
            against.append(f"{lookup.file}: {verdict.against}")
            continue
        files[lookup.file] = None
        verified, whole = max(verified, verdict.verified), whole or verdict.whole
    made = dict(row)
    made["verified"] = verified
    made["source"] = "; ".join(files) + ("" if whole else "; end unverified") if files else "unverified"
    if not made["end"]:
        made["checked"] = max(made["checked"], verified)
    return made, [] if files else against


def with_common_day(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The rows, those of one office with one ``checked`` day: that of its open term, or else the latest."""
    known: dict[tuple[str, str], str] = {}
    for row in sorted(rows, key=lambda r: (not r["end"], r["checked"])):
        known[row["of"], row["title"]] = row["checked"]
    return [{**row, "checked": known[row["of"], row["title"]]} for row in rows]


def check(rows: Sequence[dict[str, str]], said: Iterable[Lookup]) -> tuple[list[dict[str, str]], list[str]]:
    """The rows of ``offices.csv`` with their verdicts, and one line for each disagreement."""
    by_term: dict[tuple[str, str, str], list[Lookup]] = defaultdict(list)
    for lookup in said:
        by_term[lookup.of, lookup.title, lookup.holder].append(lookup)
    made: list[dict[str, str]] = []
    lines: list[str] = []
    for row in rows:
        new, against = checked_row(row, by_term[row["of"], row["title"], row["holder"]])
        made.append(new)
        if against:
            term = f"{row['of']} {row['title']} {row['holder']} {row['start']}..{row['end']}"
            lines.append(f"{term}: {'; '.join(against)}")
    return with_common_day(made), lines


def main(arguments: Sequence[str]) -> int:
    """Check the table, write it unless ``--dry`` is given, print disagreements and counts."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [{c: row.get(c) or "" for c in COLUMNS} for row in csv.DictReader(file)]
    made, lines = check(rows, lookups())
    if "--dry" not in arguments:
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(sorted(made, key=lambda r: (r["of"], r["title"], r["start"])))
    print("\n".join(lines))
    part = sum(r["source"].endswith("end unverified") for r in made)
    whole = sum(bool(r["verified"]) for r in made) - part
    print(f"{len(made)} terms: {whole} checked whole, {part} but for their end, {len(made) - whole - part} unverified")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
