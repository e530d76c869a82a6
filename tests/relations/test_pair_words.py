"""Words and names that pairs are compared by."""

from __future__ import annotations

import pytest

from onrecord.relations.pairs.names import found, masked_words
from onrecord.relations.words import overlap, terms


@pytest.mark.parametrize(
    ("text", "names", "hidden"),
    [
        ("Orvelle said the Orvellian fleet was late.", ["Orvelle"], ["Orvelle", "Orvellian"]),
        ("Foreign minister Tilda Marsh said Marsh's papers were gone.", ["Tilda Marsh"], ["Tilda Marsh", "Marsh's"]),
        ("The council met; the Skerry Council did not.", ["Skerry Council"], ["Skerry Council"]),
        ("An orange is no Oran.", ["Oran"], ["Oran"]),
        ("Nobody is named here.", ["Tessaly"], []),
    ],
)
def test_names_and_their_forms_are_hidden(text: str, names: list[str], hidden: list[str]) -> None:
    assert [span.of(text) for span in found(text, names)] == hidden


def test_masked_words_leave_names_out() -> None:
    assert masked_words("Tessaly denied it, the Tessalian army said.", ["Tessaly"]) == [
        "denied",
        "it",
        "the",
        "army",
        "said",
    ]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("to withdraw its soldiers from the valley", "pull the troops out of the valley"),
        ("supplying rifles to the insurgents", "the delivery of weapons to separatists"),
        ("the ceasefire was violated", "a violation of the truce"),
    ],
)
def test_near_synonyms_share_terms(one: str, two: str) -> None:
    assert overlap(terms(one), terms(two)) >= 0.6


def test_words_of_reporting_are_no_matter() -> None:
    assert terms("he said that the accusation was a lie") == frozenset()
