"""Agencies and outlets: their names and marks, the hosts of their sites, and the family that owns or edits several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.knowledge.keys import is_mark, key, surface
from onrecord.knowledge.tables import Row
from onrecord.model import host_of

AGENCY_COLUMNS = ("name", "kind", "family", "country", "sector", "aliases", "hosts", "source")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}\Z")


@dataclass(frozen=True, slots=True)
class Publisher:
    """An agency or outlet: canonical short name, whether it sells its copy (an agency), family, marks, hosts.

    ``sector`` is GOV for one that a state runs, else JRN.
    """

    name: str
    agency: bool
    family: str
    country: str | None = None
    sector: str | None = None
    aliases: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    source: str = ""


def is_host(word: str) -> bool:
    """True when `word` looks like the host of a site (``www.example.org``)."""
    return _HOST.match(word.lower()) is not None


def publisher_of(row: Row) -> Publisher:
    """The publisher a row of ``agencies.csv`` describes."""
    kind = row.need("kind")
    if kind not in ("agency", "outlet"):
        raise row.error(f"the kind {kind!r} is neither agency nor outlet")
    name = row.need("name")
    hosts = tuple(h.lower() for h in row.many("hosts"))
    for host in hosts:
        if not is_host(host):
            raise row.error(f"{host!r} is not a host")
    return Publisher(
        name,
        kind == "agency",
        row.get("family") or name,
        row.get("country") or None,
        row.get("sector") or None,
        row.many("aliases"),
        hosts,
        row.need("source"),
    )


class Press:
    """Lookup of agencies and outlets; a later publisher of the same name replaces an earlier one."""

    def __init__(self, publishers: Iterable[Publisher]) -> None:
        self._by_name: dict[str, Publisher] = {}
        for publisher in publishers:
            self._by_name[publisher.name] = publisher
        self._words: dict[str, str] = {}
        self._marks: dict[str, str] = {}
        self._hosts: dict[str, str] = {}
        for publisher in self._by_name.values():
            for words in (publisher.name, *publisher.aliases):
                if is_mark(words):
                    self._marks[surface(words)] = publisher.name
                else:
                    self._words[key(words)] = publisher.name
            for host in publisher.hosts:
                self._hosts[host.removeprefix("www.")] = publisher.name

    def __iter__(self) -> Iterator[Publisher]:
        return iter(self._by_name.values())

    def agency(self, words: str) -> str | None:
        """The canonical short name ("AP") of the agency or outlet with exactly this name, mark or host, or None."""
        mark = self._marks.get(surface(words))
        if mark is not None:
            return mark
        if is_host(words.strip()) and (found := self.outlet_of_host(words)) is not None:
            return found
        name = self._words.get(key(words))
        if name is None or words != words.lower():
            return name
        publisher = self._by_name[name]
        return name if surface(words) in (publisher.name, *publisher.aliases) else None

    def outlet_of_host(self, host: str) -> str | None:
        """The canonical name of the agency or outlet whose site `host` belongs to (a URL will do), or None."""
        name = host.strip().lower()
        if "/" in name:
            name = host_of(name if "://" in name else f"https://{name.removeprefix('//')}") or ""
        name = name.split(":", 1)[0].strip(".").removeprefix("www.")
        while name.count(".") >= 1:
            if name in self._hosts:
                return self._hosts[name]
            name = name.split(".", 1)[1]
        return None

    def publisher(self, name: str) -> Publisher | None:
        """The publisher with exactly this name, mark or host, or None."""
        canonical = self.agency(name)
        return None if canonical is None else self._by_name[canonical]

    def family(self, name: str) -> str | None:
        """The family of an agency or outlet (itself when it has no other), or None when it is not known."""
        publisher = self.publisher(name)
        return None if publisher is None else publisher.family

    def is_agency(self, name: str) -> bool:
        """True when `name` is known to be an agency, which sells its copy to others."""
        publisher = self.publisher(name)
        return publisher is not None and publisher.agency
