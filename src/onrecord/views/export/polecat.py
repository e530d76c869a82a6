"""POLECAT's forty tab-separated columns (Halterman et al. 2023; the Dataverse's weekly files), one row an event.

Where POLECAT writes ``None`` for what is not known, so does this. ``Event Date`` has the precision that is known: a day, else a
month or a year. Places are as far as our gazetteer has them; Wikipedia, GeoNames and Correlates of War ids are not looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from onrecord.knowledge.plover import Quad, roots
from onrecord.model import Actor, ActorKind
from onrecord.record import Record
from onrecord.views.export.coded import CodedEvent, Somebody, coded, ids_of

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
_NONE = "None"
_QUADS = {
    Quad.VERBAL_COOPERATION: "VERBAL COOPERATION",
    Quad.MATERIAL_COOPERATION: "MATERIAL COOPERATION",
    Quad.VERBAL_CONFLICT: "VERBAL CONFLICT",
    Quad.MATERIAL_CONFLICT: "MATERIAL CONFLICT",
}
_ORGANISATIONS = frozenset({ActorKind.ORGANISATION, ActorKind.GOVERNMENT_ORGAN, ActorKind.ARMED_GROUP, ActorKind.FORUM})


def write_polecat(record: Record, out: TextIO) -> int:
    """Writes the record's coded events with a header line and returns how many rows."""
    found = list(coded(record))
    known = record.actors(ids_of(found))
    version = record.makers().get("reader", "")
    out.write("\t".join(COLUMNS) + "\n")
    for one in found:
        cells = _row(one, known, version)
        out.write("\t".join(_clean(cell) for cell in cells) + "\n")
    return len(found)


def _clean(cell: str) -> str:
    return " ".join(cell.split()) or _NONE


def _row(one: CodedEvent, known: dict[str, Actor], version: str) -> list[str]:
    place = one.place
    first = one.mentions[0].page
    everybody = [known[s.ref.id] for s in (*one.actors, *one.recipients) if s.ref.id in known]
    people = dict.fromkeys(a.name for a in everybody if a.kind is ActorKind.PERSON)
    bodies = dict.fromkeys(a.name for a in everybody if a.kind in _ORGANISATIONS)
    city = place.name if place is not None and place.lat is not None else ""
    cells = [
        one.id,
        one.date.value or "",
        one.root.value,
        one.mode or "",
        f"{one.intensity:.1f}",
        _QUADS[roots()[one.root].quad],
        "; ".join(one.contexts),
        *_somebody(one.actors, known),
        *_somebody(one.recipients, known),
        place.name if place is not None else "",
        city,
        "",
        "",
        place.country or "" if place is not None else "",
        f"{place.lat:.4f}" if place is not None and place.lat is not None else "",
        f"{place.lon:.4f}" if place is not None and place.lon is not None else "",
        "",
        place.name if place is not None else "",
        "PPL" if city else "",
        first.publisher or "",
        first.published.value or "",
        "; ".join(people),
        "; ".join(bodies),
        city,
        first.language or "",
        version,
    ]
    return cells


def _somebody(some: Sequence[Somebody], known: dict[str, Actor]) -> list[str]:
    """The eight columns of the actors (or recipients); several are joined by "; " in one order."""
    actors = [known.get(s.ref.id or "") for s in some]
    countries = [_country(s, actor, known) for s, actor in zip(some, actors, strict=True)]
    sectors = [actor.sector for actor in actors if actor is not None and actor.sector]
    return [
        "; ".join(s.ref.name for s in some),
        "; ".join(dict.fromkeys(c for c in countries if c)),
        "",
        sectors[0] if sectors else "",
        "; ".join(dict.fromkeys(sectors)),
        "",
        "; ".join(s.ref.name for s in some),
        "",
    ]


def _country(one: Somebody, actor: Actor | None, known: dict[str, Actor]) -> str | None:
    if actor is not None and actor.country:
        return actor.country
    return next((known[i].country for i in one.sides if i in known and known[i].country), None)
