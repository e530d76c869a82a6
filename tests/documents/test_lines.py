"""Lines cover the text, wrapped lines become paragraphs, and nothing is lost on any page."""

from __future__ import annotations

import textwrap
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from outlets import FewOutlets

from onrecord.documents import build
from onrecord.documents.lines import BREAK, paragraphs, split_lines
from onrecord.model import Page, Precision, Span
from onrecord.model.errors import InputError

PROSE = "The ministers of both states met on Tuesday and agreed on nothing, officials on either side said afterwards."
PIECES = st.sampled_from(
    [
        "HALVIK (MP) -- " + PROSE,
        PROSE,
        f"“{PROSE}” he said.",
        "By Anna Lindqvar",
        "May 19, 9:06 AM EDT",
        "14 January 2031 • 18:40",
        "© 2031 The Meridian Press. All rights reserved.",
        "See: Another page",
        "With reporting by MP and Tolmen",
        "Original url:",
        "https://www.halvik-courier.example/2031/05/19/ministers-meet",
        "Photo: A door",
        "Home | World | Sport",
        "# A Headline of Some Words",
        "",
        "   ",
        "\u200f\u202e",
        "so\u00adft hy\u00adphens and \x07bells",
        "\ufeff",
        "•",
        "___",
        "٣ مارس",
        "😀 emoji and e\u0301 accents",
    ]
)
BREAKS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028", "\x85", "\v"])
PAGES = st.lists(st.tuples(st.one_of(PIECES, st.text(max_size=60)), BREAKS), min_size=1, max_size=40)


def covers(text: str, spans: list[Span]) -> bool:
    """Every character outside the spans belongs to a line break, and the spans stand in order."""
    at = 0
    for span in spans:
        if span.start < at or BREAK.sub("", text[at : span.start]):
            return False
        at = span.end
    return not BREAK.sub("", text[at:])


@given(PAGES)
@settings(max_examples=200, deadline=None)
def test_no_line_is_lost_between_the_roles_and_every_span_is_true(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + end for piece, end in pieces)
    try:
        document = build(Page(text.encode("utf-8", "replace"), "text/plain", "page.txt"), FewOutlets())
    except InputError:
        return
    assert document.text == text.encode("utf-8", "replace").decode("utf-8")
    assert covers(document.text, [line.span for line in document.lines])
    assert all(0 <= line.confidence <= 1 for line in document.lines)
    assert not any(BREAK.search(line.span.of(document.text)) for line in document.lines)
    body = document.body()
    assert all(a.end <= b.start for a, b in pairwise(body))
    points = [*body, *(c.span for c in document.credits), *(n for c in document.credits for n in c.names)]
    points += [e.span for e in document.published.evidence if e.span] + [m.span for m in document.meta if m.span]
    points += [document.dateline.span] if document.dateline else []
    assert all(span.end <= len(document.text) and span.of(document.text) for span in points)
    if document.published.precision == Precision.DAY:
        assert document.published.earliest == document.published.value == document.published.latest


@given(st.text(max_size=300))
def test_lines_cover_any_text(text: str) -> None:
    assert covers(text, split_lines(text))


@given(
    st.lists(st.integers(min_value=8, max_value=60), min_size=3, max_size=8), st.integers(min_value=50, max_value=100)
)
@settings(deadline=None)
def test_wrapping_a_page_does_not_change_its_paragraphs(sizes: list[int], width: int) -> None:
    words = (PROSE + " ").split()
    made = [" ".join((words * 4)[:size]) for size in sizes] + [" ".join(words * 3)] * 2
    text = "\n\n".join("\n".join(textwrap.wrap(paragraph, width)) for paragraph in made)
    found = paragraphs(text, split_lines(text))
    assert [p.text for p in found] == made


def test_a_menu_is_not_joined_into_a_paragraph() -> None:
    text = "Home\nWorld\nSport\nCulture\n" + "\n".join(textwrap.wrap(PROSE * 3, 72))
    found = paragraphs(text, split_lines(text))
    assert [p.text for p in found[:4]] == ["Home", "World", "Sport", "Culture"]
    assert len(found) == 5


def test_a_single_line_of_five_megabytes_is_one_line() -> None:
    text = (PROSE + " ") * 50_000
    document = build(Page(text.encode(), "text/plain", "long.txt"), FewOutlets())
    assert len(document.lines) == 1
    assert document.lines[0].span == Span(0, len(text))
