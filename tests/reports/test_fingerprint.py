"""Fingerprints come from the body words alone, are stable, and are shared by near copies."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from onrecord.model import DocumentStatus
from onrecord.reports import SHARED_BANDS, fingerprint
from onrecord.reports.fingerprint import text_bands
from tests.reports.pages import STORY, page

PROGRAM = "from onrecord.reports.fingerprint import text_bands; print(text_bands('the crew of the ship counted the onions again'))"


def shared(one: str, other: str) -> int:
    return len(set(text_bands(one)[0]) & set(text_bands(other)[0]))


def test_navigation_does_not_count() -> None:
    bare, furnished = page(*STORY), page(*STORY, head=("Latest news", "Ferry aground", "More from the harbor"))
    assert fingerprint(bare).bands == fingerprint(furnished).bands


def test_house_style_does_not_count() -> None:
    text = "The organisation’s centre — in the harbour — recognised six neighbours, “at last”, it said."
    assert text_bands(text) == text_bands(
        'The organization\'s center -- in the harbor -- recognized 6 neighbors, "at last", it said.'
    )


def test_bands_are_signed_64_bit_ascending_and_few() -> None:
    bands = fingerprint(page(*STORY * 5)).bands
    assert list(bands) == sorted(set(bands))
    assert all(-(2**63) <= band < 2**63 for band in bands)
    assert SHARED_BANDS < len(bands) <= 48


def test_a_cut_copy_shares_bands_and_another_story_does_not() -> None:
    whole = "\n".join(STORY)
    assert shared(whole, "\n".join(STORY[:3])) >= SHARED_BANDS
    assert (
        shared(
            whole, "Voters in Tarn kept the coalition in power by one seat after a count that ended at breakfast time."
        )
        == 0
    )


def test_a_short_cut_of_a_long_story_shares_bands() -> None:
    long = " ".join(
        f"{word} {number} crates of barley left pier {number * 7} for" for number, word in enumerate(["ship"] * 300)
    )
    assert shared(long, " ".join(long.split()[:90])) >= SHARED_BANDS


@pytest.mark.parametrize("text", ["", "   \n", "— …", '"'])
def test_nothing_has_no_bands(text: str) -> None:
    assert text_bands(text) == ((), 0)


def test_fewer_words_than_a_shingle_make_one() -> None:
    assert text_bands("They counted onions")[1] == 1


@pytest.mark.parametrize("status", [s for s in DocumentStatus if s is not DocumentStatus.ARTICLE])
def test_what_is_no_article_has_no_bands(status: DocumentStatus) -> None:
    assert fingerprint(page(*STORY, status=status)).bands == ()


def test_the_hash_seed_does_not_matter() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "7")
    }
    assert len(outputs) == 1
