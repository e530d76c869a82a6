"""Who did what to whom, by the trained event coder, for the PLOVER benchmark.

    python -m evals.plover INPUT --out PRED [--model FOLDER] [--time]

Reads JSON Lines (plain or .gz) with ``id``, ``text``, ``source_spans`` and ``target_spans``; writes ``id``, ``root``, ``quad``
and ``binary``. The benchmark has fifteen roots: its YIELD is PLOVER's CONCEDE and RETREAT, and every sentence has an event.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from onrecord.model.events import Root
from onrecord.reading.events.coder.reader import NONE, ROOTS

QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("ACCUSE", "REQUEST", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"), 4),
}
MERGED = {Root.CONCEDE: "YIELD", Root.RETREAT: "YIELD"}
FOLDS = 5


def prediction(number: str, roots: npt.NDArray[np.float64]) -> dict[str, str | int]:
    """A row of the prediction: the likeliest of the fifteen roots, the likeliest of four quads, cooperation or conflict."""
    chances: dict[str, float] = {}
    for root, chance in zip(ROOTS, roots[:NONE], strict=True):
        name = MERGED.get(root, root.value)
        chances[name] = chances.get(name, 0.0) + float(chance)
    quads = {q: sum(c for n, c in chances.items() if QUADS[n] == q) for q in (1, 2, 3, 4)}
    quad = max(quads, key=lambda q: (quads[q], -q))
    return {
        "id": number,
        "root": max(sorted(chances), key=lambda n: chances[n]),
        "quad": quad,
        "binary": int(quads[3] + quads[4] > 0.5 * sum(quads.values())),
    }


def folds_of(gold: Sequence[dict[str, object]]) -> list[int]:
    """The fold of each row: rows of one root in turn, in the order of the file; rows with one text stay together."""
    seen: dict[str, int] = {}
    texts: dict[str, int] = {}
    out = []
    for row in gold:
        root, text = str(row["root"]), str(row["text"])
        if text not in texts:
            texts[text] = seen.get(root, 0) % FOLDS
            seen[root] = seen.get(root, 0) + 1
        out.append(texts[text])
    return out
