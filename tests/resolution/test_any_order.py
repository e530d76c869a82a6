"""Who speaks does not depend on the order in which pages are read or resolved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from onrecord import pipeline, sources
from onrecord.pipeline.resolving import of_body
from onrecord.record import Record
from onrecord.resolution import Resolver

SAMPLES = Path(__file__).parents[2] / "samples"
#: A report with its copies, the pages that answer it, and an undated one.
PAGES = [
    *sorted(SAMPLES.glob("2031-03-0[45]_*compact-talks.txt")),
    SAMPLES / "2031-01-14_halvik-courier_convoy-accusation.txt",
    SAMPLES / "undated_ostrelle-dispatch_council-remarks.txt",
]

Said = dict[tuple[str, str], list[str]]


def _speakers(record: Record) -> Said:
    """The speakers' names by page and words."""
    return {
        (Path(row.path).name, row.content): [s.name for s in row.statement.speakers] for row in record.statement_rows()
    }


def _read(pages: Sequence[Path], engine: pipeline.Engine, path: Path) -> Said:
    with Record.open(path, create=True) as record:
        pipeline.read(sources.pages([str(page) for page in pages]), record, engine)
        return _speakers(record)


def test_pages_read_in_any_order_have_the_same_speakers(engine: pipeline.Engine, tmp_path: Path) -> None:
    forwards = _read(PAGES, engine, tmp_path / "forwards.db")
    backwards = _read(PAGES[::-1], engine, tmp_path / "backwards.db")
    shared = forwards.keys() & backwards.keys()
    assert len(shared) > 0.9 * max(len(forwards), len(backwards))
    assert {key: forwards[key] for key in shared} == {key: backwards[key] for key in shared}


def test_readings_resolved_backwards_have_the_same_speakers(engine: pipeline.Engine, sample_record: Record) -> None:
    resolver = Resolver(engine.knowledge)
    said = {row.statement.id: row.statement for row in sample_record.statement_rows()}
    documents = sorted({s.document for s in said.values()}, reverse=True)
    for document in documents:
        reading = of_body(sample_record.reading(document))
        resolved = resolver.resolve(sample_record.document(document), reading).reading
        for statement in resolved.statements:
            before = said[statement.id]
            assert [s.name for s in statement.speakers] == [s.name for s in before.speakers]
            assert [s.name for s in statement.target] == [s.name for s in before.target]
