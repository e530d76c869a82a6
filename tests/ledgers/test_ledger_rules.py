"""The ledgers from sayings in memory: what is one row, how statuses come about, and that nothing is known before it is told."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import (
    Act,
    ActorRef,
    Basis,
    DateBasis,
    Modality,
    Polarity,
    Precision,
    Relation,
    RelationKind,
    day,
    relation_id,
)
from onrecord.model.dates import DateValue
from onrecord.model.ledgers import (
    AccusationStatus,
    AnswerKind,
    ChangeKind,
    ChannelStatus,
    CommitmentStatus,
    OfferStatus,
)
from onrecord.relations.ledgers import Given, Part, Saying, Sighting, difference, last_day, state_of_play
from onrecord.relations.ledgers.keys import content_key, same

ORRIN, TASSE, LUSK = (ActorRef(f"state:{n.lower()}", n) for n in ("Orrin", "Tasse", "Lusk"))


def saying(
    number: int,
    act: Act,
    text: str,
    by: ActorRef | None = ORRIN,
    to: ActorRef | None = TASSE,
    said: str | None = "2031-03-01",
    published: str | None = "2031-03-01",
    **more: Any,
) -> Saying:
    """Something said in a line of its own, by a state and to one."""
    ahead = {Act.PROMISE: Modality.FUTURE, Act.OFFER: Modality.FUTURE, Act.DEMAND: Modality.OBLIGATION}
    names = {"speakers": (by,) if by else (), "sides": (by,) if by else (), "targets": (to,) if to else ()}
    days = {"said": said, "earliest": said, "latest": said, "published": published}
    fields = {"parts": (Part(text),), "modality": ahead.get(act, Modality.FACT), **names, **days, **more}
    return Saying(f"st-{number}", f"st-{number}", f"doc-{number}", act, text, **fields)


ONE = [
    "its troops must withdraw from the valley",
    "to pull its soldiers out of the valley",
    "Tasse to take its forces home",
    'remove its "thousands of servicemen" at once',
]
OTHER = [
    "to stop arming the rebels",
    "that Tasse end its support for the separatists",
    "halt the supplying of the militia with guns",
]


@pytest.mark.parametrize("text", ONE[1:])
def test_wordings_of_a_withdrawal_are_one(text: str) -> None:
    assert same(content_key(ONE[0]), content_key(text))


@pytest.mark.parametrize("text", OTHER[1:])
def test_wordings_of_an_end_to_support_are_one(text: str) -> None:
    assert same(content_key(OTHER[0]), content_key(text))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (ONE[0], OTHER[0]),
        ("to withdraw its heavy guns", "to withdraw its soldiers"),
        ("to let monitors through", "to let observers aboard its flagship"),
        ("to reopen the hotline", "to reopen the schools"),
        ("to free the prisoners", "not to free the prisoners"),
        ("to apologise for the raid", "to pay for the boat"),
    ],
)
def test_different_things_are_two(one: str, two: str) -> None:
    assert not same(content_key(one), content_key(two))


@given(st.sampled_from([*ONE, *OTHER]), st.sampled_from(["Orrin", "Lusk", "Marrow"]))
def test_a_key_says_nothing_of_names(text: str, name: str) -> None:
    assert content_key(text.replace("Tasse", name)) == content_key(text)


def test_a_demand_is_one_row_over_years_and_two_propositions_are_two() -> None:
    both = (Part("to pull its soldiers out"), Part("to stop arming the rebels"))
    state = state_of_play(
        Given(
            (
                saying(
                    1,
                    Act.DEMAND,
                    "to pull its soldiers out and to stop arming the rebels",
                    said="2029-05-01",
                    parts=both,
                ),
                saying(2, Act.DEMAND, "its troops must leave", said="2031-03-01"),
                saying(3, Act.DEMAND, "its troops must leave", by=LUSK),
                saying(4, Act.DEMAND, "its troops must leave", to=LUSK),
            )
        )
    )
    assert [(d.by[0].name, d.of[0].name, d.first, d.last, len(d.utterances)) for d in state.demands] == [
        ("Orrin", "Tasse", "2029-05-01", "2031-03-01", 2),
        ("Orrin", "Tasse", "2029-05-01", "2029-05-01", 1),
        ("Lusk", "Tasse", "2031-03-01", "2031-03-01", 1),
        ("Orrin", "Lusk", "2031-03-01", "2031-03-01", 1),
    ]


def relation(kind: RelationKind, subject: int, object_: int) -> Relation:
    one, two = f"st-{subject}", f"st-{object_}"
    return Relation(relation_id(kind, one, two), kind, one, two, (Basis.SAME_PASSAGE,), 0.9)


def test_a_repetition_joins_what_the_words_do_not() -> None:
    two = (saying(1, Act.DEMAND, "to mend its ways"), saying(2, Act.DEMAND, "to behave better", said="2031-03-02"))
    assert len(state_of_play(Given(two)).demands) == 2
    assert len(state_of_play(Given(two, (relation(RelationKind.REPEATS, 2, 1),))).demands) == 1


def test_a_repetition_never_joins_two_known_things() -> None:
    two = (saying(1, Act.DEMAND, ONE[0]), saying(2, Act.DEMAND, OTHER[0]))
    assert len(state_of_play(Given(two, (relation(RelationKind.REPEATS, 2, 1),))).demands) == 2


def test_an_answer_is_to_the_proposition_that_it_speaks_of() -> None:
    both = (Part("to pull its soldiers out"), Part("to stop arming the rebels"))
    given_ = Given(
        (
            saying(1, Act.DEMAND, "to pull its soldiers out and to stop arming the rebels", parts=both),
            saying(2, Act.DENY, "no soldier of ours was ever there", by=TASSE, to=ORRIN),
        ),
        (relation(RelationKind.DENIES, 2, 1),),
    )
    assert [[a.kind for a in d.answers] for d in state_of_play(given_).demands] == [[AnswerKind.DENIED], []]


def test_an_accusation_stands_until_it_is_denied_or_admitted() -> None:
    charge = saying(1, Act.ACCUSE, "Tasse of sending troops into the valley")
    denial = saying(2, Act.DENY, "any such thing", by=TASSE, to=ORRIN, said="2031-03-02", published="2031-03-02")
    admission = saying(3, Act.ACKNOWLEDGE, "sending troops into the valley", by=TASSE, to=None, published="2031-03-03")
    given_ = Given((charge, denial, admission), (relation(RelationKind.DENIES, 2, 1),))
    found = [state_of_play(given_, day_).accusations[0].status for day_ in ("2031-03-01", "2031-03-02", "2031-03-03")]
    assert found == [AccusationStatus.STANDING, AccusationStatus.DENIED, AccusationStatus.ADMITTED]


def test_an_offer_is_open_until_it_is_declined() -> None:
    offer = saying(1, Act.OFFER, "a cable across the strait")
    refusal = saying(2, Act.REJECT, "the offer", by=TASSE, to=ORRIN, published="2031-03-02")
    given_ = Given((offer, refusal), (relation(RelationKind.REJECTS, 2, 1),))
    assert [state_of_play(given_, d).offers[0].status for d in ("2031-03-01", "2031-03-02")] == [
        OfferStatus.OPEN,
        OfferStatus.DECLINED,
    ]


JUNE = DateValue("2031-06", Precision.MONTH, DateBasis.STATED, "2031-06-01", "2031-06-30")
PLEDGE = saying(1, Act.PROMISE, "to withdraw its guns by the end of June", parts=(Part("to withdraw its guns", JUNE),))


@pytest.mark.parametrize(
    ("more", "on", "status"),
    [
        ((), "2031-06-30", CommitmentStatus.OPEN),
        ((), "2031-07-01", CommitmentStatus.DUE),
        ((("failed to withdraw its guns by the day", LUSK, "2031-07-02"),), "2031-07-02", CommitmentStatus.MISSED),
        ((("failed to withdraw its guns by the day", LUSK, "2031-06-02"),), "2031-06-02", CommitmentStatus.OPEN),
        ((("all guns have been withdrawn", ORRIN, "2031-07-02"),), "2031-07-02", CommitmentStatus.DUE),
        (
            (
                ("failed to withdraw its guns", TASSE, "2031-07-02"),
                ("all guns have been withdrawn", ORRIN, "2031-07-02"),
            ),
            "2031-07-02",
            CommitmentStatus.UNKNOWN,
        ),
        (
            (
                ("failed to withdraw its guns", LUSK, "2031-07-02"),
                ("all guns have been withdrawn", ORRIN, "2031-07-02"),
            ),
            "2031-07-02",
            CommitmentStatus.MISSED,
        ),
        ((("all guns have been withdrawn", LUSK, "2031-06-20"),), "2031-06-20", CommitmentStatus.FULFILLED),
    ],
)
def test_how_a_promise_stands(more: tuple[tuple[str, ActorRef, str], ...], on: str, status: CommitmentStatus) -> None:
    told = tuple(
        saying(n, Act.ASSERT, words, by=who, to=ORRIN if who != ORRIN else TASSE, said=when, published=when)
        for n, (words, who, when) in enumerate(more, 2)
    )
    (row,) = state_of_play(Given((PLEDGE, *told)), on).commitments
    assert row.status is status
    assert status in (CommitmentStatus.OPEN, CommitmentStatus.DUE) or row.evidence


def test_two_last_days_are_two_promises() -> None:
    july = DateValue("2031-07", Precision.MONTH, DateBasis.STATED, "2031-07-01", "2031-07-31")
    again = saying(2, Act.PROMISE, "to withdraw its guns by July", parts=(Part("to withdraw its guns", july),))
    open_ = saying(3, Act.PROMISE, "to withdraw its guns")
    assert len(state_of_play(Given((PLEDGE, again))).commitments) == 2
    assert len(state_of_play(Given((PLEDGE, open_))).commitments) == 1
    assert len(state_of_play(Given((PLEDGE, again, open_))).commitments) == 3


def test_what_an_adversary_reports_is_no_promise() -> None:
    outer = saying(2, Act.ASSERT, "Orrin promised to leave", by=TASSE, to=ORRIN)
    inner = saying(3, Act.PROMISE, "to leave", nested_in="st-2")
    assert state_of_play(Given((outer, inner))).commitments == ()


def test_a_channel_is_moved_by_facts_alone() -> None:
    open_ = saying(1, Act.ASSERT, "the military hotline between the two remains open", said="2031-03-01")
    wish = saying(2, Act.ASSERT, "the military hotline with Tasse should be suspended", published="2031-03-05")
    denial = saying(3, Act.DENY, "the military hotline was ever suspended", published="2031-03-05")
    cut = Sighting("doc-9", "Tasse suspended the military hotline on Friday.", (TASSE,), "2031-03-09")
    given_ = Given((open_, wish, denial), sightings=(cut,))
    found = [state_of_play(given_, d).channels[0] for d in ("2031-03-08", "2031-03-09")]
    assert [(c.status, c.since) for c in found] == [
        (ChannelStatus.OPEN, "2031-03-01"),
        (ChannelStatus.SUSPENDED, "2031-03-09"),
    ]


def test_undated_and_later_reports_count_with_hindsight_only() -> None:
    early = saying(1, Act.DEMAND, ONE[0], said="2031-03-01", published="2031-03-01")
    later = saying(2, Act.DEMAND, ONE[1], said="2031-02-01", published="2031-09-01")
    undated = saying(3, Act.DEMAND, ONE[2], said=None, published=None)
    future = saying(4, Act.DEMAND, ONE[3], said="2031-08-01", published="2031-09-01")
    given_ = Given((early, later, undated, future))
    (row,) = state_of_play(given_, "2031-03-05").demands
    assert [u.statement for u in row.utterances] == ["st-1"]
    (row,) = state_of_play(given_, "2031-03-05", hindsight=True).demands
    assert {u.statement for u in row.utterances} == {"st-1", "st-2", "st-3"}


def test_what_changed_between_two_days() -> None:
    given_ = Given(
        (
            PLEDGE,
            saying(2, Act.DEMAND, ONE[0], published="2031-03-01"),
            saying(3, Act.DEMAND, ONE[1], said="2031-07-01", published="2031-07-01"),
            saying(4, Act.DEMAND, OTHER[0], said="2031-07-01", published="2031-07-01"),
        )
    )
    changes = difference(*(state_of_play(given_, d) for d in ("2031-03-05", "2031-07-05")))
    assert [(c.kind, c.detail) for c in changes] == [
        (ChangeKind.REPEATED, "said again"),
        (ChangeKind.NEW, "new"),
        (ChangeKind.STATUS, "open → due, no report"),
    ]
    state = state_of_play(given_, "2031-07-05")
    assert difference(state, state) == ()


@pytest.mark.parametrize(
    ("date", "last"),
    [
        (day("2031-03-05", DateBasis.META), "2031-03-05"),
        (DateValue("2031-02", Precision.MONTH, latest="2031-02-28"), "2031-02-28"),
        (DateValue("2031", Precision.YEAR), "2031-12-31"),
        (DateValue(None, earliest="2031-01-01", latest="2031-01-03"), None),
    ],
)
def test_the_last_day_a_page_can_have_come_out(date: DateValue, last: str | None) -> None:
    assert last_day(date) == last


_TEXTS = [
    *ONE,
    *OTHER,
    "to free the prisoners",
    "the military hotline between them is open",
    "monitors had been allowed in",
    "it",
]
_DAYS = st.one_of(st.none(), st.integers(1, 28).map(lambda n: f"2031-03-{n:02}"))


@st.composite
def worlds(draw: st.DrawFn) -> Given:
    sayings: list[Saying] = []
    for number in range(draw(st.integers(0, 8))):
        published = draw(_DAYS)
        said = draw(st.one_of(st.none(), st.just(published)))
        one = saying(
            number,
            draw(st.sampled_from(list(Act))),
            draw(st.sampled_from(_TEXTS)),
            draw(st.sampled_from([None, ORRIN, TASSE, LUSK])),
            draw(st.sampled_from([None, ORRIN, TASSE])),
            said,
            published,
            polarity=draw(st.sampled_from(list(Polarity))),
            modality=draw(st.sampled_from(list(Modality))),
        )
        if number and draw(st.booleans()):
            one = replace(one, nested_in=f"st-{draw(st.integers(0, number - 1))}")
        if number and draw(st.integers(0, 3)) == 0:
            one = replace(
                sayings[draw(st.integers(0, number - 1))], id=one.id, document=one.document, published=published
            )
        sayings.append(one)
    pairs = draw(
        st.lists(st.tuples(st.sampled_from(list(RelationKind)), st.integers(0, 7), st.integers(0, 7)), max_size=5)
    )
    return Given(tuple(sayings), tuple(relation(k, a, b) for k, a, b in pairs if a != b))


@settings(max_examples=150)
@given(worlds(), st.integers(1, 28), st.randoms(use_true_random=False))
def test_later_and_undated_reports_change_nothing_and_order_neither(
    world: Given, number: int, dice: random.Random
) -> None:
    on = f"2031-03-{number:02}"
    prefix = tuple(s for s in world.sayings if s.published is not None and s.published <= on)
    shuffled = list(world.sayings)
    dice.shuffle(shuffled)
    expected = state_of_play(replace(world, sayings=prefix), on)
    assert state_of_play(world, on) == expected
    assert state_of_play(replace(world, sayings=tuple(shuffled), relations=world.relations[::-1]), on) == expected


@settings(max_examples=80)
@given(worlds())
def test_other_names_change_names_and_nothing_else(world: Given) -> None:
    def other(ref: ActorRef) -> ActorRef:
        return replace(ref, name={"Orrin": "Marrow", "Tasse": "Vey"}.get(ref.name, ref.name))

    def renamed(text: str) -> str:
        return text.replace("Tasse", "Vey").replace("Orrin", "Marrow")

    changed = tuple(
        replace(
            s,
            text=renamed(s.text),
            parts=tuple(replace(p, text=renamed(p.text)) for p in s.parts),
            speakers=tuple(map(other, s.speakers)),
            sides=tuple(map(other, s.sides)),
            targets=tuple(map(other, s.targets)),
        )
        for s in world.sayings
    )
    assert renamed(repr(state_of_play(world))) == repr(state_of_play(replace(world, sayings=changed)))


@settings(max_examples=80)
@given(worlds())
def test_every_row_names_lines_that_were_given(world: Given) -> None:
    ids = {s.id for s in world.sayings}
    state = state_of_play(world)
    for _, rows in state.rows():
        for row in rows:
            sources = {u.statement for u in getattr(row, "utterances", ())} | {
                e.source for e in getattr(row, "evidence", ())
            }
            sources |= {a.source for a in getattr(row, "answers", ())}
            assert sources
            assert sources <= ids


def test_a_name_apart_from_what_is_said_of_it_is_no_row() -> None:
    parts = (Part("Tasse"), Part("of opening the sluices too late"))
    state = state_of_play(Given((saying(1, Act.ACCUSE, "Tasse … of opening the sluices too late", parts=parts),)), None)
    (row,) = state.accusations
    assert [u.part for u in row.utterances] == [1]


def test_a_demand_whose_addressee_stands_apart_is_a_row_though_no_table_knows_its_verb() -> None:
    parts = (Part("Tasse"), Part("to open the sluices of the dam"))
    state = state_of_play(Given((saying(1, Act.DEMAND, "Tasse … to open the sluices of the dam", parts=parts),)), None)
    assert [row.what for row in state.demands] == ["to open the sluices of the dam"]


@pytest.mark.parametrize("noun", ["an explanation", "an inquiry", "compensation", "an apology"])
def test_a_single_noun_that_names_a_deed_is_asked_for(noun: str) -> None:
    assert len(state_of_play(Given((saying(1, Act.DEMAND, noun),)), None).demands) == 1


@pytest.mark.parametrize(("one", "two"), [("of preparing a provocation", "of planning a provocation")])
def test_preparing_is_planning(one: str, two: str) -> None:
    state = state_of_play(Given((saying(1, Act.ACCUSE, one), saying(2, Act.ACCUSE, two))), None)
    assert [len(row.utterances) for row in state.accusations] == [2]


@pytest.mark.parametrize(
    ("full", "named", "rows"),
    [
        (["talks about the pass"], "talks", 1),
        (["talks about the pass", "talks about the price of salt"], "talks", 3),
        (["a share of the banks"], "talks", 2),
    ],
)
def test_an_offer_that_is_only_named_is_the_one_it_is_short_for(full: list[str], named: str, rows: int) -> None:
    offers = [saying(n, Act.OFFER, text) for n, text in enumerate(full)]
    agreed = saying(8, Act.AGREE, f"Orrin's offer of {named}", TASSE, ORRIN, "2031-03-04", "2031-03-04")
    inner = saying(9, Act.OFFER, named, ORRIN, None, None, "2031-03-04", presupposed=True, nested_in=agreed.id)
    state = state_of_play(Given((*offers, agreed, inner)), None)
    assert len(state.offers) == rows
    assert [row.status for row in state.offers].count(OfferStatus.ACCEPTED) == 1


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("not one of the forty prisoners has been released", CommitmentStatus.MISSED),
        ("none of the prisoners had been freed", CommitmentStatus.MISSED),
        ("one of the forty guards was dismissed", CommitmentStatus.DUE),
    ],
)
def test_that_none_was_released_is_a_promise_missed(text: str, status: CommitmentStatus) -> None:
    last = day("2031-05-31", basis=DateBasis.STATED)
    promise = saying(
        1, Act.PROMISE, "to release the forty prisoners", parts=(Part("to release the forty prisoners", last),)
    )
    told = saying(2, Act.ASSERT, text, LUSK, ORRIN, "2031-06-02", "2031-06-02", polarity=Polarity.NEGATIVE)
    (row,) = state_of_play(Given((promise, told)), "2031-06-03").commitments
    assert row.status is status


def test_who_refuses_monitors_access_keeps_them_out() -> None:
    told = saying(1, Act.REJECT, "the observers access to the camp", ORRIN, LUSK, polarity=Polarity.NEGATIVE)
    (row,) = state_of_play(Given((told,)), None).access
    assert (row.host, row.status.value) == (ORRIN, "refused")
