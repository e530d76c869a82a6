"""Small cases of several pages: what is one event, what are two, and which pages tell one story."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import permutations

from onrecord.model import Event, EventKind
from onrecord.record import EventFilter, EventRow, Record

Make = Callable[[Mapping[str, str]], Record]


#: What each outlet goes on with: words of its own in which nothing happens.
FILLING = {
    "The Brill Gazette": "The river runs past the old customs house here, and its clock is always eleven minutes slow.\n\n"
    "People in the arcade speak of little else than the price of bread, which is a matter of some pride in this quarter.",
    "The Stoll Echo": "On the quay the lamps were lit early, as they are every spring when the fog sits on the hills.\n\n"
    "A baker who has his shop beside the bridge is of the opinion that the fog is older than both countries.",
    "Marrow Post": "The hotel above the lake is known for its cherry cake and for a parrot that knows three languages.\n\n"
    "Its owner, a widow of eighty, keeps a list of all the guests who were ever rude to the bird.",
    "Canal Herald": "The south bank is flat and green there, with poplars in rows and a windmill without sails.\n\n"
    "From the north bank one sees the mill on clear days, and children learn to draw it at school.",
    "Gull Wire": "",
}


def page(outlet: str, title: str, day: str, body: str, byline: str = "Ada Crane", filled: bool = True) -> str:
    """An article as a text page: `day` is the day it came out ("13 May 2041"); `filled` ends it with the outlet's own words."""
    rest = f"\n\n{FILLING[outlet]}" if filled else ""
    return f"{outlet}\n\n{title}\n\nBy {byline}\n\n{day}\n\n{body}{rest}\n"


def of_kind(record: Record, kind: EventKind) -> list[Event]:
    return [row.event for row in record.events(EventFilter(kind=kind))]


AGENCY = """LUSK, 13 May 2041 (GW) - Shells hit a bus depot in Lusk on Monday, killing 14 people, police in the Orrinian town said.

The rounds fell before dawn, when drivers were changing shifts, and rescuers were still at work in the evening.

Nobody claimed the attack, and Tasse denied that its guns had fired across the canal that night.
"""
SHELLING = {
    "gull.txt": page("Gull Wire", "Fourteen die in Lusk", "13 May 2041", AGENCY, "Gull Wire", filled=False),
    "gazette.txt": page("The Brill Gazette", "Depot shelled", "14 May 2041", AGENCY, "Gull Wire", filled=False),
    "echo.txt": page(
        "The Stoll Echo",
        "A town counts its dead",
        "14 May 2041",
        "LUSK, 14 May 2041 - Fourteen people were killed in Lusk on Monday when shells struck the depot of the bus company, the mayor's office said.\n\n"
        "Families waited at the hospital gate through the night, and the schools stayed closed.",
        "Peer Holm",
    ),
    "post.txt": page(
        "Marrow Post",
        "Orrin asks for a session",
        "15 May 2041",
        "VEY, 15 May 2041 - Orrin asked the Harbour League on Wednesday for an urgent session, two days after shells killed 14 people in the town of Lusk.\n\n"
        "The League gave no answer by nightfall.",
        "Ilo Brand",
    ),
    "herald.txt": page(
        "Canal Herald",
        "Where the rounds came from",
        "15 May 2041",
        "LUSK, 15 May 2041 - The shelling of a bus depot in Lusk on May 13 came from the south bank, three officers said.\n\n"
        "They had measured the craters on Tuesday.",
        "Sanne Vik",
    ),
}


def test_one_attack_told_by_five_outlets_is_one_event(make_record: Make) -> None:
    record = make_record(SHELLING)
    [attack] = [e for e in of_kind(record, EventKind.ATTACK) if e.date.value == "2041-05-13"]
    assert len({m.document for m in attack.mentions}) == 5
    assert attack.place is not None and attack.place.name == "Lusk"
    assert {f.value for f in attack.figures} == {14}


TWO_ATTACKS = {
    "gazette.txt": page(
        "The Brill Gazette",
        "A day of blasts in Lusk",
        "14 May 2041",
        "LUSK, 14 May 2041 - Shells hit a bus depot in Lusk on Monday, killing 14 people, police said.\n\n"
        "Later on Monday a car bomb exploded at a market in Lusk, killing three people, police said.",
    ),
    "echo.txt": page(
        "The Stoll Echo",
        "Depot hit",
        "14 May 2041",
        "LUSK, 14 May 2041 - Shells struck a bus depot in Lusk on Monday, killing 14 people, a doctor said.",
        "Peer Holm",
    ),
    "post.txt": page(
        "Marrow Post",
        "Market bombed",
        "14 May 2041",
        "LUSK, 14 May 2041 - A bomb killed three people at a market in Lusk on Monday, the town hall said.",
        "Ilo Brand",
    ),
}


def test_two_attacks_in_one_town_on_one_day_stay_two(make_record: Make) -> None:
    record = make_record(TWO_ATTACKS)
    attacks = [e for e in of_kind(record, EventKind.ATTACK) if e.date.value == "2041-05-13"]
    killed = sorted(sorted({f.value for f in e.figures if f.of == "killed"}) for e in attacks)
    assert killed == [[3], [14]]
    assert all(len({m.document for m in e.mentions}) == 2 for e in attacks)


ANNOUNCED = {
    "before.txt": page(
        "The Brill Gazette",
        "Ministers to meet",
        "5 May 2041",
        "VEY, 5 May 2041 - Orrinian Foreign Minister Ilse Marn will meet her Tassian counterpart, Rolf Odd, in Vey on 12 May 2041, her ministry said on Sunday.",
    ),
    "after.txt": page(
        "The Stoll Echo",
        "Ministers met",
        "13 May 2041",
        "VEY, 13 May 2041 - Ilse Marn met Rolf Odd in Vey on Sunday, and both left without a word.",
        "Peer Holm",
    ),
}


def test_a_meeting_announced_and_then_held_is_one(make_record: Make) -> None:
    [meeting] = of_kind(make_record(ANNOUNCED), EventKind.MEETING)
    assert meeting.aux.value == "asserted"
    assert [m.aux.value for m in meeting.mentions] == ["future", "asserted"]


SIGNING = {
    "gazette.txt": page(
        "The Brill Gazette",
        "Fishing deal",
        "13 May 2041",
        "VEY, 13 May 2041 - Orrin and Tasse signed an agreement on fishing in Vey on Sunday.",
    ),
    "echo.txt": page(
        "The Stoll Echo",
        "Caption of the day",
        "13 May 2041",
        "VEY, 13 May 2041 - A signing ceremony of an agreement between Orrin and Tasse was held in Vey on Sunday.",
        "Peer Holm",
    ),
}


def test_a_signing_ceremony_is_the_agreement_that_was_signed(make_record: Make) -> None:
    [signed] = of_kind(make_record(SIGNING), EventKind.AGREEMENT)
    assert {p.actor.name for p in signed.parties} == {"Orrin", "Tasse"}
    assert len({m.document for m in signed.mentions}) == 2


def test_meetings_of_two_days_and_of_others_stay_apart(make_record: Make) -> None:
    pages = {
        "gazette.txt": page(
            "The Brill Gazette", "Talks", "13 May 2041", "VEY, 13 May 2041 - Ilse Marn met Rolf Odd in Vey on Sunday."
        ),
        "echo.txt": page(
            "The Stoll Echo",
            "Talks again",
            "14 May 2041",
            "VEY, 14 May 2041 - Ilse Marn met Rolf Odd in Vey on Monday.",
            "Peer Holm",
        ),
        "post.txt": page(
            "Marrow Post",
            "The League listens",
            "13 May 2041",
            "VEY, 13 May 2041 - Ilse Marn met Tove Aspen of the Harbour League in Vey on Sunday.",
            "Ilo Brand",
        ),
    }
    assert len(of_kind(make_record(pages), EventKind.MEETING)) == 3


def test_a_denied_attack_is_not_the_attack(make_record: Make) -> None:
    pages = {
        "gazette.txt": page(
            "The Brill Gazette",
            "Raid",
            "13 May 2041",
            "LUSK, 13 May 2041 - Tassian soldiers attacked an Orrinian patrol near Lusk on Sunday.",
        ),
        "echo.txt": page(
            "The Stoll Echo",
            "No raid",
            "13 May 2041",
            "LUSK, 13 May 2041 - Tassian soldiers did not attack an Orrinian patrol near Lusk on Sunday, villagers on the ridge found.",
            "Peer Holm",
        ),
    }
    told = {e.aux.value for e in of_kind(make_record(pages), EventKind.ATTACK)}
    assert "asserted" in told and "negated" in told


def test_any_order_of_arrival_tells_the_same_stories(make_record: Make) -> None:
    seen = set()
    for order in list(permutations(TWO_ATTACKS))[:3]:
        record = make_record({name: TWO_ATTACKS[name] for name in order})
        stories = tuple(
            (row.story.id, tuple(sorted(d.path.rpartition("/")[2] for d in row.documents))) for row in record.stories()
        )
        seen.add((stories, tuple(row.event.id for row in record.events())))
    assert len(seen) == 1
    [(stories, _)] = seen
    assert stories


def test_a_question_by_month_gives_what_the_whole_record_gives(make_record: Make) -> None:
    record = make_record({**ANNOUNCED, **{f"a-{k}": v for k, v in TWO_ATTACKS.items()}})
    everything = record.events()
    assert everything
    for since, until in (("2041-05", "2041-05"), ("2041", None), (None, "2041-05-12"), ("2041-05-13", "2041-05-13")):
        asked = record.events(EventFilter(since=since, until=until))
        last = (until or "9999") + "~"
        kept = [
            row
            for row in everything
            if (since is None or (row.event.date.latest or row.event.date.value or "") >= since)
            and (until is None or (row.event.date.earliest or row.event.date.value or "~") <= last)
        ]
        assert asked == kept
    for row in everything:
        assert record.event(row.event.mentions[-1].id) == row


UNDATED = {
    "undated.txt": page(
        "Canal Herald",
        "What the drivers saw",
        "15 May 2041",
        "VEY, 15 May 2041 - The shelling of a bus depot in Lusk killed 14 people.\n\nThe drivers told it over tea.",
        "Sanne Vik",
    ),
}


def test_narrowed_questions_give_what_the_whole_record_gives(make_record: Make) -> None:
    pages = {f"a-{k}": v for k, v in ANNOUNCED.items()} | {f"s-{k}": v for k, v in SIGNING.items()}
    record = make_record({**pages, "echo.txt": SHELLING["echo.txt"], **UNDATED})
    everything = record.events()
    [told] = [row for row in everything if any(d.path.endswith("undated.txt") for d in row.documents)]
    assert len(told.documents) > 1
    for size in range(1, len(everything) + 2):
        assert record.events(EventFilter(limit=size)) == everything[:size]
    assert told in record.events(EventFilter(since="2041-05", until="2041-05"))
    for name in ("Marn", "Ilse Marn", "Orrin", "Tasse", "Odd", "nobody"):
        named = [r for r in everything if any(f" {name} " in f" {n} " for n in _names(r))]
        assert record.events(EventFilter(actor=name)) == named
        assert record.events(EventFilter(actor=name, limit=1)) == named[:1]
    assert record.events(EventFilter(place="Lusk")) == [
        r for r in everything if r.event.place is not None and r.event.place.name == "Lusk"
    ]
    for row in everything:
        assert all(record.event(mention.id) == row for mention in row.event.mentions)


def _names(row: EventRow) -> list[str]:
    return [n for p in row.event.parties for n in (p.actor.name, *(row.name(side) for side in p.sides))]


def test_pages_of_two_happenings_are_two_stories(make_record: Make) -> None:
    record = make_record({**{f"a-{k}": v for k, v in SHELLING.items()}, **{f"s-{k}": v for k, v in SIGNING.items()}})
    told = [sorted(d.path.rpartition("/")[2] for d in row.documents) for row in record.stories()]
    assert sorted(told) == [sorted(f"a-{k}" for k in SHELLING), sorted(f"s-{k}" for k in SIGNING)]
