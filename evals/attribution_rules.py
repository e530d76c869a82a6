"""Attributions by the rules of the reader, for the attribution benchmark.

    python -m evals.attribution_rules INPUT --out PRED

Reads JSON Lines (plain or .gz) with ``doc_id`` and ``text``; writes ``doc_id`` and ``attributions``, each with source, cue
and content as lists of half-open offsets. Every line of a text is taken for the body. The corpus marks no nested
attributions, so only the outermost are written; it marks states of mind too, so those are kept.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.io import rows
from onrecord.model import (
    UNKNOWN_DATE,
    Document,
    DocumentStatus,
    Line,
    LineRole,
    Span,
    content_id,
    text_sha256,
)
from onrecord.reading.attributed import Attribution
from onrecord.reading.finding import find
from onrecord.reading.paragraphs import paragraphs
from onrecord.reading.parse import parse


def body_document(name: str, text: str) -> Document:
    """A document that is nothing but body."""
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(Line(Span(start, start + len(line)), LineRole.BODY))
        start += len(line) + 1
    return Document(
        id=content_id("doc", name, text),
        path=name,
        text=text,
        text_sha256=text_sha256(text),
        media_type="text/plain",
        lines=tuple(lines),
        published=UNKNOWN_DATE,
        status=DocumentStatus.ARTICLE,
    )


def outermost(found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions whose content and cue lie in no other's content."""
    kept = []
    for one in found:
        roles = (*one.cue, *one.content)
        held = any(
            two is not one
            and two.content != one.content
            and all(any(c.contains(s) for c in two.content) for s in roles)
            for two in found
        )
        if not held:
            kept.append(one)
    return kept


def predict(row: Mapping[str, Any]) -> dict[str, object]:
    """The attributions of one text in the benchmark's form."""
    document = body_document(row["doc_id"], row["text"])
    found = outermost(find(parse(document.text, paragraphs(document))))
    return {
        "doc_id": row["doc_id"],
        "attributions": [
            {role: [[s.start, s.end] for s in getattr(a, role)] for role in ("source", "cue", "content")} for a in found
        ],
    }


def main(argv: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("input", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(argv)
    with args.out.open("w", encoding="utf-8") as out:
        for row in rows(args.input):
            out.write(json.dumps(predict(row), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
