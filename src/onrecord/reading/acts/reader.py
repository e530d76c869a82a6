"""The act reader: statements with their spans in, act, polarity, modality and target out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from onrecord.model import Act, Modality, Polarity, Span
from onrecord.reading.acts.network import Logits, Network, OnnxNetwork, batch_of
from onrecord.reading.acts.pieces import CUE, WHOLE, Pieces, pieces
from onrecord.reading.acts.types import ActInput, ActVerdict
from onrecord.reading.graphs import by_length, opened

Floats = npt.NDArray[np.float64]

ACTS, MODALITIES, POLARITIES = tuple(Act), tuple(Modality), tuple(Polarity)
NEGATIVE = frozenset({Act.DENY, Act.REJECT, Act.DECLINE})
"""Acts that are negative by definition (docs/codebook.md, Polarity)."""
LONGEST_TARGET = 9
BATCH_PIECES = 2048


@dataclass(frozen=True, slots=True)
class Calibration:
    """Fitted on disputes left out of training: temperatures of act and target, and a bonus in logits for "no target"."""

    act: float = 1.0
    target: float = 1.0
    nobody: float = 0.0


class ActReader:
    """Tells what statements do. A verdict depends on the statement alone, and on no name marked as a party."""

    def __init__(self, tokenizer: Tokenizer, network: Network, calibration: Calibration) -> None:
        self._tokenizer = tokenizer
        self._network = network
        self._calibration = calibration

    @classmethod
    def load(cls, path: Path | None = None, threads: int = 1) -> ActReader:
        """The reader whose files lie in `path` (those shipped with onrecord when None), on `threads` threads.

        Raises:
            FileNotFoundError: when a file of the reader is missing.
        """
        folder, tokenizer, calibration = opened("acts", path)
        return cls(tokenizer, OnnxNetwork(folder / "acts.onnx", threads), Calibration(**calibration))

    def read(self, rows: Sequence[ActInput]) -> tuple[ActVerdict, ...]:
        """The verdict on each statement, in the order given; statements of a length are read together."""
        cut = pieces(self._tokenizer, rows)
        verdicts: dict[int, ActVerdict] = {}
        for numbers in by_length(cut, BATCH_PIECES):
            logits = self._network(batch_of([cut[n] for n in numbers]))
            for row, n in enumerate(numbers):
                verdicts[n] = decide(cut[n], logits, row, self._calibration)
        return tuple(verdicts[n] for n in range(len(rows)))


def decide(cut: Pieces, logits: Logits, row: int, calibration: Calibration) -> ActVerdict:
    """The verdict on statement number `row` of a batch, whose pieces are `cut`."""
    acts = softmax(logits.acts[row].astype(np.float64) / calibration.act)
    order = sorted(range(len(ACTS)), key=lambda i: (-acts[i], i))
    act = ACTS[order[0]]
    polarity = Polarity.NEGATIVE if act in NEGATIVE else POLARITIES[int(logits.polarities[row].argmax())]
    target, score = target_of(cut, logits.starts[row], logits.ends[row], calibration)
    return ActVerdict(
        act=act,
        act_score=round(float(acts[order[0]]), 4),
        alternatives=tuple((ACTS[i], round(float(acts[i]), 4)) for i in order[:3]),
        polarity=polarity,
        modality=MODALITIES[int(logits.modalities[row].argmax())],
        target=target,
        target_score=round(score, 4),
    )


def target_of(
    cut: Pieces, starts: npt.NDArray[np.float32], ends: npt.NDArray[np.float32], calibration: Calibration
) -> tuple[Span | None, float]:
    """The likeliest target and its probability among all short runs of pieces outside the cue, and nobody (the first piece)."""
    scores = [(float(starts[0]) + float(ends[0]) + calibration.nobody, 0, 0)]
    for low in range(1, len(cut) - 1):
        if cut.inner[low] or cut.roles[low] == CUE:
            continue
        for high in range(low, min(low + LONGEST_TARGET, len(cut) - 1)):
            if cut.roles[high] in {CUE, WHOLE}:
                break
            if not cut.inner[high + 1]:
                scores.append((float(starts[low]) + float(ends[high]), low, high))
    chances = softmax(np.asarray([s[0] for s in scores]) / calibration.target)
    best = int(chances.argmax())
    _, low, high = scores[best]
    return (Span(cut.starts[low], cut.ends[high]) if low else None), float(chances[best])


def softmax(logits: Floats) -> Floats:
    """Probabilities of a vector of logits."""
    raised = np.exp(logits - logits.max())
    out: Floats = raised / raised.sum()
    return out
