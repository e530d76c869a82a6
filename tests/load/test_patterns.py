"""No regular expression of the package takes long on text made to hurt it, and the timing tells a pattern that does."""

from __future__ import annotations

import re

import pytest

from tools import patterns

#: Characters of the hostile text, and the processor time it may take: what grows with the cube is far above it, and the rest far below.
SIZE, SECONDS = 500, 0.9
#: Patterns that once took longer than the text is long, by their names.
_BOUNDED = {"_OFFICES", "_MATTER", "_AFTER_PERSON"}


def test_every_pattern_is_found() -> None:
    found = patterns.patterns()
    assert len(found) > 300
    assert any(where.startswith("onrecord.reading.timex") for where in found)


def test_no_pattern_takes_long() -> None:
    slow = [
        one for one in (patterns.slowest(w, p, SIZE) for w, p in patterns.patterns().items()) if one.seconds > SECONDS
    ]
    assert slow == []


def test_patterns_that_were_slow_take_linear_time() -> None:
    bounded = {w: p for w, p in patterns.patterns().items() if w.rpartition(".")[2] in _BOUNDED}
    assert {w.rpartition(".")[2] for w in bounded} == _BOUNDED
    timed = [patterns.slowest(where, pattern, 4 * SIZE) for where, pattern in bounded.items()]
    assert [one for one in timed if one.seconds > SECONDS / 10] == []


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(?:\w+\s?)+:"])
def test_a_pattern_without_bound_is_seen(pattern: str) -> None:
    compiled = re.compile(pattern)
    assert patterns.slowest("here", compiled, 20).seconds > 4 * patterns.slowest("here", compiled, 15).seconds > 0
