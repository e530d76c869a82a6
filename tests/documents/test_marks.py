"""The forms of datelines, bylines, credits, copyright lines and cross-links: a line a case."""

from __future__ import annotations

import time

import pytest

from onrecord.documents import marks
from onrecord.model import Span

DATELINES = [
    ("HALVIK (MP) -- Two ministers met.", "HALVIK (MP) --", "HALVIK", "MP"),
    ("HALVIK — Two ministers met.", "HALVIK —", "HALVIK", None),
    ("HALVIK, 3 March — Two ministers met.", "HALVIK, 3 March —", "HALVIK", None),
    ("DRAVNO, Jan 5 (Tolmen) - The army said.", "DRAVNO, Jan 5 (Tolmen) -", "DRAVNO", "Tolmen"),
    ("Port Lenne, Dec. 9 — Five weeks later.", "Port Lenne, Dec. 9 —", "Port Lenne", None),
    ("PORT SELJE, Sundmark (MP) — Shells fell.", "PORT SELJE, Sundmark (MP) —", "PORT SELJE, Sundmark", "MP"),
    ("HALVIK/DRAVNO (Tolmen) - Both capitals spoke.", "HALVIK/DRAVNO (Tolmen) -", "HALVIK/DRAVNO", "Tolmen"),
    ("DRAVNO, September 9. /KSW/. The exercise began.", "DRAVNO, September 9. /KSW/.", "DRAVNO", "KSW"),
    ("(Tolmen) - The king of nowhere spoke.", "(Tolmen) -", None, "Tolmen"),
]
NO_DATELINES = [
    "COMPACT — an alliance of nine — said no.",
    "Vessling — who was late — said no.",
    "On March 5 — a Wednesday — they met.",
    "EXCLUSIVE: The paper that nobody signed",
    "– There is nothing to square – he said.",
    "U.S. - Karvelia talks ended.",
    "He said so (again) - and left.",
]
BYLINES = [
    ("By Anna Lindqvar", "Anna Lindqvar"),
    ("  By The Halvik Courier", "The Halvik Courier"),
    ("By our own staff and MP", "our own staff and MP"),
    ("BY ANNA LINDQVAR", "ANNA LINDQVAR"),
    ("By Wednesday, the army had left.", None),
    ("by 2031 the guns had gone", None),
    ("Bypass opened", None),
]
COPYRIGHTS = [
    ("© 2031 The Meridian Press. All rights reserved.", 2031, "The Meridian Press"),
    ("(c) 2031 Observer Publishing", 2031, "Observer Publishing"),
    ("© TNA 1974-2031. Subscribers may reprint.", 2031, "TNA"),
    ("Copyright © 2029-2031 Lenne Media, Inc. All rights reserved.", 2031, "Lenne Media, Inc"),
    ("Copyright 2031.", 2031, None),
    ("© Lenne Media", None, "Lenne Media"),
]
NO_COPYRIGHTS = [
    "They argued over copyright law all night.",
    "Points (a), (b) and (c) were agreed.",
    "In 2031 all rights were lost.",
]
CREDITS = [
    ("With reporting by MP, Tolmen, and Karwire", ["MP", "Tolmen", "Karwire"]),
    ("(Reporting by Tess Okvall in Dravno; Editing by Cora Immerhall)", ["Tess Okvall", "Cora Immerhall"]),
    ("Source: Karwire", ["Karwire"]),
    ("Additional reporting: Tolmen News Agency", ["Tolmen News Agency"]),
    (
        "Press writers Pavo Lindqvar in Dravno and Tess Okvall in Lindhavn contributed to this report.",
        ["Pavo Lindqvar", "Tess Okvall"],
    ),
    ("Based on reporting by MP and dpa", ["MP", "dpa"]),
]
RELATED = [
    "See: Minister made demands",
    "See also  What happened to the ship?",
    "Read more: Ferries stop",
    "Most read",
    "Related",
    "More on this story",
    "ALSO IN WORLD",
]
NOT_RELATED = [
    "See you in court, the minister told reporters on the steps of the ministry.",
    "More in sorrow than in anger, the ambassador handed back the note.",
    "Recommended sentences were halved by the court on Tuesday.",
    "Read aloud, the note took nine minutes.",
]  # fmt: skip


def whole(text: str) -> Span:
    return Span(0, len(text))


@pytest.mark.parametrize(("text", "span", "place", "agency"), DATELINES)
def test_a_dateline_has_its_span_place_and_agency(text: str, span: str, place: str | None, agency: str | None) -> None:
    found = marks.dateline(text, whole(text))
    assert found is not None
    assert found.span.of(text) == span
    assert (found.place.of(text) if found.place else None) == place
    assert (found.agency.of(text) if found.agency else None) == agency


@pytest.mark.parametrize("text", NO_DATELINES)
def test_a_dash_alone_makes_no_dateline(text: str) -> None:
    assert marks.dateline(text, whole(text)) is None


def test_a_dateline_is_found_where_its_line_starts_not_where_the_text_does() -> None:
    text = "Some headline\n\n  HALVIK — They met.\n"
    line = Span(15, len(text) - 1)
    found = marks.dateline(text, line)
    assert found is not None and found.span.of(text) == "HALVIK —"


@pytest.mark.parametrize(("text", "name"), BYLINES)
def test_a_byline_names_its_writer(text: str, name: str | None) -> None:
    found = marks.byline(text, whole(text))
    assert (found.of(text) if found else None) == name


@pytest.mark.parametrize(("text", "year", "holder"), COPYRIGHTS)
def test_a_copyright_line_names_year_and_holder(text: str, year: int | None, holder: str | None) -> None:
    found = marks.copyright_of(text, whole(text))
    assert found is not None
    assert found[0] == year
    assert (found[1].of(text) if found[1] else None) == holder


@pytest.mark.parametrize("text", NO_COPYRIGHTS)
def test_other_lines_are_no_copyright(text: str) -> None:
    assert marks.copyright_of(text, whole(text)) is None


@pytest.mark.parametrize(("text", "names"), CREDITS)
def test_a_credit_names_agencies_and_people(text: str, names: list[str]) -> None:
    found = marks.credit(text, whole(text))
    assert found is not None
    assert [name.of(text) for name in found.names] == names


@pytest.mark.parametrize("text", RELATED)
def test_cross_links_are_told_by_their_opening(text: str) -> None:
    assert marks.is_related(text)


@pytest.mark.parametrize("text", NOT_RELATED)
def test_sentences_that_open_alike_are_no_cross_links(text: str) -> None:
    assert not marks.is_related(text)


HOSTILE = [
    "A" * 300_000,
    "(" * 300_000,
    "© " * 150_000,
    "BY " * 100_000,
    "A, " * 100_000,
    " " * 300_000,
    "1" * 300_000,
    "By A" + " a" * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_lines_cost_linear_time(text: str) -> None:
    start = time.process_time()
    for look in (marks.dateline, marks.byline, marks.copyright_of, marks.credit):
        look(text, whole(text))
    marks.is_related(text)
    marks.is_url_line(text)
    assert time.process_time() - start < 2
