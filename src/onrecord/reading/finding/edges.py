"""From token ranges to spans: where content begins and ends at marks, commas and full stops."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.model import Span, trimmed
from onrecord.reading.grammar import DASHES
from onrecord.reading.parse import Parse

_LOOSE = frozenset({"…", ",", ".", ";", ":", "(", ")", "[", "]", "?", "!"}) | DASHES


def content_span(parse: Parse, first: int, last: int) -> Span | None:
    """The span of the content tokens `first` to `last`: no comma, dash or stop at its ends outside quotation marks; marks only in pairs.

    Words wholly inside one pair of marks keep the punctuation inside and lose the marks; words that begin outside and end
    inside take the closing mark. None when only punctuation is left.
    """
    only = first == last and parse.doc[first].is_alpha
    while first <= last and not only and _is_loose(parse, first, leading=True):
        first += 1
    while last >= first and _is_loose(parse, last, leading=False):
        last -= 1
    if first > last:
        return None
    start, end = parse.starts[first], parse.ends[last]
    for quotation in parse.quotations:
        if quotation.outer.end < start or quotation.outer.start > end:
            continue
        inner = trimmed(parse.text, quotation.inner)
        opens, closes = quotation.inner.start, quotation.inner.end
        if opens <= start and end <= closes:
            # Inside one quotation: at its last word, its punctuation belongs to it.
            return Span(start, inner.end if _only_punctuation(parse.text[end : inner.end]) else end)
        if quotation.outer.start == start and not quotation.closed and end <= closes:
            return content_span(parse, first + 1, last) if first < last else None
        if quotation.outer.start == start and end in {quotation.outer.end, quotation.inner.end}:
            return inner if len(inner) else None
        if start < opens <= end <= closes and _only_punctuation(parse.text[end : inner.end]):
            end = quotation.outer.end
    return Span(start, end)


def _only_punctuation(between: str) -> bool:
    return all(not c.isalnum() for c in between)


def _is_loose(parse: Parse, i: int, leading: bool) -> bool:
    token = parse.doc[i]
    if token.text in _LOOSE and (leading or parse.quoted[i] < 0):
        return not (token.text in {"(", "["} and leading and parse.quoted[i] >= 0)
    return leading and token.lower_ == "that" and token.dep_ == "mark"


def role_spans(parse: Parse, tokens: Sequence[Token]) -> tuple[Span, ...]:
    """The unbroken runs of `tokens` as spans, in order."""
    spans: list[Span] = []
    places = sorted({t.i for t in tokens})
    for n, i in enumerate(places):
        if n and places[n - 1] == i - 1:
            spans[-1] = Span(spans[-1].start, parse.ends[i])
        else:
            spans.append(parse.span(i, i))
    return tuple(spans)
