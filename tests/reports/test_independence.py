"""How many independent reports stand behind a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Copy, Independence, Origin, Report
from onrecord.reports import Independents, independent
from tests.reports.pages import FAMILIES

ORIGINAL, COPY, PARTLY, UNKNOWN = (
    Independence.ORIGINAL,
    Independence.COPY,
    Independence.PARTLY_DEPENDENT,
    Independence.UNKNOWN,
)
PUBLISHERS = {
    "d-uw": "UW",
    "d-de": "UW Deutsch",
    "d-delta": "Delta",
    "d-harbor": "Harbor Times",
    "d-am": "Morning Post",
    "d-pm": "Evening Post",
}


def report(name: str, independence: Independence, *makers: str, copies: tuple[str, ...] = ()) -> Report:
    """A report led by the document ``d-name``."""
    made = tuple(Copy(c, 1.0, COPY) for c in copies)
    return Report(f"rep-{name}", f"d-{name}", Origin(makers, independence=independence), made)


def count(*reports: Report) -> Independents:
    return independent(reports, PUBLISHERS.get, FAMILIES)


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([], 0),
        ([report("uw", ORIGINAL, "UW", copies=("d-harbor", "d-am"))], 1),
        ([report("uw", ORIGINAL, "UW"), report("delta", ORIGINAL, "Delta")], 2),
        ([report("uw", ORIGINAL, "UW"), report("de", ORIGINAL, "UW Deutsch")], 1),
        ([report("uw", ORIGINAL, "UW"), report("harbor", COPY, "UW")], 1),
        ([report("am", ORIGINAL, "Morning Post"), report("pm", ORIGINAL, "Evening Post")], 1),
        ([report("uw", ORIGINAL, "UW"), report("harbor", ORIGINAL, "Harbor Times")], 2),
        ([report("x", UNKNOWN)], 0),
        ([report("harbor", UNKNOWN, "Harbor Times")], 0),
        ([report("uw", ORIGINAL, "UW"), report("x", UNKNOWN), report("y", UNKNOWN)], 1),
        ([report("harbor", PARTLY, "UW")], 1),
        ([report("uw", ORIGINAL, "UW"), report("harbor", PARTLY, "UW")], 1),
        ([report("uw", ORIGINAL, "UW"), report("harbor", PARTLY, "Delta")], 2),
        ([report("uw", ORIGINAL, "UW"), report("harbor", PARTLY, "Delta", "UW")], 1),
        ([report("harbor", PARTLY, "Delta"), report("am", PARTLY, "Delta")], 1),
        ([report("harbor", PARTLY, "Delta"), report("am", PARTLY, "UW")], 2),
        ([report("am", ORIGINAL, "Morning Post"), report("pm", PARTLY, "Delta")], 1),
    ],
)
def test_independent_reports(reports: list[Report], expected: int) -> None:
    assert count(*reports).independent == expected


def test_all_the_numbers() -> None:
    found = count(report("uw", ORIGINAL, "UW", copies=("d-harbor", "d-am", "d-pm", "d-nobody")), report("x", UNKNOWN))
    assert found == Independents(pages=6, outlets=3, reports=2, independent=1, unknown=1)


MAKERS = ["UW", "UW Deutsch", "Delta", "Harbor Times", "Morning Post", "Evening Post"]
REPORTS = st.lists(
    st.builds(
        lambda name, independence, makers: report(name, independence, *makers),
        st.sampled_from([d.removeprefix("d-") for d in PUBLISHERS]),
        st.sampled_from([ORIGINAL, COPY, PARTLY, UNKNOWN]),
        st.lists(st.sampled_from(MAKERS), max_size=3),
    ),
    max_size=7,
    unique_by=lambda r: r.id,
)


@given(REPORTS, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter_and_unknown_adds_nothing(reports: list[Report], random: object) -> None:
    shuffled = reports * 2
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = count(*reports)
    assert count(*shuffled) == found
    known = [r for r in reports if r.origin.independence is not UNKNOWN and r.origin.names]
    assert count(*known).independent == found.independent <= len(known) == found.reports - found.unknown
