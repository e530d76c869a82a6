"""Bodies of HTML pages: ``python -m evals.html INPUT --out PRED`` (id, url, html -> id, body_text).

``--cross-validate DUMPS`` as in `evals.pages`, with the text dumps of the same pages as further examples. ``--speed`` prints pages a second of processor time for the rendering with trafilatura's
precision mode alone, and for the labels (rendering, evidence, roles) or whole documents, page by page in turns.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from evals.io import rows, write_rows
from evals.pages import body_text
from evals.pubdate import NoOutlets
from onrecord.documents import build, labeller
from onrecord.documents.evidence import HTML_NAMES, evidence, main_text, settled
from onrecord.documents.features import features
from onrecord.documents.headline import HeadlineHints
from onrecord.documents.lines import paragraphs, split_lines
from onrecord.documents.rendering import parse, render
from onrecord.documents.roles import Draft, draft
from onrecord.documents.slugs import slug_words
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


def labelled(html: str, url: str) -> Draft:
    """The labels of a page and nothing more: the work that stands beside rendering and trafilatura alone."""
    text = render(parse(html))
    found = paragraphs(text, split_lines(text))
    slug = slug_words(url)
    opinion = evidence(found, main_text(html))
    model = labeller.load("html_roles", HTML_NAMES)
    judged = model.probabilities(np.column_stack([features(found, slug), opinion]))
    return draft(found, settled(judged, opinion, found, model.threshold), model.threshold, HeadlineHints(slug=slug))


def speeds(found: Sequence[Mapping[str, Any]], whole: bool) -> tuple[float, float]:
    """Pages a second of processor time: rendering with trafilatura alone, and beside it the labels or whole documents.

    One of the two a process: what short lines say is remembered, and the second would find it there.
    """
    from trafilatura import extract

    predict(found[0])
    alone = ours = 0.0
    for row in found:
        start = time.process_time()
        render(parse(row["html"]))
        extract(row["html"], favor_precision=True, include_comments=False)
        middle = time.process_time()
        if whole:
            predict(row)
        else:
            labelled(row["html"], row["url"])
        alone += middle - start
        ours += time.process_time() - middle
    return len(found) / alone, len(found) / ours


def main() -> None:
    """Reads INPUT and writes the predictions, or prints the speeds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input")
    parser.add_argument("--out")
    parser.add_argument("--cross-validate", metavar="DUMPS")
    parser.add_argument("--speed", choices=("labels", "whole"))
    args = parser.parse_args()
    if args.speed:
        alone, ours = speeds(list(rows(args.input)), args.speed == "whole")
        print(
            f"rendering and trafilatura {alone:.1f} pages/s, {args.speed} {ours:.1f} pages/s, ratio {ours / alone:.2f}"
        )
    if args.out:
        write_rows(args.out, predictions(args.input, args.cross_validate))


if __name__ == "__main__":
    main()
