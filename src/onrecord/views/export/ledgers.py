"""The ledgers as rows of plain data: demands, commitments, accusations, offers, channels, and monitors' access."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model.ledgers import LedgerChange, Row, StateOfPlay
from onrecord.views.fields import ledgers
from onrecord.views.fields.shape import Plain, plain


def state_rows(state: StateOfPlay) -> Iterator[Plain]:
    """Every row of every ledger of a state."""
    return (plain(row) for row in ledgers.state_rows(state))


def change_row(change: LedgerChange) -> Plain:
    """A change between two states as exported; ``row`` is the row as it is later (or was, when it is gone)."""
    return plain(ledgers.change(change))


def ledger_row(row: Row) -> Plain:
    """One row of a ledger as exported; every field of its kind, with the ids it comes from."""
    return plain(ledgers.ledger_row(row))
