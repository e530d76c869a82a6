"""Who of the tables bears a family name that a page gives alone, by the office the page or its company gives him."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.knowledge.keys import sound
from onrecord.model import Actor, ActorKind, Span
from onrecord.resolution.answers import Answer, nobody, one
from onrecord.resolution.envoys import Envoys
from onrecord.resolution.phrases import Phrase
from onrecord.resolution.scene import Scene

#: The posts whose holders the press calls by their family name alone.
_LEADING = frozenset({"head_of_state", "head_of_government", "foreign_minister"})
#: The posts of those who command forces.
_MILITARY = frozenset({"commander", "military_head", "army_chief", "chief_of_staff"})


#: What is told of somebody who does not speak or act any more.
_ENDED = re.compile(
    r"\b(?:shot|killed|died|dead|death|assassinat\w+|murder\w*|buried|funeral|late|slain)\b", re.IGNORECASE
)


class Bearers:
    """Questions about the bearers of a family name on the day of one scene."""

    def __init__(self, scene: Scene, envoys: Envoys) -> None:
        self._scene = scene
        self._summits: dict[str, dict[str, str | None]] = {}
        self._envoys = envoys

    def once(self, string: str, phrase: Phrase) -> list[Actor]:
        """ "Former President Hale": those of this family name who held the office and hold it no more."""
        assert phrase.title is not None
        knowledge, date, title = self._scene.knowledge, self._scene.date, phrase.title.of(self._scene.text)
        return [
            a
            for a in knowledge.people_by_surname(string)
            if date is not None
            and any(
                t.end is not None
                and t.end <= date
                and knowledge.title_fits(title, t)
                and phrase.of in (None, knowledge.actor(t.of))
                for t in knowledge.offices_of(a.id)
            )
            and not any(knowledge.title_fits(title, t) for t in knowledge.offices_of(a.id, date))
        ]

    def in_organ_of(self, actor: Actor, of: Actor) -> bool:
        """True when the actor holds, on the page's day, an office at an organ of the organisation `of`."""
        knowledge = self._scene.knowledge
        if of.kind is not ActorKind.ORGANISATION or self._scene.date is None:
            return False
        organs = (knowledge.actor(t.of) for t in knowledge.offices_of(actor.id, self._scene.date))
        return any(o is not None and o.part_of == of.id for o in organs)

    def generals_called(self, called: tuple[Actor, ...], phrase: Phrase) -> list[Actor]:
        """ "General Hale": who of this family name commands forces, or rules, on the page's day."""
        title = "" if phrase.title is None else phrase.title.of(self._scene.text).casefold()
        if not title.endswith(("general", "admiral", "gen.", "commander")):
            return []
        knowledge = self._scene.knowledge
        return [
            a
            for a in called
            if any(
                knowledge.titles.post(t.title, knowledge.actor(t.of)) in _MILITARY
                for t in knowledge.offices_of(a.id, self._scene.date)
            )
            or (self._scene.date is not None and self.leads(a, self._scene.date))
        ]

    def envoys_called(self, called: tuple[Actor, ...]) -> list[Actor]:
        """Who of this family name is an envoy for what the page speaks of."""
        return [a for a in called if self._envoys.serves_here(a)]

    def successor(self, actor: Actor, string: str) -> tuple[Actor, ...]:
        """Those of the same family name who hold on the page's day an office that `actor`, named on the page, held before."""
        knowledge, date = self._scene.knowledge, self._scene.date
        if date is None:
            return ()
        past = {(t.of, t.title) for t in knowledge.offices_of(actor.id) if t.end is not None and t.end <= date}
        now = {(t.of, t.title) for t in knowledge.offices_of(actor.id, date)}
        return tuple(
            a
            for a in knowledge.people_by_surname(string, date)
            if a.id != actor.id and any((t.of, t.title) in past - now for t in knowledge.offices_of(a.id, date))
        )

    def heir(self, actor: Actor, at: Sequence[Span], name: Span) -> Answer | None:
        """ "Hale was shot last week. [Hale], 29, was sworn in": who bears the name and the office after somebody's end.

        `at` is where `actor` is named; nobody is meant when the page does not tell of an end.
        """
        text, sentences = self._scene.text, self._scene.sentences
        string = name.of(text)
        if " " in string or any(s.start == name.start and len(s) > len(name) for s in at):
            return None
        heirs = self.successor(actor, string)
        if not heirs:
            return None
        told = (self._scene.sentence_at(s.start) for s in at if s.end < name.start)
        ended = any(_ENDED.search(text, sentences[i].span.start, sentences[i].span.end) for i in told if i is not None)
        if ended and len(heirs) == 1:
            return one(heirs[0], name, 0.62, "namesake-in-the-office")
        return nobody("family-name-of-several")

    def summit(self, string: str, date: str) -> bool:
        """True when the page calls somebody else, too, by a family name that one leader of another state alone has that day."""
        mine = {a.country for a in self._scene.knowledge.people_by_surname(string, date) if self.leads(a, date)}
        if date not in self._summits:
            self._summits[date] = dict(self._leaders_named(date))
        return any(name != sound(string) and country not in mine for name, country in self._summits[date].items())

    def _leaders_named(self, date: str) -> Iterator[tuple[str, str | None]]:
        """The sounds of the family names in the page's body that one leader alone has that day, each with his state."""
        words = {w.of(self._scene.text): None for part in self._scene.body for w in self._scene.words(part)}
        for name in words:
            if len(name) >= 5 and name[0].isupper():
                leaders = [a for a in self._scene.knowledge.people_by_surname(name, date) if self.leads(a, date)]
                if len(leaders) == 1:
                    yield sound(name), leaders[0].country

    def leads(self, actor: Actor, date: str) -> bool:
        """True when the actor leads a state, its diplomacy or a region with leaders of its own on `date`."""
        knowledge = self._scene.knowledge
        for term in knowledge.offices_of(actor.id, date):
            of = knowledge.actor(term.of)
            post = knowledge.titles.post(term.title, of)
            if post in _LEADING or (of is not None and of.sector == "PRE" and post == "president"):
                return True
        return False
