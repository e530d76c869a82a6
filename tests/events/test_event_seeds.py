"""The events of the annotated pages, where they are: all found, none invented, copies adding none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from onrecord import pipeline, sources
from onrecord.knowledge import Knowledge
from onrecord.model import EventKind, Root
from onrecord.record import EventFilter, Record


@pytest.fixture(scope="module")
def seed_record(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Record:
    record = Record.open(tmp_path_factory.mktemp("seeds") / "record.db", create=True)
    pipeline.read(sources.pages([str(seeds)]), record, pipeline.Engine.load(Knowledge.load()))
    return record


def test_every_annotated_event_is_found_and_few_others(seeds: Path, bench: Path) -> None:
    gold = seeds.parent / "gold" / "pages_dev.jsonl"
    command = [sys.executable, "-m", "evals.record", str(seeds), str(gold)]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    line = done.stdout.splitlines()[-1]
    found, annotated = (int(n) for n in line.split("events ")[1].split(" ")[0].split("/"))
    printed = int(line.split("(of ")[1].split(" ")[0])
    assert found == annotated
    assert printed <= 2 * annotated


def test_the_caption_tells_an_agreement(seed_record: Record) -> None:
    rows = seed_record.events(EventFilter(kind=EventKind.AGREEMENT))
    told = [(r.event.date.value, {p.actor.name for p in r.event.parties} >= {"Russia", "Belgium"}) for r in rows]
    assert ("2015-05-19", True) in told


def test_the_reprint_adds_no_event(seed_record: Record) -> None:
    rows = seed_record.events(EventFilter(code=Root.CONSULT, since="2015-02", until="2015-05-19"))
    shared = [r for r in rows if len(r.documents) == 2]
    assert [r.event.date.value for r in shared] == ["2015-02", "2015-05-19"]
    assert {r.reports for r in shared} == {1}
