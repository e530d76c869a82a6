"""What is one text and what only looks like one."""

from __future__ import annotations

import pytest

from onrecord.reports import same_text
from tests.reports.pages import STORY, page

LOCAL = "Candles stood in the windows of Pencarrow, where many of the ship's crew were born and went to school."
BACKGROUND = (
    "Sorvia and Kelvary have quarreled over the outer harbor since a storm moved the sandbank that marks the border. A "
    "commission of pilots draws it anew each spring, and each spring one of the two governments rejects the drawing."
)
NEWS = (
    "The mate of the ship was charged with smuggling on Sunday, a day after its crew had been let go by the court.",
    'Prosecutor Amory Vance said that a third crate had been found under the bunks. "It was humming," he told the judges.',
    "The ship's owner, who lives abroad, promised to pay for a lawyer and to replace the pantry's contents out of his pocket.",
)
WEATHER = (
    "Forecasters expect {0} in {1} today, with a high of {2} degrees and a low of {3} degrees in the valleys of the interior.",
    "Winds will be light from the {4} in the morning, rising to {5} kilometers an hour along the coast toward the evening.",
    "The chance of rain is {6} percent. Drivers in the uplands are advised to carry chains and to ask about the passes first.",
)


def styled(text: str) -> str:
    return text.replace(' "', " «").replace('"', "»").replace("harbor", "harbour").replace("nine", "9")


ONE_TEXT = {
    "another headline and navigation": page(*STORY, head=("Crates and onions: a row at sea", "More news")),
    "a localised first paragraph": page(LOCAL, *STORY[1:]),
    "a localised paragraph before the first": page(LOCAL, *STORY),
    "cut last paragraphs": page(*STORY[:4]),
    "house style": page(*map(styled, STORY)),
    "inserted background": page(*STORY[:3], BACKGROUND, *STORY[3:]),
    "captions": page(
        "Crates on the quay of Tessen. Photo: Harbor Agency", *STORY[:4], "The Lady Amaranth in May", *STORY[4:]
    ),
    "all of it": page(LOCAL, *map(styled, STORY[1:3]), "Photo: Harbor Agency", *map(styled, STORY[3:6]), BACKGROUND),
    "conversions of units": page(*STORY[:5], STORY[5].replace("next Thursday", "on Thursday next"), STORY[6]),
}
OTHER_TEXTS = {
    "an update": page(*NEWS, *STORY[3:6]),
    "an update with other figures": page(
        NEWS[0], STORY[1].replace("two crates", "five crates"), *STORY[2:4], STORY[0].replace("nine", "eleven")
    ),
    "a shared background paragraph": page(*NEWS, BACKGROUND),
    "another story": page(*NEWS),
}


@pytest.mark.parametrize("name", ONE_TEXT)
def test_edited_copies_are_one_text(name: str) -> None:
    assert same_text(page(*STORY), ONE_TEXT[name]).same


@pytest.mark.parametrize("name", OTHER_TEXTS)
def test_updates_and_shared_background_are_not(name: str) -> None:
    assert not same_text(page(*STORY, BACKGROUND), OTHER_TEXTS[name]).same


def test_templated_items_are_not_one_text() -> None:
    first = page(*(p.format("steady rain", "Tessen", 14, 6, "north", 40, 80) for p in WEATHER))
    second = page(*(p.format("sunny spells", "Orvane", 23, 11, "south", 15, 5) for p in WEATHER))
    verdict = same_text(first, second)
    assert not verdict.same
    assert not verdict.compatible


def test_the_same_bulletin_in_two_papers_is_one_text() -> None:
    lines = [p.format("steady rain", "Tessen", 14, 6, "north", 40, 80) for p in WEATHER]
    assert same_text(page(*lines), page(*map(styled, lines), head=("The weather",))).same


@pytest.mark.parametrize("other", [*ONE_TEXT.values(), *OTHER_TEXTS.values()])
def test_the_order_of_the_two_does_not_matter(other: object) -> None:
    lead = page(*STORY)
    assert same_text(lead, other) == same_text(other, lead)  # type: ignore[arg-type]


def test_a_verdict_says_why() -> None:
    assert "an update" in same_text(page(*STORY), OTHER_TEXTS["an update with other figures"]).why or (
        "other names or figures" in same_text(page(*STORY), OTHER_TEXTS["an update with other figures"]).why
    )
    assert "words in common" in same_text(page(*STORY), ONE_TEXT["cut last paragraphs"]).why
