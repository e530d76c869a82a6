"""Copies of one text: ``python -m evals.copies INPUT --out PRED``.

Reads JSON Lines (plain or .gz) with ``id``, ``url``, ``date`` and ``text`` (a body, or a page); writes ``id`` and ``report``,
equal for texts that are one report. `evals.copies_compare` scores it beside plain MinHash.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evals.io import rows as read
from onrecord.documents import build
from onrecord.knowledge import Knowledge
from onrecord.model import (
    UNKNOWN_DATE,
    DateBasis,
    DateValue,
    Document,
    DocumentStatus,
    Line,
    LineRole,
    Page,
    Span,
    content_id,
    day,
    text_sha256,
)
from onrecord.reports import MemoryIndex, group

#: Documents handed to the grouping at once; the result does not depend on it.
_BATCH = 1000
#: A built body of fewer words is no body.
_LEAST_WORDS = 20
#: A text with at least this share of body words is a body, with its headline and captions at most.
_BODY_SHARE = 0.7


def document(row: dict[str, Any]) -> Document:
    """The document of a row, every line of whose text is body."""
    text: str = row["text"]
    lines: list[Line] = []
    at = 0
    for line in text.split("\n"):
        lines.append(Line(Span(at, at + len(line)), LineRole.BODY))
        at += len(line) + 1
    return Document(
        id=content_id("doc", str(row["id"])),
        path=str(row["id"]),
        text=text,
        text_sha256=text_sha256(text),
        media_type="text/plain",
        lines=tuple(lines),
        published=_published(row),
        status=DocumentStatus.ARTICLE,
        url=row.get("url"),
    )


def article(row: dict[str, Any], knowledge: Knowledge) -> Document:
    """The document of a row: all of it body, or of a page the lines that the documents layer takes for body.

    A text is a page when a good part of it is no body. A page of which hardly anything is left is body as a whole.
    """
    page = Page(row["text"].encode("utf8", "surrogatepass"), "text/plain", str(row["id"]), url=row.get("url") or None)
    built = build(page, knowledge)
    words = sum(len(built.text[s.start : s.end].split()) for s in built.body())
    if words < _LEAST_WORDS or words >= _BODY_SHARE * len(built.text.split()):
        return document(row)
    name = content_id("doc", str(row["id"]))
    published = built.published if built.published.value else _published(row)
    return replace(built, id=name, status=DocumentStatus.ARTICLE, published=published)


def _published(row: dict[str, Any]) -> DateValue:
    date = row.get("date")
    return day(date[:10], DateBasis.META) if date else UNKNOWN_DATE


def predict(rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The report of each row, by the row's id."""
    index, knowledge = MemoryIndex(), Knowledge.load()
    names: dict[str, str] = {}
    for start in range(0, len(rows), _BATCH):
        batch = [article(row, knowledge) for row in rows[start : start + _BATCH]]
        names.update((d.id, d.path) for d in batch)
        index.add(batch, group(batch, index, knowledge))
    return {names[d]: report.id for report in index.reports() for d in report.documents}


def main(arguments: list[str] | None = None) -> int:
    """Group the texts of a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(arguments)
    rows = list(read(args.input))
    began = time.perf_counter()
    reports = predict(rows)
    took = time.perf_counter() - began
    with args.out.open("w", encoding="utf8") as out:
        for row in rows:
            out.write(json.dumps({"id": row["id"], "report": reports[str(row["id"])]}) + "\n")
    found = len(set(reports.values()))
    print(f"{len(rows)} texts, {found} reports, {len(rows) / max(took, 1e-9):.0f} texts/s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
