"""How much is read, and which columns of a table hold what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused for its size; sizes in bytes.

    ``page`` is the largest single page. ``unpacked`` is the most that one compressed file or archive may unpack to,
    ``members`` the most pages taken from one archive, ``depth`` how deep archives may lie in archives.
    """

    page: int = 50_000_000
    unpacked: int = 20_000_000_000
    members: int = 1_000_000
    depth: int = 2


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns (keys, in JSON Lines) that hold a page. ``html`` is preferred to ``text`` where both are filled."""

    text: str = "text"
    html: str = "html"
    url: str = "url"
    date: str = "date"
    title: str = "title"
    publisher: str = "publisher"

    def names(self) -> tuple[str, ...]:
        """All six names, in the order of the fields."""
        return (self.text, self.html, self.url, self.date, self.title, self.publisher)
