"""What reviewers judge of the reader's lines, field by field: which lines they are shown, what they said, and what it comes to.

A judgment says whether the reader's own value is right, wrong, or cannot be told; it changes nothing. The lines of a sample are
drawn by the hash of their ids and a seed, so that every reviewer gets the same lines in the same order, on every machine.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from sqlalchemy import Connection, select

from onrecord.model import Statement
from onrecord.record import listing, schema
from onrecord.record.fields import KIND_OF, Field, in_words, value_of
from onrecord.record.rows import StatementFilter, StatementRow

#: The fields that a reviewer judges; ``line`` is whether it is a saying at all, with the right words.
JUDGED = (Field.LINE, Field.SPEAKER, Field.ACT, Field.TARGET, Field.DATE)
#: The quantile of the normal distribution of a 95 % interval.
_Z = 1.959964


class Verdict(StrEnum):
    """What a reviewer says of the reader's value."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judgment:
    """What one reviewer says of one field of a line: ``seen`` is the reader's value in words, ``value`` the reviewer's where given."""

    statement: str
    field: Field
    who: str
    document: str
    verdict: Verdict
    seen: str
    made: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A share of cases with its 95 % interval (E. B. Wilson, JASA 22, 1927); the interval is None where there is no case."""

    hits: int
    cases: int

    @property
    def value(self) -> float | None:
        """The share, None where there is no case."""
        return self.hits / self.cases if self.cases else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The bounds of the 95 % interval, each between 0 and 1."""
        if not self.cases:
            return None
        n, p = self.cases, self.hits / self.cases
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers agree on one field: the share of lines on which both say the same, and Cohen's kappa.

    ``kappa`` (J. Cohen, Educational and Psychological Measurement 20, 1960) is None where it is not defined: no line judged by
    both, or both always say one and the same.
    """

    field: Field
    reviewers: tuple[str, str]
    agree: Share
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Precision:
    """How often a reviewer finds the reader's value of a field right; lines where that cannot be told do not count."""

    field: Field
    who: str
    right: Share
    unsure: int


def put(connection: Connection, judgments: Iterable[Judgment]) -> None:
    """Stores judgments; a reviewer's later one of the same field of the same line replaces the earlier."""
    t = schema.judgments
    for one in judgments:
        key = (t.c.statement == one.statement, t.c.field == one.field.value, t.c.who == one.who)
        connection.execute(t.delete().where(*key))
        connection.execute(
            t.insert().values(
                statement=one.statement,
                field=one.field.value,
                who=one.who,
                document=one.document,
                verdict=one.verdict.value,
                seen=one.seen,
                value=one.value,
                made=one.made,
            )
        )


def judgments(connection: Connection) -> tuple[Judgment, ...]:
    """All judgments, by line, field and reviewer."""
    t = schema.judgments
    rows = connection.execute(select(t).order_by(t.c.statement, t.c.field, t.c.who)).mappings()
    return tuple(
        Judgment(
            row["statement"],
            Field(row["field"]),
            row["who"],
            row["document"],
            Verdict(row["verdict"]),
            row["seen"],
            row["made"],
            row["value"],
        )
        for row in rows
    )


def sample(connection: Connection, number: int | None, seed: int, wanted: StatementFilter) -> list[StatementRow]:
    """`number` of the record's lines that fit `wanted` (None for all), the same for every reviewer with the same `seed`."""
    rows = sorted(listing.lines(connection, wanted), key=lambda row: _draw(seed, row.statement.id))
    return rows[:number]


def _draw(seed: int, statement: str) -> bytes:
    return hashlib.blake2b(f"{seed} {statement}".encode(), digest_size=8).digest()


def values(statement: Statement) -> dict[Field, str]:
    """The values of the judged fields of a statement, in words."""
    return {one: in_words(KIND_OF[one], value_of(statement, one)) if one in KIND_OF else "a line" for one in JUDGED}


def precision(found: Sequence[Judgment]) -> tuple[Precision, ...]:
    """For each reviewer and field how often the reader is right, by reviewer and in the order of the fields."""
    counts: dict[tuple[str, Field], Counter[Verdict]] = {}
    for one in found:
        counts.setdefault((one.who, one.field), Counter())[one.verdict] += 1
    return tuple(
        Precision(field, who, Share(c[Verdict.RIGHT], c[Verdict.RIGHT] + c[Verdict.WRONG]), c[Verdict.UNSURE])
        for who in sorted({who for who, _ in counts})
        for field in JUDGED
        if (c := counts.get((who, field))) is not None
    )


def agreement(found: Sequence[Judgment]) -> tuple[Agreement, ...]:
    """For every two reviewers and every field how far they agree; lines that one of them cannot tell are left out.

    Two reviewers agree on a line when both find the reader's value right, or both give the same other value, or both call it wrong
    and give none.
    """
    by_who: dict[str, dict[tuple[str, Field], str]] = {}
    for one in found:
        if one.verdict is not Verdict.UNSURE:
            by_who.setdefault(one.who, {})[(one.statement, one.field)] = _label(one)
    names = sorted(by_who)
    return tuple(
        _between(field, a, b, by_who)
        for i, a in enumerate(names)
        for b in names[i + 1 :]
        for field in JUDGED
        if any(f is field and (s, f) in by_who[b] for s, f in by_who[a])
    )


def _label(one: Judgment) -> str:
    """What a reviewer takes for the value: an act by its name, every other field by whether the reader's value is right."""
    if one.field is Field.ACT:
        return one.seen if one.verdict is Verdict.RIGHT else one.value or f"not {one.seen}"
    return one.verdict.value if one.value is None or one.verdict is Verdict.RIGHT else f"wrong: {one.value}"


def _between(field: Field, a: str, b: str, by_who: Mapping[str, Mapping[tuple[str, Field], str]]) -> Agreement:
    both = [key for key in sorted(by_who[a]) if key[1] is field and key in by_who[b]]
    pairs = [(by_who[a][key], by_who[b][key]) for key in both]
    return Agreement(field, (a, b), Share(sum(x == y for x, y in pairs), len(pairs)), cohens_kappa(pairs))


def cohens_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of the labels that two reviewers gave to the same cases, None where it is not defined."""
    if not pairs:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(a == b for a, b in pairs) / len(pairs)
    expected = sum(first[label] * second[label] for label in first) / len(pairs) ** 2
    return None if expected == 1 else (observed - expected) / (1 - expected)
