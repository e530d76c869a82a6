"""Relations as reviewers corrected them: those they withdrew, those they added, and those that a corrected field ended.

Of each reviewer the last entry about a relation counts. Where all agree, that holds; where two disagree, it is as the machine has
it: a relation that was read is given, one that a reviewer added is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from onrecord.model import Act, Basis, Correction, CorrectionKind, Relation, RelationKind, Statement, relation_id
from onrecord.record import codec, query, schema
from onrecord.record.fields import REVIEWER, FieldCorrections, reason_of

_KINDS = frozenset({CorrectionKind.WITHDRAW_RELATION, CorrectionKind.KEEP_RELATION, CorrectionKind.ADD_RELATION})
#: The acts that a statement must do to stand in these relations to another.
_NEEDS = {
    RelationKind.DENIES: frozenset({Act.DENY, Act.REJECT}),
    RelationKind.REJECTS: frozenset({Act.REJECT, Act.DENY, Act.DECLINE}),
    RelationKind.ACCEPTS: frozenset({Act.AGREE, Act.ACKNOWLEDGE, Act.SUPPORT}),
}
#: Relations that a side has to itself; the others, but those of events, go from one side to another.
_OWN = frozenset({RelationKind.REPEATS, RelationKind.CONTRADICTS})
_BETWEEN = frozenset({RelationKind.DENIES, RelationKind.ANSWERS, RelationKind.REJECTS, RelationKind.ACCEPTS})


@dataclass(frozen=True, slots=True)
class Bonds:
    """What reviewers say of relations: the ids withdrawn, those added, and all opinions by id."""

    withdrawn: frozenset[str] = frozenset()
    added: Mapping[str, Relation] = field(default_factory=dict)
    opinions: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    disputed: frozenset[str] = frozenset()


def bonds(connection: Connection, in_force: Iterable[Correction]) -> Bonds:
    """What the entries in force, in the order of the log, say of relations."""
    entries = [entry for entry in in_force if entry.kind in _KINDS]
    if not entries:
        return Bonds()
    new = added(connection, entries)
    last: dict[str, dict[str, Correction]] = {}
    for entry in entries:
        if entry.kind is CorrectionKind.ADD_RELATION:
            key = next((r.id for r in new.values() if entry.id in r.made_by.split()), "")
        else:
            key = entry.subject[0]
        spoken = last.setdefault(key, {})
        spoken.pop(entry.who, None)
        spoken[entry.who] = entry
    last.pop("", None)
    opinions = {key: tuple(spoken.values()) for key, spoken in last.items()}
    against = {k for k, some in opinions.items() if any(e.kind is CorrectionKind.WITHDRAW_RELATION for e in some)}
    for_it = {k for k, some in opinions.items() if any(e.kind is not CorrectionKind.WITHDRAW_RELATION for e in some)}
    return Bonds(
        frozenset(against - for_it),
        {key: relation for key, relation in new.items() if key not in against},
        opinions,
        frozenset(against & for_it),
    )


def added(connection: Connection, entries: Iterable[Correction]) -> dict[str, Relation]:
    """The relations that entries add, by id, between the lines their statements belong to; lines that are gone have none."""
    found: dict[str, Relation] = {}
    wanted = [entry for entry in entries if entry.kind is CorrectionKind.ADD_RELATION]
    line_of = query.lines_of(connection, {s for entry in wanted for s in entry.subject}) if wanted else {}
    for entry in wanted:
        lines = [line_of.get(subject) for subject in entry.subject]
        if len(lines) != 2 or lines[0] is None or lines[1] is None or lines[0] == lines[1]:
            continue
        kind = RelationKind(entry.value or "")
        key = relation_id(kind, lines[0], lines[1])
        before = found.get(key)
        made_by = entry.id if before is None else f"{before.made_by} {entry.id}"
        rule = f"{REVIEWER} {reason_of(entry)}"
        found[key] = Relation(key, kind, lines[0], lines[1], (Basis.CORRECTION,), 1.0, rule=rule, made_by=made_by)
    return found


def ended(connection: Connection, found: Iterable[Relation], fields: FieldCorrections) -> frozenset[str]:
    """The ids of the machine's relations that cannot hold after the corrections of their lines' fields.

    A line that was withdrawn is in none; a denial, rejection or acceptance needs an act that does it; who repeats or contradicts
    is the same side, and who denies, answers, rejects or accepts is another.
    """
    if not fields.lines:
        return frozenset()
    some = [r for r in found if r.subject in fields.lines or r.object in fields.lines]
    gone = {r.id for r in some if r.subject in fields.withdrawn or r.object in fields.withdrawn}
    lines = {line for r in some for line in (r.subject, r.object)}
    s = schema.statements
    statements: dict[str, tuple[Statement, Statement]] = {}
    for part in query.in_parts(lines):
        for row in connection.execute(select(s.c.id, s.c.statement).where(s.c.id.in_(part or []))):
            before = codec.load(row.statement, Statement)
            statements[row.id] = (before, fields.statement(before, row.id))
    for relation in some:
        one, two = statements.get(relation.subject), statements.get(relation.object)
        if one is not None and two is not None and _ends(relation, one, two):
            gone.add(relation.id)
    return frozenset(gone)


def _ends(relation: Relation, one: tuple[Statement, Statement], two: tuple[Statement, Statement]) -> bool:
    needs = _NEEDS.get(relation.kind)
    if needs is not None and one[0].act is not one[1].act and one[1].act not in needs:
        return True
    if _sides(one[0]) == _sides(one[1]) and _sides(two[0]) == _sides(two[1]):
        return False
    shared = bool(_sides(one[1]) & _sides(two[1]))
    return (relation.kind in _OWN and not shared) or (relation.kind in _BETWEEN and shared)


def _sides(statement: Statement) -> frozenset[str]:
    return frozenset(ref.id or ref.name for ref in statement.on_behalf_of or statement.speakers)
