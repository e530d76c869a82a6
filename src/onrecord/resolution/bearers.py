"""Who of the tables bears a family name that a page gives alone, by the office the page or its company gives him."""

from __future__ import annotations

from onrecord.knowledge.keys import sound
from onrecord.model import Actor, ActorKind
from onrecord.resolution.phrases import Phrase
from onrecord.resolution.scene import Scene

#: The posts whose holders the press calls by their family name alone.
_LEADING = frozenset({"head_of_state", "head_of_government", "foreign_minister"})
#: The posts of those who command forces.
_MILITARY = frozenset({"commander", "military_head", "army_chief", "chief_of_staff"})


class Bearers:
    """Questions about the bearers of a family name on the day of one scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

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
        """ "General Hale": who of this family name commands forces on the page's day."""
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
        ]

    def summit(self, string: str, date: str) -> bool:
        """True when the page calls somebody else, too, by a family name that one leader of another state alone has that day."""
        mine = {a.country for a in self._scene.knowledge.people_by_surname(string, date) if self.leads(a, date)}
        for word in (w for part in self._scene.body for w in self._scene.words(part)):
            name = word.of(self._scene.text)
            if len(name) < 5 or not name[0].isupper() or sound(name) == sound(string):
                continue
            others = [a for a in self._scene.knowledge.people_by_surname(name, date) if self.leads(a, date)]
            if len(others) == 1 and others[0].country not in mine:
                return True
        return False

    def leads(self, actor: Actor, date: str) -> bool:
        knowledge = self._scene.knowledge
        return any(
            knowledge.titles.post(term.title, knowledge.actor(term.of)) in _LEADING
            for term in knowledge.offices_of(actor.id, date)
        )
