"""What the calibrations of the small readers share."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar


def temperature_of(logits: npt.NDArray[np.floating], truth: npt.NDArray[np.integer], low: float, high: float) -> float:
    """The temperature between `low` and `high` under which (n, k) `logits` give the (n,) true classes the most likelihood.

    After Guo, Pleiss, Sun and Weinberger (2017), On calibration of modern neural networks.
    """

    def risk(temperature: float) -> float:
        scaled = logits / temperature
        scaled -= scaled.max(1, keepdims=True)
        return float((np.log(np.exp(scaled).sum(1)) - scaled[np.arange(len(truth)), truth]).mean())

    return float(minimize_scalar(risk, bounds=(low, high), method="bounded").x)
