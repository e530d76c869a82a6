"""The same record on a PostgreSQL server: its schema, its answers, its one writer, its errors."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, select, text
from typer.testing import CliRunner

from onrecord import pipeline, sources
from onrecord.model import errors
from onrecord.record import EventFilter, Record, StatementFilter, schema, server, sole_writer
from onrecord.record.forgetting import Forgettable
from onrecord.record.search import Search, search
from onrecord.views.cli.app import app
from tests.archive.conftest import tables
from tests.postgres.conftest import SAMPLES, database

QUESTIONS: list[Callable[[Record], object]] = [
    lambda r: r.lines(),
    lambda r: r.lines(StatementFilter(by="Vessling")),
    lambda r: r.lines(StatementFilter(match="withdraw")),
    lambda r: r.lines(StatementFilter(match="Col de Brenna")),
    lambda r: r.lines(StatementFilter(match="naïve façade")),
    lambda r: r.lines(StatementFilter(about="Karvelia", since="2031-03", until="2031-06")),
    lambda r: r.lines(StatementFilter(outlet="COURIER")),
    lambda r: r.lines(StatementFilter(dated=True, min_confidence=0.9)),
    lambda r: r.statement_rows(),
    lambda r: r.ask(lambda c: search(c, Search(words="valley"))),
    lambda r: r.ask(lambda c: search(c, Search(by=("Karvelia",), limit=5))),
    lambda r: r.documents(),
    lambda r: r.reports(),
    lambda r: r.events(),
    lambda r: r.events(EventFilter(by="Karvelia", sayings=True)),
    lambda r: r.stories(),
    lambda r: r.figures(),
    lambda r: r.relations(),
    lambda r: r.relation_rows(),
    lambda r: r.positions(),
    lambda r: r.speaking(),
    lambda r: r.state("2031-05-20"),
    lambda r: r.state(),
    lambda r: r.skipped(),
    lambda r: r.makers(),
    lambda r: r.version(),
    lambda r: [r.why(row.statement.id) for row in r.lines()[:5]],
]


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
def test_every_question_has_the_same_answer(pg_record: Record, sample_record: Record, number: int) -> None:
    assert QUESTIONS[number](pg_record) == QUESTIONS[number](sample_record)


def test_the_rows_are_the_same(pg_record: Record, sample_record: Record) -> None:
    here = tables(pg_record)
    with Record.open(sample_record.path, create=True) as record:
        there = tables(record)
    words = {"statement_words"}  # kept as tokens on a server
    assert {name: rows for name, rows in here.items() if name not in words} == {
        name: rows for name, rows in there.items() if name not in words
    }


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(min_size=1, max_size=30)
    | st.sampled_from(["'; DROP TABLE statements; --", '" OR "', "a:* & !b", "NEAR(a b)"])
)
def test_no_syntax_of_an_index_leaks_into_a_search(pg_record: Record, sample_record: Record, words: str) -> None:
    wanted = StatementFilter(match=words)
    assert [r.statement.id for r in pg_record.lines(wanted)] == [r.statement.id for r in sample_record.lines(wanted)]


def test_a_draft_is_checked_the_same(pg_record: Record, sample_record: Record) -> None:
    rows = [r for r in sample_record.lines() if r.statement.quote_type.value == "direct"][:8]
    draft = "\n\n".join(
        f'"{row.content}," said {row.statement.speakers[0].name}.' for row in rows if row.statement.speakers
    )
    assert [c.verdict for c in pg_record.check(draft)] == [c.verdict for c in sample_record.check(draft)] != []


def test_the_schema_is_that_of_the_tables_and_orders_by_code_point(pg_record: Record) -> None:
    with pg_record.batch() as batch:
        found = inspect(batch.connection)
        for table in schema.metadata.sorted_tables:
            columns = {c["name"]: c["nullable"] for c in found.get_columns(table.name)}
            assert columns == {c.name: c.nullable for c in table.columns}, table.name
        other = batch.connection.execute(
            text(
                "SELECT a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation l ON l.oid = "
                "a.attcollation WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND l.collname <> 'C'"
            )
        ).all()
        assert other == []
        assert (
            "gin"
            in batch.connection.execute(
                text("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_statement_words'")
            ).scalar_one()
        )


def test_readers_see_whole_batches_while_one_writes(server_address: str, engine: pipeline.Engine) -> None:
    address = database(server_address, "busy")
    seen: list[tuple[int, int]] = []
    stop = threading.Event()

    def ask() -> None:
        with Record.open(address) as record:
            while not stop.is_set():
                with record.batch() as batch:
                    d, m = schema.documents, schema.report_documents
                    seen.append(
                        (
                            len(batch.connection.execute(select(d.c.id)).all()),
                            len(batch.connection.execute(select(m.c.document)).all()),
                        )
                    )

    with Record.open(address, create=True) as record:
        readers = [threading.Thread(target=ask) for _ in range(4)]
        for reader in readers:
            reader.start()
        try:
            for path in sorted(SAMPLES.glob("2031-0[56]*"))[:6]:
                pipeline.read(sources.pages([str(path)]), record, engine)
        finally:
            stop.set()
            for reader in readers:
                reader.join()
        assert len(record.documents()) == 6
    assert all(documents == members for documents, members in seen)
    assert len(seen) > 4


def test_one_writes_at_a_time_and_the_lock_goes_with_its_holder(server_address: str) -> None:
    address = database(server_address, "locked")
    with Record.open(address, create=True) as record:
        path = record.path
        with sole_writer(path), pytest.raises(errors.RecordBusy, match="Another onrecord"), sole_writer(path):
            raise AssertionError("two write")
        with sole_writer(path):
            pass


def test_a_page_is_forgotten_on_a_server_too(server_address: str, engine: pipeline.Engine) -> None:
    with Record.open(database(server_address, "forgotten"), create=True) as record:
        page = SAMPLES / "2031-11-04_halvik-courier_grain-ship.txt"
        pipeline.read(sources.pages([str(page)]), record, engine)
        assert record.lines()
        record.forget(Forgettable.PAGE, str(page), "asked for")
        assert record.lines() == []
        with record.batch() as batch:
            assert batch.connection.execute(text("SELECT count(*) FROM statement_words")).scalar() == 0


def test_the_commands_take_an_address(pg_record: Record, sample_record: Record, server_address: str) -> None:
    address = f"{server_address}/samples"
    here = CliRunner().invoke(app, ["statements", "--match", "withdraw", "--json", "--record", address])
    there = CliRunner().invoke(
        app, ["statements", "--match", "withdraw", "--json", "--record", str(sample_record.path)]
    )
    assert json.loads(here.stdout) == json.loads(there.stdout) != []


def test_what_cannot_be_opened_is_said_in_one_sentence_without_the_password(server_address: str) -> None:
    with pytest.raises(errors.RecordNotFound, match="There is no record at postgresql"):
        Record.open(database(server_address, "empty"))
    for address, said in (
        (f"{server_address}/no_such_database", "does not exist"),
        ("postgresql://onrecord:secret@127.0.0.1:1/x", "does not answer"),
    ):
        with pytest.raises(errors.RecordError, match=said) as caught:
            Record.open(address)
        assert "secret" not in str(caught.value)
    name = database(server_address, "other")
    engine = server.engine(name)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE payroll (name TEXT)"))
    engine.dispose()
    with pytest.raises(errors.NotARecord):
        Record.open(name, create=True)
