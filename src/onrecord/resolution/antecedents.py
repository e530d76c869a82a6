"""Whom a saying takes up that names no other party: whose charge or law it speaks of, whose words it replies to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.model import Act, Actor, ActorKind, MentionForm, MentionLabel, Span, Statement
from onrecord.resolution.answers import Answer, one
from onrecord.resolution.discourse import HE
from onrecord.resolution.scene import Scene
from onrecord.resolution.sides import Sides
from onrecord.resolution.who import Who

#: Things that somebody has said: "the charge" is that of the last one who said something to the speaker's side.
_WORDS_SAID = (
    "charge|accusation|allegation|claim|demand|proposal|offer|call|appeal|address|speech|remark|statement|criticism|"
    "account|report|suggestion|request|ultimatum|invitation|complaint|threat|warning|promise|assertion|comment"
)
#: Things that the state makes from whose capital a page is filed, when it names no other maker.
_STATE_MADE = (
    "law|vote|bill|decree|budget|parliament|government|referendum|election|ruling|authorities|cabinet|decision"
)
_TAKEN_UP = re.compile(
    rf"\W*(?:the|this|that|these|those|such|a)\s+(?:\w+\s+){{0,2}}?(?:(?P<said>{_WORDS_SAID})|(?P<made>{_STATE_MADE}))s?\b",
    re.IGNORECASE,
)
_THING = re.compile(r"\W*(?:the|this|that)\s+(?P<noun>[a-z]{4,}(?: [a-z]{4,})?)\b")
_REPLY = re.compile(
    r"\b(?:repl(?:y|ies|ied)|respond(?:s|ed)?|answer(?:s|ed)?|retort(?:s|ed)?|counter(?:s|ed)?|hit back)\b", re.I
)
#: All of a content that says no more than that it takes up what was said.
_THAT = re.compile(r"\W*(?:(?:all|any) of\s+)?(?:this|that|it|these|those|so)\W*\Z", re.I)
_HANDED = re.compile(
    r"\b(?:note|letter|message|cable|telegram|memorandum|ultimatum|demarche|démarche|protest)s?\s+"
    r"(?:(?:that was |which was )?(?:handed|sent|delivered|addressed|given|passed|written|presented)\s+(?:over\s+)?(?:on \w+\s+)?)?to\s+(?:the\s+)?",
    re.I,
)
_OCCASION = re.compile(
    r"\b(?:asked about|in (?:response|reply|answer|reaction) to|responding to|replying to|reacting to|commenting on)\s+(?:the\s+)?",
    re.I,
)
_PHRASE_END = re.compile(r"[,.;\n]")
_PRONOUN = re.compile(r"\b(?:he|him|his|she|her|they|them|their)\b", re.I)
_GOES_ON = re.compile(r"\b(?:it|this|that|these|those|them|they|their|he|him|his|she|her)\b", re.I)
#: How many sentences back the saying stands that another one goes on with, and the one that is answered.
_GOING_ON, _ANSWERED = 2, 6
#: "That" is what the sentence before says, or the same one.
_RIGHT_BEFORE = 1
#: What is done to somebody in words, and goes on being so in what is said next.
_PURSUED = frozenset(
    {Act.ACCUSE, Act.DEMAND, Act.CONDEMN, Act.REQUEST, Act.WARN, Act.THREATEN, Act.OFFER, Act.REJECT, Act.DENY}
)
#: After these even a plain assertion is still about the one they are held against.
_HELD_AGAINST = frozenset({Act.ACCUSE, Act.CONDEMN, Act.REJECT, Act.DENY})
#: What is said against the other side of a quarrel, and so needs no name for it.
_AT_ODDS = frozenset({Act.WARN, Act.THREATEN, Act.ACCUSE, Act.CONDEMN, Act.REJECT})
_OF_ALL = re.compile(
    r"\b(?:both|each other|one another|all (?:sides|parties|states|countries)|every(?:one|body))\b", re.I
)
#: How many sentences a quarrel goes on without a name.
_QUARREL = 3
_ANSWERING = frozenset({Act.REJECT, Act.SUPPORT, Act.CONDEMN, Act.REQUEST, Act.AGREE, Act.DENY, Act.DECLINE})
#: What a note may do to the one who gets it.
_WRITTEN = frozenset({Act.DEMAND, Act.REQUEST, Act.WARN, Act.THREATEN, Act.OFFER, Act.ACCUSE, Act.CONDEMN, Act.REJECT})
_SIDED = frozenset(
    {ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.ARMED_GROUP, ActorKind.GOVERNMENT_ORGAN, ActorKind.FORUM}
)


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement with its speakers, the ids of their own side, and who says what its content reports."""

    statement: Statement
    speakers: tuple[Actor, ...]
    own: frozenset[str]
    inner: Answer | None = None

    @property
    def at(self) -> int:
        """Where it stands among others, two of which may have one source: at its cue, else its source, else its content."""
        spans = self.statement.cue or self.statement.source or self.statement.content
        return spans[0].start if spans else 0

    @property
    def start(self) -> int:
        """The first character of any of its roles."""
        roles = (*self.statement.source, *self.statement.cue, *self.statement.content)
        return min((s.start for s in roles), default=0)


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A saying that was resolved before: where it stands, the sides of its speakers, and whom it was aimed at."""

    saying: Saying
    sides: tuple[Actor, ...]
    aimed: tuple[Actor, ...]


class Antecedents:
    """The sayings of one document so far, asked for whom a later one takes up without a name."""

    def __init__(self, scene: Scene, who: Who, sides: Sides) -> None:
        self._scene = scene
        self._text = scene.text
        self._who = who
        self._sides = sides
        self._said: list[_Earlier] = []

    def note(self, saying: Saying, aimed: Sequence[Actor]) -> None:
        """Note that `saying` was aimed at `aimed` (nobody, when empty)."""
        sides = tuple(self._sides.side_of(a) or a for a in saying.speakers)
        self._said.append(_Earlier(saying, sides, tuple(aimed)))

    def of_the_thing(self, saying: Saying) -> Answer | None:
        """ "Rejected the charge": who made it; "rejected the law": the state it is made in; "asked for the meeting": with whom."""
        first = next(iter(saying.statement.content), None)
        if first is None or (saying.statement.act not in _ANSWERING and not self._judges(saying)):
            return None
        taken = _TAKEN_UP.match(self._text, first.start, first.end)
        if taken is not None and taken["said"]:
            return self._last_of_others(saying, "who-said-what-is-taken-up", 0.66)
        if taken is not None and taken["made"]:
            home = self._sides.home()
            if home is not None and home.id not in saying.own:
                return one(home, None, 0.62, "state-the-page-is-filed-from")
            return None
        return self._parties_to(saying, first)

    def of_that(self, saying: Saying) -> Answer | None:
        """ "Denied this", "disputes that": the side of the one other whose words stand right before."""
        content = saying.statement.content
        if saying.statement.act not in (Act.DENY, Act.REJECT) or len(content) != 1:
            return None
        if _THAT.match(self._text, content[0].start, content[0].end) is None:
            return None
        here = self._scene.sentence_at(saying.start)
        for earlier in self._others_before(saying):
            there = self._scene.sentence_at(earlier.saying.at)
            if here is None or there is None or here - there > _RIGHT_BEFORE:
                return None
            others = {s.id: s for s in earlier.sides if s.id not in saying.own and s.kind in _SIDED}
            return one(next(iter(others.values())), None, 0.64, "whose-words-are-denied") if len(others) == 1 else None
        return None

    def _other_named(self, rest: Span, saying: Saying) -> Actor | None:
        """The one side that the phrase at the beginning of `rest` names beside the speaker's own."""
        end = _PHRASE_END.search(self._text, rest.start, rest.end)
        window = Span(rest.start, end.start() if end is not None else rest.end)
        sides = {s.id: s for a, _ in self._sides.actors_in(window) if (s := self._sides.side_of(a) or a)}
        others = [s for s in sides.values() if s.id not in saying.own and s.kind in _SIDED]
        return others[0] if len(others) == 1 else None

    def written_to(self, saying: Saying) -> Answer | None:
        """ "In a note handed to the Korvathi embassy it demanded that ...": whom the note is for, of what is aimed at somebody."""
        index = self._scene.sentence_at(saying.at)
        if index is None or saying.statement.act not in _WRITTEN or saying.statement.nested_in is not None:
            return None
        sentence = self._scene.sentences[index].span
        handed = _HANDED.search(self._text, sentence.start, sentence.end)
        if (
            handed is None
            or self._scene.quoted(handed.start())
            or any(c.contains(Span(*handed.span())) for c in saying.statement.content)
        ):
            return None
        other = self._other_named(Span(handed.end(), sentence.end), saying)
        return None if other is None else one(other, None, 0.6, "to-whom-it-was-written")

    def _judges(self, saying: Saying) -> bool:
        """True for "described the vote as ...", which judges a thing whatever act it was read as."""
        cue = " ".join(s.of(self._text) for s in saying.statement.cue)
        return (
            re.search(r"\b(?:describ|welcom|brand|hail|dismiss|criticis|criticiz|prais|denounc|call)", cue, re.I)
            is not None
        )

    def _last_of_others(self, saying: Saying, rule: str, score: float) -> Answer | None:
        """The side of the last saying before by somebody else: one aimed at the speaker's side first, else the nearest."""
        before = self._others_before(saying)
        aimed = [e for e in before if any(a.id in saying.own for a in e.aimed)]
        for earlier in (*aimed, *before):
            others = {s.id: s for s in earlier.sides if s.id not in saying.own and s.kind in _SIDED}
            if len(others) == 1:
                return one(next(iter(others.values())), None, score, rule)
        return None

    def _others_before(self, saying: Saying) -> list[_Earlier]:
        """Sayings of other sides not too far before, the nearest first."""
        here = self._scene.sentence_at(saying.start)
        found = []
        for earlier in self._said:
            there = self._scene.sentence_at(earlier.saying.at)
            if here is None or there is None or not 0 <= here - there <= _ANSWERED or earlier.saying.at >= saying.at:
                continue
            if not any(s.id in saying.own for s in earlier.sides):
                found.append(earlier)
        return sorted(found, key=lambda e: -e.saying.at)

    def _parties_to(self, saying: Saying, content: Span) -> Answer | None:
        """ "Kiev asked for [the meeting]": the one other party of the sentence in which the page first names the thing."""
        thing = _THING.match(self._text, content.start, content.end)
        if thing is None or thing.end() < content.end - 1:
            return None
        noun = re.compile(rf"\b{re.escape(thing['noun'])}\b", re.IGNORECASE)
        for sentence in self._scene.sentences:
            if sentence.span.start >= content.start:
                return None
            if noun.search(self._text, sentence.span.start, min(sentence.span.end, content.start)) is None:
                continue
            others = [p for p in self._scene.parties(sentence.span) if p.id not in saying.own]
            return one(others[0], None, 0.58, "other-party-to-the-thing") if len(others) == 1 else None
        return None

    def by_pronoun(self, saying: Saying) -> Answer | None:
        """ "He did not pick up," in somebody's quoted words: the side of the one whom the text spoke of just before."""
        if saying.statement.act is Act.DENY or not saying.speakers:
            return None
        for span in saying.statement.content:
            for match in _PRONOUN.finditer(self._text, span.start, span.end):
                if self._scene.quoted(match.start()):
                    return self.referred_to(Span(match.start(), match.end()), saying)
        return None

    def referred_to(self, pronoun: Span, saying: Saying) -> Answer | None:
        """The side of the only person that is not of the speaker's side, and fits the pronoun, nearest before the saying."""
        gender = HE.get(pronoun.of(self._text).casefold())
        index = self._scene.sentence_at(saying.start)
        for back in range(3):
            if index is None or index - back < 0:
                return None
            sentence = self._scene.sentences[index - back].span
            window = Span(sentence.start, pronoun.start if back == 0 and gender else min(sentence.end, saying.start))
            if not len(window):
                continue
            sides: dict[str, Actor] = {}
            for person in self._people(window):
                side = self._sides.side_of(person)
                fits = gender is None or person.gender in (gender, None)
                if fits and side is not None and side.id not in saying.own and person.id not in saying.own:
                    sides[side.id] = side
            if len(sides) == 1:
                return one(next(iter(sides.values())), pronoun, 0.58, "side-of-the-person-meant")
            if sides:
                return None
        return None

    def party_meant(self, pronoun: Span, saying: Saying) -> Answer | None:
        """ "Accused Korvath of it and demanded that [it] stop": the one other party named before in the sentence."""
        index = self._scene.sentence_at(pronoun.start)
        if index is None:
            return None
        window = Span(self._scene.sentences[index].span.start, pronoun.start)
        others = [p for p in self._scene.parties(window) if p.id not in saying.own]
        return one(others[0], pronoun, 0.68, "only-other-party-before") if len(others) == 1 else None

    def _people(self, window: Span) -> Iterable[Actor]:
        """The people named or described in `window` outside quotations."""
        for actor, at in self._sides.actors_in(window):
            if actor.kind is ActorKind.PERSON and not self._scene.quoted(at.start):
                yield actor
        for mention in self._scene.reading.mentions:
            if not window.contains(mention.span) or self._scene.quoted(mention.span.start):
                continue
            if mention.form is MentionForm.PRONOUN or mention.label is not MentionLabel.PERSON:
                continue
            answer = self._who.is_meant(mention.span)
            if answer.sure and len(answer.actors) == 1 and answer.actors[0][0].kind is ActorKind.PERSON:
                yield answer.actors[0][0]

    def replied_to(self, saying: Saying) -> Answer | None:
        """ "Asked about Arvik's remarks, ...", "... he replied": the side whose words are answered."""
        index = self._scene.sentence_at(saying.start)
        if index is None or not saying.speakers:
            return None
        sentence = self._scene.sentences[index].span
        occasion = _OCCASION.search(self._text, sentence.start, sentence.end)
        if occasion is not None and not self._scene.quoted(occasion.start()):
            other = self._other_named(Span(occasion.end(), sentence.end), saying)
            return None if other is None else one(other, None, 0.62, "whose-words-are-answered")
        cue = " ".join(s.of(self._text) for s in saying.statement.cue)
        if _REPLY.search(cue) is not None:
            return self._last_of_others(saying, "whose-words-are-answered", 0.6)
        return None

    def asked_again(self, saying: Saying) -> Answer | None:
        """Whom "it" means in "renewed their demand that X leave and urged it to ...": whom the sentence asked before."""
        here = self._scene.sentence_at(saying.at)
        before = [
            e
            for e in self._said
            if e.saying.at < saying.at and len(e.aimed) == 1 and e.saying.statement.act in _PURSUED
            if self._scene.sentence_at(e.saying.at) == here and any(s.id in saying.own for s in e.sides)
        ]
        if here is None or not before:
            return None
        return one(max(before, key=lambda e: e.saying.at).aimed[0], None, 0.7, "whom-the-sentence-asked-before")

    def gone_on_with(self, saying: Saying) -> Answer | None:
        """The target of the speaker's saying right before, when this one goes on with it and names nobody."""
        here = self._scene.sentence_at(saying.start)
        before = [e for e in self._said if e.saying.at < saying.at and e.saying.statement.nested_in is None]
        act = saying.statement.act
        if here is None or not before or saying.statement.nested_in is not None or act is Act.SUPPORT:
            return None
        last = max(before, key=lambda e: e.saying.at)
        there = self._scene.sentence_at(last.saying.at)
        if there is None or not 0 <= here - there <= _GOING_ON or len(last.aimed) != 1:
            return None
        if not any(s.id in saying.own for s in last.sides) or last.aimed[0].id in saying.own:
            return None
        held = _PURSUED if act in _PURSUED else _HELD_AGAINST
        together = [e for e in before if self._scene.sentence_at(e.saying.at) == there and e.aimed == last.aimed]
        pursued = any(e.saying.statement.act in held for e in together)
        refers = any(_GOES_ON.search(self._text, s.start, s.end) for s in saying.statement.content)
        if not pursued and not refers:
            return None
        return one(last.aimed[0], None, 0.57, "target-of-the-saying-before")

    def opposed_to(self, saying: Saying) -> Answer | None:
        """The one side that accused, warned or pressed the speaker's right before, or that the speaker's side did so to.

        Only for what is said against somebody and names no party. A demand may be of both sides, and a denial of what a third said.
        """
        act, here = saying.statement.act, self._scene.sentence_at(saying.start)
        if act not in _AT_ODDS or here is None or saying.statement.nested_in is not None or not saying.speakers:
            return None
        if any(
            (self._sides.side_of(a) or a).id not in saying.own
            for s in saying.statement.content
            for a, _ in self._sides.actors_in(s)
        ):
            return None
        if any(_OF_ALL.search(self._text, s.start, s.end) for s in saying.statement.content):
            return None
        sides: dict[str, Actor] = {}
        for earlier in self._said:
            there = self._scene.sentence_at(earlier.saying.at)
            if there is None or not 0 <= here - there <= _QUARREL or earlier.saying.at >= saying.at:
                continue
            if earlier.saying.statement.act not in _AT_ODDS | {Act.DEMAND} or len(earlier.aimed) != 1:
                continue
            if earlier.aimed[0].id in saying.own:
                sides |= {s.id: s for s in earlier.sides if s.id not in saying.own and s.kind in _SIDED}
            elif any(s.id in saying.own for s in earlier.sides):
                sides[earlier.aimed[0].id] = earlier.aimed[0]
        return one(next(iter(sides.values())), None, 0.56, "the-other-side-of-the-quarrel") if len(sides) == 1 else None
