"""The commands about actors: who speaks, who it was on a day, merging and splitting; nobody private is profiled."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from onrecord import pipeline, sources
from onrecord.model import errors
from onrecord.record import EventFilter, Record
from onrecord.views.cli.app import app

ACTORS = Path(__file__).parents[2] / "samples" / "actors.csv"
PAGE = """\
The Tolvik Post
Sunday 4 May 2031

Lorries pass the bakery in Hestmo

HESTMO, 4 May 2031 - Karvelian Foreign Minister Radim Tolvar told the baker Petra Holmgaard that the road would stay open.

Runa Lindqvar, a neighbour, watched the lorries from her window. Tolvar said on Sunday that the lorries carried flour.

"They carried flour," the minister said.
"""


def run(record: Record, *words: str, tables: bool = True, status: int = 0) -> Result:
    own = ["--actors", str(ACTORS)] if tables else []
    result = CliRunner().invoke(app, [*words, *own, "--record", str(record.path)])
    assert result.exit_code == status, result.output
    return result


def rows(record: Record, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(record, "actors", *words, "--json").output)
    return found


@pytest.fixture
def own(sample_record: Record, tmp_path: Path) -> Record:
    """The samples' record, to be written to."""
    sample_record.optimise()
    shutil.copy(sample_record.path, tmp_path / "own.db")
    return Record.open(tmp_path / "own.db")


@pytest.fixture(scope="module")
def bakery(engine: pipeline.Engine, tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A record of one page that names two people who hold no office and say nothing."""
    folder = tmp_path_factory.mktemp("bakery")
    (folder / "page.txt").write_text(PAGE, encoding="utf8")
    record = Record.open(folder / "record.db", create=True)
    pipeline.read(sources.pages([str(folder / "page.txt")]), record, engine)
    return record


def test_the_table_names_who_speaks_with_office_and_days(sample_record: Record) -> None:
    out = run(sample_record, "actors", "--match", "Ekermark").output
    assert "Foreign Minister, Sundmark" in out or "foreign minister, Sundmark" in out
    assert "2031-01-14" in out
    assert out.splitlines()[-1] == "1 actor"


def test_rows_agree_with_the_lines(sample_record: Record) -> None:
    lines = sample_record.lines()
    for row in rows(sample_record):
        said = [r for r in lines if any(s.id == row["id"] for s in r.statement.speakers)]
        assert len(said) == row["statements"]
        days = [r.statement.date.value for r in said if r.statement.date.value]
        if row["kind"] == "person" and days:
            assert (row["first"], row["last"]) == (min(days), max(days))


@pytest.mark.parametrize(
    ("words", "kinds", "countries"),
    [
        (["--kind", "state"], {"state"}, None),
        (["--kind", "person", "--country", "Karvelia"], {"person"}, {"Karvelia"}),
        (["--kind", "unnamed group"], {"unnamed_group"}, None),
    ],
)
def test_filters(sample_record: Record, words: list[str], kinds: set[str], countries: set[str] | None) -> None:
    found = rows(sample_record, *words)
    assert found
    assert {r["kind"] for r in found} == kinds
    assert countries is None or {r["country_name"] for r in found} == countries


def test_unnamed_groups_are_left_out_unless_asked_for(sample_record: Record) -> None:
    assert "unnamed_group" not in {r["kind"] for r in rows(sample_record)}
    assert "unnamed_group" in {r["kind"] for r in rows(sample_record, "--unnamed")}


def test_a_kind_that_is_none_ends_in_a_sentence(sample_record: Record) -> None:
    assert "is not a kind" in run(sample_record, "actors", "--kind", "vegetable", status=2).output


@pytest.mark.parametrize(
    ("day", "office"),
    [("2031-07-13", "ambassador to tolmenia"), ("2031-07-15", "foreign minister"), ("2020-01-01", None)],
)
def test_show_gives_the_office_of_that_day(sample_record: Record, day: str, office: str | None) -> None:
    found = json.loads(run(sample_record, "actors", "show", "Ilena Dorvask", "--on", day, "--json").output)
    assert [o["title"].casefold() for o in found["offices"]] == ([office] if office else [])
    assert all(o["source"] and o["start"] <= day for o in found["offices"])


def test_show_tells_offices_lines_and_positions(sample_record: Record) -> None:
    out = run(sample_record, "actors", "show", "Dorvask", "--on", "2031-12-08").output
    for head in ("Offices on 2031-12-08", "Said on 2031-12-08", "Positions", "Checked against"):
        assert head in out


def test_show_finds_an_office_holder_of_the_tables_by_the_family_name(sample_record: Record) -> None:
    found = json.loads(run(sample_record, "actors", "show", "Lavrov", "--on", "2015-05-19", "--json").output)
    assert (found["name"], found["statements"]) == ("Sergei Lavrov", [])
    assert [o["title"] for o in found["offices"]] == ["Foreign Minister"]


def test_show_names_those_a_family_name_may_mean(sample_record: Record) -> None:
    words = ["actors", "show", "Bush", "--record", str(sample_record.path)]
    error = CliRunner().invoke(app, words).exception
    assert isinstance(error, errors.Ambiguous)
    assert "George W. Bush" in str(error)
    assert "George H.W. Bush" in str(error)


def test_show_names_who_held_the_offices_of_a_state_on_the_day(sample_record: Record) -> None:
    out = run(sample_record, "actors", "show", "Karvelia", "--on", "2031-08-20").output
    assert "Who held its offices on 2031-08-20" in out
    assert "Ilena Dorvask" in out
    assert "Who held its offices" not in run(sample_record, "actors", "show", "Karvelia").output


def test_positions_count_every_line_once(sample_record: Record) -> None:
    found = json.loads(run(sample_record, "actors", "show", "Marten Vessling", "--json").output)
    assert sum(p["statements"] for p in found["positions"]) == len(found["statements"])


def test_who_holds_no_office_and_says_nothing_is_not_profiled(bakery: Record) -> None:
    everybody = json.dumps(rows(bakery, "--unnamed"))
    assert "Radim Tolvar" in everybody
    for private in ("Petra Holmgaard", "Runa Lindqvar"):
        assert private not in everybody
        result = CliRunner().invoke(
            app, ["actors", "show", private, "--actors", str(ACTORS), "--record", str(bakery.path)]
        )
        assert isinstance(result.exception, errors.NotFound)


def _said_by(record: Record, name: str) -> list[str]:
    out = CliRunner().invoke(app, ["statements", "--by", name, "--json", "--record", str(record.path)]).output
    return sorted(r["id"] for r in json.loads(out))


def _speakers(record: Record) -> dict[str, list[str | None]]:
    return {r.statement.id: [s.id for s in r.statement.speakers] for r in record.statement_rows()}


def test_merge_and_undo(own: Record, sample_record: Record) -> None:
    before = _speakers(own)
    hers, theirs = _said_by(own, "Sanja Orlecht"), _said_by(own, "Miro Yelvan")
    assert hers
    assert theirs
    run(own, "actors", "merge", "Miro Yelvan", "Sanja Orlecht", "--why", "one desk", "--who", "Edda", tables=False)
    assert _said_by(own, "Sanja Orlecht") == []
    assert _said_by(own, "Miro Yelvan") == sorted({*hers, *theirs})
    assert {r["name"] for r in rows(own, "--match", "Orlecht")} == {"Miro Yelvan"}
    [entry] = own.corrections()
    run(own, "correct", "undo", entry.id, "--why", "two desks", tables=False)
    assert _speakers(own) == before == _speakers(sample_record)


def _in_events(record: Record) -> list[tuple[str, list[str | None]]]:
    return [(row.event.id, [p.actor.id for p in row.event.parties]) for row in record.events(EventFilter())]


def test_a_merge_reaches_events_and_is_taken_back(own: Record) -> None:
    before = _in_events(own)
    named = [p.actor for row in own.events(EventFilter()) for p in row.event.parties if p.actor.id]
    first, second = sorted({(actor.name, actor.id) for actor in named if actor.name in {"Sundmark", "Karvelia"}})
    run(own, "actors", "merge", first[0], second[0], "--why", "a test of names", tables=False)
    after = [actor for _, ids in _in_events(own) for actor in ids]
    assert second[1] not in after
    assert first[1] in after
    [entry] = own.corrections()
    run(own, "correct", "undo", entry.id, "--why", "two states", tables=False)
    assert _in_events(own) == before


def test_split_and_undo(own: Record) -> None:
    before = _speakers(own)
    page = next(r for r in own.lines() if any(s.name == "Jonas Ekermark" for s in r.statement.speakers)).path
    elsewhere = [r.statement.id for r in own.lines() if r.path != page]
    run(
        own, "actors", "split", "Jonas Ekermark", page, "--as", "Jonas Ekermark the elder", "--why", "father", tables=False
    )  # fmt: skip
    there = [r for r in own.statement_rows() if r.path == page]
    names = {s.name for r in there for s in r.statement.speakers}
    assert "Jonas Ekermark the elder" in names
    assert "Jonas Ekermark" not in names
    after = _speakers(own)
    assert all(after[i] == before[i] for i in elsewhere)
    assert _said_by(own, "the elder")
    [entry] = own.corrections()
    run(own, "correct", "undo", entry.id, "--why", "it was the son", tables=False)
    assert _speakers(own) == before


def test_a_merge_travels_with_the_log(own: Record, sample_record: Record, tmp_path: Path) -> None:
    run(own, "actors", "merge", "Miro Yelvan", "Sanja Orlecht", "--why", "one desk", tables=False)
    run(own, "actors", "split", "Miro Yelvan", own.lines()[0].path, "--as", "M. Yelvan", "--why", "other", tables=False)
    log = tmp_path / "log.jsonl"
    CliRunner().invoke(app, ["correct", "export", str(log), "--record", str(own.path)])
    shutil.copy(sample_record.path, tmp_path / "other.db")
    other = Record.open(tmp_path / "other.db")
    CliRunner().invoke(app, ["correct", "import", str(log), "--record", str(other.path)])
    assert len(other.corrections()) == 2
    assert _speakers(other) == _speakers(own)


def test_merging_somebody_unknown_changes_nothing(own: Record) -> None:
    words = ["actors", "merge", "Miro Yelvan", "Nobody Atall", "--why", "x", "--record", str(own.path)]
    assert isinstance(CliRunner().invoke(app, words).exception, errors.NotFound)
    assert own.corrections() == ()


def test_a_state_shows_who_held_its_offices_on_the_day(sample_record: Record) -> None:
    found = json.loads(run(sample_record, "actors", "show", "Russia", "--on", "2015-05-19", "--json").output)
    held = {h["title"]: h["who"]["name"] for h in found["holders"]}
    assert (held["President"], held["Foreign Minister"]) == ("Vladimir Putin", "Sergei Lavrov")
    assert all(h["source"] and h["start"] <= "2015-05-19" < (h["end"] or "9999") for h in found["holders"])
    assert json.loads(run(sample_record, "actors", "show", "Russia", "--json").output)["holders"] == []


LATER = """\
The Tolvik Post
Monday 5 May 2031

HESTMO, 5 May 2031 - Karvelian Foreign Minister Radim Tolvar said on Monday that the lorries would come again.
"""


def test_pages_read_later_without_the_table_do_not_part_its_people(tmp_path: Path) -> None:
    record = tmp_path / "own.db"
    for name, text, own in (("first", PAGE, ["--actors", str(ACTORS)]), ("second", LATER, [])):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf8")
        result = CliRunner().invoke(app, ["read", str(tmp_path / f"{name}.txt"), *own, "--record", str(record)])
        assert result.exit_code == 0, result.output
    with Record.open(record) as opened:
        speaking = [row.actor for row in opened.speaking() if "Tolvar" in row.actor.name]
    assert len(speaking) == 1
