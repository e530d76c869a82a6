"""The quotations of a draft, with who says them and when by the words beside them.

The speaker is read by patterns beside the marks ("...", said NAME; NAME said: "..."; according to NAME, "..."), without a parse,
so that a draft is checked in the time it takes to ask. What no pattern names stays unknown; a pronoun names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeGuard

from onrecord.model import UNKNOWN_DATE, DateValue, Span, TimexType, trimmed
from onrecord.reading.attribution.quotes import Quotation, quotations
from onrecord.reading.timex import timexes
from onrecord.record.checking.types import Quoted
from onrecord.record.checking.words import words

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n|\s*[>#*\-]\s)[^\n]+)*")
_BLOCK = re.compile(r"(?:^[ \t]*>[^\n]*\n?)+", re.MULTILINE)
_BLOCK_MARK = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
_END = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bGen)(?<!\bSt)[.!?](?=\s|$)")
#: So many words on each side may tell who speaks.
_REACH = 24

_VERBS = (
    "said says told tells added adds warned warns insisted insists argued argues declared declares stated states replied "
    "replies answered answers asked asks wrote writes announced announces claimed claims noted notes explained explains "
    "stressed stresses demanded demands vowed vows promised promises pledged pledges threatened threatens denied denies "
    "acknowledged acknowledges admitted admits conceded concedes complained complains continued continues recalled recalls "
    "remarked remarks responded responds testified urged urges tweeted posted called calls dismissed described accused "
    "condemned repeated reiterated conceded concluded observed quipped joked suggested maintained maintains"
)
_SAY = rf"(?:{'|'.join(dict.fromkeys(_VERBS.split()))})"
_UPPER = r"[^\W\d_a-zà-öø-ÿ][\w'’.-]*"
#: Words of titles and descriptions that may stand around a name.
_LOW = r"(?:the|a|an|of|for|and|de|da|di|van|von|der|den|al|el|bin|ibn|la|le|du)"
_TITLE = (
    r"(?:chief|minister|president|spokesman|spokeswoman|spokesperson|secretary|general|leader|ambassador|envoy|premier|"
    r"chancellor|foreign|prime|deputy|defence|defense|top|diplomat|official|alliance|commander|king|queen|head)"
)
_NAME = rf"(?:(?:{_LOW}|{_TITLE}|{_UPPER}),?\s+){{0,9}}{_UPPER}"
_AFTER = re.compile(
    rf"^[\s,;.!?—–-]*(?:(?P<verb>{_SAY})\s+(?P<n1>{_NAME})|(?P<n2>{_NAME}),?\s+(?:\w+ly\s+|also\s+|then\s+|later\s+)?{_SAY}\b|"
    rf"according to\s+(?P<n3>{_NAME}))"
)
_BEFORE = re.compile(
    rf"(?P<n1>{_NAME}),?\s+(?:\w+ly\s+|also\s+|then\s+|later\s+|has\s+|have\s+|had\s+)?{_SAY}\b(?![^,;:]*\bby\b)(?P<rest>[^.!?]*)$|"
    rf"\b[Ss]aid\s+(?P<n2>{_NAME})[^.!?]*$|"
    rf"\b[Aa]ccording to\s+(?P<n3>{_NAME})[^.!?]*$|(?P<n4>{_NAME})\s*:\s*$|\b(?:[Ww]ords of|quote from)\s+(?P<n5>{_NAME})[,:\s]*$"
)
#: A colon before the marks gives what follows to the words before it.
_COLON = re.compile(r":\s*\Z")
_SAID = re.compile(rf"\b(?:{_SAY}|[Aa]ccording to)\b")
#: Capitalised words that begin a sentence or a note and name nobody.
_NOBODY = frozenset(
    [
        "he", "she", "they", "it", "we", "i", "you", "his", "her", "their", "its", "this", "that", "these", "those",
        "the", "a", "an", "but", "and", "or", "so", "then", "yet", "when", "while", "as", "if", "in", "on", "at",
        "after", "before", "later", "earlier", "yesterday", "today", "monday", "tuesday", "wednesday", "thursday",
        "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august",
        "september", "october", "november", "december", "who", "which", "what", "there", "here", "however", "meanwhile",
    ]
)  # fmt: skip


def quoted(text: str, written: DateValue = UNKNOWN_DATE) -> tuple[Quoted, ...]:
    """The quotations of the draft `text` in order; `written` is the day it was written, from which its weekdays count."""
    found: list[Quoted] = []
    blocks = [m for m in _BLOCK.finditer(text) if not quotations(m.group())]
    for block in blocks:
        found.append(_block(text, Span(*block.span())))
    for start, stop in _paragraphs(text):
        if any(b.start() <= start < b.end() for b in blocks):
            continue
        found.extend(_paragraph(text, start, stop, written))
    return tuple(sorted(found, key=lambda q: (q.span.start, q.span.end)))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for match in _PARAGRAPH.finditer(text):
        if match.group().strip():
            yield match.span()


def _block(text: str, span: Span) -> Quoted:
    inner = trimmed(text, span)
    return Quoted(_BLOCK_MARK.sub("", inner.of(text)).strip(), inner)


def _paragraph(text: str, start: int, stop: int, written: DateValue) -> Iterator[Quoted]:
    marks = [q for q in quotations(text, start, stop) if q.inner.of(text).strip()]
    outer = [q for q in marks if not any(o is not q and o.outer.contains(q.outer) and not o.single for o in marks)]
    kept = [q for q in outer if not q.single or len(words(q.inner.of(text))) > 1]
    speaker: str | None = None
    for index, quotation in enumerate(kept):
        low = kept[index - 1].outer.end if index else start
        high = kept[index + 1].outer.start if index + 1 < len(kept) else stop
        before, after = _before(text, low, quotation), _after(text, quotation, high)
        own = _named(before.of(text), after.of(text))
        # "...," NAME said. "...": the second half says no name of its own.
        bare = not _SAID.search(after.of(text)) and _goes_on(text[low : quotation.outer.start])
        speaker = own if own is not None or not bare else speaker
        sides = [part for part in (before, after) if _SAID.search(part.of(text)) or _COLON.search(part.of(text))]
        inner = trimmed(text, quotation.inner)
        yield Quoted(
            inner.of(text),
            inner,
            speaker,
            tuple(day for part in sides for day in _days(text, part, written)),
            tuple(
                w.form
                for w in words(
                    text,
                    [
                        Span(max(start, quotation.outer.start - 160), quotation.outer.start),
                        _next(quotation, stop),
                    ],
                )
            ),
        )


def _goes_on(between: str) -> bool:
    """True when nothing stands before a quotation, or only the end of the sentence that says who is quoted: ``NAME said.``"""
    bare = between.strip(" ,;—–-\n")
    return not bare.strip(".") or (bare.endswith(".") and _SAID.search(bare) is not None and bare.count(".") == 1)


def _next(quotation: Quotation, stop: int) -> Span:
    return (
        Span(quotation.outer.end, min(stop, quotation.outer.end + 100))
        if quotation.outer.end < stop
        else Span(stop, stop)
    )


def _before(text: str, low: int, quotation: Quotation) -> Span:
    """The words of the sentence before the quotation, back to the quotation before."""
    at = low
    for match in _END.finditer(text, low, quotation.outer.start):
        if text[match.end() : quotation.outer.start].strip():
            at = match.end()
    return Span(at, quotation.outer.start)


def _after(text: str, quotation: Quotation, high: int) -> Span:
    """The words after the quotation to the end of its sentence; none where the quotation ends its sentence itself.

    "..." he said follows a comma, a question or an exclamation mark within the quotation; a full stop within ends the sentence.
    """
    inside = quotation.inner.of(text).rstrip()
    start = quotation.outer.end
    rest = text[start:high].lstrip()
    if inside.endswith((".", "…")) and not rest[:1].islower() and not inside.endswith("..."):
        return Span(start, start)
    end = _END.search(text, start, high)
    return Span(start, end.start() if end else high)


def _named(before: str, after: str) -> str | None:
    """Who the words beside a quotation say it is from, as written; None when they do not."""
    near = " ".join(after.split()[:_REACH])
    match = _AFTER.search(near)
    if match is not None:
        return _name(match["n1"] or match["n2"] or match["n3"])
    if _SAID.match(near.lstrip(" ,;")):
        return None
    far = " ".join(before.split()[-_REACH:])
    last = None
    for match in _BEFORE.finditer(far):
        last = match
    if last is None:
        return None
    return _name(next(value for key, value in last.groupdict().items() if value and key != "rest"))


def _name(found: str) -> str | None:
    parts = found.replace(",", " , ").split()
    while parts and (parts[0].casefold().strip(".") in _NOBODY or parts[0] == ","):
        parts.pop(0)
    name = " ".join(parts).replace(" ,", ",").strip(" ,.'’")
    return name or None


#: Between the verb of saying and its date stand at most so many words, and none that opens another clause.
_NEAR = 8
_OTHER = re.compile(r"\b(?:that|who|whom|which|of|after|before|since|until|when|by|for)\b|[;:“”\"«»]")


def _days(text: str, part: Span, written: DateValue) -> list[str]:
    """The days of the saying itself: told right after its verb, or at the head of its sentence."""
    if part.start >= part.end:
        return []
    verbs = [m.end() + part.start for m in _SAID.finditer(part.of(text))]
    return [
        t.value
        for t in timexes(text, [part], written)
        if t.type is TimexType.DATE
        and _is_day(t.value)
        and (
            _tied(text, verbs, t.span)
            or _COLON.match(text[t.span.end : part.end])
            or (part.of(text)[: t.span.start - part.start].split() in ([], ["On"]))
        )
    ]


def _tied(text: str, verbs: list[int], day: Span) -> bool:
    before = [at for at in verbs if at <= day.start]
    if not before:
        return False
    between = text[before[-1] : day.start]
    return len(between.split()) <= _NEAR and _OTHER.search(between) is None


_DAY = re.compile(r"(?:\d{4}|XXXX)-\d\d-\d\d\Z|XXXX-WXX-\d\Z")


def _is_day(value: str | None) -> TypeGuard[str]:
    return value is not None and _DAY.match(value) is not None
