"""docs/exports.md tells every field of every row, from the definitions themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.views.export import TABLES
from onrecord.views.export.formats import Format
from onrecord.views.fields.manual import tables
from onrecord.views.fields.shape import fields_of, shown_in
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "exports.md"
MARK = "## The fields\n\nEvery kind of row with every field: written from the same definitions that make the files, the API's description and the frames.\n\n"


def _written() -> str:
    return tables((name, table.row) for name, table in TABLES.items())


def test_the_manual_tells_every_field(request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text(encoding="utf8")
    head, mark, _ = text.partition(MARK)
    assert mark
    if request.config.getoption("--regenerate"):
        Path(PAGE).write_text(head + mark + _written(), encoding="utf8", newline="\n")
        pytest.fail("docs/exports.md was written anew: read the difference, then run without --regenerate")
    assert text == head + mark + _written(), "run with --regenerate: a field of a row changed"


def test_no_row_and_no_format_is_left_out() -> None:
    text = PAGE.read_text(encoding="utf8")
    for name, table in TABLES.items():
        assert f"### {name}\n" in text
        for field in fields_of(table.row):
            assert f"| `{field.name}` |" in text
        for inner in shown_in(table.row):
            assert f"### {inner}\n" in text
    for format in Format:
        assert f"`{format.value}`" in text.partition(MARK)[0]
