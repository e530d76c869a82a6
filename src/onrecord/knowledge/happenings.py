"""Dated happenings: summits, treaties, wars and votes by the words for them, each with the source it was looked up in."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from onrecord.knowledge.keys import key
from onrecord.knowledge.tables import Row, table
from onrecord.model import Span

HAPPENING_COLUMNS = ("name", "words", "kind", "start", "end", "source")
_UNVERIFIED = "unverified"


class HappeningKind(Enum):
    """What a happening is: an occasion is spoken of before it is held, a fact only once it has come about."""

    SUMMIT = "summit"
    REFERENDUM = "referendum"
    TREATY = "treaty"
    FOUNDING = "founding"
    WAR = "war"
    CLASH = "clash"
    ANNEXATION = "annexation"

    @property
    def is_occasion(self) -> bool:
        """True for what is announced, awaited and then held."""
        return self in (HappeningKind.SUMMIT, HappeningKind.REFERENDUM)


@dataclass(frozen=True, slots=True)
class KnownHappening:
    """A happening with its first and last ISO day, both included; a war's are those of its beginning, a treaty's of its signing."""

    name: str
    words: tuple[str, ...]
    kind: HappeningKind
    start: str
    end: str
    source: str

    @property
    def verified(self) -> bool:
        """True when the days were looked up in the source named."""
        return self.source != _UNVERIFIED


def happening_of(row: Row) -> KnownHappening:
    """The happening a row of ``happenings.csv`` describes; a month in ``start`` or ``end`` means its first or last day.

    Raises:
        KnowledgeError: when the days are no days or out of order, or the kind is unknown.
    """
    row.need("start")
    kind = next((k for k in HappeningKind if k.value == row.need("kind")), None)
    if kind is None:
        raise row.error(f"{row.get('kind')!r} is no kind of happening")
    start, end = row.iso("start"), row.iso("end") or row.iso("start")
    if len(row.get("end")) == 7:
        end = f"{end[:8]}{calendar.monthrange(int(end[:4]), int(end[5:7]))[1]:02d}"
    if end < start:
        raise row.error(f"it ends on {end}, before its start {start}")
    return KnownHappening(row.need("name"), row.many("words"), kind, start, end, row.need("source"))


class Happenings:
    """Finds known happenings in texts by their words, in any case, blanks and line breaks alike."""

    def __init__(self, rows: Iterable[KnownHappening]) -> None:
        self.rows = tuple(rows)
        self._by_key: dict[str, list[KnownHappening]] = {}
        for row in self.rows:
            for words in row.words:
                self._by_key.setdefault(key(words), []).append(row)
        every = sorted({words for row in self.rows for words in row.words}, key=lambda w: (-len(w), w))
        joined = "|".join(re.escape(words).replace(r"\ ", r"\s{1,4}") for words in every)
        self._pattern = re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE) if every else None

    def found(self, text: str, within: Span) -> Iterator[tuple[Span, Sequence[KnownHappening]]]:
        """The places inside `within` where words for happenings stand, longest words first, with all they may mean."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text, within.start, within.end):
            yield Span(match.start(), match.end()), tuple(self._by_key[key(match.group())])


@cache
def own_happenings() -> Happenings:
    """The package's own table.

    Raises:
        KnowledgeError: when it is malformed.
    """
    return Happenings(happening_of(row) for row in table("happenings.csv", HAPPENING_COLUMNS))
