"""The generator of undated pages, and a few of its pages through the whole of the dating."""

from __future__ import annotations

from collections import Counter

from evals.undated import figures, judge
from evals.undated_pages import ENOUGH, LACKING, pages, timeless


def test_pages_are_the_same_for_the_same_seed_and_half_lack_evidence() -> None:
    made = pages(7, 40)
    assert made == pages(7, 40)
    assert made != pages(8, 40)
    assert sum(bool(row["enough"]) for row in made) == 20
    assert set(Counter(row["kind"] for row in made)) == {*ENOUGH, *LACKING}


def test_the_story_around_the_evidence_tells_no_year() -> None:
    assert len(timeless()) >= 40
    for row in pages(7, 40):
        assert str(row["day"])[:4] not in str(row["text"]).partition("©")[0] or row["kind"] == "since"


def test_a_few_pages_are_dated_as_the_calendar_says() -> None:
    found = figures(judge(pages(7, 18)))
    assert found["right"] == 1.0
    assert found["abstained"] == 1.0
    assert found["bounded"] == 1.0
    assert found["dated"] >= 0.7
