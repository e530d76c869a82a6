"""A record under load: readers ask while a writer is killed again and again: ``python -m tools.under_load [--seconds N] [--kills N]``.

The writer commits batches of generated pages and notes each batch on paper (a file of its own, flushed) after its commit. When all
is over, every batch on paper must be in the record, no batch in part, no page without its statement and its words, and SQLite's
integrity check must find nothing. Readers check the same on every state they see.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import tempfile
import time
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path
from random import Random

from sqlalchemy import Connection, func, select, text

from onrecord.model import (
    UNKNOWN_DATE,
    Act,
    ActorRef,
    Document,
    DocumentStatus,
    Line,
    LineRole,
    QuoteType,
    Reading,
    Span,
    Statement,
    content_id,
    text_sha256,
)
from onrecord.record import Batch, Record, StatementFilter, schema, sole_writer

#: Pages of one batch.
BATCH = 25
_WORDS = ("harbour", "treaty", "bridge", "winter", "border", "ferry", "timber", "customs", "envoy", "ceasefire")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was seen: commits on paper, commits in the record, kills, questions asked, and everything that was wrong."""

    noted: int
    kept: int
    kills: int
    questions: int
    wrong: tuple[str, ...]


def page(batch: int, number: int) -> tuple[Document, Statement]:
    """A generated page of one line with its statement."""
    words = " ".join(Random(f"{batch}:{number}").choices(_WORDS, k=12))
    body = f"Batch{batch} will not forget page{number}: {words}, said Orla Dunmark."
    identity = content_id("doc", batch, number)
    document = Document(
        identity,
        f"{batch}/{number}.txt",
        body,
        text_sha256(body),
        "text/plain",
        (Line(Span(0, len(body)), LineRole.BODY),),
        UNKNOWN_DATE,
        DocumentStatus.ARTICLE,
    )
    content = (Span(0, body.index(", said")),)
    speaker = ActorRef("act-orla", "Orla Dunmark")
    statement = Statement(
        content_id("st", identity), identity, (), (), content, QuoteType.INDIRECT, Act.ASSERT, speakers=(speaker,)
    )
    return document, statement


def put(batch: Batch, number: int) -> None:
    """Writes one batch of pages with their statements."""
    for at in range(BATCH):
        document, statement = page(number, at)
        batch.write.put_document(document)
        batch.write.put_page(document.path, document.text_sha256, document.id)
        reading = Reading(document.id, statements=(statement,))
        batch.write.put_reading(document, reading, reading.statements, "load", None, {})


def write(place: str, paper: str) -> None:
    """Writes batches until it is killed; a batch that is on paper is not written again."""
    with Record.open(place, create=True) as record, sole_writer(record.path), Path(paper).open("a+") as noted:
        with record.batch() as batch:
            number = count(batch.connection) // BATCH
        while True:
            with record.batch() as batch:
                put(batch, number)
            noted.write(f"{number}\n")
            noted.flush()
            number += 1


def count(connection: Connection) -> int:
    """How many documents there are."""
    return int(connection.execute(select(func.count()).select_from(schema.documents)).scalar() or 0)


def wrong(connection: Connection) -> list[str]:
    """What is not whole in the state that the connection sees."""
    s = schema.statements
    documents = count(connection)
    statements = connection.execute(select(func.count()).select_from(s)).scalar()
    spoken = connection.execute(select(func.count()).select_from(schema.statement_actors)).scalar()
    words = connection.execute(text("SELECT count(*) FROM statement_words")).scalar()
    found = []
    if documents % BATCH:
        found.append(f"a batch is there in part: {documents} documents")
    if not documents == statements == spoken == words:
        found.append(f"{documents} documents, {statements} statements, {spoken} speakers, {words} rows of words")
    return found


def ask(place: str, stop: Event, answers: multiprocessing.Queue[tuple[int, list[str]]]) -> None:
    """Asks until it is told to stop, and tells how often it asked and what was wrong."""
    asked, found = 0, []
    with Record.open(place) as record:
        while not stop.is_set():
            with record._asking() as connection:
                found += wrong(connection)
            rows = record.lines(StatementFilter(match=f"page{asked % BATCH} {_WORDS[asked % len(_WORDS)]}", limit=20))
            found += [f"{row.statement.id} was found by other words" for row in rows if "page" not in row.content]
            asked += 1
    answers.put((asked, found))


def run(place: str, paper: Path, seconds: float, kills: int, readers: int) -> Outcome:
    """Readers and a writer at `place` for so many seconds, the writer killed so many times; what is found when all is over."""
    context = multiprocessing.get_context("spawn")
    Record.open(place, create=True).close()
    stop = context.Event()
    answers: multiprocessing.Queue[tuple[int, list[str]]] = context.Queue()
    asking = [context.Process(target=ask, args=(place, stop, answers)) for _ in range(readers)]
    for reader in asking:
        reader.start()
    random = Random(kills)
    began = time.monotonic()
    done = 0
    for _ in range(kills + 1):
        before = len(_noted(paper))
        writer = context.Process(target=write, args=(place, str(paper)))
        writer.start()
        pause = seconds / (kills + 1) * random.uniform(0.8, 1.2)
        last = time.monotonic() + pause
        # However slow the machine is, every writer commits something before it is killed.
        while time.monotonic() < last or len(_noted(paper)) <= before:
            if not writer.is_alive() or time.monotonic() - began > 10 * seconds + 120:
                break
            time.sleep(0.02)
        if writer.pid is not None and writer.is_alive():
            os.kill(writer.pid, signal.SIGKILL)
            done += 1
        writer.join()
    stop.set()
    found = [answers.get(timeout=120) for _ in asking]
    for reader in asking:
        reader.join()
    problems = [problem for _, some in found for problem in some]
    return _checked(place, paper, done, sum(n for n, _ in found), problems)


def _noted(paper: Path) -> list[int]:
    return [int(line) for line in paper.read_text().splitlines()] if paper.exists() else []


def _checked(place: str, paper: Path, kills: int, questions: int, problems: list[str]) -> Outcome:
    noted = _noted(paper)
    with Record.open(place, create=True) as record, record.batch() as batch:
        problems += wrong(batch.connection)
        kept = set(batch.connection.execute(select(schema.documents.c.id)).scalars())
        for number in noted:
            lost = [at for at in range(BATCH) if page(number, at)[0].id not in kept]
            if lost:
                problems.append(f"batch {number} was committed and {len(lost)} of its pages are gone")
        if batch.connection.dialect.name == "sqlite":
            said = batch.connection.execute(text("PRAGMA integrity_check")).scalars().all()
            problems += [f"integrity check: {line}" for line in said if line != "ok"]
            problems += [
                f"foreign key: {row}" for row in batch.connection.execute(text("PRAGMA foreign_key_check")).all()
            ]
            # FTS5's own check of its index against its content raises where they differ.
            batch.connection.execute(text("INSERT INTO statement_words (statement_words) VALUES ('integrity-check')"))
        return Outcome(len(noted), len(kept) // BATCH, kills, questions, tuple(problems))


def main(arguments: list[str] | None = None) -> int:
    """Runs it and prints what was seen; fails when anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--record", help="A record to use, as of a server; else a file that is removed afterwards.")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="onrecord-load-") as folder:
        place = args.record or str(Path(folder) / "record.db")
        found = run(place, Path(folder) / "paper", args.seconds, args.kills, args.readers)
    print(
        f"{found.noted} commits on paper, {found.kept} in the record, {found.kills} kills, {found.questions} questions by "
        f"{args.readers} readers: {len(found.wrong)} things wrong"
    )
    for problem in found.wrong[:20]:
        print(f"  {problem}")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
