"""Word-block alignment of two texts: the runs of equal words that both have in the same order.

Anchors are shingles that occur once in each text; neighbouring anchors on one diagonal make a block; the heaviest
chain of blocks that keeps the order is grown word by word, and the small gaps between blocks are filled by the longest
common subsequence (rapidfuzz). Time is linear in the words but for the gaps, which are bounded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

#: Words of an anchor.
ANCHOR = 4
#: A gap is searched for common words when neither side has more words than this.
_GAP = 600
#: A gap's common words are kept whatever their number when they are at least this share of the longer side.
_ALIKE = 0.5
#: Otherwise only runs of this many words are kept: shorter ones are chance.
_RUN = 4
#: Chains of more blocks than this are chosen by the number of blocks rather than by their words.
_CHAIN = 400


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """``length`` words of the first text from ``first`` on equal those of the second text from ``second`` on."""

    first: int
    second: int
    length: int


def runs(first: Sequence[int], second: Sequence[int]) -> tuple[Run, ...]:
    """The runs of equal words of two texts given as word keys, ascending in both."""
    blocks = _grown(_chain(_blocks(first, second)), first, second)
    found: list[Run] = []
    a = b = 0
    for block in (*blocks, Run(len(first), len(second), 0)):
        found.extend(_filled(first, second, Run(a, b, 0), block))
        if block.length:
            found.append(block)
        a, b = block.first + block.length, block.second + block.length
    return tuple(_joined(found))


def _once(words: Sequence[int]) -> dict[tuple[int, ...], int]:
    """The anchors that occur exactly once, with their position."""
    places: dict[tuple[int, ...], int] = {}
    for index in range(len(words) - ANCHOR + 1):
        anchor = tuple(words[index : index + ANCHOR])
        places[anchor] = -1 if anchor in places else index
    return places


def _blocks(first: Sequence[int], second: Sequence[int]) -> list[Run]:
    """Maximal diagonals of neighbouring anchors, ascending in the first text."""
    here, there = _once(first), _once(second)
    blocks: list[Run] = []
    last_a = last_b = -2
    for anchor, a in here.items():
        b = there.get(anchor, -1)
        if a < 0 or b < 0:
            continue
        if a - last_a == b - last_b == 1:
            blocks[-1] = Run(blocks[-1].first, blocks[-1].second, blocks[-1].length + 1)
        else:
            blocks.append(Run(a, b, ANCHOR))
        last_a, last_b = a, b
    return blocks


def _chain(blocks: list[Run]) -> list[Run]:
    """The chain of blocks, ascending in both texts, that holds most words."""
    blocks = sorted(blocks)
    if len(blocks) > _CHAIN:
        return _longest_chain(blocks)
    weight: list[int] = []
    before: list[int] = []
    for index, block in enumerate(blocks):
        best, came = 0, -1
        for earlier in range(index):
            if blocks[earlier].second < block.second and weight[earlier] > best:
                best, came = weight[earlier], earlier
        weight.append(best + block.length)
        before.append(came)
    at = max(range(len(blocks)), key=lambda i: (weight[i], -i), default=-1)
    chain: list[Run] = []
    while at >= 0:
        chain.append(blocks[at])
        at = before[at]
    return chain[::-1]


def _longest_chain(blocks: list[Run]) -> list[Run]:
    """The chain of most blocks (patience sorting), for texts broken into very many."""
    ends: list[int] = []
    top: list[int] = []
    before: list[int] = []
    for index, block in enumerate(blocks):
        pile = bisect_left(ends, block.second)
        before.append(top[pile - 1] if pile else -1)
        if pile == len(ends):
            ends.append(block.second)
            top.append(index)
        else:
            ends[pile] = block.second
            top[pile] = index
    chain: list[Run] = []
    at = top[-1] if top else -1
    while at >= 0:
        chain.append(blocks[at])
        at = before[at]
    return chain[::-1]


def _grown(chain: list[Run], first: Sequence[int], second: Sequence[int]) -> list[Run]:
    """The blocks without their overlaps, grown over equal words up to their neighbours."""
    grown: list[Run] = []
    a_floor = b_floor = 0
    for number, block in enumerate(chain):
        a, b, length = block.first, block.second, block.length
        over = max(a_floor - a, b_floor - b, 0)
        a, b, length = a + over, b + over, length - over
        if length <= 0:
            continue
        while a > a_floor and b > b_floor and first[a - 1] == second[b - 1]:
            a, b, length = a - 1, b - 1, length + 1
        following = chain[number + 1] if number + 1 < len(chain) else Run(len(first), len(second), 0)
        a_end, b_end = a + length, b + length
        while a_end < following.first and b_end < following.second and first[a_end] == second[b_end]:
            a_end, b_end = a_end + 1, b_end + 1
        grown.append(Run(a, b, a_end - a))
        a_floor, b_floor = a_end, b_end
    return grown


def _filled(first: Sequence[int], second: Sequence[int], after: Run, before: Run) -> list[Run]:
    """The runs in the gap between two blocks, where the gap is small enough to be searched."""
    here, there = first[after.first : before.first], second[after.second : before.second]
    if not here or not there or len(here) > _GAP or len(there) > _GAP:
        return []
    found = [
        Run(after.first + code.src_start, after.second + code.dest_start, code.src_end - code.src_start)
        for code in LCSseq.opcodes(here, there)
        if code.tag == "equal"
    ]
    if sum(run.length for run in found) >= _ALIKE * max(len(here), len(there)):
        return found
    at_edges = {after.first, before.first}
    return [run for run in found if run.length >= _RUN or (run.first in at_edges and run.length > 1)]


def _joined(found: list[Run]) -> list[Run]:
    """Neighbouring runs on one diagonal made one."""
    joined: list[Run] = []
    for run in sorted(found):
        last = joined[-1] if joined else None
        if last and last.first + last.length == run.first and last.second + last.length == run.second:
            joined[-1] = Run(last.first, last.second, last.length + run.length)
        else:
            joined.append(run)
    return joined
