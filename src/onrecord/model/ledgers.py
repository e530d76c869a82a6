"""Ledgers: what each side demands, has promised, alleges and offers on a day, and which channels are open.

Every row is computed from statements and events and holds their ids; nothing here is stored. Days are ISO days, months or
years as far as they are known, None where they are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.model.actors import ActorRef
from onrecord.model.dates import DateValue
from onrecord.model.ids import content_id


class Ledger(StrEnum):
    """The ledgers of a dispute."""

    DEMANDS = "demands"
    COMMITMENTS = "commitments"
    ACCUSATIONS = "accusations"
    OFFERS = "offers"
    CHANNELS = "channels"
    ACCESS = "access"


class AnswerKind(StrEnum):
    """What was said or done about a demand, an offer or an accusation."""

    REJECTED = "rejected"
    ACCEPTED = "accepted"
    DENIED = "denied"
    ADMITTED = "admitted"
    ANSWERED = "answered"


class CommitmentStatus(StrEnum):
    """How a promise stands on a day. All but the last three need somebody's word or an event, which the row names."""

    FULFILLED = "fulfilled"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"
    #: The deadline has not passed, and nobody tells of an outcome.
    OPEN = "open"
    #: The deadline has passed, and no report tells what became of it.
    DUE = "due, no report"
    #: There is no deadline and no report, or the reports disagree.
    UNKNOWN = "unknown"


class AccusationStatus(StrEnum):
    """How an accusation stands: nobody accused has answered it, they deny it, or they admit it."""

    STANDING = "standing"
    DENIED = "denied"
    ADMITTED = "admitted"


class OfferStatus(StrEnum):
    """How an offer stands."""

    OPEN = "no answer"
    #: Something was said to it, but neither yes nor no.
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class ChannelStatus(StrEnum):
    """How a channel or forum stands by the last report of it."""

    OPEN = "open"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"


class AccessStatus(StrEnum):
    """How monitors' access stands by the last report of it."""

    GRANTED = "granted"
    PROMISED = "promised"
    REFUSED = "refused"
    #: It was granted, and taken back.
    WITHDRAWN = "withdrawn"
    DEMANDED = "demanded"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One wording of a row: a proposition of a statement, on the page that first carried it.

    ``part`` numbers the proposition in its statement, from 0; ``said`` is the day of the saying, ``published`` the last day
    on which the page can have come out; ``text`` the proposition's own words. ``through`` is set where somebody else tells it,
    as in a refusal of "the demand that ...". ``line`` is the id that all copies of the statement share.
    """

    statement: str
    part: int
    line: str
    document: str
    said: str | None
    published: str | None
    speakers: tuple[ActorRef, ...]
    text: str
    through: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side said about a row: the kind, who, and the statement (or event) that says so."""

    kind: AnswerKind
    by: tuple[ActorRef, ...]
    source: str
    said: str | None
    published: str | None
    text: str
    basis: str


@dataclass(frozen=True, slots=True)
class Demand:
    """A demand or request: what one side wants another to do, every wording of it, and the answers so far.

    ``first`` and ``last`` are the first and last known days of it; ``what`` is its first wording.
    """

    id: str
    by: tuple[ActorRef, ...]
    of: tuple[ActorRef, ...]
    what: str
    first: str | None
    last: str | None
    utterances: tuple[Utterance, ...]
    deadline: DateValue | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a status: what it speaks for, the statement, event or page it comes from, whose word it is, and its words.

    ``line`` is the id that all copies of a statement share, None for events and pages.
    """

    speaks_for: str
    source: str
    by: tuple[ActorRef, ...]
    day: str | None
    text: str
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise: who, what, to whom, by when, and how it stands. ``conditional`` is set where it hangs on an "if"."""

    id: str
    by: tuple[ActorRef, ...]
    to: tuple[ActorRef, ...]
    what: str
    made: str | None
    deadline: DateValue | None
    status: CommitmentStatus
    utterances: tuple[Utterance, ...]
    evidence: tuple[Evidence, ...] = ()
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Accusation:
    """An accusation with every wording of it, and the denials or admissions of those accused."""

    id: str
    by: tuple[ActorRef, ...]
    against: tuple[ActorRef, ...]
    what: str
    first: str | None
    last: str | None
    status: AccusationStatus
    utterances: tuple[Utterance, ...]
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer, to whom it was made, and how it was answered."""

    id: str
    by: tuple[ActorRef, ...]
    to: tuple[ActorRef, ...]
    what: str
    first: str | None
    last: str | None
    status: OfferStatus
    utterances: tuple[Utterance, ...]
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel or forum between sides: how it stands since when, when it was last used, and who says so.

    ``since`` is the day of the first of the reports that agree on today's status; ``last_used`` that of the last known use.
    """

    id: str
    name: str
    parties: tuple[ActorRef, ...]
    status: ChannelStatus
    since: str | None
    last_used: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """Access of monitors that one side grants or refuses: how it stands since when, and who says so."""

    id: str
    host: ActorRef
    status: AccessStatus
    since: str | None
    evidence: tuple[Evidence, ...]


Row = Demand | Commitment | Accusation | Offer | Channel | Access


@dataclass(frozen=True, slots=True)
class StateOfPlay:
    """The ledgers as known on one day.

    ``on`` is that day, None for everything that the record holds; ``hindsight`` is set when later and undated reports count
    too; ``between`` are the sides it was asked for, empty for all; ``unattributed`` counts the demands, promises, accusations and
    offers that are in no row because it is not known who made them.
    """

    on: str | None
    hindsight: bool
    between: tuple[ActorRef, ...]
    demands: tuple[Demand, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    accusations: tuple[Accusation, ...] = ()
    offers: tuple[Offer, ...] = ()
    channels: tuple[Channel, ...] = ()
    access: tuple[Access, ...] = ()
    unattributed: int = 0

    def rows(self) -> tuple[tuple[Ledger, tuple[Row, ...]], ...]:
        """Each ledger with its rows, in the order of `Ledger`."""
        return (
            (Ledger.DEMANDS, self.demands),
            (Ledger.COMMITMENTS, self.commitments),
            (Ledger.ACCUSATIONS, self.accusations),
            (Ledger.OFFERS, self.offers),
            (Ledger.CHANNELS, self.channels),
            (Ledger.ACCESS, self.access),
        )


class ChangeKind(StrEnum):
    """What became of a row between two days."""

    NEW = "new"
    REPEATED = "repeated"
    ANSWERED = "answered"
    STATUS = "status"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class LedgerChange:
    """One change of a ledger: the row as it is later (as it was, when it is gone), and what is different, in plain words."""

    kind: ChangeKind
    ledger: Ledger
    row: Row
    detail: str
    sources: tuple[str, ...]


def row_id(ledger: Ledger, *parts: str | int | None) -> str:
    """The id of a row of `ledger`, from what it is made of: the first wording's line and part, or the name of a channel."""
    return content_id("led", ledger.value, parts)
