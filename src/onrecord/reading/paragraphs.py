"""Paragraphs of the text that is read: body lines, with wrapped lines put together again."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Document, LineRole, Span, trimmed

#: Subheadings are part of the body but are nobody's sentence, so they are not read.
READ_ROLES = frozenset({LineRole.BODY, LineRole.DATELINE})
_FINAL = frozenset(".!?:;…–—―")
_CLOSING = "\"”’»)]' "


def paragraphs(document: Document, parts: Sequence[Span] | None = None) -> tuple[tuple[Span, ...], ...]:
    """The paragraphs of `document`, each as the spans of its lines in order; with `parts`, only what lies inside them.

    A line is a paragraph of its own unless it goes on with a small letter after a line without final punctuation, as
    where a dump breaks lines; blank lines between the two do not matter, lines of another role do. The words of a dateline before the text
    are left out.
    """
    found: list[tuple[Span, ...]] = []
    joins = False
    for line in document.lines:
        if not line.span.of(document.text).strip():
            continue
        if line.role not in READ_ROLES:
            joins = False
            continue
        for span in _kept(document, line.span, parts):
            goes_on = joins and bool(found) and _goes_on(document.text, found[-1][-1], span)
            if goes_on:
                found[-1] = (*found[-1], span)
            else:
                found.append((span,))
        joins = True
    return tuple(found)


def _kept(document: Document, line: Span, parts: Sequence[Span] | None) -> list[Span]:
    start = line.start
    if document.dateline is not None and line.contains(document.dateline.span):
        start = document.dateline.span.end
    whole = Span(start, line.end)
    pieces = [whole] if parts is None else [_cut(whole, part) for part in sorted(parts) if whole.overlaps(part)]
    return [piece for piece in (trimmed(document.text, p) for p in pieces) if len(piece)]


def _cut(span: Span, part: Span) -> Span:
    return Span(max(span.start, part.start), min(span.end, part.end))


def _goes_on(text: str, before: Span, after: Span) -> bool:
    words = before.of(text).rstrip(_CLOSING)
    return bool(words) and words[-1] not in _FINAL and text[after.start].islower()
