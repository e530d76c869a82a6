"""Pages nobody looked at while the rules were written: ``python -m evals.fresh seen`` and ``held``.

``gold/pages_fresh`` holds ten pages of ten disputes and ten styles (agency copy, a machine translation, a press release, a live
blog, a reprint in single quotes | a local paper's feature, an interview, an opinion piece, a brief, a round-up), annotated by hand
before the program read them, in the form of ``gold/README.md``. Rules were mended from what ``seen`` showed; ``held`` was read once.

A statement is found when one printed shares at least half of its content's letters (pairs by the best overlap, one to one). Of the
found ones each field is right or not: the speaker (any of the accepted names, ``A & B``), the source (letters shared), the content's borders
(nine tenths shared), quotation type, act, target, date and addressee where the annotation has one. What is printed beside any
annotated line is false, unless it stands nested inside a found one.
"""

from __future__ import annotations

import random
import re
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from csv import DictReader
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.gold.build import page
from onrecord import pipeline, sources
from onrecord.knowledge import Knowledge
from onrecord.record import Record
from onrecord.views.export import rows

GOLD = Path(__file__).parent / "gold" / "pages_fresh"
FIELDS = ("speaker", "source", "borders", "quote_type", "act", "target", "date", "addressee")


@dataclass(frozen=True, slots=True)
class Line:
    """One annotated or one false line: its page and kind, whether it was asked, found and printed, and field -> right or not."""

    page: str
    kind: str
    asked: bool
    found: bool
    fields: tuple[tuple[str, bool], ...]
    notes: tuple[str, ...]
    named: bool = False

    @property
    def wrong_speaker(self) -> bool:
        """True when it is printed with a speaker who is not the one."""
        return self.named and not dict(self.fields)["speaker"]


def annotated(half: str) -> list[dict[str, Any]]:
    """The annotated pages of one half, in the order of their file names."""
    return [page(path.read_text("utf8").splitlines(), path.parent) for path in sorted((GOLD / half).glob("*.gold"))]


def judged(half: str) -> list[Line]:
    """Reads the pages of one half into a record and compares it line by line."""
    gold = annotated(half)
    with tempfile.TemporaryDirectory() as work, Record.open(Path(work) / "record.db", create=True) as record:
        texts = Path(work) / "pages"
        texts.mkdir()
        for one in gold:
            (texts / one["doc"]).write_bytes((GOLD / half / one["doc"]).read_bytes())
        engine = pipeline.Engine.load(Knowledge.load(GOLD / "actors.csv"))
        pipeline.read(sources.pages([str(texts)]), record, engine)
        documents = {Path(row["path"]).name: row["id"] for row in rows(record, "documents")}
        printed = [row for row in rows(record, "statements") if row["part"] == "body"]
    found: list[Line] = []
    for one in gold:
        text = (GOLD / half / one["doc"]).read_text("utf8")
        mine = [
            row | {"_source": " ".join(text[s:e] for s, e in row["source"] or ())}
            for row in printed
            if row["document"] == documents.get(one["doc"])
        ]
        found += _compared(one, text, mine)
    return found


def _compared(gold: Mapping[str, Any], text: str, mine: Sequence[Mapping[str, Any]]) -> list[Line]:
    given = [_letters(row["content"], text) for row in mine]
    paired: dict[int, int] = {}
    close = [
        (_shared(wanted, given[j]) + 0.02 * _says(row["speaker"], mine[j]), -i, -j)
        for i, row in enumerate(gold["statements"])
        if (wanted := _wanted(row, text))
        for j in range(len(mine))
        if _shared(wanted, given[j]) >= 0.5
    ]
    for _, i, j in sorted(close, reverse=True):
        if -i not in paired and -j not in paired.values():
            paired[-i] = -j
    lines: list[Line] = []
    for i, row in enumerate(gold["statements"]):
        asked = not row.get("optional")
        if i not in paired:
            missed = (f"missed {row['speaker']}: {row['content']!r}",) if asked else ()
            lines.append(Line(gold["doc"], row["quote_type"], asked, False, (), missed))
            continue
        statement = mine[paired[i]]
        fields = tuple(_fields(row, statement, text))
        notes = tuple(
            f"{field}: {_told(statement, field, text)!r} for {row.get(field) or row['content']!r} in {row['content'][:60]!r}"
            for field, right in fields
            if not right
        )
        lines.append(
            Line(gold["doc"], row["quote_type"], asked, True, fields, notes, bool(_names(statement["speaker"])))
        )
    taken = set(paired.values())
    whole = [given[j] for j in taken]
    body = _letters(gold["body"], text)
    for j, statement in enumerate(mine):
        nested = statement["nested_in"] and any(given[j] <= other for other in whole)
        if j not in taken and not nested and given[j] & body:
            note = f"false {statement['act']} {_names(statement['speaker'])}: {_told(statement, 'content', text)!r}"
            lines.append(Line(gold["doc"], statement["quote_type"], False, False, (), (note,)))
        elif not given[j] & body:
            lines.append(
                Line(gold["doc"], "-", False, False, (), (f"outside the body: {_told(statement, 'content', text)!r}",))
            )
    return lines


def _fields(row: Mapping[str, Any], statement: Mapping[str, Any], text: str) -> list[tuple[str, bool]]:
    named = row["speaker"] != "-"
    found = [("speaker", _says(row["speaker"], statement) if named else not _names(statement["speaker"]))]
    if "source_span" in row:
        found.append(("source", bool(_letters([row["source_span"]], text) & _letters(statement["source"] or (), text))))
    wanted, given = _wanted(row, text), _letters(statement["content"], text)
    found.append(("borders", _shared(wanted, given) >= 0.9))
    found.append(("quote_type", statement["quote_type"] == row["quote_type"]))
    found.append(("act", statement["act"] in {row["act"], *row["also"]}))
    if row["target"]:
        targets = _names(statement["target"])
        wanted_names = str(row["target"]).split(" & ")
        found.append(("target", len(targets) <= 2 and any(_same(w, n) for w in wanted_names for n in targets)))
    if row["date"]:
        found.append(("date", ((statement["date"] or {}).get("value") or "")[:10] == row["date"]))
    if row["addressee"]:
        told = " ".join(_names(statement["addressee"]))
        found.append(("addressee", _plain(row["addressee"]).split()[-1] in _plain(told).split()))
    return found


def _wanted(row: Mapping[str, Any], text: str) -> frozenset[int]:
    """The letters of the content, without what stands between its parts."""
    return _letters(row["parts"], text)


def _letters(spans: Sequence[Sequence[int]], text: str) -> frozenset[int]:
    return frozenset(i for s, e in spans for i in range(s, e) if text[i].isalnum())


def _shared(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _plain(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    return re.sub(r"^the ", "", re.sub(r"[^a-z0-9 -]", "", bare).strip())


def _same(asked: str, given: str) -> bool:
    one, other = _plain(asked), _plain(given)
    if not other or one == other:
        return bool(other)
    words = other.split()
    # "Tolvish ambassador", "Marovia's foreign ministry" for the state that they speak for.
    return words[0] in _own_words(asked) or (len(one.split()) > 1 and one.split()[-1] == words[-1])


@cache
def _own_words(name: str) -> frozenset[str]:
    """The demonyms and possessives of an actor of the table, plain; empty for another."""
    with (GOLD / "actors.csv").open(encoding="utf8", newline="") as table:
        rows = [row for row in DictReader(table) if row["name"] == name]
    named = [word for row in rows for word in (*row["demonyms"].split(";"), f"{name}'s") if word]
    return frozenset(_plain(word) for word in named)


def _names(actors: Sequence[Mapping[str, Any]] | None) -> list[str]:
    return [actor["name"] for actor in actors or () if actor.get("name")]


def _says(speaker: str | Sequence[str], statement: Mapping[str, Any]) -> bool:
    wanted = [speaker] if isinstance(speaker, str) else list(speaker)
    given = _names(statement["speaker"])
    # An unnamed speaker's name is the page's own words for him.
    words = " ".join(statement.get("_source", "").split())
    alike = any(_same(w, n) for w in wanted for n in given) or (len(given) == 1 and _plain(given[0]) == _plain(words))
    return 0 < len(given) <= len(wanted) and alike


def _told(statement: Mapping[str, Any], field: str, text: str) -> str:
    if field in {"speaker", "target", "addressee"}:
        return "; ".join(_names(statement[field]))
    if field in {"borders", "content"}:
        return " … ".join(text[s:e] for s, e in statement["content"])
    value = statement[field]
    if field == "source":
        return " … ".join(text[s:e] for s, e in value or ())
    return str((value or {}).get("value") if field == "date" else value)


def figures(lines: Sequence[Line]) -> dict[str, float]:
    """Precision, recall and F1 of statements, then the share of right ones by field among the found."""
    asked = [line for line in lines if line.asked]
    hits = sum(line.found for line in asked)
    false = sum(not line.asked and any(note.startswith("false") for note in line.notes) for line in lines)
    precision, recall = hits / max(hits + false, 1), hits / max(len(asked), 1)
    found = {"f1": 2 * precision * recall / max(precision + recall, 1e-9), "precision": precision, "recall": recall}
    for field in FIELDS:
        answers = [dict(line.fields)[field] for line in asked if field in dict(line.fields)]
        if answers:
            found[field] = sum(answers) / len(answers)
    named = [line for line in asked if line.named]
    found["not_wrong_speaker"] = 1 - sum(line.wrong_speaker for line in named) / max(len(named), 1)
    return found


def interval(lines: Sequence[Line], figure: str, draws: int = 1000) -> tuple[float, float]:
    """The middle 95 of 100 of the figure over draws of the lines with replacement (the same draws every time)."""
    chance = random.Random(7)
    drawn = sorted(figures(chance.choices(lines, k=len(lines))).get(figure, 0.0) for _ in range(draws))
    return drawn[int(0.025 * draws)], drawn[int(0.975 * draws)]


def measured() -> dict[str, float]:
    """The floors' figures, both halves."""
    out: dict[str, float] = {}
    for half in ("seen", "held"):
        got = figures(judged(half))
        out |= {
            f"{half}_{name}": got[name]
            for name in ("f1", "speaker", "borders", "act", "target", "date", "not_wrong_speaker")
        }
    return out


def main(
    half: Annotated[str, typer.Argument(help="seen or held.")] = "seen",
    misses: Annotated[bool, typer.Option(help="Say what is wrong with every line.")] = False,
) -> None:
    """Read the pages of a half and count, by page, kind and field."""
    lines = judged(half)
    for name in dict.fromkeys(line.page for line in lines):
        of = [line for line in lines if line.page == name]
        got = figures(of)
        typer.echo(
            f"{name:55} {sum(line.asked for line in of):3}  F1 {got['f1']:.3f}  P {got['precision']:.3f}  R {got['recall']:.3f}"
        )
        for note in (note for line in of for note in line.notes) if misses else ():
            typer.echo(f"    {note}")
    for kind in ("direct", "mixed", "indirect", "narrated"):
        of = [line for line in lines if line.asked and line.kind == kind]
        typer.echo(f"{kind:10} found {sum(line.found for line in of)} of {len(of)}")
    for name, value in figures(lines).items():
        low, high = interval(lines, name)
        answers = sum(name in dict(line.fields) for line in lines if line.asked)
        typer.echo(f"{name:18} {value:.3f} ({low:.3f} to {high:.3f})" + (f" of {answers}" if answers else ""))


if __name__ == "__main__":
    typer.run(main)
