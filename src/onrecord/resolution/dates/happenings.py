"""Dated happenings that sayings belong to: meetings, visits, news conferences, and what points back at them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.knowledge.happenings import HappeningKind, KnownHappening, own_happenings
from onrecord.model import (
    DateBasis,
    DateEvidence,
    DateValue,
    Document,
    Precision,
    Reading,
    Span,
    Timex,
)
from onrecord.reading.timex import timexes
from onrecord.resolution.dates.clauses import Clause, Link, clause_at, clauses
from onrecord.resolution.dates.values import Dated, dated

#: Happenings that one word may call by another: "met" is later "the meeting" or "the talks".
_KINDS = {
    "meeting": r"meetings?|met|talks|summit|session|negotiations|consultations|gathering|council|discussions|conference|dinner|lunch|round",
    "visit": r"visit(?:ed|s)?|trip|tour|travell?ed|arrived|stop(?:over)?",
    "briefing": r"(?:news|press)\s(?:conference|briefing)|briefing",
    "call": r"(?:(?:tele)?phone\s)?conversation|(?:tele)?phone\scall|call\b(?!ed)|telephoned|video\s(?:call|conference)|(?:spoke|speaking)\s(?:by|on|over)\s(?:the\s)?(?:tele)?phone",
    "speech": r"speech|address|(?:spoke|speaking)(?!\s(?:by|on|over)\s(?:the\s)?(?:tele)?phone)|lecture|interview|hearing|testimony|testified|ceremony|rally",
}
_NOUN = re.compile(
    "|".join(rf"(?P<{kind}>(?<![\w-])(?:{words})(?![\w-]))" for kind, words in reversed(_KINDS.items())), re.IGNORECASE
)
_VERBS = frozenset(
    {"met", "visited", "spoke", "speaking", "testified", "telephoned", "arrived", "traveled", "travelled"}
)
_DEFINITE = re.compile(
    r"\b(?:the|that|this|those|these|their|his|her|its)\s(?:[\w-]+\s){0,3}\Z|['’]s\s(?:[\w-]+\s){0,2}\Z", re.IGNORECASE
)
_POINTS_AWAY = re.compile(r"\b(?:since|until|till|by|from|to|through|as of|for)\s(?:early\s|late\s)?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Happening:
    """One mention of a happening: its kind, where it stands, its date when its own clause gives one.

    ``definite`` is True for "the meeting", which points at another mention when it has no date itself; ``known`` is the row
    of the table of happenings that the words name.
    """

    kind: str
    span: Span
    sentence: int
    group: int
    definite: bool
    date: Dated | None
    known: KnownHappening | None = None


def happenings(
    text: str, masked: str, index: int, found: tuple[Clause, ...], times: Sequence[Timex], published: DateValue
) -> tuple[Happening, ...]:
    """The happenings told in one sentence (number `index`, cut into clauses `found`) outside what statements say.

    `times` are the sentence's time expressions outside those contents.
    """
    first, last = found[0].span.start, found[-1].span.end
    out = list(_known(text, masked, index, found))
    named = [h.span for h in out]
    for m in _NOUN.finditer(masked, first, last):
        if any(s.start <= m.start() < s.end for s in named):
            continue
        clause = clause_at(found, m.start())
        kind = m.lastgroup or "meeting"
        verb = m.group().lower().split()[0] in _VERBS
        definite = not verb and bool(_DEFINITE.search(text, max(first, m.start() - 48), m.start()))
        when = _own_time(text, m, clause, found, times, published)
        out.append(Happening(kind, Span(m.start(), m.end()), index, clause.group, definite, when))
    return tuple(sorted(out, key=lambda h: h.span))


def _known(text: str, masked: str, index: int, found: tuple[Clause, ...]) -> Iterator[Happening]:
    """The happenings of the table named in a sentence, where the words mean one alone and it was looked up."""
    for span, rows in own_happenings().found(text, Span(found[0].span.start, found[-1].span.end)):
        row = rows[0]
        shown = masked[span.start : span.end] == span.of(text)
        if shown and len(rows) == 1 and row.verified and row.kind is not HappeningKind.FOUNDING:
            yield Happening("known", span, index, clause_at(found, span.start).group, False, None, row)


def date_of(mention: Happening, text: str) -> Dated | None:
    """The day, or the days, of a happening of the table; None for any other."""
    if mention.known is None:
        return None
    start, end = mention.known.start, mention.known.end
    detail = f"“{' '.join(mention.span.of(text).split())}”: {start if start == end else f'{start} to {end}'} ({mention.known.source})"
    evidence = (DateEvidence(DateBasis.RELATIVE, mention.span, detail),)
    if start == end:
        value = DateValue(start, Precision.DAY, DateBasis.RELATIVE, start, end, inferred=True, evidence=evidence)
    else:
        value = DateValue(None, Precision.INTERVAL, DateBasis.RELATIVE, start, end, inferred=True, evidence=evidence)
    return Dated(value, start)


def happenings_in(document: Document, reading: Reading) -> tuple[Happening, ...]:
    """All happenings that the sentences tell, what statements say included."""
    times = timexes(document.text, [s.span for s in reading.sentences], document.published)
    out: list[Happening] = []
    for index, sentence in enumerate(reading.sentences):
        here = [t for t in times if sentence.span.contains(t.span)]
        cut = clauses(document.text, sentence.span)
        out.extend(happenings(document.text, document.text, index, cut, here, document.published))
    return tuple(out)


def _own_time(
    text: str, m: re.Match[str], clause: Clause, found: tuple[Clause, ...], times: Sequence[Timex], published: DateValue
) -> Dated | None:
    best: tuple[int, Dated] | None = None
    for timex in times:
        other = clause_at(found, timex.span.start)
        hangs = other.parent == clause.group and other.link in (Link.DURING, Link.OTHER)
        if other.group != clause.group and not (hangs and other.span.start >= m.end()):
            continue
        gap = timex.span.start - m.end() if timex.span.start >= m.end() else 40 + m.start() - timex.span.end
        if gap > 140 or _POINTS_AWAY.search(text, max(0, timex.span.start - 16), timex.span.start):
            continue
        when = dated(timex, text, published)
        if when is not None and (best is None or gap < best[0]):
            best = (gap, when)
    return None if best is None else best[1]


def recall(told: Sequence[Happening], mention: Happening, published: DateValue) -> Dated | None:
    """The date of the happening that a mention without a date points back at: the latest told of its kind before it.

    A happening that lies after the publication, or that is dated more coarsely than to the day, is not pointed at; two
    different days leave the latest one, since older meetings are told as background.
    """
    days = [
        h.date
        for h in told
        if h.date is not None
        and h.span.start < mention.span.start
        and h.kind == mention.kind
        and h.date.to_day
        and not (published.value is not None and h.date.raw[:10] > published.value and h.date.raw[0] != "X")
    ]
    if not days:
        return None
    best = max(d.raw[:10] for d in days)
    return next(d for d in reversed(days) if d.raw[:10] == best)
