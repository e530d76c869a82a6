"""The state of play: every ledger as it stood on a day, and what changed between two days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import Act, ActorRef, Relation
from onrecord.model.ledgers import (
    Accusation,
    ChangeKind,
    Channel,
    Commitment,
    Demand,
    Ledger,
    LedgerChange,
    Offer,
    Row,
    StateOfPlay,
)
from onrecord.relations.ledgers.answers import Answers
from onrecord.relations.ledgers.channels import access, channels
from onrecord.relations.ledgers.claims import accusations, demands, offers
from onrecord.relations.ledgers.commitments import commitments
from onrecord.relations.ledgers.grouping import actor_key, keys_of
from onrecord.relations.ledgers.known import Given, happenings, known
from onrecord.relations.ledgers.outcomes import outcomes

_CLAIMING = frozenset({Act.DEMAND, Act.REQUEST, Act.PROMISE, Act.ACCUSE, Act.OFFER})


def state_of_play(
    given: Given, on: str | None = None, *, hindsight: bool = False, between: Sequence[ActorRef] = ()
) -> StateOfPlay:
    """The ledgers as known from reports published by the day `on` (ISO; None for everything), between some sides or all.

    The same `given` in any order gives the same rows. With `hindsight` later and undated reports count for what was said by then.
    """
    seen = known(given, on, hindsight=hindsight)
    events = happenings(seen)
    answers = Answers(seen.sayings, seen.relations)
    state = StateOfPlay(
        on,
        hindsight,
        tuple(ActorRef(ref.id, ref.name) for ref in between),
        demands(seen.sayings, seen.relations, answers),
        commitments(seen.sayings, seen.relations, events, on, seen.withdrawn, seen.last),
        accusations(seen.sayings, seen.relations, answers),
        offers(seen.sayings, seen.relations, answers),
        channels(seen, events),
        access(seen),
        sum(1 for s in seen.sayings if s.act in _CLAIMING and not s.sides and s.nested_in is None),
    )
    return _between(state, keys_of(between)) if between else state


def told_outcomes(given: Given) -> list[Relation]:
    """What became of promises by all that is given, as relations from events and lines to the lines that promise, by id."""
    seen = known(given, None, hindsight=False)
    rows = commitments(seen.sayings, seen.relations, happenings(seen), None, seen.withdrawn, seen.last)
    return outcomes(rows, seen.relations)


def _between(state: StateOfPlay, sides: frozenset[str]) -> StateOfPlay:
    """The rows between the sides: from one of them to another. Promises and offers to nobody named count too."""

    def goes(by: tuple[ActorRef, ...], to: tuple[ActorRef, ...], *, open_: bool) -> bool:
        own = keys_of(by) & sides
        return bool(own) and (bool(keys_of(to) & (sides - own or sides)) or (open_ and not to))

    return replace(
        state,
        demands=tuple(d for d in state.demands if goes(d.by, d.of, open_=False)),
        commitments=tuple(c for c in state.commitments if goes(c.by, c.to, open_=True) or keys_of(c.by) >= sides),
        accusations=tuple(a for a in state.accusations if goes(a.by, a.against, open_=False)),
        offers=tuple(o for o in state.offers if goes(o.by, o.to, open_=True)),
        channels=tuple(c for c in state.channels if len(keys_of(c.parties) & sides) == min(2, len(sides))),
        access=tuple(a for a in state.access if actor_key(a.host) in sides),
    )


def difference(before: StateOfPlay, after: StateOfPlay) -> tuple[LedgerChange, ...]:
    """What changed from one state to another, ledger by ledger, in the order of the later state's rows.

    Rows are one when they share a wording (for channels and access: their id), so a row that grew together from two is told
    as that.
    """
    changes: list[LedgerChange] = []
    for (ledger, old), (_, new) in zip(before.rows(), after.rows(), strict=True):
        old_by_wording = {wording: row for row in old for wording in _wordings(row)}
        kept: set[str] = set()
        for row in new:
            earlier = {o.id: o for w in _wordings(row) if (o := old_by_wording.get(w)) is not None}
            kept |= earlier.keys()
            if not earlier:
                changes.append(LedgerChange(ChangeKind.NEW, ledger, row, "new", _sources(row)))
            else:
                changes += _changes(ledger, [earlier[k] for k in sorted(earlier)], row)
        changes += [
            LedgerChange(ChangeKind.GONE, ledger, row, "gone", _sources(row)) for row in old if row.id not in kept
        ]
    return tuple(changes)


def _wordings(row: Row) -> tuple[tuple[str, int], ...]:
    if isinstance(row, Demand | Commitment | Accusation | Offer):
        # A joint saying may stand in the rows of several sides.
        return tuple((f"{actor_key(side)} {u.line}", u.part) for u in row.utterances for side in row.by)
    return ((row.id, 0),)


def _sources(row: Row) -> tuple[str, ...]:
    if isinstance(row, Demand | Accusation | Offer):
        return tuple(dict.fromkeys([*(u.statement for u in row.utterances), *(a.source for a in row.answers)]))
    if isinstance(row, Commitment):
        return tuple(dict.fromkeys([*(u.statement for u in row.utterances), *(e.source for e in row.evidence)]))
    return tuple(dict.fromkeys(e.source for e in row.evidence))


def _changes(ledger: Ledger, old: Sequence[Row], row: Row) -> list[LedgerChange]:
    found: list[LedgerChange] = []
    before = {source for o in old for source in _sources(o)}
    added = tuple(s for s in _sources(row) if s not in before)
    if isinstance(row, Demand | Accusation | Offer):
        answered = tuple(a.source for a in row.answers if a.source not in before)
        repeated = tuple(s for s in added if s not in answered)
        if repeated:
            found.append(LedgerChange(ChangeKind.REPEATED, ledger, row, "said again", repeated))
        if answered:
            kinds = ", ".join(dict.fromkeys(a.kind.value for a in row.answers if a.source in answered))
            found.append(LedgerChange(ChangeKind.ANSWERED, ledger, row, kinds, answered))
    status, earlier = _status(row), [_status(o) for o in old]
    if status is not None and any(e != status for e in earlier):
        found.append(
            LedgerChange(
                ChangeKind.STATUS,
                ledger,
                row,
                f"{' and '.join(dict.fromkeys(e or '' for e in earlier))} → {status}",
                added,
            )
        )
    elif isinstance(row, Commitment | Channel) and added and not found:
        found.append(LedgerChange(ChangeKind.REPEATED, ledger, row, "told again", added))
    return found


def _status(row: Row) -> str | None:
    return None if isinstance(row, Demand) else row.status.value
