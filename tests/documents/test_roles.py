"""The role of every line on pages of our own: a line a case, role and words."""

from __future__ import annotations

import pytest
from outlets import FewOutlets

from onrecord.documents import build
from onrecord.model import Document, DocumentStatus, LineRole, Page

WIRE = [
    ("navigation", "Meridian Press"),
    ("date", "Mar 4, 2:17 PM"),
    ("headline", "Ministers meet in an unheated room and part without a word"),
    ("navigation", "Latest Headlines"),
    ("related-link", "Harbour pilots call off their strike after nine weeks"),
    ("related-link", "Ministers meet in an unheated room and part without a word"),
    ("navigation", "License this story"),
    (
        "body",
        "HALVIK (MP) -- The foreign ministers of Sundmark and Karvelia met on Tuesday for the first time since autumn, in a room whose heating had failed.",
    ),
    (
        "body",
        "Sundmark's minister said he had handed over a list of four demands and that none of them had been answered.",
    ),
    ("body", '"We came with a list and left with a list," he said.'),
    ("body", "Karvelia has always denied that it keeps soldiers in the valley."),
    (
        "body",
        "No date was set for a further meeting, although the mediator said that the door of the guest house would stay open.",
    ),
    ("navigation", "___"),
    ("credit", "Press writer Pavo Lindqvar in Dravno contributed to this report."),
    ("footer", "© 2031 Meridian Press. All rights reserved. No part of this material may be republished."),
]
CUT = [
    ("headline", "# Karvelia Answers No Demands, Minister Says"),
    ("byline", "By Anna Lindqvar"),
    ("date", "March 4, 2031"),
    ("caption", "Foreign Minister Per Tunhallen (left) and his guest before their meeting in Halvik, March 4."),
    ("body", "HALVIK — The foreign ministers of both states met on Tuesday for the first time since autumn, in a room whose heating had failed."),
    ("body", "– We came with a list and left with a list – the minister said as he looked for his coat."),
    ("related-link", "See: Karvelia counts its guns in public"),
    ("body", "– It is a good list – he added on the stairs, where the reporters had waited for three hours."),
    ("subheading", "Four demands and no answer"),
    ("body", "The first demand is that soldiers leave the valley, and the second is that they leave their guns behind them."),
    ("caption", "Tunhallen (left) and the guest"),
    ("caption", "Tunhallen (left) and the guest"),
    ("body", "Karvelia's minister would not say whether he had read it, and his spokeswoman said that she had not seen one."),
    ("related-link", "More on this story"),
    ("related-link", "The list that nobody read"),
    ("body", "The mediator told reporters that both sides had been polite, which in that room had been an effort for everybody."),
    ("credit", "With reporting by MP and Tolmen"),
    ("footer", "Original url:"),
    ("footer", "<https://www.halvik-courier.example/2031/03/04/karvelia-answers-no-demands-a1>"),
]  # fmt: skip


def text_page(rows: list[tuple[str, str]]) -> Document:
    return build(Page("\n\n".join(words for _, words in rows).encode(), "text/plain", "page.txt"), FewOutlets())


def roles(document: Document) -> list[tuple[str, str]]:
    found = [(str(line.role), line.span.of(document.text)) for line in document.lines]
    return [(role, words) for role, words in found if words.strip()]


@pytest.mark.parametrize("rows", [WIRE, CUT], ids=["wire page", "dump with links inside"])
def test_every_line_has_its_role(rows: list[tuple[str, str]]) -> None:
    assert roles(text_page(rows)) == rows


def test_the_document_of_a_wire_page() -> None:
    document = text_page(WIRE)
    assert document.status == DocumentStatus.ARTICLE
    assert document.title == WIRE[2][1]
    assert document.publisher == "MP"
    assert document.dateline is not None and document.dateline.agency is not None
    assert document.dateline.agency.of(document.text) == "MP"
    assert (document.published.value, document.published.time) == ("2031-03-04", "14:17")
    assert [[n.of(document.text) for n in c.names] for c in document.credits] == [["Pavo Lindqvar"], ["Meridian Press"]]


def test_the_document_of_a_dump() -> None:
    document = text_page(CUT)
    assert document.title == "Karvelia Answers No Demands, Minister Says"
    assert document.byline == "Anna Lindqvar"
    assert document.publisher == "Halvik Courier"
    assert document.url == "https://www.halvik-courier.example/2031/03/04/karvelia-answers-no-demands-a1"
    assert document.published.value == "2031-03-04"
    (address,) = [m for m in document.meta if m.name == "url"]
    assert address.span is not None and address.span.of(document.text) == document.url


def test_an_address_broken_by_white_space_is_joined_and_its_span_kept() -> None:
    broken = "https://www.halvik-courier.example/2031/03/04/karvelia-answers- no-demands-a1"
    document = text_page([*CUT[:-1], ("footer", broken.replace("- no", " -no"))])
    assert document.url == "https://www.halvik-courier.example/2031/03/04/karvelia-answers-no-demands-a1"
    (address,) = [m for m in document.meta if m.name == "url"]
    assert address.span is not None and " " in address.span.of(document.text)


def test_wrapped_lines_have_the_role_of_their_paragraph() -> None:
    import textwrap

    rows = [words for _, words in WIRE]
    wrapped = "\n\n".join("\n".join(textwrap.wrap(words, 70)) for words in rows)
    document = build(Page(wrapped.encode(), "text/plain", "page.txt"), FewOutlets())
    body = " ".join(" ".join(span.of(wrapped).split()) for span in document.body())
    assert body == " ".join(words for role, words in WIRE if role == "body")


PROSE = " ".join(words for role, words in WIRE if role == "body")
STATUSES = [
    (DocumentStatus.SHORT, "Harbour closed\n\nThe harbour of Port Selje was closed on Tuesday after a storm, its master said."),
    (DocumentStatus.COOKIE_WALL, "We value your privacy\n\nWe and our 214 partners use cookies to store information on your device.\n\nAccept all\n\nReject all"),
    (DocumentStatus.ERROR_PAGE, "404\n\nPage not found\n\nThe page you are looking for has moved or never was.\n\nHome"),
    (DocumentStatus.PAYWALL, "Ministers meet again\n\nThe foreign ministers of both states met on Tuesday for the first time since autumn.\n\nSubscribe to continue reading\n\nAlready a subscriber? Sign in"),
    (DocumentStatus.INDEX, "World\n\n" + "\n\n".join(f"{name} calls for talks about the future of the valley" for name in ["Sundmark", "Karvelia", "Tolmenia", "Ostrelle", "Falmera", "Lenne", "Halvik", "Dravno", "Aresk"])),
    (DocumentStatus.FOREIGN, "Les ministres des deux pays se sont rencontrés mardi pour la première fois depuis l'automne. " * 6),
    (DocumentStatus.ARTICLE, f"Ministers meet\n\n{PROSE}\n\nWe use cookies. Accept all"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "text"), STATUSES, ids=[str(s[0]) for s in STATUSES])
def test_what_is_no_article_is_kept_with_its_reason(status: DocumentStatus, text: str) -> None:
    document = build(Page(text.encode(), "text/plain", "page.txt"), FewOutlets())
    assert document.status == status
    assert (document.reason is None) == (status == DocumentStatus.ARTICLE)
    assert document.text == text


def test_roles_do_not_depend_on_the_run() -> None:
    assert text_page(CUT) == text_page(CUT)
    assert LineRole.BODY in {line.role for line in text_page(CUT).lines}
