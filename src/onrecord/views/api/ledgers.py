"""How things stand, for programs: the state of play, its changes, and each ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.model.ledgers import Ledger
from onrecord.views import fields
from onrecord.views.api import parameters as p
from onrecord.views.api.asking import Asking, row_response
from onrecord.views.export.tables import TABLES
from onrecord.views.fields.about import State

_PAGE = 100
#: The ledgers by the last part of their paths, with what one row is.
_LEDGERS: dict[str, tuple[Ledger, str]] = {
    "demands": (Ledger.DEMANDS, "What each side demands of whom: every wording, and the answers so far."),
    "commitments": (Ledger.COMMITMENTS, "Who promised what to whom by when, and what is known of the outcome."),
    "disputes": (Ledger.ACCUSATIONS, "Who accuses whom of what, and whether it stands, is denied or is admitted."),
    "offers": (Ledger.OFFERS, "Who offers what to whom, and how it was answered."),
    "channels": (Ledger.CHANNELS, "The channels between sides, and whether they are open."),
    "access": (Ledger.ACCESS, "Which side grants or refuses access to monitors."),
}


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The endpoints of the ledgers."""

    asking: Asking

    def routes(self) -> tuple[tuple[str, Any, type[Any]], ...]:
        """Each path with what answers it and the type of its answers."""
        lists = tuple(
            (f"/{name}", self._ledger(name, ledger, says), p.page_of(TABLES[ledger.value].row))
            for name, (ledger, says) in _LEDGERS.items()
        )
        return (
            ("/state", self.state, State),
            ("/state/changes", self.changes, p.page_of(fields.Change)),
            *lists,
        )

    def state(self, on: p.On = None, between: p.Between = None, hindsight: p.Hindsight = False) -> Response:
        """The state of play: every ledger as known on a day, of all sides or between two."""
        return row_response(self.asking.record().state(on, between=pair(between), hindsight=hindsight))

    def changes(
        self,
        request: Request,
        since: p.From,
        until: p.To,
        between: p.Between = None,
        hindsight: p.Hindsight = False,
        cursor: p.Cursor = None,
        limit: p.Limit = _PAGE,
    ) -> Response:
        """What changed in the ledgers from one day to another."""
        two = pair(between)
        return self.asking.page(
            request, lambda record, _: record.changes(since, until, between=two, hindsight=hindsight), cursor, limit
        )

    def _ledger(self, name: str, ledger: Ledger, says: str) -> Callable[..., Response]:
        asking = self.asking

        def listed(
            request: Request,
            between: p.Between = None,
            by: p.name_parameter("Only what this side says.") = None,  # type: ignore[valid-type]
            of: p.name_parameter("Only what is asked of, promised to or held against it.") = None,  # type: ignore[valid-type]
            on: p.On = None,
            hindsight: p.Hindsight = False,
            cursor: p.Cursor = None,
            limit: p.Limit = _PAGE,
        ) -> Response:
            two = pair(between)
            return asking.page(
                request,
                lambda record, _: record.ledger(ledger, between=two, by=by, of=of, on=on, hindsight=hindsight),
                cursor,
                limit,
            )

        listed.__name__, listed.__doc__ = name, says
        return listed


def pair(between: list[str] | None) -> tuple[str, str] | None:
    """The two sides as a pair."""
    return None if between is None else (between[0], between[1])
