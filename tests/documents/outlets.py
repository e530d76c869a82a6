"""A very small table of outlets for the tests of documents."""

from __future__ import annotations


class FewOutlets:
    """Knows two agencies and one outlet of an invented world."""

    def agency(self, words: str) -> str | None:
        """The canonical name of exactly these words."""
        names = {
            "mp": "MP",
            "meridian press": "MP",
            "the meridian press": "MP",
            "tolmen": "Tolmen",
            "the halvik courier": "Halvik Courier",
        }
        return names.get(words.strip().lower())

    def outlet_of_host(self, host: str) -> str | None:
        """The outlet whose site this is."""
        return {"www.halvik-courier.example": "Halvik Courier"}.get(host)
