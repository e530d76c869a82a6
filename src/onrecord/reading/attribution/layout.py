"""Attributions the layout alone makes: a quotation with a signature after a dash, and the speaker labels of a transcript."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.model import Span, trimmed
from onrecord.reading.attribution.quotes import Quotation
from onrecord.reading.attribution.types import Attribution

CONFIDENCE = 0.9
"""Right on 7 of 7 signatures and 11 of 11 labels of the corpus the reader is trained on."""

_NAME = r"[^\W\d_a-z][\w.'’-]*(?: (?:[^\W\d_a-z][\w.'’-]*|de|da|di|van|von|der|al|bin|of)){0,5}"
_SIGNATURE = re.compile(rf"\s*(?P<dash>[―—–]|--?)\s*(?P<name>{_NAME})(?:,[^\n“”\"]{{0,80}})?[\s.]*")
_LABEL = re.compile(r"\s*(?P<name>[A-Z][A-Z .'’-]{1,38})(?:,? \([^)\n]{1,40}\))?(?P<colon>:)(?=\s*\S)")
_TRANSCRIPT = 3


def by_layout(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> list[Attribution]:
    """Signed quotations and, where at least three paragraphs begin with a label in capitals, labelled speeches."""
    return [*_signed(text, paragraphs, quotations), *_labelled(text, paragraphs)]


def _signed(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> Iterator[Attribution]:
    """A paragraph that opens with a quotation, and after it, or as the next paragraph, a dash and a name and no more."""
    heads = {q.outer.start: q for q in quotations if q.closed and not q.single}
    for index, paragraph in enumerate(paragraphs):
        quotation = heads.get(trimmed(text, paragraph).start)
        if quotation is None:
            continue
        place = Span(quotation.outer.end, paragraph.end)
        if not place.of(text).strip(" \t\u00a0\n.") and index + 1 < len(paragraphs):
            place = paragraphs[index + 1]
        found = _SIGNATURE.fullmatch(text, place.start, place.end)
        if found is not None:
            first, cue = found.start("name"), Span(*found.span("dash"))
            source = Span(first, first + len(found["name"].rstrip(".")))
            yield Attribution((source,), (cue,), (quotation.outer,), CONFIDENCE)


def _labelled(text: str, paragraphs: Sequence[Span]) -> Iterator[Attribution]:
    """What follows a speaker's label in capitals, to the end of the paragraph."""
    found = [(p, m) for p in paragraphs if (m := _LABEL.match(text, p.start, p.end)) is not None]
    if len(found) < _TRANSCRIPT:
        return
    for paragraph, match in found:
        content = trimmed(text, Span(match.end(), paragraph.end))
        if len(content):
            name, colon = Span(*match.span("name")), Span(*match.span("colon"))
            yield Attribution((trimmed(text, name),), (colon,), (content,), CONFIDENCE)
