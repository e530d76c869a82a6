"""Corrections that do not fit the record as it is now: their line is gone, it is read differently, or reviewers disagree.

Nothing is guessed: an entry whose line is gone changes nothing and points to the line that stands in its place, if one does; an
entry whose line is read differently now is applied all the same, since a reviewer said so, and is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from onrecord.model import Correction, Seen, Span, Statement, active
from onrecord.record import bonds, codec, corrected, schema
from onrecord.record.fields import (
    FIELD_OF,
    KIND_OF,
    Field,
    FieldCorrections,
    in_words,
    plain_value,
    read_statement,
    said,
    value_of,
)

#: A line that has so much of the characters of the one that is gone stands in its place.
_SAME_PLACE = 0.5


class ConflictKind(StrEnum):
    """Why a correction does not fit."""

    GONE = "gone"
    CHANGED = "changed"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One correction that does not fit, and why in a sentence; ``instead`` is the line that stands in the place of one that is gone."""

    kind: ConflictKind
    correction: Correction
    detail: str
    instead: str | None = None


def conflicts(connection: Connection) -> tuple[Conflict, ...]:
    """The corrections in force that do not fit, in the order of the log."""
    whole = corrected.log(connection)
    in_force = active(whole)
    known = {entry.id for entry in whole}
    changed = corrected.corrected(connection)
    found: dict[str, list[Conflict]] = {}
    for entry in in_force:
        for subject, what in corrected.missing(connection, entry, known):
            instead = _instead(connection, entry.seen)
            detail = f"the record has no {what} {subject} any more"
            found.setdefault(entry.id, []).append(Conflict(ConflictKind.GONE, entry, detail, instead))
            break
        else:
            if entry.kind in FIELD_OF:
                found.setdefault(entry.id, []).extend(_changed(connection, entry))
    disputes = [*_disputes(changed.fields), *_disputed_relations(connection, in_force)]
    for conflict in disputes:
        found.setdefault(conflict.correction.id, []).append(conflict)
    return tuple(one for entry in in_force for one in found.get(entry.id, ()))


def _changed(connection: Connection, entry: Correction) -> Iterator[Conflict]:
    """The conflict of an entry whose field the reader gives another value now than the reviewer saw."""
    field = FIELD_OF[entry.kind]
    if entry.seen is None or field is Field.LINE:
        return
    now = value_of(read_statement(connection, entry.subject[0]), field)
    if plain_value(field, now) in {plain_value(field, entry.seen.value), said(entry)}:
        return
    kind = KIND_OF[field]
    detail = (
        f"the reader gave {in_words(kind, entry.seen.value)} as the {field.value} when it was corrected and gives "
        f"{in_words(kind, now)} now"
    )
    yield Conflict(ConflictKind.CHANGED, entry, detail)


def _disputes(fields: FieldCorrections) -> Iterator[Conflict]:
    for (_, field), opinions in fields.disputed.items():
        told = _opinions(opinions)
        for entry in opinions:
            detail = f"reviewers disagree on the {field.value}: {told}; the reader's value stays"
            yield Conflict(ConflictKind.DISPUTED, entry, detail)


def _disputed_relations(connection: Connection, in_force: Sequence[Correction]) -> Iterator[Conflict]:
    found = bonds.bonds(connection, in_force)
    for key in sorted(found.disputed):
        told = _opinions(found.opinions[key])
        for entry in found.opinions[key]:
            yield Conflict(ConflictKind.DISPUTED, entry, f"reviewers disagree on the relation {key}: {told}")


def _opinions(opinions: Sequence[Correction]) -> str:
    return ", ".join(f"{e.who} says {in_words(e.kind, e.value) or said(e)}" for e in opinions)


def _instead(connection: Connection, seen: Seen | None) -> str | None:
    """The statement of the page whose content shares most with that of a statement that is gone, None where none shares half."""
    if seen is None:
        return None
    s = schema.statements
    rows = connection.execute(select(s.c.id, s.c.statement).where(s.c.document == seen.document).order_by(s.c.id))
    shares = [(_share(seen.content, codec.load(row.statement, Statement).content), row.id) for row in rows]
    best = max(shares, default=(0.0, ""), key=lambda pair: pair[0])
    return best[1] if best[0] >= _SAME_PLACE else None


def _share(one: Sequence[Span], other: Sequence[Span]) -> float:
    """The characters that both have, of those that either has."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    either = sum(map(len, one)) + sum(map(len, other)) - shared
    return shared / either if either else 0.0
