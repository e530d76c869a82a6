"""Disjoint sets."""

from __future__ import annotations

from collections import defaultdict


class Sets:
    """Disjoint sets over 0 .. n-1; the least member stands for its set, so that the order of joining leaves no trace."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def of(self, item: int) -> int:
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.of(one), self.of(other)))
        self._parent[second] = first

    def groups(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for item in range(len(self._parent)):
            found[self.of(item)].append(item)
        return [found[key] for key in sorted(found)]
