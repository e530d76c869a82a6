"""Finds the headline among the lines above the body, without knowing the site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.documents.lines import Paragraph
from onrecord.model import LineRole

_NO_LETTER = re.compile(r"[\W_]+")
_CONTENT = re.compile(r"\w{4,}")
#: What lists and headings put before a line: a headline is the same line with it and without.
_LEADING = "0123456789.)•*·-–#> \t\"“”‘’'«»"
_MENU = re.compile(r"\s[|>»·]\s|\t|\s{3}")
#: Below this the likeliest line is still no headline.
_LEAST = 0.45


@dataclass(frozen=True, slots=True)
class HeadlineHints:
    """What else is known of the headline: the page's stated title, the words of its address, lines that only name the site."""

    title: str | None = None
    slug: frozenset[str] = frozenset()
    mastheads: frozenset[int] = frozenset()


def squeezed(words: str) -> str:
    """The letters and digits of `words` in lower case, for comparing lines that differ in glyphs."""
    return _NO_LETTER.sub("", words.lower())


def content_words(words: str) -> set[str]:
    """The words of four letters and more, in lower case."""
    return set(_CONTENT.findall(words.lower()))


def headline_of(
    paragraphs: Sequence[Paragraph], roles: Sequence[LineRole | None], body: Sequence[int], hints: HeadlineHints
) -> int | None:
    """The index of the headline: the line above the body that shares most with the title, the address and the body.

    Of two likely lines the upper one is it and the lower one its standfirst. None when no line is likely.
    """
    first = body[0] if body else len(paragraphs)
    scorer = _Scorer(paragraphs, roles, body, hints)
    values = {index: scorer.value(index) for index in range(min(first + 1, len(paragraphs)))}
    best = max(values, key=lambda index: (values[index], -index), default=None)
    if best is None or values[best] < _LEAST:
        return None
    above = best - 1
    likely = above >= 0 and values[above] >= max(_LEAST, 0.55 * values[best])
    if likely and len(paragraphs[above].text.split()) >= 4 and not _MENU.search(paragraphs[above].text):
        return above
    return best


class _Scorer:
    """How likely each line of one page is its headline."""

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        roles: Sequence[LineRole | None],
        body: Sequence[int],
        hints: HeadlineHints,
    ) -> None:
        self._paragraphs = paragraphs
        self._roles = roles
        self._hints = hints
        self._first = body[0] if body else len(paragraphs)
        self._vocabulary = content_words(" ".join(paragraphs[i].text for i in body))
        self._lead = content_words(" ".join(paragraphs[i].text for i in body[:2]))
        self._known = squeezed(hints.title) if hints.title else ""
        self._keys = [p.text[:400].lower().lstrip(_LEADING) for p in paragraphs]
        self._counts = Counter(self._keys)
        self._first_at = {key: index for index, key in reversed([*enumerate(self._keys)])}

    def value(self, index: int) -> float:
        """Zero for what cannot be a headline; else a score without a unit, larger is likelier."""
        words = self._paragraphs[index].text.lstrip("# ")
        role, key = self._roles[index], self._keys[index]
        usable = role is None or (role == LineRole.BODY and index == self._first)
        if not usable or index in self._hints.mastheads or len(words) > 250 or " " not in words:
            return 0.0
        if not 2 <= len(words.split()) <= 30:
            return 0.0
        if words.endswith(".") and not (self._known and self._known.startswith(squeezed(words))):
            return 0.0
        content = content_words(words)
        if not content:
            return 0.0
        value = (len(content & self._vocabulary) + 0.5 * len(content & self._lead)) / len(content)
        value *= min(len(content), 8) / 8
        if self._known and all(word in self._known for word in content if "_" not in word):
            known = squeezed(words)
            value += 2 * len(known) / len(self._known) if len(known) >= 8 and known in self._known else 0
        if self._hints.slug:
            value += 1.5 * len(content & self._hints.slug) / max(len(content), len(self._hints.slug) * 0.7)
        again = self._first_at[key] < index
        value += 0.3 * (self._counts[key] > 1 and not again) - 0.3 * again
        value += 0.4 * self._paragraphs[index].text.startswith("# ")
        value += 0.6 * self._above_byline(index)
        value -= 0.5 * (_MENU.search(words) is not None)
        value += 0.3 / (1 + max(self._first - index, 0))
        return value - 0.6 * (role == LineRole.BODY)

    def _above_byline(self, index: int) -> bool:
        """True when a byline or a date line follows within three lines."""
        below = self._roles[index + 1 : index + 4]
        return LineRole.BYLINE in below or LineRole.DATE in below
