"""Making a record again: its pages in the order in which they were read, by today's parts, with all that people entered.

The record keeps the source text of a page and not its bytes. So a page is read again from its kept text, its lines and its
metadata as they were found; the finding of lines and metadata itself is made again only for pages that are handed in.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from onrecord import documents
from onrecord.knowledge import Knowledge
from onrecord.model import Page, Skipped
from onrecord.pipeline.outcome import Progress
from onrecord.pipeline.read import Admitted, Engine, page_sha256, put_head, read_admitted
from onrecord.record import Record, carrying, makings, sole_writer, tombstones
from onrecord.record.makings import Made


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay did: pages read again, how many of them from bytes that were handed in, and how many nothing was noted of."""

    pages: int
    from_bytes: int
    unnoted: int


def replay(
    source: Record,
    target: Record,
    engine: Engine,
    pages: Iterable[Page | Skipped] = (),
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Replayed:
    """Reads all pages of `source` into the empty record `target`, in the same order and the same batches.

    `engine` gives the parts; each page is read with the tables of actors that it was read with. `pages` are bytes of pages of the
    record: those are understood anew from the beginning.

    Raises:
        RecordBusy: another process is writing to the target.
        RecordFull: the disk is full.
    """
    given = {page_sha256(page): page for page in pages if isinstance(page, Page)}
    engines = _Engines(engine, source.ask(makings.overlays))
    done = from_bytes = 0
    with sole_writer(target.path):
        last = engine
        for _, some in groupby(source.ask(lambda c: list(makings.made(c))), key=lambda one: one.batch):
            for version, together in groupby(some, key=lambda one: one.parts.get("knowledge", "")):
                last = engines.of(version)
                admitted = list(_admitted(together, given, last))
                with target.batch() as batch:
                    put_head(batch, last)
                    _, said = read_admitted([one for one, _ in admitted], batch, last)
                    said.relate(last.classifier)
                for one, again in admitted:
                    done += 1
                    from_bytes += again
                    on_progress(Progress(done, one.document.path))
        with target.batch() as batch:
            put_head(batch, last)
            source.ask(lambda c: carrying.carry(c, batch.connection))
    return Replayed(done, from_bytes, source.ask(makings.unnoted))


def _admitted(together: Iterable[Made], given: Mapping[str, Page], engine: Engine) -> Iterator[tuple[Admitted, bool]]:
    """The documents as they are given to the reader; True for those that are made anew from their bytes."""
    for one in together:
        page = given.get(one.content_sha256)
        # A page with a name blocked out is never made from its bytes again: the name would come back.
        if page is None or tombstones.BLOCK in one.document.text:
            yield Admitted(one.document, one.content_sha256), False
            continue
        built = documents.build(page, engine.knowledge)
        yield Admitted(replace(built, path=one.document.path), one.content_sha256), True


class _Engines:
    """The engine with each of the users' tables that pages were read with."""

    def __init__(self, engine: Engine, overlays: Mapping[str, str]) -> None:
        self._engine = engine
        self._overlays = overlays
        self._made: dict[str, Engine] = {}

    def of(self, version: str) -> Engine:
        """The engine for pages whose tables had this version; the given one where the record has no table for it."""
        text = self._overlays.get(version)
        if text is None or version == self._engine.knowledge.version:
            return self._engine
        if version not in self._made:
            self._made[version] = self._engine.with_knowledge(knowledge_of(text))
        return self._made[version]


def knowledge_of(table: str | None) -> Knowledge:
    """The package's tables with a user's table that a record kept as text.

    Raises:
        KnowledgeError: the table is malformed for today's tables.
    """
    if table is None:
        return Knowledge.load()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "actors.csv"
        path.write_bytes(table.encode("utf-8"))
        return Knowledge.load(path)
