"""Why a field has its value: the rule or model with its version, the score, the characters that say so, and what it beat.

What the reader and the resolver wrote down is given as it is; where they kept no reason for a field, that is what is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from onrecord.model import (
    ActorRef,
    DateEvidence,
    DateValue,
    Document,
    EventMention,
    Precision,
    Reason,
    Span,
    Statement,
    active,
)
from onrecord.record import (
    codec,
    considered,
    corrected,
    events,
    fields,
    listing,
    makings,
    outcomes,
    query,
    relations,
    schema,
)
from onrecord.record.considered import Rule
from onrecord.record.rows import StatementRow

#: So many passages that a copy adds are shown.
_SHOWN = 3
#: Fields that the resolution fills; all others are the reader's.
_RESOLVED = frozenset({"speakers", "on_behalf_of", "addressees", "target", "date", "place", "order", "participants"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Characters of a document that a field rests on, with their words."""

    document: str
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One field: its value in words, and why it has it.

    ``rule`` is empty where the record keeps no reason for the field; ``made_by`` names the versions that could set it;
    ``score`` lies between 0 and 1. ``alternatives`` are what was considered and not taken, where the record keeps it.
    """

    field: str
    value: str
    rule: str = ""
    made_by: str = ""
    score: float | None = None
    evidence: tuple[Evidence, ...] = ()
    detail: str = ""
    alternatives: tuple[str, ...] = ()


def why(connection: Connection, beginning: str) -> tuple[Explained, ...]:
    """Why each field of the statement, event, page or relation whose id begins so has its value.

    Raises:
        NotFound, Ambiguous: no id begins so, or several do.
    """
    if beginning.startswith("rel-"):
        return _of_relation(connection, outcomes.find(connection, beginning))
    found = query.find_id(connection, beginning)
    if found.startswith("st-"):
        return _of_statement(connection, found)
    if found.startswith("ev-"):
        return _of_event(connection, found)
    if found.startswith("rep-"):
        return _of_report(connection, found)
    return _of_page(connection, found)


def _made_by(connection: Connection, reader: str) -> tuple[str, str]:
    """The versions that read a line, and those that resolved it."""
    makers = query.makers(connection)
    resolver = f"resolver {makers.get('resolver', 'unknown')}, tables {makers.get('knowledge', 'unknown')}"
    return f"reader {reader}", resolver


def _of_statement(connection: Connection, statement_id: str) -> tuple[Explained, ...]:
    row = listing.statement_rows(connection, [statement_id], withdrawn=True)[0]
    s = row.statement
    document = query.document(connection, s.document)
    made = _made_by(connection, s.made_by)
    values = {
        "content": _flat(row.content),
        "quote_type": s.quote_type.value,
        "act": s.act.value,
        "speakers": _names(s.speakers),
        "on_behalf_of": _names(s.on_behalf_of),
        "addressees": _names(s.addressees),
        "target": _names(s.target),
        "date": _date(s.date),
        "place": s.place.name if s.place else "",
        "order": s.order.order.value if s.order else "",
        "polarity": s.polarity.value,
        "modality": s.modality.value,
        "nested_in": s.nested_in or "",
        "part": s.part.value,
        "same_as": s.same_as or "",
        "confidence": f"{s.confidence:.2f}",
    }
    values["date"] = values["date"] or "undated"
    found = _with_date(_explained(values, s.reasons, document, made), s.date, document)
    raw = fields.read_statement(connection, statement_id)
    rules = considered.rules_of_statement(connection, raw, document)
    others = considered.beside_statement(connection, raw, document)
    found = tuple(_beside(one, document, rules, others) for one in found)
    return (*(_reviewed(one, row, raw) for one in found), *_withdrawn(row), *_corrections(connection, s))


def _beside(
    one: Explained, document: Document, rules: Mapping[str, Rule], others: Mapping[str, tuple[str, ...]]
) -> Explained:
    """The row with the rule of fields that keep no reason, and with what stood beside the value and was not taken."""
    rule = rules.get(one.field)
    if not one.rule and rule is not None:
        evidence = tuple(Evidence(document.id, span, span.of(document.text)) for span in rule.spans)
        one = replace(one, rule=rule.name, evidence=evidence, detail=one.detail or rule.detail)
    return replace(one, alternatives=(*one.alternatives, *others.get(one.field, ())))


def _reviewed(one: Explained, row: StatementRow, read: Statement) -> Explained:
    """The row of a field with what reviewers say of it: who set it and what the reader had, or who disputes it."""
    opinions = [r for r in row.reviews if one.field in fields.REASONS[r.field]]
    if not opinions:
        return one
    last = opinions[-1]
    if not last.applied:
        told = tuple(f"{r.who}, {r.when[:10]}, says {r.value}: {r.why}" for r in opinions)
        return replace(one, alternatives=(*one.alternatives, *told))
    rules = ", ".join(dict.fromkeys(r.rule for r in read.reasons if r.field == one.field))
    before = _read_value(one.field, read) or "not known"
    reader = f"the reader had {before}" + (f" ({rules})" if rules else "")
    others = tuple(f"{r.who}, {r.when[:10]}, agrees: {r.why}" for r in opinions[:-1])
    made = f"{last.who}, {last.when[:10]}"
    return Explained(one.field, one.value, fields.REVIEWER, made, 1.0, (), last.why, (reader, *others))


def _read_value(field: str, read: Statement) -> str:
    if field == "date":
        return _date(read.date)
    if field == "act":
        return read.act.value
    refs = {"speakers": read.speakers, "on_behalf_of": read.on_behalf_of, "target": read.target}
    return _names(refs[field])


def _withdrawn(row: StatementRow) -> tuple[Explained, ...]:
    """What reviewers say of whether it is a line at all."""
    return tuple(
        Explained("line", r.value, fields.REVIEWER, f"{r.who}, {r.when[:10]}", None, (), r.why)
        for r in row.reviews
        if r.field is fields.Field.LINE
    )


def _of_event(connection: Connection, mention_id: str) -> tuple[Explained, ...]:
    stored = connection.execute(
        schema.event_mentions.select().where(schema.event_mentions.c.id == mention_id)
    ).mappings()
    mention = codec.load(next(iter(stored))["mention"], EventMention)
    document = query.document(connection, mention.document)
    made = _made_by(connection, mention.made_by)
    values = {
        "kind": mention.kind.value,
        "code": " ".join(filter(None, (mention.code.value if mention.code else None, mention.mode))),
        "aux": mention.aux.value,
        "participants": "; ".join(f"{_names(p.actors) or 'not known'} ({p.role.value})" for p in mention.participants),
        "date": _date(mention.date),
        "place": mention.place.name if mention.place else "",
        "confidence": f"{mention.confidence:.2f}",
    }
    found = _with_date(_explained(values, mention.reasons, document, made), mention.date, document)
    others = considered.beside_mention(connection, mention, document)
    return tuple(_beside(one, document, _OF_MENTIONS, others) for one in found)


#: The rules of the fields of an event mention that keep no reason of their own.
_OF_MENTIONS = {
    "code": Rule("table of triggers", (), "the root and mode that the table gives the words of this kind"),
    "aux": Rule("tense and words around the trigger"),
    "date": Rule("no time of its own", (), "no expression of time belongs to the trigger"),
    "place": Rule("place named beside the trigger, else the dateline's"),
    "participants": Rule("who stands beside the trigger"),
    "confidence": Rule("score of the rule", (), "lowered where the trained coder disagrees"),
}


def _of_relation(connection: Connection, relation_id: str) -> tuple[Explained, ...]:
    relation = outcomes.get(connection, relation_id)
    made = f"relations {relation.made_by}"
    sides = tuple(e for end in (relation.subject, relation.object) for e in _of_end(connection, end))
    basis = ", ".join(b.value for b in relation.basis)
    what = f"{relation.subject} {relation.kind.value} {relation.object}"
    rule = relation.rule or basis
    ends = {relation.subject, relation.object}
    others = tuple(
        f"{r.kind.value} ({r.id}) is given of the two as well"
        for r in relations.between_lines(connection, [relation.subject])
        if r.id != relation.id and {r.subject, r.object} == ends
    )
    found = [
        Explained("kind", what, rule, made, relation.confidence, sides, f"basis: {basis}", others),
        Explained("basis", basis, rule, made, relation.confidence, sides),
        Explained("confidence", f"{relation.confidence:.2f}", rule, made, relation.confidence),
    ]
    if relation.denied is not None:
        found.append(Explained("denied", relation.denied.value, rule, made, relation.confidence, sides[:1]))
    if relation.parts is not None:
        parts = f"{relation.parts[0]} and {relation.parts[1]}, counted from 0"
        found.append(Explained("propositions", parts, rule, made, relation.confidence, sides))
    return tuple(found)


def _of_end(connection: Connection, end: str) -> tuple[Evidence, ...]:
    """The words of one end of a relation: what the line says, or the words that tell the event."""
    if outcomes.is_event(end):
        told = events.event(connection, end).event.mentions[0]
        document, spans = told.document, told.trigger
    else:
        row = listing.statement_rows(connection, [end], withdrawn=True)[0]
        document, spans = row.statement.document, row.statement.content
    text = query.document(connection, document).text
    return tuple(Evidence(document, span, span.of(text)) for span in spans)


def _of_report(connection: Connection, report_id: str) -> tuple[Explained, ...]:
    """The page that is read, each copy with what it shares, and then the fields of the page that is read."""
    report = corrected.corrected(connection).reports().get(report_id) or query.report(connection, report_id)
    rows = {row.id: row for row in listing.documents(connection, report.documents)}
    made = f"reports {makings.parts_of(connection, report.lead).get('reports', 'not noted')}"
    names = {key: row.publisher or row.path for key, row in rows.items()}
    lead = Explained(
        "lead",
        f"{report.lead} ({names[report.lead]})",
        "order of leads",
        made,
        detail="at the place its text was made, then dated, then fuller, then earlier",
        alternatives=tuple(f"{c.document} ({names[c.document]})" for c in report.copies),
    )
    copies = []
    for copy in report.copies:
        text = query.document(connection, copy.document).text
        added = tuple(Evidence(copy.document, span, span.of(text)) for span in copy.added[:_SHOWN])
        value = f"{copy.document} ({names[copy.document]}): {copy.independence.value}"
        told = copy.why or f"{copy.shared:.0%} of its words stand in the lead; what it adds is shown"
        copies.append(Explained("copy", value, "words shared with the lead", made, round(copy.shared, 4), added, told))
    return (lead, *copies, *_of_page(connection, report.lead))


def _of_page(connection: Connection, document_id: str) -> tuple[Explained, ...]:
    document = query.document(connection, document_id)
    row = listing.documents(connection, [document_id])[0]
    made = f"documents {makings.parts_of(connection, document_id).get('documents', 'not noted')}"
    found = [
        Explained(
            "published",
            _date(document.published),
            document.published.basis.value,
            made,
            evidence=_evidence(document, document.published.evidence),
            detail="; ".join(e.detail for e in document.published.evidence),
            alternatives=document.conflicts,
        ),
        Explained("status", document.status.value, "status of the page", made, detail=document.reason or ""),
        Explained(
            "origin",
            ", ".join(row.origin.names) or "unknown",
            row.origin.independence.value,
            f"reports {makings.parts_of(connection, document_id).get('reports', 'not noted')}",
            detail="; ".join(f"{e.basis.value}: {e.detail}" for e in row.origin.evidence),
        ),
    ]
    found += [
        Explained(
            meta.name,
            meta.value,
            meta.origin,
            made,
            evidence=(Evidence(document_id, meta.span, meta.span.of(document.text)),) if meta.span else (),
        )
        for meta in document.meta
    ]
    return tuple(found)


def _explained(
    values: Mapping[str, str], reasons: Iterable[Reason], document: Document, made: tuple[str, str]
) -> tuple[Explained, ...]:
    """A row for every field that has a value or a reason, in the order of the fields; several reasons give several rows."""
    by_field: dict[str, list[Reason]] = {}
    for reason in reasons:
        by_field.setdefault(reason.field, []).append(reason)
    out = []
    for field in dict.fromkeys((*values, *by_field)):
        value = values.get(field, "")
        kept = by_field.get(field, [])
        if not kept and value:
            out.append(Explained(field, value, made_by=made[field in _RESOLVED]))
        for reason in kept:
            evidence = (Evidence(document.id, reason.span, reason.span.of(document.text)),) if reason.span else ()
            resolved = field in _RESOLVED and not reason.rule.startswith("whom a ")
            out.append(
                Explained(
                    field, value or "not known", reason.rule, made[resolved], reason.score, evidence, reason.detail
                )
            )
    return tuple(out)


def _with_date(found: tuple[Explained, ...], date: DateValue, document: Document) -> tuple[Explained, ...]:
    """The rows with all the evidence of the date, which the reason names only the first of."""
    if not date.evidence:
        return found
    detail = "; ".join(f"{e.basis.value}: {e.detail}" for e in date.evidence)
    return tuple(
        Explained(
            e.field, e.value, e.rule, e.made_by, e.score, _evidence(document, date.evidence), detail, e.alternatives
        )
        if e.field == "date"
        else e
        for e in found
    )


def _evidence(document: Document, given: Iterable[DateEvidence]) -> tuple[Evidence, ...]:
    return tuple(Evidence(document.id, e.span, e.span.of(document.text)) for e in given if e.span is not None)


def _corrections(connection: Connection, statement: Statement) -> tuple[Explained, ...]:
    """The reviewers' entries in force that name an actor, page or relation of the statement."""
    names = {statement.document, statement.id}
    names |= {r.id for r in (*statement.speakers, *statement.on_behalf_of, *statement.target) if r.id is not None}
    return tuple(
        Explained("corrected", entry.kind.value, "reviewer", f"{entry.who}, {entry.when[:10]}", detail=entry.why)
        for entry in active(corrected.log(connection))
        if entry.kind not in fields.FIELD_OF and names & set(entry.subject)
    )


def _names(refs: Iterable[ActorRef]) -> str:
    return ", ".join(ref.name for ref in refs)


def _date(date: DateValue) -> str:
    if date.value is not None:
        return f"{date.value} ({date.basis.value}{', inferred' if date.inferred else ''})"
    if date.precision is Precision.INTERVAL or date.earliest or date.latest:
        return f"{date.earliest or '?'} to {date.latest or '?'}"
    return "undated"


def _flat(words: str) -> str:
    return " ".join(words.split())
