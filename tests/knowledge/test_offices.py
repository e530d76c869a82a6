"""Office terms: each names what it was checked against, and says no more than its source does."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge import Knowledge
from onrecord.knowledge.offices import OFFICE_COLUMNS, office_of
from onrecord.knowledge.tables import rows_of, table
from onrecord.model import Office
from onrecord.model.errors import KnowledgeError
from training.knowledge.check_offices import Lookup, check, checked_row, lookups

KNOWN = Knowledge.load()
TERMS = sorted(KNOWN.offices(), key=lambda t: (t.of, t.title, t.start))
DAYS = st.dates(min_value=date(1989, 1, 1), max_value=date(2030, 1, 1)).map(str)
UNCHECKED = "unverified"


def test_there_are_at_least_two_thousand_terms() -> None:
    assert len(TERMS) >= 2000


def test_most_terms_were_looked_up() -> None:
    assert sum(t.verified is not None for t in TERMS) > 0.7 * len(TERMS)


def test_the_table_says_what_the_lookups_say() -> None:
    rows = [{column: row.get(column) for column in OFFICE_COLUMNS} for row in table("offices.csv", OFFICE_COLUMNS)]
    assert check(rows, lookups())[0] == rows


def test_a_term_is_verified_exactly_when_it_has_a_source() -> None:
    assert [t for t in TERMS if (t.source == UNCHECKED) is (t.verified is not None)] == []


def test_a_lookup_names_its_file_and_the_day_up_to_which_it_reaches() -> None:
    for said in lookups():
        assert said.file
        assert said.file != UNCHECKED
        assert date.fromisoformat(said.seen)
        assert said.start[:4] <= said.seen[:4]


@settings(max_examples=300, deadline=None)
@given(term=st.sampled_from(TERMS), day=DAYS)
def test_what_is_verified_is_held(term: Office, day: str) -> None:
    assert term.held_on(day) or not term.verified_on(day)
    if term.source == UNCHECKED:
        assert not term.verified_on(day)
    elif term.verified is not None:
        assert term.verified_on(term.start)


@settings(max_examples=300, deadline=None)
@given(term=st.sampled_from(TERMS), first=DAYS, days=st.integers(min_value=0, max_value=4000))
def test_an_interval_past_what_is_known_of_an_office_has_no_holder(term: Office, first: str, days: int) -> None:
    last = date.fromordinal(min(date.fromisoformat(first).toordinal() + days, date(2039, 12, 31).toordinal()))
    known = max(t.checked for t in TERMS if t.of == term.of and KNOWN.title_fits(term.title, t))
    if str(last) > known:
        assert KNOWN.holders_between(term.title, term.of, first, str(last)) == ()


def test_terms_of_one_office_are_known_up_to_one_day() -> None:
    days: dict[tuple[str, str], set[str]] = defaultdict(set)
    for term in TERMS:
        days[term.of, term.title].add(term.checked)
    assert {office: known for office, known in days.items() if len(known) > 1} == {}


#: Offices that were held on every day from the first term on: their terms follow each other within a day or two.
NEVER_EMPTY = [
    ("state:AUS", "Prime Minister"),
    ("state:BRA", "President"),
    ("state:CAN", "Prime Minister"),
    ("state:CHN", "Premier"),
    ("state:CHN", "President"),
    ("state:DEU", "Chancellor"),
    ("state:ESP", "Prime Minister"),
    ("state:FRA", "President"),
    ("state:FRA", "Prime Minister"),
    ("state:GBR", "Defence Secretary"),
    ("state:GBR", "Foreign Secretary"),
    ("state:GBR", "Monarch"),
    ("state:GBR", "Prime Minister"),
    ("state:GRC", "Prime Minister"),
    ("state:HUN", "Prime Minister"),
    ("state:IDN", "President"),
    ("state:ISR", "Prime Minister"),
    ("state:ITA", "Prime Minister"),
    ("state:JPN", "Prime Minister"),
    ("state:MEX", "President"),
    ("state:POL", "Prime Minister"),
    ("state:RUS", "President"),
    ("state:SAU", "King"),
    ("state:USA", "President"),
    ("state:ZAF", "President"),
    ("org:UN", "Secretary-General"),
]


@pytest.mark.parametrize(("of", "title"), NEVER_EMPTY)
def test_an_office_that_is_never_empty_has_no_gap(of: str, title: str) -> None:
    terms = [t for t in TERMS if (t.of, t.title) == (of, title)]
    gaps = [
        (a.holder, a.end, b.holder, b.start)
        for a, b in pairwise(terms)
        if a.end is None or (date.fromisoformat(b.start) - date.fromisoformat(a.end)).days > 2
    ]
    assert gaps == []


#: Members of the Group of Twenty and how they call whoever leads their foreign policy.
ABROAD = {"USA": "Secretary of State", "GBR": "Foreign Secretary", "IND": "External Affairs Minister"}
TWENTY = [
    "ARG",
    "AUS",
    "BRA",
    "CAN",
    "CHN",
    "DEU",
    "FRA",
    "GBR",
    "IDN",
    "IND",
    "ITA",
    "JPN",
    "KOR",
    "MEX",
    "RUS",
    "SAU",
    "TUR",
    "USA",
    "ZAF",
]


@pytest.mark.parametrize("code", TWENTY)
def test_no_foreign_minister_is_missing_for_long(code: str) -> None:
    title = ABROAD.get(code, "Foreign Minister")
    terms = [t for t in TERMS if t.of == f"state:{code}" and KNOWN.title_fits(title, t)]
    terms = sorted(terms, key=lambda t: t.start)
    assert terms[0].start < "2000-06-01"
    gaps = [
        (a.holder, a.end, b.start)
        for a, b in pairwise(terms)
        if a.end is None or (date.fromisoformat(b.start) - date.fromisoformat(a.end)).days > 110
    ]
    assert gaps == []


SAID = Lookup("state:AAA", "President", "person:x", "2001-03-04", "2005-03-04", "a file", "2010-01-01")
RUNNING = Lookup("state:AAA", "President", "person:x", "2001-03-04", "", "a file", "2004-01-01")
YEARS = Lookup("state:AAA", "President", "person:x", "2001", "2005", "a list", "2010-01-01")


@pytest.mark.parametrize(
    ("start", "end", "said", "verified", "source"),
    [
        ("2001-03-04", "2005-03-04", [SAID], "2005-03-04", "a file"),
        ("2001-03-06", "2005-03-01", [SAID], "2005-03-01", "a file"),
        ("2001-03-04", "2005-04-04", [SAID], "", UNCHECKED),
        ("2001-02-04", "2005-03-04", [SAID], "", UNCHECKED),
        ("2001-03-04", "", [SAID], "", UNCHECKED),
        ("2001-03-04", "", [RUNNING], "2004-01-01", "a file"),
        ("2001-03-04", "2005-03-04", [RUNNING], "2004-01-01", "a file; end unverified"),
        ("2001-03-04", "2003-03-04", [RUNNING], "", UNCHECKED),
        ("2001-07-04", "2005-01-04", [YEARS], "2005-01-04", "a list"),
        ("2001-03-04", "2005-03-04", [SAID, YEARS], "2005-03-04", "a file; a list"),
        ("2001-03-04", "2005-03-04", [], "", UNCHECKED),
    ],
)
def test_what_a_file_confirms(start: str, end: str, said: list[Lookup], verified: str, source: str) -> None:
    row = {"holder": "person:x", "title": "President", "of": "state:AAA", "start": start, "end": end,
           "checked": "2006-01-01", "verified": "", "source": ""}  # fmt: skip
    made, _ = checked_row(row, said)
    assert (made["verified"], made["source"]) == (verified, source)


def test_a_disagreement_is_told_and_another_term_of_the_same_person_is_none() -> None:
    row = {"holder": "person:x", "title": "President", "of": "state:AAA", "start": "2003-03-04", "end": "2009-03-04",
           "checked": "2010-01-01", "verified": "", "source": ""}  # fmt: skip
    assert checked_row(row, [SAID])[1] == ["a file: starts 2001-03-04"]
    assert checked_row({**row, "start": "2006-01-01"}, [SAID])[1] == []


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("2001-01-01,2002-01-01,2002-01-01,2003-01-01", "up to which it is verified"),
        ("2001-01-01,,2002-01-01,2000-01-01", "up to which it is verified"),
        ("2001-01-01,2000-01-01,2002-01-01,", "not after its start"),
    ],
)
def test_a_term_verified_outside_its_days_is_refused(cells: str, message: str) -> None:
    text = f"{','.join(OFFICE_COLUMNS)}\nperson:x,President,state:AAA,{cells},a file\n"
    [row] = rows_of(text, "offices.csv", OFFICE_COLUMNS)
    with pytest.raises(KnowledgeError, match=message):
        office_of(row, "person:x", "state:AAA")


HOLDERS = [
    ("acting secretary of state", "state:USA", "2017-01-25", ["Thomas Shannon"]),
    ("secretary of state", "state:USA", "2017-01-25", []),
    ("acting president", "state:UKR", "2014-03-01", ["Oleksandr Turchynov"]),
    ("president", "state:UKR", "2014-03-01", []),
    ("alliance secretary-general", "org:NATO", "2015-01-26", ["Jens Stoltenberg"]),
    ("NATO chief", "org:NATO", "2015-01-26", []),
    ("foreign secretary", "state:IND", "2014-06-15", ["Sujatha Singh"]),
    ("foreign minister", "state:IND", "2014-06-15", ["Sushma Swaraj"]),
    ("foreign secretary", "state:GBR", "2014-06-15", ["William Hague"]),
    ("leader", "state:GBR", "2015-06-01", ["David Cameron"]),
    ("leader", "state:JPN", "2015-06-01", ["Shinzo Abe"]),
    ("leader", "state:RUS", "2009-06-01", ["Dmitry Medvedev"]),
    ("leader", "state:FRA", "2015-06-01", ["Francois Hollande"]),
    ("spokesman", "organ:RUSMFA", "2011-03-01", ["Alexander Lukashevich"]),
    ("spokeswoman", "organ:RUSMFA", "2015-08-20", ["Maria Zakharova"]),
    ("permanent representative to the UN", "state:USA", "2002-06-01", ["John Negroponte"]),
    ("US Permanent Representative", "org:NATO", "2002-06-01", []),
    ("permanent representative to NATO", "state:USA", "2002-06-01", ["Nicholas Burns"]),
    ("speaker", "organ:RADA", "2015-06-01", ["Volodymyr Groysman"]),
    ("chairman of the joint chiefs of staff", "state:USA", "2015-06-01", ["Martin Dempsey"]),
    ("defence minister", "state:UKR", "2014-08-01", ["Valeriy Heletey"]),
    ("foreign minister", "state:IRN", "2015-07-14", ["Mohammad Javad Zarif"]),
    ("foreign minister", "state:SYR", "2013-09-01", ["Walid al-Moallem"]),
    ("foreign minister", "state:RUS", "1995-06-01", ["Andrei Kozyrev"]),
    ("foreign minister", "state:FRA", "1991-01-15", ["Roland Dumas"]),
    ("top diplomat", "state:USA", "1991-01-15", ["James Baker"]),
]


@pytest.mark.parametrize(("title", "of", "day", "names"), HOLDERS)
def test_who_held_it_on_that_day(title: str, of: str, day: str, names: list[str]) -> None:
    assert [h.name for h in KNOWN.holders(title, of, day)] == names
