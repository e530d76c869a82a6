"""Pages as they arrive and documents as they are understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from onrecord.model.dates import DateValue
from onrecord.model.spans import Span


class LineRole(StrEnum):
    """What a line of a page is for."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    SUBHEADING = "subheading"
    BYLINE = "byline"
    DATELINE = "dateline"
    DATE = "date"
    CREDIT = "credit"
    CAPTION = "caption"
    BODY = "body"
    RELATED = "related-link"
    NAVIGATION = "navigation"
    FOOTER = "footer"


#: Roles whose lines make up the article's own text. A subheading inside the article belongs to it: readers quote it.
BODY_ROLES = frozenset({LineRole.BODY, LineRole.DATELINE, LineRole.SUBHEADING})


class DocumentStatus(StrEnum):
    """Whether a page holds an article that can be read, or why not."""

    ARTICLE = "article"
    EMPTY = "empty"
    SHORT = "short"
    INDEX = "index"
    GALLERY = "gallery"
    PAYWALL = "paywall"
    COOKIE_WALL = "cookie-wall"
    ERROR_PAGE = "error-page"
    FOREIGN = "other-language"


@dataclass(frozen=True, slots=True)
class PageHints:
    """What the place a page came from says about it (named columns, a feed's entry): evidence, not fact."""

    title: str | None = None
    publisher: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of one page as they were found.

    ``path`` is where it came from as the user gave it (a file, a member ``archive.zip!name``, a URL); ``media_type`` is
    ``text/plain`` or ``text/html``; ``encoding`` is the declared one or None; ``fetched`` an ISO 8601 instant or None:
    when the page was captured, which is never taken for its publication date. ``etag`` and ``last_modified`` are what the
    server gave to ask it again.
    """

    content: bytes
    media_type: str
    path: str
    url: str | None = None
    fetched: str | None = None
    encoding: str | None = None
    hints: PageHints = PageHints()
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source text: its span without the line break, its role, and how sure the labeller is (0 to 1)."""

    span: Span
    role: LineRole
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place (and agency) a report is filed from: ``BRUSSELS (AP) --``. The spans lie inside the first body line."""

    span: Span
    place: Span | None
    agency: Span | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """A line that says whose work the text is: ``With reporting by AP``. ``names`` are spans of agencies and authors."""

    span: Span
    names: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class MetaValue:
    """One piece of metadata with where it was found (``og:title``, ``jsonld:datePublished``, ``canonical``, ``text``)."""

    name: str
    value: str
    origin: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A page understood: its source text, the role of every line, its metadata, its publication date and language.

    ``text`` is the source text every span points into: the decoded file of a text page, the rendering of an HTML page.
    ``lines`` cover the text in order: every character outside a line is a line break. ``id`` comes from the
    text and the URL. ``conflicts`` are sentences about metadata that disagree.
    """

    id: str
    path: str
    text: str
    text_sha256: str
    media_type: str
    lines: tuple[Line, ...]
    published: DateValue
    status: DocumentStatus
    reason: str | None = None
    language: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    dateline: Dateline | None = None
    credits: tuple[Credit, ...] = ()
    meta: tuple[MetaValue, ...] = ()
    conflicts: tuple[str, ...] = ()
    fetched: str | None = None

    def body(self) -> tuple[Span, ...]:
        """The spans of the article's own lines, in order; neighbouring body lines are one span."""
        return body_of(self.text, self.lines)


def body_of(text: str, lines: Sequence[Line]) -> tuple[Span, ...]:
    """The spans of the body lines among `lines` of `text`, in order; blank lines do not part neighbours."""
    spans: list[Span] = []
    joins = False
    for line in lines:
        if not text[line.span.start : line.span.end].strip():
            continue
        if line.role not in BODY_ROLES:
            joins = False
            continue
        if joins:
            spans[-1] = Span(spans[-1].start, line.span.end)
        else:
            spans.append(line.span)
        joins = True
    return tuple(spans)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page, or a place pages were looked for, that gave none: the path and one clear sentence.

    ``count`` is how many things the sentence stands for (a folder's other files, an archive's request records).
    """

    path: str
    reason: str
    count: int = 1


def host_of(address: str | None) -> str | None:
    """The host of an address with a scheme, in lower case; None where it names none or cannot be read."""
    if not address or "://" not in address:
        return None
    try:
        return urlsplit(address).hostname or None
    except ValueError:
        # What stands where a host belongs is none ("http://[here]/"): a page may say anything of itself.
        return None
