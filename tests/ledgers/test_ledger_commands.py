"""The commands over ledgers as people type them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from onrecord.model import errors
from onrecord.record import Record
from onrecord.views.cli.app import app
from onrecord.views.fields.checks import compare

#: The names of the samples' own actors: capitals are in no record.
ACTORS = ("--actors", str(Path(__file__).parents[2] / "samples" / "actors.csv"))


def run(*words: str, record: Record, status: int = 0) -> Result:
    result = CliRunner().invoke(app, [*words, "--record", str(record.path)])
    assert result.exit_code == status, result.output
    return result


def test_state_tells_every_ledger_with_the_ids_of_its_lines(sample_record: Record) -> None:
    words = ("state", "--on", "2031-12-09", "--between", "Karvelia", "Northern Compact")
    out = run(*words, record=sample_record).output
    assert out.splitlines()[0] == "State of play on 2031-12-09 between Karvelia and Northern Compact"
    rows = json.loads(run(*words, "--json", record=sample_record).output)
    assert {row["ledger"] for row in rows} == {"demands", "commitments", "accusations", "offers", "channels", "access"}
    known = {row.statement.id for row in sample_record.statement_rows()}
    for row in rows:
        assert all(u["statement"] in known for u in row.get("utterances", ()))
        assert all(u["published"] <= "2031-12-09" for u in row.get("utterances", ()))
        assert f"{row['utterances'][0]['statement'][:10]}" in out if row.get("utterances") else row["evidence"]


def test_a_month_is_its_last_day(sample_record: Record) -> None:
    month = run("state", "--on", "2031-06", "--json", record=sample_record).output
    assert month == run("state", "--on", "2031-06-30", "--json", record=sample_record).output


def test_officials_and_capitals_stand_for_their_side(sample_record: Record) -> None:
    wanted = json.loads(run("demands", "--by", "Sundmark", "--of", "Karvelia", "--json", record=sample_record).output)
    for other in (("Jonas Ekermark", "Dravno"), ("Sundmark Foreign Ministry", "Sanja Orlecht")):
        found = run("demands", "--by", other[0], "--of", other[1], *ACTORS, "--json", record=sample_record).output
        assert json.loads(found) == wanted
    assert all(row["by"] == [{"id": "state:sundmark", "name": "Sundmark"}] for row in wanted)
    assert wanted


@pytest.mark.parametrize("command", ["demands", "commitments", "disputes"])
def test_every_ledger_has_its_list(sample_record: Record, command: str) -> None:
    rows = json.loads(run(command, "--json", record=sample_record).output)
    assert rows
    assert run(command, record=sample_record).output.splitlines()[-1].startswith(f"{len(rows)} ")
    assert json.loads(run(command, "--on", "2030", "--json", record=sample_record).output) == []
    assert "as far as the record knows" in run(command, "--on", "2030", record=sample_record).output


def test_what_changed(sample_record: Record) -> None:
    words = ("state", "--diff", "2031-06-30", "2031-07-01")
    changes = json.loads(run(*words, "--json", record=sample_record).output)
    assert "open → missed" in {c["detail"] for c in changes}
    assert run(*words, record=sample_record).output.splitlines()[0] == "What changed from 2031-06-30 to 2031-07-01"
    assert json.loads(run("state", "--diff", "2030", "2030-02", "--json", record=sample_record).output) == []


def test_a_position_with_what_is_different(sample_record: Record) -> None:
    rows = json.loads(run("position", "Jonas Ekermark", "--about", "soldiers", "--json", record=sample_record).output)
    assert [rows[0]["place"], rows[-1]["place"]] == ["first", "last"]
    days = [row["said"] or row["published"] for row in rows]
    assert days == sorted(days)
    cut = [d["words"] for d in rows[-1]["difference"] if d["kind"] != "added"]
    assert " ".join(cut).split() == rows[0]["text"].split()
    out = run("position", "Ekermark", "--about", "soldiers", record=sample_record).output
    assert "From the first" in out


def test_the_difference_gives_both_texts_back() -> None:
    one, two = "the line is open and stays open", "the line was open until May"
    found = compare(one, two)
    assert " ".join(d.words for d in found if d.kind != "added") == one
    assert " ".join(d.words for d in found if d.kind != "cut") == two


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("state", "--on", "2031-02-30"), "is not a date"),
        (("state", "--on", "2031", "--diff", "2031", "2032"), "not both"),
        (("state", "--between", "Karvelia", "Dravno", *ACTORS), "are one side"),
        (("position", "Ekermark", "--about", "the"), "names no matter"),
    ],
)
def test_bad_usage_is_named(sample_record: Record, words: tuple[str, ...], says: str) -> None:
    assert says in " ".join(run(*words, record=sample_record, status=2).output.split())


@pytest.mark.parametrize(
    "words", [("state", "--between", "Nobody Atall", "Karvelia"), ("position", "Nobody Atall", "--about", "guns")]
)
def test_unknown_names_are_named(sample_record: Record, words: tuple[str, ...]) -> None:
    result = run(*words, record=sample_record, status=1)
    assert isinstance(result.exception, errors.NotFound)
    assert "Nobody Atall" in str(result.exception)


def test_an_empty_record_says_so(tmp_path: Path) -> None:
    with Record.open(tmp_path / "empty.db", create=True) as record:
        assert "knows of no demand" in run("state", "--on", "2031-01-01", record=record).output
        assert json.loads(run("state", "--json", record=record).output) == []


@pytest.mark.parametrize("kind", ["demands", "commitments", "accusations", "offers", "channels", "access"])
def test_ledgers_are_exported(sample_record: Record, kind: str) -> None:
    lines = [json.loads(line) for line in run("export", kind, record=sample_record).output.splitlines()]
    assert lines
    table = list(csv.DictReader(io.StringIO(run("export", kind, "--format", "csv", record=sample_record).output)))
    assert [row["id"] for row in table] == [line["id"] for line in lines]
