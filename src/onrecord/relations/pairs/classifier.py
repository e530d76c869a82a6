"""The pair classifier: two statements in, how their contents stand to each other out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from onrecord.reading.graphs import by_length, opened
from onrecord.relations.pairs.combined import Combined, chances
from onrecord.relations.pairs.features import features
from onrecord.relations.pairs.network import Network, OnnxNetwork, batch_of
from onrecord.relations.pairs.pieces import pieces
from onrecord.relations.pairs.types import Meaning, Saying, Verdict

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MEANINGS = tuple(Meaning)
BATCH_PIECES = 4096
GRAPH, WORDS = "pairs.onnx", "pairs.words.json"
Pair = tuple[Saying, Saying]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Fitted on disputes left out of training: a temperature, and the least scores from which a relation is drawn.

    `against` is the least probability of a denial or contradiction, `same` that of a repetition.
    """

    temperature: float = 1.0
    against: float = 0.5
    same: float = 0.5


class PairClassifier:
    """Tells how the contents of two statements stand. A verdict depends on the two alone, and on no name marked in them."""

    def __init__(
        self, tokenizer: Tokenizer, network: Network, calibration: Calibration, combined: Combined | None = None
    ) -> None:
        self._tokenizer = tokenizer
        self._network = network
        self.calibration = calibration
        self._combined = combined

    @classmethod
    def load(cls, path: Path | None = None, threads: int = 1) -> PairClassifier:
        """The classifier whose files lie in `path` (those shipped with onrecord when None), on `threads` threads.

        Without a file that says what the words of a pair tell it goes by the network alone.

        Raises:
            FileNotFoundError: when a file of the classifier is missing.
        """
        folder, tokenizer, calibration = opened("pairs", path)
        combined = Combined.load(folder / WORDS) if (folder / WORDS).is_file() else None
        return cls(tokenizer, OnnxNetwork(folder / GRAPH, threads), Calibration(**calibration), combined)

    @classmethod
    def shipped(cls) -> PairClassifier | None:
        """The classifier that comes with onrecord; None in an installation that has no graph of it."""
        return cls.load() if files("onrecord").joinpath("weights", GRAPH).is_file() else None

    def judge(self, pairs: Sequence[Pair]) -> tuple[Verdict, ...]:
        """The verdict on each pair, the earlier statement first, in the order given; the network's part is the mean over both orders."""
        if not pairs:
            return ()
        logits = self.logits(pairs)
        if self._combined is None:
            return tuple(verdict(row) for row in chances(logits / self.calibration.temperature))
        told = self._combined(logits, features(pairs))
        same = np.asarray([one.side == two.side for one, two in pairs])
        against = np.where(same, told[:, 1], told[:, 0])
        repeats = np.where(same, told[:, 2], 0.0)
        return tuple(verdict(row) for row in np.stack([against, repeats, 1.0 - against - repeats], 1))

    def logits(self, pairs: Sequence[Pair]) -> npt.NDArray[np.float64]:
        """Uncalibrated logits of against, same and other (n, 3), the mean over both orders."""
        cut = pieces(self._tokenizer, [turned for one, two in pairs for turned in ((one, two), (two, one))])
        found = np.zeros((len(cut), len(MEANINGS)))
        for numbers in by_length(cut, BATCH_PIECES):
            found[numbers] = self._network(batch_of([cut[n] for n in numbers]))
        return (found[0::2] + found[1::2]) / 2


def verdict(told: npt.NDArray[np.float64]) -> Verdict:
    """The verdict of three probabilities in the order of `Meaning`."""
    against, same, other = (round(float(c), 4) for c in told)
    return Verdict(MEANINGS[int(told.argmax())], against, same, other)
