"""How long a question about events takes on a record of generated mentions: `python benchmarks/event_questions.py 10000`.

Pages of eight mentions each, half of them sayings, over twenty years and forty sides; prints the seconds, of the processor and by the
clock, of putting all events together, as every question once did, and of questions that read the blocks they need.
"""

from __future__ import annotations

import datetime
import random
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import insert

from onrecord.model import (
    ActorRef,
    DateBasis,
    DateValue,
    EventKind,
    EventMention,
    Participant,
    Precision,
    Role,
    Root,
    Span,
    mention_id,
)
from onrecord.record import EventFilter, Record, codec, events, schema
from onrecord.record.event_blocks import Wanted
from onrecord.record.event_rows import actor_rows, mention_row

KINDS = (
    *([EventKind.SAYING] * 5), EventKind.MEETING, EventKind.ATTACK, EventKind.AID, EventKind.SANCTION, EventKind.DETENTION,
)  # fmt: skip
A_PAGE = 8
FIRST = datetime.date(2005, 1, 1)


def day_of(day: datetime.date) -> DateValue:
    text = day.isoformat()
    return DateValue(text, Precision.DAY, DateBasis.STATED, text, text)


def mention_of(page: str, at: int, day: datetime.date, chance: random.Random) -> EventMention:
    """A generated mention: two of forty sides, on the day of its page or one of the five before."""
    trigger = (Span(at * 40, at * 40 + 5),)
    kind = chance.choice(KINDS)
    people = []
    for role, side in zip((Role.ACTOR, Role.RECIPIENT), chance.sample(range(40), 2), strict=True):
        start = at * 40 + 10 + 10 * (role is Role.RECIPIENT)
        name = f"Side {side}"
        people.append(Participant(role, Span(start, start + 6), (ActorRef(f"state:{side}", name),), (f"state:{side}",)))
    return EventMention(
        mention_id(page, trigger, kind), page, trigger, kind, Root.CONSULT,
        participants=tuple(people), date=day_of(day - datetime.timedelta(days=chance.randrange(6))),
    )  # fmt: skip


def fill(record: Record, count: int) -> str:
    """Writes `count` generated mentions into an empty record and returns the id of one."""
    chance = random.Random(7)
    pages, mentions, actors = [], [], []
    for number in range(count // A_PAGE):
        page = f"doc-{number:08d}"
        day = FIRST + datetime.timedelta(days=chance.randrange(365 * 20))
        values = {column.name: "" for column in schema.documents.columns if not column.nullable}
        values |= {
            "id": page,
            "published_value": day.isoformat(),
            "published": codec.dump(day_of(day)),
            "status": "article",
        }
        values |= {"credits": "[]", "lines": "[]", "meta": "[]", "conflicts": "[]", "text_sha256": f"{number:064x}"}
        pages.append(values)
        for at in range(A_PAGE):
            mention = mention_of(page, at, day, chance)
            if mention.kind is not EventKind.SAYING or at % 2:
                mentions.append(mention_row(mention, mention.id))
                actors += actor_rows(mention, {})
    with record._engine.begin() as connection:
        tables = ((pages, schema.documents), (mentions, schema.event_mentions), (actors, schema.event_actors))
        for rows, table in tables:
            for start in range(0, len(rows), 5_000):
                connection.execute(insert(table), rows[start : start + 5_000])
    return str(next(row["id"] for row in mentions if row["kind"] == "meeting"))


def timed(what: str, ask: object) -> None:
    began, worked = time.perf_counter(), time.process_time()
    found = ask()  # type: ignore[operator]
    told = f"{time.process_time() - worked:.2f} s of the processor, {time.perf_counter() - began:.2f} s"
    print(f"{what}: {told}, {found}", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Record.open(Path(folder) / "record.db", create=True) as record:
        one = fill(record, int(sys.argv[1]))
        with record._engine.connect() as connection:
            everything = Wanted.of(None, sayings=True)
            timed("all, sayings too", lambda: f"{len(events._all(connection, everything)[0])} events")
        timed("events without sayings", lambda: f"{len(record.events())} events")
        timed("the first 50", lambda: len(record.events(EventFilter(limit=50))))
        timed("the first 50 of one code", lambda: len(record.events(EventFilter(code=Root.CONSULT, limit=50))))
        timed("the first 50 of one side", lambda: len(record.events(EventFilter(actor="Side 7", limit=50))))
        timed("the first 50 since 2015", lambda: len(record.events(EventFilter(since="2015", limit=50))))
        timed(
            "one kind, one month",
            lambda: len(record.events(EventFilter(kind=EventKind.MEETING, since="2015-05", until="2015-05"))),
        )
        timed("one month", lambda: len(record.events(EventFilter(since="2015-05", until="2015-05"))))
        timed("one event by its id", lambda: len(record.event(one).event.mentions))


if __name__ == "__main__":
    main()
