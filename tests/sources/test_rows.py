"""JSON Lines, CSV and Parquet: a row is a page, a bad row is one skipped line."""

from __future__ import annotations

import csv
import datetime
import json
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.model import Page, Skipped, errors
from onrecord.sources import Columns, Limits, pages

ROWS = [
    {"text": "first words", "url": "https://a.example/1", "date": "2031-05-19", "title": "One", "publisher": "A"},
    {"html": "<p>second</p>", "text": "not this", "url": None},
    {"url": "https://a.example/3"},
    {"text": "  "},
]


def parquet(path: Path) -> None:
    names = ("text", "html", "url", "date", "title", "publisher")
    pyarrow.parquet.write_table(
        pyarrow.table({n: pyarrow.array([r.get(n) for r in ROWS], pyarrow.string()) for n in names}), path
    )


def csv_file(path: Path) -> None:
    names = ("text", "html", "url", "date", "title", "publisher")
    lines = [",".join(names)] + [",".join(str(r.get(n) or "") for n in names) for r in ROWS]
    path.write_text("\n".join(lines), encoding="utf-8-sig")


def json_lines(path: Path) -> None:
    path.write_text("\n".join(json.dumps(row) for row in ROWS))


@pytest.mark.parametrize(("name", "write"), [("x.parquet", parquet), ("x.csv", csv_file), ("x.jsonl", json_lines)])
def test_rows_are_pages_with_their_hints(tmp_path: Path, name: str, write) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path / name)
    found = list(pages([str(tmp_path / name)]))
    assert [type(item) for item in found] == [Page, Page, Skipped, Skipped]
    first, second = found[0], found[1]
    assert isinstance(first, Page) and isinstance(second, Page)
    assert (first.content, first.media_type, first.url) == (b"first words", "text/plain", "https://a.example/1")
    assert (first.hints.title, first.hints.publisher, first.hints.date) == ("One", "A", "2031-05-19")
    assert (second.content, second.media_type) == (b"<p>second</p>", "text/html")
    assert first.path == f"{tmp_path / name}!1"


def test_columns_can_have_other_names(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("body,link\nwords,https://a.example/1\n")
    (page,) = pages([str(path)], columns=Columns(text="body", url="link"))
    assert isinstance(page, Page) and (page.content, page.url) == (b"words", "https://a.example/1")


def test_parquet_may_hold_bytes_and_dates(tmp_path: Path) -> None:
    day = datetime.date(2031, 3, 4)
    moment = datetime.datetime(2031, 3, 4, 18, 40, tzinfo=datetime.UTC)
    for number, when in enumerate((day, moment)):
        table = pyarrow.table(
            {
                "html": [b"<p>caf\xe9</p>", b""],
                "date": [when, None],
                "url": pyarrow.array(["u", "v"]).dictionary_encode(),
            }
        )
        pyarrow.parquet.write_table(table, tmp_path / f"{number}.parquet")
        page, empty = pages([str(tmp_path / f"{number}.parquet")])
        assert isinstance(page, Page) and isinstance(empty, Skipped)
        assert (page.content, page.encoding, page.url) == (b"<p>caf\xe9</p>", None, "u")
        assert (page.hints.date or "").startswith("2031-03-04")


@pytest.mark.parametrize(("unit", "ticks"), [("ns", 1), ("ns", 2**62), ("us", 2**62), ("ms", 2**62), ("us", -(2**62))])
def test_moments_that_python_cannot_hold_lose_no_page(tmp_path: Path, unit: str, ticks: int) -> None:
    table = pyarrow.table({"text": ["words"], "date": pyarrow.array([ticks], pyarrow.timestamp(unit))})
    pyarrow.parquet.write_table(table, tmp_path / "x.parquet")
    (page,) = pages([str(tmp_path / "x.parquet")])
    assert isinstance(page, Page) and page.content == b"words"


@pytest.mark.parametrize("pair", ["text", "text=", "=body", "body=text", ""])
def test_a_pair_that_names_no_column_is_said(pair: str) -> None:
    with pytest.raises(errors.InputError, match="names no column"):
        Columns.named([pair])


def test_columns_are_named_by_pairs() -> None:
    assert Columns.named(["text=body", "url=a=b"]) == Columns(text="body", url="a=b")


def test_bad_lines_are_skipped_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    deep = b"[" * 100_000
    path.write_bytes(
        b'{"text": "a"}\nnonsense\n\n[1]\n\xff\xfe\n' + deep + b'\n{"text": "b", "x": "\\ud800"}\n{"text": "\\ud800"}'
    )
    found = list(pages([str(path)]))
    assert [item.path.rsplit("!", 1)[1] for item in found] == ["1", "2", "4", "5", "6", "7", "8"]
    assert [type(item) for item in found] == [Page, Skipped, Skipped, Skipped, Skipped, Page, Page]


def test_a_long_line_is_refused_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"text": "' + b"a" * 3_000_000 + b'"}\n{"text": "b"}\n')
    long, short = pages([str(path)], limits=Limits(page=1_000_000))
    assert isinstance(long, Skipped) and "limit" in long.reason
    assert isinstance(short, Page) and short.content == b"b"


def test_a_quotation_mark_that_never_closes_ends_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('text,url\nfirst,u\n"' + "line\n" * 40_000)
    old = csv.field_size_limit(100_000)
    try:
        first, bad = pages([str(path)], limits=Limits(page=100_000))
    finally:
        csv.field_size_limit(old)
    assert isinstance(first, Page) and first.content == b"first"
    assert isinstance(bad, Skipped) and "never closed" in bad.reason


@given(
    content=st.binary(max_size=400),
    name=st.sampled_from(["x.jsonl", "x.csv", "x.xml", "x.zip", "x.warc", "x.tar", "x.parquet", "x", "x.txt.gz"]),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_raise(tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = list(pages([str(path)]))
    assert found or name in ("x.jsonl", "x.csv")
    assert all(isinstance(item, Page) or item.reason.endswith(".") for item in found)
