"""Whom a saying is aimed at: the state, organisation or group, for the ledger of who demands what of whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model import Act, Actor, ActorKind, Span, Statement
from onrecord.resolution.answers import Answer, nobody
from onrecord.resolution.antecedents import Antecedents, Saying
from onrecord.resolution.discourse import HE, THINGS
from onrecord.resolution.scene import Scene
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
#: "Against Korvath", "by the Korvathi navy", "by the coast guard of Korvath".
_AGAINST = re.compile(r"\b(?:against|by)\s+(?:the\s+)?(?:(?:[a-z]+\s+){1,3}of\s+(?:the\s+)?)?\Z", re.IGNORECASE)
_PARTIES = frozenset(
    {ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.ARMED_GROUP, ActorKind.GOVERNMENT_ORGAN, ActorKind.FORUM}
)
#: Who stands beside these words is let do something, and is not the one of whom it is demanded.
_LET = re.compile(r"\b(?:let|allow(?:ing|ed)?|permit(?:ting)?|admit|free|release|give|grant)\s+(?:the\s+)?\Z", re.I)
_TO_BE_LET = re.compile(
    r"[^.,;]{0,80}?\b(?:must|should|shall|needs? to|ha(?:s|ve) to|ought to|to)\s+be\s+"
    r"(?:allowed|given|granted|let|freed|released|permitted|protected|admitted|able)\b",
    re.I,
)
_CLAIMS = r"(?:ultimatum|demand|proposal|offer|warning|threat|protest|accusation|allegation|charge|claim|assertion|criticism|complaint|account|report|suggestion|version)s?"
_CLAIM_AFTER = re.compile(rf"(?:['’]s?)?\s+(?:\w+\s+){{0,2}}?{_CLAIMS}\b", re.I)
_CLAIM_BEFORE = re.compile(rf"\b{_CLAIMS}\s+(?:made\s+)?(?:by|from|of)\s+(?:the\s+)?(?:\w+\s+){{0,3}}?\Z", re.I)
#: "I told the minister that ...": the one to whom the speaker says that he spoke.
_TOLD = re.compile(
    r"\W*(?:I|we)\s+(?:(?:have|had|again|also|only|then|clearly)\s+)*"
    r"(?:told|asked|urged?|informed|reminded|warned|assured|call(?:ed)? (?:up)?on|appeal(?:ed)? to)\s+"
    r"(?P<whom>[^\W\d_][\w'’ -]*?)(?=\s+(?:to|that|what|why|how|about|for|not)\b|[,.;\"”])",
    re.I,
)
_WHOSE = re.compile(r"(?:its|their|his|her)\s", re.I)
_A_GOVERNMENT = re.compile(r"(?:the|a|this|that) (?:government|regime|authorities|state|administration)\b", re.I)


class Aims:
    """The targets of the sayings of one document."""

    def __init__(self, scene: Scene, who: Who, sides: Sides, sayings: Sequence[Statement]) -> None:
        self._scene = scene
        self._text = scene.text
        self._who = who
        self._sides = sides
        self._inside: dict[str, list[Statement]] = {}
        for statement in sayings:
            self._inside.setdefault(statement.nested_in or "", []).append(statement)
        self._before: dict[str, str] = {}
        self._said_by: dict[str, Answer] = {}
        self._earlier = Antecedents(scene, who, sides)

    def target(self, statement: Statement, speakers: Sequence[Actor], inner: Answer | None) -> Answer:
        """The target of `statement`, whose speakers are given; `inner` are those of the saying its content reports.

        In order: the spans read as its target; whom the speaker says he told; for a denial or rejection, the one whose
        accusation it answers; the parties in the content that are not the speaker's own side (not for a denial: what is
        denied involves them, but it is not aimed at them); the target of the saying its content reports; whose
        words "that" denies; to whom the note is handed that says it; whose thing the content takes up ("the charge", "the law"); whom a pronoun in quoted words means; whose words it replies to;
        the target of the saying before, which it goes on with; the one other side that it was just at odds with. Statements must be asked for in text order.
        """
        saying = Saying(statement, tuple(speakers), self._own(speakers), inner)
        self._said_by[statement.id] = Answer(
            tuple((self._side(a), None) for a in speakers), 0.7, "side-of-the-outer-speaker"
        )
        answer = self._target(saying)
        if len(answer.actors) == 1:
            self._before[_key(speakers)] = answer.actors[0][0].id
        self._earlier.note(saying, [a for a, _ in answer.actors] if answer.sure else ())
        return answer

    def _target(self, saying: Saying) -> Answer:
        rules = (
            self._read,
            self._told,
            self._denied,
            self._in_content,
            self._reported,
            self._read_elsewhere,
            self._earlier.of_that,
            self._earlier.written_to,
            self._earlier.of_the_thing,
            self._earlier.by_pronoun,
            self._earlier.replied_to,
            self._earlier.gone_on_with,
            self._earlier.opposed_to,
        )
        last = nobody("no-other-party-in-content")
        for rule in rules:
            found = rule(saying)
            if found is not None and found.actors:
                return found
            last = found or last
        return last

    def _own(self, speakers: Sequence[Actor]) -> frozenset[str]:
        own = {a.id for a in speakers}
        for actor in speakers:
            side = self._sides.side_of(actor)
            if side is not None:
                own.add(side.id)
        return frozenset(own)

    def _side(self, actor: Actor) -> Actor:
        """The state or organisation for a person or an organ; others as they are."""
        if actor.kind in (ActorKind.PERSON, ActorKind.GOVERNMENT_ORGAN):
            return self._sides.side_of(actor) or actor
        return actor

    def _read(self, saying: Saying) -> Answer | None:
        """The actors of the spans that the reader takes for the target, those left out that cannot be it."""
        spans = [s for s in saying.statement.target_spans if self._usable(s, saying) and not self._elsewhere(s, saying)]
        if len(spans) == 1 and spans[0].of(self._text).lower() == "it":
            return self._earlier.asked_again(saying) or self._at(spans, saying)
        return self._at(spans, saying) if spans else None

    def _usable(self, span: Span, saying: Saying) -> bool:
        """False for a paper's or place's name and for who is to be let do something.

        What a denial denies involves others, too: a span in it counts only as the maker of a claim.
        """
        statement = saying.statement
        if any(s.span.contains(span) and self._scene.names_place(s) for s in self._scene.names_in(self._around(span))):
            return False
        inside = any(c.contains(span) for c in statement.content)
        before, after = self._text[max(0, span.start - 60) : span.start], self._text[span.end : span.end + 140]
        if statement.act is Act.DENY and inside:
            return _CLAIM_AFTER.match(after) is not None or _CLAIM_BEFORE.search(before) is not None
        if statement.act in (Act.DEMAND, Act.REQUEST) and inside:
            return _LET.search(before) is None and _TO_BE_LET.match(after) is None
        return True

    def _elsewhere(self, span: Span, saying: Saying) -> bool:
        """True for the object of a clause between the source and the cue ("asked [Tolmenia] to go on and offered to talk")."""
        cue, source = saying.statement.cue, saying.statement.source
        if not cue or not source or any(c.contains(span) for c in saying.statement.content):
            return False
        return source[0].end <= span.start < cue[0].start

    def _read_elsewhere(self, saying: Saying) -> Answer | None:
        spans = [s for s in saying.statement.target_spans if self._elsewhere(s, saying)]
        return self._at(spans, saying).scaled(0.9) if spans else None

    def _around(self, span: Span) -> Span:
        """The sentence of `span`, or itself."""
        index = self._scene.sentence_at(span.start)
        return span if index is None else self._scene.sentences[index].span

    def _at(self, spans: Sequence[Span], saying: Saying) -> Answer:
        found: dict[str, tuple[Actor, Span | None]] = {}
        score, rule = 1.0, "target-not-known"
        for span in spans:
            answer = self._meant(span, saying)
            if not answer.sure or answer.rule == "unnamed-group":
                inside = self._first_other(span, saying.own)
                answer = inside if inside is not None else answer
            if answer.rule == "unnamed-group" and not self._at_somebody(answer, span):
                continue
            for actor, at in answer.actors if answer.sure else ():
                side = self._side(actor)
                if side.id in saying.own:
                    continue
                found.setdefault(side.id, (side, at))
                score, rule = min(score, answer.score), f"target:{answer.rule}"
        return Answer(tuple(found.values()), score, rule) if found else nobody(rule)

    def _meant(self, span: Span, saying: Saying) -> Answer:
        """Whom `span` means as somebody other than the speaker, who does not ask or promise himself anything."""
        if span.of(self._text).casefold() in HE:
            return self._earlier.referred_to(span, saying) or nobody("pronoun-without-antecedent")
        if span.of(self._text).casefold() in THINGS:
            party = self._earlier.party_meant(span, saying)
            if party is not None:
                return party
        accused = saying.statement.act in (Act.ACCUSE, Act.CONDEMN)
        outer = self._said_by.get(saying.statement.nested_in or "")
        if (
            outer is not None
            and len(outer.actors) == 1
            and saying.own
            and accused
            and _WHOSE.match(span.of(self._text))
        ):
            # "Rejected an accusation by Korvath that its engineers ...": those of the one who rejects it.
            whose = outer.actors[0][0]
            if whose.id not in saying.own:
                return outer
        answer = self._who.is_meant(span)
        if answer.sure and all(self._side(a).id not in saying.own for a, _ in answer.actors):
            return answer
        other = self._who.bearer_but(span, saying.own)
        if other is not None:
            return other
        home = self._sides.home()
        if _A_GOVERNMENT.match(span.of(self._text)) and home is not None and home.id not in saying.own:
            return Answer(((home, span),), 0.62, "state-the-page-is-filed-from")
        return answer

    def _at_somebody(self, answer: Answer, span: Span) -> bool:
        """True for an unnamed group that sayings are aimed at ("the gunmen"), not for schools or "its soldiers"."""
        first = span.of(self._text).split()[0].casefold()
        return answer.actors[0][0].sector in _UNNAMED_TARGETS and first not in _NOBODYS

    def _first_other(self, span: Span, own: frozenset[str]) -> Answer | None:
        for actor, at in self._sides.actors_in(span):
            side = self._side(actor)
            if side.kind in _PARTIES and side.id not in own:
                return Answer(((side, at),), 0.65, "first-party-named")
        return None

    def _told(self, saying: Saying) -> Answer | None:
        """ "I told the minister that ...": the side of the one whom the speaker says he told."""
        first = next(iter(saying.statement.content), None)
        match = None if first is None else _TOLD.match(self._text, first.start, first.end)
        return None if match is None else self._at([Span(*match.span("whom"))], saying)

    def _denied(self, saying: Saying) -> Answer | None:
        if saying.statement.act not in (Act.DENY, Act.REJECT) or saying.inner is None or not saying.inner.sure:
            return None
        sides = [self._side(actor) for actor, _ in saying.inner.actors]
        return Answer(tuple((s, None) for s in sides if s.id not in saying.own), 0.75, "whose-accusation-is-denied")

    def _reported(self, saying: Saying) -> Answer | None:
        """The target of the saying that the content reports, when it is one of the speaker's own side."""
        for inner in self._inside.get(saying.statement.id, ()):
            speakers = [a for s in inner.source for a, _ in self._who.is_meant(s, saying.speakers).actors]
            if speakers and not self._own(speakers) & saying.own:
                continue
            found = self._at(inner.target_spans, saying)
            if len(found.actors) == 1:
                return found.scaled(0.9)
        return None

    def _in_content(self, saying: Saying) -> Answer | None:
        statement, own = saying.statement, saying.own
        if statement.act is Act.DENY:
            return nobody("what-is-denied-involves-others")
        if statement.act in (Act.DEMAND, Act.REQUEST) and self._to_be_let(statement):
            return nobody("who-is-to-allow-it-is-not-said")
        found: dict[str, tuple[Actor, Span | None]] = {}
        opposed: Answer | None = None
        for span in statement.content:
            for actor, at in self._sides.actors_in(span):
                side = self._side(actor)
                if side.kind not in _PARTIES or side.id in own or not self._usable(at, saying):
                    continue
                found.setdefault(side.id, (side, at))
                if opposed is None and _AGAINST.search(self._text, span.start, at.start):
                    opposed = Answer(((side, at),), 0.66, "against-whom")
        if not found:
            return self._partner(saying)
        if statement.act is Act.ACKNOWLEDGE:
            return nobody("what-is-admitted-involves-others")
        if opposed is not None and (statement.act in _AIMED or own):
            return opposed
        if statement.act in _AIMED:
            return Answer((next(iter(found.values())),), 0.65, "first-other-party-in-content")
        if len(found) == 1 and len(own) > sum(a.kind is ActorKind.PERSON for a in saying.speakers):
            return Answer(tuple(found.values()), 0.6, "only-other-party-in-content")
        before = self._before.get(_key(saying.speakers))
        if before is not None and before in found:
            return Answer((found[before],), 0.6, "target-of-the-saying-before")
        return nobody("several-parties-in-content")

    def _to_be_let(self, statement: Statement) -> bool:
        """True for "monitors must be allowed into Korvath": nobody is named who is to allow it."""
        start, end = statement.content[0].start, statement.content[-1].end
        match = _TO_BE_LET.match(self._text, start, end)
        return match is not None and re.search(r"\bby\b", self._text[match.end() : end]) is None

    def _partner(self, saying: Saying) -> Answer:
        """Of a joint saying about what one side does with the other: the party named after the one that does it."""
        sides = {side.id for a in saying.speakers if (side := self._sides.side_of(a)) is not None}
        if len(sides) < 2:
            return nobody("no-other-party-in-content")
        named: dict[str, tuple[Actor, Span | None]] = {}
        for span in saying.statement.content:
            for actor, at in self._sides.actors_in(span):
                if actor.id in sides:
                    named.setdefault(actor.id, (actor, at))
        if len(named) != 2:
            return nobody("no-other-party-in-content")
        return Answer((list(named.values())[1],), 0.6, "the-other-of-two-speakers")


def _key(speakers: Sequence[Actor]) -> str:
    return "+".join(sorted(a.id for a in speakers))
