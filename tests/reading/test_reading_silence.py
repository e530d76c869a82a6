"""What is no statement: deeds, facts, states of mind, what is only possible, what is not said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

NOTHING = """
The two ministers met in the capital on Tuesday.
Relations between the two states have worsened since the spring.
It was the first meeting since the talks in March.
The army crossed the river and took two villages.
The president visited the port and left in the evening.
The minister believes the road is safe.
Arvenia wants to join the alliance.
The general hopes the storm will pass.
The minister might say that the road is open.
If the minister says that the road is open, buses will run.
The parliament adopted a law on fishing rights.
The so-called "people's court" sits in the old school.
The ship "Morning Star" left port at noon.
The rebels attacked the convoy near the bridge.
Dorvania's support for the rebels is well known.
The donors seeking help waited outside.
More than 300 people have died since the autumn.
The minister wants to say that he is sorry.
The meeting was held behind closed doors.
The road is called to be widened.
"""


@pytest.mark.parametrize("text", [x for x in NOTHING.splitlines() if x])
def test_no_statement_is_read(text: str, expect: Callable[[str], None]) -> None:
    expect(f"{text} ||")
