"""Stories: the reports of one happening, whoever wrote them.

A document belongs to the story of its leading event: the first it tells, itself or in the words of a source ("police said"), of
the days around its publication. Background (what is over for weeks, what may come) makes no story, so that two pages that only recall the same
meeting are two stories.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from onrecord.model import (
    Auxiliary,
    Correction,
    CorrectionKind,
    DateValue,
    Event,
    EventKind,
    Precision,
    Story,
    content_id,
)

#: A page leads with what happened at most so many days before it came out, or is to happen within them.
_NEWS_DAYS = 3


def stories(
    events: Iterable[Event], published: Mapping[str, str | None], corrections: Sequence[Correction] = ()
) -> tuple[Story, ...]:
    """The stories of `events`; `published` gives the ISO day of each document. A document stands in one story at most.

    `corrections` are those in force; what they join or split are documents.
    """
    led: dict[str, tuple[int, Event]] = {}
    for event in events:
        for mention in event.mentions:
            if mention.definite or mention.aux in (Auxiliary.HISTORICAL, Auxiliary.NEGATED, Auxiliary.HYPOTHETICAL):
                continue
            if mention.kind is EventKind.SAYING:
                continue
            start = mention.trigger[0].start
            if not _is_news(event.date, published.get(mention.document)):
                continue
            if mention.document not in led or start < led[mention.document][0]:
                led[mention.document] = (start, event)
    parts: dict[str, set[str]] = defaultdict(set)
    for document, (_, event) in led.items():
        parts[event.id].add(document)
    of = {event.id: event for _, event in led.values()}
    return _told(_corrected(list(parts.values()), corrections), led, of, published)


def _told(
    parts: Sequence[set[str]],
    led: Mapping[str, tuple[int, Event]],
    of: Mapping[str, Event],
    published: Mapping[str, str | None],
) -> tuple[Story, ...]:
    found = []
    for part in parts:
        ordered = sorted(part, key=lambda d: (published.get(d) or "9999", d))
        leading = sorted({led[d][1].id for d in ordered if d in led}, key=lambda e: (of[e].date.value or "", e))
        when = of[leading[0]].date if leading else DateValue()
        found.append(Story(content_id("story", tuple(sorted(part))), tuple(leading), tuple(ordered), when))
    return tuple(sorted(found, key=lambda s: (s.date.value or "9999", s.id)))


def _is_news(when: DateValue, published: str | None) -> bool:
    if when.precision is not Precision.DAY or when.value is None or published is None or len(published) < 10:
        return False
    return abs((date.fromisoformat(published[:10]) - date.fromisoformat(when.value[:10])).days) <= _NEWS_DAYS


def _corrected(parts: list[set[str]], corrections: Sequence[Correction]) -> list[set[str]]:
    for entry in corrections:
        meant = set(entry.subject)
        if entry.kind is CorrectionKind.JOIN_STORIES:
            touched = [part for part in parts if part & meant]
            parts = [part for part in parts if not part & meant] + [meant.union(*touched)]
        elif entry.kind is CorrectionKind.SPLIT_STORY:
            parts = [rest for part in parts if (rest := part - meant)] + [meant]
    return parts
