"""Decides whether two documents carry one text, and says why.

A copy keeps the words of the news and its facts; papers replace its headline and first paragraph, cut from the end,
insert background and impose a house style. So the question is not only how many words two texts share, but which:

* an update of a rolling story brings new paragraphs on top and drops or rewrites others below, while a copy keeps
  everything after the first paragraph up to where it was cut;
* two stories that share a background paragraph have no more than that in common;
* a templated item (weather, results, a daily bulletin) repeats the sentences with other names and figures in them.

The limits were set on texts of ``evals/copies_generator.py`` made from other seeds than those that are scored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from onrecord.model import Document
from onrecord.reports.house_style import word_key
from onrecord.reports.runs import Run, runs
from onrecord.reports.words import Words, words_of

#: Words in common below which two texts are never one, unless one of them is as good as whole in the other.
LEAST_WORDS = 25
#: Share of the shorter text that has to be common.
LEAST_SHARE = 0.38
#: Share of the shorter text that has to be common with the lead when a third document brings the two together.
_COMPATIBLE_SHARE = 0.25
#: Share of one text's words, from its second paragraph to the last common passage, that the other must have kept.
LEAST_KEPT = 0.95
#: The same share, and the share of the shorter text, below which openings that both have for themselves make an update.
_KEPT_UNDER_NEW_OPENING = 0.97
_SHARE_UNDER_NEW_OPENING = 0.5
#: The same share, and the share of the shorter text, that will do for two copies with insertions of their own.
_KEPT_BESIDE_INSERTIONS = 0.85
_SHARE_BESIDE_INSERTIONS = 0.6
#: A run of at least so many words is a passage; shorter ones are phrases.
_PASSAGE = 8
#: Shorter runs than this are chance.
_PHRASE = 4
#: A paragraph is new when less than this share of it is in the other text.
_NEW = 0.5
#: Shorter paragraphs, and those that do not end like a sentence, are captions and the like, and no news.
_PARAGRAPH = 12
#: Longest replacement that still counts as an edit inside a sentence, and the share of the sentence that must be common.
_EDIT = 8
_SENTENCE_ALIKE = 0.6
#: Names at least this alike (0 to 100) are one name in two transliterations.
_SAME_NAME = 70
_WEEKDAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
_CALENDAR = frozenset(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))
_UNITS = (
    frozenset(("mile", "miles", "yard", "yards", "foot", "feet", "inch", "inches", "acre", "acres", "pound", "pounds")),
    frozenset(
        ("kilometer", "kilometers", "km", "meter", "meters", "m", "hectare", "hectares", "kilogram", "kilograms", "kg")
    ),
    frozenset(("dollar", "dollars", "usd")),
    frozenset(("euro", "euros", "eur")),
    frozenset(("fahrenheit", "f")),
    frozenset(("celsius", "c")),
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts have in common.

    ``words`` is the number of words in common in the same order, ``smaller`` and ``larger`` their share (0 to 1) of the
    shorter and the longer text. ``kept`` is, for the better of the two sides, the share of a text's words from its second
    paragraph to the last common passage that the other has: what is left of it before it was cut. ``new_on_top`` counts each text's opening paragraphs that the other does not have, the smaller number
    first. ``edits`` are the places inside common sentences where words were replaced, ``facts`` those that replaced a figure,
    a weekday or a name by another.
    """

    words: int
    smaller: float
    larger: float
    kept: float
    new_on_top: tuple[int, int]
    edits: int
    facts: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be thought of two documents.

    ``same``: they carry one text by themselves. ``compatible``: they may belong to one report when a third document carries
    the text of both; true whenever ``same`` is. ``shared`` words tell which of several is the nearest; ``why`` is the reason.
    """

    same: bool
    compatible: bool
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
        f"{like.words} words in common, {like.smaller:.0%} of the shorter and {like.larger:.0%} of the longer text; "
        f"{like.kept:.0%} kept up to the cut; {like.edits} places reworded, {like.facts} of them with other facts"
    )
    reason = difference(like)
    fitting = reason is None or (contradiction(like) is None and like.smaller >= _COMPATIBLE_SHARE)
    return Verdict(reason is None, fitting, like.words, counted if reason is None else f"{counted}: {reason}")


def difference(like: Likeness) -> str | None:
    """Why two texts are not one, or None when they are."""
    least, most = like.new_on_top
    if like.words < LEAST_WORDS and like.larger < 0.8:
        return "too few words in common"
    if like.smaller < LEAST_SHARE or (like.words < 100 and like.smaller < 0.5 and like.larger < 0.3):
        return "only a passage in common"
    against = contradiction(like)
    if against is not None:
        return against
    if least > 1 or most > 2:
        return "other openings over the same background"
    if most > 1 and like.facts:
        return "a new opening and other facts: an update"
    if least == 1 and most > 1 and (like.kept < _KEPT_UNDER_NEW_OPENING or like.smaller < _SHARE_UNDER_NEW_OPENING):
        return "other openings over a common passage"
    if like.kept >= LEAST_KEPT:
        return None
    if (
        like.kept < _KEPT_BESIDE_INSERTIONS
        or like.smaller < _SHARE_BESIDE_INSERTIONS
        or most > 1
        or like.facts
        or like.edits * 100 > like.words
    ):
        return "both have paragraphs the other lacks"
    return None


def contradiction(like: Likeness) -> str | None:
    """Why two texts report different things in the sentences they share, or None."""
    facts_per_hundred = 100 * like.facts / max(like.words, 1)
    if (like.facts >= 2 and facts_per_hundred > 0.5) or facts_per_hundred > 1:
        return "the same sentences with other names or figures"
    if 100 * like.edits / max(like.words, 1) > 8:
        return "the same sentences reworded throughout"
    return None


def likeness(first: Words, second: Words) -> Likeness:
    """What two texts have in common, by word-block alignment."""
    found = runs(first.keys, second.keys)
    phrases = [run for run in found if run.length >= _PHRASE]
    words = sum(run.length for run in phrases)
    shorter, longer = sorted((len(first), len(second)))
    new_here, kept_here = _side(first, [(run.first, run.length) for run in phrases])
    new_there, kept_there = _side(second, [(run.second, run.length) for run in phrases])
    edits, facts = _edits(first, second, found)
    return Likeness(
        words=words,
        smaller=words / max(shorter, 1),
        larger=words / max(longer, 1),
        kept=max(kept_here, kept_there),
        new_on_top=(min(new_here, new_there), max(new_here, new_there)),
        edits=edits,
        facts=facts,
    )


def _side(words: Words, common: Sequence[tuple[int, int]]) -> tuple[int, float]:
    """For one text: how many new paragraphs open it, and the share kept from the second paragraph to the last passage."""
    covered = _covered(words, common)
    paragraphs = _news_paragraphs(words)
    new = 0
    for first, end in paragraphs:
        if sum(covered[first:end]) >= _NEW * (end - first):
            break
        new += end - first >= _PARAGRAPH and _is_closed(words, end - 1)
    begin = paragraphs[1][0] if len(paragraphs) > 1 else 0
    last = max((start + length for start, length in common if length >= _PASSAGE), default=0)
    if last <= begin:
        return new, 1.0 if last else 0.0
    return new, sum(covered[begin:last]) / (last - begin)


def _covered(words: Words, common: Sequence[tuple[int, int]]) -> bytearray:
    """One byte a word: 1 where it lies in one of the `common` runs, given by start and length."""
    covered = bytearray(len(words))
    for start, length in common:
        covered[start : start + length] = b"\1" * length
    return covered


def _news_paragraphs(words: Words) -> list[tuple[int, int]]:
    """The word ranges of the paragraphs, without what stands before the first that ends like a sentence (a headline)."""
    paragraphs: list[tuple[int, int]] = []
    closed: list[bool] = []
    last = -1
    for sentence in words.sentences:
        if sentence.paragraph == last:
            paragraphs[-1] = (paragraphs[-1][0], sentence.end)
            closed.pop()
        else:
            paragraphs.append((sentence.first, sentence.end))
        last = sentence.paragraph
        closed.append(_is_closed(words, sentence.end - 1))
    start = closed.index(True) if True in closed else 0
    return paragraphs[start:]


def _is_closed(words: Words, index: int) -> bool:
    end = words.spans[index][1]
    return any(mark in ".!?…" for mark in words.text[end : end + 3].split("\n", 1)[0])


def _edits(first: Words, second: Words, found: Sequence[Run]) -> tuple[int, int]:
    """How many short replacements lie inside common sentences, and how many of them replace facts."""
    here, there = _sentence_of(first), _sentence_of(second)
    mine = _alike(first, [(run.first, run.length) for run in found])
    theirs = _alike(second, [(run.second, run.length) for run in found])
    edits = facts = 0
    for left, right in pairwise(found):
        a, b = range(left.first + left.length, right.first), range(left.second + left.length, right.second)
        if not 0 < len(a) <= _EDIT or not 0 < len(b) <= _EDIT:
            continue
        if here[a.start - 1] != here[a.stop] or there[b.start - 1] != there[b.stop]:
            continue
        if mine[here[a.stop]] < _SENTENCE_ALIKE or theirs[there[b.stop]] < _SENTENCE_ALIKE:
            continue
        if "".join(first.form(i) for i in a).casefold() == "".join(second.form(i) for i in b).casefold():
            continue
        edits += 1
        facts += _other_facts(_facts(first, a), _facts(second, b))
    return edits, facts


def _sentence_of(words: Words) -> list[int]:
    return [number for number, s in enumerate(words.sentences) for _ in range(s.first, s.end)]


def _alike(words: Words, common: Sequence[tuple[int, int]]) -> list[float]:
    """For each sentence the share of its words that lie in common runs."""
    covered = _covered(words, common)
    return [sum(covered[s.first : s.end]) / (s.end - s.first) for s in words.sentences]


@dataclass(frozen=True, slots=True)
class _Facts:
    figures: frozenset[str]
    weekdays: frozenset[str]
    names: frozenset[str]
    unit: int


def _facts(words: Words, places: range) -> _Facts:
    figures: set[str] = set()
    weekdays: set[str] = set()
    names: set[str] = set()
    unit = -1
    openings = {s.first for s in words.sentences}
    for index in places:
        form = words.form(index)
        key = word_key(form)
        if key in _WEEKDAYS:
            weekdays.add(key)
        elif any(c.isdigit() for c in key):
            figures.add(key)
        elif form[0].isupper() and index not in openings and key not in _CALENDAR:
            names.add(key)
        else:
            unit = next((i for i, row in enumerate(_UNITS) if key in row), unit)
    return _Facts(frozenset(figures), frozenset(weekdays), frozenset(names), unit)


def _other_facts(mine: _Facts, theirs: _Facts) -> bool:
    """True when both replaced and replacing words hold a figure, a weekday or a name, and not the same ones.

    A figure beside another unit is a conversion, and a name that differs by a few letters a transliteration.
    """
    if mine.figures and theirs.figures and not mine.figures & theirs.figures:
        return mine.unit < 0 or theirs.unit < 0 or mine.unit == theirs.unit
    if mine.weekdays and theirs.weekdays and not mine.weekdays & theirs.weekdays:
        return True
    if not mine.names or not theirs.names or mine.names & theirs.names:
        return False
    return all(fuzz.ratio(a, b) < _SAME_NAME for a in sorted(mine.names) for b in sorted(theirs.names))
