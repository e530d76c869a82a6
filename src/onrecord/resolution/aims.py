"""Whom a saying is aimed at: the state, organisation or group, for the ledger of who demands what of whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model import Act, Actor, ActorKind, Span, Statement
from onrecord.resolution.answers import Answer, nobody
from onrecord.resolution.sides import Sides
from onrecord.resolution.who import Who

#: Acts that are aimed at somebody by what they are; the first other party in their content is taken for it.
_AIMED = frozenset(
    {
        Act.ACCUSE,
        Act.DEMAND,
        Act.REQUEST,
        Act.CONDEMN,
        Act.THREATEN,
        Act.WARN,
        Act.SUPPORT,
        Act.OFFER,
        Act.PROMISE,
        Act.REJECT,
    }
)
_UNNAMED_TARGETS = frozenset({"REB", "UAF", "PRM", "CRM", "RAD", "OPP", "PRE"})
_NOBODYS = frozenset({"no", "its", "his", "her", "their", "our", "my"})
_AGAINST = re.compile(r"\b(?:against|by)\s+(?:the\s+)?\Z", re.IGNORECASE)
_PARTIES = frozenset(
    {ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.ARMED_GROUP, ActorKind.GOVERNMENT_ORGAN, ActorKind.FORUM}
)


class Aims:
    """The targets of the sayings of one document."""

    def __init__(self, who: Who, sides: Sides) -> None:
        self._who = who
        self._sides = sides
        self._before: dict[str, str] = {}

    def target(self, statement: Statement, speakers: Sequence[Actor], inner: Answer | None) -> Answer:
        """The target of `statement`, whose speakers are given; `inner` are those of the saying its content reports.

        By the spans read as its target; else, for a denial or rejection, the one whose accusation it answers; else the
        first party in the content that is not the speaker's own side. A saying that is not aimed at anybody by its
        kind has a target only when its content names exactly one other party, or among several the one that the
        speaker's saying before was aimed at. Statements must be asked for in text order.
        """
        answer = self._target(statement, speakers, inner)
        if len(answer.actors) == 1:
            self._before[_key(speakers)] = answer.actors[0][0].id
        return answer

    def _target(self, statement: Statement, speakers: Sequence[Actor], inner: Answer | None) -> Answer:
        own = self._own(speakers)
        if statement.target_spans:
            answer = self._at(statement.target_spans, own)
            if answer.actors:
                return answer
        if statement.act in (Act.DENY, Act.REJECT) and inner is not None and inner.sure:
            sides = [self._side(actor) for actor, _ in inner.actors]
            return Answer(tuple((s, None) for s in sides if s.id not in own), 0.75, "whose-accusation-is-denied")
        return self._in_content(statement, own, speakers)

    def _own(self, speakers: Sequence[Actor]) -> set[str]:
        own = {a.id for a in speakers}
        for actor in speakers:
            side = self._sides.side_of(actor)
            if side is not None:
                own.add(side.id)
        return own

    def _side(self, actor: Actor) -> Actor:
        """The state or organisation for a person or an organ; others as they are."""
        if actor.kind in (ActorKind.PERSON, ActorKind.GOVERNMENT_ORGAN):
            return self._sides.side_of(actor) or actor
        return actor

    def _at(self, spans: Sequence[Span], own: set[str]) -> Answer:
        found: dict[str, tuple[Actor, Span | None]] = {}
        score, rule = 1.0, "target-not-known"
        for span in spans:
            answer = self._who.is_meant(span)
            if not answer.sure or answer.rule == "unnamed-group":
                inside = self._first_other(span, own)
                answer = inside if inside is not None else answer
            if answer.rule == "unnamed-group" and not self._at_somebody(answer, span):
                continue
            for actor, at in answer.actors if answer.sure else ():
                side = self._side(actor)
                if side.id in own:
                    continue
                found.setdefault(side.id, (side, at))
                score, rule = min(score, answer.score), f"target:{answer.rule}"
        return Answer(tuple(found.values()), score, rule) if found else nobody(rule)

    def _at_somebody(self, answer: Answer, span: Span) -> bool:
        """True for an unnamed group that sayings are aimed at ("the gunmen"), not for schools or "its soldiers"."""
        first = span.of(self._who.text).split()[0].casefold()
        return answer.actors[0][0].sector in _UNNAMED_TARGETS and first not in _NOBODYS

    def _first_other(self, span: Span, own: set[str]) -> Answer | None:
        for actor, at in self._sides.actors_in(span):
            side = self._side(actor)
            if side.kind in _PARTIES and side.id not in own:
                return Answer(((side, at),), 0.65, "first-party-named")
        return None

    def _in_content(self, statement: Statement, own: set[str], speakers: Sequence[Actor]) -> Answer:
        found: dict[str, tuple[Actor, Span | None]] = {}
        opposed: Answer | None = None
        for span in statement.content:
            for actor, at in self._sides.actors_in(span):
                side = self._side(actor)
                if side.kind in _PARTIES and side.id not in own:
                    found.setdefault(side.id, (side, at))
                    if opposed is None and _AGAINST.search(self._who.text, span.start, at.start):
                        opposed = Answer(((side, at),), 0.66, "against-whom")
        if not found:
            return self._partner(statement, speakers)
        if opposed is not None:
            return opposed
        if statement.act in _AIMED:
            return Answer((next(iter(found.values())),), 0.65, "first-other-party-in-content")
        if len(found) == 1 and len(own) > sum(a.kind is ActorKind.PERSON for a in speakers):
            return Answer(tuple(found.values()), 0.6, "only-other-party-in-content")
        before = self._before.get(_key(speakers))
        if before is not None and before in found:
            return Answer((found[before],), 0.6, "target-of-the-saying-before")
        return nobody("several-parties-in-content")

    def _partner(self, statement: Statement, speakers: Sequence[Actor]) -> Answer:
        """Of a joint saying about what one side does with the other: the party named after the one that does it."""
        sides = {side.id for a in speakers if (side := self._sides.side_of(a)) is not None}
        if len(sides) < 2:
            return nobody("no-other-party-in-content")
        named: dict[str, tuple[Actor, Span | None]] = {}
        for span in statement.content:
            for actor, at in self._sides.actors_in(span):
                if actor.id in sides:
                    named.setdefault(actor.id, (actor, at))
        if len(named) != 2:
            return nobody("no-other-party-in-content")
        return Answer((list(named.values())[1],), 0.6, "the-other-of-two-speakers")


def _key(speakers: Sequence[Actor]) -> str:
    return "+".join(sorted(a.id for a in speakers))
