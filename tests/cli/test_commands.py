"""The commands as people type them, over the samples' record."""

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


def run(*words: str, record: Record, status: int = 0) -> Result:
    result = CliRunner().invoke(app, [*words, "--record", str(record.path)])
    assert result.exit_code == status, result.output
    return result


def test_statements_table(sample_record: Record) -> None:
    out = run("statements", "--by", "Orlecht", "--act", "deny", record=sample_record).output
    assert "Orlecht" in out
    assert "denies" in out
    assert "statements" in out.splitlines()[-1]


def test_one_statement_is_one(sample_record: Record) -> None:
    out = run("statements", "--limit", "1", "--sure", "0", record=sample_record).output
    assert out.splitlines()[-1].strip() == "1 statement"


def test_statements_json_keeps_to_the_filter(sample_record: Record) -> None:
    words = [
        "statements",
        "--by",
        "vessling",
        "--act",
        "demand",
        "--since",
        "2031-03-04",
        "--until",
        "2031-06",
        "--json",
    ]
    rows = json.loads(run(*words, record=sample_record).output)
    assert rows
    for row in rows:
        assert row["act"] == "demand"
        assert "Marten Vessling" in {party["name"] for party in (row["speaker"] or []) + (row["on_behalf_of"] or [])}
        assert row["date"]["latest"] >= "2031-03-04"
        assert row["date"]["earliest"] <= "2031-06-30"


@pytest.mark.parametrize(
    "words",
    [["statements", "--by", "Vesslnig"], ["timeline", "--about", "Vesslnig"], ["events", "--by", "Vesslnig", "--json"]],
)
def test_a_misspelt_name_gets_those_that_are_like_it(sample_record: Record, words: list[str]) -> None:
    result = run(*words, record=sample_record)
    assert result.stderr == "onrecord: The record has no actor called 'Vesslnig'. Did you mean 'Marten Vessling'?\n"


def test_a_name_like_none_gets_none_and_a_known_one_no_word(sample_record: Record) -> None:
    result = run("statements", "--by", "Zzyzx", record=sample_record)
    assert result.stderr == "onrecord: The record has no actor called 'Zzyzx'.\n"
    assert run("statements", "--by", "Vessling", "--since", "2090", record=sample_record).stderr == ""


def test_nothing_found_says_so(sample_record: Record) -> None:
    assert "No statement" in run("statements", "--by", "Nobody Atall", record=sample_record).output
    assert json.loads(run("statements", "--by", "Nobody Atall", "--json", record=sample_record).stdout) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["statements", "--act", "shout"], "is not an act"),
        (["statements", "--since", "yesterday"], "is not a date"),
        (["statements", "--since", "2031-02-30"], "is not a date"),
        (["export", "dreams"], "cannot be exported"),
        (["statements", "--limit", "0"], "limit"),
    ],
)
def test_bad_usage_is_named(sample_record: Record, words: list[str], says: str) -> None:
    assert says in run(*words, record=sample_record, status=2).output


def test_the_timeline_is_in_order(sample_record: Record) -> None:
    rows = json.loads(run("timeline", "--json", record=sample_record).output)
    days = [row["date"]["value"] for row in rows]
    assert len(days) > 100
    assert days == sorted(days)
    out = run("timeline", "--since", "2031-03-04", "--until", "2031-03-04", record=sample_record).output
    assert out.startswith("2031-03-04 Tue")


def test_sources_fold_copies(sample_record: Record) -> None:
    reports = json.loads(run("sources", "--json", record=sample_record).output)
    assert max(len(report["copies"]) for report in reports) == 4
    out = run("sources", "--why", record=sample_record).output
    assert "because" in out


def test_show_a_statement_by_the_beginning_of_its_id(sample_record: Record) -> None:
    wanted = sample_record.lines()[0]
    out = run("show", wanted.statement.id[:12], record=sample_record).output
    assert "reports that" in out
    shown = json.loads(run("show", wanted.statement.id, "--json", record=sample_record).output)
    at = shown["passage"]["start"]
    assert "".join(shown["passage"]["text"][s - at : e - at] for s, e in shown["content"][:1]) in wanted.content
    assert shown["reasons"]


def test_show_a_page_and_a_report(sample_record: Record) -> None:
    document = sample_record.documents()[0]
    out = run("show", document.id, record=sample_record).output
    assert (document.title or "?") in out
    assert document.report is not None
    shown = json.loads(run("show", document.report, "--json", record=sample_record).output)
    assert shown["lines"]
    assert all(shown["text"][s:e] is not None for s, e, _ in shown["lines"])


def test_show_what_is_not_there(sample_record: Record) -> None:
    with pytest.raises(errors.NotFound, match="nothing-like-it"):
        CliRunner().invoke(
            app, ["show", "nothing-like-it", "--record", str(sample_record.path)], catch_exceptions=False
        )


def test_exports_agree(sample_record: Record, tmp_path: Path) -> None:
    out = tmp_path / "statements.jsonl"
    run("export", "statements", "--out", str(out), record=sample_record)
    rows = [json.loads(line) for line in out.read_text(encoding="utf8").splitlines()]
    assert len(rows) == len(sample_record.statement_rows())
    for row in rows[:50]:
        text = sample_record.document(row["document"]).text
        assert " … ".join(text[s:e] for s, e in row["content"]) == row["text"]
    flat = list(
        csv.DictReader(io.StringIO(run("export", "statements", "--format", "csv", record=sample_record).stdout))
    )
    assert [line["id"] for line in flat] == [row["id"] for row in rows]
    assert {line["date_value"] for line in flat} == {row["date"]["value"] or "" for row in rows}


def test_what_is_there_is_written_over_by_force_alone(sample_record: Record, tmp_path: Path) -> None:
    out, log = tmp_path / "reports.jsonl", tmp_path / "log.jsonl"
    for words in (["export", "reports", "--out", str(out)], ["correct", "export", str(log)]):
        run(*words, record=sample_record)
        written = Path(words[-1]).read_bytes()
        Path(words[-1]).write_bytes(b"mine\n")
        refused = run(*words, record=sample_record, status=1)
        assert (
            str(refused.exception) == f"{words[-1]} is there already: give another name, or --force to write over it."
        )
        assert Path(words[-1]).read_bytes() == b"mine\n"
        run(*words, "--force", record=sample_record)
        assert Path(words[-1]).read_bytes() == written


def test_a_folder_that_is_not_there_is_named(sample_record: Record, tmp_path: Path) -> None:
    out = tmp_path / "no" / "such.jsonl"
    refused = run("export", "reports", "--out", str(out), record=sample_record, status=1)
    assert str(refused.exception) == f"There is no folder {out.parent} to write such.jsonl into."


def test_an_export_is_the_same_bytes_every_time(sample_record: Record, tmp_path: Path) -> None:
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path in paths:
        run("export", "documents", "--out", str(path), record=sample_record)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl", "b.jsonl"]
