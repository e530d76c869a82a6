"""Paragraphs of the text that is read: body lines, with wrapped lines put together again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from onrecord.documents.marks import dateline
from onrecord.model import Document, LineRole, Span, trimmed

#: Subheadings are part of the body but are nobody's sentence, so they are not read.
READ_ROLES = frozenset({LineRole.BODY, LineRole.DATELINE})
_FINAL = frozenset(".!?:;…–—―")
#: Wider lines were not broken by a program that wraps text.
_WIDTH = 100
#: No sentence and no item of a list ends with one of these.
_GOVERNING = frozenset(
    [
        "a", "an", "and", "as", "at", "but", "by", "for", "from", "had", "has", "have", "he", "her", "his", "in",
        "into", "is", "it", "its", "of", "on", "or", "said", "she", "that", "the", "their", "they", "to", "was", "were",
        "will", "with",
    ]
)  # fmt: skip
_CLOSING = "\"”’»)]' "


def paragraphs(document: Document, parts: Sequence[Span] | None = None) -> tuple[tuple[Span, ...], ...]:
    """The paragraphs of `document`, each as the spans of its lines in order; with `parts`, only what lies inside them.

    A line is a paragraph of its own unless it goes on with a small letter after a line without final punctuation, as
    where a dump breaks lines; blank lines between the two do not matter, lines of another role do. Lines of a block that
    was wrapped at a fixed width belong together whatever they begin with. The words of a dateline before the text are left
    out, and those of each item of a round-up ("SELWYN (CP) --").
    """
    found: list[tuple[Span, ...]] = []
    joins = False
    wrapped = _wrapped(document)
    for line in document.lines:
        if not line.span.of(document.text).strip():
            continue
        if line.role not in READ_ROLES:
            joins = False
            continue
        for span in _kept(document, line.span, parts):
            goes_on = (
                joins and bool(found) and (line.span.start in wrapped or _goes_on(document.text, found[-1][-1], span))
            )
            if goes_on:
                found[-1] = (*found[-1], span)
            else:
                found.append((span,))
        joins = True
    return tuple(found)


def _wrapped(document: Document) -> frozenset[int]:
    """The starts of lines that go on a paragraph wrapped at a fixed width.

    A block of at least three lines with no blank one between, none wider than `_WIDTH`, is wrapped when more than half of
    its lines but the last stop without final punctuation: paragraphs that stand one a line stop with it. A list does not, but
    each of its lines begins with a capital or a number, and they are of all lengths.
    """
    found: set[int] = set()
    block: list[Span] = []
    for line in (*document.lines, None):
        words = line.span.of(document.text).strip() if line is not None else ""
        if line is not None and words and line.role in READ_ROLES and len(line.span) <= _WIDTH:
            block.append(line.span)
            continue
        open_ended = sum(not _ends(span.of(document.text)) for span in block[:-1])
        if len(block) >= 3 and open_ended * 2 > len(block) - 1 and not _is_list([s.of(document.text) for s in block]):
            found.update(span.start for span in block[1:])
        block = []
    return frozenset(found)


def _is_list(lines: Sequence[str]) -> bool:
    """True for lines of which each begins as a sentence does and one at least had room for the first word of the next."""
    lines = [line.strip() for line in lines]
    width = max(map(len, lines))
    roomy = sum(len(a) + 1 + len(b.split()[0]) <= width for a, b in pairwise(lines))
    broken = any(line[0].islower() or line.split()[-1].lower() in _GOVERNING for line in lines)
    return roomy >= 1 and not broken


def _ends(words: str) -> bool:
    bare = words.rstrip(_CLOSING)
    return bool(bare) and bare[-1] in _FINAL


def _kept(document: Document, line: Span, parts: Sequence[Span] | None) -> list[Span]:
    start = line.start
    if document.dateline is not None and line.contains(document.dateline.span):
        start = document.dateline.span.end
    else:
        item = dateline(document.text, line)
        start = item.span.end if item is not None and item.place is not None and item.agency is not None else start
    whole = Span(start, line.end)
    pieces = [whole] if parts is None else [_cut(whole, part) for part in sorted(parts) if whole.overlaps(part)]
    return [piece for piece in (trimmed(document.text, p) for p in pieces) if len(piece)]


def _cut(span: Span, part: Span) -> Span:
    return Span(max(span.start, part.start), min(span.end, part.end))


def _goes_on(text: str, before: Span, after: Span) -> bool:
    return bool(before.of(text).strip()) and not _ends(before.of(text)) and text[after.start].islower()
