"""What is read in a document before anybody is resolved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.model.events import EventMention, Figure
from onrecord.model.spans import Span
from onrecord.model.statements import Statement


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the body; ``paragraph`` counts the body's paragraphs from 0."""

    span: Span
    paragraph: int


class MentionForm(StrEnum):
    """How somebody is mentioned."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


class MentionLabel(StrEnum):
    """What the mention seems to be, before it is resolved."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters that refer to somebody or something.

    ``span`` is the whole phrase ("Russian Foreign Minister Sergei Lavrov"), ``head`` its name or head noun
    ("Sergei Lavrov"; equal to ``span`` when there is nothing more), ``title`` the office words beside it, if any.
    """

    span: Span
    head: Span
    form: MentionForm
    label: MentionLabel
    title: Span | None = None


class TimexType(StrEnum):
    """The TIMEX3 types of ISO-TimeML."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression with its TIMEX3 value (``2015-05-19``, ``2015-W21-2``, ``P3M``, ``PAST_REF``), None if not decidable.

    ``anchored`` is True when the value needed the publication date or another expression of the text.
    """

    span: Span
    type: TimexType
    value: str | None
    anchored: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one document, in text order: sentences, mentions, time expressions, statements, events, figures."""

    document: str
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    timexes: tuple[Timex, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[EventMention, ...] = ()
    figures: tuple[Figure, ...] = ()
