"""Bodies of HTML pages: ``python -m evals.html INPUT --out PRED`` (id, url, html -> id, body_text).

``--cross-validate DUMPS`` as in `evals.pages`, with the text dumps of the same pages as further examples. ``--speed`` prints pages a second on one core for the rendering with trafilatura's
precision mode alone and for everything (rendering, evidence, labels, metadata, date, language), measured in turns.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evals.io import rows, write_rows
from evals.pages import body_text
from evals.pubdate import NoOutlets
from onrecord.documents import build
from onrecord.documents.rendering import parse, render
from onrecord.model import Page
from onrecord.model.errors import InputError


def predict(row: Mapping[str, Any]) -> dict[str, str]:
    """The body of one page; empty where there is none."""
    page = Page(row["html"].encode("utf-8", "replace"), "text/html", row["id"], url=row.get("url"), encoding="utf-8")
    try:
        body = body_text(build(page, NoOutlets()))
    except InputError:
        body = ""
    return {"id": row["id"], "body_text": body}


def predictions(source: str, dumps: str | None) -> Iterator[dict[str, str]]:
    """One prediction a row of the file `source`."""
    if dumps is None:
        return (predict(row) for row in rows(source))
    from training.line_roles.train import cross_validated

    return iter(cross_validated("html", list(rows(source)), list(rows(dumps))))


def speeds(found: Sequence[Mapping[str, Any]], rounds: int = 3) -> tuple[float, float]:
    """Pages a second of processor time: rendering and trafilatura alone, and the whole building of documents."""
    from trafilatura import extract

    alone = whole = 0.0
    predict(found[0])
    for _ in range(rounds):
        for row in found:
            start = time.process_time()
            render(parse(row["html"]))
            extract(row["html"], favor_precision=True, include_comments=False)
            middle = time.process_time()
            predict(row)
            alone += middle - start
            whole += time.process_time() - middle
    return rounds * len(found) / alone, rounds * len(found) / whole


def main() -> None:
    """Reads INPUT and writes the predictions, or prints the speeds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input")
    parser.add_argument("--out")
    parser.add_argument("--cross-validate", metavar="DUMPS")
    parser.add_argument("--speed", action="store_true")
    args = parser.parse_args()
    if args.speed:
        alone, whole = speeds(list(rows(args.input)))
        print(f"rendering and trafilatura {alone:.1f} pages/s, whole {whole:.1f} pages/s, ratio {whole / alone:.2f}")
    if args.out:
        write_rows(args.out, predictions(args.input, args.cross_validate))


if __name__ == "__main__":
    main()
