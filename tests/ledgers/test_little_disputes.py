"""The little disputes: their rows are those that were written down before, as often as the floors say."""

from __future__ import annotations

import pytest

from evals.disputes import Dispute, Judged, disputes, figures, judge_all
from onrecord import pipeline

#: Disputes that the rules were made with, each row and relation of which is found.
WHOLE = ("03-fishermen", "04-hotline", "05-monitors", "06-offers")


@pytest.mark.parametrize("dispute", [d for d in disputes() if d.name in WHOLE], ids=lambda d: d.name)
def test_every_row_is_found_and_no_other(dispute: Dispute, engine: pipeline.Engine) -> None:
    (found,) = judge_all([dispute], engine)
    assert (found.wrong, found.missed) == ((), ())


def test_there_are_seen_and_unseen_ones() -> None:
    assert {d.unseen for d in disputes()} == {True, False}
    assert all(len(d.pages) >= 3 and d.wanted for d in disputes())


def test_the_figures() -> None:
    some = [Judged("01", 3, ("not expected: a",), ("b",)), Judged("02", 1, ("c -- is d",), ())]
    assert figures(some) == {"precision": pytest.approx(4 / 6), "recall": pytest.approx(4 / 6)}
