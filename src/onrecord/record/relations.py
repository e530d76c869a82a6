"""Relations in the store: the lists that lines are found by, what is written, and what is asked, with corrections applied."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    RowMapping,
    Select,
    String,
    Table,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects import postgresql, sqlite

from onrecord.model import (
    ActorRef,
    Basis,
    Denied,
    Position,
    Relation,
    RelationKind,
    Statement,
    active,
    relation_id,
)
from onrecord.record import codec, schema
from onrecord.record.bonds import bonds, ended
from onrecord.record.corrected import corrected, log
from onrecord.record.fields import Field
from onrecord.record.query import in_parts
from onrecord.relations.across import Change, Key, Pair
from onrecord.relations.ledgers import EVENT
from onrecord.relations.lines import NEVER, Line
from onrecord.relations.positions import Said, positions_of
from onrecord.relations.within import Bond

#: Lines kept in memory between two batches.
CACHED = 20_000
#: Lines of a list that are looked at in one go; and a day after that of pages without one.
_STEP, _END = 24, NEVER * 2


class RecordLines:
    """The `onrecord.relations.across.Lines` of a record, over one open transaction; `cache` may outlive it."""

    def __init__(self, connection: Connection, cache: dict[str, Line]) -> None:
        self._connection = connection
        self._cache = cache
        k = schema.relation_keys
        place = tuple_(k.c.day, k.c.tie, k.c.line)
        here = tuple_(bindparam("day", type_=String), bindparam("tie", type_=String), bindparam("line", type_=String))
        there = tuple_(
            bindparam("day2", type_=String), bindparam("tie2", type_=String), bindparam("line2", type_=String)
        )
        of = k.c.key == bindparam("key", type_=BigInteger)
        known = k.c.published < bindparam("known", type_=String)
        rows = select(k.c.day, k.c.tie, k.c.line, k.c.published)
        down = (k.c.day.desc(), k.c.tie.desc(), k.c.line.desc())
        self._before = rows.where(of, place < here, known).order_by(*down).limit(_STEP)
        self._after = rows.where(of, place > here, known).order_by(k.c.day, k.c.tie, k.c.line).limit(_STEP)
        by_then = k.c.published <= bindparam("known", type_=String)
        self._between = select(func.count()).select_from(k).where(of, place > here, place < there, by_then)

    def add(self, line: Line, keys: Sequence[Key]) -> None:
        """Puts a new line into the lists `keys`."""
        self._cache[line.id] = line
        day, tie = line.order
        if keys:
            own = {"day": day, "tie": tie, "line": line.id, "published": line.published}
            rows = [{"key": _number(key), **own} for key in keys]
            _add(self._connection, schema.relation_keys, rows)

    def neighbours(self, key: Key, line: Line, number: int) -> tuple[Sequence[str], Sequence[str]]:
        """The ids of the lines of the list `key` that are fewer than `number` places before `line`, and after it, nearest first.

        Places are counted among the lines published by the later of the two days on which `line` and the other came out.
        """
        return self._walked(self._before, key, line, number), self._walked(self._after, key, line, number)

    def _walked(self, asked: Select[Any], key: Key, line: Line, number: int) -> list[str]:
        found: list[str] = []
        # The days on which the lines passed so far came out, in order: from the `number`-th on nothing is near enough.
        passed: list[str] = []
        at: dict[str, Any] = {
            "key": _number(key),
            "day": line.order[0],
            "tie": line.order[1],
            "line": line.id,
            "known": _END,
        }
        while at["known"] > line.published:
            rows = self._connection.execute(asked, at).all()
            for row in rows:
                if bisect_right(passed, max(row.published, line.published)) < number:
                    found.append(row.line)
                insort(passed, row.published)
            if len(rows) < _STEP:
                break
            last = rows[-1]
            at |= {"day": last.day, "tie": last.tie, "line": last.line}
            at["known"] = passed[number - 1] if len(passed) >= number else _END
        return found

    def lines(self, ids: Iterable[str]) -> Mapping[str, Line]:
        """The lines with these ids."""
        wanted = set(ids)
        missing = wanted - self._cache.keys()
        t = schema.relation_lines
        for part in in_parts(missing):
            for row in self._connection.execute(select(t.c.line, t.c.seen).where(t.c.line.in_(part or []))):
                self._cache[row.line] = codec.load(row.seen, Line)
        found = {line: self._cache[line] for line in wanted}
        while len(self._cache) > CACHED:
            del self._cache[next(iter(self._cache))]
        return found

    def bound(self, before: Iterable[str], after: Iterable[str]) -> Sequence[Pair]:
        """The pairs of one line of `before` and one of `after` that a relation across pages binds, whichever way it goes."""
        ahead, behind = set(before), set(after)
        t = schema.relations
        found: set[Pair] = set()
        for part in in_parts(ahead | behind):
            rows = self._connection.execute(
                select(t.c.subject, t.c.object).where(t.c.across, t.c.subject.in_(part or []))
            )
            for one, two in rows:
                if (one in ahead and two in behind) or (one in behind and two in ahead):
                    found.add((min(one, two), max(one, two)))
        return sorted(found)

    def between(self, key: Key, one: Line, two: Line) -> int:
        """How many lines published by the time both were stand between two others in the list `key`."""
        low, high = sorted(((*one.order, one.id), (*two.order, two.id)))
        at = dict(zip(("day", "tie", "line", "day2", "tie2", "line2"), (*low, *high), strict=True))
        at["known"] = max(one.published, two.published)
        return int(self._connection.execute(self._between, {"key": _number(key), **at}).scalar() or 0)


def _number(key: Key) -> int:
    """A list's key as the signed number it is stored by."""
    digest = hashlib.blake2b("\x1f".join(key).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def above(connection: Connection, ids: Iterable[str]) -> dict[str, str | None]:
    """For actors that are organs, forums or people of a state or organisation, its id; what belongs to nothing is left out."""
    t = schema.actors
    found: dict[str, str | None] = {}
    for part in in_parts(ids):
        rows = connection.execute(
            select(t.c.id, t.c.part_of).where(t.c.id.in_(part or []), t.c.kind.in_(_PARTS), t.c.part_of.is_not(None))
        )
        found |= {row.id: row.part_of for row in rows}
    return found


#: Kinds of actors that speak for what they are part of; a member state is not the alliance.
_PARTS = ("government_organ", "forum", "person", "unnamed_group")


def put_lines(connection: Connection, lines: Sequence[Line]) -> None:
    """Stores what the relations layer saw of lines."""
    if lines:
        rows = [{"line": line.id, "document": line.document, "seen": codec.dump(line)} for line in lines]
        _add(connection, schema.relation_lines, rows)


def _add(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows; those whose key is there already change nothing."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def put_change(connection: Connection, change: Change, line_of: Mapping[str, str], made_by: str) -> None:
    """Stores the bonds that new pages made between lines, and removes those that they ended.

    `line_of` gives the line of a statement that is not itself the one that stands for it.
    """
    t = schema.relations
    for one, two in change.ended:
        either = or_(and_(t.c.subject == one, t.c.object == two), and_(t.c.subject == two, t.c.object == one))
        connection.execute(delete(t).where(t.c.across, either))
    rows: dict[str, dict[str, Any]] = {}
    for bond in change.made:
        row = _row(bond, line_of, made_by)
        if row["subject"] != row["object"] and (
            row["id"] not in rows or rows[row["id"]]["confidence"] < row["confidence"]
        ):
            rows[row["id"]] = row
    if rows:
        _add(connection, t, [rows[key] for key in sorted(rows)])


def _row(bond: Bond, line_of: Mapping[str, str], made_by: str) -> dict[str, Any]:
    subject, object_ = (line_of.get(line.id, line.id) for line in (bond.subject, bond.object))
    return {
        "id": relation_id(bond.kind, subject, object_, bond.parts),
        "kind": bond.kind.value,
        "subject": subject,
        "object": object_,
        "basis": json.dumps([basis.value for basis in bond.basis]),
        "confidence": round(bond.confidence, 2),
        "denied": bond.denied.value if bond.denied is not None else None,
        "parts": json.dumps(bond.parts) if bond.parts is not None else None,
        "across": bond.subject.document != bond.object.document,
        "rule": bond.rule,
        "made_by": made_by,
    }


def forget_lines(connection: Connection, ids: Sequence[str]) -> None:
    """Removes lines and everything that binds them."""
    for part in in_parts(ids):
        wanted = part or []
        for t in (schema.relation_lines, schema.relation_keys):
            connection.execute(delete(t).where(t.c.line.in_(wanted)))
        r = schema.relations
        connection.execute(delete(r).where(or_(r.c.subject.in_(wanted), r.c.object.in_(wanted))))


def between_lines(connection: Connection, lines: Iterable[str] | None = None) -> list[Relation]:
    """The relations between lines (all, or those that the given lines have part in) that nobody has withdrawn, by id.

    Pages of one report are copies of one text: what stands on two of them is one saying, and no relation is given between them.
    """
    r = schema.relations
    changed = corrected(connection)
    given = bonds(connection, active(log(connection)))
    found: dict[str, Relation] = {}
    across: list[tuple[str, str, str]] = []
    lines = None if lines is None else set(lines)
    for part in in_parts(lines):
        wanted = select(r)
        if part is not None:
            wanted = wanted.where(or_(r.c.subject.in_(part), r.c.object.in_(part)))
        for row in connection.execute(wanted).mappings():
            if row["id"] not in given.withdrawn:
                if row["across"]:
                    across.append((row["id"], row["subject"], row["object"]))
                found[row["id"]] = _relation(row)
    gone = _of_one_report(connection, across) | ended(connection, found.values(), changed.fields)
    for key, relation in given.added.items():
        if lines is None or lines & {relation.subject, relation.object}:
            found[key] = relation
    return [found[key] for key in sorted(found.keys() - gone)]


def _relation(row: RowMapping) -> Relation:
    parts = json.loads(row["parts"]) if row["parts"] else None
    return Relation(
        id=row["id"],
        kind=RelationKind(row["kind"]),
        subject=row["subject"],
        object=row["object"],
        basis=tuple(Basis(b) for b in json.loads(row["basis"])),
        confidence=row["confidence"],
        denied=Denied(row["denied"]) if row["denied"] else None,
        parts=(parts[0], parts[1]) if parts else None,
        rule=row["rule"],
        made_by=row["made_by"],
    )


def drawn(connection: Connection, relation_id: str) -> list[Relation]:
    """The relation with this id as it is stored, or as a reviewer added it, withdrawn or not; nothing where there is none."""
    stored = connection.execute(select(schema.relations).where(schema.relations.c.id == relation_id)).mappings()
    found = [_relation(row) for row in stored]
    given = bonds(connection, active(log(connection)))
    return found or [r for key, r in given.added.items() if key == relation_id]


def _of_one_report(connection: Connection, across: Sequence[tuple[str, str, str]]) -> set[str]:
    """Those of the relations across pages (id, subject, object) that bind two pages of one report: copies repeat nothing."""
    s, rd = schema.statements, schema.report_documents
    report: dict[str, str] = {}
    for part in in_parts({line for _, *ends in across for line in ends}):
        rows = connection.execute(
            select(s.c.id, rd.c.report)
            .select_from(s.join(rd, rd.c.document == s.c.document))
            .where(s.c.id.in_(part or []))
        )
        report |= {row.id: row.report for row in rows}
    return {key for key, one, two in across if one in report and report[one] == report.get(two)}


def placed(
    connection: Connection, between: Iterable[Relation], statements: Iterable[str] | None = None
) -> list[Relation]:
    """Relations between lines as those between statements on every copy: on each page that carries both, the two that stand there.

    Where no page carries both, the statement on the lead of its report stands for each line; an event stands for itself. With
    `statements` only the relations that one of these has part in. The order is by kind, then by the ids of the two ends.
    """
    s, rd = schema.statements, schema.report_documents
    found = list(between)
    carried: dict[str, dict[str, tuple[bool, str]]] = {}
    for part in in_parts({end for relation in found for end in (relation.subject, relation.object)}):
        rows = connection.execute(
            select(s.c.id, s.c.line, s.c.document, rd.c.is_lead)
            .select_from(s.outerjoin(rd, rd.c.document == s.c.document))
            .where(s.c.line.in_(part or []))
            .order_by(s.c.start, s.c.id)
        )
        for row in rows:
            carried.setdefault(row.line, {}).setdefault(row.document, (not row.is_lead, row.id))
    rows_ = [one for relation in found for one in _placed(relation, carried)]
    if statements is not None:
        asked = set(statements)
        rows_ = [r for r in rows_ if r.subject in asked or r.object in asked]
    return sorted(rows_, key=lambda r: (r.kind.value, r.subject, r.object, r.parts or (0, 0), r.id))


def _placed(relation: Relation, carried: Mapping[str, Mapping[str, tuple[bool, str]]]) -> list[Relation]:
    one, two = carried.get(relation.subject, {}), carried.get(relation.object, {})
    if relation.subject.startswith(EVENT) and two:
        return [replace(relation, object=_lead(two))]
    pages = sorted(one.keys() & two.keys())
    if pages:
        return [replace(relation, subject=one[page][1], object=two[page][1]) for page in pages]
    if not one or not two:
        return []
    return [replace(relation, subject=_lead(one), object=_lead(two))]


def _lead(carried: Mapping[str, tuple[bool, str]]) -> str:
    return min((not_lead, document, id_) for document, (not_lead, id_) in carried.items())[2]


def positions(connection: Connection) -> list[Position]:
    """What each side holds, with every wording of it; lines that nothing repeats are positions of one wording."""
    t, a, s = schema.relation_lines, schema.actors, schema.statements
    fields = corrected(connection).fields
    said: list[Said] = []
    stored = select(t.c.line, t.c.seen, s.c.statement).select_from(t.join(s, s.c.id == t.c.line)).order_by(t.c.line)
    for row in connection.execute(stored):
        if row.line in fields.withdrawn:
            continue
        statement = fields.statement(codec.load(row.statement, Statement), row.line)
        line = codec.load(row.seen, Line)
        if (row.line, Field.SPEAKER) in fields.agreed:
            line = replace(line, sides=_sides_of(connection, statement))
        said.append(Said(line, statement.date.value or statement.date.earliest))
    repeats = [r for r in between_lines(connection) if r.kind in (RelationKind.REPEATS, RelationKind.CONTRADICTS)]
    sides = {side for one in said for side in one.line.sides}
    names: dict[str, str] = {}
    for part in in_parts(sides):
        names |= {
            row.id: row.name for row in connection.execute(select(a.c.id, a.c.name).where(a.c.id.in_(part or [])))
        }
    refs = {side: ActorRef(side, names.get(side, side)) for side in sides}
    return positions_of(said, repeats, refs)


def _sides_of(connection: Connection, statement: Statement) -> tuple[str, ...]:
    """The states and organisations that speak, after a correction of the speakers."""
    ids = sorted(ref.id for ref in statement.on_behalf_of or statement.speakers if ref.id is not None)
    part_of = above(connection, ids)
    return tuple(sorted({part_of.get(key) or key for key in ids}))
