"""Institutions, sides, descriptions and groups without a name: whoever is no person and not named outright."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.knowledge import NameForm
from onrecord.knowledge.keys import key
from onrecord.model import Actor, ActorKind, MentionLabel, Span, content_id
from onrecord.resolution.answers import Answer, one
from onrecord.resolution.cast import Cast
from onrecord.resolution.company import Company
from onrecord.resolution.described import Described
from onrecord.resolution.discourse import Discourse
from onrecord.resolution.kinds import Kinds
from onrecord.resolution.lexicon import ORGANISATION_WORDS
from onrecord.resolution.phrases import PhraseParser
from onrecord.resolution.scene import Scene
from onrecord.resolution.sides import Sides
from onrecord.resolution.tenure import Tenure

_SIDE = re.compile(
    r"(?:side|delegation|leadership|government|regime|junta|authorities|administration|negotiators|party)\Z", re.I
)
_PARTICIPLE = re.compile(r", (?=\w+(?:ed|ing)\b)")
_PRESS_WORDS = re.compile(
    r"\b(?:news agency|newspaper|daily|weekly|broadcaster|newswire|radio|television|TV|magazine|website)\b", re.I
)
_GOVERNMENT = re.compile(r"(?:government|regime)\Z", re.I)
_SEATED = re.compile(r"(?:the )?(?:government|regime|authorities|leadership)(?: in| of) (?=[A-Z])", re.I)
_BARE_GOVERNMENT = re.compile(r"the (?:\w+ )?(?:government|regime|junta|authorities)", re.I)
#: Words with which a description fits many organisations ("the regional bloc").
_ANY_KIND = frozenset(
    {
        "military", "regional", "economic", "security", "trade", "political", "western", "eastern", "rebel", "armed",
        "national",
    }
)  # fmt: skip
#: Words that say what kind of organisation it is and stand before the one that does.
_BASED = re.compile(r"\b(?:\d+|[A-Za-z.]+)-(?:based|led|nation|member|state|strong) ")
_LOWER_GROUPS = re.compile(
    r"\b(?:official|diplomat|source|person|aide|officer|resident|witness|spokesman|spokeswoman|spokesperson|analyst|expert|man|woman)s?\b",
    re.I,
)
#: Words that make a name the complement of another noun ("a captain of the army").
_LINKS = frozenset(
    {"of", "in", "at", "from", "to", "for", "with", "by", "on", "near", "inside", "against", "and", "or", "than"}
)
_INSTITUTIONS = frozenset(
    {
        "government", "ministry", "regime", "administration", "cabinet", "company", "firm", "party", "court", "mission",
        "commission",
    }
)  # fmt: skip
_KIND_WORDS = frozenset(
    {"alliance", "organization", "organisation", "bloc", "group", "body", "grouping", "union", "agency"}
)

_SMALL = frozenset({"of", "for", "and", "on", "in", "the", "&", "de", "du"})


#: "Korvath's Merle rebels": an armed group under its name, with its state before and its kind behind it.
_NAMED_KIND = re.compile(
    r"(?:[Tt]he )?(?:[\w.' ’-]+?['’]s )?(?P<name>[A-ZÀ-Þ][\w-]*(?: [A-ZÀ-Þ][\w-]*)*) "
    r"(?:rebels?|movement|militia|militiamen|group|fighters|insurgents|militants|guerrillas|rebel (?:group|movement)|paramilitaries)"
)
#: How many characters a name has before its family name.
_NAME = 32
#: Who fights under a leader, and what says under whom.
_FIGHTERS = r"rebels|paramilitaries|militia|militiamen|fighters|guerrillas|insurgents|forces|troops|men|group|movement|faction|army|militants|followers"
_LED_BY = re.compile(
    r"\s+(?:who (?:are|were) )?(?:commanded|led|headed|run|controlled|loyal) (?:by|to) (?:(?:General|Gen\.|Colonel|Col\.|Commander) )?(?=[A-Z])"
)
_OF_SOMEBODY = re.compile(rf"[A-ZÀ-Þ][\w .'-]*?['’]s? (?:{_FIGHTERS})\Z", re.IGNORECASE)


def _head(words: str) -> str:
    """The words of a noun phrase before its first preposition."""
    return re.split(r" (?:of|in|from|at|to|for|with|on|near|by|who|that) ", words)[0]


#: "The River Commission, a body of five states".
_APPOSED = re.compile(r", (?:an?|the|which|whose|one of|itself)\s")


class Groups:
    """The rules for phrases of one document that name no person. Each gives None when it has nothing to say."""

    def __init__(
        self,
        scene: Scene,
        parser: PhraseParser,
        cast: Cast,
        discourse: Discourse,
        sides: Sides,
        described: Described,
        tenure: Tenure,
    ) -> None:
        self._described = described
        self._tenure = tenure
        self._kinds = Kinds(scene, cast)
        self._company = Company(scene)
        self._scene = scene
        self._parser = parser
        self._cast = cast
        self._discourse = discourse
        self._sides = sides
        self._knowledge = scene.knowledge

    def organ(self, span: Span) -> Answer | None:
        """An institution of a state ("Sundmark's army", "the Foreign Ministry"), by the state beside it or the dateline's."""
        words = self._scene.words(span)
        for first in range(len(words)):
            for last in range(min(len(words), first + self._knowledge.organs.longest), first, -1):
                organ_span = Span(words[first].start, words[last - 1].end)
                organ = self._knowledge.organs.organ(organ_span.of(self._scene.text))
                if organ is None or (last < len(words) and not self._is_of(words[last])):
                    continue
                if any(self._is_of(w) for w in words[:first]):
                    return None
                state = self._state_in([*words[:first], *words[last:]])
                score = 0.85
                if state is None and len(words[:first]) <= 1:
                    state, score = self._sides.home() or self._side_of_last_speaker(span), 0.65
                if state is None:
                    continue
                return one(self.organ_of(state, organ.name, organ.sector), span, score, "institution-of-a-state")
        return None

    def _side_of_last_speaker(self, span: Span) -> Actor | None:
        """ "Karvelia denied it. The Defence Ministry said ...": the state for which the last speaker before spoke."""
        sides = {
            side.id: side for a in self._discourse.last_speakers(span) if (side := self._sides.side_of(a)) is not None
        }
        found = next(iter(sides.values()), None)
        return found if len(sides) == 1 and found is not None and found.kind is ActorKind.STATE else None

    def _is_of(self, word: Span) -> bool:
        return word.of(self._scene.text).casefold() in ("of", "in", "for")

    def _state_in(self, words: Sequence[Span]) -> Actor | None:
        for size in range(len(words), 0, -1):
            for first in range(len(words) - size + 1):
                actor = self._parser.institution(Span(words[first].start, words[first + size - 1].end))
                if actor is not None and actor.kind is ActorKind.STATE:
                    return actor
        return None

    def organ_of(self, state: Actor, organ: str, sector: str) -> Actor:
        """The institution `organ` of `state`: the tables' own row where there is one."""
        known = self._knowledge.known(state.id)
        adjective = known.demonyms[0] if known is not None and known.demonyms else state.name
        for name in (f"{adjective} {organ}", f"{state.name}'s {organ.lower()}", f"{state.name} {organ}"):
            named = [n.actor for n in self._knowledge.actors_named(name) if n.actor.kind is not ActorKind.STATE]
            if len(named) == 1:
                return named[0]
        code = state.id.partition(":")[2]
        slug = organ.lower().replace("'", "").replace(" ", "-")
        return Actor(
            f"organ:{code}:{slug}", f"{adjective} {organ}", ActorKind.GOVERNMENT_ORGAN, state.id, state.country, sector
        )

    def press(self, span: Span) -> Answer | None:
        """ "The official news agency IRNA", "the Interfax news agency": the agency or outlet named beside the word for it."""
        text = self._scene.text
        if _PRESS_WORDS.search(span.of(text)) is None:
            return None
        words = self._scene.words(span)
        for size in range(min(4, len(words)), 0, -1):
            for first in range(len(words) - size + 1):
                at = Span(words[first].start, words[first + size - 1].end)
                name = self._knowledge.agency(at.of(text)) if at.of(text)[:1].isupper() else None
                named = (
                    []
                    if name is None
                    else [n.actor for n in self._knowledge.actors_named(name) if n.actor.name == name]
                )
                if len(named) == 1:
                    return one(named[0], at, 0.85, "press-named-with-its-kind")
        return None

    def organisation(self, span: Span) -> Answer | None:
        """An organisation no table has ("The Merle Bay Observer", "Zorrin Works"), under its full name.

        It must be capitalised throughout and two words long, and be marked as one: by the reader's mention, by "The",
        or by a last word that only organisations have.
        """
        text = self._scene.text
        words = [w for w in self._scene.words(span) if w.of(text).casefold() != "the"]
        if len(words) < 2 or len(words) > 8 or "," in span.of(text):
            return None
        strings = [w.of(text) for w in words]
        if not all(s[:1].isupper() or s.casefold() in _SMALL for s in strings) or not strings[-1][:1].isupper():
            return None
        marked = any(
            m.label is MentionLabel.ORGANISATION and m.head.overlaps(span) for m in self._scene.reading.mentions
        )
        definite = span.of(text)[:4] == "The " or text[max(0, span.start - 4) : span.start].casefold() == "the "
        if strings[-1].casefold() not in ORGANISATION_WORDS and not (marked and definite):
            return None
        name = " ".join(strings)
        if self._scene.knowledge.place(name) is not None or self._parser.parse(span).title is not None:
            return None
        actor = Actor(content_id("act", "organisation", key(name)), name, ActorKind.ORGANISATION, provisional=True)
        return one(actor, span, 0.7, "organisation-named-in-text")

    def side(self, span: Span) -> Answer | None:
        """ "The Russian side", "the Ukrainian government": the state itself."""
        words = self._scene.words(span)
        seated = _SEATED.match(self._scene.text, span.start, span.end)
        if seated is not None:
            rest = Span(seated.end(), span.end)
            state = self._state_in(self._scene.words(rest)) or self._tenure.led_by(rest.of(self._scene.text))
            return None if state is None else one(state, span, 0.8, "side-of-a-state")
        if len(words) < 2 or not _SIDE.match(words[-1].of(self._scene.text)):
            return None
        lead = re.match(r"(?:the )?([\w -]+?) of ", span.of(self._scene.text), re.I)
        if lead is not None and self._knowledge.titles.known(lead[1]):
            # "The chairman of Korvath's interim administration": somebody, and not the state.
            return None
        state = self._state_in(words[:-1]) or self._led_by(words[:-1])
        if state is None and _BARE_GOVERNMENT.fullmatch(" ".join(span.of(self._scene.text).split())):
            state = self._sides.home() or self._described.only_state(span)
            return None if state is None else one(state, span, 0.62, "government-of-the-only-state")
        if state is None:
            return None
        if _GOVERNMENT.match(words[-1].of(self._scene.text)) or words[-1].of(self._scene.text).casefold() == "side":
            return one(state, span, 0.85, "side-of-a-state")
        return one(state, span, 0.7, "side-of-a-state")

    def _led_by(self, words: Sequence[Span]) -> Actor | None:
        """ "The Maduro government", "Hale's administration": the state of the person named."""
        names = [w for w in words if w.of(self._scene.text).casefold() != "the"]
        if not names:
            return None
        string = re.sub(r"['’]s?\Z", "", Span(names[0].start, names[-1].end).of(self._scene.text))
        member = self._cast.by_name(string)
        side = None if member is None else self._sides.side_of(member.actor)
        if side is None:
            side = self._tenure.led_by(string)
        return side if side is not None and side.kind is ActorKind.STATE else None

    def described(self, span: Span) -> Answer | None:
        """ "The alliance", "the organisation", "the rebels": the actor of the page that is called so."""
        words = re.sub(r"^(?:The|That|This|Both) ", "the ", " ".join(span.of(self._scene.text).split()))
        named = tuple(n for n in self._knowledge.actors_named(words.casefold(), self._scene.date))
        kind = _NAMED_KIND.fullmatch(" ".join(span.of(self._scene.text).split()))
        armed = () if kind is None else self._knowledge.actors_named(kind["name"], self._scene.date)
        if len(armed) == 1 and armed[0].actor.kind is ActorKind.ARMED_GROUP:
            return one(armed[0].actor, span, 0.82, "group-named-with-its-kind")
        led = self._led(span)
        if led is not None:
            return one(led, span, 0.72, "group-of-its-leader")
        words = words if named else _BASED.sub("", words)
        named = named or tuple(n for n in self._knowledge.actors_named(words.casefold(), self._scene.date))
        if named:
            actor = self._scene.choose(named)
            if actor is not None:
                return one(actor, span, 0.75, "known-description")
            told = key(words).split()
            counted = _BASED.search(" ".join(span.of(self._scene.text).split())) is not None
            certain = len(told) > 1 and (counted or told[0] not in _ANY_KIND)
            if len(named) == 1 and certain and self._at_home(named[0].actor, told):
                return one(named[0].actor, span, 0.62, "only-bearer-of-the-description")
        if words.casefold() in ("the alliance", "the military alliance", "the western alliance"):
            nato = self._scene.the_alliance(span)
            if nato is not None:
                return one(nato, span, 0.6, "the-alliance")
        company = re.fullmatch(
            r"(?:the|that) (?:regional |trade |military |western |international |UN |U\.N\. )?([a-z]+)", words, re.I
        )
        of_noun = None if company is None or self._scene.quoted(span.start) else self._company.called(company[1], span)
        if of_noun is not None and self._kinds.institution(span) is None:
            return one(of_noun, span, 0.6, "the-institution-of-its-company")
        country = self._kinds.state(span)
        if country is not None:
            return one(country[0], span, country[1], "only-country-so-described")
        institution = self._named_before(span, words)
        if institution is not None:
            return one(institution, span, 0.68, "institution-named-before")
        of_kind = self._kinds.institution(span)
        if of_kind is not None:
            return one(of_kind, span, 0.68, "only-institution-of-the-kind-before")
        return None

    def _led(self, span: Span) -> Actor | None:
        """ "The paramilitaries commanded by Arvik Hale", "the rebels of ...": the one armed group that the person leads."""
        text = self._scene.text
        head = re.search(rf"\b(?:{_FIGHTERS})\Z", span.of(text), re.IGNORECASE)
        match = _LED_BY.match(text, span.end) if head is not None else None
        owner = _OF_SOMEBODY.match(text, span.start, span.end)
        day = self._scene.date
        called = "" if owner is None else re.split(r"['’]s? ", owner.group())[0].split()[-1]
        people = self._knowledge.people_by_surname(called, day) if called and day is not None else ()
        led = {g for p in people for g in self._groups_of(p, day or "")} if not self._cast.by_surname(called) else set()
        if len(led) == 1:
            return self._knowledge.actor(led.pop())
        for member in self._cast.members if day is not None else ():
            behind = match is not None and any(0 <= s.start - match.end() <= _NAME for s in member.at)
            before = owner is not None and any(span.start <= s.start and s.end <= owner.end() for s in member.at)
            if not behind and not before:
                continue
            found = self._groups_of(member.actor, day or "")
            return self._knowledge.actor(found[0]) if len(found) == 1 else None
        return None

    def _groups_of(self, person: Actor, day: str) -> list[str]:
        """The ids of the armed groups in which the person holds an office on that day."""
        groups = sorted({t.of for t in self._knowledge.offices_of(person.id, day)})
        return [g for g in groups if (a := self._knowledge.actor(g)) is not None and a.kind is ActorKind.ARMED_GROUP]

    def _at_home(self, actor: Actor, told: Sequence[str]) -> bool:
        """False for an armed group on a page that names states and places, none of which is of its country."""
        if actor.kind is not ActorKind.ARMED_GROUP:
            return True
        state = self._knowledge.known(f"state:{actor.country}")
        if state is not None and any(key(d) in told for d in state.demonyms):
            return True
        states = self._scene.states_in(Span(0, len(self._scene.text)))
        return not states or any(s.country == actor.country for s in states)

    def _named_before(self, span: Span, words: str) -> Actor | None:
        """ "The ministry": the one organ named before whose name ends like that."""
        match = re.fullmatch(r"the (\w+)", words)
        if match is None or match[1].casefold() not in _INSTITUTIONS:
            return None
        found: dict[str, Actor] = {}
        for sighting in self._scene.sightings:
            for named in sighting.named if sighting.span.start < span.start else ():
                if named.actor.name.casefold().endswith(match[1].casefold()):
                    found[named.actor.id] = named.actor
        return next(iter(found.values())) if len(found) == 1 else None

    def unnamed(self, span: Span) -> Answer | None:
        """A group or somebody without a name: kept under the page's words, never merged with another page's."""
        text = self._scene.text
        words = " ".join(span.of(text).split())
        agent = self._knowledge.agents.found_in(words, head_only=True)
        if agent is None and not _LOWER_GROUPS.search(_head(words)) and not self._has_trade(span, words):
            return None
        if self._definite_institution(words):
            return None
        if agent is not None and agent[1] in ("UNK", "JNK") and not _LOWER_GROUPS.search(_head(words)):
            return None
        name = re.sub(r"^(?:the|an?) ", "", _PARTICIPLE.split(words)[0], flags=re.I)
        owner = self._state_in(self._scene.words(span)) or self._owner_in(span)
        actor = Actor(
            content_id("act", "unnamed", name.casefold(), self._scene.context),
            name,
            ActorKind.UNNAMED_GROUP,
            None if owner is None else owner.id,
            None if owner is None else owner.country,
            None if agent is None else agent[1],
            provisional=True,
        )
        return one(actor, span, 0.7, "unnamed-group")

    def _has_trade(self, span: Span, words: str) -> bool:
        """True for somebody with a trade but no office ("the ferry's captain"); "the captain" alone is somebody certain."""
        title = self._parser.parse(span).title
        if title is None or len(words.split()) < 2 or re.fullmatch(r"the \w+", words, re.I):
            return False
        string = title.of(self._scene.text)
        return string.casefold() != "counterpart" and self._knowledge.titles.post(string, None) == ""

    def _definite_institution(self, words: str) -> bool:
        """True for "the foreign ministry", "the alliance": one certain institution, which is known or it is not."""
        if not re.match(r"the\b", words, re.I):
            return False
        head = words.rsplit(maxsplit=1)[-1].casefold()
        return self._knowledge.organs.organ(words) is not None or head in _KIND_WORDS or head in _INSTITUTIONS

    def _owner_in(self, span: Span) -> Actor | None:
        for sighting in self._scene.names_in(span):
            actor = self._scene.choose(sighting.named)
            if actor is not None and actor.kind is not ActorKind.PERSON:
                return actor
        return None

    def inside(self, span: Span) -> Answer | None:
        """The known actor a longer phrase ends with ("the cautious Northern Compact"), or the person it begins with."""
        for member in self._cast.members:
            for at in member.at:
                if at.start == span.start and self._scene.text[at.end : at.end + 1] == ",":
                    return one(member.actor, at, 0.7, "person-at-the-start")
                if at.end == span.end and self._scene.text[max(0, at.start - 2) : at.start] == ", ":
                    return one(member.actor, at, 0.65, "person-in-apposition")
        for sighting in self._scene.names_in(span):
            actor = self._scene.choose(sighting.named)
            opens = not re.sub(r"^the ", "", self._scene.text[span.start : sighting.span.start], flags=re.I)
            if actor is not None and opens and _APPOSED.match(self._scene.text, sighting.span.end, span.end):
                return one(actor, sighting.span, 0.8, "name-before-an-apposition")
            before = self._scene.text[span.start : sighting.span.start].split()
            clear = all(w.islower() and w not in _LINKS and not w.endswith(("'s", "’s")) for w in before)
            if actor is not None and sighting.span.end == span.end and clear and len(before) <= 3:
                form = next(n.form for n in sighting.named if n.actor.id == actor.id)
                if form is not NameForm.DESCRIPTION:
                    return one(actor, sighting.span, 0.65, "name-at-the-end")
        return None
