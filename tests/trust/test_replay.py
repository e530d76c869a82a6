"""A record made again is the same record; one that other parts made says so; backups and what was forgotten since."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from onrecord import pipeline, sources
from onrecord.knowledge import Knowledge
from onrecord.model import Correction, CorrectionKind, errors
from onrecord.pipeline.replay import replay
from onrecord.record import Record, backups, fields, keeping, makings
from onrecord.record.conflicts import ConflictKind, conflicts
from onrecord.record.forgetting import Forgettable
from onrecord.views.cli import replay as replay_command
from onrecord.views.cli.app import app
from onrecord.views.export.proof import compare

_WHEN = "2033-04-01T09:00:00+00:00"


def _again(source: Record, engine: pipeline.Engine, path: Path, pages: str | None = None) -> Record:
    target = Record.open(path, create=True)
    replay(source, target, engine, sources.pages([pages]) if pages else ())
    return target


def _entry(record: Record) -> Correction:
    line = record.lines()[3].statement.id
    return record.ask(
        lambda c: fields.entry(c, CorrectionKind.SET_ACT, line, "warn", who="K. Ambler", when=_WHEN, why="a test")
    )


def test_a_record_is_made_again_with_its_corrections_and_equal_exports(
    own_record: Record, engine: pipeline.Engine, tmp_path: Path
) -> None:
    own_record.correct([_entry(own_record)])
    # The user's table of actors comes from the record: the engine that is handed in has none.
    bare = engine.with_knowledge(Knowledge.load())
    with _again(own_record, bare, tmp_path / "again.db") as made:
        found = list(compare(own_record, made))
        assert [one.kind for one in found if not one.equal] == []
        assert sum(one.rows[0] for one in found) > len(own_record.documents())
        assert made.corrections() == own_record.corrections()
        assert made.skipped() == own_record.skipped()
        for table in ("arrivals", "settings", "document_makings"):
            assert made.count(table) == own_record.count(table) > 0
        assert [d.paths for d in made.documents()] == [d.paths for d in own_record.documents()]


def test_pages_are_understood_anew_from_their_bytes(
    few_record: Record, engine: pipeline.Engine, few_pages: list[str], tmp_path: Path
) -> None:
    target = Record.open(tmp_path / "again.db", create=True)
    done = replay(few_record, target, engine, sources.pages(few_pages))
    assert done.pages == done.from_bytes == len(few_record.documents())
    assert all(one.equal for one in compare(few_record, target))


def test_a_record_read_in_two_goes_keeps_their_order(
    engine: pipeline.Engine, few_pages: list[str], tmp_path: Path
) -> None:
    pages = few_pages
    with Record.open(tmp_path / "r.db", create=True) as record:
        for some in (pages[3:], pages[:3]):
            pipeline.read(sources.pages(some), record, engine)
        batches = {one.document.path: one.batch for one in record.ask(lambda c: list(makings.made(c)))}
        assert {batches[p] for p in pages[3:]} == {1}
        assert {batches[p] for p in pages[:3]} == {2}
        with _again(record, engine, tmp_path / "again.db") as made:
            assert [one.kind for one in compare(record, made) if not one.equal] == []


def test_another_model_is_told_by_its_part_and_its_pages(own_record: Record, engine: pipeline.Engine) -> None:
    assert own_record.ask(lambda c: makings.outdated(c, engine.parts())) == ()
    bumped = engine.parts() | {"act model": "another"}
    (part,) = own_record.ask(lambda c: makings.outdated(c, bumped))
    assert (part.part, part.today) == ("act model", "another")
    assert set(part.documents) == {d.id for d in own_record.documents()}
    assert own_record.ask(lambda c: makings.parts_of(c, part.documents[0])) == engine.parts()


def test_a_model_bumped_in_between_reads_differently_and_corrections_stay(
    few_record: Record, engine: pipeline.Engine, tmp_path: Path
) -> None:
    """The bumped reader finds no lines that lie within others' words: some lines are gone, and the log says which."""
    nested = next(r for r in few_record.statement_rows() if r.statement.nested_in is not None)
    kept = _entry(few_record)
    lost = few_record.ask(
        lambda c: fields.entry(
            c, CorrectionKind.SET_ACT, nested.statement.id, "warn", who="K. Ambler", when=_WHEN, why="another test"
        )
    )
    few_record.correct([kept, lost])
    bumped = replace(engine, reader=_WithoutNested(engine.reader))  # type: ignore[arg-type]
    with Record.open(tmp_path / "again.db", create=True) as made:
        replay(few_record, made, bumped)
        differing = [one for one in compare(few_record, made) if not one.equal]
        assert "statements" in {one.kind for one in differing}
        assert nested.statement.document in {page for one in differing for page in one.documents}
        (row,) = made.statement_rows([kept.subject[0]])
        assert row.statement.act.value == "warn"
        (conflict,) = made.ask(conflicts)
        assert (conflict.kind, conflict.correction.id) == (ConflictKind.GONE, lost.id)


class _WithoutNested:
    """A reader that leaves out statements within statements."""

    def __init__(self, reader: object) -> None:
        self._reader = reader

    def __getattr__(self, name: str) -> object:
        return getattr(self._reader, name)

    def read(self, *given: object) -> object:
        reading = self._reader.read(*given)  # type: ignore[attr-defined]
        return replace(reading, statements=tuple(s for s in reading.statements if s.nested_in is None))


def test_the_commands_prove_tell_and_reread(few_record: Record) -> None:
    where = ["--record", str(few_record.path)]
    proved = CliRunner().invoke(app, ["replay", "--json", *where])
    assert proved.exit_code == 0, proved.output
    assert all(one["equal"] for one in json.loads(proved.stdout)["exports"])
    told = CliRunner().invoke(app, ["outdated", "--json", *where])
    assert json.loads(told.stdout) == []
    entry = _entry(few_record)
    few_record.correct([entry])
    few_record.close()
    again = CliRunner().invoke(app, ["outdated", "--reread", "--json", *where])
    assert again.exit_code == 0, again.output
    assert json.loads(again.stdout)["conflicts"] == 0
    with Record.open(few_record.path) as record:
        assert record.corrections() == (entry,)
        assert record.statement_rows([entry.subject[0]])[0].statement.act.value == "warn"


def test_nobody_writes_while_the_record_is_read_again(few_record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was entered in between would be lost when the new record takes the old one's place."""
    entry = _entry(few_record)
    whole = replay_command._replayed

    def meanwhile(*given: Any) -> Any:
        done = whole(*given)
        with Record.open(few_record.path, create=True) as other, pytest.raises(errors.RecordBusy):
            other.correct([entry])
        return done

    monkeypatch.setattr(replay_command, "_replayed", meanwhile)
    again = CliRunner().invoke(app, ["outdated", "--reread", "--json", "--record", str(few_record.path)])
    assert again.exit_code == 0, again.output


def test_a_replay_that_fails_leaves_no_half_record(
    few_record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise errors.RecordFull("The disk is full.")

    monkeypatch.setattr(replay_command, "_replayed", fails)
    folder = tmp_path / "made"
    folder.mkdir()
    words = ["replay", "--into", str(folder / "again.db"), "--record", str(few_record.path)]
    assert isinstance(CliRunner().invoke(app, words).exception, errors.RecordFull)
    assert list(folder.iterdir()) == []


def test_of_two_backups_in_one_second_the_last_is_told(few_record: Record, tmp_path: Path) -> None:
    for name in ("b.db", "a.db"):
        done = CliRunner().invoke(app, ["backup", str(tmp_path / name), "--json", "--record", str(few_record.path)])
        assert [row["path"] for row in json.loads(done.stdout)] == [str(tmp_path / name)]


def test_a_backup_is_listed_cleaned_and_put_back_without_what_was_forgotten(own_record: Record, tmp_path: Path) -> None:
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    for out in (first, second):
        keeping.backup(own_record, out, _WHEN)
    with pytest.raises(errors.RecordError):
        keeping.backup(own_record, first, _WHEN)
    assert [b.path for b in own_record.ask(backups.listed)] == [first, second]
    texts = {d.id: own_record.document(d.id).text for d in own_record.documents()}
    page = next(d for d in own_record.documents() if d.title and sum(d.title in text for text in texts.values()) == 1)
    title = (page.title or "").encode()
    assert title in first.read_bytes()
    moved = tmp_path / "moved.db"
    second.rename(moved)
    done = own_record.forget(Forgettable.PAGE, page.id, "a test")
    assert (done.backups, done.missing) == ((first,), (second,))
    assert title not in first.read_bytes()
    assert title in moved.read_bytes()
    # The copy that was out of reach comes back without the page.
    keeping.restore(own_record, moved)
    assert page.id not in {d.id for d in own_record.documents()}
    assert not [p.name for p in own_record.path.parent.iterdir() if title in p.read_bytes()]
    assert [b.path for b in own_record.ask(backups.listed)] == [first, second]


def test_a_forgotten_person_stays_forgotten_in_a_restored_copy(own_record: Record, tmp_path: Path) -> None:
    name = next(a.actor.name for a in own_record.speaking() if a.actor.kind.value == "person" and a.statements > 1)
    keeping.backup(own_record, tmp_path / "copy.db", _WHEN)
    (tmp_path / "copy.db").rename(tmp_path / "elsewhere.db")
    own_record.forget(Forgettable.PERSON, name, "asked for by themselves")
    keeping.restore(own_record, tmp_path / "elsewhere.db")
    family = name.split()[-1].encode()
    assert not [p.name for p in own_record.path.parent.iterdir() if family in p.read_bytes()]


def test_backup_and_restore_by_the_commands(own_record: Record, tmp_path: Path) -> None:
    where = ["--record", str(own_record.path)]
    out = tmp_path / "copy.db"
    assert CliRunner().invoke(app, ["backup", str(out), *where]).exit_code == 0
    listed = json.loads(CliRunner().invoke(app, ["backup", "--list", "--json", *where]).stdout)
    assert listed[0]["path"] == str(out)
    number = len(own_record.documents())
    own_record.forget(Forgettable.PAGE, own_record.documents()[0].id, "a test")
    refused = CliRunner().invoke(app, ["restore", str(out), *where], input="n\n")
    assert refused.exit_code == 1
    assert CliRunner().invoke(app, ["restore", str(out), "--yes", *where]).exit_code == 0
    assert len(own_record.documents()) == number - 1
    strange = tmp_path / "strange.txt"
    strange.write_text("not a record", encoding="utf8")
    assert CliRunner().invoke(app, ["restore", str(strange), "--yes", *where]).exit_code == 1
