"""Across pages: the same relations in whatever order and batches lines arrive, near in time only, at a cost that does not grow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from onrecord.model import Act, Polarity, RelationKind
from onrecord.record import Record
from onrecord.record.relations import RecordLines
from onrecord.relations.across import WINDOW, keys_of, relate
from onrecord.relations.lines import NEVER, Line
from onrecord.relations.named import AGAINST, NAMED
from tests.relations.lines_said import line, related

TEXTS = (
    "the marines must leave the northern spit before winter",
    "the marines must leave the northern spit before the winter",
    "the marines must leave the northern spit before winter comes",
    "nine grain ships were stopped off the northern spit",
    "nine grain ships were stopped off the northern spits",
    "the bridge over the Lun stays closed to lorries",
)
SIDES = ("state:ada", "state:bel")


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[list[Line], list[list[Line]]]:
    """Lines, and the same in another order and in batches."""
    number = draw(st.integers(2, 3 * WINDOW))
    lines = []
    for n in range(number):
        said = draw(st.integers(1, 6))
        # Some pages look back: they tell of a day long before their own; some have no day.
        out = draw(st.sampled_from((said, said, min(said + 1, 6), 6, None)))
        lines.append(
            line(
                n,
                draw(st.sampled_from(TEXTS)),
                day=f"2040-01-{said:02d}",
                side=draw(st.sampled_from(SIDES)),
                act=draw(st.sampled_from((Act.DEMAND, Act.ASSERT))),
                published=NEVER if out is None else f"2040-01-{out:02d}",
            )
        )
    shuffled = draw(st.permutations(lines))
    cuts = sorted(draw(st.sets(st.integers(1, number - 1), max_size=5)))
    edges = [0, *cuts, number]
    return lines, [shuffled[a:b] for a, b in pairwise(edges)]


#: What sides say of each other: charges, demands and offers, and replies that name them or their matter.
SAID = (
    ("of stopping nine grain ships off the northern spit", Act.ACCUSE),
    ("of closing the bridge over the Lun to lorries", Act.ACCUSE),
    ("the accusation", Act.DENY),
    ("it had stopped grain ships off the northern spit", Act.DENY),
    ("to open the bridge over the Lun to lorries", Act.DEMAND),
    ("the demand", Act.REJECT),
    ("joint patrols off the northern spit", Act.OFFER),
    ("the offer with thanks", Act.AGREE),
)


@st.composite
def exchanges(draw: st.DrawFn) -> tuple[list[Line], list[list[Line]]]:
    """Charges, demands, offers and replies between three sides, and the same in another order and in batches."""
    number = draw(st.integers(2, 14))
    lines = []
    for n in range(number):
        text, act = draw(st.sampled_from(SAID))
        side = draw(st.sampled_from((*SIDES, "state:cor")))
        target = draw(st.sampled_from([s for s in (*SIDES, "state:cor") if s != side]))
        said = draw(st.integers(1, 28))
        reply = act in (Act.DENY, Act.REJECT, Act.AGREE)
        lines.append(
            line(
                n,
                text,
                day=f"2040-01-{said:02d}",
                side=side,
                target=None if reply and draw(st.booleans()) else target,
                act=act,
            )
        )
    shuffled = draw(st.permutations(lines))
    edges = [0, *sorted(draw(st.sets(st.integers(1, number - 1), max_size=4))), number]
    return lines, [shuffled[a:b] for a, b in pairwise(edges)]


@settings(max_examples=40)
@given(exchanges())
def test_replies_mean_the_same_whatever_arrives_first(case: tuple[list[Line], list[list[Line]]]) -> None:
    lines, batches = case
    assert related(batches) == related([lines])


def kinds(*said: tuple[str, Act, str, str | None, str]) -> list[tuple[str, str, str]]:
    """The relations between lines, each on a page of its own: kind and the two texts."""
    lines = [line(n, text, act=act, side=side, target=to, day=day) for n, (text, act, side, to, day) in enumerate(said)]
    return sorted((r.kind.value, text_of(lines, r.subject), text_of(lines, r.object)) for r in related([lines]))


def text_of(lines: Sequence[Line], key: str) -> str:
    return next(one.sentence for one in lines if one.id == key)


CHARGE = ("of stopping nine grain ships", Act.ACCUSE, "state:ada", "state:bel", "2040-01-03")


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (("the accusation", Act.DENY, "state:bel", None, "2040-01-04"), "denies"),
        (("the accusation as a fairy tale", Act.REJECT, "state:bel", "state:ada", "2040-01-04"), "denies"),
        (("The allegation is invented from start to finish", Act.ASSERT, "state:bel", None, "2040-01-04"), "denies"),
        (("it had stopped the grain ships", Act.DENY, "state:bel", None, "2040-01-09"), "denies"),
        # Too late, by another side, about another matter, of another side's charge.
        (("the accusation", Act.DENY, "state:bel", None, "2040-03-04"), None),
        (("the accusation", Act.DENY, "state:cor", None, "2040-01-04"), None),
        (("the claim that it had moved a lighthouse", Act.DENY, "state:bel", None, "2040-01-04"), None),
        (("the accusation", Act.DENY, "state:bel", "state:cor", "2040-01-04"), None),
        (("the offer", Act.REJECT, "state:bel", None, "2040-01-04"), None),
    ],
)
def test_a_reply_on_another_page_that_names_a_charge(
    reply: tuple[str, Act, str, str | None, str], kind: str | None
) -> None:
    assert kinds(CHARGE, reply) == ([(kind, reply[0], CHARGE[0])] if kind else [])


def test_a_reply_means_the_last_charge_before_it() -> None:
    later = ("of cutting a cable", Act.ACCUSE, "state:ada", "state:bel", "2040-01-05")
    reply = ("the accusation", Act.DENY, "state:bel", None, "2040-01-06")
    assert kinds(CHARGE, later, reply) == [("denies", reply[0], later[0])]


@pytest.mark.parametrize(
    ("asked", "reply", "kind"),
    [
        ("to lift the embargo on salt", ("the appeal", Act.REJECT), "rejects"),
        ("to lift the embargo on salt", ("will not lift the embargo on salt", Act.ASSERT), "rejects"),
        ("to pay for the roof of the school", ("to pay for the roof of the school", Act.AGREE), "accepts"),
        ("to pay for the roof of the school", ("to pay for the road to the harbour", Act.AGREE), None),
    ],
)
def test_a_reply_on_another_page_to_a_demand(asked: str, reply: tuple[str, Act], kind: str | None) -> None:
    demand = line(0, asked, act=Act.DEMAND, side="state:ada", target="state:bel", day="2040-01-03")
    polarity = Polarity.AFFIRMATIVE if reply[1] is Act.AGREE else Polarity.NEGATIVE
    given_ = replace(
        line(1, reply[0], act=reply[1], side="state:bel", day="2040-01-05"), targets=("state:ada",), polarity=polarity
    )
    assert [r.kind.value for r in related([[demand, given_]])] == ([kind] if kind else [])


@settings(max_examples=25)
@given(arrivals())
def test_the_order_of_arrival_changes_nothing(case: tuple[list[Line], list[list[Line]]]) -> None:
    lines, batches = case
    assert related([lines]) == related(batches)


@settings(max_examples=25)
@given(arrivals(), st.integers(1, 6))
def test_what_was_known_by_a_day_is_what_a_record_of_that_day_holds(
    case: tuple[list[Line], list[list[Line]]], number: int
) -> None:
    """Pages that come out later, whatever earlier day they tell of, neither bind nor part two lines known before."""
    lines, batches = case
    early = {one.id for one in lines if one.published <= f"2040-01-{number:02d}"}
    whole = related(batches)
    part = related([[one for one in lines if one.id in early]])
    assert [r for r in whole if r.subject in early and r.object in early] == part


def test_a_look_back_parts_nothing_that_was_known() -> None:
    first, last = (line(n, TEXTS[0], day=day) for n, day in ((0, "2040-01-01"), (1, "2040-03-01")))
    later = [line(n + 2, TEXTS[0], day="2040-02-01", published=f"2040-05-{n + 1:02d}") for n in range(WINDOW)]
    pairs = {(r.subject, r.object) for r in related([[first, last], later])}
    assert (last.id, first.id) in pairs
    assert (later[0].id, first.id) in pairs


def test_what_comes_between_two_lines_ends_their_bond() -> None:
    first, last = (line(n, TEXTS[0], day=day) for n, day in ((0, "2040-01-01"), (1, "2040-03-01")))
    between = [line(n + 2, TEXTS[0], day=f"2040-02-{n + 1:02d}") for n in range(WINDOW)]
    alone = related([[first, last]])
    assert [(r.kind, r.subject, r.object) for r in alone] == [(RelationKind.REPEATS, last.id, first.id)]
    pairs = {(r.subject, r.object) for r in related([[first, last], between])}
    assert (last.id, first.id) not in pairs
    assert (between[0].id, first.id) in pairs
    assert (last.id, between[-1].id) in pairs


@pytest.mark.parametrize(
    ("one", "two", "bound"),
    [
        ({"text": TEXTS[0]}, {"text": TEXTS[1]}, True),
        ({"text": TEXTS[0]}, {"text": TEXTS[5]}, False),
        ({"text": TEXTS[0]}, {"text": TEXTS[0], "side": "state:bel"}, False),
        ({"text": TEXTS[0], "act": Act.DEMAND}, {"text": TEXTS[0], "act": Act.PROMISE}, False),
        ({"text": "23 guns stand on the spit"}, {"text": "32 guns stand on the spit"}, False),
        ({"text": TEXTS[0], "target": "state:bel"}, {"text": TEXTS[0], "target": "state:cor"}, False),
    ],
)
def test_what_repeats_what(one: dict[str, object], two: dict[str, object], bound: bool, tmp_path: Path) -> None:
    lines = [line(n, **given_) for n, given_ in enumerate((one, two))]  # type: ignore[arg-type]
    assert bool(related([lines])) is bound


def _statements(path: Path, lines: Sequence[Line]) -> int:
    """How many questions the last line costs in a record that holds the others."""
    asked = 0

    def count(*_: object) -> None:
        nonlocal asked
        asked += 1

    with Record.open(path, create=True) as record, record.batch() as work:
        cache: dict[str, Line] = {}
        store = RecordLines(work.connection, cache)
        for one in lines[:-1]:
            store.add(one, keys_of(one))
        event.listen(work.connection, "before_cursor_execute", count)
        relate([([lines[-1]], frozenset({lines[-1].id}))], store, None)
    return asked


def test_a_page_costs_the_same_in_a_large_record(tmp_path: Path) -> None:
    small, large = (
        [line(n, f"{TEXTS[0]} of the year {n}", day=f"2040-{n % 12 + 1:02d}-01") for n in range(size)]
        for size in (40, 1500)
    )
    assert _statements(tmp_path / "large.db", large) <= _statements(tmp_path / "small.db", small)


def test_what_is_aimed_at_a_side_stands_in_its_lists_too() -> None:
    charge = line(0, TEXTS[3], side="state:ada", target="state:bel", act=Act.ACCUSE)
    denial = line(1, TEXTS[3], side="state:bel", act=Act.DENY)
    assert {key[0] for key in keys_of(charge)} == {"state:ada", "state:bel", AGAINST, NAMED}
    assert set(keys_of(charge)) & set(keys_of(denial))
