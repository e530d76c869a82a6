"""When pages were published: the order of trust, conflicts, bounds, and what is never taken for it."""

from __future__ import annotations

import pytest
from outlets import FewOutlets

from onrecord.documents import build
from onrecord.model import DateBasis, Document, Page, PageHints, Precision

BODY = """
HALVIK — The foreign ministers of both states met on Wednesday for the first time since the winter, and neither of them smiled.

Karvelia's minister said he had listened with patience to a list of demands that was longer than the corridor outside.

"We were told what we knew," he told reporters after the talks, which lasted for five hours in an unheated room.

The mediator said that a second meeting would be held before the end of the month, if the road was open by then.
"""


def page(head: str, foot: str = "", url: str | None = None, hint: str | None = None, body: str = BODY) -> Document:
    text = f"{head}\n{body}\n{foot}\n"
    return build(Page(text.encode(), "text/plain", "page.txt", url=url, hints=PageHints(date=hint)), FewOutlets())


HEAD = "Ministers meet in an unheated room"

VALUES = [
    ("url", f"{HEAD}\n\nMay 2, 2031", "", "https://a.example/2031/05/01/ministers-meet", None, "2031-05-01", DateBasis.URL),
    ("column", HEAD, "", None, "2031-05-03T09:00:00Z", "2031-05-03", DateBasis.META),
    ("stated", f"{HEAD}\n\nWednesday, March 5, 2031, 18:40", "", None, None, "2031-03-05", DateBasis.STATED),
    ("stated in a byline", f"{HEAD}\n\nBy Anna Lindqvar | 5 March 2031", "", None, None, "2031-03-05", DateBasis.STATED),
    ("day and copyright", f"Mar 5, 2:17 PM\n\n{HEAD}", "© 2031 The Meridian Press. All rights reserved.", None, None, "2031-03-05", DateBasis.COPYRIGHT_YEAR),
    ("dateline and copyright", HEAD, "© 2031 The Meridian Press. All rights reserved.", None, None, "2031-03-05", DateBasis.DATELINE),
]  # fmt: skip


@pytest.mark.parametrize(("name", "head", "foot", "url", "hint", "day", "basis"), VALUES, ids=[v[0] for v in VALUES])
def test_the_first_trusted_evidence_decides(
    name: str, head: str, foot: str, url: str | None, hint: str | None, day: str, basis: DateBasis
) -> None:
    body = BODY.replace("HALVIK —", "HALVIK, 5 March —") if name.startswith("dateline") else BODY
    found = page(head, foot, url, hint, body).published
    assert (found.value, found.basis, found.precision) == (day, basis, Precision.DAY)
    assert found.evidence[0].basis in (basis, DateBasis.STATED)


def test_time_and_zone_are_kept() -> None:
    found = page(f"May 19, 9:06 AM EDT\n\n{HEAD}", "© 2031 The Meridian Press.").published
    assert (found.value, found.time, found.zone, found.inferred) == ("2031-05-19", "09:06", "EDT", True)


def test_evidence_that_disagrees_is_reported() -> None:
    document = page(f"{HEAD}\n\nMay 9, 2031", url="https://a.example/2031/05/01/ministers-meet")
    assert document.published.value == "2031-05-01"
    assert len(document.conflicts) == 1
    assert "2031-05-09" in document.conflicts[0]


UNDATED = [
    ("a caption", "Photo: The ministers at the door, May 2, 2031"),
    ("the story itself", ""),
    ("a link list", "Related\n\nHarbour closed after storm, 3 May 2031\n\nFerries stop at noon, 4 May 2031"),
    ("comments", "Comments\n\nJonas said on May 3, 2031 at 9:00 am\n\nPer said on May 4, 2031 at 9:10 am"),
]


@pytest.mark.parametrize(("name", "foot"), UNDATED, ids=[u[0] for u in UNDATED])
def test_a_date_of_something_else_is_not_the_pages(name: str, foot: str) -> None:
    body = BODY.replace("the winter", "January 4, 2029") if name == "the story itself" else BODY
    found = page(HEAD, foot, body=body).published
    assert found.value is None


def test_the_capture_is_not_the_publication() -> None:
    text = f"{HEAD}\n{BODY}"
    made = Page(text.encode(), "text/plain", "page.txt", fetched="2031-06-01T00:00:00Z")
    assert build(made, FewOutlets()).published.value is None


def test_an_undated_page_keeps_bounds_and_weekday() -> None:
    body = BODY.replace("since the winter", "since early 2029").replace(
        "end of the month", "end of the month; the bridge is due by 2033"
    )
    found = page(HEAD, body=body).published
    assert found.value is None
    assert (found.earliest, found.latest, found.weekday) == ("2029-01-01", "2033-12-31", "Wednesday")
    assert found.precision == Precision.INTERVAL
    assert {e.basis for e in found.evidence} >= {DateBasis.RELATIVE, DateBasis.WEEKDAY}


def test_a_copyright_year_alone_is_an_interval() -> None:
    found = page(HEAD, "© 2031 The Meridian Press. All rights reserved.").published
    assert (found.value, found.earliest, found.latest) == (None, "2031-01-01", "2031-12-31")


def test_a_month_in_the_address_is_a_month() -> None:
    found = page(HEAD, url="https://a.example/2031/02/ministers-meet-in-room").published
    assert (found.value, found.precision, found.latest) == ("2031-02", Precision.MONTH, "2031-02-28")


def test_a_country_decides_the_order_of_numbers() -> None:
    head = f"{HEAD}\n\n02/11/2031 02:00pm"
    assert page(head, url="https://news.example.uk/ministers-meet").published.value == "2031-11-02"
    assert page(head, url="https://news.example.com/ministers-meet").published.value is None
