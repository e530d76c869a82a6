"""On real pages that somebody annotated: every denial is tied to what it denies, hardly anything else is; a demand is one position."""

from __future__ import annotations

from pathlib import Path

from evals.record import score
from onrecord import pipeline, sources
from onrecord.model import Act
from onrecord.record import Record


def test_denials_of_the_annotated_pages(seeds: Path) -> None:
    shared = seeds.parent
    figures = score(seeds, shared / "gold" / "pages_dev.jsonl", shared / "bench" / "score_record.py").values
    assert figures["denials"] == 1.0
    assert figures["other_denies"] <= 3


def test_a_demand_repeated_over_years_is_one_position(seeds: Path, engine: pipeline.Engine, tmp_path: Path) -> None:
    with Record.open(tmp_path / "record.db", create=True) as record:
        pipeline.read(sources.pages([str(seeds)]), record, engine)
        act = {row.statement.id: row.statement.act for row in record.statement_rows()}
        pages = {row.statement.id: row.statement.document for row in record.statement_rows()}
        held = [
            (p.first, p.last, len({pages[s] for s in p.statements}))
            for p in record.positions()
            if len(p.wordings) > 1 and all(act[s] is Act.DEMAND for s in p.statements)
        ]
    assert ("2015-05-19", "2017-07-10", 3) in held
    assert ("2015-01-26", "2017-07-10", 3) in held
