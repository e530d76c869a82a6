"""Cues and what belongs to them: candidate cues from tag probabilities, distances, and spans from role probabilities."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

_EDGES = np.asarray([1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97])


def distance_classes(first: int, last: int, cue: tuple[int, int]) -> Ints:
    """Class of the distance of each piece in `[first, last)` to the cue: 0 inside, 1 to 14 before it, 15 to 28 after it."""
    place = np.arange(first, last)
    before = np.searchsorted(_EDGES, cue[0] - place, side="right")
    after = np.searchsorted(_EDGES, place - cue[1] + 1, side="right")
    return np.where(place < cue[0], before, np.where(place >= cue[1], after + len(_EDGES), 0)).astype(np.int32)


def candidate_cues(probabilities: Floats, threshold: float) -> list[tuple[int, int]]:
    """Piece ranges that may be cues, from (t, 3) probabilities of outside, begin, inside.

    A range grows while being outside is less likely than `1 - threshold`; a piece likelier to begin than to continue
    starts a new one.
    """
    outside, begin, inside = probabilities[:, 0], probabilities[:, 1], probabilities[:, 2]
    likely = np.flatnonzero(outside < 1.0 - threshold)
    found: list[tuple[int, int]] = []
    for index in likely.tolist():
        if found and found[-1][1] == index and inside[index] >= begin[index]:
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return found


def runs(probabilities: Floats, threshold: float = 0.5) -> list[tuple[int, int]]:
    """Maximal ranges of pieces that belong to a role: not being outside has at least `threshold`."""
    member = probabilities[:, 0] <= 1.0 - threshold
    edges = np.flatnonzero(np.diff(np.concatenate(([False], member, [False])).astype(np.int8)))
    return [(int(low), int(high)) for low, high in zip(edges[::2], edges[1::2], strict=True)]
