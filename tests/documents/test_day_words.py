"""Dates, times, weekdays and years as pages write them: a line a case."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.documents.daywords import clock_time, valid, weekday, written_dates, years
from onrecord.documents.publication import iso_or_written, url_day

DATES = [
    ("May 19, 2031", ["2031-05-19"]),
    ("May 19th, 2031", ["2031-05-19"]),
    ("19 May 2031", ["2031-05-19"]),
    ("19th of May, 2031", ["2031-05-19"]),
    ("19-May-2031", ["2031-05-19"]),
    ("Jan. 23, 2031", ["2031-01-23"]),
    ("2031-05-19T10:00:00Z", ["2031-05-19"]),
    ("2031/05/19", ["2031-05-19"]),
    ("19.05.2031", ["2031-05-19"]),
    ("05/19/2031", ["2031-05-19"]),
    ("May 19 10:22 PM 2031", ["2031-05-19"]),
    ("7. November 2031", ["2031-11-07"]),
    ("25 de septiembre de 2031", ["2031-09-25"]),
    ("02.12.31", ["2031-12-02"]),
    ("Mon Nov 3, 2031 and Tue Nov 4, 2031", ["2031-11-03", "2031-11-04"]),
    ("February 30, 2031", []),
    ("version 1.2.2031.4", []),
    ("they may 3 times", []),
]
TIMES = [
    ("9:06 AM EDT", ("09:06", "EDT")),
    ("12:05 am", ("00:05", None)),
    ("12.05 p.m. BST", ("12:05", "BST")),
    ("18:40", ("18:40", None)),
    ("10 pm CST", ("22:00", "CST")),
    ("14:05 GMT+2", ("14:05", "GMT+2")),
    ("in 2031", None),
    ("25:99", None),
]
URLS = [
    ("https://a.example/2031/05/19/title-b1", "2031-05-19"),
    ("https://a.example/world/20310519-title", "2031-05-19"),
    ("https://a.example/2031-05-19/title", "2031-05-19"),
    ("https://a.example/2031/5/9/title", "2031-05-09"),
    ("https://a.example/2031/may/09/title", "2031-05-09"),
    ("https://a.example/2031/05/title", None),
    ("https://a.example/203105191/title", None),
    ("https://a.example/2031/13/45/title", None),
    ("https://20310519.example/title", None),
]
VALUES = [
    ("2031-05-19T13:06:00Z", ("2031-05-19", "13:06", "Z")),
    ("2031-05-19T13:06:00.123+02:00", ("2031-05-19", "13:06", "+02:00")),
    ("20310519", ("2031-05-19", None, None)),
    ("Mon, 19 May 2031 13:06:00 GMT", ("2031-05-19", "13:06", "GMT")),
    ("yesterday", None),
    ("02/03/2031", None),
]


@pytest.mark.parametrize(("text", "days"), DATES)
def test_written_days(text: str, days: list[str]) -> None:
    assert [d.iso() for d in written_dates(text) if not d.ambiguous] == days


def test_a_day_without_a_year_has_no_iso_day() -> None:
    (found,) = written_dates("May 19, 9:06 AM EDT")
    assert (found.year, found.month, found.day, found.iso()) == (None, 5, 19, None)


def test_numbers_that_go_both_ways_are_ambiguous() -> None:
    (found,) = written_dates("on 02/03/2031")
    assert found.ambiguous


@pytest.mark.parametrize(("text", "said"), TIMES)
def test_clock_times(text: str, said: tuple[str, str | None] | None) -> None:
    assert clock_time(text) == said


@pytest.mark.parametrize(("url", "day"), URLS)
def test_days_in_addresses(url: str, day: str | None) -> None:
    assert url_day(url) == day


@pytest.mark.parametrize(("value", "said"), VALUES)
def test_days_in_metadata(value: str, said: tuple[str, str | None, str | None] | None) -> None:
    assert iso_or_written(value) == said


def test_weekdays_are_capitalised_words() -> None:
    text = "they sat until Wed evening"
    found = weekday(text)
    assert found is not None and found[0] == "Wednesday" and found[1].of(text) == "Wed"
    assert weekday("the sun and the saturation") is None


def test_years_are_not_parts_of_numbers() -> None:
    assert [year for year, _ in years("In 2031, 12,031 guns, $2031 and 2031.5 of 1999")] == [2031, 1999]


@given(st.text(alphabet="0123456789 ./-:,MayJuneTd", max_size=80))
def test_every_written_date_is_in_the_calendar_and_its_span_in_the_text(text: str) -> None:
    for date in written_dates(text):
        assert valid(date.year, date.month, date.day)
        assert date.span.end <= len(text) and any(c.isdigit() for c in date.span.of(text))


@pytest.mark.parametrize("unit", ["1", "1/", "May ", "2031-", "12:", " ", "2 of ", "Jan 1 "])
def test_hostile_texts_cost_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    written_dates(text[:100_000])
    clock_time(text)
    weekday(text)
    years(text)
    assert time.process_time() - start < 5
