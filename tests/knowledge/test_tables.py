"""The tables: every row has its columns, its source and references that exist; terms neither overlap nor run for ever."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge import Knowledge, NameForm
from onrecord.knowledge.actors import ORGANISATION_COLUMNS, PERSON_COLUMNS, STATE_COLUMNS
from onrecord.knowledge.agents import AGENT_COLUMNS
from onrecord.knowledge.members import MEMBER_COLUMNS
from onrecord.knowledge.offices import OFFICE_COLUMNS, TITLE_COLUMNS
from onrecord.knowledge.organs import ORGAN_COLUMNS
from onrecord.knowledge.places import PLACE_COLUMNS
from onrecord.knowledge.press import AGENCY_COLUMNS
from onrecord.knowledge.tables import table
from onrecord.model import ActorKind, Office

KNOWN = Knowledge.load()
TABLES = {
    "agencies.csv": AGENCY_COLUMNS,
    "agents.csv": AGENT_COLUMNS,
    "members.csv": MEMBER_COLUMNS,
    "offices.csv": OFFICE_COLUMNS,
    "organisations.csv": ORGANISATION_COLUMNS,
    "organs.csv": ORGAN_COLUMNS,
    "persons.csv": PERSON_COLUMNS,
    "places.csv": PLACE_COLUMNS,
    "states.csv": STATE_COLUMNS,
    "titles.csv": TITLE_COLUMNS,
}
#: The codes of the PLOVER 2.0 manual and those of the NGEC coder that extends it.
SECTORS = frozenset(
    [
        "AGR",
        "BUS",
        "CRM",
        "COP",
        "CVL",
        "EDU",
        "ELI",
        "ENV",
        "GOV",
        "HLH",
        "HRI",
        "IGO",
        "JRN",
        "JUD",
        "LAB",
        "LEG",
        "MED",
        "MIL",
        "NGO",
        "OPP",
        "PRE",
        "PRM",
        "PTY",
        "RAD",
        "REB",
        "REF",
        "REL",
        "SOC",
        "SPY",
        "UAF",
        "UNK",
        "JNK",
        "BUD",
        "CHR",
        "HIN",
        "JEW",
        "MUS",
    ]
)
DATES = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 1, 1))


@pytest.mark.parametrize("name", TABLES)
def test_every_row_names_its_source(name: str) -> None:
    rows = list(table(name, TABLES[name]))
    assert rows
    for row in rows:
        assert row.need("source")


@pytest.mark.parametrize("name", [n for n, columns in TABLES.items() if "sector" in columns])
def test_sectors_are_codes_of_the_manual(name: str) -> None:
    assert {row.get("sector") for row in table(name, TABLES[name])} <= SECTORS | {""}


def test_ids_are_unique() -> None:
    for name in ("states.csv", "organisations.csv", "persons.csv"):
        ids = [row.get("id") for row in table(name, TABLES[name])]
        assert len(ids) == len(set(ids))


def test_what_actors_belong_to_exists() -> None:
    for entry in KNOWN.actors():
        assert entry.actor.part_of is None or KNOWN.actor(entry.actor.part_of) is not None, entry.actor.id


def test_members_and_their_organisations_exist() -> None:
    for row in table("members.csv", MEMBER_COLUMNS):
        assert KNOWN.actor(row.get("organisation")) is not None, row
        assert KNOWN.actor(row.get("member")) is not None, row


def _by_office() -> dict[tuple[str, str], list[Office]]:
    found: dict[tuple[str, str], list[Office]] = defaultdict(list)
    for term in KNOWN.offices():
        found[term.of, term.title].append(term)
    return {office: sorted(terms, key=lambda t: t.start) for office, terms in found.items()}


#: Offices that several hold at once: a ministry's spokespeople brief by turns.
SHARED = {("organ:CHNMFA", "Spokesperson")}


def test_terms_of_one_office_do_not_overlap() -> None:
    for office, terms in _by_office().items():
        if office in SHARED:
            continue
        for first, second in pairwise(terms):
            assert first.end is not None, first
            assert first.end <= second.start, (first, second)


def test_gaps_between_terms_are_short_where_an_office_is_never_empty() -> None:
    never_empty = [("state:RUS", "President"), ("state:USA", "President"), ("state:DEU", "Chancellor"), ("state:GBR", "Prime Minister"),
                   ("state:FRA", "President"), ("org:UN", "Secretary-General"), ("state:JPN", "Prime Minister")]  # fmt: skip
    offices = _by_office()
    for office in never_empty:
        for first, second in pairwise(offices[office]):
            assert first.end is not None
            assert (date.fromisoformat(second.start) - date.fromisoformat(first.end)).days <= 1, (first, second)


def test_no_open_term_runs_past_the_day_it_was_checked() -> None:
    for term in KNOWN.offices():
        if term.end is None:
            assert term.held_on(term.checked)
            assert not term.held_on(term.checked + "x")
            assert not term.held_on("9999-12-31")


@settings(max_examples=200, deadline=None)
@given(term=st.sampled_from(sorted(KNOWN.offices(), key=lambda t: (t.of, t.title, t.start))), when=DATES)
def test_no_holder_is_returned_on_a_day_outside_the_term(term: Office, when: object) -> None:
    day = str(when)
    for holder in KNOWN.holders(term.title, term.of, day):
        assert any(t.held_on(day) and t.of == term.of for t in KNOWN.offices_of(holder.id))
    held = term.start <= day and (day < term.end if term.end is not None else day <= term.checked)
    assert (term.holder in {h.id for h in KNOWN.holders(term.title, term.of, day)}) >= held
    between = {h.id for h in KNOWN.holders_between(term.title, term.of, day, day)}
    assert between == {h.id for h in KNOWN.holders(term.title, term.of, day)}


NAMED = [
    ("Russia", None, "state:RUS", NameForm.NAME),
    ("the Russian Federation", None, "state:RUS", NameForm.NAME),
    ("Moscow", None, "state:RUS", NameForm.CAPITAL),
    ("Moscow", "1985-01-01", "state:RUS", NameForm.CAPITAL),
    ("the Russians", None, "state:RUS", NameForm.DEMONYM),
    ("the Kremlin", None, "state:RUS", NameForm.METONYM),
    ("Kiev", None, "state:UKR", NameForm.CAPITAL),
    ("Kyiv", None, "state:UKR", NameForm.CAPITAL),
    ("U.S.", None, "state:USA", NameForm.NAME),
    ("the US", None, "state:USA", NameForm.NAME),
    ("Washington", None, "state:USA", NameForm.CAPITAL),
    ("Whitehall", None, "state:GBR", NameForm.METONYM),
    ("Britons", None, "state:GBR", NameForm.DEMONYM),
    ("the Élysée", None, "state:FRA", NameForm.METONYM),
    ("Türkiye", None, "state:TUR", NameForm.NAME),
    ("Burma", None, "state:MMR", NameForm.NAME),
    ("USSR", None, "state:SUN", NameForm.NAME),
    ("NATO", None, "org:NATO", NameForm.NAME),
    ("Nato", None, "org:NATO", NameForm.NAME),
    ("the North Atlantic Treaty Organization", None, "org:NATO", NameForm.NAME),
    ("the NATO-Russia Council", None, "forum:NRC", NameForm.NAME),
    ("Organization for Security and Cooperation in Europe", None, "org:OSCE", NameForm.NAME),
    ("U.N. Security Council", None, "forum:UNSC", NameForm.NAME),
    ("Verkhovna Rada", None, "organ:RADA", NameForm.NAME),
    ("Russian-backed separatists", "2015-01-26", "group:SEPUKR", NameForm.NAME),
    ("Jens Stoltenberg", None, "person:jens-stoltenberg", NameForm.NAME),
]


@pytest.mark.parametrize(("words", "date", "actor", "form"), NAMED)
def test_a_name_names(words: str, date: str | None, actor: str, form: NameForm) -> None:
    found = {n.actor.id: n.form for n in KNOWN.actors_named(words, date)}
    assert found.get(actor) is form


@pytest.mark.parametrize(
    "words", ["us", "it", "moscow", "eu", "is", "who", "", "the", "Nowhereland", "mali's own words"]
)
def test_other_words_name_nobody(words: str) -> None:
    assert KNOWN.actors_named(words) == ()


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Sergey Lavrov", "person:sergei-lavrov"),
        ("Sergei Lavrov", "person:sergei-lavrov"),
        ("Volodymyr Zelenskyy", "person:volodymyr-zelensky"),
        ("Volodymyr Zelenskiy", "person:volodymyr-zelensky"),
        ("Dmitri Peskov", "person:dmitry-peskov"),
        ("Aleksandr Lukashenko", "person:alexander-lukashenko"),
        ("François Hollande", "person:francois-hollande"),
        ("Recep Tayyip Erdoğan", "person:recep-tayyip-erdogan"),
    ],
)
def test_transliterations_are_one_person(name: str, same: str) -> None:
    assert [p.id for p in KNOWN.people(name)] == [same]


HOLDERS = [
    ("foreign minister", "state:RUS", "2015-05-19", ["Sergei Lavrov"]),
    ("top diplomat", "state:RUS", "2015-05-19", ["Sergei Lavrov"]),
    ("Minister of Foreign Affairs", "state:RUS", "2001-01-01", ["Igor Ivanov"]),
    ("foreign minister", "state:RUS", "2040-01-01", []),
    ("Secretary-General", "org:NATO", "2015-01-26", ["Jens Stoltenberg"]),
    ("chief", "org:NATO", "2014-09-30", ["Anders Fogh Rasmussen"]),
    ("chief", "org:NATO", "2014-10-01", ["Jens Stoltenberg"]),
    ("president", "org:NATO", "2015-01-26", []),
    ("president", "state:UKR", "2017-07-10", ["Petro Poroshenko"]),
    ("president", "state:UKR", "2014-03-01", []),
    ("secretary of state", "state:USA", "2017-07-09", ["Rex Tillerson"]),
    ("top diplomat", "state:USA", "2013-03-01", ["John Kerry"]),
    ("defense secretary", "state:USA", "2015-06-01", ["Ash Carter"]),
    ("foreign secretary", "state:GBR", "2015-06-01", ["Philip Hammond"]),
    ("chancellor", "state:DEU", "2015-06-01", ["Angela Merkel"]),
    ("president", "state:DEU", "2015-06-01", ["Joachim Gauck"]),
    ("leader", "state:USA", "2015-06-01", ["Barack Obama"]),
    ("president", "organ:EUCO", "2015-06-01", ["Donald Tusk"]),
    ("head", "organ:EC", "2015-06-01", ["Jean-Claude Juncker"]),
    ("foreign policy chief", "org:EU", "2015-06-01", ["Federica Mogherini"]),
    ("secretary-general", "org:UN", "2006-12-31", ["Kofi Annan"]),
    ("secretary-general", "org:UN", "2007-01-01", ["Ban Ki-moon"]),
    ("ambassador to NATO", "state:USA", "2015-06-01", ["Douglas Lute"]),
    ("ambassador to the UN", "state:USA", "2015-06-01", ["Samantha Power"]),
    ("gardener", "state:USA", "2015-06-01", []),
]


@pytest.mark.parametrize(("title", "of", "date", "names"), HOLDERS)
def test_holders_on_a_day(title: str, of: str, date: str, names: list[str]) -> None:
    assert [h.name for h in KNOWN.holders(title, of, date)] == names


@pytest.mark.parametrize(
    ("member", "organisation", "date", "is_one"),
    [
        ("state:POL", "org:NATO", "1999-03-11", False),
        ("state:POL", "org:NATO", "1999-03-12", True),
        ("state:GBR", "org:EU", "2020-01-31", True),
        ("state:GBR", "org:EU", "2020-02-01", False),
        ("state:RUS", "forum:G8", "2014-03-24", False),
        ("state:FIN", "org:NATO", "2015-01-01", False),
    ],
)
def test_membership_on_a_day(member: str, organisation: str, date: str, is_one: bool) -> None:
    assert KNOWN.is_member(member, organisation, date) is is_one


@pytest.mark.parametrize(
    ("words", "countries", "name", "country"),
    [
        ("Kiev", (), "Kyiv", "UA"),
        ("KIEV", (), "Kyiv", "UA"),
        ("Brussels", (), "Brussels", "BE"),
        ("Munich", (), "Munich", "DE"),
        ("Leningrad", (), "Saint Petersburg", "RU"),
        ("Birmingham", ("US",), "Birmingham", "US"),
        ("Birmingham", ("GB",), "Birmingham", "GB"),
        ("NATO headquarters", (), "Brussels", "BE"),
        ("Crimea", (), "Crimea", "UA"),
    ],
)
def test_place(words: str, countries: tuple[str, ...], name: str, country: str) -> None:
    place = KNOWN.place(words, countries)
    assert place is not None
    assert (place.name, place.country) == (name, country)
    assert place.lat is not None


@pytest.mark.parametrize("words", ["Springfield", "brussels", "Nowhere at All", "San Jose", ""])
def test_a_place_that_cannot_be_told_is_none(words: str) -> None:
    assert KNOWN.place(words) is None


def test_persons_of_the_tables_have_an_office_and_states_a_code() -> None:
    holders = {t.holder for t in KNOWN.offices()}
    for entry in KNOWN.actors():
        if entry.actor.kind is ActorKind.PERSON:
            assert entry.actor.id in holders
        if entry.actor.kind is ActorKind.STATE:
            assert entry.actor.country is not None
            assert len(entry.actor.country) == 3
