"""The trained reader behind the inference package's interface, so that one pipeline measures both PyTorch and ONNX."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch

from training.attribution.model import Reader

Floats = npt.NDArray[np.float32]
Longs = npt.NDArray[np.int64]


class TorchNetwork:
    """`onrecord.reading.attribution.reader.Network` over a PyTorch reader, in float32."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader.eval()

    @torch.no_grad()
    def encode(self, ids: Longs, cases: Longs, quotes: Longs, mask: Longs) -> tuple[Floats, Floats]:
        """Windows (n, t) -> states (n, t, 384) and cue probabilities (n, t, 3)."""
        states, tags = self._reader.encoder(*(torch.from_numpy(a) for a in (ids, cases, quotes, mask)))
        return states.numpy(), torch.softmax(tags[..., :3], -1).numpy()

    @torch.no_grad()
    def link(self, states: Floats, distances: Longs, mask: Longs) -> tuple[Floats, Floats]:
        """States of paragraphs (k, t, 384) -> role probabilities (k, t, 2, 3) and validity logits (k,)."""
        roles, valid = self._reader.linker(*(torch.from_numpy(a) for a in (states, distances, mask)))
        return torch.softmax(roles.view(*roles.shape[:2], 2, 3), -1).numpy(), valid.numpy()
