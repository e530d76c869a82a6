"""Finding the people of one document: who is named in full, with which title, and who by a family name alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from onrecord.knowledge import Knowledge, NameForm
from onrecord.knowledge.actors import surnames
from onrecord.knowledge.keys import sound, surface
from onrecord.model import Actor, ActorKind, MentionForm, MentionLabel, Office, Span, content_id
from onrecord.resolution.bearers import Bearers
from onrecord.resolution.envoys import Envoys
from onrecord.resolution.lexicon import COMMON_NAMES, NOT_FIRST, ORGANISATION_WORDS
from onrecord.resolution.phrases import GENDER_WORDS, Phrase, PhraseParser
from onrecord.resolution.scene import Scene

#: Given names this much alike (0 to 100) are one name in two transliterations, when the family name is the same.
_SPELT_ALIKE = 78.0
_CROWNS = frozenset({"king", "queen", "emir", "sultan", "emperor", "empress", "prince", "monarch"})
#: How long a family name is that tells a leader without any other sign of the state.
_TELLING = 5
_INITIAL = re.compile(r"[A-Z]\.?\Z")
#: Behind these stands a place, and behind an article no name.
_LOCATED = re.compile(r"\b(?:in|at|near|outside|inside)\s+(?:the\s+)?\Z")
_ARTICLE = re.compile(r"\ban?\s+\Z", re.IGNORECASE)
_MISTERS = frozenset(
    {"frau", "herr", "monsieur", "madame", "signor", "signora", "señor", "señora", "senhor", "mme", "m"}
)

#: The states in whose names the family name stands first (ISO 3166 alpha-3).
FAMILY_FIRST = frozenset({"CHN", "HKG", "KHM", "KOR", "PRK", "TWN", "VNM"})


@dataclass(slots=True)
class Member:
    """A person of the document while it is being read: what is known by now, and where the person is named."""

    actor: Actor
    score: float
    rule: str
    names: set[str] = field(default_factory=set)
    titles: list[tuple[str, Actor | None]] = field(default_factory=list)
    at: list[Span] = field(default_factory=list)
    note: str | None = None


class Casting:
    """Who is named in one scene: every name is entered before any phrase is resolved, full names before family names."""

    def __init__(self, scene: Scene, parser: PhraseParser, sources: Iterable[Span]) -> None:
        self._scene = scene
        self._parser = parser
        self._bearers = Bearers(scene, Envoys(scene))
        self.members: list[Member] = []
        phrases = [self._without_place(p) for p in self._phrases(sources) if p.name is not None]
        for phrase in sorted(phrases, key=lambda p: (p.span.start, -p.span.end)):
            if phrase.name is not None and len(surface(phrase.name.of(scene.text)).split()) > 1:
                self._enter(phrase, phrase.name)
        for phrase in sorted(phrases, key=lambda p: (p.span.start, -p.span.end)):
            if phrase.name is not None and len(surface(phrase.name.of(scene.text)).split()) == 1:
                self._enter_surname(phrase, phrase.name)

    def _without_place(self, phrase: Phrase) -> Phrase:
        """ "In [Antal Hale] sat ...": the family name alone when the word before it is a place that a preposition leads."""
        assert phrase.name is not None
        words, text = self._scene.words(phrase.name), self._scene.text
        if len(words) != 2 or phrase.title is not None or self._people(phrase.name.of(text)):
            return phrase
        led = re.search(r"\b(?:in|at|from|near)\s+\Z", text[max(0, phrase.name.start - 6) : phrase.name.start], re.I)
        if led is None or self._scene.knowledge.place(words[0].of(text)) is None:
            return phrase
        return Phrase(words[1], words[1])

    def _phrases(self, sources: Iterable[Span]) -> Iterable[Phrase]:
        scene = self._scene
        for mention in scene.reading.mentions:
            if scene.text[max(0, mention.head.start - 4) : mention.head.start].casefold() == "the ":
                continue
            if mention.form is MentionForm.NAME and mention.label is MentionLabel.PERSON:
                yield self._fullest(mention.span, mention.head)
        for source in sources:
            phrase = self._parser.parse(source)
            if phrase.title is None and source.of(scene.text)[:4].casefold() == "the ":
                continue
            if phrase.name is not None and not self._known_otherwise(phrase.name):
                yield self._fullest(phrase.span, phrase.name)
        for name in self._known_people():
            yield self._parser.around(name)
        yield from self._titled()

    def _fullest(self, span: Span, head: Span) -> Phrase:
        inner = self._parser.parse(span)
        if inner.title is not None and inner.name is not None:
            return inner
        words = self._scene.words(head)
        name = self._parser.name_from(list(words), 0) if words else None
        return self._parser.around(name or head)

    def _known_otherwise(self, name: Span) -> bool:
        """True when the name is that of a state, an organisation or another actor that is no person."""
        named = self._scene.knowledge.actors_named(name.of(self._scene.text), self._scene.date)
        return bool(named) and all(n.actor.kind is not ActorKind.PERSON for n in named)

    def _titled(self) -> Iterable[Phrase]:
        """Names of two words and more that follow a title in the text, whether or not a mention marks them."""
        scene = self._scene
        for sentence in scene.sentences:
            words = list(scene.words(sentence.span))
            index = 0
            while index < len(words):
                name = self._parser.name_from(words, index)
                if name is None:
                    break
                index = next(i for i, w in enumerate(words) if w.end >= name.end) + 1
                name = self._after_title(name)
                if len(surface(name.of(scene.text)).split()) < 2 or self._known_otherwise(name):
                    continue
                phrase = self._parser.around(name)
                if phrase.title is not None:
                    yield phrase

    def _after_title(self, run: Span) -> Span:
        """The part of a capitalised run that follows the last title in it ("Russian Foreign Minister [Sergei Lavrov]")."""
        phrase = self._parser.parse(run)
        return phrase.name if phrase.title is not None and phrase.name is not None else run

    def _known_people(self) -> Iterable[Span]:
        for sighting in self._scene.sightings:
            people = [n for n in sighting.named if n.actor.kind is ActorKind.PERSON]
            if people and len(people) == len(sighting.named) and " " in sighting.span.of(self._scene.text):
                yield sighting.span

    def _enter(self, phrase: Phrase, name: Span) -> None:
        string = " ".join(surface(name.of(self._scene.text)).split())
        member = self._same(string)
        if member is None:
            if not self._plausible(phrase, string):
                return
            member = self._new(phrase, string)
            self.members.append(member)
        self._learn(member, phrase, string)

    def _plausible(self, phrase: Phrase, string: str) -> bool:
        """True for a name that a person can have: known, or of two to five words none of which is a place or an actor."""
        knowledge = self._scene.knowledge
        if self._people(string):
            return True
        tokens = string.split()
        if knowledge.organs.ends_with_organ(tokens[-1]) or knowledge.agents.sector(tokens[-1]) is not None:
            return False
        if tokens[-1].casefold() in ORGANISATION_WORDS:
            return False
        if tokens[0].casefold() in NOT_FIRST or self._of_a_side(tokens[0]) or self._organised(tokens[-1]):
            return False
        if phrase.name is not None and self._led_as_place(phrase):
            return False
        if phrase.title is not None:
            return True
        return (
            2 <= len(string.split()) <= 5
            and not any(c.isdigit() for c in string)
            and self._scene.knowledge.place(string) is None
        )

    def _led_as_place(self, phrase: Phrase) -> bool:
        """True for "in [North Merle], the secretary-general": a name no table has, behind a preposition of place."""
        assert phrase.name is not None
        titled = phrase.title is not None and phrase.title.start < phrase.name.start
        return (
            not titled
            and _LOCATED.search(self._scene.text, max(0, phrase.name.start - 16), phrase.name.start) is not None
        )

    def _of_a_side(self, token: str) -> bool:
        """True for a demonym or the name of an organisation: no person's name begins with one ("Mark Cuban" ends with one)."""
        named = self._scene.knowledge.actors_named(token)
        return any(n.form is NameForm.DEMONYM for n in named) or self._organised(token)

    def _organised(self, token: str) -> bool:
        named = self._scene.knowledge.actors_named(token)
        return any(n.form is NameForm.NAME and n.actor.kind in (ActorKind.ORGANISATION, ActorKind.FORUM) for n in named)

    def _people(self, string: str) -> tuple[Actor, ...]:
        """The known persons of this full name, middle initials and foreign words for "Mr" left out where it has them.

        Else those in office on the page's day who have this family name and a given name that is nearly the same: another
        transliteration ("Aleksandr", "Alexander").
        """
        knowledge, tokens = self._scene.knowledge, string.split()
        found = knowledge.people(string)
        if found or len(tokens) < 2:
            return found
        if tokens[0].casefold().rstrip(".") in _MISTERS and len(tokens) > 2:
            return knowledge.people(" ".join(tokens[1:]))
        plain = [tokens[0], *(t for t in tokens[1:-1] if not _INITIAL.match(t)), tokens[-1]]
        if len(plain) < len(tokens):
            return knowledge.people(" ".join(plain))
        return self._spelt_alike(tokens)

    def _spelt_alike(self, tokens: list[str]) -> tuple[Actor, ...]:
        date, first = self._scene.date, sound(tokens[0])
        if date is None:
            return ()
        called = self._scene.knowledge.people_by_surname(tokens[-1], date)
        return tuple(a for a in called if fuzz.ratio(first, sound(a.name.split()[0])) >= _SPELT_ALIKE)

    def _same(self, string: str) -> Member | None:
        for member in self.members:
            if sound(string) in member.names:
                return member
        known = self._people(string)
        for member in self.members:
            if any(member.actor.id == k.id for k in known) and not member.actor.provisional:
                return member
        first, last = string.split(maxsplit=1)[0], string.rsplit(maxsplit=1)[-1]
        for member in self.members:
            for name in sorted(member.names):
                parts = name.split()
                if parts[-1] == sound(last) and parts[0] == sound(first):
                    return member
        return None

    def _enter_surname(self, phrase: Phrase, name: Span) -> None:
        string = name.of(self._scene.text)
        if self._by_surname(string) or self._known_otherwise(name) or self._tells_a_nation(name):
            return
        knowledge = self._scene.knowledge
        called = knowledge.people_by_surname(string, self._scene.date)
        candidates = [a for a in called if self._scene.speaks_of(a) or self._spoken_for(a)]
        if phrase.former and phrase.title is not None:
            candidates = self._bearers.once(string, phrase) or candidates
        if not candidates and phrase.title is not None and phrase.of is not None:
            candidates = [a for a in called if self._bearers.in_organ_of(a, phrase.of)]
        if not candidates and self._scene.date is not None and phrase.title is not None:
            # "Chancellor Merkel": the title says enough.
            candidates = [
                a
                for a in called
                if (term := self._fitting_term(a, phrase)) is not None
                and (self._bearers.leads(a, self._scene.date) or term.title.startswith("Ambassador to the"))
            ]
        whole = not self._scene.text[name.end : name.end + 1].isalnum()
        candidates = candidates or (self._leaders_called(string) if whole else []) or self._without_office(string)
        candidates = candidates or self._bearers.generals_called(called, phrase)
        candidates = candidates or self._bearers.envoys_called(called)
        if self._scene.date is None:
            candidates = [a for a in candidates if knowledge.from_overlay(a.id) or self._in_days(a)]
        if phrase.title is not None and not phrase.former:
            candidates = self._entitled(candidates, phrase)
        if len(candidates) == 1:
            member = Member(candidates[0], 0.8 if phrase.title is not None else 0.7, "family-name-in-office")
            member.names.add(sound(candidates[0].name))
            self.members.append(member)
            self._learn(member, phrase, candidates[0].name)
        elif not candidates and phrase.title is not None and phrase.of is not None:
            member = self._new(phrase, string)
            self.members.append(member)
            self._learn(member, phrase, string)

    def _tells_a_nation(self, name: Span) -> bool:
        """True for "a Swiss-Italian" and "the Finno-Swede": what somebody is and not what somebody is called."""
        parts = name.of(self._scene.text).split("-")
        article = _ARTICLE.search(self._scene.text, max(0, name.start - 5), name.start) is not None
        return article and (len(parts) == 1 or any(self._of_a_side(p) for p in parts))

    def _entitled(self, candidates: list[Actor], phrase: Phrase) -> list[Actor]:
        """Those of the candidates whose office the title means; where it means none of theirs, those of its institution.

        "King Hussein" is nobody called Hussein who is no king; "General Hale" may be anybody called Hale.
        """
        assert phrase.title is not None
        fitting = [a for a in candidates if self._fitting_term(a, phrase) is not None]
        if fitting or self._scene.knowledge.titles.post(phrase.title.of(self._scene.text), phrase.of) == "":
            return fitting or candidates
        if phrase.of is None:
            return [a for a in candidates if not self._scene.knowledge.offices_of(a.id)]
        at = phrase.of
        return [
            a
            for a in candidates
            if any(t.of == at.id for t in self._scene.knowledge.offices_of(a.id)) or self._bearers.in_organ_of(a, at)
        ]

    def _leaders_called(self, string: str) -> list[Actor]:
        """Who leads a state, or its diplomacy, on the page's day and has this family name, when the page names others who do.

        A page on a summit calls all who came by their family names and names no state.
        """
        date, knowledge = self._scene.date, self._scene.knowledge
        if date is None:
            return []
        in_office = knowledge.people_by_surname(string, date)
        leading = [a for a in in_office if self._bearers.leads(a, date)]
        if any(self._bearers.leads(m.actor, date) for m in self.members) or self._bearers.summit(string, date):
            return leading
        # A family name that nobody else in office bears on that day, and that is no word or place.
        alone = len(in_office) == 1 and len(string) >= _TELLING and string.casefold() not in COMMON_NAMES
        return leading if alone else []

    def _without_office(self, string: str) -> list[Actor]:
        """Who has this family name, no term in the tables on any day (a rebel, an envoy), and a country that the page names."""
        knowledge = self._scene.knowledge
        return [
            a
            for a in knowledge.people_by_surname(string)
            if not knowledge.offices_of(a.id) and a.country is not None and self._scene.speaks_of(a)
        ]

    def _spoken_for(self, actor: Actor) -> bool:
        return any(
            self._scene.counts.get(t.of, 0) > 0 for t in self._scene.knowledge.offices_of(actor.id, self._scene.date)
        )

    def _in_days(self, actor: Actor) -> bool:
        days = self._scene.days
        terms = self._scene.knowledge.offices_of(actor.id)
        return days is not None and any(t.held_on(days[0]) and t.held_on(days[1]) for t in terms)

    def _new(self, phrase: Phrase, string: str) -> Member:
        known = [a for a in self._people(string) if not self._contradicted(a, phrase)]
        if len(known) > 1:
            known = [a for a in known if self._fitting_term(a, phrase) is not None] or known
        if len(known) == 1:
            return Member(known[0], 0.97, "full-name")
        affiliation = phrase.of
        basis = affiliation.id if affiliation is not None else self._scene.context
        actor = Actor(
            content_id("act", sound(string), basis),
            string,
            ActorKind.PERSON,
            part_of=None if affiliation is None else affiliation.id,
            country=None if affiliation is None else affiliation.country,
            sector=None
            if phrase.title is None
            else self._scene.knowledge.titles.sector(phrase.title.of(self._scene.text)),
            provisional=True,
        )
        return Member(actor, 0.85, "named-in-text")

    def _contradicted(self, actor: Actor, phrase: Phrase) -> bool:
        """True when the page says where the person belongs, and the tables know the bearer of the name only elsewhere."""
        if phrase.of is None:
            return False
        terms = self._scene.knowledge.offices_of(actor.id)
        near = {phrase.of.id, phrase.of.part_of, f"state:{phrase.of.country}"}
        ours = {t.of for t in terms} | {actor.part_of, f"state:{actor.country}"}
        for term in terms:
            institution = self._scene.knowledge.actor(term.of)
            if institution is not None:
                ours |= {institution.part_of, f"state:{institution.country}"}
        return not (near & ours) - {None, "state:None"}

    def _fitting_term(self, actor: Actor, phrase: Phrase) -> Office | None:
        if phrase.title is None:
            return None
        title = phrase.title.of(self._scene.text)
        days = self._scene.days
        for term in self._scene.knowledge.offices_of(actor.id):
            if phrase.of is not None and term.of != phrase.of.id:
                continue
            if days is not None and not (term.held_on(days[0]) or term.held_on(days[1])):
                continue
            if self._scene.knowledge.title_fits(title, term) and crowned(title) <= crowned(term.title):
                return term
        return None

    def _learn(self, member: Member, phrase: Phrase, string: str) -> None:
        member.names.add(sound(string))
        if phrase.title is None:
            return
        title = phrase.title.of(self._scene.text)
        if phrase.former:
            return
        of = phrase.of
        if of is None:
            held = self._fitting_term(member.actor, phrase)
            of = None if held is None else self._scene.knowledge.actor(held.of)
        member.titles.append((title, of))
        words = title.casefold().split()
        gender = next((GENDER_WORDS[w.rstrip(".")] for w in reversed(words) if w.rstrip(".") in GENDER_WORDS), None)
        if member.actor.gender is None and gender is not None:
            member.actor = _with_gender(member.actor, gender)
        self._note(member, phrase, title)

    def _note(self, member: Member, phrase: Phrase, title: str) -> None:
        """Say so when a known person is given, on that day, an office at an institution where the tables know another one."""
        if member.actor.provisional or phrase.of is None:
            return
        held = [t for t in self._scene.knowledge.offices_of(member.actor.id) if t.of == phrase.of.id]
        days = self._scene.days
        if days is not None:
            held = [t for t in held if t.start <= days[1] and days[0] < (t.end or t.checked)]
        if held and not any(self._scene.knowledge.title_fits(title, t) for t in held):
            member.note = (
                f"{member.actor.name} is called {title} of {phrase.of.name} here; the tables know {held[0].title}"
            )

    def _by_surname(self, string: str) -> list[Member]:
        return called(self.members, string, self._scene.knowledge)


def tails(member: Member, knowledge: Knowledge) -> set[str]:
    """The sound keys of the family names under which a member may be called, in all the forms the tables know."""
    found: set[str] = set()
    for name in member.names | {sound(member.actor.name)}:
        found.update(surnames(name))
    known = knowledge.known(member.actor.id)
    for name in known.names if known is not None else ():
        found.update(surnames(name))
    if member.actor.country in FAMILY_FIRST and " " in member.actor.name:
        found.add(sound(member.actor.name.split()[0]))
    return found


def called(members: Iterable[Member], string: str, knowledge: Knowledge) -> list[Member]:
    """The members who are called `string` as a family name (or a given name, when it is a member's whole name)."""
    wanted = sound(string)
    return [m for m in members if wanted in tails(m, knowledge)]


def crowned(title: str) -> bool:
    """True for the title of a monarch: a president, the head of a state too, is not called king."""
    return any(word in _CROWNS for word in re.split(r"[\s-]+", title.casefold()))


def _with_gender(actor: Actor, gender: str) -> Actor:
    return replace(actor, gender=gender)
