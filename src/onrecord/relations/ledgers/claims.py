"""The ledgers of what is wanted, alleged and offered: demands, accusations, offers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.model import Act, ActorRef, DateValue, Relation
from onrecord.model.ledgers import (
    Accusation,
    AccusationStatus,
    Answer,
    AnswerKind,
    Demand,
    Ledger,
    Offer,
    OfferStatus,
    row_id,
)
from onrecord.relations.ledgers.answers import Answers, admissions, in_order
from onrecord.relations.ledgers.channels import MONITORS
from onrecord.relations.ledgers.grouping import (
    Worded,
    actor_key,
    first_and_last,
    first_known,
    for_each_side,
    grouped,
    keys_of,
    parties,
    shown_text,
    worded,
)
from onrecord.relations.ledgers.keys import FEWEST
from onrecord.relations.ledgers.known import Saying

DIRECTIVE = frozenset({Act.DEMAND, Act.REQUEST})
ACCUSING = frozenset({Act.ACCUSE})
OFFERING = frozenset({Act.OFFER})
_REPLYING = frozenset({Act.AGREE, Act.REJECT})


def demands(sayings: Sequence[Saying], relations: Sequence[Relation], answers: Answers) -> tuple[Demand, ...]:
    """Every demand and request of a known side of another, with the answers to it."""
    found = for_each_side(worded(sayings, DIRECTIVE, told_by_others=True))
    entries = [replace(e, of=_addressed(e)) for e in found if _asks(e)]
    rows = []
    for group in grouped(entries, relations):
        by, of = parties(group)
        first, last = first_and_last(group)
        rows.append(
            Demand(
                row_id(Ledger.DEMANDS, by[0].id, *first_known(group)),
                by,
                of,
                shown_text(group),
                first,
                last,
                tuple(e.utterance() for e in group),
                _deadline(group),
                answers.to(group),
            )
        )
    return tuple(rows)


def _addressed(entry: Worded) -> tuple[ActorRef, ...]:
    """Whom a demand goes to. Nobody demands of himself, and "monitors must be let in" is not asked of the monitors."""
    own = keys_of(entry.by)
    of = [ref for ref in entry.of if actor_key(ref) not in own]
    if entry.key.action == "admit":
        of = [ref for ref in of if MONITORS.search(ref.name) is None]
    return tuple(of)


def _asks(entry: Worded) -> bool:
    """False for what asks for nothing that has a name ("more"), for questions, and for sentences that stand beside a demand."""
    key = entry.key
    if key.action is None and key.object is None and len(key.words) < FEWEST:
        return False
    if entry.text.casefold().startswith(("whether ", "if ", "how ", "when ", "why ")):
        return False
    return not entry.several or key.action is not None


def _deadline(group: Sequence[Worded]) -> DateValue | None:
    """The deadline that was named last."""
    named = [e.deadline for e in group if e.deadline is not None]
    return named[-1] if named else None


def accusations(sayings: Sequence[Saying], relations: Sequence[Relation], answers: Answers) -> tuple[Accusation, ...]:
    """Every accusation by a known side, with the denials and admissions of those it is made against."""
    outer = {s.id: s for s in sayings}
    entries = [_charge(e, outer) for e in for_each_side(worded(sayings, ACCUSING, told_by_others=True))]
    acknowledged: dict[str, list[Worded]] = {}
    for entry in worded(sayings, frozenset({Act.ACKNOWLEDGE}), told_by_others=False):
        for side in entry.by:
            acknowledged.setdefault(actor_key(side), []).append(entry)
    rows = []
    for group in grouped(entries, relations):
        by, against = parties(group)
        first, last = first_and_last(group)
        given = [
            a for a in answers.to(group) if a.kind in (AnswerKind.DENIED, AnswerKind.REJECTED, AnswerKind.ANSWERED)
        ]
        given += admissions(group, keys_of(against), acknowledged)
        found = in_order(given)
        rows.append(
            Accusation(
                row_id(Ledger.ACCUSATIONS, by[0].id, *first_known(group)),
                by,
                against,
                shown_text(group),
                first,
                last,
                _accused(found),
                tuple(e.utterance() for e in group),
                found,
            )
        )
    return tuple(rows)


def _charge(entry: Worded, outer: Mapping[str, Saying]) -> Worded:
    """An accusation that is only taken as made is made against the side that denies it, unless it names another."""
    holds = outer.get(entry.saying.nested_in) if entry.saying.nested_in else None
    if holds is None or holds.act is not Act.DENY or not entry.saying.presupposed or entry.of:
        return entry
    return replace(entry, of=holds.sides)


def _accused(answers: Iterable[Answer]) -> AccusationStatus:
    kinds = {a.kind for a in answers}
    if AnswerKind.ADMITTED in kinds:
        return AccusationStatus.ADMITTED
    return AccusationStatus.DENIED if kinds & {AnswerKind.DENIED, AnswerKind.REJECTED} else AccusationStatus.STANDING


def offers(sayings: Sequence[Saying], relations: Sequence[Relation], answers: Answers) -> tuple[Offer, ...]:
    """Every offer of a known side, and whether it was taken up. Who takes it up or turns it down says that it was made."""
    outer = {s.id: s for s in sayings}
    found = worded(sayings, OFFERING, told_by_others=_REPLYING)
    entries = [_made_to(e, outer) for e in found if e.by and _asks(e)]
    rows = []
    for group in grouped(entries, relations):
        by, to = parties(group)
        first, last = first_and_last(group)
        given = answers.to(group)
        rows.append(
            Offer(
                row_id(Ledger.OFFERS, *sorted(keys_of(by)), *first_known(group)),
                by,
                to,
                shown_text(group),
                first,
                last,
                _taken(given),
                tuple(e.utterance() for e in group),
                given,
            )
        )
    return tuple(rows)


def _made_to(entry: Worded, outer: Mapping[str, Saying]) -> Worded:
    """An offer that is told only in the reply to it was made to the side that replies."""
    holds = outer.get(entry.saying.nested_in) if entry.saying.nested_in else None
    if holds is None or holds.act not in _REPLYING or not entry.through or entry.of:
        return entry
    return replace(entry, of=holds.sides)


def _taken(answers: Sequence[Answer]) -> OfferStatus:
    """The last word on an offer that says yes or no."""
    for answer in reversed(answers):
        if answer.kind is AnswerKind.ACCEPTED:
            return OfferStatus.ACCEPTED
        if answer.kind in (AnswerKind.REJECTED, AnswerKind.DENIED):
            return OfferStatus.DECLINED
    return OfferStatus.ANSWERED if answers else OfferStatus.OPEN
