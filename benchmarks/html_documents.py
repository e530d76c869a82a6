"""How fast whole HTML documents are made, beside rendering with trafilatura alone: both in one run, page by page, on one core.

``python -m benchmarks.html_documents [PAGES] [--passes N] [--labels] [--floor RATIO]`` goes over the pages N times. In each pass every
page is rendered and given to trafilatura's precision mode, and right before or after it (in turns) `onrecord.documents.build`
makes its whole document: roles, metadata, publication date, language, status (with ``--labels`` the roles alone are made). What
short lines say is forgotten before every pass. A page's time is its best over the passes, since whatever else the machine does only adds to it; the ratio is that of the
sums, with the 95 % interval of resampled pages. Without PAGES the file is ``html_dev.jsonl.gz`` of ``ONRECORD_BENCH``.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from trafilatura import extract

from evals.io import rows
from evals.pubdate import NoOutlets
from onrecord.documents import build, features, labeller, roles
from onrecord.documents.evidence import HTML_NAMES, evidence, main_text, settled
from onrecord.documents.headline import HeadlineHints
from onrecord.documents.lines import paragraphs, split_lines
from onrecord.documents.rendering import parse, render
from onrecord.documents.roles import Draft
from onrecord.documents.slugs import slug_words
from onrecord.model import Document, Page

PASSES = 5


@dataclass(frozen=True, slots=True)
class Speeds:
    """Pages a second of one core: rendering with trafilatura ``alone``, whole ``documents``, and the ratio with its interval."""

    pages: int
    alone: float
    documents: float
    ratio: float
    low: float
    high: float


def _alone(row: Mapping[str, Any]) -> None:
    render(parse(row["html"]))
    extract(row["html"], favor_precision=True, include_comments=False)


def whole(row: Mapping[str, Any]) -> Document:
    """The whole document of a page, from its bytes on (``bytes``, which `measured` adds to a row)."""
    return build(Page(row["bytes"], "text/html", row["id"], url=row["url"], encoding="utf-8"), NoOutlets())


def labelled(row: Mapping[str, Any]) -> Draft:
    """The roles of a page's lines and nothing more: the work that stands beside rendering and trafilatura alone."""
    text = render(parse(row["html"]))
    found = paragraphs(text, split_lines(text))
    slug = slug_words(row["url"])
    opinion = evidence(found, main_text(row["html"]))
    model = labeller.load("html_roles", HTML_NAMES)
    judged = model.probabilities(np.column_stack([features.features(found, slug), opinion]))
    return roles.draft(
        found, settled(judged, opinion, found, model.threshold), model.threshold, HeadlineHints(slug=slug)
    )


def _seconds(work: Callable[[Mapping[str, Any]], object], row: Mapping[str, Any]) -> float:
    began = time.process_time()
    work(row)
    return time.process_time() - began


def measured(
    found: Sequence[Mapping[str, Any]], ours: Callable[[Mapping[str, Any]], object] = whole, passes: int = PASSES
) -> Speeds:
    """Both speeds over the pages `found` (``id``, ``url``, ``html``), in `passes` passes; `ours` is `whole` or `labelled`."""
    found = [{**row, "bytes": row["html"].encode("utf-8", "replace")} for row in found]
    for work in (_alone, ours):
        work(found[0])  # modules and models are loaded
    best = np.full((len(found), 2), np.inf)
    for number in range(passes):
        features.forget()
        roles.forget()
        gc.collect()
        for index, row in enumerate(found):
            order = ((0, _alone), (1, ours)) if (index + number) % 2 else ((1, ours), (0, _alone))
            for column, work in order:
                best[index, column] = min(best[index, column], _seconds(work, row))
    alone, made = best.sum(axis=0)
    drawn = np.random.default_rng(0).integers(0, len(found), (2_000, len(found)))
    sums = best[drawn].sum(axis=1)
    low, high = np.quantile(sums[:, 0] / sums[:, 1], (0.025, 0.975))
    return Speeds(len(found), len(found) / alone, len(found) / made, alone / made, float(low), float(high))


def main() -> None:
    """Prints both speeds and their ratio; with ``--floor`` fails when the ratio is below it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "pages", nargs="?", default=str(Path(os.environ.get("ONRECORD_BENCH", "."), "html_dev.jsonl.gz"))
    )
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--labels", action="store_true")
    parser.add_argument("--floor", type=float, default=0.0)
    args = parser.parse_args()
    if not Path(args.pages).is_file():
        sys.exit(f"{args.pages} is no file: name a JSON Lines file of pages, or set ONRECORD_BENCH.")
    found = measured(list(rows(args.pages)), labelled if args.labels else whole, args.passes)
    print(
        f"{found.pages} pages, best of {args.passes} passes, one core: rendering and trafilatura alone {found.alone:.1f} pages/s, "
        f"{'labels' if args.labels else 'whole documents'} {found.documents:.1f} pages/s, ratio {found.ratio:.3f} [{found.low:.3f}, {found.high:.3f}]"
    )
    if found.ratio < args.floor:
        sys.exit(f"The ratio is below {args.floor}.")


if __name__ == "__main__":
    main()
