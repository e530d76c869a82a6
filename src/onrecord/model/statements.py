"""Statements: who said what, in the roles of PARC and PolNeAR, with what the saying does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.model.actors import ActorRef, Place
from onrecord.model.dates import UNKNOWN_DATE, DateValue
from onrecord.model.ids import content_id
from onrecord.model.spans import Span


class QuoteType(StrEnum):
    """How the words are given: all in quotation marks, some, none, or only the act is told ("criticised ...")."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"
    NARRATED = "narrated"


class SearleClass(StrEnum):
    """Searle's classes of illocutionary acts (A Taxonomy of Illocutionary Acts, 1975), without declarations."""

    ASSERTIVE = "assertive"
    DIRECTIVE = "directive"
    COMMISSIVE = "commissive"
    EXPRESSIVE = "expressive"
    NONE = "none"


class Act(StrEnum):
    """What a statement does: sixteen speech acts of a dispute."""

    ASSERT = "assert"
    ANNOUNCE = "announce"
    ACKNOWLEDGE = "acknowledge"
    DENY = "deny"
    ACCUSE = "accuse"
    WARN = "warn"
    DEMAND = "demand"
    REQUEST = "request"
    PROMISE = "promise"
    OFFER = "offer"
    THREATEN = "threaten"
    AGREE = "agree"
    REJECT = "reject"
    CONDEMN = "condemn"
    SUPPORT = "support"
    DECLINE = "decline"

    @property
    def searle(self) -> SearleClass:
        """The Searle class the act belongs to."""
        return _SEARLE[self]


_SEARLE = {
    **dict.fromkeys((Act.ASSERT, Act.ANNOUNCE, Act.ACKNOWLEDGE, Act.DENY, Act.ACCUSE, Act.WARN), SearleClass.ASSERTIVE),
    **dict.fromkeys((Act.DEMAND, Act.REQUEST), SearleClass.DIRECTIVE),
    **dict.fromkeys((Act.PROMISE, Act.OFFER, Act.THREATEN, Act.AGREE, Act.REJECT), SearleClass.COMMISSIVE),
    **dict.fromkeys((Act.CONDEMN, Act.SUPPORT), SearleClass.EXPRESSIVE),
    Act.DECLINE: SearleClass.NONE,
}


class Polarity(StrEnum):
    """Whether the content is affirmed or negated."""

    AFFIRMATIVE = "affirmative"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """How the content stands to the facts: told as fact, as due, as possible, as coming, or under a condition."""

    FACT = "fact"
    OBLIGATION = "obligation"
    POSSIBILITY = "possibility"
    FUTURE = "future"
    CONDITIONAL = "conditional"


class TimeOrder(StrEnum):
    """Where a saying lies beside the happening it belongs to."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class StatementPart(StrEnum):
    """Where on its page a saying stands. What the body says is what counts; the other parts sum it up, or say it once more."""

    BODY = "body"
    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    SUBHEADING = "subheading"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class OrderedBy:
    """That a saying came before, during or after a happening, named by ``span`` ("after the meeting")."""

    order: TimeOrder
    span: Span


@dataclass(frozen=True, slots=True)
class Proposition:
    """One thing that a statement says, asks or promises, with its own deadline where it names one."""

    content: tuple[Span, ...]
    deadline: DateValue | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field has its value: the field, the rule or model that set it, its score (0 to 1) and the evidence."""

    field: str
    rule: str
    score: float = 1.0
    span: Span | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One saying: the spans of its roles in one document, what it does, and who stands behind it.

    ``source``, ``cue``, ``content``, ``addressee``, ``target_spans`` and ``qualifier`` are spans in the document's source
    text, in text order; the content may be discontinuous, the source and the cue may be empty (a headline, a passive, a
    presupposed accusation). ``nested_in`` is the id of the statement whose content holds this one. The resolution fills
    ``speakers`` (several for a joint statement; none when unknown), ``on_behalf_of``, ``addressees``, ``target``, ``date``,
    ``place`` and ``order``. ``confidence`` lies between 0 and 1. ``made_by`` names the rule set or model and its version.
    ``part`` is where on the page it stands; for a saying outside the body ``same_as`` is the id of the body's statement that
    it tells once more, None when the body has none.
    """

    id: str
    document: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    quote_type: QuoteType
    act: Act
    addressee: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()
    qualifier: tuple[Span, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    polarity: Polarity = Polarity.AFFIRMATIVE
    modality: Modality = Modality.FACT
    nested_in: str | None = None
    presupposed: bool = False
    speakers: tuple[ActorRef, ...] = ()
    on_behalf_of: tuple[ActorRef, ...] = ()
    addressees: tuple[ActorRef, ...] = ()
    target: tuple[ActorRef, ...] = ()
    date: DateValue = UNKNOWN_DATE
    place: Place | None = None
    order: OrderedBy | None = None
    confidence: float = 1.0
    made_by: str = ""
    reasons: tuple[Reason, ...] = ()
    part: StatementPart = StatementPart.BODY
    same_as: str | None = None


def statement_id(
    document: str, source: tuple[Span, ...], cue: tuple[Span, ...], content: tuple[Span, ...], act_of: str = ""
) -> str:
    """The id of the statement with these spans in `document`; `act_of` tells apart two acts read from the same spans."""
    offsets = tuple(tuple((s.start, s.end) for s in role) for role in (source, cue, content))
    return content_id("st", document, offsets, act_of)
