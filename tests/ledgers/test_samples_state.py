"""The samples' year of dispute: the state of play on five days, what changed between two, and nothing known too early."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from plain_state import head, state_lines

from onrecord import pipeline, sources
from onrecord.knowledge import Knowledge
from onrecord.model import ActorRef
from onrecord.model.ledgers import CommitmentStatus, Row, StateOfPlay
from onrecord.record import Record
from onrecord.relations.ledgers import difference
from onrecord.resolution import Resolver

SAMPLES = Path(__file__).parents[2] / "samples"
DAYS = ("2031-03-05", "2031-05-21", "2031-07-02", "2031-12-09", "2032-02-10")
KARVELIA, SUNDMARK = ActorRef("state:karvelia", "Karvelia"), ActorRef("state:sundmark", "Sundmark")
COMPACT = ActorRef("org:northern-compact", "Northern Compact")


def stems(record: Record) -> dict[str, str]:
    return {row.id: Path(row.path).stem for row in record.documents()}


@pytest.mark.parametrize("day", DAYS)
def test_golden_state(sample_record: Record, golden: Callable[[str, str], None], day: str) -> None:
    lines = state_lines(sample_record.state(day), stems(sample_record))
    golden(f"samples_state_{day}.txt", "\n".join(lines) + "\n")


def test_golden_difference(sample_record: Record, golden: Callable[[str, str], None]) -> None:
    before, after = (sample_record.state(day, between=(KARVELIA, SUNDMARK)) for day in ("2031-05-21", "2031-07-02"))
    out = [f"{c.detail} | {c.ledger.value} | {head(c.row)}" for c in difference(before, after)]
    golden("samples_state_difference.txt", "\n".join(out) + "\n")


def status_on(record: Record, day: str, words: str) -> CommitmentStatus:
    (row,) = (c for c in record.state(day).commitments if words in c.what)
    return row.status


@pytest.mark.parametrize(
    ("day", "words", "status"),
    [
        ("2031-04-08", "release 42 prisoners", CommitmentStatus.OPEN),
        ("2031-05-12", "release 42 prisoners", CommitmentStatus.FULFILLED),
        ("2031-06-30", "withdraw heavy guns", CommitmentStatus.OPEN),
        ("2031-07-01", "withdraw heavy guns", CommitmentStatus.MISSED),
        ("2032-01-28", "admitted to the pass", CommitmentStatus.OPEN),
        ("2032-01-29", "admitted to the pass", CommitmentStatus.FULFILLED),
        ("2032-02-10", "rebuilt by 31 March", CommitmentStatus.OPEN),
    ],
)
def test_a_promise_over_time(sample_record: Record, day: str, words: str, status: CommitmentStatus) -> None:
    assert status_on(sample_record, day, words) is status


@pytest.mark.parametrize(
    ("day", "status"),
    [("2031-03-05", "open"), ("2031-05-21", "suspended"), ("2031-10-06", "suspended"), ("2031-10-07", "open")],
)
def test_the_hotline_over_time(sample_record: Record, day: str, status: str) -> None:
    found = [c for c in sample_record.state(day, between=(COMPACT, KARVELIA)).channels if "hotline" in c.name]
    assert [c.status.value for c in found] == [status]


def test_one_demand_is_one_line_over_a_year(sample_record: Record) -> None:
    rows = [
        d
        for d in sample_record.state(between=(SUNDMARK, KARVELIA)).demands
        if d.last == "2032-02-10" and d.by == (SUNDMARK,)
    ]
    (row,) = rows
    assert row.first == "2031-01-14"
    assert len({u.document for u in row.utterances}) >= 3


def test_between_two_sides_is_the_part_of_the_whole_that_lies_between_them(sample_record: Record) -> None:
    whole, part = sample_record.state(), sample_record.state(between=(SUNDMARK, KARVELIA))
    two = {SUNDMARK.id, KARVELIA.id}
    expected = [d for d in whole.demands if {r.id for r in d.by} <= two and {r.id for r in d.of} & two]
    assert list(part.demands) == expected
    assert expected


def test_a_record_of_the_earlier_pages_tells_the_same(
    sample_record: Record, engine: pipeline.Engine, tmp_path: Path
) -> None:
    """Pages that come later change nothing of what was known before."""
    day = "2031-03-25"
    early = [row.path for row in sample_record.documents() if row.published.value and row.published.value <= day]
    with Record.open(tmp_path / "early.db", create=True) as record:
        pipeline.read(sources.pages(early), record, engine)
        assert state_lines(record.state(day), stems(record)) == state_lines(
            sample_record.state(day), stems(sample_record)
        )
        assert rows(record.state(day)) == rows(sample_record.state(day))
        assert record.state(day).demands


def rows(state: StateOfPlay) -> list[str]:
    return [repr(row) for _, some in state.rows() for row in some]


RENAMED = (("Karvelia", "Norvania"), ("Sundmark", "Westmark"))


def test_renaming_both_states_changes_names_and_nothing_else(
    sample_record: Record, engine: pipeline.Engine, tmp_path: Path
) -> None:
    def renamed(text: str) -> str:
        for old, new in RENAMED:
            text = text.replace(old, new)
        return text

    pages = ("2031-03-25_tolmen", "2031-04-08_tolmen", "2031-05-12_meridian", "2031-07-01_halvik")
    table = tmp_path / "actors.csv"
    table.write_text(renamed((SAMPLES / "actors.csv").read_text("utf8")), "utf8")
    knowledge = Knowledge.load(table)
    others = replace(engine, knowledge=knowledge, resolver=Resolver(knowledge))
    found = []
    for name, reading, change in (("as-it-is", engine, str), ("renamed", others, renamed)):
        folder = tmp_path / name
        folder.mkdir()
        for page in sorted(SAMPLES.glob("2031-*")):
            if page.name.startswith(pages):
                (folder / page.name).write_text(change(page.read_text("utf8")), "utf8")
        with Record.open(tmp_path / f"{name}.db", create=True) as record:
            pipeline.read(sources.pages([str(folder)]), record, reading)
            found.append(sorted(without_words(row) for _, some in record.state().rows() for row in some))
    before, after = found
    assert sorted(renamed(line) for line in before) == after
    assert any("Norvania" in line for line in after)


def without_words(row: Row) -> str:
    """A row but for its wordings: where the reader cuts a clause may hang on the words in it, the ledgers do not."""
    return " | ".join(part for part in head(row).split(" | ") if part != getattr(row, "what", ""))
