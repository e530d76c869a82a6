"""Trains the line labeller and measures it by cross-validation over hosts.

    python -m training.line_roles.train text PAGES --out WEIGHTS.npz [--figures FILE]
    python -m training.line_roles.train html PAGES --dumps PAGES --out WEIGHTS.npz [--figures FILE]

The shipped weights are trained on all pages; the figures are those of models that have not seen the page's host.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from evals.io import rows
from onrecord.documents.evidence import HTML_NAMES, settled
from onrecord.documents.features import NAMES, Matrix
from onrecord.documents.headline import HeadlineHints
from onrecord.documents.labeller import Labeller, from_arrays
from onrecord.documents.roles import draft
from onrecord.documents.slugs import slug_words
from onrecord.model import BODY_ROLES
from training.line_roles.data import Example, example, host_of, html_example, html_examples, variant
from training.line_roles.network import Recipe, ensemble

TEXT = Recipe(epochs=16)
HTML = Recipe(epochs=14)
SEEDS, HTML_SEEDS = (0, 1, 2), (0, 1)
THRESHOLD = 0.4
VERSION = "1"
FOLDS = 5


def folds(hosts: Sequence[str], count: int = FOLDS) -> list[int]:
    """The fold of each page: hosts in turn by their number of pages, each to the fold that is smallest so far."""
    sizes = [0] * count
    of: dict[str, int] = {}
    for host in sorted(set(hosts), key=lambda h: (-hosts.count(h), h)):
        fold = sizes.index(min(sizes))
        of[host] = fold
        sizes[fold] += hosts.count(host)
    return [of[host] for host in hosts]


def text_examples(pages: Sequence[Mapping[str, Any]]) -> list[Example]:
    """Every page, half of them without their address, and an altered one of each."""
    made = [example(row, with_url=number % 2 == 0) for number, row in enumerate(pages)]
    return made + [found for row in pages if (found := variant(row, 0)) is not None]


def fit_text(pages: Sequence[Mapping[str, Any]], seeds: Sequence[int] = SEEDS) -> dict[str, Matrix]:
    """The labeller of text pages, as arrays."""
    return ensemble(text_examples(pages), NAMES, TEXT, seeds, VERSION, THRESHOLD)


def fit_html(
    pages: Sequence[Mapping[str, Any]], dumps: Sequence[Mapping[str, Any]] = (), seeds: Sequence[int] = HTML_SEEDS
) -> dict[str, Matrix]:
    """The labeller of HTML pages, as arrays; dumps of the same pages by other renderers add examples."""
    examples = [
        found for row in pages for found in html_examples(row, [dump for dump in dumps if dump["id"] == row["id"]])
    ]
    return ensemble(examples, HTML_NAMES, HTML, seeds, VERSION, THRESHOLD)


def predict(model: Labeller, found: Example, url: str) -> str:
    """The body of one page as the package gives it: the labeller's choice after the rules for roles, a paragraph a line."""
    hints = HeadlineHints(slug=slug_words(url))
    probabilities = model.probabilities(found.features)
    opinion = found.features[:, len(NAMES) :]
    if opinion.size:
        probabilities = settled(probabilities, opinion, found.paragraphs, model.threshold)
    made = draft(list(found.paragraphs), probabilities, model.threshold, hints)
    return "\n".join(p.text for p, role in zip(made.paragraphs, made.roles, strict=True) if role in BODY_ROLES)


def cross_validated(
    kind: str,
    pages: Sequence[Mapping[str, Any]],
    dumps: Sequence[Mapping[str, Any]] = (),
    seeds: Sequence[int] | None = None,
) -> list[dict[str, str]]:
    """Predictions (``id``, ``renderer``, ``body_text``) for all pages, each by a model that has not seen its host.

    The recipe, the seeds and the number of networks are those of the shipped weights; on one core, so that sums are the same everywhere.
    """
    torch.set_num_threads(1)
    of = folds([host_of(row["url"]) for row in pages])
    predictions: list[dict[str, str]] = []
    for fold in sorted(set(of)):
        seen = [row for row, f in zip(pages, of, strict=True) if f != fold]
        arrays = fit_text(seen, seeds or SEEDS) if kind == "text" else fit_html(seen, dumps, seeds or HTML_SEEDS)
        model = from_arrays(arrays, NAMES if kind == "text" else HTML_NAMES)
        for row, f in zip(pages, of, strict=True):
            if f == fold:
                found = example(row) if kind == "text" else html_example(row)
                made = {"id": row["id"], "body_text": predict(model, found, row["url"])}
                predictions.append(made | ({"renderer": row["renderer"]} if "renderer" in row else {}))
    return predictions


def main() -> None:
    """Trains on all pages, and with --figures first cross-validates and writes the predictions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("text", "html"))
    parser.add_argument("pages")
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--figures", type=Path, help="write the cross-validated predictions here, for the scorer")
    parser.add_argument("--dumps", help="for html: the same pages as text dumps, as more examples")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    pages = list(rows(args.pages))
    dumps = list(rows(args.dumps)) if args.dumps else []
    if args.figures is not None:
        with args.figures.open("w", encoding="utf-8") as stream:
            for prediction in cross_validated(args.kind, pages, dumps):
                stream.write(json.dumps(prediction, ensure_ascii=False) + "\n")
    arrays = fit_text(pages) if args.kind == "text" else fit_html(pages, dumps)
    np.savez_compressed(args.out, **arrays)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
