"""Lines page by page, for programs that read long lists: a page costs as what it shows, wherever in the list it lies.

A place in the list is the key of a line: its day (its first possible one where that is all that is known, ``~`` without any), its
document, where it starts there, and its id. Lines that come or go do not move the others.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, literal, select, tuple_

from onrecord.record import listing, schema
from onrecord.record.conditions import conditions
from onrecord.record.rows import StatementFilter, StatementRow

#: A place in the list of lines.
Key = tuple[str, str, int, str]
_UNDATED = "~"


@dataclass(frozen=True, slots=True)
class LinePage:
    """Some lines in their order, and the place of the last where there are more."""

    rows: tuple[StatementRow, ...]
    more: Key | None


def page(connection: Connection, wanted: StatementFilter, after: Key | None, size: int) -> LinePage:
    """At most `size` lines that the filter asks for, from behind the place `after` on; the filter's limit does not count."""
    if connection.execute(select(schema.corrections.c.id).limit(1)).first() is not None:
        # Corrections change what a line says, and which reports carry it: all must be looked at.
        return _of_all(connection, wanted, after, size)
    keys = _keys(connection, wanted, after, size + 1)
    shown = keys[:size]
    some = listing.lines(connection, StatementFilter(part=None), only={key[3] for key in shown})
    # The statement that stands for a line is on its report's lead; the line itself may be one of the copies.
    by_line = {id_: row for row in some for id_ in (row.statement.id, *(copy.statement for copy in row.copies))}
    return LinePage(tuple(by_line[key[3]] for key in shown), shown[-1] if len(keys) > size else None)


def _keys(connection: Connection, wanted: StatementFilter, after: Key | None, number: int) -> list[Key]:
    s = schema.statements
    matched = select(s.c.line).where(*conditions(connection, wanted))
    when = func.coalesce(s.c.date_value, s.c.date_earliest, s.c.date_latest, literal(_UNDATED))
    place = (when, s.c.document, s.c.start, s.c.id)
    # A line is the id of the statement that was read first.
    question = select(*place).where(s.c.id.in_(matched)).order_by(*place).limit(number)
    if after is not None:
        question = question.where(tuple_(*place) > tuple_(*(literal(part) for part in after)))
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(question)]


def _of_all(connection: Connection, wanted: StatementFilter, after: Key | None, size: int) -> LinePage:
    placed = sorted(((_key(row), row) for row in listing.lines(connection, wanted)), key=lambda pair: pair[0])
    left = [pair for pair in placed if after is None or pair[0] > after]
    shown = left[:size]
    return LinePage(tuple(row for _, row in shown), shown[-1][0] if len(left) > size else None)


def _key(row: StatementRow) -> Key:
    s = row.statement
    when = s.date.value or s.date.earliest or s.date.latest or _UNDATED
    return (when, s.document, s.content[0].start, s.id)
