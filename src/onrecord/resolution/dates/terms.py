"""The terms of the office-holders a page names: what the dating of a page asks of the tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from onrecord.knowledge import Knowledge
from onrecord.model import Office


class OfficeTerms(Protocol):
    """Looks up who held what, and when."""

    def terms(self, person: str, title: str, of: str) -> Sequence[Office]:
        """The terms in which somebody called `person` held the office `title` of `of`.

        All three are words as the page has them ("Anna Kolb", "foreign minister", "Arvenian"); `of` is empty where the page
        does not say whose office it is. Nothing when the words are not known: unknown words are no evidence.
        """
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
            term
            for actor in people
            for term in known.offices_of(actor.id)
            if known.title_fits(title, term) and (not of or term.of in institutions)
        )
