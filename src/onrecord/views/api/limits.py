"""How much one client may ask: a token bucket for each, kept in memory; and how large a request may be."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock


@dataclass(frozen=True, slots=True)
class Limits:
    """What the JSON API takes.

    ``rate`` is requests a second for one client over time, ``burst`` how many may come at once; a rate of 0 limits nothing.
    ``body`` is the largest request body in bytes, ``query`` the longest query string in characters, ``clients`` how many
    clients are remembered.
    """

    rate: float = 20.0
    burst: int = 200
    body: int = 1_000_000
    query: int = 4_096
    clients: int = 10_000


@dataclass(slots=True)
class Buckets:
    """A token bucket for each client, full at first; the clients seen longest ago are forgotten."""

    limits: Limits
    clock: Callable[[], float] = time.monotonic
    _held: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def wait(self, client: str) -> int:
        """Takes a token for `client`: 0 when there was one, else the whole seconds until the next."""
        if self.limits.rate <= 0:
            return 0
        now = self.clock()
        with self._lock:
            tokens, seen = self._held.pop(client, (float(self.limits.burst), now))
            tokens = min(float(self.limits.burst), tokens + (now - seen) * self.limits.rate)
            taken = tokens >= 1
            self._held[client] = (tokens - 1 if taken else tokens, now)
            while len(self._held) > self.limits.clients:
                self._held.popitem(last=False)
        return 0 if taken else max(1, math.ceil((1 - tokens) / self.limits.rate))
