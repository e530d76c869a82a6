"""The table of expressions: one line each, marked text | publication | type | value."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.model import UNKNOWN_DATE, DateBasis, Span, Timex, TimexType, day
from onrecord.reading.timex import timexes

_ROWS = [
    tuple(cell.strip() for cell in line.split(" | "))
    for line in (Path(__file__).with_name("table.txt")).read_text(encoding="utf8").splitlines()
    if line and not line.startswith("#")
]


def read(text: str, published: str) -> tuple[Timex, ...]:
    when = UNKNOWN_DATE if published == "-" else day(published, DateBasis.META)
    return timexes(text, [Span(0, len(text))], when)


def marked(text: str) -> tuple[str, Span]:
    """The text without its last pair of brackets, and the span they stood around."""
    start = text.rindex("[")
    end = text.index("]", start) - 1
    plain = text.replace("[", "").replace("]", "")
    before = text[:start].count("[") + text[:start].count("]")
    return plain, Span(start - before, end - before)


@pytest.mark.parametrize(("text", "published", "type_", "value"), _ROWS)
def test_expression(text: str, published: str, type_: str, value: str) -> None:
    plain, span = marked(text)
    wanted = Timex(span, TimexType(type_), None if value == "-" else value)
    found = [Timex(t.span, t.type, t.value) for t in read(plain, published)]
    assert wanted in found, [(t.span.of(plain), t.type.value, t.value) for t in found]


def test_the_table_is_long_enough() -> None:
    assert len(_ROWS) >= 150


_NOT_TIMES = """
He may leave the post.
They march on the capital.
The Sunday Herald wrote it.
A 13-year-old boy was hurt.
She is 52 years old.
About 2,000 people fled.
He paid $1990 for it.
A quarter of the troops fled.
The second brigade held the line.
April Summers leads the party.
""".strip().splitlines()


@pytest.mark.parametrize("text", _NOT_TIMES)
def test_no_expression(text: str) -> None:
    assert read(text, "2031-05-14") == ()
