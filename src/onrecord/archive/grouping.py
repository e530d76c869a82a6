"""Which documents may be copies of each other: pairs that share bands, the connected sets they make, and the batches these fill.

Copies are found exactly as `onrecord.reports` finds them: pairs of documents that share bands are compared, those that carry one
text are links, and a report lies within one connected set of links. Each set is then grouped and read on its own. Sets are
small (a text, its copies and its updates), so that any number of documents is a great many small pieces of work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.archive.shapes import Ref
from onrecord.reports import CANDIDATE_LIMIT, SHARED_BANDS

#: In a band that more documents share, each is paired with so many that follow it by id: as many as `onrecord.reports` compares.
WINDOW = CANDIDATE_LIMIT

Ints = NDArray[np.int64]


def shared_enough(one: int, other: int) -> int:
    """How many bands two documents must share that have `one` and `other` bands."""
    return min(SHARED_BANDS, one, other)


def together(bands: Ints, documents: Ints) -> tuple[Ints, Ints]:
    """Pairs of documents that have a band in common, and in how many of the given bands they meet.

    `bands` and `documents` are parallel: a band and the number of a document that has it; documents are numbered in the order of
    their ids. A pair is one number: the smaller document's above 32 bits, the larger's below.
    """
    order = np.lexsort((documents, bands))
    bands, documents = bands[order], documents[order]
    found: list[Ints] = [np.empty(0, np.int64)]
    for step in range(1, WINDOW + 1):
        same = np.flatnonzero(bands[step:] == bands[:-step])
        if not len(same):
            break
        found.append((documents[same] << 32) | documents[same + step])
    keys, shared = np.unique(np.concatenate(found), return_counts=True)
    return keys, shared


def enough(keys: Ints, shared: Ints, sizes: Ints) -> Ints:
    """The pairs that meet in enough bands: rows of two numbers, the smaller first, and in how many bands; in order.

    `keys` may name a pair several times; `sizes` gives the number of bands of each document.
    """
    keys, place = np.unique(keys, return_inverse=True)
    counted = np.bincount(place, shared, len(keys))
    low, high = keys >> 32, keys & 0xFFFFFFFF
    kept = counted >= np.minimum(np.minimum(sizes[low], sizes[high]), SHARED_BANDS)
    return np.stack([low[kept], high[kept], counted[kept].astype(np.int64)], axis=1)


def components(count: int, linked: Ints) -> Ints:
    """For each of `count` documents the smallest number in its connected set; `linked` are pairs of numbers."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(linked), np.int8)
    graph = coo_array((ones, (linked[:, 0], linked[:, 1])), shape=(count, count))
    _, labels = connected_components(graph, directed=False)
    first = np.full(labels.max(initial=-1) + 1, count, np.int64)
    np.minimum.at(first, labels, np.arange(count))
    found: Ints = first[labels]
    return found


def batches(sets: Iterable[Sequence[Ref]], size: int) -> Iterator[list[tuple[Ref, ...]]]:
    """The sets in the order of their first documents, packed into batches of about `size` documents; a large set is one alone."""
    batch: list[tuple[Ref, ...]] = []
    held = 0
    for one in sorted(tuple(sorted(refs)) for refs in sets):
        if batch and held + len(one) > size:
            yield batch
            batch, held = [], 0
        batch.append(one)
        held += len(one)
    if batch:
        yield batch
