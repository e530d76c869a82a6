"""The ledgers of the seed pages, where somebody has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import pipeline, sources
from onrecord.model import ActorRef
from onrecord.model.ledgers import CommitmentStatus, Demand
from onrecord.record import Record

NATO, RUSSIA, UKRAINE = ActorRef("org:NATO", "NATO"), ActorRef("state:RUS", "Russia"), ActorRef("state:UKR", "Ukraine")


@pytest.fixture(scope="module")
def seed_record(seeds: Path, engine: pipeline.Engine, tmp_path_factory: pytest.TempPathFactory) -> Record:
    record = Record.open(tmp_path_factory.mktemp("seeds") / "record.db", create=True)
    pipeline.read(sources.pages([str(seeds)]), record, engine)
    return record


def demand(record: Record, word: str, **asked: object) -> Demand:
    rows = record.state(between=(NATO, RUSSIA), **asked).demands  # type: ignore[arg-type]
    (row,) = (d for d in rows if any(word in u.text for u in d.utterances))
    return row


def test_withdraw_is_one_line(seed_record: Record) -> None:
    row = demand(seed_record, "withdraw")
    assert [u.said for u in row.utterances] == ["2015-05-19", "2017-07-10", None]
    assert row.utterances[-1].published is None
    assert [u.said for u in demand(seed_record, "withdraw", on="2018-01-01").utterances] == ["2015-05-19", "2017-07-10"]


def test_stop_supporting_is_another(seed_record: Record) -> None:
    row = demand(seed_record, "support")
    assert [u.said for u in row.utterances] == ["2015-01-26", "2015-05-19", "2017-07-10"]
    assert row.id != demand(seed_record, "withdraw").id


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2017-07-10", CommitmentStatus.OPEN),
        ("2020-12-31", CommitmentStatus.OPEN),
        ("2021-01-01", CommitmentStatus.DUE),
    ],
)
def test_the_reforms_are_due(seed_record: Record, on: str, status: CommitmentStatus) -> None:
    (row,) = (c for c in seed_record.state(on, between=(UKRAINE, NATO)).commitments if c.deadline is not None)
    assert row.deadline is not None
    assert row.deadline.value == "2020"
    assert row.status is status


def test_the_channel_is_open(seed_record: Record) -> None:
    found = [c for c in seed_record.state("2015-05-20", between=(NATO, RUSSIA)).channels if "military" in c.name]
    assert [(c.status.value, c.since) for c in found] == [("open", "2015-05-19")]
    assert seed_record.state("2015-05-18").channels == ()
