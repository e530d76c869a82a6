"""What a page speaks of when words of several meanings mean one actor ("Brussels", "the bloc", "the court")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from onrecord.knowledge.tables import table

CUE_COLUMNS = ("actor", "nouns", "words", "source")


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of one actor: the nouns by which it is called without its name, and the words in whose company it is."""

    actor: str
    nouns: frozenset[str]
    words: re.Pattern[str]

    def found_in(self, text: str) -> int:
        """How many different cues stand in `text`, as whole words with their own capitals."""
        return len({m.group() for m in self.words.finditer(text)})


@cache
def all_cues() -> tuple[Cues, ...]:
    """The rows of ``cues.csv``, read when they are first asked for."""
    return tuple(
        _cues(row.need("actor"), row.many("nouns"), row.many("words")) for row in table("cues.csv", CUE_COLUMNS)
    )


def _cues(actor: str, nouns: Iterable[str], words: Iterable[str]) -> Cues:
    longest_first = sorted(words, key=lambda w: (-len(w), w))
    return Cues(actor, frozenset(nouns), re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"))


@cache
def cues_of(noun: str) -> tuple[Cues, ...]:
    """The cues of those actors that are called by `noun` ("bloc")."""
    return tuple(c for c in all_cues() if noun in c.nouns)
