"""Alignment: what a copy shares, adds and cuts, in the offsets of both texts."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Document
from onrecord.reports import align
from onrecord.reports.runs import runs
from onrecord.reports.words import words_of
from tests.reports.pages import STORY, keys, page

OWN = "In Pencarrow, where many of the ship's crew were born, candles stood in the windows."


def texts(document: Document, spans: object) -> list[str]:
    return [s.of(document.text) for s in spans]  # type: ignore[attr-defined]


def test_equal_bodies_are_one_exact_passage() -> None:
    lead, other = page(*STORY), page(*STORY, head=("Menu", "Weather"))
    copy = align(lead, other)
    assert [p.exact for p in copy.passages] == [True]
    assert copy.passages[0].lead.of(lead.text) == copy.passages[0].copy.of(other.text) == "\n\n".join(STORY)
    assert (copy.shared, copy.added, copy.cut) == (1.0, (), ())


def test_what_is_added_and_cut_are_whole_sentences() -> None:
    lead, other = page(*STORY), page(OWN, *STORY[1:5])
    copy = align(lead, other)
    assert texts(other, copy.added) == [OWN]
    assert texts(lead, copy.cut) == [STORY[0], "\n\n".join(STORY[5:])]


def test_a_changed_word_makes_the_whole_sentence_new() -> None:
    changed = STORY[2].replace("radio parts", "engine parts")
    copy = align(page(*STORY), other := page(*STORY[:2], changed, *STORY[3:]))
    assert texts(other, copy.added) == [changed]


def test_house_style_makes_passages_that_are_not_exact() -> None:
    styled = (*STORY[:4], STORY[4].replace("harbor", "harbour"), *STORY[5:])
    copy = align(page(*STORY), page(*styled))
    assert [p.exact for p in copy.passages] == [True, False, True]
    assert copy.added == ()


def test_other_quotation_glyphs_are_house_style() -> None:
    styled = tuple(p.replace(' "', " “").replace('"', "”") for p in STORY)
    copy = align(page(*STORY), page(*styled))
    assert copy.added == copy.cut == ()
    assert not all(p.exact for p in copy.passages)


def test_words_written_together_are_the_same_words() -> None:
    first = "The cease-fire was kept by ninety per cent of the units that had signed it in the spring of last year."
    other = page(first.replace("cease-fire", "ceasefire").replace("per cent", "percent"))
    assert align(page(first), other).added == ()


def test_the_dateline_is_neither_added_nor_cut() -> None:
    lead, other = page(*STORY, dateline="TESSEN (UW) --"), page(*STORY, dateline="TESSEN —")
    copy = align(lead, other)
    assert copy.added == copy.cut == ()
    assert copy.passages[0].lead.of(lead.text).startswith("Kelvary")


def test_a_line_break_inside_a_sentence_is_house_style() -> None:
    broken = STORY[2].replace("and that", "and\n\nthat")
    copy = align(page(*STORY), page(*STORY[:2], broken, *STORY[3:]))
    assert copy.added == ()


def test_a_dropped_half_of_a_sentence_is_read_again() -> None:
    half = STORY[2].split(" and that")[0] + "."
    copy = align(page(*STORY), other := page(*STORY[:2], half, *STORY[3:]))
    assert texts(other, copy.added) == [half]


def test_why_gives_the_numbers() -> None:
    lead, other = page(*STORY), page(*STORY[:3])
    words = len(words_of(other))
    assert align(lead, other).why.startswith(f"{words} of its {words} words")


def test_nothing_in_common() -> None:
    copy = align(page(*STORY), other := page(OWN))
    assert (copy.shared, copy.passages, texts(other, copy.added)) == (0.0, (), [OWN])


def test_empty_bodies() -> None:
    assert align(page(*STORY), page("")).shared == 0.0
    assert align(page(""), page(*STORY)).passages == ()


SENTENCES = st.lists(
    st.sampled_from([*STORY, OWN, STORY[1].replace('"', "”"), STORY[4].replace("harbor", "harbour")]), max_size=9
)


@given(SENTENCES, SENTENCES)
def test_passages_carry_the_same_words_and_partition_the_copy(first: list[str], second: list[str]) -> None:
    lead, other = page(*first or [""]), page(*second or [""])
    copy = align(lead, other)
    for passage in copy.passages:
        here, there = passage.lead.of(lead.text), passage.copy.of(other.text)
        assert keys(here) == keys(there)
        assert passage.exact == (here == there)
    pieces = sorted([p.copy for p in copy.passages] + list(copy.added))
    assert all(a.end <= b.start for a, b in itertools.pairwise(pieces))
    assert keys(" ".join(texts(other, pieces))) == keys(" ".join(texts(other, other.body())))
    kept = sorted([p.lead for p in copy.passages] + list(copy.cut))
    assert keys(" ".join(texts(lead, kept))) == keys(" ".join(texts(lead, lead.body())))


@given(st.lists(st.integers(0, 6), max_size=60), st.lists(st.integers(0, 6), max_size=60))
def test_runs_are_equal_words_ascending_in_both(first: list[int], second: list[int]) -> None:
    a = b = 0
    for run in runs(first, second):
        assert run.first >= a and run.second >= b and run.length > 0
        assert first[run.first : run.first + run.length] == second[run.second : run.second + run.length]
        a, b = run.first + run.length, run.second + run.length


def test_long_pages_align_in_linear_time() -> None:
    words = [(7919 * i * i + 13 * i) % 50021 for i in range(40_000)]
    changed = [w if i % 97 else -i for i, w in enumerate(words)]
    assert sum(run.length for run in runs(words, changed)) == sum(a == b for a, b in zip(words, changed, strict=True))
