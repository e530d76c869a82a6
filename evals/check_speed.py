"""The time of a quotation check against a large generated record: `python -m evals.check_speed [--statements N]`.

The record's statements are sentences of a vocabulary whose frequencies fall as in English (Zipf 1949: the n-th word 1/n as often),
one to a document's line, with speakers; the draft has 1,000 words, of which 20 quotations: as they are, changed, and foreign.
Everything a user waits for is counted: the process starts, loads, opens the record, checks and prints.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Annotated, Any

import typer
from sqlalchemy import text

from onrecord.model import (
    Act,
    ActorRef,
    Document,
    DocumentStatus,
    Line,
    LineRole,
    QuoteType,
    Span,
    Statement,
    content_id,
    day,
    text_sha256,
)
from onrecord.model.dates import DateBasis
from onrecord.record import Record, codec
from onrecord.record.writer import Writer

#: Statements of one generated page, words of a quotation, words of the language.
_PER_PAGE, _VOCABULARY = 20, 60_000
_SYLLABLES = [
    "ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu", "za", "bren", "dral",
    "fesk", "gorn", "hult", "jarn", "kelm", "lorn", "mesk", "norv",
]  # fmt: skip
_COMMON = [
    "the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "we", "was", "on", "are", "with", "as", "they",
    "be", "at", "have", "this", "from", "not", "will", "by", "our", "or", "has",
]  # fmt: skip
_SPEAKERS = 2_000
_ROOT = Path(__file__).parents[1]


def _vocabulary(rng: Random) -> list[str]:
    made = dict.fromkeys(_COMMON)
    while len(made) < _VOCABULARY:
        made.setdefault("".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 4))))
    return list(made)


class _Sentences:
    """Sentences without end."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._words = _vocabulary(rng)
        self._sums = list(accumulate(1 / (n + 1.5) for n in range(len(self._words))))

    def __call__(self) -> str:
        total = self._sums[-1]
        return " ".join(
            self._words[bisect(self._sums, self._rng.random() * total)] for _ in range(self._rng.randint(8, 22))
        ).capitalize()


def _pages(number: int, rng: Random, speakers: list[ActorRef]) -> Iterator[tuple[Document, list[Statement]]]:
    sentence = _Sentences(rng)
    for page in range(number):
        said = [(sentence(), rng.choice(speakers)) for _ in range(_PER_PAGE)]
        lines, statements, at = [], [], 0
        parts = []
        for words, speaker in said:
            part = f"“{words},” {speaker.name} said."
            lines.append(Line(Span(at, at + len(part)), LineRole.BODY))
            parts.append(part)
            at += len(part) + 1
        body = "\n".join(parts)
        identity = content_id("doc", page, body)
        when = day(f"20{31 + page % 9}-{1 + page % 12:02d}-{1 + page % 28:02d}", DateBasis.STATED)
        document = Document(
            identity, f"{page}.txt", body, text_sha256(body), "text/plain", tuple(lines), when, DocumentStatus.ARTICLE
        )
        for (words, speaker), line in zip(said, lines, strict=True):
            start = line.span.start + 1
            content = (Span(start, start + len(words)),)
            identity = content_id("st", document.id, start)
            statements.append(
                Statement(
                    identity, document.id, (), (), content, QuoteType.DIRECT, Act.ASSERT, speakers=(speaker,), date=when
                )
            )
        yield document, statements


def generate(path: Path, number: int, seed: int) -> list[tuple[str, str]]:
    """A record of `number` statements at `path`; some of its quotations with who says each."""
    rng = Random(seed)
    speakers = [ActorRef(f"person:{n}", f"{a.capitalize()} {b.capitalize()}") for n, (a, b) in enumerate(_names(rng))]
    kept: list[tuple[str, str]] = []
    with Record.open(path, create=True) as record:
        pages = _pages(number // _PER_PAGE, rng, speakers)
        while True:
            batch = [page for page, _ in zip(pages, range(500), strict=False)]
            if not batch:
                break
            with record.batch() as one:
                _write(one.write, one.connection, batch)
            document, statements = batch[0]
            kept.append((statements[3].content[0].of(document.text), statements[3].speakers[0].name))
        record.optimise()
    return kept


def _names(rng: Random) -> list[tuple[str, str]]:
    found = {("".join(rng.choices(_SYLLABLES, k=2)), "".join(rng.choices(_SYLLABLES, k=3))) for _ in range(_SPEAKERS)}
    return sorted(found)


def _write(write: Writer, connection: Any, batch: list[tuple[Document, list[Statement]]]) -> None:
    rows, actors, words = [], [], []
    for document, statements in batch:
        write.put_document(document)
        for s in statements:
            content = s.content[0].of(document.text)
            rows.append(
                {
                    "id": s.id, "document": document.id, "line": s.id, "start": s.content[0].start, "quote_type": "direct",
                    "act": "assert", "polarity": "affirmative", "modality": "fact", "presupposed": False,
                    "date_value": s.date.value, "content": content, "confidence": 1.0, "made_by": "generated",
                    "statement": codec.dump(s),
                }
            )  # fmt: skip
            name = s.speakers[0].name
            actors.append(
                {"statement": s.id, "actor": s.speakers[0].id, "name": name, "search": codec.search_form(name)}
            )
            words.append({"statement": s.id, "words": f"{content}\n\n{name}"})
    connection.execute(
        text(
            "INSERT INTO statements (id, document, line, start, quote_type, act, polarity, modality, presupposed, date_value, "
            "content_text, confidence, made_by, statement) VALUES (:id, :document, :line, :start, :quote_type, :act, :polarity, "
            ":modality, :presupposed, :date_value, :content, :confidence, :made_by, :statement)"
        ),
        rows,
    )
    connection.execute(
        text(
            "INSERT INTO statement_actors (statement, role, position, actor, name, search_name) "
            "VALUES (:statement, 'speaker', 0, :actor, :name, :search)"
        ),
        actors,
    )
    connection.execute(text("INSERT INTO statement_words (statement, words) VALUES (:statement, :words)"), words)


def draft(kept: list[tuple[str, str]], seed: int) -> str:
    """A draft of 1,000 words with 20 quotations: eight as they are, six changed, three joined, three foreign."""
    rng = Random(seed)
    chosen = [rng.choice(kept) for _ in range(20)]
    parts = []
    for number, (words, speaker) in enumerate(chosen):
        said = words
        if 8 <= number < 14:
            pieces = words.split()
            pieces[len(pieces) // 2] = "otherwise"
            said = " ".join(pieces)
        elif 14 <= number < 17:
            other = rng.choice(kept)[0].split()
            said = " ".join((*words.split()[:6], *other[-6:]))
        elif number >= 17:
            said = "The weather of the committee was kept in a drawer with the spoons"
        parts.append(f"“{said},” {speaker} said.")
    filler = 1000 - sum(len(part.split()) for part in parts)
    per = max(0, filler // len(parts))
    return "\n\n".join(f"{part} " + " ".join(["So the report goes on."] * (per // 5)) for part in parts)


def main(
    statements: Annotated[int, typer.Option(help="So many statements.")] = 1_000_000,
    seed: Annotated[int, typer.Option(help="The seed of the record.")] = 1,
    folder: Annotated[Path | None, typer.Option(help="Where to keep the record; without it, it is removed.")] = None,
) -> None:
    """Generate the record, check the draft five times, and print the seconds of each run."""
    with tempfile.TemporaryDirectory() as work:
        where = folder or Path(work)
        path, quotes = where / "large.db", where / "quotes.json"
        if not quotes.exists():
            began = time.monotonic()
            quotes.write_text(json.dumps(generate(path, statements, seed)), encoding="utf8")
            typer.echo(f"generated in {time.monotonic() - began:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
        article = where / "draft.md"
        article.write_text(draft(json.loads(quotes.read_text(encoding="utf8")), seed), encoding="utf8")
        typer.echo(f"a draft of {len(article.read_text(encoding='utf8').split())} words")
        for _ in range(5):
            began = time.monotonic()
            command = [
                str(Path(sys.executable).with_name("onrecord")),
                "check",
                str(article),
                "--json",
                "--record",
                str(path),
            ]
            done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=_ROOT)
            seconds = time.monotonic() - began
            verdicts = [row["verdict"] for row in json.loads(done.stdout)]
            typer.echo(f"{seconds:.2f} s, {len(verdicts)} quotations: {', '.join(sorted(set(verdicts)))}")


if __name__ == "__main__":
    typer.run(main)
