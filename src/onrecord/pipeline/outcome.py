"""What became of each page, and the sum of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class OutcomeKind(StrEnum):
    """What became of one page."""

    READ = "read"
    COPY = "copy"
    VERSION = "version"
    KNOWN = "known"
    NOT_ARTICLE = "not-article"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page: its path, the kind, why (empty when it was simply read), and its statements.

    ``pages`` is how many pages it stands for: an archive's request records are skipped in one line.
    """

    path: str
    kind: OutcomeKind
    reason: str = ""
    statements: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading is: pages done, and the last one's path."""

    done: int
    path: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a reading did, page by page."""

    outcomes: tuple[Outcome, ...]

    def count(self, kind: OutcomeKind) -> int:
        """How many pages ended like that."""
        return self.counts()[kind]

    def counts(self) -> Counter[OutcomeKind]:
        """How many pages ended in each way; the sum is the number of pages."""
        found: Counter[OutcomeKind] = Counter()
        for outcome in self.outcomes:
            found[outcome.kind] += outcome.pages
        return found

    def of(self, kind: OutcomeKind) -> Sequence[Outcome]:
        """The pages that ended like that, in the order they were met."""
        return [outcome for outcome in self.outcomes if outcome.kind is kind]

    @property
    def pages(self) -> int:
        """How many pages, and things that are none, were met."""
        return sum(outcome.pages for outcome in self.outcomes)

    @property
    def statements(self) -> int:
        """How many statements were written, on all copies."""
        return sum(outcome.statements for outcome in self.outcomes)
