"""What became of promises, as relations: the evidence of the ledger of commitments from what tells it to the promise.

There is one truth: a relation is drawn for every piece of evidence that a row has, and a relation that a reviewer withdrew is no
evidence of the row. Nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model import Basis, Relation, RelationKind, relation_id
from onrecord.model.ledgers import Commitment, CommitmentStatus, Evidence, Utterance
from onrecord.relations import RELATIONS_VERSION
from onrecord.relations.ledgers.grouping import keys_of

#: What evidence amounts to; the word of the side that promised, and a promise taken back, are no outcome.
KINDS = {
    CommitmentStatus.FULFILLED.value: RelationKind.FULFILS,
    CommitmentStatus.MISSED.value: RelationKind.MISSES,
}
#: How sure an outcome is: by an event, by the word of somebody who has no part in it, by that of the other party.
_BY_EVENT, _BY_OTHERS, _BY_PARTY = 0.9, 0.85, 0.7
EVENT = "ev-"


def outcome_id(speaks_for: str, source: str, line: str) -> str | None:
    """The id of the relation by which `source` (an event, or the line of a statement) tells the outcome of a promise; or None."""
    kind = KINDS.get(speaks_for)
    return None if kind is None else relation_id(kind, source, line)


def outcomes(rows: Iterable[Commitment], drawn: Iterable[Relation] = ()) -> list[Relation]:
    """The relations that the evidence of commitments amounts to, by id.

    They go from the event, or the line of the statement, to the line that the row was known by first. `drawn` are relations between
    lines that are there already, which reviewers added: they are not given again.
    """
    told = {(r.kind, r.subject, r.object) for r in drawn}
    found: dict[str, Relation] = {}
    for row in rows:
        first = known_first(row.utterances)
        own = {u.line for u in row.utterances}
        for evidence in row.evidence:
            kind = KINDS.get(evidence.speaks_for)
            source = evidence.line or evidence.source
            if kind is None or any((kind, source, line) in told for line in own):
                continue
            key = relation_id(kind, source, first.line)
            sure, rule = _judged(row, evidence)
            found[key] = Relation(
                key, kind, source, first.line, (Basis.PROPOSITION_MATCH,), sure, rule=rule, made_by=RELATIONS_VERSION
            )
    return [found[key] for key in sorted(found)]


def known_first(utterances: Iterable[Utterance]) -> Utterance:
    """The wording that was known first: later reports do not change it."""
    return min(utterances, key=lambda u: (u.published is None, u.published or "", u.line, u.part))


def _judged(row: Commitment, evidence: Evidence) -> tuple[float, str]:
    if evidence.source.startswith(EVENT):
        return _BY_EVENT, "an event of the kind promised"
    if keys_of(evidence.by) & keys_of(row.to):
        return _BY_PARTY, "the other party says so"
    return _BY_OTHERS, "somebody else says so"
