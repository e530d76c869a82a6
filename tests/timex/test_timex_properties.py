"""What holds for every text: nothing is raised, spans are true and in order, and the same text gives the same answer."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import UNKNOWN_DATE, DateBasis, DateValue, Precision, Span, day
from onrecord.reading.timex import timexes

_WORDS = st.sampled_from(
    [
        "the",
        "a",
        "of",
        "in",
        "on",
        "by",
        "since",
        "until",
        "last",
        "next",
        "this",
        "early",
        "late",
        "Monday",
        "Friday",
        "May",
        "June",
        "3",
        "31",
        "2030",
        "1999",
        "'70s",
        "10:30",
        "p.m.",
        "noon",
        "three",
        "several",
        "half",
        "and",
        "weeks",
        "week",
        "months",
        "year",
        "quarter",
        "first",
        "third",
        "years",
        "days",
        "ago",
        "later",
        "earlier",
        "before",
        "after",
        "yesterday",
        "today",
        "now",
        "recently",
        "fiscal",
        "summer",
        "night",
        "Christmas",
        "every",
        "each",
        "twice",
        "daily",
        "century",
        "20th",
        "will",
        "said",
        "to",
        "$5",
        "%",
        "-",
        "/",
        ",",
        ".",
    ]
)
_TEXTS = st.one_of(
    st.text(max_size=120), st.lists(_WORDS, max_size=40).map(" ".join), st.lists(_WORDS, max_size=40).map("\n".join)
)
_DATES = st.one_of(
    st.just(UNKNOWN_DATE),
    st.dates().map(lambda d: day(d.isoformat(), DateBasis.META)),
    st.dates().map(lambda d: DateValue(d.isoformat()[:7], Precision.MONTH, DateBasis.URL)),
    st.dates().map(lambda d: DateValue(d.isoformat()[:4], Precision.YEAR, DateBasis.URL)),
    st.dates().map(lambda d: DateValue(None, Precision.INTERVAL, DateBasis.UNKNOWN, earliest=d.isoformat())),
)


@settings(max_examples=400, deadline=None)
@given(_TEXTS, _DATES)
def test_spans_are_true_and_answers_stable(text: str, published: DateValue) -> None:
    found = timexes(text, [Span(0, len(text))], published)
    assert found == timexes(text, [Span(0, len(text))], published)
    at = 0
    for timex in found:
        assert at <= timex.span.start < timex.span.end <= len(text)
        assert timex.span.of(text) == timex.span.of(text).strip()
        at = timex.span.end


@settings(max_examples=200, deadline=None)
@given(_TEXTS, st.integers(0, 200), st.integers(0, 200))
def test_no_expression_leaves_its_sentence(text: str, one: int, other: int) -> None:
    first, last = sorted((min(one, len(text)), min(other, len(text))))
    for timex in timexes(text, [Span(first, last)], UNKNOWN_DATE):
        assert Span(first, last).contains(timex.span)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_offsets_count_from_the_whole_text(before: str) -> None:
    said = "The envoy left on June 3, 2030."
    text = before + "\n" + said
    (timex,) = timexes(text, [Span(len(before) + 1, len(text))], UNKNOWN_DATE)
    assert timex.span.of(text) == "June 3, 2030"


_HOSTILE = [
    "the " * 20_000 + "years ago",
    "1" * 60_000 + " years",
    "more than " * 8_000 + "a year",
    " " * 60_000 + "last week",
    "Monday, " * 8_000,
    "10:" * 20_000 + " week",
    "a few " * 10_000 + "weeks",
    "early-late-" * 6_000 + " 1990s",
    "to be " * 10_000 + "Monday will " * 2_000,
]


@pytest.mark.parametrize("text", _HOSTILE, ids=range(len(_HOSTILE)))
def test_hostile_text_takes_time_in_proportion(text: str) -> None:
    """Twice the text takes about twice the time: ten times leaves room for a busy machine, a square law would take more."""
    small = _spent(text[: len(text) // 8])
    assert _spent(text) < max(small, 0.01) * 8 * 5


def _spent(text: str) -> float:
    published = day("2031-05-14", DateBasis.META)
    spent = []
    for _ in range(2):
        begun = time.process_time()
        timexes(text, [Span(0, len(text))], published)
        spent.append(time.process_time() - begun)
    return min(spent)


def test_several_sentences_share_what_was_told() -> None:
    text = "The rebels struck on May 3. The next day the town fell."
    spans = [Span(0, 27), Span(28, len(text))]
    found = timexes(text, spans, day("2031-05-14", DateBasis.META))
    assert [t.value for t in found] == ["2031-05-03", "2031-05-04"]


def test_just_after_midnight_monday_is_the_day_that_begins() -> None:
    """A page published at 00:20 on a Monday: "on Monday" is that Monday when told as past, the story of the day before is Sunday."""
    published = DateValue("2031-05-12", Precision.DAY, DateBasis.META, "2031-05-12", "2031-05-12", time="00:20")
    text = "He said on Monday that it was over. He said on Sunday that it was not."
    assert [t.value for t in timexes(text, [Span(0, 36), Span(36, len(text))], published)] == [
        "2031-05-12",
        "2031-05-11",
    ]


def test_a_month_or_year_decides_what_needs_no_more() -> None:
    text = "It fell last year, last month and yesterday."
    month = DateValue("2031-01", Precision.MONTH, DateBasis.URL)
    year = DateValue("2031", Precision.YEAR, DateBasis.URL)
    span = [Span(0, len(text))]
    assert [t.value for t in timexes(text, span, month)] == ["2030", "2030-12", None]
    assert [t.value for t in timexes(text, span, year)] == ["2030", None, None]
