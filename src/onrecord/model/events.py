"""Events: who did what to whom, in the codes of PLOVER."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.model.actors import ActorRef, Place
from onrecord.model.dates import UNKNOWN_DATE, DateValue
from onrecord.model.ids import content_id
from onrecord.model.spans import Span
from onrecord.model.statements import Reason


class Root(StrEnum):
    """The sixteen event types of PLOVER (Open Event Data Alliance, manual of 2024), defined in docs/codebook.md."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


def promised(root: Root | None) -> Root | None:
    """The root of an event that is told as coming: what is to be done together is a promise, giving way a concession.

    After the PLOVER manual of 2024, which codes future acts of cooperation as AGREE and future RETREAT as CONCEDE.
    """
    if root in (Root.CONSULT, Root.SUPPORT, Root.COOPERATE, Root.AID):
        return Root.AGREE
    return Root.CONCEDE if root is Root.RETREAT else root


class Auxiliary(StrEnum):
    """Whether an event is told as having happened: asserted, or one of the ways in which it is not."""

    ASSERTED = "asserted"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"
    HISTORICAL = "historical"


class EventKind(StrEnum):
    """What happened, in a plain word; finer than the roots where the press is, and there where PLOVER has no code (laws)."""

    MEETING = "meeting"
    VISIT = "visit"
    TALKS = "talks"
    AGREEMENT = "agreement"
    LEGISLATION = "legislation"
    EXERCISE = "exercise"
    DEPLOYMENT = "deployment"
    WITHDRAWAL = "withdrawal"
    ATTACK = "attack"
    DETENTION = "detention"
    RELEASE = "release"
    EXPULSION = "expulsion"
    INVESTIGATION = "investigation"
    SEIZURE = "seizure"
    SANCTION = "sanction"
    RUPTURE = "rupture"
    AID = "aid"
    COOPERATION = "cooperation"
    PROTEST = "protest"
    ELECTION = "election"
    #: What PLOVER counts as an event and we as a statement: an accusation, a demand, a refusal, a threat, a promise, praise.
    SAYING = "saying"


class Role(StrEnum):
    """What somebody is to an event: who does it, whom it is done to, who puts a name to it, where it is held."""

    ACTOR = "actor"
    RECIPIENT = "recipient"
    SIGNATORY = "signatory"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in an event: the role, the characters that name them, and whom these mean (none when unresolved).

    ``sides`` are the ids of the states and organisations behind them, themselves where they are one.
    """

    role: Role
    span: Span
    actors: tuple[ActorRef, ...] = ()
    sides: tuple[str, ...] = ()


class Comparator(StrEnum):
    """How a figure stands to the number it gives."""

    EXACTLY = "exactly"
    ABOUT = "about"
    MORE_THAN = "more-than"
    AT_LEAST = "at-least"
    LESS_THAN = "less-than"
    AT_MOST = "at-most"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the text gives for something: ``more than 10,000 | people | dead | since early 2014``.

    ``value`` is the number, ``unit`` what is counted ("people"), ``of`` what is said of it ("dead"), ``period`` the
    characters of the time it holds for. A figure belongs to whoever gave it: figures of two reports are never added up.
    """

    span: Span
    value: int
    comparator: Comparator
    unit: str
    of: str
    period: Span | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """One place in a text that tells an event: its trigger, what it is, who takes part, and how it is told.

    ``trigger`` is the verb or noun that names the event; a verb with its noun ("held a meeting") gives both. ``code`` is None
    for what PLOVER does not code. ``place_spans`` and ``topic`` are characters, ``place`` and ``date`` what the resolution makes
    of them. ``definite`` is set where the words point back at an event told before ("the meeting"). ``saying`` is the id of the
    statement that the event is, for one of the kind of sayings that was made (one that was not, or only may be, has none). ``told_in`` is the id of the statement whose content tells it;
    None when the report itself does. ``thing`` is what is hit or taken where that is nobody, as a noun ("market"). ``confidence``
    lies between 0 and 1.
    """

    id: str
    document: str
    trigger: tuple[Span, ...]
    kind: EventKind
    code: Root | None
    mode: str | None = None
    aux: Auxiliary = Auxiliary.ASSERTED
    participants: tuple[Participant, ...] = ()
    place_spans: tuple[Span, ...] = ()
    topic: Span | None = None
    definite: bool = False
    saying: str | None = None
    told_in: str | None = None
    figures: tuple[Figure, ...] = ()
    date: DateValue = UNKNOWN_DATE
    place: Place | None = None
    confidence: float = 1.0
    made_by: str = ""
    reasons: tuple[Reason, ...] = ()
    thing: str | None = None

    def in_role(self, *roles: Role) -> tuple[Participant, ...]:
        """The participants in one of `roles`, in text order."""
        return tuple(p for p in self.participants if p.role in roles)


def mention_id(document: str, trigger: tuple[Span, ...], kind: EventKind) -> str:
    """The id of the mention with this trigger and kind in `document`."""
    return content_id("ev", document, tuple((s.start, s.end) for s in trigger), kind.value)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in an event as all its mentions together give it."""

    role: Role
    actor: ActorRef
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One happening, however many sentences, reports and pages tell it.

    ``id`` is that of the mention which stands for it: the earliest published one. ``told_in`` holds the statements that tell
    it where no report does so in its own words. ``mentions`` are in the order of publication and text.
    """

    id: str
    kind: EventKind
    code: Root | None
    mode: str | None
    aux: Auxiliary
    parties: tuple[Party, ...]
    date: DateValue
    place: Place | None
    mentions: tuple[EventMention, ...]
    told_in: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    confidence: float = 1.0

    def in_role(self, *roles: Role) -> tuple[ActorRef, ...]:
        """The actors in one of `roles`, in their order."""
        return tuple(p.actor for p in self.parties if p.role in roles)


@dataclass(frozen=True, slots=True)
class Story:
    """Reports of one happening: the events that hold them together, and the documents, in order of publication."""

    id: str
    events: tuple[str, ...]
    documents: tuple[str, ...]
    date: DateValue
