"""Turns the readable annotations of sample pages into `samples.jsonl`, with every offset computed and checked.

One file of `annotations/` describes one page of `samples/`; `README.md` beside this file gives its form. A marked passage
must occur exactly once in its page (white space compares as white space, `[...]` skips words of the same passage), so
a string that occurs twice is told apart by the words around it. The rows have the fields of the annotation that
`evals.record` scores: half-open code-point offsets into the page as decoded.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import typer

HERE: Final = Path(__file__).parent
SAMPLES: Final = HERE.parents[1] / "samples"
ACTS: Final = frozenset(
    {
        "assert",
        "announce",
        "acknowledge",
        "deny",
        "accuse",
        "warn",
        "demand",
        "request",
        "promise",
        "offer",
        "threaten",
        "agree",
        "reject",
        "condemn",
        "support",
        "decline",
    }
)
QUOTE_TYPES: Final = frozenset({"direct", "mixed", "indirect", "narrated"})
PAGE_FIELDS: Final = frozenset(
    {"doc", "title", "publisher", "origin", "credits", "copy_of", "url", "published", "dateline"}
)
MARK: Final = re.compile(r"\{(?P<role>[sct]):(?P<text>.*?)\}|(?P<gap>\[\.\.\.\])", re.DOTALL)
GAP: Final = r"[\s\S]{0,600}?"
HEAD: Final = re.compile(r"\[(?P<number>\d+)(?P<optional>\??)\] (?P<fields>.+)")
DAY: Final = re.compile(r"\d{4}(-\d\d){0,2}")


class AnnotationError(ValueError):
    """An annotation that does not fit its page or its own form."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a marked passage lies in its page: the spans of its source, cue and content."""

    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    parts: tuple[tuple[int, int], ...]

    @property
    def content(self) -> tuple[int, int]:
        """The span from the first to the last part of the content: an interrupted quotation is one stretch."""
        return self.parts[0][0], self.parts[-1][1]


def literal(words: str) -> str:
    """A pattern for `words` that lets any white space stand for any other, since pages wrap their lines; `[...]` skips words."""
    return r"\s+".join(GAP if word == "[...]" else re.escape(word) for word in re.split(r"\s+", words))


def pattern(marked: str) -> str:
    """A pattern for a marked passage, with a numbered group for each source (s), cue (c) and part of the content (t)."""
    out, at, parts = [], 0, 0
    for mark in MARK.finditer(marked):
        out.append(literal(marked[at : mark.start()]))
        at = mark.end()
        if mark["gap"]:
            out.append(GAP)
            continue
        name = mark["role"]
        if name == "t":
            parts += 1
            name = f"t{parts}"
        out.append(f"(?P<{name}>{literal(mark['text'])})")
    out.append(literal(marked[at:]))
    return "".join(out)


def find(marked: str, text: str) -> Passage:
    """The one place of a marked passage in `text`; an `AnnotationError` when there is none or more than one."""
    hits = list(re.finditer(f"(?=(?P<whole>{pattern(marked)}))", text))
    if len(hits) != 1:
        raise AnnotationError(f"found {len(hits)} times: {marked!r}")
    hit = hits[0]
    spans = {name: hit.span(name) for name in hit.groupdict()}
    parts = tuple(span for name, span in spans.items() if name.startswith("t"))
    if not parts:
        raise AnnotationError(f"no content marked: {marked!r}")
    return Passage(spans.get("s"), spans.get("c"), parts)


def value(cell: str) -> str | None:
    """The text of a cell, or None for a dash."""
    return None if cell.strip() == "-" else cell.strip()


def statement(head: re.Match[str], marked: str, text: str) -> dict[str, Any]:
    """The row of one statement."""
    cells = head["fields"].split(" | ")
    if len(cells) != 6:
        raise AnnotationError(f"six cells wanted: {head[0]!r}")
    speakers = cells[0].strip().split(" & ")
    act, *also = cells[2].strip().split(", ")
    date = value(cells[4])
    if cells[1] not in QUOTE_TYPES or not {act, *also} <= ACTS or (date and not DAY.fullmatch(date)):
        raise AnnotationError(f"unknown quotation type, act or date: {head[0]!r}")
    passage = find(marked, text)
    row: dict[str, Any] = {
        "speaker": speakers[0] if len(speakers) == 1 else speakers,
        "source": text[slice(*passage.source)] if passage.source else None,
        "cue": text[slice(*passage.cue)] if passage.cue else None,
        "content": text[slice(*passage.content)],
        "quote_type": cells[1],
        "act": act,
        "target": value(cells[3]),
        "date": date,
        "addressee": value(cells[5]),
        "also": also,
    }
    if head["optional"]:
        row["optional"] = True
    row["content_span"], row["parts"] = passage.content, passage.parts
    if passage.cue:
        row["cue_span"] = passage.cue
    if passage.source:
        row["source_span"] = passage.source
    return row


def event(fields: str, marked: str, text: str) -> dict[str, Any]:
    """The row of one event: kind and code, participants with their accepted names, date, place, words."""
    kind, actors, date, place = fields.split(" | ")
    name, code = kind.split()
    span = find(marked, text).content
    return {
        "kind": name,
        "code": value(code),
        "actors": [some.strip().split(", ") for some in actors.split(" + ")] if value(actors) else [],
        "date": value(date),
        "place": value(place),
        "text": text[slice(*span)],
        "span": span,
    }


def denial(fields: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The row of one denial: its statements, the statements it denies and the accepted kinds of relation."""
    sides, kinds = fields.split(" | ")
    said, of = ([int(number) for number in side.split()] for side in sides.split(" -> "))
    if max(said + of) >= len(rows) or all(rows[i].get("optional") for i in said):
        raise AnnotationError(f"a denial points past the statements or at optional ones only: {fields!r}")
    return {"denial": said, "of": of, "kinds": kinds.split(", ")}


def published(cell: str) -> dict[str, Any]:
    """The day of publication, or for an undated page no day and the bounds inside which it must be put."""
    first, *rest = cell.split()
    return {"published": first} if not rest else {"published": None, "published_between": [first, rest[-1]]}


def check(row: dict[str, Any], text: str) -> None:
    """Raises an `AnnotationError` where body, strings to be cut and statements do not agree."""
    kept = "".join(text[s:e] + "\n" for s, e in row["body"])
    for words in row["not_body"]:
        if words not in text or words in kept:
            raise AnnotationError(f"{row['doc']}: to be cut, but absent from the page or part of the body: {words!r}")
    if row["body"] != sorted(row["body"]):
        raise AnnotationError(f"{row['doc']}: the body is out of order")
    for item in [*row["statements"], *row["events"]]:
        start, end = item.get("content_span") or item["span"]
        if not any(s <= start and end <= e for s, e in row["body"]):
            raise AnnotationError(f"{row['doc']}: outside the body: {text[start:end]!r}")


def page(lines: list[str], samples: Path) -> dict[str, Any]:
    """The row of one annotated page, from the lines of its annotation."""
    row: dict[str, Any] = {}
    cuts: list[str] = []
    body: list[tuple[int, int]] = []
    rows: list[dict[str, Any]] = []
    denials: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    text, todo = "", [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    while todo:
        line = todo.pop(0)
        if head := HEAD.fullmatch(line):
            if int(head["number"]) != len(rows):
                raise AnnotationError(f"out of turn: {line!r}")
            rows.append(statement(head, todo.pop(0), text))
            continue
        key, _, cell = line.partition(": ")
        if key == "cut":
            cuts.append(cell)
        elif key == "body":
            first, last = cell.split(" [...] ")
            body.append((find("{t:" + first + "}", text).content[0], find("{t:" + last + "}", text).content[1]))
        elif key == "denies":
            denials.append(denial(cell, rows))
        elif key == "event":
            events.append(event(cell, todo.pop(0), text))
        elif key == "published":
            row |= published(cell)
        elif key in PAGE_FIELDS:
            row[key] = cell.split(", ") if key == "credits" else value(cell)
            if key == "doc":
                text = (samples / cell).read_text(encoding="utf-8")
        else:
            raise AnnotationError(f"not understood: {line!r}")
    row |= {"not_body": cuts, "body": body, "statements": rows, "denials": denials, "events": events}
    check(row, text)
    return row


def main(
    out: Annotated[Path, typer.Option(help="Where the JSON Lines go.")] = HERE / "samples.jsonl",
    samples: Annotated[Path, typer.Option(help="Folder of the pages.")] = SAMPLES,
) -> None:
    """Writes one line for each annotated page, in the order of the annotations' file names."""
    written = []
    for path in sorted((HERE / "annotations").glob("*.txt")):
        try:
            row = page(path.read_text(encoding="utf-8").splitlines(), samples)
        except AnnotationError as error:
            typer.echo(f"{path.name}: {error}", err=True)
            raise typer.Exit(1) from error
        for said in row["statements"]:
            # The scorer of whole records takes a content for one stretch.
            del said["parts"]
        written.append(json.dumps(row, ensure_ascii=False) + "\n")
        must = sum(not s.get("optional") for s in row["statements"])
        typer.echo(f"{path.stem}: {must} statements, {len(row['denials'])} denials, {len(row['events'])} events")
    out.write_text("".join(written), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
