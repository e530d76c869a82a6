"""The ledger of commitments: who promised what to whom by when, and what became of it.

A status other than open, due or unknown needs evidence, which the row names: an event of the kind promised, or somebody's word
that it was done, not done, or taken back. The word of the side that promised is evidence of what it says, not of what it did.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from onrecord.model import (
    Act,
    ActorRef,
    Auxiliary,
    DateValue,
    Event,
    EventKind,
    Modality,
    Polarity,
    Relation,
    RelationKind,
    Role,
)
from onrecord.model.ledgers import Commitment, CommitmentStatus, Evidence, Ledger, row_id
from onrecord.relations.ledgers.grouping import (
    Worded,
    first_and_last,
    first_known,
    grouped,
    keys_of,
    parties,
    plain,
    shown_text,
    worded,
)
from onrecord.relations.ledgers.keys import ALIKE, FEWEST, Key, content_key
from onrecord.relations.ledgers.known import Saying, last_day
from onrecord.relations.ledgers.outcomes import outcome_id

_COMMITTING = frozenset({Act.PROMISE, Act.AGREE, Act.ANNOUNCE})
_TELLING = frozenset({Act.ASSERT, Act.ANNOUNCE, Act.ACKNOWLEDGE, Act.ACCUSE, Act.CONDEMN, Act.DENY})
_AHEAD = frozenset({Modality.FUTURE, Modality.CONDITIONAL, Modality.OBLIGATION})
#: Events that are what was promised once they have happened, by the action of the promise. A withdrawal is not among them: that
#: some went does not say that all did.
_KEPT_BY = {"free": frozenset({EventKind.RELEASE})}
#: Stands for any object of an action, known or not.
_ANY = "*"
#: Who does what happens.
_DOING = (Role.ACTOR, Role.SIGNATORY)
_FAILED = re.compile(
    r"\b(?:fail(?:s|ed)? to|miss(?:es|ed) (?:the|a|its|their) (?:deadline|date|term)|not (?:been )?(?:withdrawn|done|met|kept|completed|"
    r"honou?red|fulfilled)|br(?:oke|oken|eaking|eak) (?:its|their|his|her|the) (?:word|promise|pledge)|still standing|"
    r"(?:it|they) (?:was|were|did|had|has|have) not|(?:not (?:a single )?one|none) of [^.,;]{1,60} (?:was|were|had|has|have)(?: been)? \w+)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:(?:has|have|had) (?:let (?:in(?:to)?|(?:the |its )?[\w'’]+ (?:in(?:to)?|through))|admitted|opened|lifted|paid|removed|handed over|signed|left)|(?<!to be )completed|has gone home|have gone home|did (?:our|its|their) part|had been allowed|have been allowed|were allowed|"
    r"was (?:freed|released|met|kept)|were (?:freed|released)|(?:has|have|had) (?:been )?(?:withdrawn|freed|released|reopened|kept|fulfilled))\b",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"\b(?:no longer (?:bound|intends?|stands?)|takes? back|took back|withdr(?:ew|aws?) (?:its|their|the|his|her) (?:promise|pledge|offer|word)|"
    r"(?:will|would) not (?:keep|honou?r))\b",
    re.IGNORECASE,
)
#: "the last promise with a date on it": a promise that is spoken of, not made.
_RECALLED = re.compile(
    r"^(?:the|its|his|her|their|that|this)\s+(?:[\w-]+\s+){0,3}(?:promise|pledge|commitment|word)\b", re.IGNORECASE
)
#: "accepted its offer to mediate": what the other side will do.
_OFFERED = re.compile(r"^(?:[\w'’.-]+\s+){0,5}(?:offers?|proposals?|invitations?|mediation)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


def commitments(
    sayings: Sequence[Saying],
    relations: Sequence[Relation],
    happenings: Sequence[Event],
    on: str | None,
    withdrawn: frozenset[str] = frozenset(),
    last: str | None = None,
) -> tuple[Commitment, ...]:
    """Every commitment of a known side, as it stands on the day `on` (None: `last`, else the last day on which a saying came out).

    `withdrawn` are ids of relations that reviewers took out: what they stood for is no evidence.
    """
    refusals = {r.subject for r in relations if r.kind is RelationKind.REJECTS}
    worded_ = worded(sayings, _COMMITTING, told_by_others=False, wanted=_commits)
    entries = [e for e in worded_ if e.by and _ahead(e) and e.saying.line not in refusals]
    told, happened = _Told(sayings, relations), _Happened(happenings)
    today = on or last or _last_day(sayings)
    rows = []
    for group in grouped(entries, relations, term=_term):
        by, to = parties(group)
        deadline = next((e.deadline for e in group if e.deadline is not None), None)
        made, _ = first_and_last(group)
        evidence = _without(_outcomes(group, deadline, told, happened), group, withdrawn)
        rows.append(
            Commitment(
                row_id(Ledger.COMMITMENTS, *sorted(keys_of(by)), *first_known(group)),
                by,
                to,
                shown_text(group),
                made,
                deadline,
                _status(evidence, by, to, deadline, today),
                tuple(e.utterance() for e in group),
                evidence,
                conditional=all(e.saying.modality is Modality.CONDITIONAL for e in group),
            )
        )
    return tuple(rows)


def tells_an_outcome(text: str) -> bool:
    """True when words tell that something promised was not done, was done, or is taken back."""
    return any(words.search(text) for words in (_FAILED, _DONE, _TAKEN_BACK))


def _commits(saying: Saying) -> bool:
    """A promise; consent to do something; an announcement of one's own doing that names its last day."""
    if saying.act is Act.AGREE and _OFFERED.search(saying.text) is not None:
        return False
    if saying.modality not in _AHEAD or _RECALLED.search(saying.text) is not None:
        return False
    return saying.act is not Act.ANNOUNCE or any(part.deadline is not None for part in saying.parts)


def _ahead(entry: Worded) -> bool:
    """False for sentences that merely stand beside a promise, and for announcements without a last day."""
    if entry.saying.act is Act.ANNOUNCE:
        return entry.deadline is not None
    return not entry.several or entry.deadline is not None or _wills(entry.text)


def _wills(text: str) -> bool:
    return re.search(r"^(?:and )?to\b|\b(?:will|would|shall)\b|['’]ll\b", text) is not None


def _term(entry: Worded) -> str | None:
    """What tells two promises of one thing apart: the last days that they name."""
    return None if entry.deadline is None else entry.deadline.latest or entry.deadline.value


def _last_day(sayings: Iterable[Saying]) -> str | None:
    return max((s.published for s in sayings if s.published is not None), default=None)


#: What a relation to a commitment says of it.
_RELATED = {RelationKind.FULFILS: CommitmentStatus.FULFILLED, RelationKind.MISSES: CommitmentStatus.MISSED}


@dataclass(frozen=True, slots=True)
class _Tells:
    """A saying that tells an outcome, and what it is about."""

    saying: Saying
    key: Key


class _Told:
    """What is told of outcomes, by whom and what it is about; and, by a promise's line, what relations say of it."""

    def __init__(self, sayings: Sequence[Saying], relations: Iterable[Relation]) -> None:
        self._all: list[_Tells] = []
        #: By party, then by action and object, or for what the table of words does not know by each word.
        self._found: dict[str | None, dict[tuple[str | None, str | None], list[int]]] = {}
        for saying in sayings:
            if saying.act in _TELLING and tells_an_outcome(saying.text):
                key = content_key(saying.text)
                # The reporter's own words are of nobody, and may be of everybody.
                parties = keys_of((*saying.sides, *saying.targets)) if saying.sides else (None,)
                for party in parties:
                    of_party = self._found.setdefault(party, {})
                    for facet in _facets(key):
                        of_party.setdefault(facet, []).append(len(self._all))
                self._all.append(_Tells(saying, key))
        by_line = {s.line: s for s in sayings}
        self.related: dict[str, list[tuple[RelationKind, Saying]]] = {}
        for relation in relations:
            if relation.kind in _RELATED:
                self.related.setdefault(relation.object, []).append((relation.kind, by_line[relation.subject]))

    def of(self, keys: Iterable[Key], by: frozenset[str]) -> list[_Tells]:
        """What is told about one of the promised things, by or of one of these sides or by nobody."""
        found: set[int] = set()
        for party in (None, *by):
            of_party = self._found.get(party)
            if of_party:
                for key in keys:
                    found.update(n for n in _near(of_party, key) if _one_thing(key, self._all[n].key))
        return [self._all[n] for n in sorted(found, key=lambda n: (str(self._all[n].key.action), n))]


def _facets(key: Key) -> list[tuple[str | None, str | None]]:
    if key.action is None:
        return [(None, word) for word in key.words]
    return [(key.action, key.object), (key.action, _ANY)]


def _near(found: Mapping[tuple[str | None, str | None], Sequence[int]], promised: Key) -> Iterable[int]:
    """Where `_one_thing` can hold: at the action and the object or none, else at the rarest of the words, one of which is shared."""
    if promised.action is not None:
        if promised.object is None:
            return found.get((promised.action, _ANY), ())
        return chain(found.get((promised.action, promised.object), ()), found.get((promised.action, None), ()))
    places = sorted((found.get((None, word), ()) for word in promised.words), key=len)
    shared = max(FEWEST, math.ceil(ALIKE * len(places)))
    return chain.from_iterable(places[: max(0, len(places) - shared + 1)])


class _Happened:
    """The events that can be what somebody promised, by who did them."""

    def __init__(self, events: Iterable[Event]) -> None:
        kinds = frozenset().union(*_KEPT_BY.values())
        self._all = [e for e in events if e.kind in kinds and e.aux is Auxiliary.ASSERTED and not e.told_in]
        self._by: dict[str, list[int]] = {}
        for number, event in enumerate(self._all):
            if event.date.value is not None:
                for actor in {a for p in event.parties if p.role in _DOING for a in (p.actor.id, *p.sides) if a}:
                    self._by.setdefault(actor, []).append(number)

    def of(self, group: Sequence[Worded], by: frozenset[str], since: str) -> list[Event]:
        """Those that are what the group promised, done by the side that promised, after it did."""
        kinds = {kind for e in group for kind in _KEPT_BY.get(e.key.action or "", ())}
        if not kinds:
            return []
        numbers = sorted({number for actor in by for number in self._by.get(actor, ())})
        return [e for e in (self._all[number] for number in numbers) if e.kind in kinds and _keeps(group, e, since)]


def _outcomes(
    group: Sequence[Worded],
    deadline: DateValue | None,
    told: _Told,
    happened: _Happened,
) -> tuple[Evidence, ...]:
    lines = {e.saying.line for e in group}
    by = keys_of(group[0].by)
    since = min((e.saying.said or e.saying.published or "~" for e in group), default="~")
    found = [_of_event(event, deadline) for event in happened.of(group, by, since)]
    for one in told.of({e.key for e in group}, by):
        if one.saying.line not in lines:
            speaks_for = _speaks_for(one.saying, by, since, deadline)
            if speaks_for is not None:
                found.append(_of_saying(one.saying, speaks_for))
    for line in sorted(lines):
        found += [_of_saying(saying, _RELATED[kind].value) for kind, saying in told.related.get(line, ())]
    once = {(e.speaks_for, e.source): e for e in found}
    return tuple(sorted(once.values(), key=lambda e: (e.day is None, e.day or "", e.source)))


def _without(evidence: Sequence[Evidence], group: Sequence[Worded], withdrawn: frozenset[str]) -> tuple[Evidence, ...]:
    """The evidence but for what a reviewer withdrew as a relation to the promise."""
    if not withdrawn:
        return tuple(evidence)
    first, _ = first_known(group)
    return tuple(e for e in evidence if outcome_id(e.speaks_for, e.line or e.source, first) not in withdrawn)


def _keeps(group: Sequence[Worded], event: Event, since: str) -> bool:
    """True when an event of a kind that was promised came after the promise, and is of as many as it was of."""
    if (event.date.value or "") < since:
        return False
    promised = {n for e in group for n in _NUMBER.findall(e.text) if e.key.action == "free" and len(n) < 4}
    counted = {n for p in event.parties if p.role is Role.RECIPIENT for n in _NUMBER.findall(p.actor.name)}
    return not counted or not promised or bool(counted & promised)


def _of_event(event: Event, deadline: DateValue | None) -> Evidence:
    late = deadline is not None and deadline.latest is not None and (event.date.value or "") > deadline.latest
    kind = CommitmentStatus.MISSED if late else CommitmentStatus.FULFILLED
    who = plain(p.actor for p in event.parties if p.role in _DOING)
    whom = ", ".join(p.actor.name for p in event.parties if p.role is Role.RECIPIENT)
    return Evidence(kind.value, event.id, who, event.date.value, f"{event.kind.value}{': ' + whom if whom else ''}")


def _one_thing(promised: Key, told: Key) -> bool:
    """True when the outcome that is told is that of a promise: of its action and object, else of most of its words."""
    if promised.action != told.action:
        return False
    if promised.action is not None:
        return promised.object == told.object or None in (promised.object, told.object)
    shared = promised.words & told.words
    return len(shared) >= FEWEST and len(shared) >= ALIKE * len(promised.words)


def _speaks_for(saying: Saying, by: frozenset[str], since: str, deadline: DateValue | None) -> str | None:
    day = saying.said or saying.published
    if day is None or day < since or saying.modality is not Modality.FACT:
        return None
    own = bool(keys_of(saying.sides) & by)
    if _TAKEN_BACK.search(saying.text) and own:
        return CommitmentStatus.WITHDRAWN.value
    if _FAILED.search(saying.text) and not own and saying.act is not Act.DENY:
        early = deadline is not None and deadline.latest is not None and day < deadline.latest
        return None if early else CommitmentStatus.MISSED.value
    if _DONE.search(saying.text) and saying.polarity is Polarity.AFFIRMATIVE and not _FAILED.search(saying.text):
        return "says it was kept" if own else CommitmentStatus.FULFILLED.value
    return None


def _of_saying(saying: Saying, speaks_for: str) -> Evidence:
    return Evidence(
        speaks_for,
        saying.id,
        plain(saying.sides or saying.speakers),
        saying.said or saying.published,
        " ".join(saying.text.split()),
        saying.line,
    )


def _status(
    evidence: Sequence[Evidence],
    by: tuple[ActorRef, ...],
    to: tuple[ActorRef, ...],
    deadline: DateValue | None,
    today: str | None,
) -> CommitmentStatus:
    """How a commitment stands: by an event first, then by the word of those who have no part in it.

    Where only the other party says that it was missed and the side that promised says that it was kept, it is not known.
    """
    kinds = {e.speaks_for: e for e in evidence}
    if any(e.speaks_for == CommitmentStatus.FULFILLED.value and e.source.startswith("ev-") for e in evidence):
        return CommitmentStatus.FULFILLED
    if CommitmentStatus.WITHDRAWN.value in kinds:
        return CommitmentStatus.WITHDRAWN
    missed = [e for e in evidence if e.speaks_for == CommitmentStatus.MISSED.value]
    kept = [e for e in evidence if e.speaks_for == CommitmentStatus.FULFILLED.value]
    neutral = [e for e in missed if not keys_of(e.by) & (keys_of(by) | keys_of(to))]
    if missed and kept:
        return CommitmentStatus.UNKNOWN
    if neutral or (missed and "says it was kept" not in kinds):
        return CommitmentStatus.MISSED
    if missed:
        return CommitmentStatus.UNKNOWN
    if kept:
        return CommitmentStatus.FULFILLED
    last = (deadline.latest or last_day(deadline)) if deadline is not None else None
    if last is None or today is None:
        return CommitmentStatus.UNKNOWN
    return CommitmentStatus.OPEN if today <= last else CommitmentStatus.DUE
