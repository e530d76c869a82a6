"""Keys: what counts as the same name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge.keys import key, sound, surface


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("the U.S.", "US"),
        ("Russia's", "Russia"),
        ("Zelenskyy’s", "zelenskyy"),
        ("the Élysée", "Elysee"),
        ("NATO-Russia  Council", "nato russia council"),
        ("“Moscow,”", "Moscow"),
        ("Łódź", "Lodz"),
    ],
)
def test_same_key(words: str, same: str) -> None:
    assert key(words) == key(same)


@pytest.mark.parametrize(
    ("words", "same"),
    [("Sergey", "Sergei"), ("Zelenskyy", "Zelensky"), ("Aleksei", "Alexey"), ("Khrushchev", "Hrushchev")],
)
def test_same_sound(words: str, same: str) -> None:
    assert sound(words) == sound(same)


@pytest.mark.parametrize(("words", "other"), [("Vladimir", "Volodymyr"), ("Ivanov", "Ivanova"), ("Georgia", "Georgi")])
def test_other_sound(words: str, other: str) -> None:
    assert sound(words) != sound(other)


@given(st.text(max_size=60))
def test_keys_are_stable(words: str) -> None:
    assert key(surface(words)) == key(words)
    assert key(words) == key(words)
