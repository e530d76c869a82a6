"""Whom a phrase refers to: the rules in the order in which they are asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from onrecord.knowledge import Named, NameForm
from onrecord.knowledge.keys import sound
from onrecord.model import Actor, ActorKind, Span, trimmed
from onrecord.resolution.answers import Answer, nobody, one
from onrecord.resolution.bearers import Bearers
from onrecord.resolution.bodies import Bodies
from onrecord.resolution.cast import Cast
from onrecord.resolution.casting import Member
from onrecord.resolution.company import Company
from onrecord.resolution.described import Described
from onrecord.resolution.discourse import PRONOUNS, Discourse
from onrecord.resolution.envoys import Envoys
from onrecord.resolution.groups import Groups
from onrecord.resolution.holders import Holders
from onrecord.resolution.phrases import Phrase, PhraseParser
from onrecord.resolution.scene import Scene, Sighting
from onrecord.resolution.sides import Sides
from onrecord.resolution.tenure import Tenure

_AND = re.compile(r"\s+and\s+|\s*&\s*|,\s+and\s+")
_EDGE = re.compile(r"[\s\"'“”‘’«»(),;:–—-]+")
_WESTERN = re.compile(
    r"(?:the )?(?:west|western (?:countries|powers|states|nations|governments|capitals|leaders|allies))\Z|western\Z",
    re.I,
)
_OWN_SIDE = re.compile(
    r"(his|her|their|its) (?:own )?(?:government|country|nation|side|administration|homeland|capital)\Z", re.I
)

#: "The former Korvathi president, [Sana Volkar], ...": whose name follows his title.
_APPOSED = re.compile(r",\s+(?=[A-ZÀ-Þ])")
#: Who holds an office for a while is called so: not whoever is known to have held it ("the interim leader").
_ACTING = re.compile(r"(?:the |its |their )?(?:acting|interim|caretaker|transitional|provisional)\b", re.IGNORECASE)
_ACTS = re.compile(r"\b(?:acting|interim|caretaker|transitional|provisional)\b[^.,;]*\Z", re.IGNORECASE)
#: A capital before a title that nobody is known by: it is an office of a people or party of its own ("the Basque leader").
_NAMES = re.compile(r"(?<=[a-z] )[A-ZÀ-Þ]")
_UNKNOWN_ACTING = "who-acts-is-not-known"
#: After these a title says what somebody is and means nobody.
_PREDICATE = re.compile(r"\b(?:be|is|was|were|been|become|becomes|became|remain\w*)\s+\Z")
#: Posts of which a state has one holder, whom "the president" means where no other state is spoken of.
_STATE_POSTS = frozenset(
    [
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "defence_minister",
        "leader",
        "supreme_leader",
        "military_head",
        "army_chief",
        "opposition_leader",
        "interior_minister",
        "finance_minister",
        "security_adviser",
        "central_bank_governor",
        "intelligence_head",
    ]
)
#: States of several: while they lasted their capital spoke for them before it did for the one around it.
_UNIONS = frozenset({"state:SUN", "state:YUG", "state:CSK", "state:SCG"})
_OWN_WORDS = re.compile(r"(?P<whose>his|her|their)(?:\s+own)?\s+words\Z", re.I)
_COUNTED = re.compile(r"(?:the\s+)?(?:\d+|[a-z]+)-(?:member|nation|country|state|strong)\s+", re.I)
_OWNED = re.compile(
    r"(?:the\s+)?(?P<owner>[^'’,]+)['’]s?\s+(?P<name>[A-ZÀ-ÖØ-Þ][\w'’.-]*(?:\s+[\w'’.-]+){0,4})\Z", re.I
)


class Who:
    """The rules for one document."""

    def __init__(self, scene: Scene, parser: PhraseParser, cast: Cast, discourse: Discourse, sides: Sides) -> None:
        self.text = scene.text
        self._sides = sides
        self._described = Described(scene, parser, cast, discourse, sides)
        self._tenure = Tenure(scene, cast, sides)
        self._holders = Holders(scene, cast, self._tenure)
        self._groups = Groups(scene, parser, cast, discourse, sides, self._described, self._tenure)
        self._scene = scene
        self._parser = parser
        self._cast = cast
        self._company = Company(scene)
        self._envoys = Envoys(scene)
        self._bearers = Bearers(scene, self._envoys)
        self._bodies = Bodies(scene, parser)
        self._discourse = discourse
        self._knowledge = scene.knowledge

    def is_meant(self, span: Span, enclosing: Sequence[Actor] = ()) -> Answer:
        """Whom the phrase at `span` refers to; `enclosing` are the speakers of the saying whose content holds it.

        In order: a pronoun, "the two sides", a name as a whole, a joint phrase, a person with or without a title, an
        institution, a description, an unnamed group, and at last a single known name inside the phrase.
        """
        span = self._bare(span)
        if not len(span):
            return nobody("no-words")
        words = " ".join(span.of(self._scene.text).split())
        if words.casefold() in PRONOUNS:
            return self._discourse.pronoun(span, enclosing)
        whose = _OWN_WORDS.match(self.text, span.start, span.end)
        if whose is not None:
            return self._discourse.pronoun(Span(*whose.span("whose")), enclosing)
        if _WESTERN.match(words):
            return one(Actor("group:WEST", "Western countries", ActorKind.UNNAMED_GROUP), span, 0.8, "the-west")
        pair = self._discourse.pair(span) or self._of_antecedent(span) or self._of_owner(span)
        if pair is not None:
            return pair
        whole = self._named_whole(span)
        if whole is not None:
            return whole
        member = self._cast.by_name(words) if " " in words and self._knowledge.people(words) else None
        if member is not None:
            return self._member(member, span)
        return (
            self._described.opposite(span)
            or self._bodies.of_several(span)
            or self._joint(span)
            or self._person_of_a_side(span)
            or self._counted(span)
            or self._single(span)
        )

    def _counted(self, span: Span) -> Answer | None:
        """ "The 28-member European Union", "the 15-nation bloc": what stands after the number."""
        match = _COUNTED.match(self.text, span.start, span.end)
        return None if match is None else self._named_whole(Span(match.end(), span.end))

    def _person_of_a_side(self, span: Span) -> Answer | None:
        """ "Germany's Angela Merkel", "France's Macron": the person, when the owner is a state or an organisation."""
        match = _OWNED.match(self.text, span.start, span.end)
        if match is None:
            return None
        member = self._cast.by_name(match["name"])
        if member is None or self._parser.institution(Span(*match.span("owner"))) is None:
            return None
        return one(member.actor, span, min(member.score, 0.9), "person-of-a-side")

    def bearer_but(self, span: Span, others: Collection[str]) -> Answer | None:
        """Whom a title without a name means when it cannot mean `others` (ids of actors and of their sides)."""
        phrase = self._parser.parse(self._bare(span))
        if phrase.title is None or phrase.name is not None or self._names_group(phrase):
            return None
        title = phrase.title.of(self.text)
        for member in self._cast.with_title(title, phrase.of, span.start):
            side = self._sides.side_of(member.actor)
            if member.actor.id in others or (side is not None and side.id in others):
                continue
            if any(s.start < span.start for s in member.at):
                return one(member.actor, span, 0.62, "other-bearer-of-the-title")
        return None

    def _of_antecedent(self, span: Span) -> Answer | None:
        """ "The mission, [whose monitors] reported": the actor right before the relative pronoun."""
        if not re.match(r"whose\b", span.of(self.text), re.I):
            return None
        for sighting in reversed(self._scene.sightings):
            if sighting.span.end <= span.start and not self.text[sighting.span.end : span.start].strip(" ,\n"):
                actor = self._scene.choose(sighting.named)
                if actor is not None:
                    return one(actor, sighting.span, 0.75, "antecedent-of-whose")
        return nobody("whose-antecedent-not-known")

    def _of_owner(self, span: Span) -> Answer | None:
        """ "His government", "her country": the side of whom the possessive refers to."""
        match = _OWN_SIDE.match(" ".join(span.of(self.text).split()))
        if match is None:
            return None
        owner = self._owner(Span(span.start, span.start + len(match[1])))
        if owner is None or owner.kind in (ActorKind.PERSON, ActorKind.UNNAMED_GROUP):
            return nobody("whose-side-is-not-known")
        return one(owner, span, 0.72, "side-of-the-owner")

    def _bare(self, span: Span) -> Span:
        text = self._scene.text
        span = trimmed(text, span)
        start, end = span.start, span.end
        lead = _EDGE.match(text, start, end)
        if lead is not None:
            start = lead.end()
        bracket = text.find(" (", start, end)
        if bracket > start:
            end = bracket
        while end > start and _EDGE.fullmatch(text[end - 1]):
            end -= 1
        return Span(start, max(start, end))

    def _named_whole(self, span: Span) -> Answer | None:
        """The words as a whole name a known actor."""
        half = self._scene.half_of_korea(span)
        if half is not None:
            return one(half, span, 0.8, "half-of-a-country")
        named = self._knowledge.actors_named(span.of(self._scene.text), self._scene.date)
        others = tuple(n for n in named if n.actor.kind is not ActorKind.PERSON)
        if not others:
            return None
        press = (ActorKind.AGENCY, ActorKind.OUTLET)
        others = tuple(n for n in others if n.actor.kind not in press) or others
        if all(n.actor.kind in press for n in others) and self._lacks_article(span, others[0].actor):
            return None
        actor = self._scene.choose(others)
        if actor is None and all(n.form is not NameForm.DESCRIPTION for n in others):
            actor = self._spoken_for_here(others) or self._in_company(others, span)
        if actor is None:
            return nobody("ambiguous-name") if any(n.form is not NameForm.DESCRIPTION for n in others) else None
        form = next(n.form for n in others if n.actor.id == actor.id)
        if form is NameForm.DEMONYM:
            person = self._described.of_a_nation(span, actor)
            if person is not None:
                return person
        if actor.kind is ActorKind.STATE and self._labels(span):
            return nobody("place-before-a-colon")
        if form in (NameForm.CAPITAL, NameForm.METONYM) and self._scene.names_place(Sighting(span, others)):
            return nobody("names-a-place")
        member = self._cast.by_name(span.of(self._scene.text))
        if member is not None and form in (NameForm.CAPITAL, NameForm.METONYM, NameForm.DEMONYM):
            return self._member(member, span)
        score = {NameForm.NAME: 0.97, NameForm.CAPITAL: 0.9, NameForm.METONYM: 0.85, NameForm.DEMONYM: 0.9}.get(
            form, 0.75
        )
        return one(actor, span, score, f"known-{form.value}")

    def _in_company(self, named: tuple[Named, ...], span: Span) -> Actor | None:
        """ "Brussels" that stands beside tariffs or beside bombers; nobody where the words may be the city alone."""
        if self._scene.names_place(Sighting(span, named)):
            return None
        found = self._company.chosen((n.actor.id for n in named), span)
        unions = [n.actor for n in named if n.actor.id in _UNIONS]
        return found or (unions[0] if len(unions) == 1 and len(named) <= len(_UNIONS) else None)

    def _spoken_for_here(self, named: tuple[Named, ...]) -> Actor | None:
        """Of several actors of one name ("Brussels") the only one for whom somebody named on the page speaks."""
        sides = {side.id for m in self._cast.members if (side := self._sides.side_of(m.actor)) is not None}
        found = [n.actor for n in named if n.actor.id in sides]
        return found[0] if len(found) == 1 else None

    def _labels(self, span: Span) -> bool:
        """True for "Senn: President Drozh said ...", where a place and a colon stand before a sentence with its own speaker."""
        if self.text[span.end : span.end + 1] != ":" or self.text[: span.start].rstrip(" ").endswith((",", ".", ";")):
            return False
        index = self._scene.sentence_at(span.start)
        if index is None or self._scene.sentences[index].span.start != span.start:
            return False
        near = Span(span.end, min(span.end + 60, len(self.text)))
        return any(
            near.contains(at) and self.text[at.end : at.end + 1] not in ("'", "’")
            for m in self._cast.members
            for at in m.at
        )

    def _lacks_article(self, span: Span, outlet: Actor) -> bool:
        """True for one word without the article that an outlet's name has ("Sun" is not "The Sun")."""
        words = span.of(self.text)
        return " " not in words and outlet.name == f"The {words}"

    def _joint(self, span: Span) -> Answer | None:
        """Two phrases joined by "and", each of which is resolved on its own to actors of like kind."""
        text = self._scene.text
        for joint in _AND.finditer(text, span.start, span.end):
            left, right = self._bare(Span(span.start, joint.start())), self._bare(Span(joint.end(), span.end))
            if not len(left) or not len(right):
                continue
            one_side, other = self._part(left) or self._listed(left), self._part(right)
            if one_side is not None and other is not None:
                actors = {a.id: (a, s) for a, s in (*one_side.actors, *other.actors)}
                return Answer(tuple(actors.values()), min(one_side.score, other.score), "joint-speakers")
        return None

    def _listed(self, span: Span) -> Answer | None:
        """ "Valdoria, Korvath": every part between commas resolved on its own."""
        cuts = [m.start() for m in re.finditer(",", span.of(self.text))]
        starts = [span.start, *(span.start + c + 1 for c in cuts)]
        parts = [
            self._part(self._bare(Span(a, b)))
            for a, b in zip(starts, [*(s - 1 for s in starts[1:]), span.end], strict=True)
        ]
        found = [p for p in parts if p is not None]
        if not cuts or len(found) != len(parts):
            return None
        return Answer(tuple(a for p in found for a in p.actors), min(p.score for p in found), "joint-speakers")

    def _part(self, span: Span) -> Answer | None:
        if " and " in span.of(self._scene.text):
            inner = self._joint(span)
            if inner is not None:
                return inner
        answer = self._named_whole(span) or self._person_or_office(self._parser.parse(span), span)
        if answer is None and re.match(r"(?:other|its|his|her|their)\b", span.of(self.text), re.I):
            answer = self._groups.unnamed(span)
        if answer is None or not answer.sure or (answer.rule.startswith("office") and len(answer.actors) != 1):
            return None
        return answer

    def _single(self, span: Span) -> Answer:
        body = self._envoys.meant(span) or self._bodies.holder(span)
        if body is not None and (body.actors or self._cast.people_in(span) == set()):
            return body
        phrase = self._parser.parse(span)
        answer = self._person_or_office(phrase, span)
        if answer is not None and (answer.actors or answer.rule == _UNKNOWN_ACTING):
            return answer
        rules = (
            self._groups.organ,
            self._groups.side,
            self._groups.described,
            self._described.only_person,
            self._groups.press,
            self._groups.organisation,
            self._groups.unnamed,
            self._groups.inside,
        )
        for rule in rules:
            found = rule(phrase.span)
            if found is not None:
                return found
        return answer if answer is not None else nobody("not-known")

    # People and offices

    def _person_or_office(self, phrase: Phrase, span: Span) -> Answer | None:
        if phrase.name is not None:
            member = self._cast.by_name(phrase.name.of(self._scene.text))
            heir = None if member is None or phrase.former else self._bearers.heir(member.actor, member.at, phrase.name)
            if heir is not None:
                return heir
            if member is not None:
                return self._member(member, phrase.name if phrase.title is None else span, phrase)
            several = self._cast.by_surname(phrase.name.of(self._scene.text))
            if len(several) > 1:
                return self._of_several(several, phrase)
            if phrase.title is None:
                return None
        if phrase.title is None:
            return None
        beside = self._named_beside(phrase)
        if beside is not None:
            return one(beside.actor, span, min(beside.score, 0.9), "name-beside-the-title", beside.note)
        if self._names_group(phrase):
            return None
        answer = self._office(phrase)
        if phrase.name is not None and answer.sure and not self._called(answer, phrase.name.of(self._scene.text)):
            return nobody("holder-of-another-name")
        return answer

    def _named_beside(self, phrase: Phrase) -> Member | None:
        """ "The former Korvathi president, Sana Volkar,": who is named right behind a title and its comma."""
        match = _APPOSED.match(self.text, phrase.span.end) if phrase.name is None else None
        if match is None or self.text[phrase.span.end : match.end()].count("\n"):
            return None
        words = list(self._scene.words(Span(match.end(), min(match.end() + 60, len(self.text)))))
        name = self._parser.name_from(words, 0)
        if name is None or name.start != match.end() or len(name.of(self.text).split()) < 2:
            return None
        if re.match(r",?\s+(?:and|or)\b|,\s+[A-ZÀ-Þ]|['’]s?\b", self.text[name.end :][:12]):
            return None
        return self._cast.by_name(name.of(self.text))

    def _called(self, answer: Answer, name: str) -> bool:
        """True when one of the names of everybody found has a word of `name`: "President Volkar" is no one called Drozh."""
        words = set(sound(name).split())

        def names(actor: Actor) -> set[str]:
            known = self._knowledge.known(actor.id)
            return {w for n in (actor.name, *(known.names if known else ())) for w in sound(n).split()}

        return all(words & names(actor) for actor, _ in answer.actors)

    def _names_group(self, phrase: Phrase) -> bool:
        """True for an indefinite phrase ("a senior diplomat", "diplomats"): nobody in particular."""
        string = phrase.span.of(self._scene.text)
        return (
            re.match(r"(?:an?|one|some|several|two|three|many|most|senior|another|unnamed)\b", string, re.I) is not None
        )

    def _member(self, member: Member, span: Span, phrase: Phrase | None = None) -> Answer:
        note = member.note if phrase is not None and phrase.title is not None else None
        return one(member.actor, span, member.score, member.rule, note)

    def _of_several(self, members: list[Member], phrase: Phrase) -> Answer:
        if phrase.title is not None:
            titled = self._cast.with_title(phrase.title.of(self._scene.text), phrase.of, phrase.span.start)
            both = [m for m in members if m in titled]
            if len(both) == 1:
                return one(both[0].actor, phrase.span, 0.85, "family-name-and-title")
        return nobody("family-name-of-several")

    def _office(self, phrase: Phrase) -> Answer:
        """The holder of an office: first among the people of the page, then in the tables on the page's date."""
        assert phrase.title is not None
        title = phrase.title.of(self._scene.text)
        if phrase.former:
            once = self._described.once(phrase)
            return once if once.actors else self._tenure.former(phrase) or once
        of = phrase.of
        if of is None:
            owned, of = self._tenure.owner(phrase)
            if owned:
                return (
                    nobody("whose-office-is-not-known") if of is None else self._holders.on_the_day(title, of, phrase)
                )
        if title.casefold() == "counterpart":
            return self._described.counterpart(phrase, of)
        if of is None and phrase.owner is not None:
            owner = self._owner(phrase.owner)
            if owner is None:
                return nobody("whose-office-is-not-known")
            of = owner
        seat = self._described.head_of_a_seat(phrase)
        if seat is not None:
            return self._holders.on_the_day(*seat, phrase)
        members = self._cast.with_title(title, of, phrase.span.start)
        if of is None:
            return self._office_nearby(phrase, members)
        if len(members) == 1:
            return one(members[0].actor, phrase.span, 0.92, "title-in-text")
        if len(members) > 1:
            return self._current(members, title, of, phrase)
        return self._holders.on_the_day(title, of, phrase)

    def _owner(self, pronoun: Span) -> Actor | None:
        answer = self._discourse.pronoun(pronoun)
        if not answer.sure or len(answer.actors) != 1:
            return None
        actor = answer.actors[0][0]
        if actor.kind is not ActorKind.PERSON and any(t.of == actor.id for t in self._knowledge.offices()):
            return actor
        return self._sides.side_of(actor) or actor

    def _office_nearby(self, phrase: Phrase, members: list[Member]) -> Answer:
        """A bare title ("the minister"): the nearest person before it who has it; the title must not fit two as near."""
        string = phrase.span.of(self._scene.text)
        if not re.match(r"(?:the|that|this)\b", string, re.I) and string[:1].islower():
            return nobody("title-of-nobody-in-particular")
        lead = phrase.span if phrase.title is None else Span(phrase.span.start, phrase.title.start)
        if _ACTING.match(lead.of(self.text)):
            members = [m for m in members if self._acts(m)]
            if not members:
                return nobody(_UNKNOWN_ACTING)
        before = [m for m in members if any(s.start < phrase.span.start for s in m.at)]
        if _PREDICATE.search(self.text, max(0, phrase.span.start - 12), phrase.span.start):
            return nobody("title-as-predicate")
        if len(before) > 1 and self._beside(before[0], before[1], phrase.span.start):
            spoke = {a.id for a in self._discourse.last_speakers(phrase.span)}
            speaking = [m for m in before[:2] if m.actor.id in spoke]
            if len(speaking) != 1:
                return nobody("title-of-two-named-together")
            before = speaking
        if len(members) == 1:
            return one(members[0].actor, phrase.span, 0.82, "only-bearer-of-the-title-in-text")
        if before:
            return one(before[0].actor, phrase.span, 0.64, "nearest-bearer-of-the-title")
        if phrase.title is None or members or _NAMES.search(lead.of(self.text)):
            return nobody("title-without-bearer")
        title = phrase.title.of(self._scene.text)
        crowned = self._described.of_its_own_title(title, phrase) if not self._scene.quoted(phrase.span.start) else None
        if crowned is not None:
            return crowned
        complement = self.text[phrase.span.end : phrase.span.end + 5].startswith((" of ", " for "))
        of = (None if complement else self._described.where_the_title_is_used(title)) or self._sides.home()
        if of is not None:
            return self._holders.on_the_day(title, of, phrase).scaled(0.8)
        person = self._described.only_person(phrase.span)
        if person is not None:
            return person
        of = self._described.only_state(phrase.span)
        if of is not None and self._knowledge.titles.post(title, of) in _STATE_POSTS:
            return self._holders.on_the_day(title, of, phrase).scaled(0.68)
        return nobody("title-without-bearer")

    def _acts(self, member: Member) -> bool:
        """True for somebody whom the page calls acting or interim beside the name."""
        return any(_ACTS.search(self.text, max(0, s.start - 40), s.start) is not None for s in member.at)

    def _beside(self, first: Member, second: Member, before: int) -> bool:
        """True when the last sentence before `before` that names either of two people names both."""
        at = [max((s.start for s in m.at if s.start < before), default=-1) for m in (first, second)]
        return self._scene.sentence_at(at[0]) == self._scene.sentence_at(at[1]) is not None

    def _current(self, members: list[Member], title: str, of: Actor, phrase: Phrase) -> Answer:
        days = self._scene.days
        if days is not None:
            holders = self._knowledge.holders_between(title, of.id, *days)
            now = [m for m in members if any(h.id == m.actor.id for h in holders)]
            if len(now) == 1:
                return one(now[0].actor, phrase.span, 0.88, "title-in-text-and-on-date")
        return one(members[0].actor, phrase.span, 0.6, "nearest-bearer-of-the-title")
