"""Bodies of HTML pages: ``python -m evals.html INPUT --out PRED`` (id, url, html -> id, body_text).

``--cross-validate DUMPS`` as in `evals.pages`, with the text dumps of the same pages as further examples. The speed is measured
by `benchmarks.html_documents`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from evals.io import rows, write_rows
from evals.pages import body_text
from evals.pubdate import NoOutlets
from onrecord.documents import build
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


def main() -> None:
    """Reads INPUT and writes the predictions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input")
    parser.add_argument("--out", required=True)
    parser.add_argument("--cross-validate", metavar="DUMPS")
    args = parser.parse_args()
    write_rows(args.out, predictions(args.input, args.cross_validate))


if __name__ == "__main__":
    main()
