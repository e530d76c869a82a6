"""Nobody is given an office outside the term: not by the tables, and not by a page of any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.knowledge import Knowledge
from onrecord.model import ActorKind, Office
from tests.resolution.world import resolve

FIRST, LAST = date(1990, 1, 1), date(2035, 12, 31)
DAYS = st.dates(FIRST, LAST)
TITLES = [
    "president",
    "prime minister",
    "foreign minister",
    "secretary-general",
    "head",
    "leader",
    "chief",
    "spokesman",
]


@pytest.fixture(scope="module")
def tables() -> Knowledge:
    """The project's own tables."""
    return Knowledge.load()


def _held(term: Office, day: str) -> bool:
    """Held on `day`, written once more from the words of the type: no term is valid past its end or past its check."""
    return term.start <= day and (day < term.end if term.end is not None else day <= term.checked)


@given(data=st.data(), day=DAYS)
def test_every_holder_of_a_day_holds_the_office_on_it(tables: Knowledge, data: st.DataObject, day: date) -> None:
    term = data.draw(st.sampled_from(tables.offices()))
    title = data.draw(st.sampled_from([term.title, *TITLES]))
    for holder in tables.holders(title, term.of, day.isoformat()):
        mine = [t for t in tables.offices_of(holder.id) if t.of == term.of and tables.title_fits(title, t)]
        assert any(_held(t, day.isoformat()) for t in mine)


@given(data=st.data(), shift=st.integers(0, 4000))
def test_after_the_end_and_before_the_start_there_is_another_one_or_nobody(
    tables: Knowledge, data: st.DataObject, shift: int
) -> None:
    term = data.draw(st.sampled_from(tables.offices()))
    first = date.fromisoformat(term.start) - timedelta(1 + shift)
    last = date.fromisoformat(term.end or term.checked) + timedelta(shift if term.end else shift + 1)
    for day in (first.isoformat(), last.isoformat()):
        found = tables.offices_of(term.holder, day)
        assert term not in found
        holders = {h.id for h in tables.holders(term.title, term.of, day)}
        assert term.holder not in holders or any(
            t.of == term.of and tables.title_fits(term.title, t) and _held(t, day) for t in found
        )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), day=DAYS)
def test_no_page_names_a_holder_whose_term_it_is_not(tables: Knowledge, data: st.DataObject, day: date) -> None:
    """ "The French president" on any day: whoever is found by the office alone holds it on that very day."""
    term = data.draw(st.sampled_from(tables.offices()))
    of = tables.actor(term.of)
    assert of is not None
    statement = resolve(tables, f"[[{of.name}'s {term.title}]] said the bridge was open.", day.isoformat()).reading
    for speaker in statement.statements[-1].speakers:
        actor = tables.actor(speaker.id or "")
        if actor is not None and actor.kind is ActorKind.PERSON:
            assert any(_held(t, day.isoformat()) for t in tables.offices_of(actor.id))


ON_DAYS = [
    ("[[The Valdorian foreign minister]] said so.", "2037-12-31", []),
    ("[[The Valdorian foreign minister]] said so.", "2038-01-01", ["Ada Merrow"]),
    ("[[The Valdorian foreign minister]] said so.", "2041-05-31", ["Ada Merrow"]),
    ("[[The Valdorian foreign minister]] said so.", "2041-06-01", []),
    ("[[The Valdorian foreign minister]] said so.", "2041-06-02", ["Tobin Hale"]),
    ("[[The Valdorian president]] said so.", "2041-05-31", ["Rurik Stane"]),
    ("[[The Valdorian president]] said so.", "2041-06-01", ["Ada Merrow"]),
]


@pytest.mark.parametrize(("text", "day", "names"), ON_DAYS)
def test_the_days_at_the_edges_of_terms(known: Knowledge, text: str, day: str, names: list[str]) -> None:
    assert [s.name for s in resolve(known, text, day).reading.statements[-1].speakers] == names
