"""The event coder: sentences with an ordered pair of participants in, PLOVER codings out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from onrecord.knowledge.plover import mode_names
from onrecord.model.events import Auxiliary, Root
from onrecord.reading.acts.reader import softmax
from onrecord.reading.events.coder.network import Logits, Network, OnnxNetwork, batch_of
from onrecord.reading.events.coder.pieces import pieces
from onrecord.reading.events.coder.types import Coding, CodingInput
from onrecord.reading.graphs import by_length, opened

ROOTS, AUXILIARIES = tuple(Root), tuple(Auxiliary)
NONE = len(ROOTS)
BATCH_PIECES = 512
"""More pieces at once are slower: their states no longer fit the cache of a core."""
FUTURE = {
    **dict.fromkeys((Root.CONSULT, Root.SUPPORT, Root.COOPERATE, Root.AID), Root.AGREE),
    Root.RETREAT: Root.CONCEDE,
}
"""What a root becomes when it is told for the future (docs/codebook.md, Events)."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Temperatures of root and auxiliary, fitted on sentences left out of training."""

    root: float = 1.0
    auxiliary: float = 1.0


class EventCoder:
    """Codes what one participant does to the other. A coding depends on the sentence alone, and on no name marked as such."""

    def __init__(self, tokenizer: Tokenizer, network: Network, calibration: Calibration) -> None:
        self._tokenizer = tokenizer
        self._network = network
        self._calibration = calibration

    @classmethod
    def load(cls, path: Path | None = None, threads: int = 1) -> EventCoder:
        """The coder whose files lie in `path` (those shipped with onrecord when None), on `threads` threads.

        Raises:
            FileNotFoundError: when a file of the coder is missing.
        """
        folder, tokenizer, calibration = opened("plover", path)
        return cls(tokenizer, OnnxNetwork(folder / "plover.onnx", threads), Calibration(**calibration))

    def code(self, inputs: Sequence[CodingInput]) -> tuple[Coding, ...]:
        """The coding of each sentence, in the order given; sentences of one length are read together."""
        return tuple(decide(roots, auxiliaries, modes) for roots, auxiliaries, modes in self.probabilities(inputs))

    def probabilities(
        self, inputs: Sequence[CodingInput]
    ) -> list[tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]]:
        """For each sentence the calibrated probabilities of roots (17, the last one no event), auxiliaries (5), modes."""
        cut = pieces(self._tokenizer, inputs)
        told: dict[int, tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]] = {}
        for numbers in by_length(cut, BATCH_PIECES):
            logits = self._network(batch_of([cut[n] for n in numbers]))
            for row, n in enumerate(numbers):
                told[n] = self._probabilities(logits, row)
        return [told[n] for n in range(len(inputs))]

    def _probabilities(
        self, logits: Logits, row: int
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        return (
            softmax(logits.roots[row].astype(np.float64) / self._calibration.root),
            softmax(logits.auxiliaries[row].astype(np.float64) / self._calibration.auxiliary),
            softmax(logits.modes[row].astype(np.float64)),
        )


def decide(
    roots: npt.NDArray[np.float64], auxiliaries: npt.NDArray[np.float64], modes: npt.NDArray[np.float64]
) -> Coding:
    """The likeliest root, moved where the future moves it, with its auxiliary and the likeliest of its own modes."""
    aux = AUXILIARIES[int(auxiliaries.argmax())]
    number = int(roots.argmax())
    root = None if number == NONE else ROOTS[number]
    if root is not None and aux is Auxiliary.FUTURE:
        root = FUTURE.get(root, root)
    return Coding(
        root=root,
        root_probability=round(float(roots[number]), 4),
        aux=aux,
        aux_probability=round(float(auxiliaries.max()), 4),
        mode=None if root is None else _mode(root, modes),
    )


def _mode(root: Root, modes: npt.NDArray[np.float64]) -> str | None:
    """The mode of the root that has at least half of what its modes have together, None when no mode has."""
    own = {mode: float(modes[i]) for i, (of, mode) in enumerate(mode_names()) if of is root}
    return next((mode for mode, chance in own.items() if 2 * chance >= sum(own.values())), None)
