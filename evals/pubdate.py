"""Publication dates of page dumps: ``python -m evals.pubdate INPUT --out PRED`` (id, url, lang, dump_text -> id, date or null)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evals.io import rows, write_predictions
from onrecord.documents import build
from onrecord.model import Page, Precision
from onrecord.model.errors import InputError


class NoOutlets:
    """An outlet table without an outlet: dating does not need one."""

    def agency(self, words: str) -> str | None:
        """Always None."""
        del words
        return None

    def outlet_of_host(self, host: str) -> str | None:
        """Always None."""
        del host
        return None


def predict(row: Mapping[str, Any]) -> dict[str, str | None]:
    """The day a page was published, None where the page does not say."""
    page = Page(
        row["dump_text"].encode("utf-8", "replace"), "text/plain", row["id"], url=row.get("url"), encoding="utf-8"
    )
    try:
        found = build(page, NoOutlets()).published
    except InputError:
        return {"id": row["id"], "date": None}
    return {"id": row["id"], "date": found.value if found.precision == Precision.DAY else None}


def predictions(source: str) -> Iterator[dict[str, str | None]]:
    """One prediction a row of the file `source`."""
    return (predict(row) for row in rows(source))


def main() -> None:
    """Reads INPUT and writes the predictions."""
    write_predictions(__doc__, predictions)


if __name__ == "__main__":
    main()
