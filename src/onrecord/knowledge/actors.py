"""Actors as the tables know them: every way each is named, and the days between which it existed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from onrecord.knowledge.keys import is_mark, key, sound, surface
from onrecord.knowledge.tables import Row
from onrecord.model import Actor, ActorKind

STATE_COLUMNS = (
    "id", "iso2", "name", "official", "aliases", "demonyms", "capital", "capital_aliases", "metonyms", "former", "start", "end", "source",
)  # fmt: skip
ORGANISATION_COLUMNS = (
    "id", "name", "kind", "part_of", "country", "sector", "aliases", "descriptions", "metonyms", "start", "end", "source",
)  # fmt: skip
PERSON_COLUMNS = ("id", "name", "gender", "country", "aliases", "source")

#: Answers kept of the names last asked for.
_REMEMBERED = 50_000
#: Parts of a family name that belong to what follows ("von der Leyen", "de Hoop Scheffer", "Le Drian").
NAME_PARTICLES = frozenset(
    {
        "von",
        "van",
        "der",
        "den",
        "de",
        "du",
        "da",
        "dos",
        "di",
        "del",
        "la",
        "le",
        "ter",
        "bin",
        "al",
        "el",
        "ben",
        "mac",
        "ibn",
    }
)


#: The Arabic article before a family name, which the press leaves out.
_ARTICLES = frozenset({"al", "el", "as", "an", "ar", "ad", "ash", "at", "az"})


class NameForm(StrEnum):
    """In what way words name an actor."""

    NAME = "name"
    CAPITAL = "capital"
    METONYM = "metonym"
    DEMONYM = "demonym"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Known:
    """An actor with everything it is called. ``start`` and ``end`` (excluded) are ISO days, empty when not bounded."""

    actor: Actor
    names: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    source: str = ""
    own: bool = False

    def forms(self) -> Iterator[tuple[str, NameForm]]:
        """Every name with its form, the canonical name first."""
        yield self.actor.name, NameForm.NAME
        for form, words in (
            (NameForm.NAME, self.names),
            (NameForm.CAPITAL, self.capitals),
            (NameForm.METONYM, self.metonyms),
            (NameForm.DEMONYM, self.demonyms),
            (NameForm.DESCRIPTION, self.descriptions),
        ):
            for word in words:
                yield word, form

    def exists_on(self, date: str | None) -> bool:
        """True when the actor existed on `date` (ISO day); without a date, when it has no last day."""
        if date is None:
            return not self.end
        return (not self.start or self.start <= date) and (not self.end or date < self.end)


@dataclass(frozen=True, slots=True)
class Named:
    """One actor that words may name, with the form in which they do."""

    actor: Actor
    form: NameForm


def state_of(row: Row) -> Known:
    """The state a row of ``states.csv`` describes; its PLOVER code is its ISO 3166 alpha-3 code."""
    code = row.need("id")
    actor = Actor(f"state:{code}", row.need("name"), ActorKind.STATE, country=code, sector="GOV")
    capital = (row.get("capital"),) if row.get("capital") else ()
    return Known(
        actor,
        names=tuple(n for n in (row.get("official"), *row.many("aliases"), *row.many("former")) if n),
        capitals=capital + row.many("capital_aliases"),
        metonyms=row.many("metonyms"),
        demonyms=row.many("demonyms"),
        start=row.iso("start"),
        end=row.iso("end"),
        source=row.need("source"),
    )


def organisation_of(row: Row) -> Known:
    """The organisation, forum, organ or armed group a row of ``organisations.csv`` describes."""
    kind = row.need("kind")
    if kind not in ("organisation", "forum", "government_organ", "armed_group", "unnamed_group"):
        raise row.error(f"the kind {kind!r} is none of an organisation, forum, organ or group")
    actor = Actor(
        row.need("id"),
        row.need("name"),
        ActorKind(kind),
        part_of=row.get("part_of") or None,
        country=row.get("country") or None,
        sector=row.get("sector") or None,
    )
    return Known(
        actor,
        names=row.many("aliases"),
        metonyms=row.many("metonyms"),
        descriptions=row.many("descriptions"),
        start=row.iso("start"),
        end=row.iso("end"),
        source=row.need("source"),
    )


def person_of(row: Row) -> Known:
    """The person a row of ``persons.csv`` describes."""
    gender = row.get("gender")
    if gender not in ("", "m", "f"):
        raise row.error(f"the gender {gender!r} is neither m nor f nor empty")
    actor = Actor(
        row.need("id"), row.need("name"), ActorKind.PERSON, country=row.get("country") or None, gender=gender or None
    )
    return Known(actor, names=row.many("aliases"), source=row.need("source"))


def surnames(name: str) -> tuple[str, ...]:
    """The sound keys under which the bearer of a full name may be called later: last word, and last word with particles."""
    words = surface(name).split()
    if len(words) < 2:
        return (sound(name),)
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold().strip("-") in NAME_PARTICLES:
        first -= 1
    tails = {" ".join(words[-1:]), " ".join(words[first:])}
    article, hyphen, bare = words[-1].partition("-")
    if hyphen and article.casefold() in _ARTICLES:
        # "Sisi" is who is called el-Sisi.
        tails.add(bare)
    if words[-1].casefold() in ("jr", "jr.", "sr", "ii", "iii") and len(words) > 2:
        tails = {words[-2], " ".join(words[-2:])}
    return tuple(sorted(sound(t) for t in tails))


class ActorIndex:
    """Lookup of actors by id and by name. Of two rows with one id the later one stands; nothing is guessed."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known: dict[str, Known] = {k.actor.id: k for k in known}
        self._words: dict[str, list[tuple[str, NameForm, str]]] = {}
        self._marks: dict[str, list[tuple[str, NameForm, str]]] = {}
        for entry in self._known.values():
            self._add(entry)
        # A page asks for one string many times, and so does the next page.
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._named)

    def _add(self, entry: Known) -> None:
        for words, form in entry.forms():
            item = (entry.actor.id, form, words)
            if is_mark(words):
                self._marks.setdefault(surface(words), []).append(item)
                if len(surface(words)) >= 4:
                    self._marks.setdefault(surface(words).capitalize(), []).append(item)
            else:
                for variant in _variants(words, form):
                    self._words.setdefault(variant, []).append(item)

    @cached_property
    def _people(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """The ids of the persons by the sound of their full names and of their family names; made when first asked for."""
        full: dict[str, list[str]] = {}
        family: dict[str, list[str]] = {}
        for entry in self._known.values():
            if entry.actor.kind is ActorKind.PERSON:
                for name in (entry.actor.name, *entry.names):
                    full.setdefault(sound(name), []).append(entry.actor.id)
                    for tail in surnames(name):
                        family.setdefault(tail, []).append(entry.actor.id)
        return full, family

    def __iter__(self) -> Iterator[Known]:
        return iter(self._known.values())

    def known(self, actor: str) -> Known | None:
        """The entry of the actor with this id, or None."""
        return self._known.get(actor)

    def named(self, words: str, date: str | None) -> tuple[Named, ...]:
        """The actors that `words` name as a whole; those that existed on `date` if any did, else all."""
        return self._remembered(words, date)

    def _named(self, words: str, date: str | None) -> tuple[Named, ...]:
        text = surface(words)
        items = self._marks.get(text, []) + self._words.get(key(words), [])
        if text == text.lower():
            items = [i for i in items if i[1] is NameForm.DESCRIPTION or i[2] == i[2].lower()]
        found: dict[str, Named] = {}
        for actor, form, _ in items:
            found.setdefault(actor, Named(self._known[actor].actor, form))
        extant = [n for n in found.values() if self._known[n.actor.id].exists_on(date)]
        return tuple(extant or found.values())

    def people(self, name: str) -> tuple[Actor, ...]:
        """The persons with this full name, however it is transliterated."""
        return self._persons(self._people[0].get(sound(name), ()))

    def by_surname(self, name: str) -> tuple[Actor, ...]:
        """The persons with this family name."""
        return self._persons(self._people[1].get(sound(name), ()))

    def _persons(self, ids: Iterable[str]) -> tuple[Actor, ...]:
        return tuple(self._known[i].actor for i in dict.fromkeys(ids))


def _variants(words: str, form: NameForm) -> Iterator[str]:
    yield key(words)
    if form is NameForm.DEMONYM:
        folded = key(words)
        if not folded.endswith(("s", "sh", "ch", "se", "men", "ss")):
            yield folded + "s"
