"""What is known before any page is read: actors, offices with dates, places, agencies and outlets."""

from __future__ import annotations

from pathlib import Path

from onrecord.knowledge.press import AGENCY_COLUMNS, Press, Publisher, publisher_of
from onrecord.knowledge.tables import table


class Knowledge:
    """The tables, ready to be asked. Made by `Knowledge.load`; nothing in it changes afterwards."""

    def __init__(self, press: Press) -> None:
        self._press = press

    @classmethod
    def load(cls, overlay: Path | None = None) -> Knowledge:
        """The package's tables, with the rows of a user's `overlay` file added or put in their place.

        Raises:
            KnowledgeError: when a table is malformed; the sentence names file and row.
        """
        publishers: list[Publisher] = [publisher_of(row) for row in table("agencies.csv", AGENCY_COLUMNS)]
        return cls(Press(publishers))

    def agency(self, words: str) -> str | None:
        """The canonical short name ("AP") of the agency or outlet with exactly this name, mark or host, or None."""
        return self._press.agency(words)

    def outlet_of_host(self, host: str) -> str | None:
        """The canonical name of the agency or outlet whose site `host` (or URL) belongs to, or None."""
        return self._press.outlet_of_host(host)

    def family(self, name: str) -> str | None:
        """The family of an agency or outlet (itself when it has no other), or None when it is not known."""
        return self._press.family(name)

    def is_agency(self, name: str) -> bool:
        """True when `name` is known to be an agency, which sells its copy to others."""
        return self._press.is_agency(name)
