"""Statements as JSON-LD: schema.org's Claim and Quotation, where they stand (Web Annotation), and where they come from (PROV).

Every statement is a Claim; one whose words are given in quotation marks is a Quotation too. The context is inside the file, so that it is
read without a network. Terms: https://schema.org/Claim, https://schema.org/Quotation, https://www.w3.org/TR/prov-o/,
https://www.w3.org/TR/annotation-vocab/#textpositionselector. What these have no word for is in a namespace of our own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, TextIO

from onrecord.model import Actor, ActorKind, ActorRef, QuoteType
from onrecord.record import DocumentRow, Record, StatementRow
from onrecord.views.fields.shape import Plain

BASE = "urn:x-onrecord:"
CONTEXT: Plain = {
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "onrecord": f"{BASE}terms:",
    "url": {"@type": "@id"},
    "appearance": {"@type": "@id"},
    "isPartOf": {"@type": "@id"},
    "isBasedOn": {"@type": "@id"},
    "prov:wasQuotedFrom": {"@type": "@id"},
    "prov:wasDerivedFrom": {"@type": "@id"},
    "prov:wasGeneratedBy": {"@type": "@id"},
    "prov:wasAssociatedWith": {"@type": "@id"},
    "oa:hasSource": {"@type": "@id"},
}
_QUOTED = (QuoteType.DIRECT, QuoteType.MIXED)
_KINDS = {
    ActorKind.PERSON: "Person",
    ActorKind.STATE: "Country",
    ActorKind.GOVERNMENT_ORGAN: "GovernmentOrganization",
    ActorKind.ORGANISATION: "Organization",
    ActorKind.FORUM: "Organization",
    ActorKind.ARMED_GROUP: "Organization",
    ActorKind.AGENCY: "NewsMediaOrganization",
    ActorKind.OUTLET: "NewsMediaOrganization",
}


def write_jsonld(record: Record, rows: Iterable[StatementRow], out: TextIO, *, words: bool = True) -> int:
    """Writes the statements `rows`, which come page by page, and their pages as one JSON-LD document; returns how many statements."""
    out.write('{"@context": ' + json.dumps(CONTEXT) + ',\n "@graph": [\n')
    number, first, makers = 0, True, set[str]()
    for document, some in groupby(rows, key=lambda row: row.statement.document):
        lines = list(some)
        page = record.documents([document])[0]
        nodes = [_article(page)]
        for maker in sorted({row.statement.made_by for row in lines} - makers):
            makers.add(maker)
            nodes += _reading(maker)
        known = record.actors({ref.id for row in lines for ref in _named(row) if ref.id is not None})
        nodes += [_statement(row, page, known, words=words) for row in lines]
        for node in nodes:
            out.write(("  " if first else ",\n  ") + json.dumps(node, ensure_ascii=False, allow_nan=False))
            first = False
        number += len(lines)
    out.write("\n ]}\n")
    return number


def _iri(id_: str) -> str:
    return f"{BASE}{id_}"


def _article(page: DocumentRow) -> Plain:
    """A page: a news article, derived from the text of others where that is known."""
    origin = [{"@type": "NewsMediaOrganization", "name": name} for name in page.origin.names]
    return _filled(
        {
            "@id": _iri(page.id),
            "@type": ["NewsArticle", "prov:Entity"],
            "headline": page.title,
            "url": page.url,
            "datePublished": page.published.value,
            "inLanguage": page.language,
            "publisher": {"@type": "NewsMediaOrganization", "name": page.publisher} if page.publisher else None,
            "sourceOrganization": origin,
            "onrecord:report": page.report,
            "onrecord:independence": page.origin.independence.value,
            "onrecord:textSha256": page.text_sha256,
        }
    )


def _reading(maker: str) -> list[Plain]:
    """The activity that made statements, and the software that it was."""
    activity = _iri(f"reading:{maker}")
    return [
        {"@id": activity, "@type": "prov:Activity", "prov:wasAssociatedWith": _iri(f"reader:{maker}")},
        {
            "@id": _iri(f"reader:{maker}"),
            "@type": ["prov:SoftwareAgent", "SoftwareApplication"],
            "name": "onrecord",
            "softwareVersion": maker,
        },
    ]


def _named(row: StatementRow) -> Iterator[ActorRef]:
    s = row.statement
    yield from (*s.speakers, *s.on_behalf_of, *s.target)


def _statement(row: StatementRow, page: DocumentRow, known: dict[str, Actor], *, words: bool) -> Plain:
    s = row.statement
    quoted = s.quote_type in _QUOTED
    where = _iri(s.document)
    speakers = [_actor(ref, known) for ref in s.speakers]
    return _filled(
        {
            "@id": _iri(s.id),
            "@type": ["Claim", "Quotation", "prov:Entity"] if quoted else ["Claim", "prov:Entity"],
            "text": row.content if words else None,
            "author": speakers,
            "spokenByCharacter": speakers if quoted else [],
            "sourceOrganization": [_actor(ref, known) for ref in s.on_behalf_of],
            "about": [_actor(ref, known) for ref in s.target],
            "dateCreated": s.date.value,
            "locationCreated": {"@type": "Place", "name": s.place.name} if s.place is not None else None,
            "inLanguage": page.language,
            "appearance": where,
            "isPartOf": where if quoted else None,
            "prov:wasQuotedFrom": where if quoted else None,
            "prov:wasDerivedFrom": None if quoted else where,
            "prov:wasAttributedTo": speakers,
            "prov:wasGeneratedBy": _iri(f"reading:{s.made_by}"),
            "oa:hasSelector": [
                {"@type": "oa:TextPositionSelector", "oa:start": span.start, "oa:end": span.end} for span in s.content
            ],
            "onrecord:act": s.act.value,
            "onrecord:quoteType": s.quote_type.value,
            "onrecord:independentReports": row.independent_reports,
            "onrecord:confidence": round(s.confidence, 2),
        }
    )


def _actor(ref: ActorRef, known: dict[str, Actor]) -> Plain:
    actor = known.get(ref.id or "")
    kind = _KINDS.get(actor.kind, "Thing") if actor is not None else "Thing"
    return _filled({"@id": _iri(f"actor:{ref.id}") if ref.id else None, "@type": kind, "name": ref.name})


def _filled(node: dict[str, Any]) -> Plain:
    """The node without what is not known."""
    return {name: value for name, value in node.items() if value is not None and value != []}
