"""Corrections of single fields: given everywhere, keyed by content, taken back, disputed, and in conflict when a line is gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import onrecord
from onrecord.model import (
    Act,
    Actor,
    ActorKind,
    Correction,
    CorrectionKind,
    EventKind,
    RelationKind,
    Speakers,
    correction,
    errors,
)
from onrecord.record import Record, StatementFilter, StatementRow, codec, fields
from onrecord.record.conflicts import ConflictKind, conflicts
from onrecord.record.events import EventFilter
from onrecord.views.cli.app import app
from onrecord.views.export import rows

_WHEN = "2033-04-01T09:00:00+00:00"
_TOLVAR = Actor("person:radim-tolvar", "Radim Tolvar", ActorKind.PERSON)
_QUILL = Actor("act-quill", "Ansa Quill", ActorKind.PERSON, provisional=True)
_HALDE = Actor("act-halde", "Halde", ActorKind.STATE)


def _enter(
    record: Record, kind: CorrectionKind, statement: str, value: str | None, who: str = "K. Ambler", why: str = "a test"
) -> Correction:
    entry = record.ask(lambda c: fields.entry(c, kind, statement, value, who=who, when=_WHEN, why=why))
    assert record.correct([entry]) == 1
    return entry


def _line(record: Record, wanted: Callable[[StatementRow], bool]) -> StatementRow:
    return next(row for row in record.lines() if wanted(row))


def _copied(row: StatementRow) -> bool:
    return len(row.copies) > 1 and row.statement.nested_in is None and row.statement.date.value is not None


def _speakers(*people: Actor, behind: tuple[Actor, ...] = ()) -> str:
    return codec.dump(Speakers(people, behind))


def test_a_speaker_is_corrected_on_every_copy_and_everywhere(own_record: Record) -> None:
    row = _line(own_record, lambda r: _copied(r) and bool(r.statement.speakers))
    before = row.statement
    said_before = sum(r.statements for r in own_record.speaking())
    # The entry names a copy, not the line's own statement: all copies are meant.
    _enter(own_record, CorrectionKind.SET_SPEAKER, row.copies[0].statement, _speakers(_QUILL, behind=(_HALDE,)))
    ids = {before.id, *(copy.statement for copy in row.copies)}
    for one in own_record.statement_rows(ids):
        assert [s.name for s in one.statement.speakers] == ["Ansa Quill"]
        assert [s.name for s in one.statement.on_behalf_of] == ["Halde"]
        assert one.corrected == ("speaker",)
        assert one.disputed == ()
    exported = [r for r in rows(own_record, "statements") if r["id"] in ids]
    assert len(exported) == len(ids)
    assert all(r["speaker"] == [{"id": "act-quill", "name": "Ansa Quill"}] for r in exported)
    assert [r.statement.id for r in own_record.lines(StatementFilter(by="Quill"))] == [before.id]
    old = before.speakers[0].name
    assert before.id not in {r.statement.id for r in own_record.lines(StatementFilter(by=old))}
    rows_now = own_record.speaking()
    spoken = {r.actor.name: r for r in rows_now}
    assert spoken["Ansa Quill"].statements == 1
    assert spoken["Halde"].for_it == 1
    assert sum(r.statements for r in rows_now) == said_before - len(before.speakers) + 1
    assert own_record.find_actor("Ansa Quill").id == "act-quill"


def test_an_act_moves_the_line_between_filters_and_ledgers(own_record: Record) -> None:
    told = {u.statement for d in own_record.state().demands for u in d.utterances}
    row = _line(own_record, lambda r: r.statement.id in told and r.statement.act is Act.DEMAND)
    _enter(own_record, CorrectionKind.SET_ACT, row.statement.id, "promise")
    demanded = {r.statement.id for r in own_record.lines(StatementFilter(act=Act.DEMAND))}
    promised = {r.statement.id for r in own_record.lines(StatementFilter(act=Act.PROMISE))}
    assert row.statement.id not in demanded
    assert row.statement.id in promised
    assert row.statement.id not in {u.statement for d in own_record.state().demands for u in d.utterances}


def test_a_date_and_a_target(own_record: Record) -> None:
    row = _line(own_record, lambda r: _copied(r) and r.statement.act is Act.ACCUSE)
    _enter(own_record, CorrectionKind.SET_DATE, row.statement.id, "2033-02-03")
    _enter(own_record, CorrectionKind.SET_TARGET, row.statement.id, codec.dump((_HALDE,)))
    (now,) = own_record.statement_rows([row.statement.id])
    assert (now.statement.date.value, now.statement.date.basis.value) == ("2033-02-03", "correction")
    assert [t.name for t in now.statement.target] == ["Halde"]
    assert row.statement.id in {r.statement.id for r in own_record.lines(StatementFilter(since="2033", target="Halde"))}
    events = own_record.events(EventFilter(sayings=True, actor="Halde"))
    assert any(m.saying == row.statement.id for e in events for m in e.event.mentions)
    _enter(own_record, CorrectionKind.SET_DATE, row.statement.id, "")
    (now,) = own_record.statement_rows([row.statement.id])
    assert now.statement.date.value is None


def test_a_withdrawn_line_is_given_nowhere(own_record: Record) -> None:
    related = {line for relation in own_record.relations() for line in (relation.subject, relation.object)}
    row = _line(own_record, lambda r: r.statement.id in related and bool(r.copies))
    ids = {row.statement.id, *(copy.statement for copy in row.copies)}
    entry = _enter(own_record, CorrectionKind.WITHDRAW_LINE, row.statement.id, None)
    assert not ids & {r.statement.id for r in own_record.lines()}
    assert not ids & {r.statement.id for r in own_record.statement_rows()}
    assert not ids & {r["id"] for r in rows(own_record, "statements")}
    assert not any({r.subject, r.object} & ids for r in own_record.relation_rows())
    told = [m for e in own_record.events(EventFilter(sayings=True)) for m in e.event.mentions]
    assert not any(m.saying in ids or m.told_in in ids for m in told)
    assert own_record.statement_rows([row.statement.id]) == []
    (kept,) = own_record.statement_rows([row.statement.id], withdrawn=True)
    assert kept.corrected == ("line",)
    undo = correction(CorrectionKind.UNDO, (entry.id,), who="K. Ambler", when=_WHEN, why="it is one")
    own_record.correct([undo])
    assert ids <= {r.statement.id for r in own_record.statement_rows()}


def test_a_withdrawn_line_is_given_by_its_id_to_programs_too(own_record: Record) -> None:
    line = own_record.lines()[0].statement.id
    _enter(own_record, CorrectionKind.WITHDRAW_LINE, line, None)
    found = onrecord.Record(own_record).statement(line)
    assert (found.id, found.corrected) == (line, ("line",))


def test_undo_brings_the_reader_s_value_back_byte_for_byte(own_record: Record) -> None:
    before = [json.dumps(r) for kind in ("statements", "relations", "events") for r in rows(own_record, kind)]
    row = _line(own_record, _copied)
    made = [
        _enter(own_record, CorrectionKind.SET_SPEAKER, row.statement.id, _speakers(_QUILL)),
        _enter(own_record, CorrectionKind.SET_ACT, row.statement.id, "decline"),
        _enter(own_record, CorrectionKind.SET_DATE, row.statement.id, "2033"),
        _enter(own_record, CorrectionKind.WITHDRAW_LINE, row.statement.id, None),
    ]
    assert before != [json.dumps(r) for kind in ("statements", "relations", "events") for r in rows(own_record, kind)]
    for number, entry in enumerate(made):
        own_record.correct([correction(CorrectionKind.UNDO, (entry.id,), who="K", when=_WHEN, why=str(number))])
    assert before == [json.dumps(r) for kind in ("statements", "relations", "events") for r in rows(own_record, kind)]


def test_reviewers_who_disagree_are_both_shown_and_neither_is_applied(own_record: Record) -> None:
    row = _line(own_record, lambda r: _copied(r) and bool(r.statement.speakers))
    reader = row.statement.speakers
    _enter(own_record, CorrectionKind.SET_SPEAKER, row.statement.id, _speakers(_QUILL), who="K. Ambler")
    _enter(own_record, CorrectionKind.SET_SPEAKER, row.statement.id, _speakers(_TOLVAR), who="L. Osk")
    (now,) = own_record.statement_rows([row.statement.id])
    assert now.statement.speakers == reader
    assert now.disputed == ("speaker",)
    assert {(r.who, r.value) for r in now.reviews} == {("K. Ambler", "Ansa Quill"), ("L. Osk", "Radim Tolvar")}
    found = own_record.ask(conflicts)
    assert [c.kind for c in found] == [ConflictKind.DISPUTED] * 2
    told = [e for e in own_record.why(row.statement.id) if e.field == "speakers"]
    assert {name for name in ("Quill", "Tolvar") if any(name in a for e in told for a in e.alternatives)} == {
        "Quill",
        "Tolvar",
    }
    # The same reviewer's later word counts, and where both say the same it is given.
    _enter(own_record, CorrectionKind.SET_SPEAKER, row.copies[0].statement, _speakers(_QUILL), who="L. Osk", why="yes")
    (now,) = own_record.statement_rows([row.statement.id])
    assert [s.name for s in now.statement.speakers] == ["Ansa Quill"]
    assert now.disputed == ()
    assert own_record.ask(conflicts) == ()


def test_a_withdrawal_is_disputed_by_who_keeps_the_line(own_record: Record) -> None:
    row = _line(own_record, _copied)
    _enter(own_record, CorrectionKind.WITHDRAW_LINE, row.statement.id, None, who="K. Ambler")
    _enter(own_record, CorrectionKind.KEEP_LINE, row.statement.id, None, who="L. Osk")
    (now,) = own_record.statement_rows([row.statement.id])
    assert now.disputed == ("line",)
    assert row.statement.id in {r.statement.id for r in own_record.lines()}


def test_a_relation_is_added_withdrawn_and_disputed(own_record: Record) -> None:
    one, two = (r.statement.id for r in own_record.lines()[:2])
    added = correction(
        CorrectionKind.ADD_RELATION,
        (one, two),
        who="K. Ambler",
        when=_WHEN,
        why="they speak of one road",
        value="answers",
    )
    own_record.correct([added])
    (found,) = [r for r in own_record.relations() if (r.subject, r.object) == (one, two)]
    assert (found.kind, found.basis[0].value, found.confidence) == (RelationKind.ANSWERS, "correction", 1.0)
    assert "K. Ambler" in own_record.why(found.id)[0].rule
    assert own_record.find_relation(found.id[:12]) == found.id
    against = correction(CorrectionKind.WITHDRAW_RELATION, (found.id,), who="L. Osk", when=_WHEN, why="two roads")
    own_record.correct([against])
    assert found.id not in {r.id for r in own_record.relations()}
    assert {c.kind for c in own_record.ask(conflicts)} == {ConflictKind.DISPUTED}
    read = own_record.relations()[0]
    own_record.correct([correction(CorrectionKind.WITHDRAW_RELATION, (read.id,), who="K", when=_WHEN, why="no")])
    assert read.id not in {r.id for r in own_record.relations()}
    own_record.correct([correction(CorrectionKind.KEEP_RELATION, (read.id,), who="L", when=_WHEN, why="yes")])
    assert read.id in {r.id for r in own_record.relations()}


def test_a_denial_that_is_none_denies_nothing(own_record: Record) -> None:
    denial = next(r for r in own_record.relations() if r.kind is RelationKind.DENIES)
    _enter(own_record, CorrectionKind.SET_ACT, denial.subject, "assert")
    assert denial.id not in {r.id for r in own_record.relations()}


def test_a_line_that_is_gone_and_one_that_is_read_differently_are_conflicts(own_record: Record) -> None:
    row = _line(own_record, lambda r: r.statement.act is Act.DEMAND)
    entry = own_record.ask(
        lambda c: fields.entry(
            c, CorrectionKind.SET_ACT, row.statement.id, "promise", who="K. Ambler", when=_WHEN, why="a test"
        )
    )
    assert entry.seen is not None
    changed = _made(entry, entry.subject, "warn")
    gone = _made(entry, ("st-aaaaaaaaaaaaaaaa",), "demand")
    with pytest.raises(errors.NotFound):
        own_record.correct([gone])
    assert own_record.correct([changed, gone], lenient=True) == 2
    found = {c.kind: c for c in own_record.ask(conflicts)}
    assert set(found) == {ConflictKind.CHANGED, ConflictKind.GONE}
    assert "warn" in found[ConflictKind.CHANGED].detail
    assert "demand" in found[ConflictKind.CHANGED].detail
    assert found[ConflictKind.GONE].instead == row.statement.id
    (now,) = own_record.statement_rows([row.statement.id])
    assert now.statement.act is Act.PROMISE


def _made(entry: Correction, subject: tuple[str, ...], seen: str) -> Correction:
    assert entry.seen is not None
    return correction(
        entry.kind,
        subject,
        who=entry.who,
        when=entry.when,
        why=entry.why,
        value=entry.value,
        seen=replace(entry.seen, value=seen),
    )


def _run(record: Record, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--record", str(record.path)])


def test_the_grammar_of_the_command(own_record: Record, tmp_path: Path) -> None:
    row = _line(own_record, lambda r: r.statement.act is Act.DEMAND and bool(r.statement.target))
    other = _line(own_record, lambda r: r.statement.id != row.statement.id)
    line = row.statement.id
    for words in (
        ("speaker", line, "Radim Tolvar", "--for", "Karvelia"),
        ("target", line, "Sundmark"),
        ("act", line, "request"),
        ("date", line, "2031-03-02"),
        ("relation", line, "answers", other.statement.id),
        ("withdraw", other.statement.id),
        ("keep", other.statement.id),
    ):
        done = _run(own_record, "correct", *words, "--why", "heard it myself", "--by", "K. Ambler")
        assert done.exit_code == 0, done.output
        assert "Entered as cor-" in done.output
    (now,) = own_record.statement_rows([line])
    assert [s.name for s in now.statement.speakers] == ["Radim Tolvar"]
    assert [s.name for s in now.statement.on_behalf_of] == ["Karvelia"]
    assert [s.name for s in now.statement.target] == ["Sundmark"]
    assert (now.statement.act, now.statement.date.value) == (Act.REQUEST, "2031-03-02")
    shown = json.loads(_run(own_record, "why", line, "--json").stdout)
    for field in ("speakers", "target", "act", "date"):
        (told,) = [r for r in shown if r["field"] == field]
        assert told["rule"] == "reviewer"
        assert "K. Ambler" in told["made_by"]
        assert told["detail"] == "heard it myself"
        assert any("the reader had" in a for a in told["alternatives"])
    log = tmp_path / "log.jsonl"
    assert _run(own_record, "correct", "export", str(log)).exit_code == 0
    assert len(log.read_text(encoding="utf8").splitlines()) == 7
    assert "0 corrections added" in _run(own_record, "correct", "import", str(log)).output
    listed = json.loads(_run(own_record, "correct", "log", "--json").stdout)
    assert [entry["kind"] for entry in listed][:3] == ["set-speaker", "set-target", "set-act"]
    assert json.loads(_run(own_record, "correct", "log", "--conflicts", "--json").stdout) == []
    assert _run(own_record, "show", line).exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("speaker", "LINE", "Nobody Atall"),
        ("act", "LINE", "mumble"),
        ("date", "LINE", "2031-02-30"),
        ("date", "st-nothing", "2031-02-03"),
        ("relation", "LINE", "denies", "LINE"),
        ("target", "LINE", "unknown", "Sundmark"),
    ],
)
def test_bad_words_end_in_a_sentence(own_record: Record, words: tuple[str, ...]) -> None:
    line = own_record.lines()[0].statement.id
    done = _run(own_record, "correct", *(line if w == "LINE" else w for w in words), "--why", "a test")
    assert done.exit_code != 0
    assert own_record.corrections() == ()


def test_an_imported_log_applies_to_another_record_of_the_same_pages(own_record: Record, sample_record: Record) -> None:
    row = _line(own_record, _copied)
    _enter(own_record, CorrectionKind.SET_ACT, row.statement.id, "warn")
    assert sample_record.corrections() == ()
    (before,) = sample_record.statement_rows([row.statement.id])
    assert before.statement.act is row.statement.act


def test_events_of_a_corrected_act_are_coded_anew(own_record: Record) -> None:
    row = _line(own_record, lambda r: r.statement.act is Act.ACCUSE and _said(own_record, r))
    _enter(own_record, CorrectionKind.SET_ACT, row.statement.id, "assert")
    told = own_record.events(EventFilter(sayings=True, kind=EventKind.SAYING))
    codes = {m.code for e in told for m in e.event.mentions if m.saying == row.statement.id}
    assert codes <= {None}


def _said(record: Record, row: StatementRow) -> bool:
    told = record.events(EventFilter(sayings=True, kind=EventKind.SAYING))
    return any(m.saying == row.statement.id for e in told for m in e.event.mentions)
