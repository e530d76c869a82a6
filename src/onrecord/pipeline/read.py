"""From pages to record, in batches: each batch is one transaction, so what is done stays done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from onrecord import documents, reports
from onrecord.knowledge import Knowledge
from onrecord.model import Document, DocumentStatus, Page, Precision, Reading, Report, Skipped, errors
from onrecord.pipeline.lines import reworded
from onrecord.pipeline.outcome import Outcome, OutcomeKind, Progress, Summary
from onrecord.pipeline.parts import parts
from onrecord.pipeline.relating import Said
from onrecord.pipeline.resolving import of_body, resolve
from onrecord.reading import Reader
from onrecord.reading.timex import timexes
from onrecord.record import Batch, Record, RecordIndex, makings, query, sole_writer, tombstones
from onrecord.relations import RELATIONS_VERSION
from onrecord.relations.lines import Line
from onrecord.relations.pairs import PairClassifier
from onrecord.resolution import Resolver
from onrecord.resolution.dates import KnowledgeTerms, infer_published

#: Pages in one transaction: an interruption loses at most so much work.
BATCH = 64


@dataclass(frozen=True, slots=True)
class Engine:
    """The parts a reading needs, loaded once."""

    knowledge: Knowledge
    reader: Reader
    resolver: Resolver
    #: How two contents stand to each other; without it only words and passages draw relations.
    classifier: PairClassifier | None = None

    @classmethod
    def load(cls, knowledge: Knowledge) -> Engine:
        """The engine with the tables given (an overlay of actors may be part of them)."""
        return cls(knowledge, Reader.load(), Resolver(knowledge), PairClassifier.shipped())

    def with_knowledge(self, knowledge: Knowledge) -> Engine:
        """The same readers with other tables."""
        return replace(self, knowledge=knowledge, resolver=Resolver(knowledge))

    def parts(self) -> dict[str, str]:
        """The parts that read pages with their versions, by name: what is noted of every page."""
        return parts(self.knowledge.version)

    def makers(self) -> dict[str, str]:
        """The versions of what makes the record, by name."""
        return {
            "reader": self.reader.version,
            "resolver": self.resolver.version,
            "knowledge": self.knowledge.version,
            "relations": RELATIONS_VERSION,
        }


def read(
    pages: Iterable[Page | Skipped],
    record: Record,
    engine: Engine,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Reads pages into the record and says what became of each; pages the record has already change nothing.

    Raises:
        RecordBusy: another process is writing.
        RecordFull: the disk is full; the batches before are kept.
    """
    outcomes: list[Outcome] = []
    seen: dict[str, Line] = {}
    with sole_writer(record.path):
        with record.batch() as batch:
            put_head(batch, engine)
        for group in _batched(pages):
            with record.batch() as batch:
                for outcome in _Batch(batch, engine, seen).read(group):
                    outcomes.append(outcome)
                    on_progress(Progress(len(outcomes), outcome.path))
    return Summary(tuple(outcomes))


def put_head(batch: Batch, engine: Engine) -> None:
    """Stores what makes the record: the versions of its parts, and the agencies and outlets that the tables know."""
    batch.write.put_makers(engine.makers())
    batch.write.put_publishers(engine.knowledge.publishers())
    if engine.knowledge.own_table is not None:
        makings.put_overlay(batch.connection, engine.knowledge.version, engine.knowledge.own_table)


def _batched(pages: Iterable[Page | Skipped]) -> Iterator[list[Page | Skipped]]:
    stream = iter(pages)
    while group := list(islice(stream, BATCH)):
        yield group


@dataclass(frozen=True, slots=True)
class Admitted:
    """A new document with the hash of the bytes it was made from."""

    document: Document
    content_sha256: str


def read_admitted(admitted: Iterable[Admitted], batch: Batch, engine: Engine) -> tuple[tuple[Outcome, ...], Said]:
    """Groups and reads documents that were made elsewhere and that the record does not have, in one transaction.

    Their lines are not related yet: call `relate` of the `Said` that is returned, or take its pages to relate them later.
    """
    work = _Batch(batch, engine, {})
    return tuple(work.read_admitted(admitted)), work.said


def page_sha256(page: Page) -> str:
    """The SHA-256 of a page's bytes and its address: by it a page that comes again is known without being read."""
    return hashlib.sha256(page.content + b"\x00" + (page.url or "").encode()).hexdigest()


class _Batch:
    """The work on one batch of pages inside one transaction."""

    def __init__(self, batch: Batch, engine: Engine, seen: dict[str, Line]) -> None:
        self._connection = batch.connection
        self._write = batch.write
        self._engine = engine
        self._new: dict[str, Admitted] = {}
        self.said = Said(batch, seen)

    def read(self, pages: Sequence[Page | Skipped]) -> Iterator[Outcome]:
        """Pages to documents, documents to reports, reports to readings; yields an outcome for each page."""
        for page in pages:
            outcome = self._admit(page)
            if outcome is not None:
                yield outcome
        yield from self._read_new()
        self.said.relate(self._engine.classifier)

    def read_admitted(self, admitted: Iterable[Admitted]) -> Iterator[Outcome]:
        """Documents to reports, reports to readings; yields an outcome for each document. Nothing is related."""
        self._new.update((one.document.id, one) for one in admitted)
        yield from self._read_new()

    def _read_new(self) -> Iterator[Outcome]:
        for report in self._group():
            for member in report.documents:
                if member in self._new:
                    yield self._read_document(self._new[member].document, report)

    def _admit(self, page: Page | Skipped) -> Outcome | None:
        """Makes the page's document ready to be grouped, or says why there is nothing more to do for it."""
        if isinstance(page, Skipped):
            return self._skip(page.path, page.reason, page.count)
        digest = page_sha256(page)
        gone = tombstones.of_page(self._connection, page, digest)
        if gone is not None:
            return Outcome(tombstones.NAMELESS, OutcomeKind.SKIPPED, gone)
        if page.etag or page.last_modified:
            self._write.put_fetch(page.path, page.etag, page.last_modified)
        known = query.document_of_bytes(self._connection, digest)
        if known is None:
            try:
                document = documents.build(page, self._engine.knowledge)
            except errors.InputError as error:
                return self._skip(page.path, str(error))
            gone = tombstones.of_document(self._connection, document)
            if gone is not None:
                return Outcome(tombstones.NAMELESS, OutcomeKind.SKIPPED, gone)
            document = tombstones.redacted(self._connection, document)
            if document.id not in self._new and not query.has_document(self._connection, document.id):
                self._new[document.id] = Admitted(document, digest)
                return None
            known = document.id
        if known in self._new:
            first = self._new[known].document.path
            self._write.put_document(self._new[known].document)
        else:
            first = query.document(self._connection, known).path
        self._write.put_page(page.path, digest, known)
        return Outcome(page.path, OutcomeKind.KNOWN, "" if first == page.path else f"the same page as {first}")

    def _skip(self, path: str, reason: str, pages: int = 1) -> Outcome:
        self._write.put_skipped(path, reason)
        return Outcome(path, OutcomeKind.SKIPPED, reason, pages=pages)

    def _group(self) -> tuple[Report, ...]:
        """Stores the new documents and the reports they make, join or change."""
        found = [admitted.document for admitted in self._new.values()]
        changed = reports.group(found, RecordIndex(self._connection), self._engine.knowledge)
        makings.note(self._connection, found, self._engine.parts())
        for document in found:
            self._write.put_document(document)
            self._write.put_page(document.path, self._new[document.id].content_sha256, document.id)
            self._write.put_bands(document.id, reports.fingerprint(document).bands)
        for report in changed:
            self._write.put_report(report)
        self._write.drop_empty_reports()
        return changed

    def _read_document(self, document: Document, report: Report) -> Outcome:
        """Reads a document, or places what was read in another copy and reads only what this one adds."""
        if document.status is not DocumentStatus.ARTICLE:
            return Outcome(document.path, OutcomeKind.NOT_ARTICLE, document.reason or document.status.value)
        base = self._read_already(document, report)
        if base is None:
            raw = self._engine.reader.read(document)
            lines: dict[str, str] = {}
        else:
            raw, lines = self._copy_reading(base, document, report)
        raw = replace(raw, events=(*raw.events, *self._engine.reader.captions(document)))
        document, raw = self._dated(document, raw)
        apart = Reading(document.id, statements=self._engine.reader.apart(document, raw))
        if base is not None and apart.statements:
            lines |= self._lines_of(reworded(base, query.reading(self._connection, base.id), document, apart))
        # People known from the page alone are the same people on every copy: their ids come from the copy read first.
        first = query.first_read(self._connection, base.id) if base else document.id
        raw = replace(raw, statements=(*raw.statements, *apart.statements))
        resolved = resolve(self._engine.resolver, document, raw, first)
        reading = resolved.reading
        self._write.put_actors(resolved.actors)
        self._write.put_reading(
            document, raw, reading.statements, self._engine.reader.version, first if base else None, lines
        )
        self._write.put_events(document, reading, lines)
        body = of_body(reading)
        self.said.add(document, body, lines)
        number = len(body.statements)
        if len(query.versions(self._connection, document.id)) > 1:
            return Outcome(document.path, OutcomeKind.VERSION, "another version of a page in the record", number)
        if base is None:
            return Outcome(document.path, OutcomeKind.READ, statements=number)
        return Outcome(document.path, OutcomeKind.COPY, f"a copy of {base.path}", number)

    def _dated(self, document: Document, raw: Reading) -> tuple[Document, Reading]:
        """The document with the day its own evidence leaves, and the reading with its times told from that day.

        A page that states no whole date, or only its month or year, is dated by what was read in it: weekdays, facts, and the
        offices that the people it names held.
        """
        if document.published.precision is Precision.DAY:
            return document, raw
        found = infer_published(document, raw, KnowledgeTerms(self._engine.knowledge))
        if found == document.published:
            return document, raw
        dated = replace(document, published=found)
        self._write.set_published(dated)
        return dated, replace(raw, timexes=timexes(document.text, [s.span for s in raw.sentences], found))

    def _read_already(self, document: Document, report: Report) -> Document | None:
        """Another document of the report that was read: the lead if it was, else the first by id."""
        for member in report.documents:
            if member != document.id and query.was_read(self._connection, member):
                return query.document(self._connection, member)
        return None

    def _copy_reading(self, base: Document, document: Document, report: Report) -> tuple[Reading, dict[str, str]]:
        """The base's reading placed on the copy, with what the copy adds; and the line each placed statement belongs to."""
        aligned = next((c for c in report.copies if c.document == document.id and report.lead == base.id), None)
        copy = aligned or reports.align(base, document)
        before = of_body(query.reading(self._connection, base.id))
        placed = reports.placement(before, base, document, copy)
        added = self._engine.reader.read(document, placed.unread) if placed.unread else Reading(document.id)
        pairs = (*placed.origins, *placed.event_origins, *reworded(base, before, document, added))
        return _joined(placed.reading, added), self._lines_of(pairs)

    def _lines_of(self, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
        """For pairs of a new statement or event and the base's it carries, the new one's line."""
        found = list(pairs)
        lines = query.lines_of(self._connection, (old for _, old in found))
        return {new: lines[old] for new, old in found if old in lines}


def _joined(placed: Reading, added: Reading) -> Reading:
    """Two readings of different passages of one document as one, in text order."""
    taken = {statement.id for statement in placed.statements}
    statements = (*placed.statements, *(s for s in added.statements if s.id not in taken))
    return Reading(
        document=placed.document,
        sentences=tuple(sorted((*placed.sentences, *added.sentences), key=lambda s: s.span)),
        mentions=tuple(sorted({*placed.mentions, *added.mentions}, key=lambda m: (m.span, m.head))),
        timexes=tuple(sorted({*placed.timexes, *added.timexes}, key=lambda t: t.span)),
        statements=tuple(sorted(statements, key=lambda s: (s.content[0], s.id))),
        events=tuple(sorted({*placed.events, *added.events}, key=lambda m: (m.trigger[0], m.id))),
        figures=tuple(sorted({*placed.figures, *added.figures}, key=lambda f: f.span)),
    )
