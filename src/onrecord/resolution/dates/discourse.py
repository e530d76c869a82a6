"""Dates from beyond the sentence: words dated later, runs of one speaker, the day of the story (steps 5 to 7)."""

from __future__ import annotations

import re
from datetime import date

from onrecord.model import DateBasis, Document, Precision, Span, TimexType
from onrecord.reading.timex import timexes
from onrecord.resolution.dates.clauses import Clause, Link, clause_at
from onrecord.resolution.dates.story import Line, Story, clause_date, cue_of, is_past
from onrecord.resolution.dates.tenses import Tense
from onrecord.resolution.dates.values import Dated, dated, of_publication, related

_TELLS_OF = re.compile(
    r"\b(?:made|delivered|issued|gave)\s(?:the|his|her|their|its|these|those)\s(?:[\w-]+\s)?(?P<words>comments?|remarks?|statements?|announcement|pledge|appeal|warning|offer)\b"
    r"|\b(?:the|his|her|their|its|these)\s(?:[\w-]+\s)?(?:comments?|remarks?|statements?|announcement|pledge|appeal|warning)\s(?:came|comes?|were made|was made|was issued|was released|followed)\b"
    r"|\b(?:was|were)\sspeaking\b",
    re.IGNORECASE,
)
_STORY_SENTENCES = 6
#: How many sentences back "made the comments" points.
_REACH = 4
#: A day told this many days before the dateline may be the story's own; one before that is background.
_RECENT = 6
#: Sources without a name: when they spoke is not told by the day of the news.
_UNNAMED = re.compile(
    r"\b(?:officials?|diplomats?|sources?|analysts?|experts?|observers?|critics|residents|witnesses|people|aides?|some|many|others|few)\b",
    re.IGNORECASE,
)


def by_later_words(story: Story) -> None:
    """A sentence that dates words told before it dates the statements of its speaker above it that have no date."""
    for index, sentence in enumerate(story.sentences):
        m = _TELLS_OF.search(story.masked, sentence.span.start, sentence.span.end)
        if m is None:
            continue
        clause = clause_at(story.clauses[index], m.start())
        when = clause_date(story, index, clause.group) or _attached(story, index, clause)
        if when is None:
            continue
        above = [x for x in story.lines if 0 < index - x.sentence <= _REACH and x.statement.nested_in is None]
        words = story.text[sentence.span.start : m.start()]
        named = [x for x in above if any(_names(key, words) for key in _surnames(story, x))]
        pronoun = re.search(r"\b(?:he|she|they|it)\b", words, re.IGNORECASE) is not None or not words.strip()
        chosen = named or ([x for x in above if above and x.speakers & above[-1].speakers] if pronoun else [])
        for line in chosen:
            if (
                line.date is None
                and line.tense not in (Tense.PLUPERFECT, Tense.MODAL)
                and not line.statement.presupposed
            ):
                why = f"“{' '.join(m.group().split())}”"
                line.date, line.rule = related(when, Span(m.start(), m.end()), why), "told-of"


def _attached(story: Story, index: int, clause: Clause) -> Dated | None:
    """The date in a phrase that hangs on the clause ("after talks with ... on June 3")."""
    for other in story.clauses[index]:
        if other.parent == clause.group and other.link in (Link.AFTER, Link.DURING):
            when = clause_date(story, index, other.group)
            if when is not None:
                return when
    return None


def _surnames(story: Story, line: Line) -> list[str]:
    words = " ".join(s.of(story.text) for s in line.statement.source)
    names = [w for w in re.findall(r"[^\W\d_][\w’'-]+", words) if w[0].isupper()]
    found = [ref.name.split()[-1] for ref in line.statement.speakers if ref.name.split()]
    return [*names[-1:], *found]


def _names(name: str, words: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", words) is not None


def day_of_story(story: Story, document: Document) -> Dated | None:
    """The day the story tells of: the first one of a happening or a saying in its first sentences, else of the dateline.

    The dateline's day gives way to a day before it that the first sentences tell, and to no other.
    """
    first: list[tuple[int, Dated]] = []
    for mention in story.told:
        if mention.sentence < _STORY_SENTENCES and mention.date is not None and mention.date.to_day:
            first.append((mention.span.start, mention.date))
    for said in story.lines:
        if said.sentence < _STORY_SENTENCES and said.date is not None and said.date.to_day and said.rule == "own":
            first.append((said.place, said.date))
    days = [d for _, d in sorted(first, key=lambda x: x[0]) if is_past(story, d)]
    line = _dateline_day(document)
    if line is None:
        return days[0] if days else None
    told = [d for d in (*days, *_days_told(story)) if d.raw[0] != "X" and is_past(story, d)]
    recent = [d for d in told if 0 <= _days_between(d, line) <= _RECENT]
    if recent and all(d.raw[:10] != line.raw[:10] for d in recent):
        return recent[0]
    return line


def _dateline_day(document: Document) -> Dated | None:
    if document.dateline is None:
        return None
    for timex in timexes(document.text, [document.dateline.span], document.published):
        when = dated(timex, document.text, document.published)
        if when is not None and when.to_day:
            return when
    return None


def _days_told(story: Story) -> list[Dated]:
    """The days the first sentences tell outside what is said, in order, a dateline left out."""
    found = (dated(t, story.text, story.published) for times in story.times[:_STORY_SENTENCES] for t in times)
    return [d for d in found if d is not None and d.to_day and d.value.basis is not DateBasis.STATED]


def _days_between(one: Dated, other: Dated) -> int:
    if one.value.value is None or other.value.value is None:
        return -1
    return (date.fromisoformat(other.value.value) - date.fromisoformat(one.value.value)).days


def by_runs(story: Story) -> None:
    """Statements of one speaker on the story's day, then those of others where that day is the day of publication."""
    last: dict[str, Dated] = {}
    elsewhere: set[str] = set()  # speakers last heard at another time: "in an August speech"
    before: Line | None = None
    for line in story.lines:
        if line.statement.nested_in is not None or line.statement.presupposed:
            continue
        tells = line.tense in (Tense.PAST, Tense.PARTICIPLE) and not line.background
        if line.date is None and tells and not line.speakers & elsewhere:
            _run(story, line, last, before)
        if line.date is not None and line.rule != "count":
            if line.date.to_day:
                elsewhere -= line.speakers
                last.update(dict.fromkeys(line.speakers, line.date))
            else:
                elsewhere |= line.speakers
        elif line.tense is Tense.PLUPERFECT or _unnamed(story, line):
            elsewhere |= line.speakers
        before = line


def _other_day(story: Story, line: Line) -> bool:
    """True when the sentence tells of another day as well ("Tuesday's report, which said ...")."""
    days = (dated(t, story.text, story.published) for t in story.times[line.sentence])
    return any(d is not None and d.to_day and d.raw[:10] != story.published.value for d in days)


def _unnamed(story: Story, line: Line) -> bool:
    return _UNNAMED.search(" ".join(s.of(story.text) for s in line.statement.source)) is not None


def _run(story: Story, line: Line, last: dict[str, Dated], before: Line | None) -> None:
    if _other_times(story, line):
        return
    known = [last[key] for key in sorted(line.speakers) if key in last]
    for when in known:
        of_the_day = story.day is not None and story.day.raw[:10] == when.raw[:10]
        follows = before is not None and before.date is not None and bool(before.speakers & line.speakers)
        if of_the_day or (follows and before is not None and line.sentence - before.sentence <= 2):
            line.date, line.rule = related(when, cue_of(line), "the same speaker on the same occasion"), "run"
            return
    published = story.published
    if known or story.day is None or published.value is None or published.precision is not Precision.DAY:
        return
    if story.day.raw[:10] == published.value and not _unnamed(story, line) and not _other_day(story, line):
        line.date, line.rule = of_publication(published, "told as news of the day of publication"), "day"


def _other_times(story: Story, line: Line) -> bool:
    """True when the clause of the saying has a time of its own that is no date: "recently", "last week"."""
    found = story.clauses[line.sentence]
    group = clause_at(found, line.place).group
    return any(
        t.type in (TimexType.DATE, TimexType.TIME)
        and clause_at(found, t.span.start).group == group
        and t.value not in ("PRESENT_REF",)
        for t in story.times[line.sentence]
    )
