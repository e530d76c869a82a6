"""Bodies of text dumps: ``python -m evals.pages INPUT --out PRED`` (id, renderer, url, dump_text -> id, renderer, body_text).

Predicts with the shipped labeller, which was trained on the pages of the article-extraction benchmark: on those pages
only ``--cross-validate``, which needs their labels and retrains by folds of hosts, gives an honest figure.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from evals.io import rows, write_rows
from evals.pubdate import NoOutlets
from onrecord.documents import build
from onrecord.model import Document, Page
from onrecord.model.errors import InputError


def body_text(document: Document) -> str:
    """The article's own text, its spans parted by line breaks."""
    return "\n".join(span.of(document.text) for span in document.body())


def predict(row: Mapping[str, Any]) -> dict[str, str]:
    """The body of one dump; empty where there is none."""
    page = Page(
        row["dump_text"].encode("utf-8", "replace"), "text/plain", row["id"], url=row.get("url"), encoding="utf-8"
    )
    try:
        body = body_text(build(page, NoOutlets()))
    except InputError:
        body = ""
    return {"id": row["id"], "renderer": row["renderer"], "body_text": body}


def predictions(source: str, cross_validate: bool) -> Iterator[dict[str, str]]:
    """One prediction a row of the file `source`."""
    if not cross_validate:
        return (predict(row) for row in rows(source))
    from training.line_roles.train import cross_validated

    return iter(cross_validated("text", list(rows(source))))


def main() -> None:
    """Reads INPUT and writes the predictions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input")
    parser.add_argument("--out", required=True)
    parser.add_argument("--cross-validate", action="store_true")
    args = parser.parse_args()
    write_rows(args.out, predictions(args.input, args.cross_validate))


if __name__ == "__main__":
    main()
