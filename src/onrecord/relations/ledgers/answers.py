"""What was answered: the relations that end at the wordings of a row, and refusals whose own words hold the wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onrecord.model import Act, Relation, RelationKind
from onrecord.model.ledgers import Answer, AnswerKind
from onrecord.relations.ledgers.grouping import Worded, keys_of, plain
from onrecord.relations.ledgers.keys import content_key
from onrecord.relations.ledgers.known import Saying

_OF_RELATION = {
    RelationKind.REJECTS: AnswerKind.REJECTED,
    RelationKind.ACCEPTS: AnswerKind.ACCEPTED,
    RelationKind.DENIES: AnswerKind.DENIED,
    RelationKind.ANSWERS: AnswerKind.ANSWERED,
}
_OF_ACT = {
    Act.REJECT: AnswerKind.REJECTED,
    Act.DENY: AnswerKind.DENIED,
    Act.AGREE: AnswerKind.ACCEPTED,
    Act.ACKNOWLEDGE: AnswerKind.ADMITTED,
}
#: An answer that says more comes before one that says less, where one saying gives both.
_RANK = {kind: place for place, kind in enumerate(AnswerKind)}


class Answers:
    """The answers to rows, from the relations between lines and from sayings within sayings."""

    def __init__(self, sayings: Sequence[Saying], relations: Iterable[Relation]) -> None:
        self._by_line = {s.line: s for s in sayings}
        self._by_id = {s.id: s for s in sayings}
        self._to: dict[str, list[Relation]] = {}
        for relation in relations:
            if relation.kind in _OF_RELATION:
                self._to.setdefault(relation.object, []).append(relation)

    def to(self, group: Sequence[Worded]) -> tuple[Answer, ...]:
        """The answers to a group's wordings by others than its own side, in the order of their days, undated ones last."""
        own = keys_of(side for e in group for side in e.by)
        found: dict[str, Answer] = {}
        for entry in group:
            for relation in self._to.get(entry.saying.line, ()):
                saying = self._by_line[relation.subject]
                if not keys_of(saying.sides) & own and _meant(relation, saying, entry):
                    basis = ", ".join(b.value for b in relation.basis)
                    _keep(found, _answer(saying, _OF_RELATION[relation.kind], basis))
            outer = self._by_id.get(entry.saying.nested_in) if entry.saying.nested_in else None
            if outer is not None and outer.act in _OF_ACT and not keys_of(outer.sides) & own:
                _keep(found, _answer(outer, _OF_ACT[outer.act], "explicit words"))
        return in_order(found.values())


def _meant(relation: Relation, saying: Saying, entry: Worded) -> bool:
    """True when an answer to a line is one to this proposition of it.

    A line may ask for two things and be answered on one: the answer is to the propositions it shares most words with, and to
    all where it shares none with any.
    """
    if relation.parts is not None:
        return relation.parts[1] == entry.part
    words = content_key(saying.text).words
    shared = [len(words & content_key(part.text).words) for part in entry.saying.parts]
    return shared[entry.part] == max(shared)


def _keep(found: dict[str, Answer], answer: Answer) -> None:
    other = found.get(answer.source)
    if other is None or _RANK[answer.kind] < _RANK[other.kind]:
        found[answer.source] = answer


def _answer(saying: Saying, kind: AnswerKind, basis: str) -> Answer:
    text = " ".join(saying.text.split())
    return Answer(kind, plain(saying.sides), saying.id, saying.said, saying.published, text, basis)


def admissions(
    group: Sequence[Worded], against: frozenset[str], acknowledged: Mapping[str, Sequence[Worded]]
) -> list[Answer]:
    """What those accused acknowledge that is the same as the accusation; `acknowledged` holds their admissions by side."""
    found = []
    for side in sorted(against):
        for entry in acknowledged.get(side, ()):
            if any(_charged(entry, other) for other in group):
                found.append(_answer(entry.saying, AnswerKind.ADMITTED, "proposition match"))
    return found


def _charged(admitted: Worded, charge: Worded) -> bool:
    """True when an admission grants a charge: action and object are the same, or most of the words of the shorter one."""
    if admitted.key.negative or charge.key.negative:
        return False
    if admitted.key.sure and charge.key.sure:
        return (admitted.key.action, admitted.key.object) == (charge.key.action, charge.key.object)
    shared = admitted.key.words & charge.key.words
    shorter = min(len(admitted.key.words), len(charge.key.words))
    return len(shared) >= 3 and len(shared) / shorter >= 0.6


def in_order(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Answers in the order of their days, undated ones last."""
    return tuple(sorted(answers, key=lambda a: (a.said is None, a.said or "", a.published or "~", a.source)))
