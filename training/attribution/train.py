"""Fine-tunes the reader on a corpus: tags and links in one loss, bfloat16 on the processor, an average of the weights kept."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.reading.attribution.linking import candidate_cues
from training.attribution.data import Batch, Cue, Example, batches, slices
from training.attribution.model import Reader, Shape, load_pretrained
from training.schedule import warmed_cosine


@dataclass(frozen=True)
class Settings:
    """How the reader is trained; `budget` is pieces for a batch, `decay` the factor of the learning rate from layer to layer."""

    epochs: int = 5
    budget: int = 2048
    rate: float = 2.5e-4
    head_rate: float = 1e-3
    decay: float = 0.88
    weight_decay: float = 0.01
    warmup: float = 0.06
    average: float = 0.998
    dropout: float = 0.1
    seed: int = 7
    candidate: float = 0.15
    shape: Shape = field(default_factory=Shape)


def train(
    examples: Sequence[Example],
    base: Path,
    classifier: int,
    settings: Settings,
    out: Path,
    start: Reader | None = None,
) -> Reader:
    """Trains on `examples` from the base model, or from `start`, and returns the averaged reader.

    `out` gets the reader after each epoch, with a line of progress printed.
    """
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    reader = load_pretrained(base, settings.shape, settings.dropout)
    if start is not None:
        reader.load_state_dict(start.state_dict())
    reader.encoder.words.weight.requires_grad_(False)
    averaged = copy.deepcopy(reader).eval()
    optimizer = torch.optim.AdamW(_groups(reader, settings), weight_decay=settings.weight_decay, betas=(0.9, 0.98))
    length = sum(1 for _ in batches(examples, settings.budget, random.Random(settings.seed), classifier))
    steps = length * settings.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: warmed_cosine(step, steps, settings.warmup))
    step = 0
    for epoch in range(settings.epochs):
        began, total = time.time(), torch.zeros(6)
        reader.train()
        for batch in batches(examples, settings.budget, rng, classifier):
            with torch.autocast("cpu", torch.bfloat16):
                losses = _losses(reader, batch, rng, settings.candidate)
            loss = losses @ torch.tensor([3.0, 1.0, 1.0, 2.0, 2.0, 0.5])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            _average(averaged, reader, min(settings.average, (1 + step) / (10 + step)))
            total += losses.detach()
            if step % 100 == 0:
                print(f"step {step} of {steps}, {time.time() - began:.0f} s", flush=True)
        shown = " ".join(f"{value:.4f}" for value in (total / length).tolist())
        print(f"epoch {epoch + 1}: {time.time() - began:.0f} s, losses {shown}", flush=True)
        save(averaged, settings, out)
    return averaged


def _groups(reader: Reader, settings: Settings) -> list[dict[str, object]]:
    depth = settings.shape.shared + settings.shape.linking
    groups: dict[tuple[float, bool], list[nn.Parameter]] = {}
    for name, parameter in reader.named_parameters():
        if not parameter.requires_grad:
            continue
        parts = name.split(".")
        if "layers" in parts:
            level = int(parts[2]) + (settings.shape.shared if parts[0] == "linker" else 0)
            rate = settings.rate * settings.decay ** (depth - 1 - level)
        elif name.startswith(("encoder.positions", "encoder.types", "encoder.norm")):
            rate = settings.rate * settings.decay**depth
        else:
            rate = settings.head_rate
        groups.setdefault((rate, parameter.ndim > 1), []).append(parameter)
    return [
        {"params": parameters, "lr": rate, "weight_decay": settings.weight_decay if matrix else 0.0}
        for (rate, matrix), parameters in groups.items()
    ]


def _losses(reader: Reader, batch: Batch, rng: random.Random, candidate: float) -> Tensor:
    """Six means: cue, source and content tags; linked source and content; validity of cues found but not gold."""
    states, tags = reader.encoder(batch.ids, batch.cases, batch.quotes, batch.mask)
    tags = tags.float().view(*tags.shape[:2], 3, 3)
    losses = [
        F.cross_entropy(tags[:, :, r].flatten(0, 1), batch.tags[:, :, r].flatten(), ignore_index=-100) for r in range(3)
    ]
    false = _false_cues(batch, tags[:, :, 0], candidate)
    cues = _jittered(batch.cues, rng) + rng.sample(false, min(len(false), 4 + len(batch.cues) // 2))
    if not cues:
        return torch.stack([*losses, *[losses[0] * 0] * 3])
    cues.sort(key=lambda c: c.block[1] - c.block[0])
    parts = [cues[len(cues) * i // 3 : len(cues) * (i + 1) // 3] for i in range(3)]
    sums, counts = torch.zeros(3), torch.zeros(3)
    for part in filter(None, parts):
        taken, distances, mask, targets = slices(states, part)
        roles, valid = reader.linker(taken, distances, mask)
        roles = roles.float().view(*roles.shape[:2], 2, 3)
        for r in range(2):
            wanted = targets[:, :, r].flatten()
            sums = sums + _at(
                r, F.cross_entropy(roles[:, :, r].flatten(0, 1), wanted, ignore_index=-100, reduction="sum")
            )
            counts[r] += (wanted >= 0).sum()
        truth = torch.tensor([float(c.link is not None) for c in part])
        sums = sums + _at(2, F.binary_cross_entropy_with_logits(valid.float(), truth, reduction="sum"))
        counts[2] += len(part)
    return torch.cat([torch.stack(losses), sums / counts.clamp(min=1)])


def _at(index: int, value: Tensor) -> Tensor:
    unit = torch.zeros(3)
    unit[index] = 1.0
    return unit * value


def _jittered(cues: Sequence[Cue], rng: random.Random) -> list[Cue]:
    """The gold cues, one long cue in four shortened at random, as a predicted one may be."""
    out = []
    for cue in cues:
        low, high = cue.cue
        if high - low > 1 and rng.random() < 0.25:
            low = rng.randrange(low, high)
            high = rng.randrange(low + 1, high + 1)
        out.append(Cue(cue.row, (low, high), cue.block, cue.link, cue.shift))
    return out


def _false_cues(batch: Batch, logits: Tensor, candidate: float) -> list[Cue]:
    """Cues the tagger finds where the corpus has none."""
    probabilities = torch.softmax(logits.detach(), -1).numpy()
    out = []
    for row, window in enumerate(batch.windows):
        size = window.end - window.start + 1
        gold = [c for c in batch.cues if c.row == row]
        for begin, end in candidate_cues(probabilities[row, 1:size], candidate):
            low, high = begin + 1, end + 1
            if any(c.cue[0] < high and low < c.cue[1] for c in gold):
                continue
            separators = (batch.ids[row, 1:size] == batch.ids[row, size - 1]).nonzero()[:, 0] + 1
            first = max([1, *[int(s) + 1 for s in separators if s < low]])
            last = min([int(s) + 1 for s in separators if s >= high - 1] or [size])
            out.append(Cue(row, (low, high), (first, last), None, 0))
    return out


def _average(averaged: Reader, reader: Reader, keep: float) -> None:
    with torch.no_grad():
        new: list[Tensor] = [p for p in reader.parameters() if p.requires_grad]
        old: list[Tensor] = [
            a for a, p in zip(averaged.parameters(), reader.parameters(), strict=True) if p.requires_grad
        ]
        torch._foreach_lerp_(old, new, 1.0 - keep)


def save(reader: Reader, settings: Settings, out: Path) -> None:
    """Writes weights and settings to `out`."""
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"weights": reader.state_dict(), "settings": asdict(settings)}, out)


def load(path: Path) -> Reader:
    """The reader that `save` wrote, ready to predict."""
    kept = torch.load(path, weights_only=True)
    shape = Shape(**kept["settings"]["shape"])
    reader = Reader(kept["weights"]["encoder.words.weight"].shape[0], shape, 0.0)
    reader.load_state_dict(kept["weights"])
    return reader.eval()
