"""The web page's time over a large generated record: `python -m evals.web_speed [--statements N] [--folder F]`.

The record has 150 states with some 3,000 people who speak for them; how often each speaks and is spoken to falls as a power of its rank
(exponent 0.7), acts are as frequent as in the samples, every seventh page is a copy of the one before, every page tells an event. Sentences
are those of `evals.check_speed`; of the assertions three in a hundred tell besides what became of a promise, of monitors or of a
channel. Times are those of the server: from the request to the whole answer, in process, without a network,
once the server has asked ahead what it keeps; each address is asked once (cold) and once again (warm). Beside the time on the
clock stands that of the processor, which a busy machine does not change.
"""

from __future__ import annotations

import datetime
import json
import statistics
import tempfile
import time
from bisect import bisect
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Annotated, Any
from urllib.parse import quote

import typer

from evals.check_speed import _names, _Sentences
from onrecord.model import (
    Act,
    Actor,
    ActorKind,
    ActorRef,
    Basis,
    Copy,
    Document,
    DocumentStatus,
    EventKind,
    EventMention,
    Independence,
    Line,
    LineRole,
    Modality,
    Origin,
    OriginBasis,
    Participant,
    QuoteType,
    RelationKind,
    Report,
    Role,
    Root,
    Span,
    Statement,
    content_id,
    day,
    mention_id,
    relation_id,
    text_sha256,
)
from onrecord.model.dates import DateBasis
from onrecord.record import Record, fulltext, schema
from onrecord.record.event_rows import actor_rows, mention_row
from onrecord.record.writer import _actor_rows, _statement_row, _words

_PER_PAGE, _BATCH, _STATES, _OUTLETS, _DAYS = 20, 500, 150, 200, 3_600
#: How often each act occurs, in parts of a thousand: as counted over the samples.
_ACTS = (
    (Act.ASSERT, 520), (Act.DENY, 80), (Act.DEMAND, 80), (Act.PROMISE, 60), (Act.REQUEST, 50), (Act.ACCUSE, 50), (Act.WARN, 30),
    (Act.REJECT, 30), (Act.OFFER, 20), (Act.CONDEMN, 30), (Act.SUPPORT, 30), (Act.AGREE, 20),
)  # fmt: skip


#: How a hundredth of the assertions each tell of what ledgers look for.
_TOLD = ("it was not met", "the guns have been withdrawn", "the monitors were turned back at the border")


class _World:
    """Who there is, and how often."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.sentence = _Sentences(rng)
        names = _names(rng)
        self.states = [ActorRef(f"state:G{n:03}", f"{a.capitalize()}land") for n, (a, _) in enumerate(names[:_STATES])]
        self.people: list[list[ActorRef]] = [[] for _ in self.states]
        for n, (a, b) in enumerate(names):
            self.people[n % _STATES].append(ActorRef(f"person:g{n}", f"{a.capitalize()} {b.capitalize()}"))
        self.sums = list(accumulate((n + 1.0) ** -0.7 for n in range(_STATES)))
        self.acts = list(accumulate(share for _, share in _ACTS))
        self.outlets = [f"The {a.capitalize()} {b.capitalize()}" for a, b in names[:_OUTLETS]]

    def state(self) -> int:
        """A state by its frequency."""
        return bisect(self.sums, self.rng.random() * self.sums[-1])

    def act(self) -> Act:
        """An act by its frequency."""
        return _ACTS[bisect(self.acts, self.rng.random() * self.acts[-1])][0]


def _page(world: _World, number: int) -> tuple[Document, list[Statement], EventMention]:
    rng = world.rng
    when = day(
        (datetime.date(2031, 1, 1) + datetime.timedelta(days=rng.randrange(_DAYS))).isoformat(), DateBasis.STATED
    )
    made = []
    parts: list[str] = []
    at = 0
    for _ in range(_PER_PAGE):
        side, other = world.state(), world.state()
        speaker, words, act = rng.choice(world.people[side]), world.sentence(), world.act()
        if act is Act.ASSERT and rng.random() < 0.03:
            words = f"{words} and {rng.choice(_TOLD)}"
        part = f"“{words},” {speaker.name} said."
        made.append(
            (
                at + 1,
                words,
                speaker,
                world.states[side],
                world.states[other] if other != side and rng.random() < 0.5 else None,
                act,
            )
        )
        parts.append(part)
        at += len(part) + 1
    one, two = rng.sample(world.states, 2)
    parts.append(f"{one.name} met {two.name}.")
    text = "\n".join(parts)
    key = content_id("doc", "web", number)
    lines = []
    start = 0
    for part in parts:
        lines.append(Line(Span(start, start + len(part)), LineRole.BODY))
        start += len(part) + 1
    document = Document(
        key, f"{number}.txt", text, text_sha256(text), "text/plain", tuple(lines), when, DocumentStatus.ARTICLE,
        title=f"{one.name} and {two.name}", publisher=rng.choice(world.outlets),
    )  # fmt: skip
    statements = [
        Statement(
            content_id("st", key, begin), key, (), (), (Span(begin, begin + len(words)),), QuoteType.DIRECT, act,
            speakers=(speaker,), on_behalf_of=(side,), target=(aim,) if aim else (), date=when, confidence=0.9, made_by="generated",
            modality=Modality.FUTURE if act is Act.PROMISE else Modality.FACT,
        )
        for begin, words, speaker, side, aim, act in made
    ]  # fmt: skip
    met = lines[-1].span.start + len(one.name) + 1
    trigger = (Span(met, met + 3),)
    parties = tuple(
        Participant(role, Span(a, a + len(ref.name)), (ref,), (ref.id or "",))
        for role, ref, a in ((Role.ACTOR, one, met - len(one.name) - 1), (Role.RECIPIENT, two, met + 4))
    )
    event = EventMention(
        mention_id(key, trigger, EventKind.MEETING), key, trigger, EventKind.MEETING, Root.CONSULT, participants=parties, date=when
    )  # fmt: skip
    return document, statements, event


def _moved(statement: Statement, key: str) -> Statement:
    return replace(statement, id=content_id("st", key, statement.content[0].start), document=key)


def _pages(world: _World, number: int) -> Iterator[tuple[Document, list[Statement], EventMention, str | None]]:
    """Pages, every seventh a copy of the one before by another outlet: the last value is the id of the page it copies."""
    document, statements, event = _page(world, 0)
    for n in range(number):
        if n % 7 == 6:
            key = content_id("doc", "web", n)
            copy = replace(document, id=key, path=f"{n}.txt", publisher=world.rng.choice(world.outlets))
            moved = replace(event, id=mention_id(key, event.trigger, event.kind), document=key)
            yield copy, [_moved(s, key) for s in statements], moved, document.id
            continue
        document, statements, event = _page(world, n)
        yield document, statements, event, None


def generate(path: Path, number: int, seed: int) -> None:
    """A record of `number` statements at `path`."""
    world = _World(Random(seed))
    names = {ref.id or "": ref.name for ref in world.states}
    charged: dict[tuple[str, str], str] = {}
    with Record.open(path, create=True) as record:
        with record.batch() as batch:
            states = [Actor(ref.id or "", ref.name, ActorKind.STATE) for ref in world.states]
            people = [Actor(ref.id or "", ref.name, ActorKind.PERSON) for some in world.people for ref in some]
            batch.write.put_actors([*states, *people])
            batch.write.put_makers({"reader": "generated", "resolver": "generated"})
        pages = _pages(world, number // _PER_PAGE)
        while True:
            group = [page for page, _ in zip(pages, range(_BATCH), strict=False)]
            if not group:
                break
            with record.batch() as batch:
                _write(batch, group, names, charged)
        record.optimise()
        with record.batch() as batch:
            batch.connection.exec_driver_sql("ANALYZE")


def _write(batch: Any, group: list[Any], names: dict[str, str], charged: dict[tuple[str, str], str]) -> None:
    tables: dict[Any, list[dict[str, Any]]] = {schema.statements: [], schema.statement_actors: [], schema.relations: [],
                                              schema.event_mentions: [], schema.event_actors: []}  # fmt: skip
    words = []
    for document, statements, event, first in group:
        batch.write.put_document(document)
        batch.write.put_page(document.path, document.text_sha256, document.id)
        for s in statements:
            line = s.id if first is None else content_id("st", first, s.content[0].start)
            tables[schema.statements].append(_statement_row(document, s, line))
            tables[schema.statement_actors] += _actor_rows(document, s)
            words.append((s.id, _words(document, s)))
            if first is None:
                tables[schema.relations] += _bond(s, charged)
        line = event.id if first is None else mention_id(first, event.trigger, event.kind)
        tables[schema.event_mentions].append(mention_row(event, line))
        tables[schema.event_actors] += actor_rows(event, names)
    for table, rows in tables.items():
        if rows:
            batch.connection.execute(table.insert(), rows)
    fulltext.put(batch.connection, words)
    for at, (document, _, _, first) in enumerate(group):
        if first is None:
            copies = [group[at + 1][0]] if at + 1 < len(group) and group[at + 1][3] == document.id else []
            origin = Origin((document.publisher or "",), OriginBasis.PUBLISHER, Independence.ORIGINAL)
            given = tuple(Copy(c.id, 1.0, Independence.COPY) for c in copies)
            batch.write.put_report(Report(content_id("rep", document.id), document.id, origin, given))


def _bond(statement: Statement, charged: dict[tuple[str, str], str]) -> list[dict[str, Any]]:
    """A denial denies the last accusation that its side was charged with by whom it is aimed at."""
    if not statement.target:
        return []
    by, to = statement.on_behalf_of[0].id or "", statement.target[0].id or ""
    if statement.act is Act.ACCUSE:
        charged[by, to] = statement.id
    before = charged.get((to, by))
    if statement.act is not Act.DENY or before is None:
        return []
    return [
        {
            "id": relation_id(RelationKind.DENIES, statement.id, before), "kind": "denies", "subject": statement.id, "object": before,
            "basis": json.dumps([Basis.PROPOSITION_MATCH.value]), "confidence": 0.8, "denied": None, "parts": None, "across": True,
            "rule": "generated", "made_by": "generated",
        }
    ]  # fmt: skip


#: Milliseconds of the processor that an answer may take when it is asked for first, by kind of address, and the largest page in KB.
LIMITS, LARGEST = {"search": 100.0, "dispute": 300.0, "page": 200.0}, 300.0


def within(statements: int, seed: int = 1, rounds: int = 12) -> dict[str, float]:
    """Over a new record: the share of addresses of each kind answered within `LIMITS`, and of kinds whose pages are all small."""
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "web.db"
        generate(path, statements, seed)
        found = measure(path, seed, rounds)
    small = sum(some["largest_kb"] < LARGEST for some in found.values()) / len(found)
    return {**{kind: some["within"] for kind, some in found.items()}, "small": small}


def addresses(path: Path, seed: int, number: int) -> dict[str, list[str]]:
    """Addresses to ask by what they ask for: pages, searches of words, names and filters, disputes of sides on days."""
    rng = Random(seed)
    world = _World(Random(1))
    with Record.open(path) as record:
        ids = record.ask(
            lambda c: list(c.exec_driver_sql("SELECT id, document FROM statements WHERE rowid % 997 = 5 LIMIT 400"))
        )
        documents = record.ask(
            lambda c: list(c.exec_driver_sql("SELECT report FROM report_documents WHERE NOT is_lead LIMIT 200"))
        )
    found: dict[str, list[str]] = {"search": [], "dispute": [], "page": []}
    for n in range(number):
        words = world.sentence().split()
        person = rng.choice(rng.choice(world.people))
        state, other = world.states[world.state()], world.states[world.state()]
        found["search"] += [
            f"/search?q={rng.choice(words)}", f"/search?q={words[0]}+{words[-1]}", f"/search?q={rng.choice(words)}&by={quote(person.name)}",
            f"/search?by={quote(state.name)}&act=deny", f"/search?by={state.id}&target={other.id}&since=2034&until=2036",
            f"/search?outlet={quote(rng.choice(world.outlets))}", f"/search?act={world.act().value}&since=20{31 + n % 9}",
        ]  # fmt: skip
        if state != other:
            on = f"20{32 + n % 8}-{1 + n % 12:02}-15"
            found["dispute"].append(f"/dispute?a={state.id}&b={other.id}&on={on}")
        one = rng.choice(ids)
        found["page"] += [
            f"/statement/{one[0]}",
            f"/page/{one[1]}",
            f"/actor/{person.id}",
            f"/story/{rng.choice(documents)[0]}",
        ]
    found["page"] += [
        "/",
        "/disputes",
        "/actors",
        "/matrix",
        "/volume",
        "/map",
        "/sources",
        "/since",
        "/about",
        "/check",
        "/corrections",
    ]
    return found


def measure(path: Path, seed: int, number: int) -> dict[str, dict[str, float]]:
    """Milliseconds by kind of address: median and 95th percentile, cold and warm, and the size of the largest page in KB."""
    from starlette.testclient import TestClient

    from onrecord.views.web import create_app, warm

    figures: dict[str, dict[str, float]] = {}
    with Record.open(path) as record:
        app = create_app(record)
        client = TestClient(app, base_url="http://127.0.0.1")
        began = time.perf_counter()
        warm(app).join()
        typer.echo(
            f"asked ahead in {time.perf_counter() - began:.1f} s, as the server does in the background", err=True
        )
        for kind, asked in addresses(path, seed, number).items():
            times: dict[str, list[float]] = {"cold": [], "warm": [], "cold_cpu": [], "warm_cpu": []}
            largest, slowest = 0, ("", 0.0)
            for address in dict.fromkeys(asked):
                for state in ("cold", "warm"):
                    began, worked = time.perf_counter(), time.process_time()
                    answer = client.get(address)
                    times[f"{state}_cpu"].append((time.process_time() - worked) * 1_000)
                    times[state].append((time.perf_counter() - began) * 1_000)
                    if answer.status_code != 200:
                        raise typer.BadParameter(f"{address} answers {answer.status_code}")
                largest = max(largest, len(answer.content))
                slowest = max(slowest, (address, times["cold"][-1]), key=lambda s: s[1])
            figures[kind] = {"addresses": len(times["cold"]), "largest_kb": round(largest / 1024, 1)}
            for state, some in times.items():
                figures[kind][f"{state}_median"] = round(statistics.median(some), 1)
                figures[kind][f"{state}_p95"] = round(sorted(some)[int(0.95 * (len(some) - 1))], 1)
            quick = sum(one <= LIMITS[kind] for one in times["cold_cpu"])
            figures[kind]["within"] = round(quick / len(times["cold_cpu"]), 3)
            typer.echo(f"slowest {kind}: {slowest[0]} {slowest[1]:.0f} ms", err=True)
    return figures


def main(
    statements: Annotated[int, typer.Option(help="So many statements.")] = 1_000_000,
    seed: Annotated[int, typer.Option(help="The seed of the record.")] = 1,
    rounds: Annotated[
        int, typer.Option(help="Rounds of addresses, each with seven searches, a dispute and four pages.")
    ] = 30,
    folder: Annotated[Path | None, typer.Option(help="Where to keep the record; without it, it is removed.")] = None,
) -> None:
    """Generate the record unless it is there, ask every address twice, and print the milliseconds."""
    with tempfile.TemporaryDirectory() as work:
        path = (folder or Path(work)) / "web.db"
        if not path.exists():
            began = time.monotonic()
            generate(path, statements, seed)
            typer.echo(f"generated in {time.monotonic() - began:.0f} s, {path.stat().st_size / 1e6:.0f} MB", err=True)
        typer.echo(json.dumps(measure(path, seed, rounds), indent=1))


if __name__ == "__main__":
    typer.run(main)
