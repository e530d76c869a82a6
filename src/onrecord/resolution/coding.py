"""Country and PLOVER sector of an actor's phrase alone, without a page around it ("Norway's central bank")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.knowledge import Knowledge, Named, NameForm
from onrecord.knowledge.keys import surface
from onrecord.model import Actor, ActorKind

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_FORMER = re.compile(r"^(?:an?\s+|the\s+)?(?:\w+\s+)?(?:former|ex|disgraced former|ousted|retired)\b", re.I)
_HEAD_ENDS = re.compile(r"\s(?:of|in|at|from|to|for|with|across|near|inside|who|that|on|under|along)\s", re.I)
_LONGEST = 7
#: Kinds whose names are too like other words to be looked for inside a phrase ("The National", "Time").
_NOT_INSIDE = frozenset({ActorKind.PERSON, ActorKind.AGENCY, ActorKind.OUTLET})
#: Sectors of words that say nothing about which part of an organisation is meant.
_GENERIC = frozenset({"GOV", "UNK", "IGO", "SOC"})
#: Kinds of actors with parts of other sectors ("European Union legislators").
_WIDE = frozenset({ActorKind.ORGANISATION, ActorKind.FORUM})


@dataclass(frozen=True, slots=True)
class Coded:
    """ISO 3166 alpha-3 code (or UNO, EUR, IGO, NGO) and PLOVER 2.0 sector of an actor; None where unknown."""

    country: str | None
    sector: str | None


class Coder:
    """Codes phrases against the tables. The phrase is all there is: nothing is guessed from a context."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def code(self, phrase: str, date: str | None) -> Coded:
        """The country and sector of `phrase` on `date` (ISO day, None when not known)."""
        words = " ".join(phrase.replace(" 's", "'s").replace(" ’s", "’s").split())
        if self._knowledge.agents.sector(words) == "JNK":
            return Coded(None, "JNK")
        whole = self._whole(words, date)
        if whole is not None:
            return whole
        person = self._person(words, date)
        if person is not None:
            return person
        found = list(self._names(words, date))
        return Coded(self._country(words, found), self._sector(words, found))

    def _whole(self, words: str, date: str | None) -> Coded | None:
        named = [n for n in self._knowledge.actors_named(words, date) if n.actor.kind is not ActorKind.PERSON]
        named = [n for n in named if n.form is not NameForm.DESCRIPTION]
        if not named:
            return None
        return self._of(named[0])

    def _of(self, named: Named) -> Coded:
        if named.actor.kind is ActorKind.STATE:
            return Coded(named.actor.country, "GOV" if named.form in (NameForm.CAPITAL, NameForm.METONYM) else None)
        return Coded(self._country_of(named.actor), named.actor.sector)

    def _country_of(self, actor: Actor) -> str | None:
        if actor.country is not None or actor.part_of is None:
            return actor.country
        above = self._knowledge.actor(actor.part_of)
        return None if above is None else self._country_of(above)

    def _person(self, words: str, date: str | None) -> Coded | None:
        """The bearer of a full name at the end of the phrase, by the office held on the day; ELI after all terms."""
        tokens = words.split()
        for first in range(len(tokens) - 1):
            people = self._knowledge.people(" ".join(tokens[first:]))
            if len(people) != 1:
                continue
            person = people[0]
            titled = self._sector_of_title(" ".join(tokens[:first]))
            return Coded(person.country, titled or self._sector_on(person, date))
        return None

    def _sector_on(self, person: Actor, date: str | None) -> str | None:
        terms = self._knowledge.offices_of(person.id)
        held = [t for t in terms if t.held_on(date)] if date is not None else [t for t in terms if t.end is None]
        for term in held:
            sector = self._knowledge.titles.sector(term.title)
            if sector is None:
                institution = self._knowledge.actor(term.of)
                sector = None if institution is None else institution.sector
            if sector is not None:
                return sector
        return "ELI" if terms else person.sector

    def _sector_of_title(self, words: str) -> str | None:
        tokens = [t for t in re.split(r"[\s]+", words) if t]
        for first in range(len(tokens)):
            for last in range(len(tokens), first, -1):
                sector = self._knowledge.titles.sector(" ".join(tokens[first:last]))
                if sector is not None:
                    return sector
        return None

    def _names(self, words: str, date: str | None) -> Iterator[tuple[int, Named]]:
        """Known actors inside the phrase with their offsets, longest first from left to right."""
        tokens = list(_WORD.finditer(words))
        at = 0
        while at < len(tokens):
            for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
                string = words[tokens[at].start() : tokens[at + size - 1].end()]
                if not any(c.isupper() for c in tokens[at].group()):
                    continue
                named = [n for n in self._knowledge.actors_named(string, date) if n.form is not NameForm.DESCRIPTION]
                named = [n for n in named if n.actor.kind not in _NOT_INSIDE]
                if named:
                    yield tokens[at].start(), named[0]
                    at += size - 1
                    break
            at += 1

    def _country(self, words: str, found: list[tuple[int, Named]]) -> str | None:
        for _, named in found:
            country = self._country_of(named.actor)
            if country is not None:
                return country
        tokens = _WORD.findall(words)
        for size in range(min(3, len(tokens)), 0, -1):
            for first in range(len(tokens) - size + 1):
                place = self._knowledge.place(surface(" ".join(tokens[first : first + size])))
                if place is not None and place.country is not None:
                    return self._knowledge.iso3(place.country)
        return None

    def _sector(self, words: str, found: list[tuple[int, Named]]) -> str | None:
        if _FORMER.match(words):
            return "ELI"
        head, _, tail = self._split(words)
        title = self._title(head)
        if title is not None:
            inner = self._knowledge.agents.found_in(tail) if tail else None
            if inner is not None and inner[1] not in ("GOV", "UNK", "IGO") and title[1] in ("GOV", ""):
                return inner[1]
            if title[1]:
                return title[1]
        actors = [n.actor for _, n in found if n.actor.kind is not ActorKind.STATE and n.actor.sector]
        organ = self._organ(head)
        if organ is not None and not actors:
            return organ
        agent = self._agent(head, tail)
        if actors and (agent is None or agent in _GENERIC or actors[0].kind not in _WIDE):
            return actors[0].sector
        if agent is not None:
            return agent
        if not found and self._country(words, found) is not None:
            return "CVL"
        return None

    def _agent(self, head: str, tail: str) -> str | None:
        """The sector of the words for who acts: of the head, else of what stands before it or of what it is made of."""
        found = self._knowledge.agents.found_in(head)
        if found is not None and found[1] == "UNK":
            before = (
                self._knowledge.agents.found_in(head.casefold().removesuffix(found[0]))
                if len(head.split()) > 1
                else None
            )
            inner = self._knowledge.agents.found_in(tail) if tail else None
            better = next((f for f in (before, inner) if f is not None and f[1] != "UNK"), None)
            return better[1] if better is not None else found[1]
        if found is None and tail:
            found = self._knowledge.agents.found_in(tail)
        return None if found is None else found[1]

    def _split(self, words: str) -> tuple[str, str, str]:
        match = _HEAD_ENDS.search(words)
        if match is None:
            return words, "", ""
        return words[: match.start()], match.group(), words[match.end() :]

    def _title(self, head: str) -> tuple[str, str] | None:
        """The title that the head of the phrase ends with (or that stands before a name), and its sector."""
        tokens = [t.group() for t in _WORD.finditer(head)]
        for last in range(len(tokens), 0, -1):
            for first in range(last):
                string = " ".join(tokens[first:last])
                if not self._knowledge.titles.known(string):
                    continue
                rest = tokens[last:]
                if any(t[:1].islower() for t in rest) or self._organ(" ".join(tokens[first : last + 1])) is not None:
                    continue
                return string, self._knowledge.titles.sector(string) or ""
        return None

    def _organ(self, head: str) -> str | None:
        tokens = [t.group() for t in _WORD.finditer(head)]
        for size in range(len(tokens), 0, -1):
            for first in range(len(tokens) - size + 1):
                organ = self._knowledge.organs.organ(" ".join(tokens[first : first + size]))
                if organ is not None:
                    return organ.sector
        return None
