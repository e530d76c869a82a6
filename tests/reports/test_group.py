"""Grouping: the same reports for every order and every division into batches, and nothing touched that need not be."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from evals.copies import document
from evals.copies_generator import cases
from onrecord.documents import build
from onrecord.knowledge import Knowledge
from onrecord.model import Document, DocumentStatus, Page, Report
from onrecord.reports import Fingerprint, MemoryIndex, NoFamilies, group, report_id
from tests.reports.pages import FAMILIES, STORY, page

SAMPLES = Path(__file__).parents[2] / "samples"
LOCAL = "Candles stood in the windows of Pencarrow, where many of the ship's crew were born and went to school."
PAGES = [document({"id": c.id, "url": c.url, "date": c.date, "text": c.text}) for c in cases(5, 10)]


def grouped(batches: Sequence[Sequence[Document]]) -> tuple[Report, ...]:
    index = MemoryIndex()
    for batch in batches:
        index.add(batch, group(batch, index, NoFamilies()))
    return index.reports()


ALL = grouped([PAGES])


def test_every_document_is_in_one_report() -> None:
    members = [d for report in ALL for d in report.documents]
    assert sorted(members) == sorted(d.id for d in PAGES)
    assert len(ALL) < len(PAGES)


def test_fifty_orders_of_the_samples_give_the_same_reports() -> None:
    knowledge = Knowledge.load(SAMPLES / "actors.csv")
    kinds = {".txt": "text/plain", ".html": "text/html"}
    found = [p for p in sorted(SAMPLES.iterdir()) if p.suffix in kinds]
    built = [build(Page(p.read_bytes(), kinds[p.suffix], p.name), knowledge) for p in found]
    expected = group(built, MemoryIndex(), knowledge)
    assert len(expected) < len(built)
    for seed in range(50):
        index, shuffled = MemoryIndex(), Random(seed).sample(built, len(built))
        for batch in (shuffled[: seed % len(built)], shuffled[seed % len(built) :]):
            index.add(batch, group(batch, index, knowledge))
        assert index.reports() == expected


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.integers(0, 100), max_size=6))
def test_any_division_into_batches_gives_the_same_reports(random: Random, cuts: list[int]) -> None:
    pages = list(PAGES)
    random.shuffle(pages)
    at = sorted({0, len(pages), *(c * len(pages) // 100 for c in cuts)})
    assert grouped([pages[a:b] for a, b in itertools.pairwise(at)]) == ALL


def test_one_at_a_time_gives_the_same_reports() -> None:
    assert grouped([[p] for p in PAGES]) == ALL


def test_the_lead_is_the_agencys_page_and_copies_say_why() -> None:
    wire = page(*STORY, name="wire", publisher="UW", published="2034-02-12")
    paper = page(LOCAL, *STORY, name="paper", publisher="Harbor Times", published="2034-02-11")
    (report,) = group([paper, wire], MemoryIndex(), FAMILIES)
    assert report.lead == wire.id
    assert report.id == report_id([wire.id, paper.id])
    assert "words in common" in report.copies[0].why


def test_among_papers_the_dated_and_fuller_page_leads() -> None:
    full, cut, undated = (
        page(*STORY, name="full", published="2034-02-12"),
        page(*STORY[:4], name="cut", published="2034-02-11"),
        page(*STORY, LOCAL, name="undated"),
    )
    (report,) = group([cut, undated, full], MemoryIndex(), FAMILIES)
    assert report.lead == full.id


def test_two_copies_with_little_in_common_meet_through_the_fuller_one() -> None:
    whole = [*STORY, *(p.replace("Sorvia", "Tarn").replace("the ", "that ") for p in reversed(STORY))]
    top, other_top = page(*whole[:5], name="a"), page(LOCAL, *whole[1:10], name="b")
    reports = group([top, other_top, page(*whole, name="c")], MemoryIndex(), NoFamilies())
    assert len(reports) == 1


def test_what_is_no_article_is_a_report_of_its_own() -> None:
    pages = [page(*STORY, name="a"), page(*STORY, name="b", status=DocumentStatus.PAYWALL)]
    assert len(group(pages, MemoryIndex(), NoFamilies())) == 2


def test_known_documents_change_nothing() -> None:
    index = MemoryIndex()
    index.add(PAGES, group(PAGES, index, NoFamilies()))
    assert group(PAGES, index, NoFamilies()) == ()


def test_only_the_reports_that_change_are_returned() -> None:
    index = MemoryIndex()
    index.add(PAGES, group(PAGES, index, NoFamilies()))
    another = document({"id": "another", "text": PAGES[0].text.replace("e", "e", 1) + "\n\nA last line."})
    changed = group([another], index, NoFamilies())
    assert [another.id in r.documents for r in changed] == [True]


class Counting(MemoryIndex):
    """Counts the questions asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def candidates(self, fingerprint: Fingerprint) -> Sequence[str]:
        self.asked += 1
        return super().candidates(fingerprint)

    def document(self, document: str) -> Document:
        self.asked += 1
        return super().document(document)


def test_the_cost_of_adding_does_not_grow_with_the_store() -> None:
    new = [document({"id": f"n{c.id}", "text": c.text}) for c in cases(77, 3)][-12:]
    asked = []
    for size in (20, len(PAGES)):
        index = Counting()
        index.add(PAGES[-size:], group(PAGES[-size:], MemoryIndex(), NoFamilies()))
        index.asked = 0
        group(new, index, NoFamilies())
        asked.append(index.asked)
    assert asked[1] <= asked[0] + 12
