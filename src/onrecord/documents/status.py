"""What is not an article: told from the page's words, kept with its reason, and not read."""

from __future__ import annotations

import re

from onrecord.documents.lines import ends_sentence
from onrecord.documents.roles import Draft
from onrecord.model import BODY_ROLES, DocumentStatus, LineRole

#: An article has at least this many words of its own.
LEAST_WORDS = 40

_ERROR = re.compile(
    r"\b(?:404|403|500|502|503)\b.{0,40}\b(?:error|not found|forbidden)|\berror (?:404|403|500|502|503)\b|page (?:you (?:requested|are looking for) )?(?:was |is |could |cannot |can't |can’t )?(?:not |be )*found|"
    r"access denied|(?:enable|turn on) javascript|are you a robot|checking your browser|service unavailable|internal server error|bad gateway",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"\b(?:we|our partners|this site|this website) (?:and our partners |and our \d+ partners )?(?:use|uses|value|store)\b.{0,60}\b(?:cookies|privacy)|accept (?:all|cookies)|cookie (?:settings|preferences|policy)|"
    r"before you continue|manage (?:cookies|preferences|consent)|consent",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"subscribe to (?:continue|read|keep)|to (?:continue|keep) reading|already a subscriber|subscribers? only|(?:for|to) subscribers|free articles? (?:left|remaining|this month)|"
    r"sign in to (?:continue|read)|register to (?:continue|read)|unlock (?:this|the full) (?:article|story)|premium (?:article|content)",
    re.IGNORECASE,
)
_GALLERY = re.compile(
    r"\b(?:photo gallery|photos? \d+ of \d+|\d+ of \d+|image \d+|slideshow|view gallery|\d+ / \d+)\b", re.IGNORECASE
)


def status_of(draft: Draft, language: str | None) -> tuple[DocumentStatus, str | None]:
    """Whether the page holds an article to be read, and one sentence of reason where it does not."""
    body = [draft.paragraphs[i].text for i in draft.numbers(*BODY_ROLES)]
    words = sum(len(text.split()) for text in body)
    everything = [p.text[:400] for p in draft.paragraphs]
    head = " \n ".join(everything)[:20_000]
    for least, pattern, status, reason in (
        (60, _ERROR, DocumentStatus.ERROR_PAGE, "The page says that something went wrong, and holds no article."),
        (90, _COOKIES, DocumentStatus.COOKIE_WALL, "The page asks for consent to cookies, and holds no article."),
        (150, _PAYWALL, DocumentStatus.PAYWALL, "The page shows only the beginning and asks for a subscription."),
    ):
        if words < least and pattern.search(head):
            return status, reason
    if language is not None and language != "en":
        return DocumentStatus.FOREIGN, f"The page is written in another language ({language})."
    if words < 150 and sum(_GALLERY.search(text) is not None for text in everything) >= 3:
        return DocumentStatus.GALLERY, "The page is a gallery of pictures with captions."
    links = len(draft.numbers(LineRole.RELATED))
    sentences = sum(ends_sentence(text) for text in body)
    if (words < 80 or sentences < 2) and links >= 8:
        return DocumentStatus.INDEX, f"The page lists {links} other pages and holds no article."
    if not body:
        return DocumentStatus.EMPTY, "No line of the page is an article's text."
    if words < LEAST_WORDS:
        return DocumentStatus.SHORT, f"The text has {words} words, fewer than the {LEAST_WORDS} of an article."
    return DocumentStatus.ARTICLE, None
