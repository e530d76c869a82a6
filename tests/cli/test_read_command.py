"""`onrecord read` on tables and folders, as people type it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from typer.testing import CliRunner

from onrecord.views.cli.app import app

STORY = " ".join(
    ["PORT SELJE, Sundmark, March 4, 2031 -", "The harbour master said that the ferry would sail again on Friday."]
    + ["The crew had spent the week painting the hull and mending the nets that the storm had torn."] * 4
)


def _read(*words: str) -> dict[str, object]:
    result = CliRunner().invoke(app, ["read", *words, "--json"])
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_a_column_of_another_name_is_read(tmp_path: Path) -> None:
    table = tmp_path / "pages.csv"
    with table.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([["story", "day"], [STORY, "2031-03-05"]])
    found = _read(str(table), "--column", "text=story", "--column", "date=day", "--record", str(tmp_path / "r.db"))
    assert found["counts"] == {"read": 1}


def test_a_column_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    table = tmp_path / "pages.csv"
    table.write_text("story\nx\n", encoding="utf-8")
    result = CliRunner().invoke(
        app, ["read", str(table), "--column", "words=story", "--record", str(tmp_path / "r.db")]
    )
    assert result.exit_code != 0
    assert "Traceback" not in result.output


def test_the_counts_add_up_to_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "story.txt").write_text(STORY, encoding="utf-8")
    for name in ("a.bin", "b.bin", "c.bin"):
        (folder / name).write_bytes(b"\x00\x01\x02")
    found = _read(str(folder), "--record", str(tmp_path / "r.db"))
    assert found["pages"] == 4
    assert found["counts"] == {"read": 1, "skipped": 3}
