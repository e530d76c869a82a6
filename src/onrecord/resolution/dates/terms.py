"""The terms of the office-holders a page names: what the dating of a page asks of the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from onrecord.knowledge import Knowledge
from onrecord.model import ActorKind, Office

#: The ``source`` of a row that nobody looked up.
UNVERIFIED = "unverified"
#: A successor who begins so near the end that a row gives a term confirms that end.
_HANDOVER = timedelta(days=31)


class OfficeTerms(Protocol):
    """Looks up who held what, and when."""

    def terms(self, person: str, title: str, of: str) -> Sequence[Office]:
        """The terms in which somebody called `person` held the office `title` of `of`.

        All three are words as the page has them ("Anna Kolb", "foreign minister", "Arvenian"); `of` is empty where the page
        does not say whose office it is. Nothing when the words are not known: unknown words are no evidence.
        """
        ...

    def only_term(self, person: str, title: str, of: str) -> Sequence[Office]:
        """The one term that somebody called `person` (by first name and last) held at the organisation `of`, else nothing.

        `title` must be words for some office, though not for that one. States are no such organisation: everybody is of one.
        """
        ...

    def called(self, words: str, term: Office) -> bool:
        """True when somebody in `term` may be called by `words`, those of the institution first."""
        ...


class KnowledgeTerms:
    """The terms that the tables know."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def terms(self, person: str, title: str, of: str) -> Sequence[Office]:
        """The terms of all persons of that name whose office the title means; see `OfficeTerms`."""
        known = self._knowledge
        institutions = {named.actor.id for named in known.actors_named(of)} if of else set()
        if of and not institutions:
            return ()
        people = known.people(person) or (known.people_by_surname(person) if " " not in person.strip() else ())
        return tuple(
            self._confirmed(term)
            for actor in people
            for term in known.offices_of(actor.id)
            if known.title_fits(title, term) and (not of or term.of in institutions)
        )

    def only_term(self, person: str, title: str, of: str) -> Sequence[Office]:
        """The one term of that person at the organisation; see `OfficeTerms`."""
        known = self._known_organisations(of)
        if not known or " " not in person.strip() or not self._knowledge.titles.known(title):
            return ()
        held = [
            term
            for actor in self._knowledge.people(person)
            for term in self._knowledge.offices_of(actor.id)
            if term.of in known
        ]
        return (self._confirmed(held[0]),) if len(held) == 1 else ()

    def called(self, words: str, term: Office) -> bool:
        """True when a tail of `words` is a title that fits the term; see `OfficeTerms`."""
        parts = words.split()
        return any(self._knowledge.title_fits(" ".join(parts[cut:]), term) for cut in range(len(parts)))

    def _known_organisations(self, of: str) -> set[str]:
        named = self._knowledge.actors_named(of) if of else ()
        return {n.actor.id for n in named if n.actor.kind in (ActorKind.ORGANISATION, ActorKind.FORUM)}

    def _confirmed(self, term: Office) -> Office:
        """The term with its end confirmed where the beginning of a successor's is: by then it had ended."""
        if term.verified is None or term.end is None or term.verified >= term.end:
            return term
        early = (date.fromisoformat(term.end) - _HANDOVER).isoformat()
        late = (date.fromisoformat(term.end) + _HANDOVER).isoformat()
        starts = [
            other.start
            for other in self._knowledge.offices()
            if other.of == term.of
            and other.title.casefold() == term.title.casefold()
            and other.holder != term.holder
            and other.verified is not None
            and max(term.start, early) < other.start <= late
        ]
        if not starts:
            return term
        end = max(term.end, min(starts))
        return replace(term, end=end, verified=end)
