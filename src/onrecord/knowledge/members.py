"""Members of organisations, with the days between which they were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.knowledge.tables import Row

MEMBER_COLUMNS = ("organisation", "member", "start", "end", "source")


@dataclass(frozen=True, slots=True)
class Membership:
    """That a state is a member of an organisation from ``start`` to before ``end`` (ISO days, empty when not bounded)."""

    organisation: str
    member: str
    start: str
    end: str
    source: str


def membership_of(row: Row) -> Membership:
    """The membership a row of ``members.csv`` describes."""
    return Membership(
        row.need("organisation"), row.need("member"), row.iso("start"), row.iso("end"), row.need("source")
    )


class Memberships:
    """Lookup of members by organisation."""

    def __init__(self, rows: Iterable[Membership]) -> None:
        self._by_organisation: dict[str, list[Membership]] = {}
        for row in rows:
            self._by_organisation.setdefault(row.organisation, []).append(row)

    def members(self, organisation: str, date: str) -> tuple[str, ...]:
        """The ids of the members on `date` (ISO day), in the table's order."""
        return tuple(
            r.member
            for r in self._by_organisation.get(organisation, ())
            if r.start <= date and (not r.end or date < r.end)
        )
