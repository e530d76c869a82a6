"""The search of copies costs as its candidates, not as the record."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert, select, text

from onrecord.record import Record, RecordIndex, schema
from onrecord.reports import CANDIDATE_LIMIT, SHARED_BANDS, Fingerprint


def filled(record: Record, documents: int) -> None:
    """Documents of 40 bands each; document n shares 3 bands with document 0 when n is a multiple of 10."""
    with record.batch() as batch:
        rows = [
            {"band": band if band < 3 and n % 10 == 0 else n * 100 + band + 1000, "document": f"doc-{n:05}"}
            for n in range(documents)
            for band in range(40)
        ]
        names = [
            {
                "id": f"doc-{n:05}", "published": "{}", "status": "article", "media_type": "text/plain", "text_sha256": "",
                "text": "", "lines": "[]", "credits": "[]", "meta": "[]", "conflicts": "[]",
            }
            for n in range(documents)
        ]  # fmt: skip
        batch.connection.execute(insert(schema.documents), names)
        batch.connection.execute(insert(schema.bands), rows)


def test_candidates_share_bands_and_are_bounded(tmp_path: Path) -> None:
    with Record.open(tmp_path / "record.db", create=True) as record:
        filled(record, 4000)
        with record.batch() as batch:
            found = RecordIndex(batch.connection).candidates(Fingerprint("doc-new", tuple(range(40)), 200))
    assert SHARED_BANDS <= 3
    assert len(found) == CANDIDATE_LIMIT
    assert all(int(name[4:]) % 10 == 0 for name in found)


def test_the_search_uses_the_index(tmp_path: Path) -> None:
    with Record.open(tmp_path / "record.db", create=True) as record:
        filled(record, 200)
        with record.batch() as batch:
            bands = schema.bands
            query = select(bands.c.document).where(bands.c.band.in_((1, 2, 3))).group_by(bands.c.document)
            compiled = query.compile(batch.connection, compile_kwargs={"literal_binds": True})
            plan = [row[-1] for row in batch.connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))]
    assert any("SEARCH bands USING" in step for step in plan)
    assert not any(step.startswith("SCAN bands") for step in plan)
