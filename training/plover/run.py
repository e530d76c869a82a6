"""Trains the event coder and writes its files: `python -m training.plover.run ROWS --corpus PLV --out FOLDER`.

Two stages: first the whole model on our own sentences (ROWS), then its heads on a corpus in the form of PLV together with
our own (`training.plover.head`). Without --corpus the first stage is all. The root's temperature is fitted on heads that
have not seen a fifth of the corpus; what ships has seen everything. FOLDER gets first.pt (the first stage, which --start
takes instead of training it), plover.onnx, plover.tokenizer.json and plover.json.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from scipy.optimize import minimize_scalar
from tokenizers import Tokenizer

from onrecord.reading.events.coder import EventCoder
from onrecord.reading.events.coder.reader import NONE, ROOTS, Calibration
from training.attribution.run import base_folder, open_tokenizer
from training.plover.data import Example, read_corpus, read_own
from training.plover.export import export
from training.plover.head import Heads
from training.plover.model import CoderModel, load_pretrained
from training.plover.train import Settings, train

FIRST = Settings(epochs=5, size=24, rate=2.5e-4)
Floats = npt.NDArray[np.float64]


def first_stage(own: Sequence[Example], tokenizer: Tokenizer, base: Path, settings: Settings = FIRST) -> CoderModel:
    """A coder trained on our own sentences."""
    return train(own, tokenizer, base, settings)


def write(model: CoderModel, tokenizer: Tokenizer, calibration: Calibration, out: Path) -> None:
    """Writes the three files of a coder."""
    out.mkdir(parents=True, exist_ok=True)
    export(model, out / "plover.onnx")
    tokenizer.save(str(out / "plover.tokenizer.json"), pretty=False)
    fitted = json.dumps({"calibration": asdict(calibration)}, indent=1, sort_keys=True)
    (out / "plover.json").write_text(fitted + "\n", encoding="utf-8")


def calibrate(coder: EventCoder, unseen: Sequence[Example]) -> Calibration:
    """The temperature of the root with the greatest likelihood on sentences that the coder has not seen."""
    told = coder.probabilities([e.input for e in unseen])
    right = np.zeros((len(unseen), NONE + 1))
    for n, example in enumerate(unseen):
        right[n, [ROOTS.index(r) for r in example.roots] or [NONE]] = 1
    return Calibration(_temperature(np.log(np.clip([r for r, _, _ in told], 1e-9, 1)), right))


def _temperature(logs: Floats, right: Floats) -> float:
    def risk(t: float) -> float:
        scaled = np.exp(logs / t)
        return float(-np.log(np.clip((scaled * right).sum(1) / scaled.sum(1), 1e-9, 1)).mean())

    return round(float(minimize_scalar(risk, bounds=(0.3, 4.0), method="bounded").x), 3)


def open_stage(path: Path, base: Path) -> CoderModel:
    """A stage that was written as a PyTorch state."""
    model = load_pretrained(base)
    model.load_state_dict(torch.load(path))
    return model


def main(argv: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--corpus", type=Path, default=None, help="JSON Lines in the form of PLV, plain or .gz")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, default=None, help="folder of MiniLM-L6")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--start", type=Path, default=None, help="a first stage already trained")
    parser.add_argument(
        "--calibration", type=Path, default=None, help="a plover.json already fitted: no trial training"
    )
    args = parser.parse_args(argv)
    torch.set_num_threads(args.threads)
    base = args.base or base_folder()
    tokenizer = open_tokenizer(base)
    own = read_own(args.rows)
    args.out.mkdir(parents=True, exist_ok=True)
    if args.start is None:
        first = first_stage(own, tokenizer, base)
        torch.save(first.state_dict(), args.out / "first.pt")
    else:
        first = open_stage(args.start, base)
    if args.corpus is None:
        write(first, tokenizer, Calibration(), args.out)
        return
    corpus = read_corpus(args.corpus)
    heads = Heads(first, own, corpus, tokenizer)
    if args.calibration is None:
        trial = heads.fit([n for n in range(len(corpus)) if n % 5])
        write(trial, tokenizer, Calibration(), args.out)
        calibration = calibrate(EventCoder.load(args.out), corpus[::5])
        print(f"calibration: {calibration}", flush=True)
    else:
        calibration = Calibration(**json.loads(args.calibration.read_text(encoding="utf-8"))["calibration"])
    write(heads.fit(range(len(corpus))), tokenizer, calibration, args.out)


if __name__ == "__main__":
    main()
