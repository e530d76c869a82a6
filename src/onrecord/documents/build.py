"""One page becomes one document: the order of the steps, on one screen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from onrecord.documents import labeller, marks
from onrecord.documents.decoding import decode
from onrecord.documents.evidence import HTML_NAMES, evidence, main_text, settled
from onrecord.documents.features import Matrix, features
from onrecord.documents.headline import HeadlineHints
from onrecord.documents.language import language_of
from onrecord.documents.lines import Paragraph, paragraphs, split_lines
from onrecord.documents.metadata import html_meta
from onrecord.documents.publication import Clues, published
from onrecord.documents.rendering import parse, render
from onrecord.documents.roles import Draft, draft, laid_on
from onrecord.documents.slugs import slug_words
from onrecord.documents.status import status_of
from onrecord.model import (
    BODY_ROLES,
    Credit,
    Dateline,
    Document,
    Line,
    LineRole,
    MetaValue,
    Page,
    Span,
    content_id,
    host_of,
    text_sha256,
)
from onrecord.model.errors import EmptyInput


class Outlets(Protocol):
    """What the building of documents asks of the knowledge layer: names of agencies and outlets, and their sites."""

    def agency(self, words: str) -> str | None:
        """The canonical short name (``AP``) of the agency or outlet with exactly this name or mark, or None."""

    def outlet_of_host(self, host: str) -> str | None:
        """The canonical name of the outlet whose site `host` belongs to, or None."""


def build(page: Page, outlets: Outlets) -> Document:
    """The document that `page` holds; what is not an article is a document too, with its status and reason.

    Raises:
        EmptyInput, BinaryInput: when there is no text in it.
    """
    raw = decode(page)
    html = page.media_type == "text/html"
    tree = parse(raw) if html else None
    text = render(tree) if html else raw
    if not text.strip():
        raise EmptyInput(f"{page.path} shows no text.")
    meta = html_meta(tree) if tree is not None else ()
    spans = split_lines(text)
    found = paragraphs(text, spans)
    url, url_meta = _url(page, text, meta)
    slug = slug_words(url)
    probabilities, threshold = _judged(found, slug, raw if html else None)
    title_hint = page.hints.title or _first(meta, "title")
    hints = HeadlineHints(title_hint, slug, _mastheads(found, outlets))
    made = draft(found, probabilities, threshold, hints)
    lines = laid_on(spans, made)
    return _document(page, text, lines, made, (*meta, *url_meta), url, title_hint, outlets)


def _judged(found: list[Paragraph], slug: frozenset[str], html: str | None) -> tuple[Matrix, float]:
    """How likely each paragraph is the article's own text, with the threshold: by the labeller for what is known of the page."""
    columns = features(found, slug)
    kept = main_text(html) if html is not None else ""
    if not kept:
        model = labeller.load()
        return model.probabilities(columns), model.threshold
    model = labeller.load("html_roles", HTML_NAMES)
    opinion = evidence(found, kept)
    return settled(
        model.probabilities(np.column_stack([columns, opinion])), opinion, found, model.threshold
    ), model.threshold


def _document(
    page: Page,
    text: str,
    lines: tuple[Line, ...],
    made: Draft,
    meta: tuple[MetaValue, ...],
    url: str | None,
    title_hint: str | None,
    outlets: Outlets,
) -> Document:
    blocks = _blocks(made, lines)
    body = [span for span, role in blocks if role in BODY_ROLES]
    line = _dateline(text, body)
    notices = _notices(text, blocks)
    credits = _credits(text, blocks, body, notices)
    year = _copyright_year(notices)
    clues = Clues(text, blocks, url, meta, page.hints.date, line, year)
    when, conflicts = published(clues)
    sample = " ".join(span.of(text) for span in body)
    language = language_of(sample if len(sample.split()) >= 20 else text)
    status, reason = status_of(made, language)
    digest = text_sha256(text)
    return Document(
        id=content_id("doc", digest, url or ""),
        path=page.path,
        text=text,
        text_sha256=digest,
        media_type=page.media_type,
        lines=lines,
        published=when,
        status=status,
        reason=reason,
        language=language,
        url=url,
        title=_title(text, blocks, title_hint),
        publisher=_publisher(page, text, blocks, notices, meta, url, outlets),
        byline=_byline(text, blocks, meta, outlets),
        dateline=line,
        credits=credits,
        meta=meta,
        conflicts=conflicts,
        fetched=page.fetched,
    )


@dataclass(frozen=True, slots=True)
class _Notice:
    """A copyright notice: the role of its line, the last year, the holder's name, and all its characters."""

    role: LineRole
    year: int | None
    holder: Span | None
    whole: Span


def _blocks(made: Draft, lines: tuple[Line, ...]) -> list[tuple[Span, LineRole]]:
    """The paragraphs with their roles, as spans of the source text without the white space around them."""
    return [
        (Span(lines[p.first].span.start + p.indent, lines[p.last].span.end), role)
        for p, role in zip(made.paragraphs, made.roles, strict=True)
    ]


def _first(meta: Iterable[MetaValue], name: str) -> str | None:
    return next((m.value for m in meta if m.name == name), None)


_ADDRESS = re.compile(r"https?://[^\s<>\"]{4,2000}(?:[^\S\r\n][^\s<>\"./:]*-[^\s<>\"]{2,300})?", re.IGNORECASE)


def _url(page: Page, text: str, meta: Iterable[MetaValue]) -> tuple[str | None, tuple[MetaValue, ...]]:
    """The page's address: where it was taken from, its canonical link, or the ``Original url:`` line of a dump.

    A dump's address that white space has broken is joined again: its value has no space, its span has.
    """
    if page.url:
        return page.url, ()
    for value in meta:
        if value.name == "url" and value.value.startswith(("http://", "https://")):
            return value.value, ()
    spans = split_lines(text)
    filled = [span for span in spans if span.of(text).strip()]
    for before, span in zip([None, *filled], filled, strict=False):
        words = span.of(text)
        labelled = before is not None and marks.is_original_url_label(before.of(text).strip())
        own = len(words) < 2500 and marks.is_original_url_label(words[: words.lower().find("http")].strip() or "-")
        if not labelled and not own:
            continue
        match = _ADDRESS.search(words)
        if match is not None:
            at = Span(span.start + match.start(), span.start + match.end())
            address = "".join(match[0].split())
            return address, (MetaValue("url", address, "text", at),)
    return None, ()


def _dateline(text: str, body: list[Span]) -> Dateline | None:
    for span in body[:3]:
        found = marks.dateline(text, span)
        if found is not None:
            return found
    return None


def _notices(text: str, blocks: list[tuple[Span, LineRole]]) -> list[_Notice]:
    """The copyright notices in the foot of the page and its credits, with the role of their lines."""
    lines = ((span, role) for span, role in blocks if role in (LineRole.FOOTER, LineRole.CREDIT))
    found = ((role, marks.copyright_of(text, span)) for span, role in lines)
    return [_Notice(role, *notice) for role, notice in found if notice is not None]


def _credits(
    text: str, blocks: list[tuple[Span, LineRole]], body: list[Span], notices: list[_Notice]
) -> tuple[Credit, ...]:
    """Credit lines, copyright lines with their holder, and a sign-off in brackets at the end of the last body line."""
    found = [marks.credit(text, span) or Credit(span, (span,)) for span, role in blocks if role == LineRole.CREDIT]
    found.extend(Credit(n.whole, (n.holder,) if n.holder else ()) for n in notices if n.role == LineRole.FOOTER)
    if body:
        last = body[-1]
        at = text.rfind("(", max(last.start, last.end - 400), last.end)
        if at > last.start and (credit := marks.credit(text, Span(at, last.end))) is not None:
            found.append(credit)
    return tuple(sorted(found, key=lambda credit: credit.span))


def _copyright_year(notices: list[_Notice]) -> tuple[int, Span] | None:
    """The year of the page's copyright notice; None where notices name different years."""
    dated = [(notice.year, notice.whole) for notice in notices if notice.year is not None]
    return dated[0] if len({year for year, _ in dated}) == 1 else None


def _mastheads(found: list[Paragraph], outlets: Outlets) -> frozenset[int]:
    """The lines that are nothing but the name of an agency or outlet."""
    names = ((i, p.text.strip(" #|*•")) for i, p in enumerate(found) if len(p.text) <= 60)
    return frozenset(i for i, words in names if len(words) >= 2 and outlets.agency(words))


def _title(text: str, blocks: list[tuple[Span, LineRole]], hint: str | None) -> str | None:
    for span, role in blocks:
        if role == LineRole.HEADLINE:
            return " ".join(span.of(text).split()).lstrip("# ")
    return hint


def _publisher(
    page: Page,
    text: str,
    blocks: list[tuple[Span, LineRole]],
    notices: list[_Notice],
    meta: Iterable[MetaValue],
    url: str | None,
    outlets: Outlets,
) -> str | None:
    """Who published the page: the site of its address, its own metadata, a name at its head, its copyright notice."""
    host = host_of(url)
    if host and (name := outlets.outlet_of_host(host)):
        return name
    said = page.hints.publisher or _first(meta, "publisher")
    if said:
        return outlets.agency(said) or said
    for span, role in blocks:
        if role == LineRole.HEADLINE or role in BODY_ROLES:
            break
        words = span.of(text).strip(" #|*•\t")
        if len(words) <= 60 and len(words) >= 4 and (name := outlets.agency(words)):
            return name
    for span, role in blocks:
        if role == LineRole.BYLINE and (at := marks.byline(text, span)) and (name := outlets.agency(at.of(text))):
            return name
    holders = [n.holder.of(text) for n in notices if n.role == LineRole.FOOTER and n.holder is not None]
    return next((name for holder in holders if (name := outlets.agency(holder))), holders[0] if holders else host)


def _byline(text: str, blocks: list[tuple[Span, LineRole]], meta: Iterable[MetaValue], outlets: Outlets) -> str | None:
    """Who wrote it: a byline's words without ``By``, an agency named in the date line, the metadata's author."""
    for span, role in blocks:
        if role == LineRole.BYLINE:
            return " ".join((marks.byline(text, span) or span).of(text).split())
    for span, role in blocks:
        if role == LineRole.DATE:
            first = span.of(text).split(",")[0].split("|")[0].strip()
            if len(first) <= 60 and (name := outlets.agency(first)):
                return name
    said = _first(meta, "byline")
    return said if said and not said.startswith("http") else None
