"""Lines page by page, for programs that read long lists: a page costs as what it shows, wherever in the list it lies.

A place in the list is the key of a line: its day (``~`` without one), its document, where it starts there, and its id. Lines that come
or go do not move the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, literal, select, tuple_

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
    """The places of the next lines: first of those with a day, by the index on days, then of those without."""
    line = schema.statements.alias("line")
    found: list[Key] = []
    for dated in (True, False):
        if dated and after is not None and after[0] == _UNDATED:
            continue
        place: list[ColumnElement[Any]] = [line.c.document, line.c.start, line.c.id]
        place = [line.c.date_value, *place] if dated else place
        question = select(*place).where(line.c.date_value.is_not(None) if dated else line.c.date_value.is_(None))
        question = question.where(_fits(connection, wanted, line.c.id)).order_by(*place).limit(number - len(found))
        if after is not None and dated:
            # The first is what the index takes; the second is exact.
            behind = tuple_(*place) > tuple_(*(literal(part) for part in after))
            question = question.where(line.c.date_value >= after[0], behind)
        elif after is not None and after[0] == _UNDATED:
            question = question.where(tuple_(*place) > tuple_(*(literal(part) for part in after[1:])))
        rows = connection.execute(question)
        found += [(row[0], row[1], row[2], row[3]) if dated else (_UNDATED, row[0], row[1], row[2]) for row in rows]
        if len(found) >= number:
            break
    return found


def _fits(connection: Connection, wanted: StatementFilter, line: ColumnElement[str]) -> ColumnElement[bool]:
    """That one of the statements of a line is what the filter asks for.

    Where that takes names or words, the statements that have them are found first; else lines are tried one after the other
    until there are enough.
    """
    s = schema.statements
    asked = conditions(connection, wanted)
    if any((wanted.by, wanted.target, wanted.about, wanted.match, wanted.document, wanted.outlet)):
        return line.in_(select(s.c.line).where(*asked))
    return select(s.c.id).where(s.c.line == line, *asked).correlate_except(s).exists()


def _of_all(connection: Connection, wanted: StatementFilter, after: Key | None, size: int) -> LinePage:
    placed = sorted(((_key(row), row) for row in listing.lines(connection, wanted)), key=lambda pair: pair[0])
    left = [pair for pair in placed if after is None or pair[0] > after]
    shown = left[:size]
    return LinePage(tuple(row for _, row in shown), shown[-1][0] if len(left) > size else None)


def _key(row: StatementRow) -> Key:
    s = row.statement
    return (s.date.value or _UNDATED, s.document, s.content[0].start, s.id)
