"""Texts of pages as HTML: cut into segments, escaped, with what reaches out of its place made visible.

What comes from a page is text and stays text. Characters that turn the direction of all that follows are shown by their code
point: they belong to the source and are told, but have no power over the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from onrecord.model import Document, LineRole, Span, Statement
from onrecord.record import codec

#: Embeddings, overrides and isolates (Unicode Bidirectional Algorithm, UAX 9, section 2); plain marks of direction do no harm.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: Control characters that HTML cannot hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_WORD = re.compile(r"\w+")
#: Roles whose lines are the article; the others are furniture and greyed.
_ARTICLE = frozenset({LineRole.HEADLINE, LineRole.STANDFIRST, LineRole.SUBHEADING, LineRole.DATELINE, LineRole.BODY})


def visible(value: Any) -> Any:
    """A value as templates print it: in strings, controls of direction become their code point, other controls a mark."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return "" if value is None else value
    return _CONTROLS.sub("\ufffd", _TURNS.sub(_code_point, value))


def _code_point(match: re.Match[str]) -> str:
    return f"[U+{ord(match[0]):04X}]"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text with the keys of everything that covers it, in the order they were given."""

    start: int
    end: int
    keys: tuple[int, ...]


def segments(whole: Span, marks: Iterable[tuple[Span, int]]) -> list[Segment]:
    """The span `whole` cut wherever one of the marks (a span and its key) begins or ends; every character is in one segment."""
    clipped = [(max(s.start, whole.start), min(s.end, whole.end), key) for s, key in marks]
    clipped = [(a, b, key) for a, b, key in clipped if a < b]
    edges = sorted({whole.start, whole.end, *(a for a, _, _ in clipped), *(b for _, b, _ in clipped)})
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for a, b, key in clipped:
        begins.setdefault(a, []).append(key)
        ends.setdefault(b, []).append(key)
    open_: dict[int, int] = {}
    found = []
    for start, end in pairwise(edges):
        for key in ends.get(start, ()):
            open_[key] -= 1
        for key in begins.get(start, ()):
            open_[key] = open_.get(key, 0) + 1
        found.append(Segment(start, end, tuple(sorted(k for k, n in open_.items() if n > 0))))
    return found


def marked_words(text: str, asked: str | None) -> Markup:
    """`text` with the words that are asked for marked, compared as the search compares them."""
    wanted = set(_WORD.findall(codec.search_form(asked or "")))
    shown: str = visible(text)
    if not wanted:
        return escape(shown)
    parts: list[Markup] = []
    at = 0
    for match in _WORD.finditer(shown):
        if codec.search_form(match[0]) in wanted:
            parts += [escape(shown[at : match.start()]), Markup("<mark>{}</mark>").format(match[0])]
            at = match.end()
    return Markup("").join([*parts, escape(shown[at:])])


_SOURCE, _CUE, _CONTENT, _TARGET, _QUALIFIER = range(5)
_CLASSES = {_SOURCE: "src", _CUE: "cue", _CONTENT: "said", _TARGET: "tgt", _QUALIFIER: "qual"}


def passage(text: str, start: int, statement: Statement, asked: str | None = None) -> Markup:
    """A passage of a page (its `text` begins at the offset `start`) with the roles of the statement in it marked."""
    roles = (
        (statement.source, _SOURCE),
        (statement.cue, _CUE),
        (statement.content, _CONTENT),
        (statement.target_spans, _TARGET),
        (statement.qualifier, _QUALIFIER),
    )
    marks = [(span, role) for spans, role in roles for span in spans]
    parts = []
    for one in segments(Span(start, start + len(text)), marks):
        words = marked_words(text[one.start - start : one.end - start], asked if _CONTENT in one.keys else None)
        names = " ".join(_CLASSES[key] for key in one.keys)
        parts.append(Markup('<span class="{}">{}</span>').format(names, words) if names else words)
    return Markup("").join(parts)


@dataclass(frozen=True, slots=True)
class Note:
    """A note beside the text: its number, the spans it marks, its class, and the label of the number."""

    number: int
    spans: tuple[Span, ...]
    style: str
    label: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a page as HTML; ``furniture`` is set for what is not the article, ``role`` names what it is."""

    role: str
    furniture: bool
    html: Markup
    start: int
    direction: str


def paragraphs(document: Document, notes: Sequence[Note], start: int, end: int) -> list[Paragraph]:
    """The lines of a page between two offsets, with the passages of the notes marked and numbered where each begins."""
    style = {note.number: note.style for note in notes}
    label = {note.number: note.label for note in notes}
    spans = [(span, note.number) for note in notes for span in note.spans]
    told: set[int] = set()
    found = []
    for line in document.lines:
        if line.span.start < start or line.span.start >= end or not line.span.of(document.text).strip():
            continue
        inside = [(span, number) for span, number in spans if span.overlaps(line.span)]
        parts: list[Markup] = []
        for one in segments(line.span, inside):
            for number in one.keys:
                if number not in told:
                    told.add(number)
                    parts.append(_reference(number, style[number], label[number]))
            words = escape(visible(document.text[one.start : one.end]))
            parts.append(_marked(words, one.keys, style) if one.keys else words)
        furniture = line.role not in _ARTICLE
        whole = line.span.of(document.text)
        found.append(
            Paragraph(line.role.value, furniture, Markup("").join(parts), line.span.start, direction_of(whole))
        )
    return found


def _reference(number: int, style: str, label: str) -> Markup:
    return Markup('<a class="ref {}" id="r{}" href="#n{}" aria-label="{}" data-n="{}"></a>').format(
        style, number, number, visible(label), number
    )


def _marked(words: Markup, keys: tuple[int, ...], style: dict[int, str]) -> Markup:
    deepest = style[keys[-1]]
    more = " over" if len(keys) > 1 else ""
    return Markup('<span class="hl {}{}" data-k="{}">{}</span>').format(
        deepest, more, " ".join(str(key) for key in keys), words
    )


def direction_of(text: str) -> str:
    """``rtl`` where the first letter with a direction is of a script written from right to left, else ``ltr`` (UAX 9, P2)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"
