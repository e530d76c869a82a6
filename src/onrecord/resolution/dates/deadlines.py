"""Deadlines of what statements demand and promise: "by 2034", "within 30 days", "before the summit".

A deadline is a date with its precision; a length of time is counted from the day of the saying, and so are the words of
another's own quotation ("tomorrow"). A day told as past is no deadline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import (
    DateBasis,
    DateEvidence,
    DateValue,
    Document,
    Precision,
    Proposition,
    QuoteType,
    Reading,
    Span,
    Statement,
    Timex,
    TimexType,
    day,
)
from onrecord.reading.timex import timexes
from onrecord.resolution.dates.counting import later
from onrecord.resolution.dates.happenings import Happening, date_of, happenings_in
from onrecord.resolution.dates.values import dated

_BY = re.compile(
    r"\b(?:by|until|till|no later than|not later than|before|ahead of)\s(?:the\s)?(?:end of\s|start of\s)?\Z",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:within|inside|in no more than|over)\s(?:the\s)?(?:next\s|coming\s|following\s)?\Z", re.IGNORECASE
)
_BEFORE = re.compile(
    r"\b(?:before|ahead of|by the time of|until)\s(?:the|next|this|their|its|a|an)\s(?:[\w'’-]+\s){0,3}\Z",
    re.IGNORECASE,
)
#: A word without which none of the three above matches.
_MARKED = re.compile(r"\b(?:by|until|till|than|before|ahead|within|inside|over)\b", re.IGNORECASE)
_LENGTH = re.compile(r"P(T?)(\d+)([HDWMY])\Z")


#: Characters before a time or a happening in which the word stands that makes it a deadline.
_NEAR = 48


def with_deadlines(document: Document, reading: Reading) -> Reading:
    """The reading with a deadline for every proposition whose words name one and that has none yet.

    Call it after the statements have their dates.
    """
    told: Sequence[Happening] | None = None
    done = []
    for statement in reading.statements:
        if not any(_may_have_one(document.text, p) for p in statement.propositions):
            done.append(statement)
            continue
        if told is None:
            told = happenings_in(document, reading)
        done.append(_of_statement(document, statement, told))
    return replace(reading, statements=tuple(done))


def _may_have_one(text: str, proposition: Proposition) -> bool:
    return proposition.deadline is None and any(
        _MARKED.search(text, max(0, part.start - _NEAR), part.end) for part in proposition.content
    )


def _of_statement(document: Document, statement: Statement, told: Sequence[Happening]) -> Statement:
    said = statement.date
    counts_from = document.published
    if statement.quote_type is QuoteType.DIRECT and said.value is not None and said.precision is Precision.DAY:
        counts_from = day(said.value, said.basis, inferred=said.inferred)
    propositions = tuple(
        replace(p, deadline=_deadline(document.text, p, counts_from, said, told))
        if _may_have_one(document.text, p)
        else p
        for p in statement.propositions
    )
    return replace(statement, propositions=propositions)


def _deadline(
    text: str, proposition: Proposition, counts_from: DateValue, said: DateValue, told: Sequence[Happening]
) -> DateValue | None:
    for timex in timexes(text, proposition.content, counts_from):
        before = text[max(0, timex.span.start - _NEAR) : timex.span.start]
        found = None
        if timex.type is TimexType.DURATION:
            whole = before + timex.span.of(text)
            if _WITHIN.search(before) or re.search(r"\bwithin\s(?:the\s)?(?:next\s)?[^.,]{0,30}\Z", whole):
                found = _counted(text, timex, said)
        elif _BY.search(before):
            found = _named(text, timex, counts_from, said)
        if found is not None:
            return found
    return _before_happening(text, proposition, told, said)


def _named(text: str, timex: Timex, counts_from: DateValue, said: DateValue) -> DateValue | None:
    when = dated(timex, text, counts_from)
    if when is None or (
        said.value is not None and when.value.latest is not None and when.value.latest < said.value[:10]
    ):
        return None
    return when.value


def _counted(text: str, timex: Timex, said: DateValue) -> DateValue | None:
    length = _LENGTH.match(timex.value or "")
    if length is None:
        return None
    words = timex.span.of(text)
    if said.value is None or said.precision is not Precision.DAY:
        return DateValue(
            evidence=(DateEvidence(DateBasis.RELATIVE, timex.span, f"“{words}” from a saying without a date"),)
        )
    end = later(said.value, int(length[2]), length[3], bool(length[1]))
    if end is None:
        return None
    evidence = (
        DateEvidence(DateBasis.RELATIVE, timex.span, f"“{words}”, counted from the saying on {said.value}"),
        *said.evidence,
    )
    return DateValue(end, Precision.DAY, DateBasis.RELATIVE, said.value, end, inferred=said.inferred, evidence=evidence)


def _before_happening(
    text: str, proposition: Proposition, told: Sequence[Happening], said: DateValue
) -> DateValue | None:
    """ "before the summit": until the day of the happening that is told with a date to come, wherever it is told.

    A happening of the table of happenings that was to come on the day of the saying gives its first day.
    """
    for mention in told:
        inside = any(c.contains(mention.span) for c in proposition.content)
        if not inside or not _BEFORE.search(text, max(0, mention.span.start - _NEAR), mention.span.start):
            continue
        word = mention.span.of(text).casefold()
        dates = [h.date for h in told if h.date is not None and h.span.of(text).casefold() == word]
        coming = [
            d for d in dates if d.value.latest is not None and (said.value is None or d.value.latest >= said.value[:10])
        ]
        if coming:
            return _until(coming[-1].value, mention.span, text)
        held = date_of(mention, text)
        if held is None or held.value.earliest is None or said.value is None or held.value.earliest < said.value[:10]:
            return None
        begins = replace(held.value, value=held.value.earliest, precision=Precision.DAY, latest=held.value.earliest)
        return _until(begins, mention.span, text)
    return None


def _until(when: DateValue, span: Span, text: str) -> DateValue:
    evidence = (DateEvidence(DateBasis.RELATIVE, span, f"before “{span.of(text)}”"), *when.evidence)
    return replace(when, basis=DateBasis.RELATIVE, earliest=None, time=None, zone=None, evidence=evidence)
