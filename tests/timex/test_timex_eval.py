"""The evaluation command for time expressions."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from evals import timex


def test_predictions_for_each_document(tmp_path: Path) -> None:
    text = "The envoy said Monday it was over.\n\nThe truce, signed in June 2030, had held.\n"
    rows = [
        {"doc_id": "a", "dct": "2031-05-14", "text": text},
        {"doc_id": "b", "dct": None, "text": "He left yesterday."},
    ]
    source = tmp_path / "in.jsonl.gz"
    source.write_bytes(gzip.compress("\n".join(json.dumps(row) for row in rows).encode()))
    out = tmp_path / "out.jsonl"
    assert timex.main([str(source), "--out", str(out)]) == 0
    first, second = (json.loads(line) for line in out.read_text(encoding="utf8").splitlines())
    assert [(text[t["start"] : t["end"]], t["type"], t["value"]) for t in first["timexes"]] == [
        ("Monday", "DATE", "2031-05-12"),
        ("June 2030", "DATE", "2030-06"),
    ]
    assert second == {"doc_id": "b", "timexes": [{"start": 8, "end": 17, "type": "DATE", "value": ""}]}


def test_sentences_cover_the_words() -> None:
    text = "He left at 5 p.m. Monday. Mr. Kolb stayed.\n\nNobody else did."
    assert [s.of(text) for s in timex.sentences(text)] == [
        "He left at 5 p.m. Monday.",
        "Mr. Kolb stayed.",
        "Nobody else did.",
    ]
