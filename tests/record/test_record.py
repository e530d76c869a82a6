"""The record: what is written comes back, twice changes nothing, and what cannot be used says so in one sentence."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import (
    Act,
    ActorRef,
    Copy,
    Document,
    DocumentStatus,
    Independence,
    Line,
    LineRole,
    Origin,
    OriginBasis,
    QuoteType,
    Reading,
    Report,
    Span,
    Statement,
    content_id,
    errors,
    statement_id,
    text_sha256,
)
from onrecord.model.dates import UNKNOWN_DATE, DateBasis, day
from onrecord.record import Record, StatementFilter, sole_writer
from onrecord.record.schema import metadata
from onrecord.record.store import SCHEMA_HEAD, connect

TEXT = "Oda Renn said the valley was quiet.\nKarvelia denies sending troops."


def document(text: str = TEXT, url: str | None = None, publisher: str | None = "The Halvik Courier") -> Document:
    lines, at = [], 0
    for part in text.split("\n"):
        lines.append(Line(Span(at, at + len(part)), LineRole.BODY))
        at += len(part) + 1
    return Document(
        id=content_id("doc", text_sha256(text), url or ""),
        path="a.txt",
        text=text,
        text_sha256=text_sha256(text),
        media_type="text/plain",
        lines=tuple(lines),
        published=day("2031-03-04", DateBasis.STATED),
        status=DocumentStatus.ARTICLE,
        url=url,
        publisher=publisher,
    )


def saying(
    doc: Document, source: str, cue: str, content: str, act: Act, speaker: str, date: str | None = None
) -> Statement:
    def at(words: str) -> tuple[Span, ...]:
        start = doc.text.index(words)
        return (Span(start, start + len(words)),)

    return Statement(
        id=statement_id(doc.id, at(source), at(cue), at(content)),
        document=doc.id,
        source=at(source),
        cue=at(cue),
        content=at(content),
        quote_type=QuoteType.INDIRECT,
        act=act,
        speakers=(ActorRef("act-1", speaker, at(source)[0]),),
        date=day(date, DateBasis.STATED) if date else UNKNOWN_DATE,
        confidence=0.9,
        made_by="test",
    )


def two_statements(doc: Document) -> Reading:
    return Reading(
        doc.id,
        statements=(
            saying(doc, "Oda Renn", "said", "the valley was quiet", Act.ASSERT, "Oda Renn", "2031-03-04"),
            saying(doc, "Karvelia", "denies", "sending troops", Act.DENY, "Karvelia"),
        ),
    )


def write(record: Record, doc: Document, reading: Reading, report: Report | None = None) -> None:
    with record.batch() as batch:
        batch.write.put_document(doc)
        batch.write.put_page(doc.path, "00", doc.id)
        batch.write.put_report(report or Report(content_id("rep", doc.id), doc.id, Origin()))
        batch.write.put_reading(doc, reading, reading.statements, "test", None, {})


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record.open(tmp_path / "record.db", create=True)


def test_what_is_written_comes_back(record: Record) -> None:
    doc = document()
    write(record, doc, two_statements(doc))
    assert record.document(doc.id) == doc
    assert [row.statement for row in record.lines()] == list(two_statements(doc).statements)
    assert record.reading(doc.id) == two_statements(doc)


def test_writing_twice_changes_nothing(record: Record) -> None:
    doc = document()
    write(record, doc, two_statements(doc))
    first = dump(record.path)
    write(record, doc, two_statements(doc))
    assert dump(record.path) == first


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return sorted(line for line in connection.iterdump() if "statement_words_" not in line)


@pytest.mark.parametrize(
    ("wanted", "contents"),
    [
        (StatementFilter(by="renn"), ["the valley was quiet"]),
        (StatementFilter(by="ren"), []),
        (StatementFilter(act=Act.DENY), ["sending troops"]),
        (StatementFilter(match="VALLEY quiet"), ["the valley was quiet"]),
        (StatementFilter(match='valley" OR "troops'), []),
        (StatementFilter(match="*"), []),
        (StatementFilter(match="valley AND NOT quiet"), []),
        (StatementFilter(about="troops"), ["sending troops"]),
        (StatementFilter(since="2031-03-04", until="2031-03-04"), ["the valley was quiet"]),
        (StatementFilter(until="2031-03"), ["the valley was quiet"]),
        (StatementFilter(since="2031-03-05"), []),
        (StatementFilter(dated=True), ["the valley was quiet"]),
        (StatementFilter(outlet="Courier"), ["the valley was quiet", "sending troops"]),
        (StatementFilter(outlet="100%"), []),
        (StatementFilter(min_confidence=0.95), []),
        (StatementFilter(limit=1), ["the valley was quiet"]),
    ],
)
def test_filters(record: Record, wanted: StatementFilter, contents: list[str]) -> None:
    doc = document()
    write(record, doc, two_statements(doc))
    assert [row.content for row in record.lines(wanted)] == contents


def test_copies_fold_into_one_line(record: Record) -> None:
    lead, other = document(), document(url="https://dravno-today.example/1", publisher="Dravno Today")
    copy = Copy(other.id, 1.0, Independence.COPY)
    origin = Origin(("MP",), OriginBasis.DATELINE, Independence.ORIGINAL)
    report = Report(content_id("rep", lead.id), lead.id, origin, (copy,))
    first, second = two_statements(lead), two_statements(other)
    with record.batch() as batch:
        for doc in (lead, other):
            batch.write.put_document(doc)
        batch.write.put_report(report)
        batch.write.put_reading(lead, first, first.statements, "test", None, {})
        line = {b.id: a.id for a, b in zip(first.statements, second.statements, strict=True)}
        batch.write.put_reading(other, second, second.statements, "test", lead.id, line)
    rows = record.lines()
    assert [(row.outlets, row.reports, row.independent_reports, len(row.copies)) for row in rows] == [(2, 1, 1, 1)] * 2
    assert len(record.statement_rows()) == 4


@pytest.mark.parametrize(
    ("field", "spans"),
    [
        ("content", (Span(0, 3), Span(2, 5))),
        ("content", (Span(60, 900),)),
        ("content", ()),
        ("cue", (Span(8, 9),)),
        ("source", (Span(4, 4),)),
    ],
)
def test_a_span_that_is_not_text_is_never_stored(record: Record, field: str, spans: tuple[Span, ...]) -> None:
    doc = document()
    broken = replace(two_statements(doc).statements[0], **{field: spans})
    with pytest.raises(errors.SpanMismatch):
        write(record, doc, Reading(doc.id, statements=(broken,)))
    assert record.documents() == []


def test_lines_that_do_not_cover_the_text_are_refused(record: Record) -> None:
    doc = document()
    with pytest.raises(errors.SpanMismatch, match="do not cover"):
        write(record, replace(doc, lines=doc.lines[:1]), Reading(doc.id))


@given(
    texts=st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip), min_size=1, max_size=4
    ),
    data=st.data(),
)
@settings(max_examples=40, deadline=None)
def test_any_text_round_trips(texts: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "\n".join(part.replace("\n", " ").replace("\r", " ") for part in texts)
    doc = document(text)
    solid = [i for i, c in enumerate(text) if not c.isspace()]
    at = data.draw(st.sampled_from(solid))
    span = Span(at, data.draw(st.sampled_from([i for i in solid if i >= at])) + 1)
    statement = Statement(
        statement_id(doc.id, (), (), (span,)), doc.id, (), (), (span,), QuoteType.DIRECT, Act.ASSERT, made_by="test"
    )
    with Record.open(tmp_path_factory.mktemp("r") / "record.db", create=True) as record:
        write(record, doc, Reading(doc.id, statements=(statement,)))
        assert record.document(doc.id) == doc
        assert [row.content for row in record.lines()] == [text[span.start : span.end]]


def test_the_migrations_build_the_schema_that_the_code_uses(tmp_path: Path) -> None:
    engine = connect(tmp_path / "record.db", create=True)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    ours = [d for d in found if not (d[0] == "remove_table" and str(d[1].name).startswith("statement_words"))]
    assert ours == []


def test_the_schema_version_is_the_last_migration() -> None:
    from onrecord.record import migrations

    assert ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head() == SCHEMA_HEAD


def test_there_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(errors.RecordNotFound, match="onrecord read"):
        Record.open(tmp_path / "none.db")
    with pytest.raises(errors.RecordNotFound, match="folder"):
        Record.open(tmp_path / "no" / "where.db", create=True)


def test_something_else_is_not_a_record(tmp_path: Path) -> None:
    note = tmp_path / "note.db"
    note.write_text("not a database at all")
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE cheese (name TEXT)")
    empty = tmp_path / "empty.db"
    empty.touch()
    for path in (note, foreign, tmp_path, empty):
        with pytest.raises(errors.NotARecord):
            Record.open(path)
    with pytest.raises(errors.NotARecord):
        Record.open(foreign, create=True)


def test_a_damaged_record_says_so(record: Record) -> None:
    doc = document()
    write(record, doc, two_statements(doc))
    record.optimise()
    record.close()
    raw = bytearray(record.path.read_bytes())
    raw[100:] = b"\xff" * (len(raw) - 100)
    record.path.write_bytes(raw)
    with pytest.raises(errors.NotARecord):
        Record.open(record.path)


def test_a_newer_record_is_refused(record: Record) -> None:
    record.close()
    with sqlite3.connect(record.path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(errors.NewerRecord, match="later version"):
        Record.open(record.path)


def test_a_second_writer_is_refused(record: Record) -> None:
    with sole_writer(record.path), pytest.raises(errors.RecordBusy, match="Another onrecord"), sole_writer(record.path):
        pass
    with sole_writer(record.path):
        assert record.lines() == []


def test_a_full_disk_keeps_what_was_written_before(record: Record) -> None:
    doc = document()
    write(record, doc, two_statements(doc))
    # SQLite reports a file at its page limit with the same code as a full disk (SQLITE_FULL).
    with pytest.raises(errors.RecordFull, match="make room"), record.batch() as batch:
        pages = batch.connection.exec_driver_sql("PRAGMA page_count").scalar()
        batch.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        for number in range(200):
            batch.write.put_skipped(f"{number}" * 500, "x" * 500)
    record.close()
    with Record.open(record.path) as again:
        assert len(again.lines()) == 2
        assert again.skipped() == []


def test_an_id_is_found_by_its_beginning(record: Record) -> None:
    doc = document()
    write(record, doc, two_statements(doc))
    wanted = record.lines()[0].statement.id
    assert record.find_id(wanted[:12]) == wanted
    assert record.find_id(doc.id) == doc.id
    with pytest.raises(errors.Ambiguous, match="give more"):
        record.find_id("st-")
    with pytest.raises(errors.NotFound):
        record.find_id("st-%")
    with pytest.raises(errors.NotFound):
        record.find_id("")
