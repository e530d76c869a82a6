"""Whether two records say the same: the exports of both, kind by kind, and which rows and pages differ."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.record import Record
from onrecord.views.export.tables import TABLES, Row, rows


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of export of two records: the rows and the SHA-256 of each, and how many rows only one of them has.

    ``documents`` are the pages on which rows that only one has stand, where rows of that kind stand on pages.
    """

    kind: str
    rows: tuple[int, int]
    sha256: tuple[str, str]
    only: tuple[int, int]
    documents: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """True when the two exports are the same bytes."""
        return self.sha256[0] == self.sha256[1]


@dataclass(slots=True)
class _Sum:
    number: int
    sha256: str
    lines: Counter[tuple[bytes, tuple[str, ...]]]


def compare(one: Record, other: Record) -> Iterator[Compared]:
    """Every kind of export of `one` and `other`, as JSON Lines, in the order of the kinds."""
    for kind in TABLES:
        a, b = _sum(one, kind), _sum(other, kind)
        left, right = a.lines - b.lines, b.lines - a.lines
        documents = sorted({page for _, pages in (*left, *right) for page in pages})
        yield Compared(
            kind,
            (a.number, b.number),
            (a.sha256, b.sha256),
            (left.total(), right.total()),
            tuple(documents),
        )


def _sum(record: Record, kind: str) -> _Sum:
    whole = hashlib.sha256()
    lines: Counter[tuple[bytes, tuple[str, ...]]] = Counter()
    for row in rows(record, kind):
        line = json.dumps(row, ensure_ascii=False, allow_nan=False).encode("utf-8", "surrogatepass") + b"\n"
        whole.update(line)
        lines[(hashlib.blake2b(line, digest_size=16).digest(), _pages(row, kind))] += 1
    return _Sum(lines.total(), whole.hexdigest(), lines)


def _pages(row: Row, kind: str) -> tuple[str, ...]:
    """The documents that a row stands on, none where it does not say."""
    if kind == "documents":
        return (row["id"],)
    if "documents" in row:
        return tuple(one["id"] if isinstance(one, dict) else one for one in row["documents"])
    return tuple(filter(None, (row.get("document"),)))
