"""Country and sector of a phrase alone: a line each."""

from __future__ import annotations

import pytest

from onrecord.knowledge import Knowledge
from onrecord.resolution.coding import Coder

CODER = Coder(Knowledge.load())

PHRASES = [
    ("Danish diplomats", None, "DNK", "GOV"),
    ("the Danish prime minister", None, "DNK", "GOV"),
    ("a Danish prime minister", None, "DNK", "GOV"),
    ("Peru", None, "PER", None),
    ("Lima", None, "PER", "GOV"),
    ("the Peruvian navy", None, "PER", "MIL"),
    ("Peru's central bank", None, "PER", "GOV"),
    ("Peruvian fishermen", None, "PER", "AGR"),
    ("rebels", None, None, "REB"),
    ("masked men", None, None, "UAF"),
    ("a former spy chief", None, None, "ELI"),
    ("NATO", None, "IGO", "IGO"),
    ("members of the Bundeswehr", None, "DEU", "MIL"),
    ("Hamas gunmen", None, "PSE", "REB"),
    ("EU lawmakers", None, "EUR", "LEG"),
    ("a group of nurses", None, None, "MED"),
    ("Angela Merkel", "2015-01-01", "DEU", "GOV"),
    ("Angela Merkel", "2023-01-01", "DEU", "ELI"),
    ("Chancellor Angela Merkel", "2015-01-01", "DEU", "GOV"),
    ("last week", None, None, "JNK"),
    ("the high court in Lagos", None, "NGA", "JUD"),
]


@pytest.mark.parametrize(("phrase", "date", "country", "sector"), PHRASES)
def test_phrase(phrase: str, date: str | None, country: str | None, sector: str | None) -> None:
    coded = CODER.code(phrase, date)
    assert (coded.country, coded.sector) == (country, sector)
