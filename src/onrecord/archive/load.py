"""From the folders of a large job into a record: as if its pages had been read into it.

Reports that nothing in the record touches are stored as they are, and only what lines do to each other is drawn here. A report
that shares text with pages the record had before, or that a page was forgotten of, goes through the steps of
`onrecord.pipeline` with what is left of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from onrecord import pipeline
from onrecord.archive import collect
from onrecord.archive.files import Folder, sha256
from onrecord.archive.shapes import FOLDERS
from onrecord.model import DateValue, Document, errors
from onrecord.record import Batch, Record, RecordIndex, codec, query, schema, sole_writer, tombstones
from onrecord.record.scratch import upgraded
from onrecord.record.store import SCHEMA_HEAD
from onrecord.relations.lines import Line
from onrecord.reports import Fingerprint

Row = dict[str, Any]
Rows = dict[str, list[Row]]
#: Documents whose lines are related, or that are read, at a time.
_TOGETHER = 64
#: Tables of which a later row takes the place of an earlier one.
_REPLACED = frozenset({"actors", "makers", "publishers", "reports", "report_documents"})
#: Tables that stand for the whole job, or that documents share.
_SHARED = frozenset({"actors", "makings", "publishers", "makers", "settings"})


@dataclass(slots=True)
class Loaded:
    """What a load did: documents stored as they were, those that went through the pipeline, known ones, and forgotten ones."""

    documents: int = 0
    read: int = 0
    known: int = 0
    forgotten: int = 0
    skipped: int = 0
    statements: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A finished folder, opened: its manifest, and the parts that hold one group of batches each."""

    folder: Folder
    manifest: collect.Manifest

    @classmethod
    def open(cls, root: Path) -> Source:
        """Opens a folder and checks that this version can load it.

        Raises:
            ArchiveError: there is no finished job.
            NewerRecord: a later version wrote it.
        """
        folder = Folder(root)
        manifest = collect.manifest(folder)
        if manifest.schema > SCHEMA_HEAD:
            raise errors.NewerRecord(
                f"{root} was written by a later version of onrecord (schema {manifest.schema}, this one knows {SCHEMA_HEAD}): "
                "install that version to load it."
            )
        return cls(folder, manifest)

    def groups(self) -> list[str]:
        """The names of the parts that hold documents, in order."""
        return [Path(part.file).name for part in self.manifest.folders.get("documents", ())]

    def rows(self, folder: str, part: str) -> list[Row]:
        """The rows of one part of a folder; none where it has no such part.

        Raises:
            ArchiveError: the part is missing, or is not the one that was written.
        """
        for known in self.manifest.folders.get(folder, ()):
            if Path(known.file).name == part:
                return list(pq.read_table(self.place(known)).to_pylist())
        return []

    def place(self, part: collect.Part) -> Path:
        """Where a part lies.

        Raises:
            ArchiveError: it is missing, or is not the one that was written.
        """
        path = self.folder.root / part.file
        if not path.is_file() or sha256(path) != part.sha256:
            raise errors.ArchiveError(f"{path} is missing or not what was written: run the job again.")
        return path

    def log(self) -> Iterator[Row]:
        """The log of all pages, in order."""
        for part in self.manifest.folders.get("pages", ()):
            yield from self.rows("pages", Path(part.file).name)

    def group(self, part: str) -> Rows:
        """All rows of one group by table of the record, and ``lines``."""
        found: Rows = {}
        for name in self.manifest.folders:
            if name not in _WHOLE:
                found[_TABLES.get(name, name)] = self.rows(name, part)
        if self.manifest.schema == SCHEMA_HEAD:
            return found
        return {**upgraded(found, self.manifest.schema), "lines": found.get("lines", [])}


#: Folders that stand for the whole job and not for its batches.
_WHOLE = frozenset({"pages", "publishers", "settings"})
_TABLES = {folder: table for table, folder in FOLDERS.items()}


def load(
    root: Path,
    record: Record,
    engine: Callable[[], pipeline.Engine],
    watch: Callable[[int, int], None] = lambda _done, _all: None,
) -> Loaded:
    """Loads the folders at `root` into the open record; what the record has already changes nothing.

    A load that was interrupted goes on when it is called again. `engine` is called when a report has to be read anew; `watch` is
    told how many groups of batches are done, of all.

    Raises:
        ArchiveError: `root` holds no finished job that this version can load.
        RecordBusy, RecordFull: the record refuses; the groups before are kept.
    """
    source = Source.open(root)
    done = Loaded()
    groups = source.groups()
    with sole_writer(record.path):
        with record.batch() as batch:
            fresh = not batch.connection.execute(select(func.count()).select_from(schema.documents)).scalar()
            batch.write.put_makers(source.manifest.makers)
            for name in sorted(_WHOLE - {"pages"}):
                for row_part in source.manifest.folders.get(name, ()):
                    _put(batch.connection, schema.metadata.tables[name], source.rows(name, Path(row_part.file).name))
        ours = frozenset() if fresh else _ids(source)
        later: list[Document] = []
        seen: dict[str, Line] = {}
        watch(0, len(groups))
        for number, part in enumerate(groups, 1):
            with record.batch() as batch:
                later += _Group(batch, source.group(part), ours, fresh, done, seen).load()
            watch(number, len(groups))
        _read_later(record, source, later, engine, done)
        _put_pages(record, source, done)
    return done


def _ids(source: Source) -> frozenset[str]:
    found: set[str] = set()
    for part in source.manifest.folders.get("documents", ()):
        table = pq.read_table(source.place(part), columns=["id"])
        found.update(table["id"].to_pylist())
    return frozenset(found)


@dataclass(slots=True)
class _Group:
    """One group of batches on its way into a record, in one transaction."""

    batch: Batch
    rows: Rows
    ours: frozenset[str]
    fresh: bool
    done: Loaded
    seen: dict[str, Line] = field(default_factory=dict)

    def load(self) -> list[Document]:
        """Stores what can be stored as it is; the documents of the rest are for the pipeline."""
        whole, parted = self._divide()
        rows = self.rows if not parted and len(whole) == len(self.rows["documents"]) else _of(self.rows, whole)
        connection = self.batch.connection
        _place(connection, rows)
        for table in schema.metadata.sorted_tables:
            _put(connection, table, rows.get(table.name, []))
        self.batch.write.put_arrivals(row["id"] for row in rows["documents"])
        self._put_words(rows.get("statement_words", []))
        self._relate(rows.get("lines", []))
        self.done.documents += len(rows["documents"])
        self.done.statements += len(rows.get("statements", []))
        noted = {row["document"]: row["published"] for row in self.rows.get("document_makings", [])}
        return [_given(row, noted.get(row["id"])) for row in self.rows["documents"] if row["id"] in parted]

    def _divide(self) -> tuple[frozenset[str], frozenset[str]]:
        """The ids of documents that are stored as they are, and of those that the pipeline has to read."""
        reports: dict[str, list[str]] = {}
        for row in self.rows.get("report_documents", []):
            reports.setdefault(row["report"], []).append(row["document"])
        alone = {row["id"] for row in self.rows["documents"]} - {d for some in reports.values() for d in some}
        reports |= {document: [document] for document in sorted(alone)}
        by_id = {row["id"]: row for row in self.rows["documents"]}
        bands: dict[str, list[int]] = {}
        for row in self.rows.get("bands", []):
            bands.setdefault(row["document"], []).append(row["band"])
        whole: set[str] = set()
        parted: set[str] = set()
        for report, members in reports.items():
            gone = {m for m in members if self._forgotten(by_id[m])}
            known = {m for m in members if not self.fresh and query.has_document(self.batch.connection, m)}
            self.done.forgotten += len(gone)
            if len(known) == len(members) and (len(members) == 1 or self._has(report, members)):
                self.done.known += len(members)
            elif gone or known or any(self._touches(m, bands.get(m, [])) for m in members):
                self.done.known += len(known)
                parted |= set(members) - gone - known
            else:
                whole |= set(members)
        return frozenset(whole), frozenset(parted)

    def _forgotten(self, row: Row) -> bool:
        document = query.document_of_row(row, "")
        connection = self.batch.connection
        return tombstones.of_document(connection, document) is not None or (
            tombstones.redacted(connection, document).text != document.text
        )

    def _has(self, report: str, members: Sequence[str]) -> bool:
        found = query.report_of(self.batch.connection, members[0])
        return found is not None and found.id == report and set(found.documents) == set(members)

    def _touches(self, document: str, bands: Sequence[int]) -> bool:
        """True when a page of the record that is none of ours may be a copy of this one."""
        if self.fresh or not bands:
            return False
        wanted = Fingerprint(document, tuple(sorted(bands)), 0)
        return any(other not in self.ours for other in RecordIndex(self.batch.connection).candidates(wanted))

    def _put_words(self, rows: Sequence[Row]) -> None:
        if rows:
            self.batch.write.put_words([(row["statement"], row["words"]) for row in rows])

    def _relate(self, rows: Sequence[Row]) -> None:
        """Draws the relations of the lines stored, as a reading does at the end of a batch."""
        for at in range(0, len(rows), _TOGETHER):
            said = pipeline.Said(self.batch, self.seen)
            for row in rows[at : at + _TOGETHER]:
                said.pages.append((codec.load(row["lines"], list[Line]), frozenset(row["new"])))
                said.line_of.update(json.loads(row["line_of"]))
            said.relate(None)


def _given(row: Row, published: str | None) -> Document:
    """The document of a row as it was before it was read, when only the page's own date was known."""
    document = query.document_of_row(row, "")
    return document if published is None else replace(document, published=codec.load(published, DateValue))


def _of(rows: Rows, documents: frozenset[str]) -> Rows:
    """The rows of some documents and of nothing else; actors and versions stay."""
    kept: Rows = {name: found for name, found in rows.items() if name in _SHARED}
    owner: dict[str, str] = {row["id"]: row["document"] for name in _OWNED for row in rows.get(name, [])}
    reports = {row["report"] for row in rows.get("report_documents", []) if row["document"] in documents}
    for name, found in rows.items():
        if name in _SHARED:
            continue
        if name == "documents":
            kept[name] = [row for row in found if row["id"] in documents]
        elif name == "reports":
            kept[name] = [row for row in found if row["id"] in reports]
        else:
            kept[name] = [row for row in found if _document(row, owner) in documents]
    return kept


#: Tables whose rows have an id of their own and belong to a document.
_OWNED = ("statements", "event_mentions")


def _document(row: Mapping[str, Any], owner: Mapping[str, str]) -> str | None:
    if "document" in row:
        found: str = row["document"]
        return found
    return owner.get(row.get("statement") or row.get("mention") or "")


def _place(connection: Connection, rows: Rows) -> None:
    """Puts what was read after what the record has: positions and batches of a job count from nothing."""
    t = schema.document_makings
    found = rows.get(t.name, [])
    if not found:
        return
    position, batch = connection.execute(
        select(func.coalesce(func.max(t.c.position), 0), func.coalesce(func.max(t.c.batch), 0))
    ).one()
    last = -1
    for row in found:
        if row["position"] <= last:
            batch += 1
        last = row["position"]
        position += 1
        row["position"], row["batch"] = position, row["batch"] + batch


def _put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    if table.name in _REPLACED:
        keys = [column.name for column in table.primary_key]
        changed = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), rows)
    else:
        connection.execute(statement.on_conflict_do_nothing(), rows)


def _read_later(
    record: Record, source: Source, later: Sequence[Document], engine: Callable[[], pipeline.Engine], done: Loaded
) -> None:
    """Gives documents to the pipeline, as `onrecord read` does with those it has made."""
    if not later:
        return
    wanted = {document.id for document in later}
    pages: dict[str, tuple[str, str]] = {}
    for row in source.log():
        if row["document"] in wanted:
            pages.setdefault(row["document"], (row["path"], row["content_sha256"]))
    for at in range(0, len(later), _TOGETHER):
        with record.batch() as batch:
            given = [(document, *pages[document.id]) for document in later[at : at + _TOGETHER]]
            admitted = [pipeline.Admitted(replace(document, path=path), digest) for document, path, digest in given]
            outcomes, said = pipeline.read_admitted(admitted, batch, engine())
            said.relate(engine().classifier)
        done.read += len(outcomes)
        done.statements += sum(outcome.statements for outcome in outcomes)


def _put_pages(record: Record, source: Source, done: Loaded) -> None:
    """Stores where each document was found, what servers gave, and what gave no page; nothing of a forgotten page."""
    t = schema.pages
    for part in source.manifest.folders.get("pages", ()):
        rows = source.rows("pages", Path(part.file).name)
        with record.batch() as batch:
            there: set[str] = set()
            for some in query.in_parts(row["document"] for row in rows if row["document"] is not None):
                there.update(
                    batch.connection.execute(
                        select(schema.documents.c.id).where(schema.documents.c.id.in_(some or []))
                    ).scalars()
                )
            _put(
                batch.connection,
                t,
                [{c.name: row[c.name] for c in t.columns} for row in rows if row["document"] in there],
            )
            for row in rows:
                if row["document"] is None:
                    done.skipped += row["count"]
                    batch.write.put_skipped(row["path"], row["reason"])
                elif row["document"] in there and (row["etag"] or row["last_modified"]):
                    batch.write.put_fetch(row["path"], row["etag"], row["last_modified"])
