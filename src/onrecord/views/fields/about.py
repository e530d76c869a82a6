"""What a record is, as a row: what made it, how much it holds, what it left out; and a state of play as one thing."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model.ledgers import StateOfPlay
from onrecord.views.fields import ledgers
from onrecord.views.fields.ledgers import LedgerRow
from onrecord.views.fields.parts import Party, parties
from onrecord.views.fields.shape import told


@dataclass(frozen=True, slots=True)
class Maker:
    """One part that made the record."""

    name: str = told("The part.")
    version: str = told("Its version.")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A place that gave no page."""

    path: str = told("The place.")
    reason: str = told("Why, in a sentence.")


@dataclass(frozen=True, slots=True)
class About:
    """A record as a whole."""

    state: str = told("A word that is another one whenever the record has changed.")
    onrecord: str = told("The version of onrecord that answers.")
    made_by: tuple[Maker, ...] = told("What read the pages.")
    documents: int = told("How many pages it holds.")
    articles: int = told("How many of them are articles that were read.")
    reports: int = told("How many reports they make.")
    statements: int = told("How many statements it holds, on all copies.")
    events: int = told("How many passages tell an event.")
    relations: int = told("How many relations there are between lines.")
    corrections: int = told("How many corrections reviewers made.")
    left_out: tuple[LeftOut, ...] = told("The places that gave no page.")


@dataclass(frozen=True, slots=True)
class State:
    """The state of play on a day: every ledger."""

    on: str | None = told("As known from reports published by this day; null for everything the record holds.")
    hindsight: bool = told("True when later and undated reports count too.")
    between: tuple[Party, ...] = told("The sides it was asked for; empty for all.")
    unattributed: int = told("How many more are in no ledger, since it is not known which side made them.")
    rows: tuple[LedgerRow, ...] = told("The rows of the ledgers, each with the name of its ledger.")


def state(found: StateOfPlay) -> State:
    """A state of play."""
    return State(
        found.on, found.hindsight, parties(found.between), found.unattributed, tuple(ledgers.state_rows(found))
    )
