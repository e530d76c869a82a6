"""Reports and actors as reviewers corrected them: the log applied to what the machine grouped, each time it is asked.

Nothing the machine wrote is changed, so every correction can be taken back. The cost is that of the reports the log
names, not of the record.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cattrs.errors import BaseValidationError
from sqlalchemy import Connection, func, select

from onrecord.knowledge.press import Press, Publisher
from onrecord.model import (
    Correction,
    CorrectionKind,
    Independence,
    Origin,
    OriginBasis,
    OriginEvidence,
    Report,
    Seen,
    Statement,
    active,
    correction,
    errors,
)
from onrecord.record import bonds, codec, identities, query, schema
from onrecord.record.fields import FIELD_OF, NOTHING_CORRECTED, FieldCorrections, can_be_applied, field_corrections
from onrecord.record.identities import NOBODY_RENAMED, Identities
from onrecord.reports import assemble, rank


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the corrections in force change: for each document they touch, its report as corrected; who actors are; fields of lines."""

    report_of: Mapping[str, Report]
    identities: Identities = NOBODY_RENAMED
    fields: FieldCorrections = NOTHING_CORRECTED

    def statement(self, statement: Statement, line: str) -> Statement:
        """The statement of `line` as corrected: first its fields, then who its actors are."""
        return self.identities.statement(self.fields.statement(statement, line))

    def reports(self) -> dict[str, Report]:
        """The corrected reports by id."""
        return {report.id: report for report in self.report_of.values()}


def log(connection: Connection) -> tuple[Correction, ...]:
    """All corrections in the order they were entered."""
    rows = connection.execute(select(schema.corrections).order_by(schema.corrections.c.position)).mappings()
    return tuple(
        Correction(
            row["id"],
            CorrectionKind(row["kind"]),
            codec.load(row["subject"], tuple[str, ...]),
            row["value"],
            row["who"],
            row["made"],
            row["why"],
            codec.load(row["seen"], Seen) if row["seen"] else None,
        )
        for row in rows
    )


def append(connection: Connection, entries: Iterable[Correction], *, lenient: bool = False) -> int:
    """Adds entries to the log; those it holds already are passed over. Returns how many were added.

    With `lenient` an entry may name what the record does not hold (a log of another record, a page that is read differently
    now): it changes nothing until that comes, and `onrecord.record.conflicts` reports it.

    Raises:
        NotFound: when an entry names something that the record does not hold; nothing is added then.
    """
    known = {entry.id for entry in log(connection)}
    position = connection.execute(select(func.coalesce(func.max(schema.corrections.c.position), 0))).scalar() or 0
    added = 0
    for entry in entries:
        if entry.id in known:
            continue
        if not lenient:
            check(connection, entry, known)
        added += 1
        connection.execute(
            schema.corrections.insert().values(
                id=entry.id,
                position=position + added,
                kind=entry.kind.value,
                subject=codec.dump(entry.subject),
                value=entry.value,
                who=entry.who,
                made=entry.when,
                why=entry.why,
                seen=codec.dump(entry.seen) if entry.seen is not None else None,
            )
        )
        known.add(entry.id)
    return added


def to_lines(entries: Iterable[Correction]) -> list[str]:
    """Corrections as JSON Lines, one string each."""
    return [json.dumps(codec.plain(entry), ensure_ascii=False) for entry in entries]


def from_lines(lines: Iterable[str], name: str) -> tuple[Correction, ...]:
    """The corrections that `to_lines` wrote; `name` is the file's, for the error.

    Raises:
        InputError: when a line is not a correction, its id does not fit what it says, or what it sets is no value of the field.
    """
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = codec.load(line, Correction)
        except (ValueError, BaseValidationError) as error:
            raise errors.InputError(f"{name}, line {number} is not a correction.") from error
        again = correction(
            entry.kind,
            entry.subject,
            who=entry.who,
            when=entry.when,
            why=entry.why,
            value=entry.value,
            seen=entry.seen,
        )
        if again.id != entry.id:
            raise errors.InputError(f"{name}, line {number} was changed: its id does not fit what it says.")
        if not can_be_applied(entry):
            raise errors.InputError(f"{name}, line {number} says nothing that this version of onrecord can apply.")
        found.append(entry)
    return tuple(found)


#: What the subjects of a correction are, where they are no pages.
_NAMED = {
    CorrectionKind.UNDO: "correction",
    CorrectionKind.MERGE_ACTORS: "actor",
    CorrectionKind.SPLIT_ACTOR: "actor",
    CorrectionKind.JOIN_EVENTS: "event",
    CorrectionKind.SPLIT_EVENT: "event",
    CorrectionKind.WITHDRAW_RELATION: "relation",
    CorrectionKind.KEEP_RELATION: "relation",
    CorrectionKind.ADD_RELATION: "line",
    **dict.fromkeys(FIELD_OF, "line"),
}
_OF_REPORTS = frozenset({CorrectionKind.JOIN_REPORTS, CorrectionKind.SPLIT_REPORT, CorrectionKind.SET_ORIGIN})


def check(connection: Connection, entry: Correction, known: Collection[str]) -> None:
    """Checks that the record holds what the entry names; `known` are the ids of the log.

    Raises:
        NotFound: when it does not.
    """
    for subject, what in missing(connection, entry, known):
        raise errors.NotFound(f"The record has no {what} {subject}, which correction {entry.id} names.")


def missing(connection: Connection, entry: Correction, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """What the entry names and the record does not hold: the id, and what it would be."""
    for place, subject in enumerate(entry.subject):
        what = _NAMED.get(entry.kind, "page")
        if what == "actor" and entry.kind is CorrectionKind.SPLIT_ACTOR and place > 0:
            what = "page"
        if what == "correction":
            there = subject in known
        elif what == "actor":
            there = identities.has_actor(connection, subject, log(connection))
        elif what == "relation":
            there = _has_relation(connection, subject)
        elif what == "event":
            there = query.has_event(connection, subject)
        elif what == "line":
            there = bool(query.lines_of(connection, [subject]))
        else:
            there = query.has_document(connection, subject)
        if not there:
            yield subject, what


def _has_relation(connection: Connection, relation_id: str) -> bool:
    if query.has_relation(connection, relation_id):
        return True
    if relation_id in bonds.added(connection, active(log(connection))):
        return True
    # What became of promises is computed from the whole record, corrections applied.
    from onrecord.record.outcomes import outcomes

    return any(one.id == relation_id for one in outcomes(connection, withdrawn=True))


def press(connection: Connection) -> Press:
    """The agencies and outlets the record was read with."""
    rows = connection.execute(select(schema.publishers.c.publisher).order_by(schema.publishers.c.name)).scalars()
    return Press(codec.load(row, Publisher) for row in rows)


def corrected(connection: Connection) -> Corrected:
    """The reports and actors that the corrections in force change, as they change them."""
    found: dict[str, Report] = {}
    in_force = active(log(connection))
    named = identities.identities(connection, in_force)
    fields = field_corrections(connection, in_force)
    entries = [entry for entry in in_force if entry.kind in _OF_REPORTS]
    if not entries:
        return Corrected(found, named, fields)
    work = _Work(connection, found)
    for entry in entries:
        work.apply(entry)
    return Corrected(found, named, fields)


def report(connection: Connection, report_id: str) -> Report:
    """A report as corrected; the id of one that was joined with others leads to the one they make.

    Raises:
        NotFound: when the record has none of that id, and reviewers made none.
    """
    changed = corrected(connection)
    made = changed.reports().get(report_id)
    if made is not None:
        return made
    stored = query.report(connection, report_id)
    return changed.report_of.get(stored.lead, stored)


def find_id(connection: Connection, beginning: str) -> str:
    """The one id of the record, or of a report that reviewers parted from another, that begins with `beginning`.

    Raises:
        NotFound, Ambiguous: there is none, or there are several.
    """
    try:
        return query.find_id(connection, beginning)
    except errors.NotFound:
        parted = [one for one in corrected(connection).reports() if beginning and one.startswith(beginning)]
        if len(parted) != 1:
            raise
        return parted[0]


class _Work:
    """The corrections applied one after the other to the reports they name."""

    def __init__(self, connection: Connection, found: dict[str, Report]) -> None:
        self._connection = connection
        self._press = press(connection)
        self._found = found

    def apply(self, entry: Correction) -> None:
        """Applies one correction of a report."""
        reports = {r.id: r for r in map(self._report, entry.subject) if r is not None}
        if not reports:
            return
        reason = f"{entry.who} on {entry.when[:10]}: {entry.why}"
        members = [d for report in reports.values() for d in report.documents]
        if entry.kind is CorrectionKind.JOIN_REPORTS:
            self._keep(self._assemble(members, dict.fromkeys(members, f"joined by {reason}")))
        elif entry.kind is CorrectionKind.SPLIT_REPORT:
            parted = [d for d in members if d in entry.subject]
            staying = [d for d in members if d not in entry.subject]
            for part in filter(None, (parted, staying)):
                self._keep(self._assemble(part, dict.fromkeys(part, f"split by {reason}")))
        elif entry.kind is CorrectionKind.SET_ORIGIN:
            for report in reports.values():
                self._keep(replace(report, origin=_origin(entry, reason)))

    def _report(self, document: str) -> Report | None:
        return self._found.get(document) or query.report_of(self._connection, document)

    def _assemble(self, members: list[str], reasons: dict[str, str]) -> Report:
        documents = [query.document(self._connection, member) for member in members]
        lead = min(documents, key=lambda d: rank(d, self._press))
        return assemble(lead, [d for d in documents if d.id != lead.id], self._press, reasons)

    def _keep(self, report: Report) -> None:
        for document in report.documents:
            self._found[document] = report


def _origin(entry: Correction, reason: str) -> Origin:
    names = tuple(name.strip() for name in (entry.value or "").split(",") if name.strip())
    evidence = OriginEvidence(OriginBasis.CORRECTION, entry.subject[0], None, reason)
    independence = Independence.ORIGINAL if names else Independence.UNKNOWN
    return Origin(names, OriginBasis.CORRECTION, independence, (evidence,))
