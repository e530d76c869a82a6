"""A user's own table of actors (``--actors my.csv``): one file, one row an actor or an actor's office."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.knowledge.actors import ActorIndex, Known
from onrecord.knowledge.keys import ascii_of, key
from onrecord.knowledge.places import position_of
from onrecord.knowledge.press import Publisher, is_host
from onrecord.knowledge.tables import Row, file_text, rows_of
from onrecord.model import Actor, ActorKind, Office, Place, content_id

OVERLAY_COLUMNS = (
    "name", "kind", "aliases", "demonyms", "part_of", "country", "gender", "title", "of", "start", "end", "family", "lat",
    "lon",
)  # fmt: skip
_KINDS = ("person", "state", "government_organ", "organisation", "forum", "armed_group", "agency", "outlet", "place")
_PREFIX = {
    "person": "person",
    "state": "state",
    "government_organ": "organ",
    "organisation": "org",
    "forum": "forum",
    "armed_group": "group",
}
#: A term in a user's table that names no first or last day holds on any day: the user vouches for it.
ALWAYS, FOREVER = "0001-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a user's table adds: actors, terms, publishers and places."""

    known: tuple[Known, ...]
    offices: tuple[Office, ...]
    publishers: tuple[Publisher, ...]
    places: tuple[tuple[Place, tuple[str, ...]], ...]


def read_overlay(path: Path, base: ActorIndex) -> Overlay:
    """The table at `path`; names in ``part_of``, ``country`` and ``of`` are those of its own rows or of actors in `base`.

    Raises:
        KnowledgeError: when the file or a row is malformed; the sentence names file and row.
    """
    rows = list(rows_of(file_text(path), path.name, OVERLAY_COLUMNS, ("name", "kind")))
    for row in rows:
        row.need("name")
        if row.need("kind") not in _KINDS:
            raise row.error(f"the kind {row.get('kind')!r} is unknown (known: {', '.join(_KINDS)})")
    return _Builder(rows, base).overlay()


class _Builder:
    def __init__(self, rows: list[Row], base: ActorIndex) -> None:
        self._rows = rows
        self._base = base
        self._ids: dict[str, str] = {}
        for row in rows:
            if row.get("kind") in _PREFIX:
                self._ids.setdefault(key(row.get("name")), self._id(row))

    def _id(self, row: Row) -> str:
        known = [n.actor for n in self._base.named(row.get("name"), None) if n.actor.name == row.get("name")]
        kind = row.get("kind")
        same = [a.id for a in known if a.kind.value == kind]
        return same[0] if same else f"{_PREFIX[kind]}:{slug(row.get('name'))}"

    def _refer(self, row: Row, column: str) -> str | None:
        words = row.get(column)
        if not words:
            return None
        own = self._ids.get(key(words))
        if own is not None:
            return own
        named = self._base.named(words, None)
        if len(named) != 1:
            raise row.error(f"{words!r} in the column {column} names no actor of this table and no known one")
        return named[0].actor.id

    def overlay(self) -> Overlay:
        known: dict[str, Known] = {}
        offices: list[Office] = []
        publishers: list[Publisher] = []
        places: list[tuple[Place, tuple[str, ...]]] = []
        for row in self._rows:
            kind = row.get("kind")
            lat, lon = position_of(row)
            if lat is not None and kind != "place":
                raise row.error(f"lat and lon are of places, and this row is of the kind {kind}")
            if kind in ("agency", "outlet"):
                publishers.append(_publisher(row))
            elif kind == "place":
                places.append((Place(row.get("name"), lat, lon, self._country(row)), row.many("aliases")))
            else:
                entry = self._known(row)
                before = known.get(entry.actor.id)
                known[entry.actor.id] = _merged(before, entry) if before else entry
                offices.extend(self._office(row, entry.actor.id))
        return Overlay(tuple(known.values()), tuple(offices), tuple(publishers), tuple(places))

    def _country(self, row: Row) -> str | None:
        found = self._refer(row, "country")
        return None if found is None else found.removeprefix("state:")

    def _known(self, row: Row) -> Known:
        kind = ActorKind(row.get("kind"))
        gender = row.get("gender")
        if gender not in ("", "m", "f"):
            raise row.error(f"the gender {gender!r} is neither m nor f nor empty")
        actor_id = self._ids[key(row.get("name"))]
        country = self._country(row)
        part_of = self._refer(row, "part_of")
        if kind is ActorKind.STATE:
            country = actor_id.removeprefix("state:")
        elif country is None and part_of is not None and part_of.startswith("state:"):
            country = part_of.removeprefix("state:")
        aliases = row.many("aliases")
        start, end = row.iso("start"), row.iso("end")
        dated = kind is not ActorKind.PERSON and not row.get("title")
        return Known(
            Actor(actor_id, row.get("name"), kind, part_of, country, None, gender or None),
            names=tuple(a for a in aliases if not _is_description(a)),
            descriptions=tuple(a for a in aliases if _is_description(a)),
            demonyms=row.many("demonyms"),
            start=start if dated else "",
            end=end if dated else "",
            source=f"{row.file}, row {row.line}",
            own=True,
        )

    def _office(self, row: Row, holder: str) -> Iterable[Office]:
        title, of = row.get("title"), self._refer(row, "of")
        if not title and of is None:
            return
        if not title or of is None:
            raise row.error("an office needs both title and of")
        start, end = row.iso("start"), row.iso("end")
        if start and end and end <= start:
            raise row.error(f"the term ends on {end}, not after its start {start}")
        yield Office(holder, title, of, start or ALWAYS, end or None, FOREVER, f"{row.file}, row {row.line}")


def _is_description(alias: str) -> bool:
    words = re.sub(r"^(?:the|a|an) ", "", alias)
    return words == words.lower()


def _merged(first: Known, second: Known) -> Known:
    """Two rows of one person: the first one's fields, filled up from the second."""
    a, b = first.actor, second.actor
    actor = replace(a, part_of=a.part_of or b.part_of, country=a.country or b.country, gender=a.gender or b.gender)
    return replace(
        first,
        actor=actor,
        names=tuple(dict.fromkeys(first.names + second.names)),
        demonyms=tuple(dict.fromkeys(first.demonyms + second.demonyms)),
        descriptions=tuple(dict.fromkeys(first.descriptions + second.descriptions)),
    )


def _publisher(row: Row) -> Publisher:
    aliases = row.many("aliases")
    name = row.get("name")
    return Publisher(
        name,
        row.get("kind") == "agency",
        row.get("family") or name,
        None,
        None,
        tuple(a for a in aliases if not is_host(a)),
        tuple(a.lower() for a in aliases if is_host(a)),
        f"{row.file}, row {row.line}",
    )


def slug(name: str) -> str:
    """`name` in lower-case ASCII letters, digits and hyphens; a content id when no such character is left."""
    plain = re.sub(r"[^a-z0-9]+", "-", ascii_of(name).casefold()).strip("-")
    return plain or content_id("act", name)
