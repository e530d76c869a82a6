"""Builds `pairs_train.jsonl` from the statements in `pairs_train/*.txt`: `python -m training.data.build_pairs [--check HELD]`.

A file is one dispute. Its head names the sides, ``A: name | adjective | first speaker | second speaker``; ``<A>``, ``<a>``, ``<A1>`` and
``<A2>`` stand for them in the statements. ``== name`` begins a case: one proposition. A line is a statement: side, stance, sentence
with the content in square brackets. Stances: ``+`` the proposition is so, ``-`` it is not so, ``~`` as ``-`` but by other facts (so it
repeats nothing), ``?`` another matter. The labels of pairs within a case follow from side and stance, and two cases of one
dispute never say the same or deny each other. With ``--check`` every pair is compared with those of another file: the ids of those
whose sentences, names left out, come nearer than a token Jaccard of .6 are printed, and nothing of the other file.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from evals.io import rows
from onrecord.relations.pairs.names import masked_words

HERE = Path(__file__).parent
FOLDER, OUT = HERE / "pairs_train", HERE / "pairs_train.jsonl"
SEED = 11
_LINE = re.compile(r"([ABC])([-+~?]) (.+)")
_TOKEN = re.compile(r"<([ABCabc])([12]?)>")
#: Pairs of one kind that a case gives at most, so that no case outweighs the others.
MOST = {"denies": 9, "contradicts": 9, "repeats": 8, "unrelated": 12}
#: Pairs of statements of two cases that each case gives.
ACROSS = 5


@dataclass(frozen=True, slots=True)
class Side:
    """A side's name, adjective and speakers."""

    name: str
    adjective: str
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One statement as written: dispute and case, the letter of its side, its stance, its sentence with tokens and brackets."""

    id: str
    dispute: str
    case: str
    side: str
    stance: str
    template: str


@dataclass(frozen=True, slots=True)
class Pair:
    """An earlier and a later statement: the label, and how the contents stand (``against``, ``same`` or ``other``)."""

    a: Line
    b: Line
    label: str
    meaning: str


def read_file(path: Path) -> tuple[dict[str, Side], list[Line]]:
    """The sides of a dispute by letter, and its statements.

    Raises:
        ValueError: when a line has another form.
    """
    sides: dict[str, Side] = {}
    lines: list[Line] = []
    dispute, case = path.stem, ""
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if text.startswith("dispute: "):
            dispute = text.removeprefix("dispute: ")
        elif head := re.fullmatch(r"([ABC]): (.+)", text):
            name, adjective, *speakers = (part.strip() for part in head[2].split("|"))
            sides[head[1]] = Side(name, adjective, tuple(speakers))
        elif text.startswith("== "):
            case = text.removeprefix("== ")
        elif found := _LINE.fullmatch(text):
            if found[3].count("[") != found[3].count("]") or "[" not in found[3]:
                raise ValueError(f"{path.name}, line {number}: no content")
            lines.append(Line(f"{dispute}-{number:02d}", dispute, case, found[1], found[2], found[3]))
        elif text.strip():
            raise ValueError(f"{path.name}, line {number}: not a statement")
    return sides, lines


def pairs_of(lines: Sequence[Line], rng: random.Random) -> Iterator[Pair]:
    """The pairs of one dispute."""
    cases: dict[str, list[Line]] = {}
    for line in lines:
        cases.setdefault(line.case, []).append(line)
    for members in cases.values():
        found: dict[str, list[Pair]] = {kind: [] for kind in MOST}
        for one, two in combinations(members, 2):
            pair = within(one, two)
            if pair is not None:
                found[pair.label].append(pair)
        for kind, most in MOST.items():
            # Side by side or not, half of each: else "unrelated" could be told by the sides alone.
            rng.shuffle(found[kind])
            found[kind].sort(key=lambda p: p.a.side == p.b.side)
            few = found[kind]
            half = [*few[: most // 2], *few[len(few) - most // 2 :]] if len(few) > most else few
            yield from half
    names = sorted(cases)
    for case in names:
        others = [line for name in names if name != case for line in cases[name] if line.stance != "?"]
        own = [line for line in cases[case] if line.stance != "?"]
        for _ in range(ACROSS):
            yield Pair(rng.choice(own), rng.choice(others), "unrelated", "other")


def within(one: Line, two: Line) -> Pair | None:
    """The pair of two statements of one case in the order of the file, None where no label is certain."""
    same_side = one.side == two.side
    if "?" in (one.stance, two.stance):
        return None if one.stance == two.stance else Pair(one, two, "unrelated", "other")
    against = (one.stance == "+") != (two.stance == "+")
    if against:
        if same_side:
            return Pair(one, two, "contradicts", "against")
        # A charge made after a denial is no denial.
        return Pair(one, two, "denies", "against") if one.stance == "+" else None
    if "~" in (one.stance, two.stance):
        return None
    return Pair(one, two, "repeats" if same_side else "unrelated", "same")


def said(line: Line, sides: dict[str, Side], when: str) -> dict[str, str]:
    """A statement as a row gives it."""

    def name(match: re.Match[str]) -> str:
        side = sides[match[1].upper()]
        if match[2]:
            return side.speakers[int(match[2]) - 1]
        return side.name if match[1].isupper() else side.adjective

    text = _TOKEN.sub(name, line.template)
    text = text[0].upper() + text[1:]
    content = text[text.index("[") + 1 : text.index("]")]
    own = sides[line.side]
    speakers = [s for s in own.speakers if s in text]
    return {
        "speaker": min(speakers, key=text.index) if speakers else own.name,
        "side": own.name,
        "date": when,
        "sentence": text.replace("[", "").replace("]", ""),
        "content": content,
    }


def build() -> list[dict[str, object]]:
    """All rows, in the order of the files."""
    rng = random.Random(SEED)
    out: list[dict[str, object]] = []
    for path in sorted(FOLDER.glob("*.txt")):
        sides, lines = read_file(path)
        for number, pair in enumerate(dict.fromkeys(pairs_of(lines, rng)), 1):
            first = date(2034, 1, 1) + timedelta(days=rng.randrange(700))
            later = first + timedelta(days=rng.choice((0, 0, 1, 1, 2, 7, 30, 200)))
            row: dict[str, object] = {"id": f"pt-{pair.a.dispute}-{number:03d}", "dispute": pair.a.dispute}
            row["a"] = said(pair.a, sides, first.isoformat())
            row["b"] = said(pair.b, sides, later.isoformat())
            out.append({**row, "label": pair.label, "meaning": pair.meaning})
    return out


def too_near(ours: Sequence[dict[str, object]], theirs: Sequence[dict[str, object]], limit: float = 0.6) -> list[str]:
    """The ids of our rows whose two sentences together share `limit` of their words with those of a row of theirs."""
    others = [_words(row) for row in theirs]
    found = []
    for row in ours:
        own = _words(row)
        if any(len(own & other) >= limit * len(own | other) for other in others):
            found.append(str(row["id"]))
    return found


def _words(row: dict[str, object]) -> frozenset[str]:
    a, b = row["a"], row["b"]
    assert isinstance(a, dict) and isinstance(b, dict)
    return frozenset(masked_words(a["sentence"], (a["side"], a["speaker"], b["side"], b["speaker"]))) | frozenset(
        masked_words(b["sentence"], (a["side"], a["speaker"], b["side"], b["speaker"]))
    )


def main(argv: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--check", type=Path, default=None, help="a file of other pairs to keep apart from")
    args = parser.parse_args(argv)
    built = build()
    OUT.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in built), encoding="utf-8")
    counts = {kind: sum(row["label"] == kind for row in built) for kind in MOST}
    sentences = {row[side]["sentence"] for row in built for side in ("a", "b")}  # type: ignore[index]
    print(f"{len(built)} pairs of {len(sentences)} statements: {counts}")
    if args.check is not None:
        near = too_near(built, list(rows(args.check)))
        print(f"{len(near)} pairs too near: {' '.join(near)}")


if __name__ == "__main__":
    main()
