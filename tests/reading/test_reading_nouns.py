"""Speech nouns, "according to", passives: sayings without an active verb of saying."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = """
According to the ministry, two ships were sunk. || the ministry | According to | two ships were sunk | assert
Two ships were sunk, according to the ministry. || the ministry | according to | Two ships were sunk | assert
Allegations by President Oran Vell that spies had crossed the border were repeated on radio. || President Oran Vell | Allegations | spies had crossed the border | accuse
Arvenia's claim that the island is empty was printed twice. || Arvenia | claim | the island is empty | assert
Dorvania's demand for a new survey delayed the talks. || Dorvania | demand | a new survey | demand
The crowd heard a warning from the governor that the dam might break. || the governor | warning | the dam might break | warn
The minister was accused by the opposition of hiding the report. || the opposition | accused | The minister … of hiding the report | accuse
Dorvania has been accused of blowing up the dam. || | accused | Dorvania … of blowing up the dam | accuse
In the minister's view, the road is safe. || the minister | In … view | the road is safe | assert
"""


@pytest.mark.parametrize("line", [x for x in CASES.splitlines() if x])
def test_a_saying_without_an_active_verb(line: str, expect: Callable[[str], None]) -> None:
    expect(line)
