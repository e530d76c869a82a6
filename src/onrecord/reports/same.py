"""Decides whether two documents carry one text, and says why.

A copy keeps the words of the news and its facts; papers replace its headline and first paragraph, cut from the end,
insert background and impose a house style. So the question is not only how many words two texts share, but which:

* an update of a rolling story brings a new top and keeps the old background below (wire stories are written in order of
  weight, so that editors can cut from the end);
* two stories that share a background paragraph have no more than that in common;
* a templated item (weather, results, a daily bulletin) repeats the sentences with other names and figures in them.

The limits were set on the generator of ``evals/copies_generator.py`` with other seeds than the test's.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import Document
from onrecord.reports.house_style import word_key
from onrecord.reports.runs import Run, runs
from onrecord.reports.words import Words, words_of

#: Words in common below which two texts are never one, unless one of them is as good as whole in the other.
_LEAST_WORDS = 25
#: Longest replacement that still counts as an edit inside a sentence.
_EDIT = 8
_WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_CALENDAR = frozenset(
    [
        "today",
        "yesterday",
        "tomorrow",
        "on",
        "last",
        "this",
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
    ]
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts have in common.

    ``words`` is the number of words in common in the same order; ``smaller`` and ``larger`` their share (0 to 1) of the
    shorter and the longer text; ``top`` the share of the news (the opening after the first paragraph) that the other text
    has, the better of the two sides; ``top_both`` the worse; ``edits`` the number of places inside shared sentences where
    words were replaced, and ``facts`` how many of these replaced a figure, a weekday or a name by another.
    """

    words: int
    smaller: float
    larger: float
    top: float
    top_both: float
    edits: int
    facts: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two documents carry one text, how much they share (to choose between two leads), and the reason."""

    same: bool
    shared: int
    why: str


def same_text(first: Document, second: Document) -> Verdict:
    """Whether two articles carry one text; the answer does not depend on the order of the two."""
    if second.id < first.id:
        first, second = second, first
    return judge(likeness(words_of(first), words_of(second)))


def judge(like: Likeness) -> Verdict:
    """The verdict on what two texts have in common."""
    counted = (
        f"{like.words} words in common, {like.smaller:.0%} of the shorter and {like.larger:.0%} of the longer text, "
        f"{like.edits} places reworded, {like.facts} with other facts"
    )
    reason = _difference(like)
    if reason is not None:
        return Verdict(False, like.words, f"{counted}: {reason}")
    return Verdict(True, like.words, counted)


def _difference(like: Likeness) -> str | None:
    """Why two texts are not one, or None when they are."""
    per_hundred = 100 / max(like.words, 1)
    if like.words < _LEAST_WORDS and like.larger < 0.8:
        return "too few words in common"
    if like.facts * per_hundred > 2.5 or (like.facts >= 2 and like.facts * per_hundred > 1.2):
        return "the same sentences with other names or figures"
    if like.edits * per_hundred > 8:
        return "the same sentences reworded throughout"
    if like.smaller < 0.34:
        return "only a passage in common"
    if like.top < 0.3:
        return "another opening over the same background"
    if like.facts and like.top_both < 0.5:
        return "a new opening and other facts: an update"
    return None


def likeness(first: Words, second: Words) -> Likeness:
    """What two texts have in common, by word-block alignment."""
    found = runs(first.keys, second.keys)
    words = sum(run.length for run in found)
    edits, facts = _edits(first, second, found)
    shorter, longer = sorted((len(first), len(second)))
    tops = sorted(
        (_top(first, [(r.first, r.length) for r in found]), _top(second, [(r.second, r.length) for r in found]))
    )
    return Likeness(words, words / max(shorter, 1), words / max(longer, 1), tops[1], tops[0], edits, facts)


def _top(words: Words, covered: Sequence[tuple[int, int]]) -> float:
    """The share of the opening 40 % of a text, without its first paragraph, that lies in shared runs."""
    start = next((s.first for s in words.sentences if s.paragraph > words.sentences[0].paragraph), 0)
    end = start + max(int(0.4 * (len(words) - start)), 20)
    end = min(end, len(words))
    if end <= start:
        return 1.0
    inside = sum(max(0, min(at + length, end) - max(at, start)) for at, length in covered)
    return inside / (end - start)


def _edits(first: Words, second: Words, found: Sequence[Run]) -> tuple[int, int]:
    """How many short replacements lie between shared runs, and how many of them replace facts."""
    edits = facts = 0
    for left, right in itertools.pairwise(found):
        a, b = left.first + left.length, left.second + left.length
        here, there = range(a, right.first), range(b, right.second)
        if not 0 < len(here) <= _EDIT or not 0 < len(there) <= _EDIT:
            continue
        if "".join(first.form(i) for i in here).casefold() == "".join(second.form(i) for i in there).casefold():
            continue
        edits += 1
        facts += _other_facts(first, here, second, there)
    return edits, facts


def _other_facts(first: Words, here: range, second: Words, there: range) -> bool:
    """True when both sides hold a figure, a weekday or a name and not the same ones."""
    mine, theirs = _facts(first, here), _facts(second, there)
    return any(mine[kind] and theirs[kind] and not (mine[kind] & theirs[kind]) for kind in mine)


def _facts(words: Words, places: range) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {"figure": set(), "weekday": set(), "name": set()}
    openings = {s.first for s in words.sentences}
    for index in places:
        form = words.form(index)
        key = word_key(form)
        if key in _WEEKDAYS:
            found["weekday"].add(key)
        elif key in _CALENDAR:
            continue
        elif any(c.isdigit() for c in key):
            found["figure"].add(key)
        elif form[0].isupper() and index not in openings:
            found["name"].add(key)
    return found
