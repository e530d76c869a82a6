"""One key for the forms of one word, and different keys for different words."""

from __future__ import annotations

import pytest

from onrecord.reports.house_style import WORD_HASHES, word_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kiev", "Kyiv"),
        ("organisation", "organization"),
        ("organised", "ORGANIZED"),
        ("analyse", "analyze"),
        ("defence", "defense"),
        ("harbour", "harbor"),
        ("neighbouring", "neighboring"),
        ("centre", "center"),
        ("kilometres", "kilometers"),
        ("travelled", "traveled"),
        ("dialogue", "dialog"),
        ("programmes", "programs"),
        ("manoeuvre", "maneuver"),
        ("judgement", "judgment"),
        ("Russia’s", "Russia's"),
        ("“very", "very"),
        ("U.S.", "US"),
        ("1,000", "1000"),
        ("six", "6"),
        ("September", "Sept."),
        ("café", "cafe"),
    ],
)
def test_forms_of_one_word_have_one_key(one: str, other: str) -> None:
    assert word_key(one) == word_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("six", "eleven"), ("6", "11"), ("1.5", "15"), ("Monday", "Tuesday"), ("denied", "confirmed"), ("May", "March")],
)
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert word_key(one) != word_key(other)


@pytest.mark.parametrize("empty", ["", "—", '"', "...", "'"])
def test_what_holds_no_letter_has_no_key(empty: str) -> None:
    assert word_key(empty) == ""
    assert WORD_HASHES[empty] == 0
