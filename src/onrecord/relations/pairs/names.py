"""Whose name stands where in a sentence, so that the classifier sees sides and no names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.model import Span

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
#: Words of names that say what somebody is and not who: they are hidden only as part of the whole name.
_KIND = frozenset(
    [
        "republic", "union", "league", "alliance", "council", "mission", "organisation", "organization", "states",
        "kingdom", "federation", "nations", "national", "united", "northern", "southern", "eastern", "western",
        "central", "north", "south", "east", "west", "ministry", "minister", "army", "government", "party", "front",
        "movement", "committee", "bureau", "society", "group", "people", "peoples", "democratic", "islamic", "federal",
        "international", "foreign", "prime", "president", "general", "institute", "fellowship", "court", "board",
        "team", "guard", "pact", "treaty", "assembly", "free", "force", "forces",
    ]
)  # fmt: skip
_SHORTEST = 4


def found(text: str, names: Iterable[str]) -> tuple[Span, ...]:
    """Where one of `names` stands in `text`: whole, by one of its words, or in a form of it ("Orvellian" for "Orvelle").

    Words shorter than four letters and words that name a kind ("Council") count only within the whole name.
    """
    spans = [
        Span(m.start(), m.end())
        for name in names
        if name
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)", text)
    ]
    stems = stems_of(names)
    if stems:
        for match in _WORD.finditer(text):
            word = match[0]
            if word[0].isupper() and word.casefold().startswith(stems) and word.casefold() not in _KIND:
                spans.append(Span(match.start(), match.end()))
    return longest(spans)


def stems_of(names: Iterable[str]) -> tuple[str, ...]:
    """What the words begin with by which `names` are known: their words without up to two letters of the ending."""
    words = {w.casefold() for name in names for w in _WORD.findall(name) if w[0].isupper()}
    return tuple(sorted(w[: max(_SHORTEST, len(w) - 2)] for w in words if len(w) >= _SHORTEST and w not in _KIND))


def longest(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in the order of the text, of overlapping ones the longest."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if not any(span.overlaps(k) for k in kept):
            kept.append(span)
    return tuple(sorted(kept))


def masked_words(text: str, names: Sequence[str]) -> list[str]:
    """The words of `text` in small letters, those of `names` left out."""
    hidden = found(text, names)
    return [
        m[0].casefold()
        for m in _WORD.finditer(text)
        if not any(h.start < m.end() and m.start() < h.end for h in hidden)
    ]
