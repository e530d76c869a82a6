"""Deadlines of demands and promises, on invented pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dated_pages import page

from onrecord.model import DateBasis, DateValue, Precision, Proposition, QuoteType, day
from onrecord.resolution.dates import date_statements, with_deadlines

WEDNESDAY = day("2031-05-14", DateBasis.META)

#: what is said on Monday 2031-05-12, the wanted deadline and its precision ("-" for none)
_CASES = [
    ("the navy to leave by 2034", "2034 year"),
    ("the navy to leave by June 1", "2031-06-01 day"),
    ("the navy to leave by Friday", "2031-05-16 day"),
    ("the navy to leave by the end of the month", "2031-05 month"),
    ("the navy to leave no later than next month", "2031-06 month"),
    ("the navy to leave within 30 days", "2031-06-11 day"),
    ("the navy to leave within 48 hours", "2031-05-14 day"),
    ("the navy to leave within the next two weeks", "2031-05-26 day"),
    ("the navy to leave within three months", "2031-08-12 day"),
    ("the navy to leave within a year", "2032-05-12 day"),
    ("the navy to leave before the summit", "2031-07 month"),
    ("the navy to leave before the election", "-"),
    ("the navy to leave", "-"),
    ("the navy to leave the port it took by 2027", "-"),
]


def deadline(said: str, quote: QuoteType = QuoteType.INDIRECT, published: DateValue = WEDNESDAY) -> DateValue | None:
    text = f"{{S:Anna Kolb}} {{C:asked}} Monday {{T:{said}}}.\nA summit in July will decide."
    document, reading = page(text, published)
    (statement,) = reading.statements
    statement = replace(statement, quote_type=quote, propositions=(Proposition(statement.content),))
    dated = date_statements(document, replace(reading, statements=(statement,)))
    (done,) = with_deadlines(document, dated).statements
    return done.propositions[0].deadline


@pytest.mark.parametrize(("said", "wanted"), _CASES)
def test_case(said: str, wanted: str) -> None:
    found = deadline(said)
    assert (f"{found.value} {found.precision.value}" if found is not None else "-") == wanted


_KNOWN = [
    ("2016-06-01", "the navy to leave before the Warsaw summit", "2016-07-08"),
    ("2016-06-01", "the navy to leave ahead of the NATO summit in Warsaw", "2016-07-08"),
    ("2016-08-01", "the navy to leave before the Warsaw summit", "-"),
    ("2016-06-01", "the navy to leave before the Madrid NATO summit", "-"),
]


@pytest.mark.parametrize(("said_on", "said", "wanted"), _KNOWN)
def test_a_known_happening_to_come_is_a_deadline(said_on: str, said: str, wanted: str) -> None:
    document, reading = page(
        f"{{S:Anna Kolb}} {{C:asked}} on {said_on} {{T:{said}}}.", day("2016-09-09", DateBasis.META)
    )
    one = replace(reading.statements[0], propositions=(Proposition(reading.statements[0].content),))
    dated = date_statements(document, replace(reading, statements=(one,)))
    (done,) = with_deadlines(document, dated).statements
    found = done.propositions[0].deadline
    assert (found.value if found is not None else "-") == wanted
    assert found is None or (found.inferred and found.precision is Precision.DAY)


@pytest.mark.parametrize(
    ("published", "said", "wanted"),
    [
        ("2030-12-29", "the navy to leave within a week", "2031-01-05"),
        ("2030-12-29", "the navy to leave within 72 hours", "2031-01-01"),
        ("2030-12-15", "the navy to leave within two months", "2031-02-15"),
        ("2028-02-29", "the navy to leave within a year", "2029-02-28"),
        ("2030-12-27", "the navy to leave by the end of next week", None),
        ("2030-12-31", "the navy to leave by tomorrow", "2031-01-01"),
    ],
)
def test_lengths_over_the_end_of_a_year(published: str, said: str, wanted: str | None) -> None:
    document, reading = page(
        f"{{S:Anna Kolb}} {{C:asked}} on {published} {{T:{said}}}.", day(published, DateBasis.META)
    )
    one = replace(reading.statements[0], propositions=(Proposition(reading.statements[0].content),))
    dated = date_statements(document, replace(reading, statements=(one,)))
    (done,) = with_deadlines(document, dated).statements
    found = done.propositions[0].deadline
    assert found is not None
    assert (found.value, found.latest) == (wanted, wanted or "2031-01-05")


def test_quoted_words_count_from_the_saying() -> None:
    told, quoted = deadline("it must leave by tomorrow"), deadline("it must leave by tomorrow", QuoteType.DIRECT)
    assert told is not None and quoted is not None
    assert (told.value, quoted.value) == ("2031-05-15", "2031-05-13")


def test_a_length_from_a_saying_without_a_date_is_open() -> None:
    found = deadline("the navy to leave within 30 days", published=DateValue())
    assert found is not None
    assert (found.value, found.precision) == (None, Precision.UNKNOWN)
    assert [e.detail for e in found.evidence] == ["“30 days” from a saying without a date"]


def test_a_deadline_that_stands_is_kept() -> None:
    document, reading = page("{S:Anna Kolb} {C:asked} Monday {T:the navy to leave by June 1}.", WEDNESDAY)
    own = day("2031-06-02", DateBasis.STATED)
    kept = replace(reading.statements[0], propositions=(Proposition(reading.statements[0].content, own),))
    (done,) = with_deadlines(document, replace(reading, statements=(kept,))).statements
    assert done.propositions[0].deadline == own


def test_the_month_of_a_deadline_ends_on_its_last_day() -> None:
    text = "{S:Anna Kolb} {C:asked} Wednesday {T:the navy to leave within a month}."
    document, reading = page(text, day("2030-01-31", DateBasis.META))
    one = replace(reading.statements[0], propositions=(Proposition(reading.statements[0].content),))
    dated = date_statements(document, replace(reading, statements=(one,)))
    (done,) = with_deadlines(document, dated).statements
    assert dated.statements[0].date.value == "2030-01-30"
    assert done.propositions[0].deadline is not None
    assert done.propositions[0].deadline.value == "2030-02-28"
