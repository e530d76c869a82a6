"""What it costs to add 1,000 pages to a small and to a large record: grouping and storing, without the reading.

``python -m benchmarks.incremental`` fills a record with the fingerprints of 2,000 and then of 200,000 pages and adds the same
1,000 generated pages to each; the two times should be near each other.
"""

from __future__ import annotations

import random
import tempfile
import time
from itertools import islice
from pathlib import Path

from sqlalchemy import insert

from evals.copies import document
from evals.copies_generator import cases
from onrecord import reports
from onrecord.knowledge import Knowledge
from onrecord.model import Document
from onrecord.record import Record, RecordIndex, schema

_PART = 5_000


def background(record: Record, documents: int, seed: int = 7) -> None:
    """Fills the record with documents that have fingerprints, and no texts worth the space."""
    chance = random.Random(seed)
    empty = {"published": "{}", "status": "article", "media_type": "text/plain", "text_sha256": "", "text": ""}
    empty |= {"lines": "[]", "credits": "[]", "meta": "[]", "conflicts": "[]"}
    for start in range(0, documents, _PART):
        names = [f"doc-x{n:07}" for n in range(start, min(start + _PART, documents))]
        with record.batch() as batch:
            batch.connection.execute(insert(schema.documents), [{"id": name, **empty} for name in names])
            rows = [{"band": chance.getrandbits(63), "document": name} for name in names for _ in range(40)]
            batch.connection.execute(insert(schema.bands), rows)


def add(record: Record, documents: list[Document], knowledge: Knowledge) -> float:
    """Groups and stores the documents; the seconds it took."""
    began = time.perf_counter()
    with record.batch() as batch:
        changed = reports.group(documents, RecordIndex(batch.connection), knowledge)
        for document in documents:
            batch.write.put_document(document)
            batch.write.put_bands(document.id, reports.fingerprint(document).bands)
        for report in changed:
            batch.write.put_report(report)
    return time.perf_counter() - began


def main() -> None:
    """Prints the two times and their ratio."""
    knowledge = Knowledge.load()
    made = [document({"id": c.id, "url": c.url, "date": c.date, "text": c.text}) for c in islice(cases(11, 400), 1_000)]
    documents = list({d.id: d for d in made}.values())
    seconds = {}
    for size in (2_000, 200_000):
        with tempfile.TemporaryDirectory() as work, Record.open(Path(work) / "record.db", create=True) as record:
            background(record, size)
            seconds[size] = add(record, documents, knowledge)
            print(f"{size:>8,} pages in the record: {len(documents):,} more in {seconds[size]:.2f} s")
    print(f"ratio {seconds[200_000] / seconds[2_000]:.2f}")


if __name__ == "__main__":
    main()
