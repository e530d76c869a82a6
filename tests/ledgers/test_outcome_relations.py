"""What became of promises, as relations: one truth with the ledger, whoever asks and however, reviewers included."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.disputes import disputes, engine_for, read
from onrecord import pipeline
from onrecord.model import Correction, CorrectionKind, RelationKind, correction
from onrecord.model.ledgers import CommitmentStatus
from onrecord.record import Record
from onrecord.views.cli.app import app

OUTCOMES = (RelationKind.FULFILS, RelationKind.MISSES)
KIND = {"fulfilled": RelationKind.FULFILS, "missed": RelationKind.MISSES}


@pytest.fixture
def released(engine: pipeline.Engine, tmp_path: Path) -> Record:
    """The dispute over the fishermen, whose promise an event fulfils."""
    (dispute,) = (d for d in disputes() if d.name == "03-fishermen")
    return read(dispute, tmp_path, engine_for(engine))


def test_the_relations_are_the_evidence_of_the_ledger(sample_record: Record) -> None:
    told = {
        (KIND[e.speaks_for], e.line or e.source, u.line)
        for row in sample_record.state().commitments
        for e in row.evidence
        if e.speaks_for in KIND
        for u in row.utterances
    }
    found = {(r.kind, r.subject, r.object) for r in sample_record.relations() if r.kind in OUTCOMES}
    assert found <= told
    assert {(kind, source) for kind, source, _ in told} == {(kind, source) for kind, source, _ in found}
    assert {kind for kind, _, _ in found} == set(OUTCOMES)


def test_asked_of_one_line_or_of_all_they_are_the_same(sample_record: Record) -> None:
    rows = [r for r in sample_record.relation_rows() if r.kind in OUTCOMES]
    statements = {row.statement.id for row in sample_record.statement_rows()}
    assert rows
    for row in rows:
        assert row in sample_record.relation_rows([row.object])
        if row.subject in statements:
            assert row in sample_record.relation_rows([row.subject])


def test_they_are_explained_shown_and_exported(sample_record: Record) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(app, [*words, "--record", str(sample_record.path)])
        assert result.exit_code == 0, result.output
        return result.output

    exported = [json.loads(line) for line in run("export", "relations").splitlines()]
    for kind in ("fulfils", "misses"):
        row = next(r for r in exported if r["kind"] == kind)
        assert row["from"] in run("why", row["id"])
        assert kind.removesuffix("s") in run("show", row["to"])
    by_event = [r for r in exported if r["kind"] == "fulfils" and r["from"].startswith("ev-")]
    assert all("release" in run("show", r["to"]) for r in by_event)
    assert by_event


def _entry(kind: CorrectionKind, relation: str) -> Correction:
    why = "the boat was another one"
    return correction(kind, (relation,), who="ada", when=f"2041-06-0{len(kind.value) % 7 + 1}T10:00:00+00:00", why=why)


def test_a_reviewer_takes_one_out_and_the_ledger_follows(released: Record) -> None:
    (row,) = released.state().commitments
    (relation,) = (r for r in released.relations() if r.kind is RelationKind.FULFILS)
    assert row.status is CommitmentStatus.FULFILLED
    released.correct([_entry(CorrectionKind.WITHDRAW_RELATION, relation.id)])
    (after,) = released.state().commitments
    assert after.status is not CommitmentStatus.FULFILLED
    assert relation.id not in {r.id for r in released.relations()}
    assert released.find_relation(relation.id) == relation.id
    assert released.why(relation.id)
    entries = [entry.id for entry in released.corrections()]
    released.correct(
        [correction(CorrectionKind.UNDO, (entries[-1],), who="ada", when="2041-07-01T10:00:00+00:00", why="it was it")]
    )
    assert released.state().commitments == (row,)
    assert relation in released.relations()


def test_nothing_is_known_of_it_before_it_is_reported(released: Record) -> None:
    (before,), (after,) = (released.state(day).commitments for day in ("2041-05-16", "2041-05-17"))
    assert (before.status, after.status) == (CommitmentStatus.OPEN, CommitmentStatus.FULFILLED)
