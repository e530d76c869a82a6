"""A page that attacks: whatever it holds is shown as text, everywhere it is shown."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from playwright.sync_api import Page
from starlette.testclient import TestClient

from onrecord.model import Span
from onrecord.record import Record
from onrecord.views.web import Settings, create_app, marks
from onrecord.views.web.downloads import as_csv
from onrecord.views.web.words import outward
from tests.web.conftest import LOCAL, TABLES, some

_TAGS = re.compile(r"<[^>]*>")


def _addresses(record: Record) -> list[str]:
    document = some(record, "SELECT document FROM statements LIMIT 1")
    statements = record.ask(lambda c: list(c.exec_driver_sql("SELECT id FROM statements").scalars()))
    report = some(record, "SELECT id FROM reports LIMIT 1")
    return [
        "/", "/search?q=border", "/search?q=%3Cscript%3Ewindow.taken%3D1%3C%2Fscript%3E", "/search?by=%22%3E%3Csvg+onload%3Dwindow.taken%3D1%3E",
        f"/page/{document}", *(f"/statement/{one}" for one in statements[:4]), f"/story/{report}", "/actors", "/sources", "/since", "/about",
        "/dispute?a=Sundmark&b=Karvelia", "/dispute/brief?a=Sundmark&b=Karvelia", "/volume?q=%22%3E%3Cscript%3Ewindow.taken%3D1%3C%2Fscript%3E",
    ]  # fmt: skip


def test_the_page_was_read(hostile_record: Record) -> None:
    contents = " ".join(row.content for row in hostile_record.lines())
    assert "<script>" in contents and "{{7*7}}" in contents and "\u202e" in contents


def test_nothing_of_a_page_becomes_markup(hostile_record: Record) -> None:
    client = TestClient(create_app(hostile_record, Settings(tables=TABLES)), base_url=LOCAL)
    shown = ""
    for address in _addresses(hostile_record):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        text = answer.text
        assert "<script>" not in text and "onerror=window" not in re.sub(r"&lt;.*?&gt;", "", text), address
        tags = "".join(_TAGS.findall(text))
        assert "taken" not in re.sub(r'="[^"]*"', "", tags), address
        assert "javascript:" not in "".join(re.findall(r'(?:href|src|action)="([^"]*)"', text)), address
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", text), address
        shown += html.unescape(_TAGS.sub("", text))
    assert "<script>window.taken=1</script>" in shown
    assert "{{7*7}}" in shown and "{% raw %}" in shown and "[U+202E]" in shown


def test_nothing_of_a_page_runs(page: Page, serve: Callable[[Record, Settings], str], hostile_record: Record) -> None:
    site = serve(hostile_record, Settings(tables=TABLES))
    for address in _addresses(hostile_record):
        page.goto(site + address)
        assert page.evaluate("window.taken") is None, address
    page.goto(site + _addresses(hostile_record)[4])
    page.locator(".hl").first.hover()
    assert page.evaluate("window.taken") is None
    assert page.locator(".source script, .source img, .source svg, .notes img, .tip img").count() == 0


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+x", "'+x"),
        ("-x", "'-x"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("x=1", "x=1"),
        (-3, "-3"),
        (["=a", "b"], "'=a; b"),
    ],
)
def test_a_spreadsheet_gets_no_formula(cell: object, safe: str) -> None:
    assert as_csv([{"a": cell, "b": 1}]).splitlines()[1] == f"{safe},1"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/x", True),
        ("HTTP://a.example", True),
        ("javascript:x", False),
        (" javascript:x", False),
        ("data:text/html,x", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_linked(url: str | None, kept: bool) -> None:
    assert (outward(url) == url and url is not None) is kept


_spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda p: Span(min(p), max(p)))


@given(st.integers(0, 30), st.integers(0, 30), st.lists(_spans, max_size=8))
def test_segments_cover_the_text_once_with_all_that_covers_it(start: int, length: int, spans: list[Span]) -> None:
    whole = Span(start, start + length)
    found = marks.segments(whole, [(span, key) for key, span in enumerate(spans)])
    assert [p for one in found for p in range(one.start, one.end)] == list(range(whole.start, whole.end))
    for one in found:
        for place in range(one.start, one.end):
            assert one.keys == tuple(k for k, s in enumerate(spans) if s.start <= place < s.end)


@given(st.text(max_size=60), st.text(max_size=10))
def test_marked_text_is_the_text(text: str, asked: str) -> None:
    shown = marks.marked_words(text, asked)
    assert isinstance(shown, Markup)
    assert html.unescape(re.sub(r"</?mark>", "", str(shown))) == html.unescape(str(Markup.escape(marks.visible(text))))


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Karvelia", "ltr"),
        ("كرفيليا", "rtl"),
        ("12 قال", "rtl"),
        ("\u202ea", "ltr"),
        ("", "ltr"),
        ("אמר Tolvar", "rtl"),
    ],
)
def test_the_direction_of_a_line_is_that_of_its_first_letter(text: str, direction: str) -> None:
    assert marks.direction_of(text) == direction
