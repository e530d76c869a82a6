"""Fits temperatures and the bonus for "no target" on statements of disputes the reader has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from tokenizers import Tokenizer

from onrecord.reading.acts import ActReader, ActVerdict
from onrecord.reading.acts.network import Network, batch_of
from onrecord.reading.acts.pieces import pieces
from onrecord.reading.acts.reader import ACTS, Calibration
from training.acts.data import Example
from training.calibration import temperature_of


def calibrate(tokenizer: Tokenizer, network: Network, examples: Sequence[Example]) -> Calibration:
    """Act temperature by likelihood; then the bonus with the most right targets; then the target's temperature."""
    act = round(_act_temperature(tokenizer, network, examples), 3)
    scored = []
    for step in range(-8, 9):
        trial = Calibration(act, 1.0, step / 4)
        verdicts = ActReader(tokenizer, network, trial).read([e.statement for e in examples])
        hits = sum(same_target(e, v) for e, v in zip(examples, verdicts, strict=True))
        scored.append((hits, -abs(step), step / 4))
    chosen = Calibration(act, 1.0, max(scored)[2])

    def risk(temperature: float) -> float:
        reader = ActReader(tokenizer, network, replace(chosen, target=temperature))
        verdicts = reader.read([e.statement for e in examples])
        right = [
            v.target_score if same_target(e, v) else 1 - v.target_score for e, v in zip(examples, verdicts, strict=True)
        ]
        return float(-np.log(np.clip(right, 1e-3, 1)).mean())

    target = min((0.6, 0.8, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0), key=risk)
    return replace(chosen, target=target)


def _act_temperature(tokenizer: Tokenizer, network: Network, examples: Sequence[Example]) -> float:
    cuts = pieces(tokenizer, [e.statement for e in examples])
    logits = np.concatenate([network(batch_of([cut])).acts for cut in cuts]).astype(np.float64)
    truth = np.asarray([ACTS.index(e.act) for e in examples])
    return temperature_of(logits, truth, 0.2, 4.0)


def same_target(example: Example, verdict: ActVerdict) -> bool:
    """True when both have no target, or both name one and the spans overlap."""
    if example.target is None or verdict.target is None:
        return example.target is None and verdict.target is None
    return verdict.target.start < example.target.end and example.target.start < verdict.target.end


def calibration_error(examples: Sequence[Example], verdicts: Sequence[ActVerdict], bins: int = 10) -> float:
    """Expected calibration error of the act scores in `bins` bins of one width (Guo et al. 2017)."""
    scores = np.asarray([v.act_score for v in verdicts])
    right = np.asarray([v.act is e.act for e, v in zip(examples, verdicts, strict=True)])
    where = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = [abs(scores[where == b].sum() - right[where == b].sum()) for b in range(bins)]
    return float(sum(gaps) / len(scores))


def risk_coverage(
    examples: Sequence[Example], verdicts: Sequence[ActVerdict], least: Sequence[float] = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
) -> list[tuple[float, float, float]]:
    """For each least score: the share of the statements whose act scores as much, and the share of those that is right."""
    table = []
    for score in least:
        told = [e.act is v.act for e, v in zip(examples, verdicts, strict=True) if v.act_score >= score]
        table.append((score, len(told) / len(examples), sum(told) / max(1, len(told))))
    return table
