"""Events: who did what to whom, in the codes of PLOVER."""

from __future__ import annotations

from enum import StrEnum


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


class Auxiliary(StrEnum):
    """Whether an event is told as having happened: asserted, or one of the ways in which it is not."""

    ASSERTED = "asserted"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"
    HISTORICAL = "historical"
