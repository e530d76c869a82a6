"""Edges of the record that no page of the samples has: odd paths and addresses, many ids, other programs at the same time."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import (
    Act,
    Actor,
    ActorKind,
    ActorRef,
    Correction,
    CorrectionKind,
    Document,
    EventKind,
    EventMention,
    Line,
    LineRole,
    Origin,
    Participant,
    QuoteType,
    Reading,
    Report,
    Role,
    Span,
    Statement,
    content_id,
    correction,
    day,
    errors,
    host_of,
    statement_id,
    text_sha256,
)
from onrecord.model.dates import UNKNOWN_DATE, DateBasis, DateValue, Precision
from onrecord.model.documents import DocumentStatus
from onrecord.record import EventFilter, Record, backups, corrections_from_lines, corrections_to_lines, tombstones
from onrecord.record import search as search_
from onrecord.record.forgetting import Forgettable

TEXT = "Oda Renn said that Bram Toll had said that the valley was quiet.\nTroops left the valley."


def page(text: str = TEXT, path: str = "a.txt", url: str | None = None) -> Document:
    lines, at = [], 0
    for part in text.split("\n"):
        lines.append(Line(Span(at, at + len(part)), LineRole.BODY))
        at += len(part) + 1
    return Document(
        id=content_id("doc", text_sha256(text), url or ""),
        path=path,
        text=text,
        text_sha256=text_sha256(text),
        media_type="text/plain",
        lines=tuple(lines),
        published=day("2031-03-04", DateBasis.STATED),
        status=DocumentStatus.ARTICLE,
        url=url,
    )


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def saying(doc: Document, source: str, content: str, nested_in: str | None = None) -> Statement:
    where = ((span(doc.text, source),), (span(doc.text, "said"),), (span(doc.text, content),))
    return Statement(
        id=statement_id(doc.id, *where),
        document=doc.id,
        source=where[0],
        cue=where[1],
        content=where[2],
        quote_type=QuoteType.INDIRECT,
        act=Act.ASSERT,
        speakers=(ActorRef(f"act-{source.rsplit(maxsplit=1)[-1].lower()}", source, where[0][0]),),
        date=UNKNOWN_DATE,
        nested_in=nested_in,
        confidence=0.9,
        made_by="test",
    )


def write(record: Record, doc: Document, reading: Reading, sha: str = "00") -> None:
    with record.batch() as batch:
        batch.write.put_document(doc)
        batch.write.put_page(doc.path, sha, doc.id)
        batch.write.put_report(Report(content_id("rep", doc.id), doc.id, Origin()))
        batch.write.put_reading(doc, reading, reading.statements, "test", None, {})
        batch.write.put_events(doc, reading, {})


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record.open(tmp_path / "record.db", create=True)


@pytest.mark.parametrize("name", ["what?.db", "a#b.db", "50%20.db", "a&b=c.db"])
def test_a_record_lies_where_its_path_says(tmp_path: Path, name: str) -> None:
    with Record.open(tmp_path / name, create=True) as made:
        assert made.count("documents") == 0
    assert (tmp_path / name).is_file()
    assert {path.name for path in tmp_path.iterdir()} <= {name, f"{name}-wal", f"{name}-shm", f"{name}-lock"}


@pytest.mark.parametrize("address", ["http://[foo/bar", "https://[::1", "http://exa\u2100mple/x", "http://"])
def test_an_address_that_cannot_be_read_has_no_host(address: str) -> None:
    assert host_of(address) is None
    assert tombstones.domain_keys(address) == []


@given(st.text())
def test_the_host_of_any_text_is_found_or_is_none(text: str) -> None:
    assert host_of(text) is None or host_of(f"http://{text}") is not None or "://" in text


def test_a_host_is_found() -> None:
    assert host_of("HTTPS://user@News.Ferrow.example:81/x?y=http://other.example") == "news.ferrow.example"


def test_a_path_of_two_versions_is_ambiguous(record: Record) -> None:
    first, second = page(), page(TEXT + "\nThe gate is shut.")
    write(record, first, Reading(first.id), "00")
    write(record, second, Reading(second.id), "01")
    with pytest.raises(errors.Ambiguous) as told:
        record.find_page("a.txt")
    assert all(doc.id in str(told.value) for doc in (first, second))
    assert record.find_page(first.id) == first.id


def test_a_search_for_signs_alone_finds_no_corrected_line_either(record: Record) -> None:
    doc = page()
    one = saying(doc, "Oda Renn", "the valley was quiet")
    write(record, doc, Reading(doc.id, statements=(one,)))
    record.correct([_entry(CorrectionKind.SET_ACT, (one.id,), "deny")])
    assert record.ask(lambda c: search_.search(c, search_.Search(words="quiet"))).total == 1
    assert record.ask(lambda c: search_.search(c, search_.Search(words="!?"))).total == 0


def _entry(kind: CorrectionKind, subject: tuple[str, ...], value: str | None) -> Correction:
    return correction(kind, subject, who="K. Ambler", when="2031-04-01T00:00:00+00:00", why="a test", value=value)


def test_more_actors_than_one_question_can_name(record: Record) -> None:
    assert record.actors(f"act-{number}" for number in range(40_000)) == {}


def _told(doc: Document, words: str, date: DateValue) -> EventMention:
    where = span(doc.text, words)
    who = Participant(Role.ACTOR, where, (ActorRef(None, "Tassian troops"),))
    return EventMention(
        id=content_id("ev", doc.id, (where.start, where.end)),
        document=doc.id,
        trigger=(where,),
        kind=EventKind.WITHDRAWAL,
        code=None,
        participants=(who,),
        date=date,
        confidence=0.9,
        made_by="test",
    )


def test_a_limit_drops_no_event_that_has_only_a_last_day(record: Record) -> None:
    doc = page()
    by_then = DateValue(None, Precision.INTERVAL, DateBasis.STATED, None, "2031-06-30")
    write(record, doc, Reading(doc.id, events=(_told(doc, "Troops left", by_then),)))
    for wanted in (EventFilter(since="2031-01"), EventFilter(since="2031-01", until="2031-12"), EventFilter()):
        whole = [row.event.id for row in record.events(wanted)]
        assert [row.event.id for row in record.events(replace(wanted, limit=9))] == whole


def test_a_saying_inside_a_forgotten_one_stands_alone(record: Record) -> None:
    doc = page()
    outer = saying(doc, "Oda Renn", "Bram Toll had said that the valley was quiet")
    inner = saying(doc, "Bram Toll", "the valley was quiet", outer.id)
    write(record, doc, Reading(doc.id, statements=(outer, inner)))
    with record.batch() as batch:
        batch.write.put_actors([Actor("act-renn", "Oda Renn", ActorKind.PERSON)])
    assert record.statement_rows([inner.id])[0].statement.nested_in == outer.id
    record.forget(Forgettable.PERSON, "Oda Renn", "asked for")
    (row,) = record.statement_rows()
    assert row.statement.nested_in is None
    assert {one.field for one in record.why(inner.id)} >= {"act", "speakers"}


def test_a_copy_is_not_put_back_while_another_program_writes(record: Record, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backups.write(record.path, copy)
    other = sqlite3.connect(record.path)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(errors.RecordBusy):
            backups.replace(record.path, copy, wait=0.1)
    finally:
        other.close()
    backups.replace(record.path, copy)


@pytest.mark.parametrize(
    ("kind", "subject", "value"),
    [
        (CorrectionKind.SET_ACT, ("st-a",), "mumble"),
        (CorrectionKind.SET_DATE, ("st-a",), "31.12.2031"),
        (CorrectionKind.SET_DATE, ("st-a",), "2031-02-30"),
        (CorrectionKind.SET_SPEAKER, ("st-a",), "Oda Renn"),
        (CorrectionKind.SET_TARGET, ("st-a",), '{"name": 1}'),
        (CorrectionKind.ADD_RELATION, ("st-a", "st-b"), "envies"),
        (CorrectionKind.ADD_RELATION, ("st-a",), "denies"),
        (CorrectionKind.SET_ACT, (), "deny"),
        (CorrectionKind.UNDO, (), None),
    ],
)
def test_a_log_with_a_value_that_means_nothing_is_refused(
    kind: CorrectionKind, subject: tuple[str, ...], value: str | None
) -> None:
    """What is in the log stays in it: a value that no version can apply would end every later question."""
    with pytest.raises(errors.InputError, match="line 1"):
        corrections_from_lines(corrections_to_lines([_entry(kind, subject, value)]), "log.jsonl")
