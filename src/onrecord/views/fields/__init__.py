"""The fields of every row, in one place: what the command line prints as JSON, the API serves, and exports and frames hold."""

from onrecord.views.fields.actors import Actor, Office, Profile, Speaker
from onrecord.views.fields.checks import Check, Difference, PositionLine, Reason
from onrecord.views.fields.documents import Document, PassageText, Report, Source, WholeDocument
from onrecord.views.fields.events import Event, Figure, Story, WholeEvent
from onrecord.views.fields.ledgers import (
    Access,
    Accusation,
    Change,
    Channel,
    Commitment,
    Demand,
    LedgerRow,
    Offer,
)
from onrecord.views.fields.parts import Date, EventParty, Offsets, Party, Place
from onrecord.views.fields.relations import Relation
from onrecord.views.fields.shape import Plain, plain
from onrecord.views.fields.statements import Passage, Statement, WholeStatement

__all__ = [
    "Access",
    "Accusation",
    "Actor",
    "Change",
    "Channel",
    "Check",
    "Commitment",
    "Date",
    "Demand",
    "Difference",
    "Document",
    "Event",
    "EventParty",
    "Figure",
    "LedgerRow",
    "Offer",
    "Office",
    "Offsets",
    "Party",
    "Passage",
    "PassageText",
    "Place",
    "Plain",
    "PositionLine",
    "Profile",
    "Reason",
    "Relation",
    "Report",
    "Source",
    "Speaker",
    "Statement",
    "Story",
    "WholeDocument",
    "WholeEvent",
    "WholeStatement",
    "plain",
]
