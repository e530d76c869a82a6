"""The work on one batch, as plain functions: no engine, no cluster, no process is known here.

`spread` writes the pages of one place into parts, `make` turns pages into documents, `read` groups the documents of some sets and
reads each report once. `read` runs the very steps of `onrecord.pipeline` over an empty record in memory and hands its tables out,
so that a large job and `onrecord read` cannot differ.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, select, text

from onrecord import documents, pipeline, reports, sources
from onrecord.archive.files import Folder, rows_at, write_table, write_text
from onrecord.archive.shapes import LINES, LINKS, MADE, PAGES, PART, Place, Ref, arrow_schema
from onrecord.knowledge import Knowledge
from onrecord.model import Document, Page, Skipped, errors
from onrecord.model.documents import PageHints
from onrecord.record import Batch, codec, schema
from onrecord.record.scratch import scratch
from onrecord.sources import Columns

#: Bytes of one part, where they are reached before its pages.
PART_BYTES = 32_000_000
#: Tables that are filled when the folders are loaded: what pages were met, and what lines do to each other.
_LATER = frozenset({"pages", "arrivals"})
_WORDS = pa.schema([pa.field("statement", pa.string(), nullable=False), pa.field("words", pa.string(), nullable=False)])


def spread(place: str, number: int, folder: Folder, columns: Columns, size: int = PART) -> Place:
    """Writes the pages of `place` into parts; parts that are there from an interrupted run are left as they are."""
    found = sources.pages([place], columns=columns)
    parts = pages = 0
    while batch := list(_part(found, size)):
        path = folder.pages(number) / f"{parts:06d}.parquet"
        if not path.exists():
            write_table(path, pa.Table.from_pylist([_page_row(page) for page in batch], PAGES))
        parts += 1
        pages += len(batch)
    done = Place(parts, pages)
    write_text(folder.spread(number), codec.dump(done))
    return done


def _part(found: Iterator[Page | Skipped], pages: int) -> Iterator[Page | Skipped]:
    size = 0
    for page in islice(found, pages):
        yield page
        size += len(page.content) if isinstance(page, Page) else 0
        if size >= PART_BYTES:
            return


def _page_row(page: Page | Skipped) -> dict[str, object]:
    if isinstance(page, Skipped):
        return {"path": page.path, "reason": page.reason, "count": page.count}
    hints = page.hints
    return {
        "path": page.path,
        "content": page.content,
        "media_type": page.media_type,
        "url": page.url,
        "fetched": page.fetched,
        "encoding": page.encoding,
        "hint_title": hints.title,
        "hint_publisher": hints.publisher,
        "hint_date": hints.date,
        "etag": page.etag,
        "last_modified": page.last_modified,
        "count": 1,
    }


def make(part: Path, rows: Sequence[int], knowledge: Knowledge) -> pa.Table:
    """The documents of the given rows of a part of pages, each with the bands of its fingerprint; a row for every page."""
    found = pq.read_table(part, schema=PAGES).take(pa.array(rows, pa.int64())).to_pylist()
    return pa.Table.from_pylist([_made(row, knowledge) for row in found], MADE)


def _made(row: Mapping[str, object], knowledge: Knowledge) -> dict[str, object]:
    made = {"path": row["path"], "bands": [], "failed": False, "count": row["count"], "reason": row["reason"]}
    if row["content"] is None:
        return made
    page = _page(row)
    made |= {
        "url": page.url,
        "content_sha256": pipeline.page_sha256(page),
        "etag": page.etag,
        "last_modified": page.last_modified,
    }
    try:
        document = documents.build(page, knowledge)
    except errors.InputError as error:
        return made | {"reason": str(error)}
    bands = list(reports.fingerprint(document).bands)
    return made | {"document": document.id, "bands": bands, "made": codec.dump(document)}


def _page(row: Mapping[str, object]) -> Page:
    names = ("content", "media_type", "path", "url", "fetched", "encoding", "etag", "last_modified")
    hints = {"title": row["hint_title"], "publisher": row["hint_publisher"], "date": row["hint_date"]}
    return Page(**{n: row[n] for n in names}, hints=PageHints(**hints))  # type: ignore[arg-type]


def link(folder: Folder, chunk: int, rows: Sequence[int]) -> pa.Table:
    """Those of the given rows of a chunk of pairs that carry one text, as far as they connect what is not connected yet.

    Pairs that share most are looked at first, so that of a text and its copies few pairs are compared; the connected sets are
    those of all links.
    """
    found = pq.read_table(folder.pairs(chunk)).take(pa.array(rows, pa.int64())).to_pylist()
    found.sort(key=lambda row: (-row["shared"], row["low"], row["high"]))
    places = {row[side]: Ref(row[f"{side}_part"], row[f"{side}_row"]) for row in found for side in ("low", "high")}
    held = {admitted.document.id: admitted.document for admitted in _admitted(places.values(), folder)}
    verdict = reports.Verdicts(held.__getitem__)
    root: dict[str, str] = {}
    linked = []
    for row in found:
        low, high = _root(root, row["low"]), _root(root, row["high"])
        if low != high and verdict(row["low"], row["high"]).same:
            root[max(low, high)] = min(low, high)
            linked.append({"low": row["low"], "high": row["high"]})
    return pa.Table.from_pylist(linked, LINKS)


def _root(root: dict[str, str], name: str) -> str:
    while name in root:
        root[name] = root.get(root[name], root[name])
        name = root[name]
    return name


def head(engine: pipeline.Engine) -> dict[str, pa.Table]:
    """The tables that stand for a whole job: the versions of what reads, and the agencies and outlets known."""
    with scratch() as connection:
        pipeline.put_head(Batch(connection), engine)
        return _tables(connection)


def read(sets: Sequence[Sequence[Ref]], folder: Folder, engine: pipeline.Engine) -> dict[str, pa.Table]:
    """Groups and reads the documents of some sets, no two of which share a report; the record's tables by name.

    ``lines`` holds beside them what relations are drawn from when the tables are loaded.
    """
    admitted = _admitted([ref for refs in sets for ref in refs], folder)
    with scratch() as connection:
        _, said = pipeline.read_admitted(admitted, Batch(connection), engine)
        return {**_tables(connection), "lines": _lines(said)}


def _admitted(refs: Iterable[Ref], folder: Folder) -> list[pipeline.Admitted]:
    by_part: dict[str, list[int]] = {}
    for ref in refs:
        by_part.setdefault(ref.part, []).append(ref.row)
    return [
        pipeline.Admitted(codec.load(row["made"], Document), row["content_sha256"])
        for part in sorted(by_part)
        for row in rows_at(folder.made(part), sorted(by_part[part]), ["made", "content_sha256"]).to_pylist()
    ]


def _tables(connection: Connection) -> dict[str, pa.Table]:
    found: dict[str, pa.Table] = {}
    for table in schema.metadata.sorted_tables:
        if table.name in _LATER:
            continue
        order = [table.c.position] if table is schema.document_makings else list(table.primary_key)
        rows = connection.execute(select(table).order_by(*order)).mappings().all()
        if rows:
            found[table.name] = pa.Table.from_pylist([dict(row) for row in rows], arrow_schema(table))
    words = connection.execute(text("SELECT statement, words FROM statement_words ORDER BY statement")).mappings().all()
    if words:
        found["statement_words"] = pa.Table.from_pylist([dict(row) for row in words], _WORDS)
    return found


def _lines(said: pipeline.Said) -> pa.Table:
    rows = []
    for page, new in said.pages:
        if page:
            line_of = {line.id: said.line_of[line.id] for line in page}
            rows.append(
                {
                    "document": page[0].document,
                    "lines": codec.dump(page),
                    "new": sorted(new),
                    "line_of": json.dumps(line_of, separators=(",", ":")),
                }
            )
    return pa.Table.from_pylist(rows, LINES)
