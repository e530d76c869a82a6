"""Institutions that every state has ("the Russian Foreign Ministry"), by the words for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.knowledge.keys import key
from onrecord.knowledge.tables import Row

ORGAN_COLUMNS = ("words", "organ", "sector", "source")


@dataclass(frozen=True, slots=True)
class Organ:
    """A kind of institution: its canonical name, the words for it, and its PLOVER sector."""

    name: str
    words: tuple[str, ...]
    sector: str


def organ_of(row: Row) -> Organ:
    """The kind of institution a row of ``organs.csv`` describes."""
    row.need("source")
    return Organ(row.need("organ"), row.many("words"), row.need("sector"))


class Organs:
    """Lookup of kinds of institutions by exact words, in any case."""

    def __init__(self, organs: Iterable[Organ]) -> None:
        self._by_key = {key(words): organ for organ in organs for words in (organ.name, *organ.words)}
        self._heads = frozenset(k.split()[-1] for k in self._by_key)
        self.longest = max((len(k.split()) for k in self._by_key), default=0)

    def ends_with_organ(self, word: str) -> bool:
        """True when some institution's name ends with this word ("Ministry")."""
        return key(word) in self._heads

    def organ(self, words: str) -> Organ | None:
        """The kind of institution with exactly these words, or None."""
        return self._by_key.get(key(words))
