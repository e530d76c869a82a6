"""Words for those who act without a name ("rebels", "officials"), with their PLOVER sector."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.knowledge.keys import key
from onrecord.knowledge.tables import Row

AGENT_COLUMNS = ("words", "sector", "source")


@dataclass(frozen=True, slots=True)
class Agent:
    """Words for a group or somebody unnamed, and their PLOVER 2.0 sector code."""

    words: str
    sector: str


def agent_of(row: Row) -> Agent:
    """The agent a row of ``agents.csv`` describes."""
    row.need("source")
    return Agent(row.need("words"), row.need("sector"))


class Agents:
    """Lookup of agents by exact words, in any case."""

    def __init__(self, agents: Iterable[Agent]) -> None:
        self._sectors = {key(a.words): a.sector for a in agents}
        self.longest = max((len(k.split()) for k in self._sectors), default=0)

    def sector(self, words: str) -> str | None:
        """The sector of exactly these words, or None."""
        return self._sectors.get(key(words))

    def found_in(self, words: str, head_only: bool = False) -> tuple[str, str] | None:
        """The head of a noun phrase that is such a word, and its sector: the longest match, the last before "of", "in", ...

        Without such a head any such word of the phrase is taken; with `head_only` only what a quantity is made of
        ("small groups of protesters").
        """
        tokens = key(words).split()
        stop = next((i for i, t in enumerate(tokens) if i and t in _AFTER_HEAD), len(tokens))
        if head_only and not (stop < len(tokens) and tokens[stop] == "of" and tokens[stop - 1] in _QUANTITIES):
            tokens = tokens[:stop]
        for upto in (stop, len(tokens)):
            for end in range(upto, 0, -1):
                for size in range(min(self.longest, end), 0, -1):
                    piece = " ".join(tokens[end - size : end])
                    if piece in _PRONOUNS and len(tokens) > 1:
                        continue
                    if piece in self._sectors:
                        return piece, self._sectors[piece]
        return None


_QUANTITIES = frozenset(
    [
        "group", "groups", "crowd", "crowds", "number", "dozens", "hundreds", "thousands", "scores", "majority", "some",
        "many", "most", "one", "two", "three", "several", "members", "member",
    ]
)  # fmt: skip
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_AFTER_HEAD = frozenset(
    {
        "of", "in", "from", "at", "to", "for", "with", "who", "that", "on", "near", "across", "inside", "under",
        "along", "by",
    }
)  # fmt: skip
