"""Who made a text: one line a case, from the marks on its pages to the origin."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.model import Document, Independence, OriginBasis
from onrecord.reports import MemoryIndex, group, origin_of
from tests.reports.pages import FAMILIES, STORY, page

ORIGINAL, COPY, PARTLY, UNKNOWN = (
    Independence.ORIGINAL,
    Independence.COPY,
    Independence.PARTLY_DEPENDENT,
    Independence.UNKNOWN,
)

CASES: list[tuple[dict[str, Any], tuple[str, ...], OriginBasis, Independence]] = [
    ({"dateline": "TESSEN (UW) --"}, ("UW",), OriginBasis.DATELINE, ORIGINAL),
    ({"dateline": "TESSEN (UW) --", "publisher": "Harbor Times"}, ("UW",), OriginBasis.DATELINE, COPY),
    ({"dateline": "TESSEN --", "publisher": "Harbor Times"}, (), OriginBasis.UNKNOWN, UNKNOWN),
    ({"credit": "Source: Delta", "publisher": "Harbor Times"}, ("Delta",), OriginBasis.CREDIT, COPY),
    ({"credit": "With reporting by UW and Delta"}, ("UW", "Delta"), OriginBasis.CREDIT, PARTLY),
    ({"credit": "With reporting by UW, Delta, and others"}, ("UW", "Delta"), OriginBasis.CREDIT, PARTLY),
    ({"credit": "UW contributed to this report."}, ("UW",), OriginBasis.CREDIT, PARTLY),
    (
        {"credit": "With reporting by UW", "byline": "Dinah Rusk", "publisher": "Harbor Times"},
        ("UW",),
        OriginBasis.CREDIT,
        PARTLY,
    ),
    ({"credit": "(Reporting by Dinah Rusk; Editing by Amory Vance)"}, (), OriginBasis.UNKNOWN, UNKNOWN),
    (
        {
            "credit": "(Reporting by Dinah Rusk; Editing by Amory Vance)",
            "byline": "Dinah Rusk",
            "publisher": "Harbor Times",
        },
        (),
        OriginBasis.UNKNOWN,
        UNKNOWN,
    ),
    ({"footer": "© 2034 United Wire. All rights reserved."}, ("UW",), OriginBasis.COPYRIGHT, ORIGINAL),
    ({"footer": "Copyright 2034, Delta News, all rights reserved"}, ("Delta",), OriginBasis.COPYRIGHT, ORIGINAL),
    ({"footer": "© 2034 Harbor Times", "publisher": "Harbor Times"}, (), OriginBasis.UNKNOWN, UNKNOWN),
    ({"byline": "United Wire", "publisher": "Harbor Times"}, ("UW",), OriginBasis.BYLINE, COPY),
    ({"byline": "Dinah Rusk, United Wire", "publisher": "Harbor Times"}, ("UW",), OriginBasis.BYLINE, COPY),
    ({"byline": "Harbor Times staff and UW", "publisher": "Harbor Times"}, ("UW",), OriginBasis.CREDIT, PARTLY),
    ({"byline": "Dinah Rusk and UW", "publisher": "Harbor Times"}, ("UW",), OriginBasis.CREDIT, PARTLY),
    ({"byline": "The Harbor Times", "publisher": "Harbor Times"}, ("Harbor Times",), OriginBasis.BYLINE, ORIGINAL),
    ({"byline": "Dinah Rusk", "publisher": "Harbor Times"}, ("Harbor Times",), OriginBasis.BYLINE, ORIGINAL),
    ({"byline": "Dinah Rusk in Tessen", "publisher": "Harbor Times"}, ("Harbor Times",), OriginBasis.BYLINE, ORIGINAL),
    ({"byline": "Gazette News Service", "publisher": "Harbor Times"}, (), OriginBasis.UNKNOWN, UNKNOWN),
    ({"byline": "Morning Post", "publisher": "Harbor Times"}, ("Morning Post",), OriginBasis.BYLINE, COPY),
    ({"byline": "Dinah Rusk"}, (), OriginBasis.UNKNOWN, UNKNOWN),
    ({"publisher": "UW"}, ("UW",), OriginBasis.PUBLISHER, ORIGINAL),
    ({"publisher": "Harbor Times"}, (), OriginBasis.UNKNOWN, UNKNOWN),
    ({}, (), OriginBasis.UNKNOWN, UNKNOWN),
]


@pytest.mark.parametrize(("marks", "names", "basis", "independence"), CASES)
def test_marks(marks: dict[str, Any], names: tuple[str, ...], basis: OriginBasis, independence: Independence) -> None:
    document = page(*STORY, **marks)
    origin = origin_of([document], FAMILIES)
    assert (origin.names, origin.basis, origin.independence) == (names, basis, independence)


@pytest.mark.parametrize(("marks", "names", "basis", "independence"), CASES)
def test_every_evidence_names_its_characters(
    marks: dict[str, Any], names: tuple[str, ...], basis: OriginBasis, independence: Independence
) -> None:
    document = page(*STORY, **marks)
    for evidence in origin_of([document], FAMILIES).evidence:
        assert evidence.document == document.id
        if evidence.span is not None and evidence.detail.startswith(("the dateline", "the byline", "the copyright")):
            assert (
                evidence.span.of(document.text) in evidence.detail
                or "©" in evidence.span.of(document.text)
                or ("Copyright" in evidence.span.of(document.text))
            )


def report_origin(*documents: Document) -> tuple[tuple[str, ...], Independence]:
    (report,) = group(documents, MemoryIndex(), FAMILIES)
    return report.origin.names, report.origin.independence


def test_a_reprint_without_a_mark_has_the_origin_of_its_report() -> None:
    wire = page(*STORY, name="wire", publisher="UW", dateline="TESSEN (UW) --")
    assert report_origin(wire, page(*STORY, name="paper", publisher="Harbor Times")) == (("UW",), ORIGINAL)


def test_two_agencies_on_one_basis_leave_the_origin_unknown() -> None:
    pages = [page(*STORY, name=n, dateline=f"TESSEN ({n}) --") for n in ("UW", "Delta")]
    (report,) = group(pages, MemoryIndex(), FAMILIES)
    assert (report.origin.names, report.origin.independence) == ((), UNKNOWN)
    assert {e.document for e in report.origin.evidence} == {p.id for p in pages}


def test_editions_of_one_agency_do_not_contradict_each_other() -> None:
    pages = [page(*STORY, name=n, dateline=f"TESSEN ({n}) --") for n in ("UW", "UW Deutsch")]
    assert report_origin(*pages) == (("UW",), ORIGINAL)


def test_papers_of_one_family_claim_a_text_together_and_of_two_contradict() -> None:
    posts = [page(*STORY, name=n, byline=n, publisher=n) for n in ("Morning Post", "Evening Post")]
    assert report_origin(*posts)[1] is ORIGINAL
    others = [page(*STORY, name=n, byline=n, publisher=n) for n in ("Morning Post", "Harbor Times")]
    assert report_origin(*others) == ((), UNKNOWN)


def test_the_earliest_copy_is_named_but_stays_unknown() -> None:
    first = page(*STORY, name="a", publisher="Harbor Times", published="2034-02-11")
    second = page(*STORY, name="b", publisher="Morning Post", published="2034-02-12")
    assert report_origin(first, second) == (("Harbor Times",), UNKNOWN)
    undated = page(*STORY, name="c", publisher="Morning Post")
    assert report_origin(first, undated) == ((), UNKNOWN)


def test_a_copy_with_much_of_its_own_is_partly_dependent() -> None:
    own = [
        f"The harbor master of Tessen recalled that in the year {n} the crew of another ship, the Petrel, had waited on {n} quays."
        for n in range(12, 18)
    ]
    wire, paper = page(*STORY, name="wire", publisher="UW"), page(*STORY, *own, name="paper", publisher="Harbor Times")
    (report,) = group([wire, paper], MemoryIndex(), FAMILIES)
    assert report.copies[0].independence is PARTLY
    assert "not in the lead" in report.copies[0].why
