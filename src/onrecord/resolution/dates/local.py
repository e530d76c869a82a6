"""Dates from the sentence of the saying itself: its own time, a count, a happening, a neighbouring saying (steps 1 to 4)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model import DateBasis, OrderedBy, Precision, QuoteType, Span, TimeOrder, Timex, TimexType
from onrecord.resolution.dates.clauses import Clause, Link, clause_at
from onrecord.resolution.dates.happenings import Happening, date_of, recall
from onrecord.resolution.dates.story import Line, Story, clause_date, cue_of, is_past
from onrecord.resolution.dates.tenses import Tense
from onrecord.resolution.dates.values import Dated, dated, moved, related

_ORDERS = {
    Link.AFTER: TimeOrder.AFTER,
    Link.SINCE: TimeOrder.AFTER,
    Link.BEFORE: TimeOrder.BEFORE,
    Link.DURING: TimeOrder.DURING,
}
_POINTS_AWAY = re.compile(
    r"\b(?:since|until|till|by|from|through|as of|before|after|for|the|ahead of|of)\s(?:early\s|late\s|the\s)?\Z",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\b(?:after|before)\s", re.IGNORECASE)
#: Names and nouns without a verb, up to the day, and how the content goes on behind it.
_ABOUT = re.compile(
    r"(?:(?:the|an?|its|his|her|their)\s)?(?:[\w.'’-]+\s){1,5}(?:on\s|late\s|early\s)?\Z|on\s\Z", re.IGNORECASE
)
_GOES_ON = re.compile(r"\s(?:of|to|that|for|over|not)\s", re.IGNORECASE)
_UNIT_DAYS = re.compile(r"P(\d+)([DW])\Z")


def own_time(story: Story, line: Line) -> None:
    if line.statement.nested_in is not None:
        _own_inside(story, line)
        return
    found = story.clauses[line.sentence]
    here = clause_at(found, line.place)
    own: list[tuple[int, Dated]] = []
    for timex in story.times[line.sentence]:
        clause = clause_at(found, timex.span.start)
        if clause.group != here.group and not (clause.link is Link.DURING and clause.parent == here.group):
            continue
        when = dated(timex, story.text, story.published)
        if when is not None and _says_when(story, timex, when, line):
            own.append((abs(timex.span.start - line.place), when))
    best = min(own, key=lambda x: x[0], default=None) or _in_head(story, line)
    if best is not None:
        line.date, line.rule = _with_clock(best[1], [when for _, when in own]), "own"


def _with_clock(day: Dated, others: Sequence[Dated]) -> Dated:
    """The day with the time that is told of it beside ("at 0600 GMT on Monday"), where one alone is."""
    clocks = [o for o in others if o.value.time is not None and o.raw[:10] == day.raw[:10]]
    return clocks[0] if day.value.time is None and len(clocks) == 1 else day


def _in_head(story: Story, line: Line) -> tuple[int, Dated] | None:
    """ "accused the navy on Monday of ...": the day stands between whom the words are about and what they say of them."""
    if line.statement.quote_type is QuoteType.DIRECT or not line.statement.cue or not line.statement.content:
        return None
    content = line.statement.content[0]
    if not 0 <= content.start - line.statement.cue[-1].end <= 2:
        return None
    for timex in line.head:
        about, goes_on = story.text[content.start : timex.span.start], story.text[timex.span.end : timex.span.end + 6]
        when = dated(timex, story.text, story.published)
        fits = _ABOUT.match(about) is not None and _GOES_ON.match(goes_on) is not None
        if (
            when is not None
            and fits
            and (when.weekday_only or when.value.basis in (DateBasis.WEEKDAY, DateBasis.RELATIVE))
        ):
            return 0, when
    return None


def _own_inside(story: Story, line: Line) -> None:
    """The day told beside a saying inside the content of another ("said he had told them on Friday that ...")."""
    for timex in sorted(line.inner, key=lambda t: abs(t.span.start - line.place)):
        when = dated(timex, story.text, story.published)
        between = story.text[min(line.place, timex.span.end) : max(line.place, timex.span.start)]
        away = _POINTS_AWAY.search(story.text, max(0, timex.span.start - 16), timex.span.start)
        if when is not None and when.to_day and len(between) <= 40 and not away and not re.search(r"[,;.]\s", between):
            line.date, line.rule = when, "own"
            return


def _says_when(story: Story, timex: Timex, when: Dated, line: Line) -> bool:
    """False for a date that belongs to a thing ("the 2014 annexation", "since 2014") or is too coarse to be a saying's."""
    before = story.masked[max(0, timex.span.start - 16) : timex.span.start]
    if _POINTS_AWAY.search(before):
        return False
    after = story.masked[timex.span.end : timex.span.end + 1]
    if after in ("'", "’", "-") and not re.search(r"\b(?:at|during|in)\s\Z", before, re.IGNORECASE):
        return False
    if when.to_day:
        return True
    if when.value.precision is Precision.YEAR and not re.search(r"\b(?:in|during)\s\Z", before, re.IGNORECASE):
        return timex.anchored
    return (
        abs(timex.span.start - line.place) <= 80 or timex.span.start <= story.sentences[line.sentence].span.start + 12
    )


def count_on(story: Story, line: Line) -> None:
    """ "came two days after ...": the clause with the saying is counted from the other one."""
    found = story.clauses[line.sentence]
    here = clause_at(found, line.place)
    for timex, days, opened in _counts(story, line.sentence):
        if here.group == opened.parent or here.group not in (opened.group, opened.parent):
            base = clause_date(story, line.sentence, opened.group)
            sign = 1 if opened.link is Link.AFTER else -1
            if base is None or here.group != opened.parent:
                continue
            when = moved(base, sign * days, timex.span, timex.span.of(story.text))
            if when is not None:
                line.date, line.rule = when, "count"
                return


def count_back(story: Story, line: Line) -> None:
    """The saying in the "after" clause, counted back from the day of the clause before it, or of the story."""
    found = story.clauses[line.sentence]
    here = clause_at(found, line.place)
    for timex, days, opened in _counts(story, line.sentence):
        if here.group != opened.group:
            continue
        base = clause_date(story, line.sentence, opened.parent) or story.day
        sign = -1 if opened.link is Link.AFTER else 1
        when = None if base is None else moved(base, sign * days, timex.span, timex.span.of(story.text))
        if when is not None:
            line.date, line.rule = when, "count"
            return


def _counts(story: Story, index: int) -> list[tuple[Timex, int, Clause]]:
    out = []
    for timex in story.times[index]:
        length = _UNIT_DAYS.match(timex.value or "") if timex.type is TimexType.DURATION else None
        if length is None or not _COUNT.match(story.masked, timex.span.end + 1):
            continue
        opened = clause_at(story.clauses[index], timex.span.end + 1)
        if opened.link in (Link.AFTER, Link.BEFORE):
            out.append((timex, int(length[1]) * (7 if length[2] == "W" else 1), opened))
    return out


def by_happening(story: Story, line: Line) -> None:
    """The happening that a phrase of the saying's clause names gives the order, and the day where there is none yet."""
    if line.statement.nested_in is not None or not story.clauses[line.sentence]:
        return
    found = story.clauses[line.sentence]
    here = clause_at(found, line.place)
    for clause in found:
        fronted = clause is here and clause.span.start == found[0].span.start
        if clause.link not in _ORDERS or not (fronted or (clause.parent == here.group and clause.group != here.group)):
            continue
        # "During the call the minister stressed": without a comma the saying stands in the phrase itself.
        whole = Span(clause.span.start, _begin(line)) if fronted else clause.span
        inside = [h for h in story.told if h.sentence == line.sentence and whole.contains(h.span)]
        if not inside or _of_another(story, line, Clause(whole, clause.group, clause.parent, clause.link)):
            continue
        mention = inside[0]
        order = _ORDERS[clause.link]
        if line.order is None:
            start = clause.span.start
            line.order = OrderedBy(order, Span(start, mention.span.end))
        if line.date is None and not line.background and clause.link is not Link.SINCE:
            _date_by(story, line, mention, order)
    if line.date is None and not line.background:
        _addressed(story, line, here)


def _begin(line: Line) -> int:
    """Where the words of who says it begin, or of the saying where nobody is named."""
    spans = line.statement.source or line.statement.cue
    return min((s.start for s in spans), default=line.place)


def _of_another(story: Story, line: Line, clause: Clause) -> bool:
    """True when the clause tells a saying of this speaker: then it is no occasion of this one."""
    return any(x is not line and clause.span.start <= x.place < clause.span.end for x in story.lines)


def _date_by(story: Story, line: Line, mention: Happening, order: TimeOrder) -> None:
    if mention.known is not None:
        held = date_of(mention, story.text)
        if held is not None and order is TimeOrder.DURING and is_past(story, held):
            line.date, line.rule = held, "happening"
        return
    when = mention.date or (recall(story.told, mention, story.published) if mention.definite else None)
    if when is None or not when.to_day:
        return
    if order is TimeOrder.BEFORE and not is_past(story, when):
        return
    why = f"{order.value} “{mention.span.of(story.text)}”"
    line.date, line.rule = related(when, mention.span, why), "happening"


def _addressed(story: Story, line: Line, here: Clause) -> None:
    """A "news conference" that is told, dated in its own clause or earlier."""
    for mention in story.told:
        if mention.sentence == line.sentence and mention.group == here.group and mention.kind in ("briefing", "speech"):
            when = mention.date
            if when is not None and when.to_day:
                line.date, line.rule = related(when, mention.span, f"at “{mention.span.of(story.text)}”"), "happening"
                return


def by_sentence(story: Story, line: Line) -> None:
    """The day of another saying of this source in the sentence, or of the clause that "and" joins to this one."""
    if line.date is not None:
        return
    for other in story.lines:
        same = other.sentence == line.sentence and other is not line and other.statement.nested_in is None
        if same and other.date is not None and other.date.to_day and other.speakers & line.speakers:
            if line.tense in (Tense.PLUPERFECT, Tense.MODAL, Tense.NOUN) or line.statement.presupposed:
                continue
            line.date = related(other.date, cue_of(other), "the same speaker in the same sentence")
            line.rule, line.order = "sentence", line.order or other.order
            return
    if line.tense is not Tense.PAST or line.background:
        return
    found = story.clauses[line.sentence]
    here = clause_at(found, line.place)
    if here.link is not Link.AND:
        return
    before = [
        h for h in story.told if h.sentence == line.sentence and h.span.end <= here.span.start and h.date is not None
    ]
    for mention in reversed(before):
        if mention.date is not None and mention.date.to_day and mention.group == here.parent and not mention.definite:
            why = f"told together with “{mention.span.of(story.text)}”"
            line.date, line.rule = related(mention.date, mention.span, why), "sentence"
            return
