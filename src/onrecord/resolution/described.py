"""People who are described and not named: the only one it can be, or who holds the same office at the other side."""

from __future__ import annotations

import re

from onrecord.knowledge import NameForm
from onrecord.knowledge.offices import same_post
from onrecord.model import Actor, ActorKind, Span
from onrecord.resolution.answers import Answer, nobody, one
from onrecord.resolution.cast import Cast
from onrecord.resolution.discourse import Discourse
from onrecord.resolution.phrases import Phrase, PhraseParser
from onrecord.resolution.scene import Scene
from onrecord.resolution.sides import Sides

#: Words for one person that tell what he does and not which office he holds.
_NOUNS = (
    "leader|chief|figure|envoy|mediator|diplomat|negotiator|inspector|politician|statesman|stateswoman|guest|visitor|"
    "rapporteur|strongman|veteran|broker|official"
)
#: Trades: nobody is called by one of them who is known to hold an office.
_TRADES = (
    "warlord|activist|laureate|lawyer|bishop|archbishop|cardinal|general|colonel|admiral|commander|lawmaker|investigator|"
    "economist|jurist|prosecutor|dissident"
)
_ONE_PERSON = re.compile(rf"the (?:[\w.'’-]+ ){{0,5}}?(?P<noun>{_NOUNS}|{_TRADES})\Z", re.IGNORECASE)
#: Who serves, and who commands, by the nouns above: a ruler of the tables is not called so.
_SERVANTS = frozenset({"envoy", "mediator", "diplomat", "negotiator", "inspector", "rapporteur", "official", "broker"})
_SOLDIERS = frozenset({"general", "colonel", "admiral", "commander"})
#: "The general who ran the council": the words behind tell of somebody who was not named.
_TOLD_BEHIND = re.compile(r"\s+(?:who|whom)\b")
_OPPOSITE = re.compile(
    r"(?P<owner>his|her|their)\s+(?P<of>[A-Z][\w' -]*?)\s+(?:opposite number|colleague|host|homologue|opposite|guest|visitor)\Z",
    re.IGNORECASE,
)
_FROM = re.compile(r"\s+from (?:the )?(?=[A-Z])")
_THE_TITLE = re.compile(
    r",\s+the (?:first |last |new |country's )?(?P<title>[a-z][a-z -]+?)(?=[,.;]|\s+(?:for|in|at|who|and|on|to|since|ever)\b)"
)
#: The posts of those who lead a state: a president's counterpart may be a prime minister or a supreme leader.
_LEADING = frozenset({"head_of_state", "head_of_government", "supreme_leader"})
_ONE_OF_A_NATION = re.compile(r"[Tt]he ([A-Z][\w-]+)\Z")
#: How many sentences back a person is named who is described without a name.
_BACK = 3
#: Whose post somebody holds who is called the head of a building ("the Pentagon chief"), by the building's name.
_SEATS = {
    "pentagon": "defence minister",
    "state department": "foreign minister",
    "foggy bottom": "foreign minister",
    "foreign office": "foreign minister",
    "quai d'orsay": "foreign minister",
    "elysee": "president",
    "élysée": "president",
    "white house": "president",
    "kremlin": "president",
}
#: Sectors of those who hold no office of a state or an organisation.
_NO_OFFICE = frozenset({"REB", "UAF", "PRM", "CRM", "RAD", "OPP", "CVL"})
#: Titles that few states have: whose they are is told by the states of the page.
_OWN_TITLES = frozenset(
    {"emir", "king", "queen", "sultan", "emperor", "chancellor", "crown prince", "supreme leader", "premier"}
)
_HEADS = frozenset({"chief", "head", "boss", "leader"})
#: Titles that mean one institution's holder where no other institution that has one is named.
_BARE = {
    "secretary general": (
        "org:UN",
        frozenset({"org:NATO", "org:OSCE", "org:ASEAN", "org:OAS", "org:ARABLEAGUE", "org:GCC", "org:COE", "org:COMMONWEALTH",
                   "org:OIC", "org:CSTO", "org:OAU", "org:OECD", "org:OPEC", "org:EU", "group:HEZBOLLAH"}),
    ),
    "secretary of state": ("state:USA", frozenset({"state:GBR", "state:VAT", "organ:NIR", "state:MEX"})),
}  # fmt: skip
#: A state of no name, to ask what a title means at any state.
_ANY_STATE = Actor("state:-", "-", ActorKind.STATE)


class Described:
    """The rules for people of one document who are described without a name."""

    def __init__(self, scene: Scene, parser: PhraseParser, cast: Cast, discourse: Discourse, sides: Sides) -> None:
        self._scene = scene
        self._parser = parser
        self._cast = cast
        self._discourse = discourse
        self._sides = sides
        self._knowledge = scene.knowledge

    def only_person(self, span: Span) -> Answer | None:
        """ "The envoy", "the U.S. diplomat": the one person named shortly before, when nobody else can be meant."""
        words = " ".join(span.of(self._scene.text).split())
        match = _ONE_PERSON.match(words)
        if (
            match is None
            or self._of_nobody_named(match["noun"], span)
            or _TOLD_BEHIND.match(self._scene.text, span.end)
        ):
            return None
        if re.search(r"\bnew\b", words):
            # "The new leader": nobody who was named before as the one there was.
            return None
        country = self._country(span)
        agent = self._knowledge.agents.found_in(words)
        private = (agent is not None and agent[1] in _NO_OFFICE) or match["noun"].casefold() in _TRADES.split("|")
        index = self._scene.sentence_at(span.start)
        if index is None:
            return None
        near = self._scene.sentences[max(0, index - _BACK)].span.start
        found: dict[str, Actor] = {}
        for member in self._cast.members:
            before = [s for s in member.at if s.start < span.start and not self._scene.quoted(s.start)]
            if (
                before
                and country in (None, member.actor.country)
                and not self._higher(member.actor, match["noun"], private)
            ):
                found[member.actor.id] = member.actor
                if max(s.start for s in before) < near:
                    return None
        if len(found) != 1:
            return None
        return one(next(iter(found.values())), span, 0.62, "only-person-named-before")

    def _of_nobody_named(self, noun: str, span: Span) -> bool:
        """True when the text spoke before of somebody without a name who is called so ("a diplomat", "diplomats")."""
        anybody = re.compile(
            rf"\b(?:(?:an?|one|another|two|three|several|some)\s+(?:[\w.'’-]+\s+){{0,4}}?{noun}s?|{noun}s)\b", re.I
        )
        return any(anybody.search(self._scene.text, b.start, min(b.end, span.start)) for b in self._scene.body)

    def _higher(self, actor: Actor, noun: str, private: bool) -> bool:
        """True for somebody who is not called by the noun: in office for a private one, a ruler for who serves others.

        A civilian who held offices is no general, and who leads a state is nobody's envoy.
        """
        if private and self._in_office(actor):
            return True
        terms = self._knowledge.offices_of(actor.id)
        posts = {self._knowledge.titles.post(t.title, self._knowledge.actor(t.of)) for t in terms}
        if noun.casefold() in _SOLDIERS:
            return bool(posts & _LEADING)
        return noun.casefold() in _SERVANTS and self._in_office(actor) and bool(posts & _LEADING)

    def _in_office(self, actor: Actor) -> bool:
        days = self._scene.days
        return days is not None and any(t.held_on(days[1]) for t in self._knowledge.offices_of(actor.id))

    def _country(self, span: Span) -> str | None:
        for word in self._scene.words(span):
            actor = self._parser.institution(word)
            if actor is not None and actor.kind is ActorKind.STATE:
                return actor.country
        return None

    def of_a_nation(self, span: Span, state: Actor) -> Answer | None:
        """ "The Finn": the one person of that state named before; nobody when there is none; None for "the Finns"."""
        match = _ONE_OF_A_NATION.match(" ".join(span.of(self._scene.text).split()))
        if match is None or match[1].casefold().endswith(("s", "sh", "ch", "ese")):
            return None
        found = {
            m.actor.id: m.actor
            for m in self._cast.members
            if any(s.start < span.start for s in m.at) and f"state:{m.actor.country}" == state.id
        }
        if len(found) != 1:
            return nobody("one-of-a-nation-not-known")
        return one(next(iter(found.values())), span, 0.72, "only-person-of-the-nation-named-before")

    def once(self, phrase: Phrase) -> Answer:
        """ "The former Finnish president": the one person named before who held such an office and holds it no more."""
        assert phrase.title is not None
        title, days = phrase.title.of(self._scene.text), self._scene.days
        found: dict[str, Actor] = {}
        for member in self._cast.members:
            if days is None or not any(s.start < phrase.span.start for s in member.at):
                continue
            for term in self._knowledge.offices_of(member.actor.id):
                past = term.end is not None and term.end <= days[0]
                if (
                    past
                    and phrase.of in (None, self._knowledge.actor(term.of))
                    and self._knowledge.title_fits(title, term)
                ):
                    found[member.actor.id] = member.actor
        if len(found) != 1:
            return nobody("former-office-without-name")
        return one(next(iter(found.values())), phrase.span, 0.75, "former-holder-named-before")

    def only_state(self, span: Span) -> Actor | None:
        """The only state the page names, when its name stands in the sentence of `span` or the one before."""
        index = self._scene.sentence_at(span.start)
        states = [
            a for i in self._scene.counts if (a := self._knowledge.actor(i)) is not None and a.kind is ActorKind.STATE
        ]
        if index is None or len(states) != 1 or self._scene.quoted(span.start):
            return None
        near = Span(self._scene.sentences[max(0, index - 1)].span.start, self._scene.sentences[index].span.end)
        named = any(
            n.actor.id == states[0].id and (n.form is not NameForm.CAPITAL or not self._scene.names_place(s))
            for s in self._scene.names_in(near)
            for n in s.named
        )
        return states[0] if named else None

    def opposite(self, span: Span) -> Answer | None:
        """ "His Ulmanian opposite number", "her Korvathi host": as for a counterpart."""
        match = _OPPOSITE.match(self._scene.text, span.start, span.end)
        if match is None:
            return None
        of = self._parser.institution(Span(*match.span("of")))
        owner = Span(*match.span("owner"))
        return self.counterpart(Phrase(span, of=of, owner=owner), of)

    def counterpart(self, phrase: Phrase, of: Actor | None) -> Answer:
        """ "His Ulmanian counterpart": who at that state holds the post that the owner of the pronoun holds.

        The owner is the one the pronoun means when that is clear, and never of the state itself; else everybody named
        shortly before who is not of it, when all of them lead to one holder.
        """
        days = self._scene.days
        of = of or self._coming_from(phrase)
        if of is None or phrase.owner is None or days is None:
            return nobody("counterpart-of-nobody-known")
        owner = self._discourse.pronoun(phrase.owner)
        owners = [a for a, _ in owner.actors if self._side_id(a) != of.id] if owner.sure else []
        owners = owners or self._others_named(phrase.span, of)
        found: dict[str, Actor] = {}
        for actor in owners:
            found.update(self._same_post(actor, of, days))
        if not found and not owners:
            found.update(self._title_before(phrase.span, of, days))
        told = self._title_behind(phrase.span, of, days)
        if len(told) == 1:
            found = told
        if len(found) != 1:
            return nobody("counterpart-not-decidable")
        return one(next(iter(found.values())), phrase.span, 0.72, "same-office-at-the-other-side")

    def _coming_from(self, phrase: Phrase) -> Actor | None:
        """ "His counterpart from Korvath": the state after the word."""
        match = _FROM.match(self._scene.text, phrase.span.start if phrase.title is None else phrase.title.end)
        if match is None:
            return None
        words = self._scene.words(Span(match.end(), min(match.end() + 40, len(self._scene.text))))
        for size in range(min(3, len(words)), 0, -1):
            actor = self._parser.institution(Span(words[0].start, words[size - 1].end))
            if actor is not None and actor.kind is ActorKind.STATE:
                return actor
        return None

    def _title_behind(self, span: Span, of: Actor, days: tuple[str, str]) -> dict[str, Actor]:
        """ "His Korvathi counterpart, the prime minister": who at that state holds the office that follows."""
        match = _THE_TITLE.match(self._scene.text, span.end)
        if match is None or not self._knowledge.titles.known(match["title"]):
            return {}
        return {h.id: h for h in self._knowledge.holders_between(match["title"], of.id, *days)}

    def _title_before(self, span: Span, of: Actor, days: tuple[str, str]) -> dict[str, Actor]:
        """ "Ulmania sent its foreign minister, whom [his Korvathi colleague] met": the same title at the other side."""
        index = self._scene.sentence_at(span.start)
        if index is None:
            return {}
        phrase = self._parser.parse(Span(self._scene.sentences[index].span.start, span.start))
        if phrase.title is None or phrase.name is not None:
            return {}
        title = phrase.title.of(self._scene.text)
        return {h.id: h for h in self._knowledge.holders_between(title, of.id, *days)}

    def _side_id(self, actor: Actor) -> str | None:
        side = self._sides.side_of(actor)
        return None if side is None else side.id

    def _others_named(self, span: Span, of: Actor) -> list[Actor]:
        index = self._scene.sentence_at(span.start)
        if index is None:
            return []
        start, end = self._scene.sentences[max(0, index - 1)].span.start, self._scene.sentences[index].span.end
        for first, last in ((start, span.start), (span.end, end)):
            # "His Korvathi guest asked Arvik Hale": the owner may follow.
            found = [
                m.actor
                for m in self._cast.members
                if any(first <= s.start < last for s in m.at) and self._side_id(m.actor) not in (of.id, None)
            ]
            if found:
                return found
        return []

    def _same_post(self, owner: Actor, of: Actor, days: tuple[str, str]) -> dict[str, Actor]:
        titles = self._knowledge.titles
        found: dict[str, Actor] = {}
        for held in self._knowledge.offices_of(owner.id):
            institution = self._knowledge.actor(held.of)
            if institution is None or not (held.held_on(days[0]) and held.held_on(days[1])):
                continue
            post = titles.post(held.title, institution)
            if post == "head_of_state" and self._governs(of) and not self._governs(institution):
                # A president deals with the head of government where a king or a ceremonial president stands above it.
                found.update({h.id: h for h in self._knowledge.holders_between("leader", of.id, *days)})
                continue
            for term in self._knowledge.offices():
                if term.of != of.id or not same_post(post, titles.post(term.title, of)):
                    continue
                holder = self._knowledge.actor(term.holder)
                if holder is not None and term.held_on(days[0]) and term.held_on(days[1]):
                    found[holder.id] = holder
            if not found and post in _LEADING:
                found.update({h.id: h for h in self._knowledge.holders_between("leader", of.id, *days)})
        return found

    def of_its_own_title(self, title: str, phrase: Phrase) -> Answer | None:
        """ "The emir", "the chancellor": the one state or body of the page whose office has that very name on the day."""
        days = self._scene.days
        if days is None or title.casefold() not in _OWN_TITLES:
            return None
        found: dict[str, Actor] = {}
        for state in self._scene.states_in(Span(0, len(self._scene.text))):
            for term in self._knowledge.offices():
                held = term.of == state.id and term.held_on(days[0]) and term.held_on(days[1])
                if held and term.title.casefold() == title.casefold():
                    found[term.holder] = state
        if len(found) != 1:
            return None
        holder = self._knowledge.actor(next(iter(found)))
        return None if holder is None else one(holder, phrase.span, 0.64, "office-of-its-own-name-on-date")

    def _governs(self, state: Actor) -> bool:
        """True when it is the head of government who is called the leader of the state."""
        return self._knowledge.titles.post("leader", state) == "head_of_government"

    def head_of_a_seat(self, phrase: Phrase) -> tuple[str, Actor] | None:
        """ "The Pentagon chief", "the Kremlin leader": the title that is meant, and the state, or None."""
        if phrase.title is None or phrase.of is None or phrase.of_span is None:
            return None
        state = self._sides.top(phrase.of.id)
        if state is None or state.kind is not ActorKind.STATE:
            return None
        if phrase.title.of(self._scene.text).casefold() not in _HEADS:
            return None
        seat = " ".join(phrase.of_span.of(self._scene.text).casefold().replace("’", "'").split()).removeprefix("the ")
        title = _SEATS.get(seat)
        return None if title is None else (title, state)

    def where_the_title_is_used(self, title: str) -> Actor | None:
        """The state at which only this title is used: it names an organ of it, or has a meaning of its own there.

        "The Pentagon chief"; "the Secretary of State" on a page that names the United States.
        """
        titles = self._knowledge.titles
        for named in self._knowledge.actors_named(title.rpartition(" ")[0]) if " " in title else ():
            owner = self._sides.top(named.actor.id)
            if named.actor.kind is ActorKind.GOVERNMENT_ORGAN and owner is not None and owner.kind is ActorKind.STATE:
                return owner
        everywhere = titles.post(title, _ANY_STATE)
        found: dict[str, Actor] = {}
        # A word of one language ("the taoiseach") needs no other sign of the state.
        own_word = " " not in title and titles.known(title) and everywhere == ""
        ids = (k.actor.id for k in self._knowledge.actors()) if own_word else iter(self._scene.counts)
        for actor_id in ids:
            actor = self._knowledge.actor(actor_id)
            if actor is None or actor.kind is not ActorKind.STATE:
                continue
            if titles.post(title, actor) not in ("", everywhere):
                found[actor.id] = actor
        return next(iter(found.values())) if len(found) == 1 else self._whose_word(title) if not found else None

    def _of_the_usual(self, title: str, word: str, usual: str, named: set[str]) -> bool:
        """True when a bare title can be taken for the usual institution's.

        A capital, or the institution's name, for the Secretary-General; a foreign minister named beside the secretary of state.
        """
        if word == "secretary of state":
            return any(
                self._knowledge.titles.post(t.title, self._knowledge.actor(t.of)) == "foreign_minister"
                for m in self._cast.members
                for t in self._knowledge.offices_of(m.actor.id, self._scene.date)
            )
        bodies = (self._knowledge.actor(i) for i in named)
        alone = not any(b is not None and b.kind in (ActorKind.ORGANISATION, ActorKind.ARMED_GROUP) for b in bodies)
        return title[:1].isupper() or self._scene.counts.get(usual, 0) > 0 or alone

    def _whose_word(self, title: str) -> Actor | None:
        """The one actor, extant on the page's day, for whom alone the tables keep the title ("the Supreme Allied Commander").

        "The Secretary-General" without more is the United Nations', "the secretary of state" the United States'.
        """
        word = re.sub(r"[\s-]+", " ", title.casefold())
        if word in _BARE:
            usual, rivals = _BARE[word]
            named = {i for i, n in self._scene.counts.items() if n > 0}
            return (
                None
                if named & rivals or not self._of_the_usual(title, word, usual, named)
                else self._knowledge.actor(usual)
            )
        found = []
        for scope in self._knowledge.titles.owners(title):
            known = self._knowledge.known(scope)
            if known is None or not known.exists_on(self._scene.date):
                continue
            found.append(known.actor)
        return found[0] if len(found) == 1 else None
