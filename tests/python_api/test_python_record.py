"""The record asked from Python: typed rows, frames, clear errors, and an import that costs nothing."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import polars as pl
import pytest
from typer.testing import CliRunner

import onrecord
from onrecord.model import Act
from onrecord.record import Record as Store
from onrecord.views import fields
from onrecord.views.cli.app import app
from onrecord.views.fields.columns import columns_of
from tests.conftest import ROOT, SAMPLES


@pytest.fixture(scope="module")
def record(sample_record: Store) -> Iterator[onrecord.Record]:
    with onrecord.Record.open(sample_record.path, tables=SAMPLES / "actors.csv") as opened:
        yield opened


#: Questions with the command that prints the same.
QUESTIONS: list[tuple[Callable[[onrecord.Record], Any], str]] = [
    (lambda r: r.statements(by="Vessling", act="demand"), "statements --by Vessling --act demand"),
    (lambda r: r.statements(sure=0, limit=5), "statements --sure 0 --limit 5"),
    (lambda r: r.events(kind="meeting"), "events --kind meeting"),
    (lambda r: r.events(code="assault"), "events --code assault"),
    (lambda r: r.timeline(since="2031-03", until="2031-04"), "timeline --since 2031-03 --until 2031-04"),
    (lambda r: r.figures(), "events --figures"),
    (lambda r: r.stories(), "stories"),
    (lambda r: r.reports(), "sources"),
    (lambda r: r.actors(kind="state"), "actors --kind state --actors {tables}"),
    (lambda r: r.demands(by="Karvelia"), "demands --by Karvelia"),
    (lambda r: r.commitments(on="2031-07"), "commitments --on 2031-07"),
    (lambda r: r.disputes(between=("Karvelia", "Sundmark")), "disputes --between Karvelia Sundmark"),
    (lambda r: r.changes("2031-05", "2031-07"), "state --diff 2031-05 2031-07"),
    (lambda r: r.position("Vessling", "troops"), "position Vessling --about troops"),
]


@pytest.mark.parametrize(("ask", "words"), QUESTIONS, ids=lambda one: one if isinstance(one, str) else "")
def test_rows_are_what_the_command_prints(record: onrecord.Record, ask: Any, words: str) -> None:
    typed = [*words.format(tables=SAMPLES / "actors.csv").split(), "--json", "--record", str(record.store.path)]
    printed = json.loads(CliRunner().invoke(app, typed, catch_exceptions=False).stdout)
    assert ask(record).to_dicts() == printed


@pytest.mark.parametrize("ask", [ask for ask, words in QUESTIONS if "--diff" not in words])
def test_frames_have_the_columns_of_the_rows(record: onrecord.Record, ask: Any) -> None:
    rows = ask(record)
    frame, other = rows.to_pandas(), rows.to_polars()
    assert tuple(frame.columns) == tuple(other.columns) == rows.columns
    assert len(frame) == other.height == len(rows)
    if "id" in rows.columns:
        assert list(frame["id"]) == other["id"].to_list() == [row.id for row in rows]


def test_rows_are_typed(record: onrecord.Record) -> None:
    rows = record.statements(act="deny")
    assert isinstance(rows, onrecord.Rows)
    first = rows[0]
    assert isinstance(first, fields.Statement)
    assert first.act is Act.DENY
    assert first.date.value is None or re.fullmatch(r"2031(-\d\d){0,2}", first.date.value)
    assert isinstance(rows[:2], onrecord.Rows)
    assert list(rows[:2]) == list(rows)[:2]
    assert repr(rows) == f"<{len(rows)} rows of Statement>"
    assert rows == record.statements(act="deny")
    assert rows != record.statements(act="demand")
    with pytest.raises(dataclasses.FrozenInstanceError):
        first.act = Act.DEMAND  # type: ignore[misc]


def test_frames_spread_dates_and_name_parties(record: onrecord.Record) -> None:
    rows = record.statements(by="Orlecht")
    frame = rows.to_pandas()
    assert list(frame["date_value"].fillna("")) == [row.date.value or "" for row in rows]
    assert list(frame["speaker"]) == ["; ".join(party.name for party in row.speaker or ()) for row in rows]
    assert [[list(span) for span in one] for one in frame["content"]] == [
        [list(s) for s in row.content] for row in rows
    ]
    assert pd.api.types.is_float_dtype(frame["confidence"])
    assert rows.to_polars().schema["content"] == pl.List(pl.List(pl.Int64))


def test_a_frame_of_nothing_has_its_columns(record: onrecord.Record) -> None:
    rows = record.statements(by="Nobody Atall")
    assert len(rows) == 0
    assert tuple(rows.to_pandas().columns) == tuple(column.name for column in columns_of(fields.Statement))
    assert rows.to_polars().schema["date_value"] == pl.String


def test_single_things(record: onrecord.Record) -> None:
    row = record.statements(sure=0)[0]
    whole = record.statement(row.id)
    assert whole.passage.text == record.text(row.document, whole.passage.start, whole.passage.end).text
    assert row.text in (whole.passage.text, row.text)
    assert record.document(row.document).text[whole.passage.start : whole.passage.end] == whole.passage.text
    assert {one.field for one in record.why(row.id)}
    assert record.report(row.document).report == row.report
    assert record.actor("Orlecht", on="2031-03-04").offices[0].title == "spokeswoman"
    state = record.state("2031-05-21", between=("Karvelia", "Sundmark"))
    assert state.rows
    assert {party.name for party in state.between} == {"Karvelia", "Sundmark"}
    assert record.about().statements == len(list(record.rows("statements")))
    assert sum(row.documents for row in record.sources()) == record.about().documents


def test_a_draft_is_checked(record: onrecord.Record) -> None:
    row = next(row for row in record.statements() if row.quote_type.value == "direct" and row.speaker)
    found = record.check(f'"{row.text.split(" … ")[0]}" said {row.speaker[0].name}.')
    assert [one.verdict.value for one in found] == ["verbatim"]


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (lambda r: r.statements(act="lie"), onrecord.BadValue, "'lie' is not an act: choose from assert"),
        (lambda r: r.statements(since="2031-13"), onrecord.BadValue, "not a date like"),
        (lambda r: r.statements(sure=2), onrecord.BadValue, "between 0 and 1"),
        (lambda r: r.statements(limit=-1), onrecord.BadValue, "no number of rows"),
        (lambda r: r.timeline(limit=-1), onrecord.BadValue, "no number of rows"),
        (lambda r: r.stories(limit=-1), onrecord.BadValue, "no number of rows"),
        (lambda r: r.actors(limit=-1), onrecord.BadValue, "no number of rows"),
        (lambda r: r.events(limit=-1), onrecord.BadValue, "no number of rows"),
        (lambda r: r.events(kind="party"), onrecord.BadValue, "'party' is not a kind of events"),
        (lambda r: r.ledger("wishes"), onrecord.BadValue, "choose from demands, commitments"),
        (lambda r: r.rows("wishes"), onrecord.BadValue, "choose from documents, statements"),
        (lambda r: r.check("x", dated="2031"), onrecord.BadValue, "not a day like"),
        (lambda r: r.statement("st-"), onrecord.Ambiguous, "give more of it"),
        (lambda r: r.statement("nothing"), onrecord.NotFound, "no line"),
        (lambda r: r.event(r.documents()[0].id), onrecord.NotFound, "is no event"),
        (lambda r: r.text(r.documents()[0].id, 10, 5), onrecord.BadValue, "no characters 10 to 5"),
        (lambda r: r.demands(by="Nobody Atall"), onrecord.NotFound, "no actor"),
        (lambda r: r.state(between=("Karvelia", "Karvelia")), onrecord.BadValue, "are one side"),
        (lambda _: onrecord.Record.open("/nowhere/record.db"), onrecord.RecordError, "no record at"),
    ],
)
def test_errors_say_what_is_wrong(record: onrecord.Record, ask: Any, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        ask(record)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_without_the_library_a_frame_says_what_to_install(
    record: onrecord.Record, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(onrecord.OnrecordError, match=rf"pip install 'onrecord\[{library}\]'"):
        getattr(record.figures(), f"to_{library}")()


def test_importing_it_loads_nothing_heavy() -> None:
    heavy = [
        "pandas",
        "polars",
        "pyarrow",
        "sqlalchemy",
        "spacy",
        "daft",
        "pydantic",
        "typer",
        "fastapi",
        "onrecord.record",
        "onrecord.views",
    ]
    ask = f"import sys, onrecord; print([name for name in {heavy!r} if name in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
    asked = "import sys, onrecord; onrecord.Record; print([n for n in ('pandas', 'polars', 'spacy', 'daft', 'fastapi') if n in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_the_package_names_what_it_gives() -> None:
    assert set(onrecord.__all__) <= set(dir(onrecord))
    for name in onrecord.__all__:
        assert getattr(onrecord, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        onrecord.Nothing  # noqa: B018


def test_the_examples_of_the_manual_run(record: onrecord.Record, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert len(blocks) >= 4
    names: dict[str, Any] = {}
    for block in blocks:
        exec(block.replace('"record.db"', repr(str(record.store.path))), names)
    assert names["record"].about().statements > 0
