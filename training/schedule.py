"""The learning rate over a training."""

from __future__ import annotations

import math


def warmed_cosine(step: int, steps: int, warmup: float) -> float:
    """The share of the full rate at `step`: linear warm-up over that share of the steps, then a cosine down to a fiftieth."""
    if step < warmup * steps:
        return (step + 1) / (warmup * steps)
    done = (step - warmup * steps) / max(1.0, (1 - warmup) * steps)
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))
