"""The state of play of the dispute page is the record's own, though it is made from less."""

from __future__ import annotations

from itertools import combinations

import pytest

from onrecord.model import ActorRef
from onrecord.record import Record
from onrecord.relations.ledgers import state_of_play

SIDES = (
    "state:karvelia",
    "state:sundmark",
    "org:northern-compact",
    "state:tolmenia",
    "state:ostrelle",
    "group:veyra-free-assembly",
)


@pytest.mark.parametrize("pair", list(combinations(SIDES, 2)), ids="-".join)
def test_what_is_narrowed_to_two_sides_gives_the_same_rows(sample_record: Record, pair: tuple[str, str]) -> None:
    sides = tuple(ActorRef(one, one) for one in pair)
    narrowed = sample_record.between(*pair)
    for on in (None, "2031-03-01", "2031-06-10", "2031-12-31"):
        assert state_of_play(narrowed, on, between=sides) == sample_record.state(on, between=sides)


def test_narrowing_leaves_much_out(sample_record: Record) -> None:
    assert (
        len(sample_record.between("state:tolmenia", "state:ostrelle").sayings) < len(sample_record.statement_rows()) / 4
    )
