"""Words, names and answers that a command line may stumble over: brackets, bytes that are no text, the end of the input."""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from onrecord import pipeline, sources
from onrecord.model import Page, errors
from onrecord.record import Record, judgments
from onrecord.views.cli import entering, read
from onrecord.views.cli.app import app

_PAGE = """The Ferrow [/b] Gazette
March 4, 2031

Minister answers the [sic] council

ARESK -- "We never saw [sic] that the [/bold] bridges were [inaudible] closed at night :smile:," Foreign Minister Oswin Plackett said.

Plackett accused Tolmenia of counting shadows on Tuesday. In 2030 he had said that the bridges were safe. He demanded that Tolmenia
withdraw its report by June 1. Traders who used it say that the detour costs them a day, and that the fees have doubled twice.
"""


@pytest.fixture(scope="module")
def bracketed(engine: pipeline.Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bracketed")
    page = folder / "a[" / "b].txt"
    page.parent.mkdir()
    page.write_text(_PAGE, encoding="utf8")
    with Record.open(folder / "r.db", create=True) as record:
        pipeline.read(sources.pages([str(page)]), record, engine)
        record.optimise()
    return folder / "r.db"


def _run(*words: str, record: Path, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, [*words, "--record", str(record)], input=typed)


@pytest.mark.parametrize(
    "words",
    [
        ["statements", "--sure", "0"],
        ["timeline", "--undated"],
        ["actors", "show", "Plackett"],
        ["position", "Plackett", "--about", "bridges"],
    ],
)
def test_brackets_of_a_page_are_words_and_no_colours(bracketed: Path, words: list[str]) -> None:
    done = _run(*words, record=bracketed)
    assert done.exit_code == 0, done.output
    shown = " ".join(done.output.split())
    for mark in ("[sic]", "[/bold]", "[inaudible]", ":smile:"):
        assert mark in shown


def test_a_page_is_shown_under_a_name_in_brackets(bracketed: Path) -> None:
    with Record.open(bracketed) as record:
        (page,) = record.documents()
        line = record.lines()[0].statement.id
    for words in (
        ["show", page.id],
        ["show", line],
        ["why", line],
        ["sources", "--why"],
        ["annotate", "--sample", "1"],
    ):
        done = _run(*words, record=bracketed, typed="q\n")
        assert done.exit_code == 0, (words, done.output, done.exception)


def test_the_bar_of_a_reading_names_a_file_in_brackets() -> None:
    out = io.StringIO()
    with read.bar(Console(file=out, force_terminal=True, width=120), 2) as advance:
        advance("pages/a[red].txt")
    assert "a[red].txt" in out.getvalue()


@pytest.mark.parametrize("words", [["timeline"], ["timeline", "--undated"], ["timeline", "--undated", "-n", "30"]])
def test_the_timeline_shows_in_words_what_it_gives_as_rows(sample_record: Record, words: list[str]) -> None:
    rows = json.loads(_run(*words, "--json", record=sample_record.path).stdout)
    shown = _run(*words, record=sample_record.path).stdout
    assert len(re.findall(r"^[●■]", shown, re.MULTILINE)) == len(rows)
    heads = re.findall(r"^(?:undated|\d{4}\S*(?: \w{3})?)(?=  |$)", shown, re.MULTILINE)
    assert len(heads) == len(set(heads)) > 1


def test_a_limit_gives_so_many_rows_of_the_timeline(sample_record: Record) -> None:
    rows = json.loads(_run("timeline", "--json", record=sample_record.path).stdout)
    for limit in (1, 40, 120):
        some = json.loads(_run("timeline", "--json", "-n", str(limit), record=sample_record.path).stdout)
        assert some == rows[:limit]


@pytest.mark.parametrize("typed", ["n\n", "c\n", "c\nact\n", "c\nact\nwarn\n", "c\nq\n", "c\ntarget\n"])
def test_a_line_that_is_left_half_way_is_not_judged(bracketed: Path, tmp_path: Path, typed: str) -> None:
    copy = tmp_path / "r.db"
    copy.write_bytes(bracketed.read_bytes())
    done = _run("annotate", "--sample", "1", "--who", "K. Ambler", record=copy, typed=typed)
    assert done.exit_code == 0, done.output
    assert "0 lines judged" in done.output
    with Record.open(copy) as record:
        assert record.ask(judgments.judgments) == ()
        assert record.corrections() == ()


@pytest.mark.parametrize(
    "words", [["annotate", "--import", "{}"], ["correct", "import", "{}"]], ids=lambda words: " ".join(words[:2])
)
def test_a_file_that_is_no_text_is_told_in_a_sentence(bracketed: Path, tmp_path: Path, words: list[str]) -> None:
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"\xb0\xff\x00")
    done = _run(*(word.format(file) for word in words), record=bracketed)
    assert isinstance(done.exception, errors.BinaryInput)
    assert str(file) in str(done.exception)


def test_a_line_end_within_a_reason_parts_no_entry(bracketed: Path, tmp_path: Path) -> None:
    copy, log = tmp_path / "r.db", tmp_path / "log.jsonl"
    copy.write_bytes(bracketed.read_bytes())
    with Record.open(copy) as record:
        line = record.lines()[0].statement.id
    assert _run("correct", "act", line, "warn", "--why", "one\u2028two\u0085three", record=copy).exit_code == 0
    assert _run("correct", "export", str(log), record=copy).exit_code == 0
    done = _run("correct", "import", str(log), record=copy)
    assert done.exit_code == 0, done.exception
    assert "0 corrections added" in done.output


def test_judgments_are_written_over_by_force_alone(bracketed: Path, tmp_path: Path) -> None:
    out = tmp_path / "judged.jsonl"
    out.write_text("mine", encoding="utf8")
    refused = _run("annotate", "--export", str(out), record=bracketed)
    assert isinstance(refused.exception, errors.InputError)
    assert out.read_text(encoding="utf8") == "mine"
    assert _run("annotate", "--export", str(out), "--force", record=bracketed).exit_code == 0
    assert out.read_text(encoding="utf8") == ""


@pytest.mark.parametrize("fault", [KeyError("uid not found"), OSError("no user")])
def test_a_user_without_a_name_is_asked_for_one(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def nobody() -> str:
        raise fault

    monkeypatch.setattr("getpass.getuser", nobody)
    assert entering.reviewer("K. Ambler") == "K. Ambler"
    with pytest.raises(errors.InputError, match="--who"):
        entering.reviewer(None)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["export", "demands", "--format", "xlsx"], "'xlsx' is none of jsonl, csv, parquet"),
        (["statements", "--limit", "many"], "'many' is not a whole number."),
        (["statements", "--limit", "0"], "0 is too small: give 1 or more."),
        (["statements", "--sure", "2"], "2 is too large: give 1 or less."),
        (["statements", "--sure", "very"], "'very' is not a number."),
        (["correct", "relation", "a", "envies", "b", "--why", "x"], "'envies' is none of denies, answers"),
        (["actors", "--limit", "many"], "'many' is not a whole number."),
        (["forget", "dog", "x", "--why", "y"], "'dog' is none of page, person, domain."),
    ],
)
def test_a_value_that_cannot_be_meant_is_told_in_our_words(words: list[str], says: str) -> None:
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2
    shown = " ".join(done.output.replace("│", " ").split())
    assert says in shown
    assert "Input should" not in shown
    assert "Value error" not in shown


def _empty(folder: Path) -> Path:
    (folder / "empty.txt").touch()
    return folder / "empty.txt"


def _bare(folder: Path) -> Path:
    (folder / "bare").mkdir()
    return folder / "bare"


@pytest.mark.parametrize("make", [_empty, _bare])
def test_nothing_to_read_makes_no_record(tmp_path: Path, make: object) -> None:
    given, record = make(tmp_path), tmp_path / "made" / "r.db"  # type: ignore[operator]
    record.parent.mkdir()
    done = _run("read", str(given), record=record)
    assert done.exit_code == 1, done.output
    assert "no record was made" in done.output
    assert list(record.parent.iterdir()) == []


def test_a_table_that_is_not_there_makes_no_record(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(_PAGE, encoding="utf8")
    record = tmp_path / "made" / "r.db"
    record.parent.mkdir()
    assert _run("read", str(page), "--actors", str(tmp_path / "none.csv"), record=record).exit_code == 1
    assert list(record.parent.iterdir()) == []


def test_a_record_that_is_there_stays_when_nothing_is_read(bracketed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "r.db"
    copy.write_bytes(bracketed.read_bytes())
    assert _run("read", str(_empty(tmp_path)), record=copy).exit_code == 1
    with Record.open(copy) as record:
        assert len(record.documents()) == 1


def test_a_name_of_bytes_that_are_no_text_is_read(engine: pipeline.Engine, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    with open(os.fsencode(folder) + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123  (a name that no `Path` is made of)
        file.write(_PAGE.encode())
    (page,) = sources.pages([str(folder)])
    assert isinstance(page, Page)
    page.path.encode("utf-8")
    with Record.open(tmp_path / "r.db", create=True) as record:
        pipeline.read([page], record, engine)
        assert [one.path for one in record.documents()] == [page.path]
        assert page.path.endswith(r"caf\udce9.txt")


def test_a_page_may_name_an_address_that_is_none(engine: pipeline.Engine, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    body = "".join(f"<p>{part}</p>" for part in _PAGE.split("\n\n"))
    page.write_text(f'<html><head><link rel="canonical" href="http://[foo/bar"></head><body>{body}</body></html>')
    with Record.open(tmp_path / "r.db", create=True) as record:
        summary = pipeline.read(sources.pages([str(page)]), record, engine)
    assert [outcome.kind.value for outcome in summary.outcomes] == ["read"]
