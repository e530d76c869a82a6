"""Relations: how one statement stands to another, and the positions that sides hold over time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.model.actors import ActorRef
from onrecord.model.ids import content_id


class RelationKind(StrEnum):
    """What one statement (or, for the last two, one event) does to another statement.

    A denial, an answer, a rejection and an acceptance go from one side to another; ``repeats`` and ``contradicts`` stay within
    one side; ``fulfils`` and ``misses`` stand between what happened and the commitment made before.
    """

    DENIES = "denies"
    ANSWERS = "answers"
    REJECTS = "rejects"
    ACCEPTS = "accepts"
    REPEATS = "repeats"
    CONTRADICTS = "contradicts"
    FULFILS = "fulfils"
    MISSES = "misses"


class Basis(StrEnum):
    """What a relation rests on: words that name it, standing together in a passage, two contents that match, or a reviewer."""

    EXPLICIT_WORDS = "explicit words"
    SAME_PASSAGE = "same passage"
    PROPOSITION_MATCH = "proposition match"
    CORRECTION = "correction"


class Denied(StrEnum):
    """What a denial denies: that it happened, that one's own side had a part in it, or the purpose imputed to it."""

    FACT = "fact"
    ROLE = "role"
    INTENT = "intent"


@dataclass(frozen=True, slots=True)
class Relation:
    """That ``subject`` denies, answers, repeats ... ``object``: two ids of statements, one bond of the given kind.

    ``basis`` holds everything the relation rests on, in the order of `Basis`; ``confidence`` lies between 0 and 1;
    ``denied`` says what a denial denies, None for other kinds; ``rule`` names what decided, for ``onrecord why``. Where
    relations are given for lines, the ids are those of the statements that stand for a line; where they are given for
    rows, those of the statements on the copies that carry it. The id is that of the lines in both cases. ``parts`` are the
    numbers of the propositions that repeat each other, in subject and object; None where the whole statements are meant.
    """

    id: str
    kind: RelationKind
    subject: str
    object: str
    basis: tuple[Basis, ...]
    confidence: float
    denied: Denied | None = None
    parts: tuple[int, int] | None = None
    rule: str = ""
    made_by: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Wording:
    """One proposition of one line: the line's id and the number of the proposition among those it has, from 0."""

    statement: str
    part: int = 0


@dataclass(frozen=True, slots=True)
class Position:
    """One content held by one side over time: its wordings in the order of their days (undated ones last).

    ``side`` is the state or organisation behind the speakers; ``first`` and ``last`` are ISO days, months or years, None
    when no wording has a date. The id comes from the side and the smallest wording, whatever order pages came in.
    """

    id: str
    side: ActorRef
    wordings: tuple[Wording, ...]
    first: str | None
    last: str | None

    @property
    def statements(self) -> tuple[str, ...]:
        """The lines that say it, each once, in the order of the wordings."""
        return tuple(dict.fromkeys(wording.statement for wording in self.wordings))


def relation_id(kind: RelationKind, subject: str, object_: str, parts: tuple[int, int] | None = None) -> str:
    """The id of the relation of that kind from one line (and its proposition) to another."""
    return content_id("rel", kind.value, subject, object_, parts)


def position_id(side: str, wordings: tuple[Wording, ...]) -> str:
    """The id of the position that a side (an actor's id) holds with these wordings."""
    least = min(wordings)
    return content_id("pos", side, least.statement, least.part)
