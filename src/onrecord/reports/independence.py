"""Counts the independent reports behind a line. The rule and its reasons stand in ``docs/independence.md``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onrecord.model import Independence, Report
from onrecord.reports.index import OutletFamilies
from onrecord.reports.marks import family_of


@dataclass(frozen=True, slots=True)
class Independents:
    """What stands behind a line.

    ``pages`` documents, from ``outlets`` families of known publishers, carrying ``reports`` texts; ``independent`` makers
    that are known and do not depend on each other, and ``unknown`` reports whose maker is not known. Unknown
    reports may be as many further makers or none: they are never added to ``independent``.
    """

    pages: int
    outlets: int
    reports: int
    independent: int
    unknown: int


def independent(
    reports: Sequence[Report], publisher: Callable[[str], str | None], outlets: OutletFamilies
) -> Independents:
    """How many independent reports stand behind a line that `reports` carry; `publisher` gives a document's outlet.

    Give the same report once; repeated ones are counted once. The order does not matter.
    """
    distinct = sorted({r.id: r for r in reports}.values(), key=lambda r: r.id)
    documents = [d for r in distinct for d in r.documents]
    published = {family_of(name, outlets) for name in map(publisher, documents) if name is not None}
    unknown = [r for r in distinct if r.origin.independence is Independence.UNKNOWN or not r.origin.names]
    known = [r for r in distinct if r not in unknown]
    whole = [r for r in known if r.origin.independence is not Independence.PARTLY_DEPENDENT]
    parts = [r for r in known if r.origin.independence is Independence.PARTLY_DEPENDENT]
    makers = _groups([_makers(r, outlets) for r in whole])
    standing = frozenset(name for group in makers for name in group)
    further = _groups([_leaning(r, publisher, outlets) for r in parts])
    added = sum(1 for group in further if not group & standing)
    return Independents(len(set(documents)), len(published), len(distinct), len(makers) + added, len(unknown))


def _makers(report: Report, outlets: OutletFamilies) -> frozenset[str]:
    return frozenset(family_of(name, outlets) for name in report.origin.names)


def _leaning(report: Report, publisher: Callable[[str], str | None], outlets: OutletFamilies) -> frozenset[str]:
    """The families a partly dependent report leans on, and the outlet that wrote it."""
    own = publisher(report.lead)
    return _makers(report, outlets) | ({family_of(own, outlets)} if own is not None else set())


def _groups(sets: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """The sets joined wherever two have a member in common."""
    groups: list[frozenset[str]] = []
    for members in sets:
        apart = [g for g in groups if not g & members]
        groups = [*apart, members.union(*(g for g in groups if g & members))]
    return groups
