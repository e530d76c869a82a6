"""The state of play of the dispute page is the record's own, though it is made from less."""

from __future__ import annotations

from itertools import combinations

import pytest

from onrecord.model import ActorRef
from onrecord.record import Record
from onrecord.relations.ledgers import state_of_play
from onrecord.views.web.pages import dispute
from onrecord.views.web.settings import Settings
from onrecord.views.web.site import Site

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
        expected = sample_record.state(on, between=sides)
        assert state_of_play(narrowed, on, between=sides) == expected
        assert state_of_play(sample_record.between(*pair, on), on, between=sides) == expected


def test_narrowing_leaves_much_out(sample_record: Record) -> None:
    assert (
        len(sample_record.between("state:tolmenia", "state:ostrelle").sayings) < len(sample_record.statement_rows()) / 4
    )


def test_days_asked_in_any_order_give_the_same_rows(sample_record: Record) -> None:
    one, other = (Site(sample_record, Settings()) for _ in range(2))
    a, b = (ActorRef(key, key) for key in SIDES[:2])
    days = ("2031-03-01", "2031-02-01", "2031-06-10", None, "2031-04-01")
    rising = [dispute.state_of(one, dispute.Two(a, b, on, None, None), on) for on in days]
    falling = [dispute.state_of(other, dispute.Two(a, b, on, None, None), on) for on in reversed(days)]
    assert rising == falling[::-1]
    assert rising[0] != rising[2]


def test_the_first_look_at_an_early_day_reads_no_later_page(sample_record: Record) -> None:
    site = Site(sample_record, Settings())
    early, late = (dispute.given_of(site, SIDES[:2], on) for on in ("2031-03-01", None))
    assert len(early.sayings) < len(late.sayings)
    assert dispute.given_of(site, SIDES[:2], "2031-02-01") is early
    assert dispute.given_of(site, SIDES[:2], "2031-04-01") is late
