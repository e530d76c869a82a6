"""Time expressions of news texts: ``python -m evals.timex INPUT --out PRED``.

Reads JSON Lines (plain or .gz) with ``doc_id``, ``dct`` (the day of publication) and ``text``; writes ``doc_id`` and
``timexes`` (``start``, ``end``, ``type``, ``value``). Measured on TempEval-3 (TimeBank, AQUAINT).

The documents are split once, by a hash of their ids: rules are written looking at one half (``--half looked``) alone, the
other (``--half held``) is only scored. With ``--gold FILE`` the documents of the half are written there for the scorer.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from evals.io import rows
from onrecord.model import UNKNOWN_DATE, DateBasis, DateValue, Span, day
from onrecord.reading.timex import timexes

_BREAK = re.compile(
    r"(?<=[.!?])(?<![A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|Co)\.)(?<!\b(?:Mrs|Gen|Col|Sen|Rep|Gov|Inc|Jan|Feb|Aug|Oct|Nov|Dec)\.)(?<!\bSept\.)(?<![ap]\.m\.)[\"'”’)]{0,3}\s+(?=[\"'“‘(`A-Z_])|\n\s*\n"
)


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a plain text: split at blank lines and after closing punctuation before a capital."""
    spans: list[Span] = []
    start = 0
    for found in _BREAK.finditer(text):
        spans.append(Span(start, found.start()))
        start = found.end()
    spans.append(Span(start, len(text)))
    return tuple(s for s in spans if text[s.start : s.end].strip())


def held(doc_id: str) -> bool:
    """True for a document of the half that no rule was written from: blake2b of its id, in 8 bytes, is odd."""
    return hashlib.blake2b(doc_id.encode(), digest_size=8).digest()[-1] % 2 == 1


def predict(row: dict[str, Any]) -> dict[str, Any]:
    """The prediction for one document."""
    text: str = row["text"]
    published: DateValue = day(row["dct"], DateBasis.META) if row.get("dct") else UNKNOWN_DATE
    found = timexes(text, sentences(text), published)
    return {
        "doc_id": row["doc_id"],
        "timexes": [
            {"start": x.span.start, "end": x.span.end, "type": x.type.value, "value": x.value or ""} for x in found
        ],
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m evals.timex", description=__doc__)
    parser.add_argument("input", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--half", choices=["looked", "held"])
    parser.add_argument("--gold", type=Path)
    options = parser.parse_args(arguments)
    documents = [
        row for row in rows(options.input) if options.half is None or held(row["doc_id"]) == (options.half == "held")
    ]
    if options.gold is not None:
        options.gold.write_text("".join(json.dumps(row) + "\n" for row in documents), encoding="utf8")
    begun = time.perf_counter()
    predictions = [predict(row) for row in documents]
    spent = time.perf_counter() - begun
    with options.out.open("w", encoding="utf8") as out:
        for prediction in predictions:
            out.write(json.dumps(prediction, ensure_ascii=False) + "\n")
    print(
        f"{len(documents)} documents in {spent:.2f} s, {len(documents) / max(spent, 1e-9):.0f} documents/s",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
