"""Ways of saying and speech outside the body, on pages of our own: ``python -m evals.sayings``.

``gold/sayings/variants.txt`` holds sixteen ways of saying that corpora do not teach (who is told, acts without words, sayings inside
sayings, transcripts, releases ...), ``gold/sayings/headlines.txt`` pages whose headlines, standfirsts, subheadings and captions
speak. Both were written before the rules for them were. Which half a page or line belongs to is the first bit of the hash of its
words: rules were written from what the ``seen`` half showed, the ``held`` half was only counted.

A saying is found when a statement has at least half of its content (Jaccard of letters) and, where somebody is named, a
source that overlaps; it is right when its act is accepted and all else that is asked of it holds. A statement that stands inside no annotated
one and matches none is invented.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from onrecord.knowledge import Knowledge
from onrecord.model import (
    Document,
    DocumentStatus,
    Line,
    LineRole,
    QuoteType,
    Span,
    Statement,
    StatementPart,
    content_id,
    day,
    text_sha256,
)
from onrecord.model.dates import DateBasis
from onrecord.pipeline.resolving import resolve
from onrecord.reading import Reader
from onrecord.resolution import Resolver

GOLD = Path(__file__).parent / "gold" / "sayings"
_DAY = day("2033-04-12", DateBasis.META)


@dataclass(frozen=True, slots=True)
class Saying:
    """An annotated saying: its words, and what else has to hold (`speaker` is a resolved name, None when not asked)."""

    speaker: str | None
    source: tuple[str, ...]
    content: tuple[str, ...]
    acts: frozenset[str]
    inside: int | None = None
    to: str | None = None
    why: str | None = None
    quote: QuoteType | None = None
    presupposed: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One page, its class, and what is said in the lines that count (`line` is the one annotated, or None for the body)."""

    group: str
    text: str
    lines: tuple[tuple[LineRole, str], ...]
    line: str | None
    sayings: tuple[Saying, ...]

    @property
    def held(self) -> bool:
        """True for the half that is only counted."""
        return bool(hashlib.blake2b((self.line or self.text).encode()).digest()[0] & 1)


def variants(path: Path = GOLD / "variants.txt") -> Iterator[Case]:
    """The pages of the ways of saying."""
    group = ""
    for block in path.read_text(encoding="utf8").split("\n\n"):
        rows = [row for row in block.split("\n") if row.strip() and not row.startswith("#")]
        if rows and rows[0].startswith("== "):
            group = rows.pop(0)[3:]
        said = tuple(_saying(row.strip(), named=False) for row in rows if row.startswith("  "))
        lines = tuple((LineRole.BODY, row) for row in rows if not row.startswith("  "))
        if lines:
            yield Case(group, "\n".join(line for _, line in lines), lines, None, said)


def headlines(path: Path = GOLD / "headlines.txt") -> Iterator[Case]:
    """The lines outside the body, each with the body of its page."""
    for page in path.read_text(encoding="utf8").split("== page\n")[1:]:
        body, _, told = page.partition("== lines\n")
        below = tuple((LineRole.BODY, row) for row in body.split("\n") if row)
        rows = [row for row in told.split("\n") if row]
        for number, row in enumerate(rows):
            if row.startswith("  "):
                continue
            role, line = row.split(" | ", 1)
            said = []
            for other in rows[number + 1 :]:
                if not other.startswith("  "):
                    break
                said.append(_saying(other.strip(), named=True))
            lines = ((LineRole(role), line), *below)
            yield Case(role, "\n".join(words for _, words in lines), lines, line, tuple(said))


def _saying(row: str, *, named: bool) -> Saying:
    fields = [field.strip() for field in row.split(" | ")]
    speaker = fields.pop(0) if named else None
    source, content, acts, *rest = fields
    more = dict(word.strip().partition("=")[::2] for word in rest[0].split(", ")) if rest else {}
    return Saying(
        speaker=speaker,
        source=_parts(source),
        content=_parts(content),
        acts=frozenset(acts.split(", ")),
        inside=int(more["in"]) if "in" in more else None,
        to=more.get("to"),
        why=more.get("why"),
        quote=QuoteType(more["quote"]) if "quote" in more else None,
        presupposed="presupposed" in more,
        optional="optional" in more,
    )


def _parts(words: str) -> tuple[str, ...]:
    return () if words == "-" else tuple(words.split(" \\ "))


def document(case: Case) -> Document:
    """The page as a document whose lines have their roles."""
    lines, start = [], 0
    for role, words in case.lines:
        lines.append(Line(Span(start, start + len(words)), role))
        start += len(words) + 1
    return Document(
        id=content_id("doc", case.text),
        path="page.txt",
        text=case.text,
        text_sha256=text_sha256(case.text),
        media_type="text/plain",
        lines=tuple(lines),
        published=_DAY,
        status=DocumentStatus.ARTICLE,
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one case: sayings asked for, found, right, and statements invented; `notes` say what is wrong."""

    case: Case
    asked: int
    found: int
    right: int
    speakers: int
    invented: int
    notes: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """True when every saying is right and nothing is invented."""
        return not self.notes


class Judge:
    """The reader and the resolver, loaded once."""

    def __init__(self) -> None:
        self._reader = Reader.load()
        self._resolver = Resolver(Knowledge.load(GOLD / "actors.csv"))

    def judge(self, case: Case) -> Judged:
        """Reads the page and compares."""
        page = document(case)
        raw = self._reader.read(page)
        raw = replace(raw, statements=(*raw.statements, *self._reader.apart(page, raw)))
        read = resolve(self._resolver, page, raw, None).reading
        mine = [s for s in read.statements if (s.part is StatementPart.BODY) == (case.line is None)]
        where = Span(0, len(case.line)) if case.line is not None else Span(0, len(page.text))
        return _compared(case, page.text, where, mine)


def _compared(case: Case, text: str, where: Span, mine: Sequence[Statement]) -> Judged:
    wanted = [_letters(text, where, saying.content) for saying in case.sayings]
    given = [_places(text, s.content) for s in mine]
    pairs = sorted(
        (
            (len(w & g) / len(w | g) + 0.3 * _sourced(text, where, case.sayings[i], mine[j]), -i, -j)
            for i, w in enumerate(wanted)
            for j, g in enumerate(given)
            if w & g and len(w & g) >= 0.5 * len(w | g)
        ),
        reverse=True,
    )
    paired: dict[int, int] = {}
    for _, i, j in pairs:
        if -i not in paired and -j not in paired.values():
            paired[-i] = -j
    notes: list[str] = []
    found = right = speakers = 0
    for i, saying in enumerate(case.sayings):
        if i not in paired:
            notes += [] if saying.optional else [f"missed: {saying.content}"]
            continue
        statement = mine[paired[i]]
        faults = list(_faults(text, where, saying, statement, mine, paired))
        found += not saying.optional
        right += not saying.optional and not faults
        named = "; ".join(ref.name for ref in statement.speakers)
        if saying.speaker not in {None, "-"}:
            same = _named_alike(str(saying.speaker).split(" & "), named.split("; "))
            speakers += same
            faults += (
                []
                if same
                else [f"speaker {named!r} for {saying.speaker!r}" if named else f"nobody for {saying.speaker!r}"]
            )
        notes += faults
    whole = [w for i, w in enumerate(wanted) if i in paired]
    extra = [
        j
        for j, g in enumerate(given)
        if j not in paired.values() and not (mine[j].nested_in and any(g <= other for other in whole))
    ]
    notes += [
        f"invented: {mine[j].act.value} {' '.join(s.of(text) for s in mine[j].source)!r}: "
        f"{' … '.join(s.of(text) for s in mine[j].content)!r}"
        for j in extra
    ]
    asked = sum(not s.optional for s in case.sayings)
    return Judged(case, asked, found, right, speakers, len(extra), tuple(notes))


def _named_alike(asked: Sequence[str], given: Sequence[str]) -> bool:
    """True for the same names, or the same last words of longer ones ("Colonel Radu Menk")."""
    return sorted(name.split()[-1] for name in asked) == sorted((name.split() or [""])[-1] for name in given)


def _faults(
    text: str,
    where: Span,
    saying: Saying,
    statement: Statement,
    mine: Sequence[Statement],
    paired: Mapping[int, int],
) -> Iterator[str]:
    if not _sourced(text, where, saying, statement):
        yield f"source {[s.of(text) for s in statement.source]} for {saying.source}"
    if statement.act.value not in saying.acts:
        yield f"act {statement.act.value} for {sorted(saying.acts)}: {saying.content}"
    if saying.to is not None and not _touch(text, where, saying.to, statement.addressee):
        yield f"addressee {[s.of(text) for s in statement.addressee]} for {saying.to}"
    if saying.why is not None and not _touch(text, where, saying.why, statement.qualifier):
        yield f"qualifier {[s.of(text) for s in statement.qualifier]} for {saying.why}"
    if saying.quote is not None and statement.quote_type is not saying.quote:
        yield f"quote type {statement.quote_type.value} for {saying.quote.value}"
    if saying.presupposed and not statement.presupposed:
        yield "told as if said here"
    if saying.inside is not None:
        above = paired.get(saying.inside - 1)
        if above is None or statement.nested_in != mine[above].id:
            yield f"not inside saying {saying.inside}: {saying.content}"


def _sourced(text: str, where: Span, saying: Saying, statement: Statement) -> bool:
    if not saying.source:
        return not statement.source
    given = _places(text, statement.source)
    for words in saying.source:
        at = text.find(words, where.start, where.end)
        while at >= 0:
            if given & _letters(text, Span(at, at + len(words)), (words,)):
                return True
            at = text.find(words, at + 1, where.end)
    return False


def _touch(text: str, where: Span, words: str, spans: Sequence[Span]) -> bool:
    return bool(_letters(text, where, (words,)) & _places(text, spans))


def _letters(text: str, where: Span, parts: Iterable[str]) -> frozenset[int]:
    """The places of letters and digits of the words, each looked for after the one before it.

    Raises:
        ValueError: when the words do not stand in the text.
    """
    found: set[int] = set()
    at = where.start
    for words in parts:
        start = (
            text.index(words, at, where.end)
            if words in text[at : where.end]
            else text.index(words, where.start, where.end)
        )
        found |= {i for i in range(start, start + len(words)) if text[i].isalnum()}
        at = start + len(words)
    return frozenset(found)


def _places(text: str, spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(i for s in spans for i in range(s.start, s.end) if text[i].isalnum())


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """Precision, recall and F1 of right sayings, and the share of right speakers among the found where a name is asked."""
    right, asked = sum(j.right for j in judged), sum(j.asked for j in judged)
    given = sum(j.found + j.invented for j in judged)
    named = sum(s.speaker not in {None, "-"} for j in judged for s in j.case.sayings)
    precision, recall = right / max(given, 1), right / max(asked, 1)
    found = {"f1": 2 * precision * recall / max(precision + recall, 1e-9), "precision": precision, "recall": recall}
    if named:
        # Of the sayings printed with a speaker, those with the right one.
        printed = sum(j.speakers for j in judged) + sum(n.startswith("speaker ") for j in judged for n in j.notes)
        wrong = sum(note.startswith("speaker ") for j in judged for note in j.notes)
        found["not_wrong_speaker"] = 1 - wrong / max(printed, 1)
    return found


def measured() -> dict[str, float]:
    """The floors' figures: both sets, the half that was only counted."""
    judge = Judge()
    out: dict[str, float] = {}
    for name, cases in (("variants", variants()), ("headlines", headlines())):
        got = figures([judge.judge(case) for case in cases if case.held])
        wanted = ("f1", "not_wrong_speaker") if name == "headlines" else ("f1",)
        out |= {f"{name}_{figure}": got[figure] for figure in wanted}
    return out


def main(
    which: Annotated[str, typer.Argument(help="variants or headlines.")] = "variants",
    half: Annotated[str, typer.Option(help="seen, held or both.")] = "seen",
    misses: Annotated[bool, typer.Option(help="Say what is wrong with every case of the seen half.")] = False,
    group: Annotated[str | None, typer.Option(help="One class only.")] = None,
) -> None:
    """Count right and wrong by class."""
    judge = Judge()
    cases = [c for c in (variants() if which == "variants" else headlines()) if group in {None, c.group}]
    judged = [judge.judge(c) for c in cases if half == "both" or c.held == (half == "held")]
    for name in dict.fromkeys(c.group for c in cases):
        of = [j for j in judged if j.case.group == name]
        asked, right = sum(j.asked for j in of), sum(j.right for j in of)
        typer.echo(
            f"{name:14} pages {sum(j.clean for j in of):2}/{len(of):2}  sayings {right:3}/{asked:3}  "
            f"found {sum(j.found for j in of):3}  invented {sum(j.invented for j in of):2}"
        )
        for one in of if misses else ():
            if one.notes and not one.case.held:
                typer.echo(f"    {one.case.line or one.case.text!r}")
                for note in one.notes:
                    typer.echo(f"        {note}")
    counted = Counter({"pages": len(judged), "clean": sum(j.clean for j in judged)})
    told = ", ".join(f"{name} {value:.3f}" for name, value in figures(judged).items())
    typer.echo(f"{half}: {counted['clean']} of {counted['pages']} pages clean; {told}")


if __name__ == "__main__":
    typer.run(main)
