"""What is forgotten stands in no file of the record any more, and does not come back with the next read."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from onrecord import pipeline, sources
from onrecord.model import Correction, CorrectionKind, correction, errors
from onrecord.pipeline import OutcomeKind
from onrecord.record import EventFilter, Record, StatementFilter, keeping, schema, store
from onrecord.record.forgetting import Forgettable
from onrecord.views.cli.app import app

_TEXT = """The Ferrow Gazette
{date}

{headline}

{place} -- {body}
"""
#: Words of a page that stand on no other.
_RARE = "seventeen quaggas crossed the Umbrel ford"
_MORE = (
    "\n\nThe two governments have argued about the ford since a bridge was closed there eleven years ago. Traders who used it say that "
    "the detour costs them a day, and that the fees at the northern gate have doubled twice.\n\nThe council of the valley meets again "
    "on Friday. Its clerks have asked both capitals for maps, for lists of the guards on duty and for the books of the toll house, "
    "and expect to publish what they receive before the end of the month.\n"
)
_PAGES = {
    "quaggas.txt": (
        "March 4, 2031",
        "Minister denies the crossing",
        'ARESK -- "We never saw that seventeen quaggas crossed the Umbrel ford at night," Foreign Minister Oswin Plackett said on '
        "Tuesday.\n\nPlackett accused Tolmenia of counting shadows. He demanded that Tolmenia withdraw its report by June 1.",
    ),
    "answer.txt": (
        "March 5, 2031",
        "Tolmenia answers",
        'ARESK -- "Our report stands," Tolmenian President Ivo Karsten said on Wednesday, responding to Oswin Plackett.\n\nKarsten '
        "called on Plackett's government to open the archive of the border police.",
    ),
}


def _write(folder: Path) -> Path:
    folder.mkdir()
    for name, (date, headline, body) in _PAGES.items():
        place, _, rest = body.partition(" -- ")
        (folder / name).write_text(
            _TEXT.format(date=date, headline=headline, place=place, body=rest + _MORE), encoding="utf8"
        )
    return folder


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return _write(tmp_path / "pages")


@pytest.fixture
def record(tmp_path: Path, pages: Path, engine: pipeline.Engine) -> Record:
    folder = tmp_path / "record"
    folder.mkdir()
    made = Record.open(folder / "r.db", create=True)
    pipeline.read(sources.pages([str(pages)]), made, engine)
    return made


def _files_holding(record: Record, words: str) -> list[str]:
    """The files beside the record that hold any of the words, in either of the encodings that SQLite writes."""
    wanted = [form.encode(code) for form in {words, words.casefold()} for code in ("utf8", "utf-16-le")]
    files = [path for path in record.path.parent.iterdir() if path.is_file()]
    return [path.name for path in files if any(w.lower() in path.read_bytes().lower() for w in wanted)]


def test_the_search_of_the_files_finds_what_is_there(record: Record) -> None:
    assert _files_holding(record, "quaggas")
    assert _files_holding(record, "Plackett")


def test_a_forgotten_page_stands_in_no_file(record: Record) -> None:
    document = record.find_page(next(d.id for d in record.documents() if d.path.endswith("quaggas.txt")))
    record.correct([_entry(document)])
    done = record.forget(Forgettable.PAGE, document, "asked for by its author")
    assert done.pages == 1
    assert done.statements > 0
    assert done.corrections == 1
    for words in (_RARE, "quaggas", "Umbrel", "Minister denies the crossing", "quaggas.txt", "shadows"):
        assert _files_holding(record, words) == [], words
    assert record.corrections() == ()
    assert [d.path.rpartition("/")[2] for d in record.documents()] == ["answer.txt"]
    assert record.lines(StatementFilter(match="quaggas")) == []
    assert record.lines(StatementFilter(match="report stands"))


def _entry(document: str) -> Correction:
    return correction(
        CorrectionKind.SET_ORIGIN,
        (document,),
        who="K. Ambler",
        when="2031-04-01T00:00:00+00:00",
        why="a test",
        value="Umbrel Wire",
    )


def test_a_forgotten_page_does_not_come_back(
    record: Record, pages: Path, engine: pipeline.Engine, tmp_path: Path
) -> None:
    record.forget(Forgettable.PAGE, str(pages / "quaggas.txt"), "asked for by its author")
    # The same text from another place is the same page.
    shutil.copy(pages / "quaggas.txt", pages / "renamed.txt")
    summary = pipeline.read(sources.pages([str(pages)]), record, engine)
    skipped = summary.of(OutcomeKind.SKIPPED)
    assert [outcome.reason for outcome in skipped] == ["It was forgotten: asked for by its author"] * 2
    record.optimise()
    assert _files_holding(record, "quaggas") == []


def test_a_tombstone_keeps_a_hash_and_the_reason(record: Record, pages: Path) -> None:
    record.forget(Forgettable.PAGE, str(pages / "quaggas.txt"), "asked for by its author")
    with record.batch() as batch:
        rows = batch.connection.execute(select(schema.tombstones)).mappings().all()
    assert {tuple(row) for row in rows} == {("hash", "kind", "reason")}
    assert {row["reason"] for row in rows} == {"asked for by its author"}
    assert all(set(row["hash"]) <= set("0123456789abcdef") for row in rows)


def test_a_forgotten_person_is_named_in_no_file(record: Record, pages: Path, engine: pipeline.Engine) -> None:
    before = {d.id: record.document(d.id).text for d in record.documents()}
    record.forget(Forgettable.PERSON, "Oswin Plackett", "asked for by himself")
    assert _files_holding(record, "Plackett") == []
    assert _files_holding(record, "oswin-plackett") == []
    for key, text in before.items():
        now = record.document(key).text
        assert len(now) == len(text)
        assert all(b in (a, "█") for a, b in zip(text, now, strict=True))
    assert record.lines(StatementFilter(match="report stands"))
    assert not record.lines(StatementFilter(by="Plackett"))
    # A page that was not there before comes without the name.
    (pages / "later.txt").write_text(
        _TEXT.format(
            date="March 9, 2031",
            headline="Oswin Plackett travels",
            place="ARESK",
            body='"I am going home," Oswin Plackett said on Sunday. The weather in Aresk was fine, and the harbour was open.'
            + _MORE,
        ),
        encoding="utf8",
    )
    pipeline.read(sources.pages([str(pages)]), record, engine)
    record.optimise()
    assert len(record.documents()) == 3
    assert _files_holding(record, "Plackett") == []


def test_a_domain_goes_with_all_its_pages(tmp_path: Path, engine: pipeline.Engine) -> None:
    folder = tmp_path / "web"
    folder.mkdir()
    for name in ("a", "b"):
        host = {"a": "news.ferrow.example", "b": "other.example"}[name]
        (folder / f"{name}.html").write_text(
            f'<html><head><link rel="canonical" href="https://www.{host}/{name}"><title>Talks in {name.upper()}ville</title></head>'
            f"<body><article><h1>Talks in {name.upper()}ville</h1><p>ARESK, March 4, 2031 -- The zebu{name} council met on Tuesday and "
            f'its chair said that the zebu{name} road was open again.</p><p>"Nobody was hurt on the zebu{name} road," she said.</p>{_MORE}</article>'
            "</body></html>",
            encoding="utf8",
        )
    kept = tmp_path / "record"
    kept.mkdir()
    with Record.open(kept / "r.db", create=True) as record:
        pipeline.read(sources.pages([str(folder)]), record, engine)
        assert _files_holding(record, "zebua")
        assert record.forget(Forgettable.DOMAIN, "ferrow.example", "the outlet closed").pages == 1
        assert _files_holding(record, "zebua") == []
        assert _files_holding(record, "ferrow.example") == []
        assert _files_holding(record, "zebub")
        summary = pipeline.read(sources.pages([str(folder)]), record, engine)
        assert len(summary.of(OutcomeKind.SKIPPED)) == 1
        assert _files_holding(record, "zebua") == []


def test_a_copy_outlives_its_lead(engine: pipeline.Engine, sample_record: Record, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    sample_record.optimise()
    shutil.copy(sample_record.path, path)
    with Record.open(path, create=True) as record:
        report = max(record.reports(), key=lambda r: len(r.copies))
        lines = {
            " ".join(row.content.split())
            for row in record.statement_rows()
            if row.statement.document == report.copies[0][0].id
        }
        record.forget(Forgettable.PAGE, report.lead.id, "a test")
        members = {m.id for r in record.reports() for m in (r.lead, *(c for c, _ in r.copies))}
        assert report.lead.id not in members
        assert {c.id for c, _ in report.copies} <= members
        assert lines <= {" ".join(row.content.split()) for row in record.lines()} | {
            " ".join(row.content.split()) for row in record.statement_rows()
        }
        assert len(record.relations()) <= len(sample_record.relations())


@pytest.mark.parametrize(
    ("what", "given"),
    [(Forgettable.PAGE, "no-such-page"), (Forgettable.PERSON, "Nobody Atall"), (Forgettable.DOMAIN, "no.such.example")],
)
def test_what_is_not_there_is_said(record: Record, what: Forgettable, given: str) -> None:
    with pytest.raises(errors.NotFound):
        record.forget(what, given, "a test")


def test_the_command_asks_first(record: Record) -> None:
    words = ["forget", "person", "Oswin Plackett", "--why", "a test", "--record", str(record.path)]
    refused = CliRunner().invoke(app, words, input="n\n")
    assert refused.exit_code == 1
    assert _files_holding(record, "Plackett")
    done = CliRunner().invoke(app, [*words, "--yes"])
    assert done.exit_code == 0, done.output
    assert "removed" in done.output
    assert _files_holding(record, "Plackett") == []


def test_what_another_program_reads_is_forgotten_in_the_backups_all_the_same(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_BUSY_TIMEOUT_MS", 50)
    copies = [tmp_path / f"{name}.db" for name in ("a", "b", "c")]
    for copy in copies:
        keeping.backup(record, copy, "2031-04-01T00:00:00+00:00")
    copies[0].write_text("something else lies here now")
    document = next(d.id for d in record.documents() if d.path.endswith("quaggas.txt"))
    record.optimise()
    path = record.path
    record.close()
    reader = sqlite3.connect(path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM documents").fetchone()
    with Record.open(path, create=True) as opened, pytest.raises(errors.RecordBusy, match="It is forgotten") as told:
        opened.forget(Forgettable.PAGE, document, "asked for by its author")
    reader.close()
    assert "same command" not in str(told.value)
    with Record.open(path) as opened:
        assert len(opened.documents()) == 1
    assert _files_holding(record, "quaggas") == []
    assert all(b"quaggas" not in copy.read_bytes() for copy in copies)


def test_a_backup_that_is_none_any_more_is_told(record: Record, tmp_path: Path) -> None:
    copies = [tmp_path / f"{name}.db" for name in ("a", "b")]
    for copy in copies:
        keeping.backup(record, copy, "2031-04-01T00:00:00+00:00")
    copies[0].write_text("something else lies here now")
    done = record.forget(Forgettable.PERSON, "Oswin Plackett", "asked for by himself")
    assert (done.missing, done.backups) == ((copies[0],), (copies[1],))


def test_a_forgotten_person_leaves_no_line_and_no_event_behind(record: Record) -> None:
    said = {row.statement.id for row in record.lines(StatementFilter(by="Plackett", min_confidence=0))}
    assert said
    record.forget(Forgettable.PERSON, "Oswin Plackett", "asked for by himself")
    left = {row.statement.id for row in record.statement_rows()}
    assert not said & left
    for row in record.statement_rows():
        assert {row.statement.nested_in, row.statement.same_as} <= left | {None}
    for told in record.events(EventFilter(sayings=True)):
        assert {one for m in told.event.mentions for one in (m.saying, m.told_in)} <= left | {None}
