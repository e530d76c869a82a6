"""The publication date inferred from what a page tells, with invented people, offices and states."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from dated_pages import page

from onrecord.knowledge import Knowledge
from onrecord.knowledge.happenings import HappeningKind, Happenings, KnownHappening
from onrecord.model import UNKNOWN_DATE, DateBasis, DateEvidence, DateValue, Office, Precision, day
from onrecord.resolution.dates import KnowledgeTerms, date_statements, infer_published


@dataclass(frozen=True)
class Table:
    """Terms by person: each is (title, whose, start, end or None)."""

    rows: dict[str, list[tuple[str, str, str, str | None]]]

    source: str = "invented"
    verified: str | None = None

    def _all(self, person: str) -> list[Office]:
        return [
            Office(person, title, of, start, end, "2040-01-01", self.source, self.verified)
            for title, of, start, end in self.rows.get(person, [])
        ]

    def terms(self, person: str, title: str, of: str) -> Sequence[Office]:
        return [t for t in self._all(person) if t.title == title.lower() and (not of or t.of == of)]

    def only_term(self, person: str, title: str, of: str) -> Sequence[Office]:
        there = [t for t in self._all(person) if t.of == of]
        return there if len(there) == 1 and title else ()

    def called(self, words: str, term: Office) -> bool:
        return words.lower().endswith(term.title)


TABLE = Table(
    {
        "Anna Kolb": [("foreign minister", "Arvenian", "2026-03-01", "2028-02-01")],
        "Otto Berg": [("president", "Tolmian", "2024-05-01", "2029-05-01")],
        "Ida Vann": [("foreign minister", "Arvenian", "2028-02-01", "2029-08-01")],
        "Per Holt": [("chancellor", "Ostran", "2020-01-01", None)],
        "Mia Lund": [
            ("president", "Ostran", "2020-01-01", "2022-01-01"),
            ("president", "Ostran", "2028-01-01", "2030-01-01"),
        ],
    }
)
HAPPENINGS = Happenings(
    [
        KnownHappening("Tolm summit", ("Tolm summit", "summit in Tolm"), HappeningKind.SUMMIT, "2027-09-03", "2027-09-04", "invented"),
        KnownHappening("Accord of Aresk", ("Aresk accord",), HappeningKind.TREATY, "2028-03-01", "2028-03-01", "invented"),
        KnownHappening("war", ("war in Veyra", "invasion of Veyra"), HappeningKind.WAR, "2027-12-01", "2027-12-01", "invented"),
        KnownHappening("Port vote", ("port referendum",), HappeningKind.REFERENDUM, "2028-05-02", "2028-05-02", "unverified"),
    ]
)  # fmt: skip
STORY = "Envoys of both states met in Tolm on July 10.\n"


def inferred(marked: str, published: DateValue = UNKNOWN_DATE, table: Table = TABLE) -> DateValue:
    document, reading = page(marked, published)
    return infer_published(document, reading, table, HAPPENINGS)


def test_terms_that_leave_one_july() -> None:
    found = inferred(STORY + "{M:Arvenian foreign minister|Anna Kolb} met {M:Tolmian president|Otto Berg} before 2029.")
    assert found.value is None  # a sentence that tells of another year is no evidence of who holds office now
    found = inferred(STORY + "{M:Arvenian foreign minister|Ida Vann} met {M:Tolmian president|Otto Berg} there.")
    assert (found.value, found.precision, found.basis, found.inferred) == (
        "2028-07-10", Precision.DAY, DateBasis.OFFICE_HOLDERS, True,
    )  # fmt: skip


def test_the_answer_follows_the_evidence() -> None:
    text = STORY + "{M:Arvenian foreign minister|NAME} met {M:Ostran president|Mia Lund} there."
    assert inferred(text.replace("NAME", "Ida Vann")).value is None  # July 2028 and July 2029
    weekday = text.replace("on July 10", "on Monday, July 10")
    assert inferred(weekday.replace("NAME", "Ida Vann")).value == "2028-07-10"
    assert inferred(weekday.replace("NAME", "Anna Kolb")).value is None  # their terms share no Monday, July 10


def test_without_evidence_it_abstains() -> None:
    assert inferred(STORY) == UNKNOWN_DATE
    assert inferred(STORY + "Foreign minister Nils Aho met {M:Tolmian president|Nils Aho} there.") == UNKNOWN_DATE


def test_bounds_where_several_days_are_left() -> None:
    found = inferred(STORY + "{M:Tolmian president|Otto Berg} was there.")
    assert (found.value, found.earliest, found.latest) == (None, "2024-07-10", "2028-07-10")
    assert not found.inferred


def test_an_open_term_has_no_last_day() -> None:
    found = inferred(STORY + "{M:Ostran chancellor|Per Holt} was there.")
    assert (found.value, found.earliest, found.latest) == (None, "2020-01-01", None)


@pytest.mark.parametrize("word", ["former", "ex-", "incoming", "future", "then-"])
def test_a_former_or_coming_holder_is_no_evidence(word: str) -> None:
    gap = "" if word.endswith("-") else " "
    assert inferred(STORY + f"It was {word}{gap}{{M:Tolmian president|Otto Berg}} who came.") == UNKNOWN_DATE


def test_contradiction_changes_nothing() -> None:
    text = "{M:Arvenian foreign minister|Anna Kolb} met {M:Arvenian foreign minister|Ida Vann} there."
    assert inferred(STORY + text) == UNKNOWN_DATE


def test_another_day_beside_the_story_leaves_the_day_open() -> None:
    text = STORY + "{M:Arvenian foreign minister|Ida Vann} met {M:Tolmian president|Otto Berg} there.\n"
    assert inferred(text + "Two were hurt in a blast on July 12.").value is None
    assert inferred(text + "Two were hurt in a blast on Friday.").value is None
    assert inferred(text + "The two will meet again on July 12.").value == "2028-07-10"
    assert inferred(text + "On July 12 the minister is to fly home.").value == "2028-07-10"


def test_dateline_and_weekday_decide_within_bounds() -> None:
    bounds = DateValue(
        None, Precision.INTERVAL, DateBasis.URL, earliest="2026-01-01", latest="2031-12-31",
        evidence=(DateEvidence(DateBasis.URL, None, "the address"),),
    )  # fmt: skip
    found = inferred("{D:TOLM, Thursday, May 15} - The port was closed.", bounds)
    assert found.value == "2031-05-15"
    assert found.inferred
    assert inferred("{D:TOLM, May 15} - The port was closed.", bounds).value is None


def test_copyright_is_the_last_year() -> None:
    text = STORY + "{M:Arvenian foreign minister|Anna Kolb} was there.\n{F:© 2026 The Tolm Courier}"
    assert inferred(text).value == "2026-07-10"


def test_an_office_set_before_the_name() -> None:
    text = STORY + "The new Arvenian foreign minister, {M:|Ida Vann}, met {M:Tolmian president|Otto Berg} there."
    assert inferred(text).value == "2028-07-10"
    assert inferred(text.replace("new", "former")).value is None


def test_a_term_that_began_some_weeks_ago() -> None:
    text = STORY.replace("July 10", "March 24") + "{M:Ostran chancellor|Per Holt}, who took office TIME, was there."
    assert inferred(text.replace("TIME", "twelve weeks ago")).value == "2020-03-24"
    assert inferred(text.replace("TIME", "three weeks ago")).value is None
    assert inferred(text.replace("TIME", "some weeks ago")).value is None


#: the sentence beside Otto Berg's term (2024-05-01 to 2029-05-01), with the first and last July 10 it leaves
_TOLD = [
    ("They have not met since the Tolm summit.", "2028-07-10", "2028-07-10"),
    ("They agreed on it at the Tolm summit.", "2028-07-10", "2028-07-10"),
    ("They spoke of the Tolm summit.", "2024-07-10", "2028-07-10"),
    ("They will sign it at the Tolm summit.", "2024-07-10", "2028-07-10"),
    ("It is on the list of the upcoming Tolm summit.", "2024-07-10", "2027-07-10"),
    ("Both sides broke the Aresk accord.", "2028-07-10", "2028-07-10"),
    ("Both sides hope for an Aresk accord.", "2024-07-10", "2028-07-10"),
    ("They fear an invasion of Veyra.", "2024-07-10", "2028-07-10"),
    ("Trade has stopped since the invasion of Veyra.", "2028-07-10", "2028-07-10"),
    ("Trade has stopped since the port referendum.", "2024-07-10", "2028-07-10"),
]


@pytest.mark.parametrize(("told", "first", "last"), _TOLD)
def test_known_happenings_cut_the_years(told: str, first: str, last: str) -> None:
    found = inferred(STORY + "{M:Tolmian president|Otto Berg} was there.\n" + told)
    assert (found.earliest, found.latest) == (first, last)
    assert found.value == (first if first == last else None)


def test_what_nobody_looked_up_narrows_nothing() -> None:
    text = STORY + "{M:Arvenian foreign minister|Ida Vann} met {M:Tolmian president|Otto Berg} there."
    assert inferred(text).value == "2028-07-10"
    assert inferred(text, table=Table(TABLE.rows, "unverified")) == UNKNOWN_DATE
    begun = Table(TABLE.rows, "a gazette", "2028-02-05")  # the source saw the terms begin, not end
    found = inferred(text, table=begun)
    assert (found.value, found.earliest, found.latest) == (None, "2028-02-01", None)


def test_what_nobody_looked_up_keeps_a_value_back_that_it_speaks_against() -> None:
    """The unverified referendum of 2028-05-02 is told as past: a page of July 2026 would not know it."""
    text = (
        STORY
        + "{M:Arvenian foreign minister|Anna Kolb} was there.\nIt was before the vote.\n{F:© 2026 The Tolm Courier}"
    )
    assert inferred(text).value == "2026-07-10"
    assert inferred(text.replace("before the vote", "after the port referendum")).value is None


def test_the_only_term_stands_for_a_title_that_is_wrong() -> None:
    text = STORY + "{M:Arvenian president|Ida Vann} met {M:Tolmian president|Otto Berg} there."
    found = inferred(text)
    assert found.value == "2028-07-10"
    assert any("only office Ida Vann held there (foreign minister)" in e.detail for e in found.evidence)
    assert (
        inferred(text.replace("Arvenian president|Ida Vann", "Ostran chancellor|Mia Lund")).value is None
    )  # two terms


def test_a_weekday_decides_where_bounds_leave_a_week() -> None:
    bounds = DateValue(None, Precision.INTERVAL, DateBasis.URL, "2031-05-10", "2031-05-15", weekday="Wednesday")
    assert inferred("He said it was over.", bounds).value == "2031-05-14"
    wide = replace(bounds, latest="2031-05-21")
    assert inferred("He said it was over.", wide).value is None


def test_a_later_day_over_the_end_of_the_year_leaves_the_day_open() -> None:
    text = "Envoys of both states met in Tolm on Dec. 30.\n{M:Arvenian foreign minister|Ida Vann} met {M:Tolmian president|Otto Berg} there.\n"
    assert inferred(text).value == "2028-12-30"
    assert inferred(text + "Two were hurt in a blast on Jan. 2.").value is None


def test_a_page_with_a_date_keeps_it() -> None:
    own = day("2027-07-11", DateBasis.URL)
    assert inferred(STORY + "{M:Tolmian president|Otto Berg} was there.", own) == own


def test_evidence_says_what_it_was_inferred_from() -> None:
    document, reading = page(
        STORY + "{M:Arvenian foreign minister|Ida Vann} met {M:Tolmian president|Otto Berg} there.", UNKNOWN_DATE
    )
    found = infer_published(document, reading, TABLE)
    said = {e.span.of(document.text): e.detail for e in found.evidence if e.span is not None}
    assert set(said) == {"July 10", "Arvenian foreign minister Ida Vann", "Tolmian president Otto Berg"}
    assert all("inferred from" in detail for words, detail in said.items() if words != "July 10")


def test_dates_of_statements_follow_the_inferred_day() -> None:
    text = "{S:Ida Vann} {C:said} on July 10 {T:it was over}.\n{M:Arvenian foreign minister|Ida Vann} met {M:Tolmian president|Otto Berg}."
    document, reading = page(text, UNKNOWN_DATE)
    (before,) = date_statements(document, reading).statements
    assert before.date.value is None
    published = infer_published(document, reading, TABLE)
    (after,) = date_statements(replace(document, published=published), reading).statements
    assert (after.date.value, after.date.inferred) == ("2028-07-10", True)


def test_two_hundred_pages_with_and_without_enough_evidence() -> None:
    """At least .95 of the pages it dates are right, and false dates are at most .01 of all pages."""
    draw = random.Random(7)
    dated = right = enough = 0
    for _ in range(200):
        true = datetime.date(2001, 1, 1) + datetime.timedelta(days=draw.randrange(12_000))
        rows: dict[str, list[tuple[str, str, str, str | None]]] = {}
        lines = [
            f"Envoys met in Tolm on {true:%A, %B} {true.day}."
            if draw.random() < 0.5
            else f"Envoys met in Tolm on {true:%B} {true.day}."
        ]
        for who in range(draw.randrange(4)):
            name = f"Anna K{'abcd'[who]}lb"
            start = true - datetime.timedelta(days=draw.randrange(1, 2000))
            end = true + datetime.timedelta(days=draw.randrange(1, 2000))
            rows[name] = [("president", "Arvenian", start.isoformat(), end.isoformat())]
            if draw.random() < 0.8:
                lines.append(f"It was {{M:Arvenian president|{name}}} who spoke.")
            else:
                lines.append(f"It was former {{M:Arvenian president|{name}}} who spoke.")
                rows[name] = [("president", "Arvenian", "1990-01-01", "1994-01-01")]
        document, reading = page("\n".join(lines), UNKNOWN_DATE)
        found = infer_published(document, reading, Table(rows))
        enough += len(rows) > 0
        dated += found.value is not None
        right += found.value == true.isoformat()
    assert dated >= enough / 5
    assert right >= 0.95 * dated
    assert dated - right <= 0.01 * 200


def test_terms_of_the_tables() -> None:
    terms = KnowledgeTerms(Knowledge.load())
    assert terms.terms("Nobody Known", "president", "") == ()
    assert terms.terms("Nobody Known", "president", "Nowhere") == ()
    office = Knowledge.load().offices()[0]
    holder = Knowledge.load().actor(office.holder)
    assert holder is not None
    assert office in terms.terms(holder.name, office.title, "")
