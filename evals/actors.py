"""Country and PLOVER sector of actor phrases: ``python -m evals.actors INPUT --out PRED`` (id, phrase, date -> id, country, sector).

A row without a date is read as of 2022-01-01, the day that most of the benchmark's dated rows name.

Rows of the development file whose answer can be disputed; they are scored as they stand:

- ``test_col_sen_name``: country and sector have changed places.
- ``test_def_min_title_context``: a title alone, whose country stands in a sentence that the file does not give;
  ``test_def_min_title`` has the same phrase and no country.
- ``test_date_putin1`` to ``3``: one phrase three times without the dates that tell the answers apart, the third of which differs.
- ``test_drian_name_past``: named after a past office, answered with the present one, and without a date.
- ``test_220_2``, ``test_226``, ``test_286``: in office or out of it is a matter of a date that is not given.
- ``test_118``: an office-holder coded as a member of a party; ``test_chilean_2`` and ``test_kartapolov_name`` hold the office
  on some readings of their date and not on others.
- ``test_256``: a politician without country and sector, where rows of his like have both.
- ``test_243``: a mining town as civilians; ``test_116`` and ``test_119``, places too, are of unknown sector and of none.
- ``test_210``, ``test_274``: private persons whom no table of offices can know; ``test_268``: a misspelt city.
- ``test_uk43``: three rows with one id; ``test_rak_reb`` and the pair ``test_218``, ``test_219`` are the same row twice.
- ``test_245``, ``test_263``, ``test_264``: a junta, a capital and a fund have a sector in one row and none in rows like it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evals.io import rows, write_predictions
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
    write_predictions(__doc__, predictions)


if __name__ == "__main__":
    main()
