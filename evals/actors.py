"""Country and PLOVER sector of actor phrases: ``python -m evals.actors INPUT --out PRED`` (id, phrase, date -> id, country, sector).

A row without a date is read as of 2022-01-01, the day that most of the benchmark's dated rows name.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from evals.io import rows, write_rows
from onrecord.knowledge import Knowledge
from onrecord.resolution.coding import Coder

#: The day on which undated phrases are read.
AS_OF = "2022-01-01"


def predict(coder: Coder, row: Mapping[str, Any]) -> dict[str, str | None]:
    """The country and sector of one phrase."""
    coded = coder.code(row["phrase"] or "", row.get("date") or AS_OF)
    return {"id": row["id"], "country": coded.country, "sector": coded.sector}


def predictions(source: str) -> Iterator[dict[str, str | None]]:
    """One prediction a row of the file `source`."""
    coder = Coder(Knowledge.load())
    return (predict(coder, row) for row in rows(source))


def main() -> None:
    """Reads INPUT and writes the predictions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    write_rows(args.out, predictions(args.input))


if __name__ == "__main__":
    main()
