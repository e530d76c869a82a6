"""Writing to a record: one transaction a batch, every span verified, the same rows for the same pages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from onrecord.knowledge.press import Publisher
from onrecord.model import Actor, ActorRef, Document, Reading, Report, Span, Statement, errors, joined_text
from onrecord.record import codec, fulltext, relations, schema
from onrecord.record.event_rows import actor_rows, figure_rows, mention_row, verify_mention
from onrecord.relations.across import Change
from onrecord.relations.ledgers import tells
from onrecord.relations.lines import Line

ROLES = ("speaker", "on_behalf_of", "addressee", "target")


class Writer:
    """The statements that change a record, over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert

    def put_makers(self, makers: Mapping[str, str]) -> None:
        """Stores what makes this record, by name."""
        self._upsert(schema.makers, [{"name": name, "value": makers[name]} for name in sorted(makers)])

    def put_publishers(self, publishers: Iterable[Publisher]) -> None:
        """Stores the agencies and outlets that the tables know, so that origins can be corrected without them."""
        rows = [{"name": p.name, "publisher": codec.dump(p)} for p in publishers]
        self._upsert(schema.publishers, sorted(rows, key=lambda row: row["name"]))

    def put_document(self, document: Document) -> None:
        """Stores a document; one that is there already stays as it is.

        Raises:
            SpanMismatch: when its lines do not cover its text.
        """
        verify_lines(document)
        self._add(schema.documents, [_document_row(document)])
        self.put_arrivals([document.id])

    def put_arrivals(self, documents: Iterable[str]) -> None:
        """Stores that the documents came into the record now; for those that were here before nothing changes."""
        at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        self._add(schema.arrivals, [{"document": document, "at": at} for document in documents])

    def set_published(self, document: Document) -> None:
        """Stores a changed publication date, as when evidence of the reading settles the year."""
        table = schema.documents
        values = {"published_value": document.published.value, "published": codec.dump(document.published)}
        self._connection.execute(update(table).where(table.c.id == document.id).values(values))

    def put_page(self, path: str, content_sha256: str, document: str) -> None:
        """Stores that the document was found at `path` in bytes with that hash."""
        self._add(schema.pages, [{"path": path, "content_sha256": content_sha256, "document": document}])

    def put_fetch(self, url: str, etag: str | None, last_modified: str | None) -> None:
        """Stores what the server at `url` gave to ask it again."""
        self._upsert(schema.fetches, [{"url": url, "etag": etag, "last_modified": last_modified}])

    def put_skipped(self, path: str, reason: str) -> None:
        """Stores that `path` gave no page, and why."""
        self._upsert(schema.skipped, [{"path": path, "reason": reason}])

    def put_bands(self, document: str, bands: Iterable[int]) -> None:
        """Stores the bands of a document's fingerprint (signed 64-bit) for the search of copies."""
        self._add(schema.bands, [{"band": band, "document": document} for band in sorted(set(bands))])

    def put_report(self, report: Report) -> None:
        """Stores a report as it now is; reports that lost all their documents to it are removed."""
        self._upsert(
            schema.reports,
            [
                {
                    "id": report.id,
                    "lead": report.lead,
                    "origin": codec.dump(report.origin),
                    "origin_names": ", ".join(report.origin.names),
                    "independence": report.origin.independence.value,
                }
            ],
        )
        lead = {
            "document": report.lead,
            "report": report.id,
            "is_lead": True,
            "shared": 1.0,
            "independence": report.origin.independence.value,
            "copy": None,
        }
        copies = [
            {
                "document": copy.document,
                "report": report.id,
                "is_lead": False,
                "shared": round(copy.shared, 4),
                "independence": copy.independence.value,
                "copy": codec.dump(copy),
            }
            for copy in report.copies
        ]
        self._upsert(schema.report_documents, [lead, *copies])

    def drop_empty_reports(self) -> None:
        """Removes reports that no document belongs to any more, after a batch joined or split some."""
        used = select(schema.report_documents.c.report).distinct()
        self._connection.execute(delete(schema.reports).where(schema.reports.c.id.not_in(used)))

    def put_reading(
        self,
        document: Document,
        raw: Reading,
        resolved: Sequence[Statement],
        reader: str,
        placed_from: str | None,
        lines: Mapping[str, str],
    ) -> None:
        """Stores what was read in a document and its statements as resolved, in place of an earlier reading.

        The reading is kept unresolved too, so that a later copy is placed from it and new tables can resolve it again.
        `lines` gives for a statement placed from another copy the id of the line it belongs to; the others begin a line.

        Raises:
            SpanMismatch: when a span does not lie in the document's text.
        """
        for statement in resolved:
            verify_statement(document, statement)
        self._forget_reading(document.id)
        self._upsert(
            schema.readings,
            [{"document": document.id, "reader": reader, "placed_from": placed_from, "reading": codec.dump(raw)}],
        )
        rows = [_statement_row(document, s, lines.get(s.id, s.id)) for s in resolved]
        self._add(schema.statements, rows)
        self._add(schema.statement_actors, [row for s in resolved for row in _actor_rows(document, s)])
        self.put_words((s.id, _words(document, s)) for s in resolved)

    def put_words(self, rows: Iterable[tuple[str, str]]) -> None:
        """Stores the words that statements are found by: pairs of an id and a text."""
        fulltext.put(self._connection, rows)

    def put_events(self, document: Document, reading: Reading, lines: Mapping[str, str]) -> None:
        """Stores the resolved events and the figures of `reading`, in place of those read in `document` before.

        `lines` gives for an event placed from another copy the id of the line it belongs to; the others begin a line.

        Raises:
            SpanMismatch: when a span does not lie in the document's text.
        """
        for mention in reading.events:
            verify_mention(document, mention)
        mentions, actors = schema.event_mentions, schema.event_actors
        ours = select(mentions.c.id).where(mentions.c.document == document.id)
        self._connection.execute(delete(actors).where(actors.c.mention.in_(ours)))
        self._connection.execute(delete(mentions).where(mentions.c.document == document.id))
        self._connection.execute(delete(schema.figures).where(schema.figures.c.document == document.id))
        sides = (side for m in reading.events for p in m.participants for side in p.sides)
        names = self._names_of(sorted(set(sides)))
        self._add(mentions, [mention_row(m, lines.get(m.id, m.id)) for m in reading.events])
        self._add(actors, [row for m in reading.events for row in actor_rows(m, names)])
        self._add(schema.figures, figure_rows(document, reading.figures))

    def _names_of(self, ids: Sequence[str]) -> dict[str, str]:
        if not ids:
            return {}
        table = schema.actors
        rows = self._connection.execute(select(table.c.id, table.c.name).where(table.c.id.in_(ids)))
        return {row.id: row.name for row in rows}

    def put_relations(self, lines: Sequence[Line], change: Change, line_of: Mapping[str, str], made_by: str) -> None:
        """Stores new lines as the relations layer saw them, the bonds they made, and removes those that they ended.

        `line_of` gives the line of each statement that a bond may name.
        """
        relations.put_lines(self._connection, lines)
        relations.put_change(self._connection, change, line_of, made_by)

    def put_actors(self, actors: Iterable[Actor]) -> None:
        """Stores actors; a later version of the same actor replaces the earlier one."""
        rows = {
            actor.id: {
                "id": actor.id,
                "name": actor.name,
                "search_name": codec.search_form(actor.name),
                "kind": actor.kind.value,
                "part_of": actor.part_of,
                "country": actor.country,
                "sector": actor.sector,
                "gender": actor.gender,
                "provisional": actor.provisional,
            }
            for actor in actors
        }
        self._upsert(schema.actors, [rows[key] for key in sorted(rows)])

    def _forget_reading(self, document: str) -> None:
        ours = select(schema.statements.c.id).where(schema.statements.c.document == document)
        old = list(self._connection.execute(ours).scalars())
        if not old:
            return
        self._connection.execute(delete(schema.statement_actors).where(schema.statement_actors.c.statement.in_(old)))
        fulltext.drop(self._connection, old)
        self._connection.execute(delete(schema.statements).where(schema.statements.c.document == document))
        relations.forget_lines(self._connection, old)

    def _add(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Inserts rows; those whose key is there already change nothing."""
        if rows:
            self._connection.execute(self._insert(table).on_conflict_do_nothing(), rows)

    def _upsert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Inserts rows, or replaces those with the same key."""
        if not rows:
            return
        statement = self._insert(table)
        keys = [column.name for column in table.primary_key]
        changed = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
        self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), rows)


def verify_lines(document: Document) -> None:
    """Checks that the lines of `document` lie in text order and that nothing but line ends stands between them.

    Raises:
        SpanMismatch: when they do not.
    """
    at = 0
    for line in document.lines:
        between = document.text[at : line.span.start]
        if (
            line.span.start < at
            or line.span.end > len(document.text)
            or between.strip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        ):
            raise errors.SpanMismatch(f"The lines of {document.path} do not cover its text at character {at}.")
        at = line.span.end
    if document.text[at:].strip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"):
        raise errors.SpanMismatch(f"The lines of {document.path} do not cover its text at character {at}.")


def verify_statement(document: Document, statement: Statement) -> None:
    """Checks that every span of `statement` names characters of `document`, none of them blank, in text order.

    Raises:
        SpanMismatch: when one does not.
    """
    if statement.document != document.id:
        raise errors.SpanMismatch(f"Statement {statement.id} belongs to another document than {document.id}.")
    roles = (
        statement.source,
        statement.cue,
        statement.content,
        statement.addressee,
        statement.target_spans,
        statement.qualifier,
        *(p.content for p in statement.propositions),
    )
    if not statement.content:
        raise errors.SpanMismatch(f"Statement {statement.id} has no content.")
    for spans in roles:
        _verify_role(document, statement, spans)


def _verify_role(document: Document, statement: Statement, spans: tuple[Span, ...]) -> None:
    at = 0
    for span in spans:
        if span.start < at or span.end > len(document.text) or not span.of(document.text).strip():
            raise errors.SpanMismatch(
                f"Statement {statement.id} names characters {span.start} to {span.end} of {document.path}, "
                "which are not a text of its own."
            )
        at = span.end


def _document_row(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "url": document.url,
        "title": document.title,
        "publisher": document.publisher,
        "byline": document.byline,
        "published_value": document.published.value,
        "published": codec.dump(document.published),
        "language": document.language,
        "status": document.status.value,
        "reason": document.reason,
        "media_type": document.media_type,
        "text_sha256": document.text_sha256,
        "text": document.text,
        "lines": codec.dump(document.lines),
        "dateline": codec.dump(document.dateline) if document.dateline else None,
        "credits": codec.dump(document.credits),
        "meta": codec.dump(document.meta),
        "conflicts": codec.dump(document.conflicts),
        "fetched": document.fetched,
    }


def _statement_row(document: Document, statement: Statement, line: str) -> dict[str, Any]:
    return {
        "id": statement.id,
        "document": document.id,
        "line": line,
        "start": statement.content[0].start,
        "quote_type": statement.quote_type.value,
        "act": statement.act.value,
        "polarity": statement.polarity.value,
        "modality": statement.modality.value,
        "presupposed": statement.presupposed,
        "nested_in": statement.nested_in,
        "date_value": statement.date.value,
        "date_earliest": statement.date.earliest,
        "date_latest": statement.date.latest,
        "place_name": statement.place.name if statement.place else None,
        "content_text": joined_text(document.text, statement.content),
        "telling": _tells(document, statement),
        "part": statement.part.value,
        "same_as": statement.same_as,
        "confidence": round(statement.confidence, 2),
        "made_by": statement.made_by,
        "statement": codec.dump(statement),
    }


def _tells(document: Document, statement: Statement) -> bool:
    words = joined_text(document.text, statement.content)
    return tells(statement.act, words, nested=statement.nested_in is not None)


def _actor_rows(document: Document, statement: Statement) -> list[dict[str, Any]]:
    by_role: dict[str, tuple[ActorRef, ...]] = {
        "speaker": statement.speakers,
        "on_behalf_of": statement.on_behalf_of,
        "addressee": statement.addressees,
        "target": statement.target,
    }
    telling = _tells(document, statement)
    return [
        {
            "statement": statement.id,
            "role": role,
            "position": position,
            "actor": ref.id,
            "name": ref.name,
            "search_name": codec.search_form(ref.name),
            "act": statement.act.value,
            "day": statement.date.value,
            "telling": telling,
        }
        for role in ROLES
        for position, ref in enumerate(by_role[role])
    ]


def _words(document: Document, statement: Statement) -> str:
    """What full-text search finds a statement by: its content, the names of its parties, its source as written."""
    parties = (*statement.speakers, *statement.on_behalf_of, *statement.target)
    names = dict.fromkeys(ref.name for ref in parties)
    return "\n".join(
        (joined_text(document.text, statement.content), joined_text(document.text, statement.source), *names)
    )
