"""When statements were made, on invented pages: one line each, the published day, the text, and what is wanted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dated_pages import page
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import UNKNOWN_DATE, DateBasis, DateValue, Precision, Span, TimeOrder, day
from onrecord.resolution.dates import date_statements

WEDNESDAY = day("2031-05-14", DateBasis.META)

#: text (one sentence a line), the wanted dates in order of the statements, "-" for none.
_CASES = {
    "a fronted occasion without a comma": (
        "Anna Kolb spoke by telephone with Otto Berg this morning.\nDuring the conversation {S:the minister} {C:stressed} {T:that the port was closed}.",
        "2031-05-14",
    ),
    "an update under a time of day": (
        "19:42\n{S:The Council} has {C:condemned} {T:the raid}.\n18:15\n{S2:Otto Berg} {C2:says} {T2:the port is open}.",
        "2031-05-14 2031-05-14",
    ),
    "updates with halves of the day": (
        "7.42 p.m. GMT - Council meets\n{S:The Council} {C:condemned} {T:the raid}.\n11:15 am\n{S2:Otto Berg} {C2:says} {T2:the port is open}.",
        "2031-05-14 2031-05-14",
    ),
    "one time of day is no list of updates": ("19:42\n{S:The Council} has {C:condemned} {T:the raid}.", "-"),
    "updates over midnight may be of two days": (
        "00:10\n{S:The Council} {C:condemned} {T:the raid}.\n23:50\n{S2:Otto Berg} {C2:said} {T2:the port was open}.\n01:10\nEnd.",
        "- -",
    ),
    "a standing denial in an update": (
        "19:42\n{S:Arvenia} {C:denies} {T:arming the rebels}.\n18:15\n{S2:Otto Berg} had {C2:said} {T2:the port was open}.",
        "- -",
    ),
    "the issuer's own release": (
        "Statement by the Ministry of Ports of Arvenia\n{S:The Ministry} {C:condemns} {T:the raid}.\n{S2:The Ministry} had {C2:warned} {T2:of raids}.",
        "2031-05-14 -",
    ),
    "the turns of an interview whose day is told": (
        "Broadcast: 28 November 2030\n{S:ANNA KOLB}{C::} {T:The port is closed}.\n{S2:Otto Berg} {C2:says} {T2:it is open}.",
        "2030-11-28 -",
    ),
    "an interview of two days": (
        "Recorded on 27 November 2030\nBroadcast: 28 November 2030\n{S:ANNA KOLB}{C::} {T:The port is closed}.",
        "-",
    ),
    "what another says in a release": (
        "Statement by the Ministry of Ports of Arvenia\n{S:Korvath} {C:denies} {T:the raid}.\n{S2:Otto Berg} {C2:says} {T2:it was no raid}.",
        "- -",
    ),
    "weekday beside the cue": ("{S:Anna Kolb} {C:said} Monday {T:the port was closed}.", "2031-05-12"),
    "weekday of the day of publication": ("{S:Anna Kolb} {C:said} on Wednesday {T:the port was closed}.", "2031-05-14"),
    "fronted date": ("On May 3, {S:Anna Kolb} {C:warned} {T:of war}.", "2031-05-03"),
    "relative day": ("{S:Anna Kolb} {C:told} reporters yesterday {T:that the port was closed}.", "2031-05-13"),
    "month only": ("{S:Anna Kolb} {C:said} last month {T:that the port was closed}.", "2031-04"),
    "year only": ("In 2029, {S:Anna Kolb} {C:said} {T:that the port was closed}.", "2029"),
    "the date inside the content is not the saying's": (
        "{S:Anna Kolb} {C:said} {T:the port was closed on Monday}.",
        "-",
    ),
    "a thing's year is not the saying's": ("After the 2027 raid {S:Anna Kolb} {C:blamed} {T:the navy}.", "-"),
    "since is no date of a saying": ("{S:Anna Kolb}, in office since Monday, {C:blamed} {T:the navy}.", "-"),
    "standing denial": ("{S:Arvenia} {C:denies} {T:arming the rebels}.", "-"),
    "standing denial on a day of news": (
        "{S:Anna Kolb} {C:said} Wednesday {T:the port was closed}.\n{S2:Arvenia} {C2:denies} {T2:arming the rebels}.",
        "2031-05-14 -",
    ),
    "perfect": (
        "{S:Anna Kolb} {C:said} Wednesday {T:the port was closed}.\n{S2:Arvenia} has {C2:denied} {T2:arming the rebels}.",
        "2031-05-14 -",
    ),
    "run of one speaker": (
        "{S:Anna Kolb} {C:said} Monday {T:the port was closed}.\n{S2:She} {C2:said} {T2:it would stay so}.",
        "2031-05-12 2031-05-12",
    ),
    "another speaker does not share the day before publication": (
        "{S:Anna Kolb} {C:said} Monday {T:the port was closed}.\n{S2:Diplomats} {C2:said} {T2:it was open}.",
        "2031-05-12 -",
    ),
    "another speaker on the day of the news": (
        "{S:Anna Kolb} {C:said} Wednesday {T:the port was closed}.\n{S2:Otto Berg} {C2:said} {T2:it was open}.",
        "2031-05-14 2031-05-14",
    ),
    "unnamed sources on the day of the news": (
        "{S:Anna Kolb} {C:said} Wednesday {T:the port was closed}.\n{S2:Diplomats} {C2:said} {T2:it was open}.",
        "2031-05-14 -",
    ),
    "earlier words are not of the day": (
        "{S:Anna Kolb} {C:said} Wednesday {T:the port was closed}.\n{S2:Diplomats} had {C2:said} {T2:it was open}.",
        "2031-05-14 -",
    ),
    "recent words are not of the day": (
        "{S:Anna Kolb} {C:said} Wednesday {T:the port was closed}.\n{S2:Diplomats} recently {C2:said} {T2:it was open}.",
        "2031-05-14 -",
    ),
    "words to come": (
        "{S:Anna Kolb} {C:said} Wednesday {T:the port was closed}.\n{S2:Diplomats} will {C2:say} {T2:it is open}.",
        "2031-05-14 -",
    ),
    "after a meeting dated in the phrase": (
        "{S:Anna Kolb} {C:criticised} {T:the navy} after envoys held a long meeting on Monday in Tolm.",
        "2031-05-12",
    ),
    "after a meeting dated before": (
        "Envoys of both states met on Monday in Tolm.\n{T:It was useful}, {S:Anna Kolb} {C:told} a news conference after the meeting.",
        "2031-05-12",
    ),
    "before a meeting dated before": (
        "Envoys of both states met Tuesday in Tolm.\nBefore the meeting in Tolm, {S:Anna Kolb} {C:said} {T:she would listen}.",
        "2031-05-13",
    ),
    "before a meeting to come": (
        "Envoys of both states will meet on Friday in Tolm.\nBefore the meeting, {S:Anna Kolb} {C:said} {T:she would listen}.",
        "-",
    ),
    "told together": (
        "Anna Kolb and the envoy met Tuesday in Tolm, and {S:Kolb} {C:said} {T:it was useful}.",
        "2031-05-13",
    ),
    "one source, two cues": (
        "{S:Anna Kolb} {C:said} Monday {T:she would listen}, but {C2:blamed} {T2:the navy}.",
        "2031-05-12 2031-05-12",
    ),
    "dated by a later sentence": (
        "{S:Anna Kolb} has {C:called on} {T:the navy to leave}.\nKolb made the comments in Tolm on Monday.",
        "2031-05-12",
    ),
    "dated by a later sentence of somebody else": (
        "{S:Anna Kolb} has {C:called on} {T:the navy to leave}.\nBerg made the comments in Tolm on Monday.",
        "-",
    ),
    "the words are read as a content themselves": (
        "{S:Anna Kolb} has {C:called on} {T:the navy to leave}.\n{S2:Kolb} {C2:made} {T2:the comments in Tolm} on Monday.",
        "2031-05-12 2031-05-12",
    ),
    "words of another time break the run": (
        "{S:Anna Kolb} {C:said} Wednesday {T:the port was closed}.\n"
        "In an April speech, {S2:Kolb} {C2:attacked} {T2:the navy}.\n{S3:Kolb} {C3:said} then {T3:it was lost}.",
        "2031-05-14 2031-04 -",
    ),
    "an auxiliary for two verbs": (
        "{S:Otto Berg} {C:said} Wednesday {T:the port was closed}.\n"
        "{S2:Anna Kolb} has {C2:blamed} {T2:the navy} and {C3:called on} {T3:it to leave}.",
        "2031-05-14 - -",
    ),
    "the day stands inside the content's head": (
        "{S:Anna Kolb} {C:accused} {T:the navy on Monday of arming the rebels}.",
        "2031-05-12",
    ),
    "a day that belongs to the content stays there": (
        "{S:Anna Kolb} {C:said} {T:the navy on Monday had left the port}.",
        "-",
    ),
    "a thing's day is not the saying's": ("{S:Anna Kolb} {C:answered} Tuesday's report {T:with scorn}.", "-"),
    "a day before the dateline is the story's own": (
        "{D:TOLM, May 14} -- The law was adopted late on Tuesday.\n{S:Arvenia} {C:rejected} {T:the law}.",
        "-",
    ),
    "a session told with its day": (
        "In a session that lasted for most of Tuesday morning, the envoys held a first meeting, and {S:Anna Kolb} {C:said} {T:it was over}.",
        "2031-05-13",
    ),
    "a relative clause keeps its time": (
        "{S:Anna Kolb}, who visited Tolm last month, {C:said} Monday {T:she would sign}.",
        "2031-05-12",
    ),
    "a relative clause's time is not the saying's": (
        "{S:Anna Kolb}, who visited Tolm last month, {C:said} {T:she would sign}.",
        "-",
    ),
    "counted back": (
        "Kolb arrived in Tolm on Tuesday.\nHer visit comes two days after {S:Otto Berg} toured the port and {C:offered} {T:help}.",
        "2031-05-11",
    ),
    "counted over the year's end": (
        "{S:Anna Kolb} {C:said} Thursday {T:the port was closed}, a day after {S2:Otto Berg} {C2:said} {T2:it was open}.",
        "2031-05-08 2031-05-07",
    ),
    "dateline of the day": (
        "{D:TOLM, May 14} -- {S:Anna Kolb} {C:said} {T:the port was closed}.",
        "2031-05-14",
    ),
    "no day anywhere": ("{S:Anna Kolb} {C:said} {T:the port was closed}.", "-"),
}


@pytest.mark.parametrize("name", _CASES)
def test_case(name: str) -> None:
    marked, wanted = _CASES[name]
    document, reading = page(marked, WEDNESDAY)
    dates = [s.date.value or "-" for s in date_statements(document, reading).statements]
    assert " ".join(dates) == wanted


def test_year_end() -> None:
    document, reading = page(
        "{S:Anna Kolb} {C:said} Tuesday {T:the port was closed}.", day("2031-01-01", DateBasis.META)
    )
    (statement,) = date_statements(document, reading).statements
    assert statement.date.value == "2030-12-31"


@pytest.mark.parametrize(
    ("phrase", "order"), [("Before", TimeOrder.BEFORE), ("After", TimeOrder.AFTER), ("During", TimeOrder.DURING)]
)
def test_order_names_the_happening(phrase: str, order: TimeOrder) -> None:
    document, reading = page(f"{phrase} the meeting in Tolm, {{S:Anna Kolb}} {{C:said}} {{T:nothing new}}.", WEDNESDAY)
    (statement,) = date_statements(document, reading).statements
    assert statement.order is not None
    assert statement.order.order is order
    assert statement.order.span.of(document.text) == f"{phrase} the meeting"


def test_evidence_points_at_the_words() -> None:
    document, reading = page(
        "{S:Anna Kolb} {C:said} Monday {T:the port was closed}.\n{S2:She} {C2:added} {T2:more}.", WEDNESDAY
    )
    first, second = date_statements(document, reading).statements
    assert [e.span.of(document.text) for e in first.date.evidence if e.span] == ["Monday"]
    assert first.date.basis is DateBasis.WEEKDAY
    assert "Monday" in [e.span.of(document.text) for e in second.date.evidence if e.span]
    assert second.date.basis is DateBasis.RELATIVE
    assert [r.field for r in second.reasons] == ["date"]


def test_time_and_zone_as_stated() -> None:
    document, reading = page("At 9:30 a.m. EST Monday {S:Anna Kolb} {C:said} {T:it was over}.", WEDNESDAY)
    (statement,) = date_statements(document, reading).statements
    assert (statement.date.value, statement.date.time, statement.date.zone) == ("2031-05-12", "09:30", "EST")


#: text, the wanted date, time and zone: the time stays that of the zone it is stated in
_CLOCKS = [
    ("At 9:30 a.m. EST Monday {S:Anna Kolb} {C:said} {T:it was over}.", "2031-05-12 09:30 EST"),
    ("At 0600 GMT on Monday {S:Anna Kolb} {C:said} {T:it was over}.", "2031-05-12 06:00 GMT"),
    ("At 10 p.m. Moscow time on Monday {S:Anna Kolb} {C:said} {T:it was over}.", "2031-05-12 22:00 Moscow time"),
    ("At 8 p.m. local time on Monday {S:Anna Kolb} {C:said} {T:it was over}.", "2031-05-12 20:00 local time"),
    ("At 11 p.m. ET on Monday {S:Anna Kolb} {C:said} {T:it was over}.", "2031-05-12 23:00 ET"),
    ("At 11 p.m. on Monday {S:Anna Kolb} {C:said} {T:it was over}.", "2031-05-12 23:00 None"),
    ("On Monday {S:Anna Kolb} {C:said} {T:it was over}.", "2031-05-12 None None"),
]


@pytest.mark.parametrize(("text", "wanted"), _CLOCKS)
def test_time_stays_local_with_its_zone(text: str, wanted: str) -> None:
    document, reading = page(text, WEDNESDAY)
    (statement,) = date_statements(document, reading).statements
    assert f"{statement.date.value} {statement.date.time} {statement.date.zone}" == wanted


#: published, what is told, the wanted days: over the ends of weeks, months and years, and just after midnight
_EDGES = [
    ("2031-01-01", "{S:Anna Kolb} {C:said} on Monday {T:it was over}.", "2030-12-30"),
    ("2031-01-01", "{S:Anna Kolb} {C:said} yesterday {T:it was over}.", "2030-12-31"),
    ("2031-01-02", "{S:Anna Kolb} {C:said} on Dec. 28 {T:it was over}.", "2030-12-28"),
    ("2031-03-01", "{S:Anna Kolb} {C:said} two days ago {T:it was over}.", "2031-02-27"),
    ("2028-03-01", "{S:Anna Kolb} {C:said} yesterday {T:it was over}.", "2028-02-29"),
    ("2031-01-06", "{S:Anna Kolb} {C:said} last month {T:it was over}.", "2030-12"),
    ("2031-05-12", "{S:Anna Kolb} {C:said} on Monday {T:it was over}.", "2031-05-12"),
    ("2031-05-12", "{S:Anna Kolb} {C:said} on Sunday {T:it was over}.", "2031-05-11"),
    ("2031-05-12", "{S:Anna Kolb} {C:said} late Sunday {T:it was over}.", "2031-05-11"),
    ("2031-05-12", "{S:Anna Kolb} {C:said} on Sunday night {T:it was over}.", "2031-05-11"),
]


@pytest.mark.parametrize("clock", [None, "00:10"])
@pytest.mark.parametrize(("published", "text", "wanted"), _EDGES)
def test_over_the_ends_of_weeks_months_and_years(published: str, text: str, wanted: str, clock: str | None) -> None:
    when = replace(day(published, DateBasis.META), time=clock)
    document, reading = page(text, when)
    (statement,) = date_statements(document, reading).statements
    assert statement.date.value == wanted


#: text, the wanted order and its words, and the wanted bounds of the date ("-" for none)
_KNOWN = [
    ("{S:Anna Kolb} has {C:blamed} {T:the navy} since the Warsaw summit.", "after since the Warsaw summit", "-"),
    ("{S:Anna Kolb} {C:blamed} {T:the navy} after the Minsk agreement.", "after after the Minsk agreement", "-"),
    ("{S:Anna Kolb} {C:blamed} {T:the navy} before the Warsaw summit.", "before before the Warsaw summit", "-"),
    ("{S:Anna Kolb} {C:blamed} {T:the navy} at the Warsaw summit.", "during at the Warsaw summit", "2016-07-08..2016-07-09"),
    ("{S:Anna Kolb} {C:blamed} {T:the navy} since the last meeting.", "after since the last meeting", "-"),
    ("{S:Anna Kolb} {C:blamed} {T:the navy} since her youth.", "-", "-"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "order", "bounds"), _KNOWN)
def test_orders_beside_known_happenings(text: str, order: str, bounds: str) -> None:
    document, reading = page(text, day("2019-05-14", DateBasis.META))
    (statement,) = date_statements(document, reading).statements
    told = statement.order
    assert (f"{told.order.value} {told.span.of(document.text)}" if told is not None else "-") == order
    when = statement.date
    assert (f"{when.earliest}..{when.latest}" if when.earliest is not None else "-") == bounds
    assert when.value is None
    if bounds != "-":
        assert "Wikipedia" in when.evidence[0].detail
        assert when.inferred


def test_nothing_was_said_at_a_happening_to_come() -> None:
    document, reading = page(
        "{S:Anna Kolb} {C:blamed} {T:the navy} at the Warsaw summit.", day("2016-05-14", DateBasis.META)
    )
    (statement,) = date_statements(document, reading).statements
    assert statement.date == UNKNOWN_DATE


def test_a_page_without_a_date_keeps_the_weekday() -> None:
    bounds = DateValue(None, Precision.INTERVAL, DateBasis.UNKNOWN, earliest="2029-01-01", latest="2031-12-31")
    document, reading = page(
        "{S:Anna Kolb} {C:said} on Wednesday {T:it was over}.\n{S2:She} {C2:said} {T2:more}.", bounds
    )
    for statement in date_statements(document, reading).statements:
        assert statement.date.value is None
        assert statement.date.weekday == "Wednesday"
        assert (statement.date.earliest, statement.date.latest) == ("2029-01-01", "2031-12-31")


def test_an_inferred_publication_makes_inferred_dates() -> None:
    inferred = day("2031-05-14", DateBasis.OFFICE_HOLDERS, inferred=True)
    document, reading = page(
        "{S:Anna Kolb} {C:said} Monday {T:it was over}.\nIn 2029, {S2:she} {C2:said} {T2:less}.", inferred
    )
    first, second = date_statements(document, reading).statements
    assert first.date.inferred
    assert not second.date.inferred


def test_a_statement_outside_the_sentences_stays_undated() -> None:
    document, reading = page("{S:Anna Kolb} {C:said} Monday {T:it was over}.\nMore follows.", WEDNESDAY)

    (statement,) = date_statements(document, replace(reading, sentences=reading.sentences[1:])).statements
    assert statement.date == UNKNOWN_DATE


_PIECES = st.sampled_from(
    [
        "Monday",
        "on May 3",
        "after the meeting",
        "before talks on Friday",
        "a day after",
        ", and",
        "met",
        "Kolb",
        "she",
        "will",
        "had",
        "has",
        "denies",
        "said",
        "in 2029",
        "last week",
        "the",
        ",",
        ".",
        "\n",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=25).map(" ".join), st.lists(_PIECES, max_size=10).map(" ".join))
def test_nothing_is_raised_and_nothing_else_changes(before: str, after: str) -> None:
    document, reading = page(f"{before} {{S:Anna Kolb}} {{C:said}} {{T:it was over}} {after}", WEDNESDAY)
    once = date_statements(document, reading)
    assert once == date_statements(document, once)
    for old, new in zip(reading.statements, once.statements, strict=True):
        assert (old.id, old.source, old.cue, old.content, old.act) == (
            new.id,
            new.source,
            new.cue,
            new.content,
            new.act,
        )
        for evidence in new.date.evidence:
            assert evidence.span is None or evidence.span.end <= len(document.text)


def test_a_saying_inside_another_has_its_own_day() -> None:
    text = "{S:Anna Kolb} {C:said} Tuesday {T:she had told the envoy on Friday that the port was closed}."
    document, reading = page(text, WEDNESDAY)
    (outer,) = reading.statements
    start = document.text.index("told")
    content = Span(document.text.index("that the port"), outer.content[0].end)
    inner = replace(
        outer, id="st-inner", source=(), cue=(Span(start, start + 4),), content=(content,), nested_in=outer.id
    )
    dates = [s.date.value for s in date_statements(document, replace(reading, statements=(outer, inner))).statements]
    assert dates == ["2031-05-13", "2031-05-09"]
