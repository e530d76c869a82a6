"""Offices: who held which, between which days. A term is never valid for ever."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from onrecord.knowledge.keys import key
from onrecord.knowledge.tables import Row
from onrecord.model import Actor, ActorKind, Office

OFFICE_COLUMNS = ("holder", "title", "of", "start", "end", "checked", "verified", "source")
TITLE_COLUMNS = ("title", "post", "scope", "sector", "source")

#: The posts that "the Russian leader" may mean.
_LEADERS = frozenset({"head_of_state", "head_of_government", "supreme_leader"})
#: The kinds of actors whose posts are those of an organisation.
_ORGANISED = frozenset({ActorKind.ORGANISATION, ActorKind.FORUM, ActorKind.ARMED_GROUP, ActorKind.GOVERNMENT_ORGAN})


@dataclass(frozen=True, slots=True)
class Title:
    """Words for an office: the post they mean in a scope (``state``, ``organisation``, ``any`` or an actor's id)."""

    words: str
    post: str
    scope: str
    sector: str


def title_of(row: Row) -> Title:
    """The title a row of ``titles.csv`` describes."""
    row.need("source")
    return Title(row.need("title"), row.get("post"), row.need("scope"), row.get("sector"))


#: "The U.N. ambassador" of a state is the one to the United Nations.
_POSTED_BEFORE = re.compile(r"(UN|U\.N\.|United Nations|NATO) (?:ambassador|permanent representative)", re.IGNORECASE)
_POSTED = re.compile(r"(.+?) (?:to|in|at) (?:the )?(.+)\Z", re.IGNORECASE)


class Titles:
    """What the words of titles mean."""

    def __init__(self, titles: Iterable[Title]) -> None:
        self._by_key: dict[str, list[Title]] = {}
        for title in titles:
            self._by_key.setdefault(key(title.words), []).append(title)
        self.longest = max((len(k.split()) for k in self._by_key), default=0)

    def known(self, words: str) -> bool:
        """True when `words` are exactly the words of a title."""
        return key(words) in self._by_key

    def post(self, words: str, of: Actor | None) -> str:
        """The post that `words` mean for the actor `of`; empty when they name no post of its kind."""
        found = self._by_key.get(key(self.posted_to(words)[0]), [])
        scopes = ("any",) if of is None else (of.id, _scope(of), "any")
        for scope in scopes:
            for title in found:
                if title.scope == scope:
                    return title.post
        return found[0].post if of is None and found else ""

    def owners(self, words: str) -> tuple[str, ...]:
        """The ids of the actors that alone have this title; none when it is used elsewhere, too."""
        scopes = tuple(dict.fromkeys(t.scope for t in self._by_key.get(key(words), ())))
        return scopes if all(":" in s for s in scopes) else ()

    def posted_to(self, words: str) -> tuple[str, str]:
        """The words of a title and those of where its bearer is posted: "ambassador to NATO" -> ("ambassador", "NATO")."""
        short = _POSTED_BEFORE.fullmatch(" ".join(words.split()))
        if short is not None:
            return "ambassador", "NATO" if short[1].casefold() == "nato" else "United Nations"
        match = _POSTED.match(" ".join(words.split()))
        if match is None or not self.known(match[1]):
            return words, ""
        return match[1], match[2]

    def sector(self, words: str) -> str | None:
        """The PLOVER sector of somebody with this title, or None."""
        return next((t.sector for t in self._by_key.get(key(words), []) if t.sector), None)


def _scope(actor: Actor) -> str:
    return "organisation" if actor.kind in _ORGANISED else "state"


def same_post(wanted: str, held: str) -> bool:
    """True when somebody who holds the post `held` may be called by words that mean the post `wanted`.

    A president is the "head" of an organisation, a commander that of an armed group, but a secretary-general is not called its president.
    """
    if not wanted or not held:
        return False
    if wanted == held:
        return True
    if wanted == "leader":
        return held in _LEADERS
    return wanted == "head" and held in ("president", "commander")


def office_of(row: Row, holder: str, of: str) -> Office:
    """The term a row of ``offices.csv`` describes, with the ids of holder and institution.

    Raises:
        KnowledgeError: when the days are no days, out of order, or an open term has no day on which it was checked.
    """
    verified = row.iso("verified") or None
    start, end, checked = row.iso("start"), row.iso("end"), row.iso("checked")
    row.need("start")
    row.need("checked")
    if end and end <= start:
        raise row.error(f"the term ends on {end}, not after its start {start}")
    if not end and checked < start:
        raise row.error(f"the term starts on {start}, after the day {checked} on which it was checked")
    if verified is not None and not start <= verified <= (end or checked):
        raise row.error(f"the day {verified} up to which it is verified is none of the term's")
    return Office(holder, row.need("title"), of, start, end or None, checked, row.need("source"), verified)


class Offices:
    """Lookup of terms by institution and by holder."""

    def __init__(
        self, terms: Iterable[Office], titles: Titles, actors: dict[str, Actor], named: Callable[[str], frozenset[str]]
    ) -> None:
        """`named` gives the ids of the actors that words name: where an ambassador is posted."""
        self.terms = tuple(terms)
        self._named = named
        self._titles = titles
        self._actors = actors
        self._by_of: dict[str, list[Office]] = {}
        self._by_holder: dict[str, list[Office]] = {}
        for term in self.terms:
            self._by_of.setdefault(term.of, []).append(term)
            self._by_holder.setdefault(term.holder, []).append(term)

    def holders(self, title: str, of: str, date: str) -> tuple[str, ...]:
        """The ids of those who on `date` (ISO day) held, at `of`, the office that `title` means."""
        return tuple(dict.fromkeys(t.holder for t in self._with_title(title, of) if t.held_on(date)))

    def holders_between(self, title: str, of: str, first: str, last: str) -> tuple[str, ...]:
        """The ids of those who held the office on any of the days from `first` to `last`, both included.

        None when the days go past the one on which the terms were checked: a successor may be missing.
        """
        found = (
            t.holder
            for t in self._with_title(title, of)
            if t.start <= last <= t.checked and (t.end is None or first < t.end)
        )
        return tuple(dict.fromkeys(found))

    def _with_title(self, title: str, of: str) -> Iterator[Office]:
        return (term for term in self._by_of.get(of, ()) if self.fits(title, term))

    def of_holder(self, holder: str, date: str | None) -> tuple[Office, ...]:
        """The terms of `holder`, on `date` (ISO day) when it is given, else all."""
        return tuple(t for t in self._by_holder.get(holder, ()) if date is None or t.held_on(date))

    def fits(self, title: str, term: Office) -> bool:
        """True when somebody in `term` may be called `title`."""
        institution = self._actors.get(term.of)
        if key(term.title) == key(title):
            return True
        there, here = self._titles.posted_to(title)[1], self._titles.posted_to(term.title)[1]
        if there and here and not self._named(there) & self._named(here):
            return False
        return same_post(self._titles.post(title, institution), self._titles.post(term.title, institution))
