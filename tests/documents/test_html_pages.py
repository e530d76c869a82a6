"""HTML: rendered once, with trafilatura's choice as evidence and metadata that says where it was found."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outlets import FewOutlets

from onrecord.documents import build
from onrecord.documents.rendering import parse, render
from onrecord.model import DateBasis, Document, Page
from onrecord.model.errors import InputError

BODY = [
    "HALVIK (MP) -- The foreign ministers of Sundmark and Karvelia met on Tuesday for the first time since autumn, in a room whose heating had failed.",
    "Sundmark's minister said he had handed over a list of four demands and that none of them had been answered.",
    "“We came with a list and left with a list,” he said.",
    "Karvelia has always denied that it keeps soldiers in the valley, and it denied it again on Tuesday night.",
    "No date was set for a further meeting, although the mediator said that the door of the guest house would stay open.",
]
PAGE = """<!doctype html><html lang="en"><head><title>Ministers meet in an unheated room | The Halvik Courier</title>
<meta property="og:site_name" content="The Halvik Courier"><meta property="article:published_time" content="2031-03-04T18:40:00+01:00">
<link rel="canonical" href="https://www.halvik-courier.example/veyra/ministers-meet-in-an-unheated-room">
<meta name="author" content="Anna Lindqvar &amp; agencies">
<script type="application/ld+json">{"@context": "x", "@graph": [{"@type": "NewsArticle", "headline": "Ministers meet in an unheated room",
"datePublished": "2031-03-04T18:40:00+01:00", "author": [{"@type": "Person", "name": "Anna Lindqvar"}]}]}</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li></ul></nav>
<article><h1>Ministers meet in an unheated room</h1><p>By Anna Lindqvar</p><p>4 March 2031 • 18:40</p>
BODY</article>
<aside><h3>Most read</h3><ul><li><a href="/1">Harbour pilots call off their strike</a></li><li><a href="/2">Snow closes the coast road</a></li></ul></aside>
<footer><p>About us</p><p>© 2031 Halvik Courier Media Group. All rights reserved.</p></footer></body></html>""".replace(
    "BODY", "".join(f"<p>{p}</p>" for p in BODY)
)


def html_page(source: str) -> Document:
    return build(Page(source.encode(), "text/html", "page.html"), FewOutlets())


def test_the_body_is_the_articles_paragraphs() -> None:
    document = html_page(PAGE)
    assert document.text == render(parse(PAGE))
    lines = [line for span in document.body() for line in span.of(document.text).split("\n") if line.strip()]
    assert [line.strip() for line in lines] == BODY


def test_metadata_says_where_it_was_found() -> None:
    document = html_page(PAGE)
    found = {(m.name, m.origin): m.value for m in document.meta}
    assert found["published", "jsonld:datePublished"] == "2031-03-04T18:40:00+01:00"
    assert found["published", "article:published_time"] == "2031-03-04T18:40:00+01:00"
    assert found["title", "jsonld:headline"] == "Ministers meet in an unheated room"
    assert found["byline", "author"] == "Anna Lindqvar & agencies"
    assert found["url", "canonical"] == document.url
    assert (document.title, document.byline) == ("Ministers meet in an unheated room", "Anna Lindqvar")
    assert document.publisher == "Halvik Courier"
    assert (document.published.value, document.published.basis, document.published.time) == (
        "2031-03-04",
        DateBasis.META,
        "18:40",
    )
    assert document.language == "en"


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "[]",
        '{"@type": 3}',
        '{"@type": "NewsArticle", "headline": {}}',
        "[" * 5000,
        '{"@graph": {"@graph": {"@graph": []}}}',
        '"words"',
    ],
)
def test_broken_descriptions_are_no_metadata(script: str) -> None:
    source = (
        PAGE.split("<script")[0] + f'<script type="application/ld+json">{script}</script>' + PAGE.split("</script>")[1]
    )
    assert not [m for m in html_page(source).meta if m.origin.startswith("jsonld")]


HOSTILE = [
    "<div>" * 50_000 + "words",
    "<a href='" * 20_000,
    "<p>words " * 20_000,
    "<!--" * 50_000,
    "<meta content='" + "x" * 300_000,
    "<table>" * 3_000 + "words",
    "&amp;" * 200_000,
    "<p>" + "words " * 200_000,
    "<html><head><script>" + "<meta " * 150_000 + "</script></head><p>words",
    "<html><head><script>" + '<meta a="' * 100_000 + "</script></head><p>words",
    "<html><head><script>" + "<link rel " * 90_000 + "</script></head><p>words",
    "<html " * 50_000 + "/><p>words",
]


@pytest.mark.parametrize("source", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_markup_ends_soon(source: str) -> None:
    start = time.process_time()
    try:
        document = html_page(source)
    except InputError:
        return
    assert document.lines
    assert time.process_time() - start < 30


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "</div>",
                "<ul><li>",
                "<br>",
                "<h1>",
                "<script>",
                "</script>",
                "words. ",
                "<!--",
                "&#0;",
                "&#xD800;",
                "<table><tr>",
                "é",
                "<a href=x>",
                "\x00",
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_markup_is_a_document_or_refused(pieces: list[str]) -> None:
    try:
        document = html_page("<html><body>" + "".join(pieces))
    except InputError:
        return
    assert all(line.span.end <= len(document.text) for line in document.lines)
