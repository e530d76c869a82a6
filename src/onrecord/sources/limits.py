"""How much is read, and which columns of a table hold what."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.model.errors import InputError


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

    @classmethod
    def named(cls, pairs: Iterable[str]) -> Columns:
        """The columns that pairs such as ``text=body`` name; the others keep their names.

        Raises:
            InputError: for a pair that is none, or that names no field of a page.
        """
        fields = [field.name for field in dataclasses.fields(cls)]
        found: dict[str, str] = {}
        for pair in pairs:
            field, mark, name = pair.partition("=")
            if not mark or not name or field not in fields:
                raise InputError(
                    f"{pair} names no column: write FIELD=NAME, where FIELD is one of {', '.join(fields)}."
                )
            found[field] = name
        return cls(**found)

    def names(self) -> tuple[str, ...]:
        """All six names, in the order of the fields."""
        return (self.text, self.html, self.url, self.date, self.title, self.publisher)
