"""Documents for the tests of the reports layer, and a small table of invented agencies and outlets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from onrecord.model import (
    UNKNOWN_DATE,
    Credit,
    DateBasis,
    Dateline,
    Document,
    DocumentStatus,
    Line,
    LineRole,
    Span,
    content_id,
    day,
    text_sha256,
)
from onrecord.reports.align import level
from onrecord.reports.house_style import word_key

STORY = (
    "Kelvary called its envoy home from Sorvia on Saturday after customs officers boarded a grain ship and held the crew for nine hours.",
    'Foreign Minister Ilse Farrant said the search was "piracy with a rubber stamp" and demanded the return of two crates.',
    "The customs service said it had acted on a tip about undeclared radio parts and that the crates would be opened before a lawyer.",
    'The captain told a local station that the officers had been polite but had emptied the pantry. "They counted the onions," he said.',
    "Traders said the dispute could hold up deliveries of winter barley, most of which passes through the harbor of Tessen.",
    "The two governments signed a fisheries accord in August and had planned to extend it to freight next Thursday.",
    "A spokeswoman for the Sorvian prime minister declined to comment on the recall of the ambassador.",
)


class Families:
    """Two agencies (UW with two editions, Delta) and two papers of one family."""

    _names: ClassVar[Mapping[str, str]] = {
        "uw": "UW",
        "united wire": "UW",
        "uw deutsch": "UW Deutsch",
        "delta": "Delta",
        "delta news": "Delta",
        "morning post": "Morning Post",
        "evening post": "Evening Post",
        "harbor times": "Harbor Times",
    }
    _families: ClassVar[Mapping[str, str]] = {
        "UW": "UW",
        "UW Deutsch": "UW",
        "Delta": "Delta",
        "Morning Post": "Posts",
        "Evening Post": "Posts",
    }

    def agency(self, words: str) -> str | None:
        """The canonical name of an agency or outlet."""
        plain = words.casefold().removeprefix("the ").strip(" .()")
        return self._names.get(plain)

    def family(self, name: str) -> str | None:
        """The family of a canonical name."""
        known = self.agency(name)
        return None if known is None else self._families.get(known, known)

    def is_agency(self, name: str) -> bool:
        """True for the two agencies."""
        return self.agency(name) in ("UW", "UW Deutsch", "Delta")


FAMILIES = Families()


def page(
    *paragraphs: str,
    name: str = "",
    published: str | None = None,
    publisher: str | None = None,
    byline: str | None = None,
    dateline: str | None = None,
    credit: str | None = None,
    footer: str | None = None,
    head: tuple[str, ...] = (),
    status: DocumentStatus = DocumentStatus.ARTICLE,
) -> Document:
    """A document with a body of `paragraphs`, navigation before it, and the marks asked for.

    `dateline` is put before the first paragraph; the words in its brackets are the agency. `credit` and `footer`
    are lines after the body.
    """
    text = ""
    lines: list[Line] = []

    def put(words: str, role: LineRole) -> Span:
        nonlocal text
        span = Span(len(text), len(text) + len(words))
        text += words + "\n"
        lines.append(Line(span, role))
        return span

    for line in head:
        put(line, LineRole.NAVIGATION)
    if byline:
        put(f"By {byline}", LineRole.BYLINE)
    filed: Dateline | None = None
    for number, paragraph in enumerate(paragraphs):
        if number:
            put("", LineRole.BODY)
        if number == 0 and dateline:
            start = len(text)
            span = put(f"{dateline} {paragraph}", LineRole.BODY)
            filed = Dateline(Span(start, start + len(dateline)), None, _bracketed(dateline, start))
            assert span.start == start
        else:
            put(paragraph, LineRole.BODY)
    credits = (Credit(put(credit, LineRole.CREDIT)),) if credit else ()
    if footer:
        put(footer, LineRole.FOOTER)
    return Document(
        id=content_id("doc", text, name),
        path=name or "page",
        text=text,
        text_sha256=text_sha256(text),
        media_type="text/plain",
        lines=tuple(lines),
        published=day(published, DateBasis.META) if published else UNKNOWN_DATE,
        status=status,
        publisher=publisher,
        byline=byline,
        dateline=filed,
        credits=credits,
    )


def _bracketed(dateline: str, start: int) -> Span | None:
    if "(" not in dateline:
        return None
    return Span(start + dateline.index("(") + 1, start + dateline.index(")"))


def keys(text: str) -> list[str]:
    """The keys of the words of `text`, without house style: what a copy and its lead have in common."""
    return [key for key in map(word_key, level(text).replace("-", " ").split()) if key]
