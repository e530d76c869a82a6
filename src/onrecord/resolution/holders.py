"""Who held an office on the day of a page: asked of the tables once the page itself names nobody for it."""

from __future__ import annotations

import re

from onrecord.knowledge import NameForm
from onrecord.model import Actor, ActorKind
from onrecord.resolution.answers import Answer, nobody, one
from onrecord.resolution.cast import Cast
from onrecord.resolution.phrases import Phrase
from onrecord.resolution.scene import Scene
from onrecord.resolution.tenure import Tenure

#: Who governs where the tables keep the offices with a body: the body, and what stood for it before.
_GOVERNED_BY = {"state:PSE": ("organ:PA", "org:PLO")}

_AMBASSADOR = re.compile(r"\b(?:ambassador|envoy)\b", re.IGNORECASE)
_MANY = re.compile(
    r"\b(?:several|various|many|other|all|every|each|most|three|four|five|six|ten|a dozen|dozens of|(?:European|Western|Arab|African|Asian))"
    r"\s+(?:capitals?|countries|country|governments|states)\b",
    re.IGNORECASE,
)


class Holders:
    """The holders of offices that the tables know, on the days of one document."""

    def __init__(self, scene: Scene, cast: Cast, tenure: Tenure) -> None:
        self._scene = scene
        self._cast = cast
        self._tenure = tenure
        self._knowledge = scene.knowledge

    def on_the_day(self, title: str, of: Actor, phrase: Phrase) -> Answer:
        """Who held the office `title` of `of` on the days the page may be of; nobody where none or several did."""
        if self._scene.days is None:
            return self._only_holder_named(title, of, phrase)
        chosen = self._tenure.chosen(title, of, phrase)
        if chosen is not None:
            return chosen
        governing = (of, *(a for o in _GOVERNED_BY.get(of.id, ()) if (a := self._knowledge.actor(o)) is not None))
        handed = next((h for o in governing if (h := self._tenure.handed_over(title, o, phrase)) is not None), None)
        if handed is not None:
            return handed
        told = self._tenure.in_years_told(title, of, phrase)
        if told is not None:
            return told
        if _AMBASSADOR.search(title) and self._in_many_places(phrase):
            return nobody("one-in-each-of-several-places")
        holders = self._knowledge.holders_between(title, of.id, *self._scene.days)
        spokesman = self._knowledge.titles.post(title, of) == "spokesperson"
        if spokesman and of.kind is ActorKind.STATE and not self._speaks_for_seat(phrase):
            return nobody("whose-spokesperson-is-not-known")
        if not holders and self._shares_posts(of) and of.part_of is not None and not spokesman:
            holders = self._knowledge.holders_between(title, of.part_of, *self._scene.days)
        for organ in _GOVERNED_BY.get(of.id, ()) if not holders else ():
            holders = holders or self._knowledge.holders_between(title, organ, *self._scene.days)
        if not holders:
            left = self._tenure.just_left(title, of, phrase) or self._tenure.last_of_all(title, of, phrase)
            if left is not None:
                return left
        if len(holders) == 1 and self._tenure.too_old_for(title, of, phrase, holders[0]):
            return nobody("holder-is-not-new")
        if len(holders) == 1:
            return one(holders[0], phrase.span, 0.86, "office-on-date")
        present = [h for h in holders if any(m.actor.id == h.id for m in self._cast.members)]
        if len(present) == 1:
            return one(present[0], phrase.span, 0.75, "office-on-date-and-in-text")
        return nobody("several-holders" if holders else "office-holder-not-known")

    def _in_many_places(self, phrase: Phrase) -> bool:
        """True for "in several capitals the Korvathi ambassador was called in": another one in each."""
        index = self._scene.sentence_at(phrase.span.start)
        sentence = None if index is None else self._scene.sentences[index].span
        return sentence is not None and _MANY.search(self._scene.text, sentence.start, phrase.span.start) is not None

    def _shares_posts(self, of: Actor) -> bool:
        """True for an organ whose titles are its state's ("the ministry's minister"); regions and parliaments have their own."""
        region = of.sector == "PRE" or self._knowledge.place(of.name) is not None
        return of.kind is ActorKind.GOVERNMENT_ORGAN and not region and of.sector != "LEG"

    def _speaks_for_seat(self, phrase: Phrase) -> bool:
        """True for "the Kremlin spokesman": a state has many, the seat of its head one."""
        if phrase.of is None or phrase.of_span is None:
            return False
        named = self._knowledge.actors_named(phrase.of_span.of(self._scene.text), self._scene.date)
        return any(n.actor.id == phrase.of.id and n.form is NameForm.METONYM for n in named)

    def _only_holder_named(self, title: str, of: Actor, phrase: Phrase) -> Answer:
        """Without a date: a person of the page who at some time held the office, when no other one did."""
        held = [
            m
            for m in self._cast.members
            if any(
                t.of == of.id and self._knowledge.title_fits(title, t) for t in self._knowledge.offices_of(m.actor.id)
            )
        ]
        if len(held) == 1:
            return one(held[0].actor, phrase.span, 0.8, "office-and-in-text")
        return nobody("office-without-a-date")
