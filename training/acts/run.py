"""Trains the act reader and writes its files: `python -m training.acts.run training/data/acts_train.jsonl --out FOLDER`.

First on all disputes but six, to fit the calibration on those six; then on all of them, with the same settings. FOLDER
gets acts.onnx, acts.tokenizer.json and acts.json.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from onrecord.reading.acts import ActReader
from onrecord.reading.acts.network import OnnxNetwork
from onrecord.reading.acts.reader import Calibration
from training.acts.calibrate import calibrate, calibration_error, same_target
from training.acts.data import Example, read_examples, without_sides
from training.acts.export import export
from training.acts.train import Settings, train
from training.attribution.run import base_folder, open_tokenizer

HELD_OUT = 6


def split(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Training and held-out examples; disputes are kept whole, and so are pairs, which lie within one."""
    disputes = sorted({e.dispute for e in examples})
    random.Random(3).shuffle(disputes)
    held_out = set(disputes[:HELD_OUT])
    return [e for e in examples if e.dispute not in held_out], [e for e in examples if e.dispute in held_out]


def write(model: torch.nn.Module, tokenizer: Tokenizer, calibration: Calibration, out: Path) -> None:
    """Writes the three files of a reader."""
    from training.acts.model import ActModel

    assert isinstance(model, ActModel)
    out.mkdir(parents=True, exist_ok=True)
    export(model, out / "acts.onnx")
    tokenizer.save(str(out / "acts.tokenizer.json"), pretty=False)
    fitted = json.dumps({"calibration": asdict(calibration)}, indent=1, sort_keys=True)
    (out / "acts.json").write_text(fitted + "\n", encoding="utf-8")


def report(reader: ActReader, examples: Sequence[Example]) -> str:
    """One line of figures on examples the reader has not seen."""
    from sklearn.metrics import f1_score

    found = reader.read([e.statement for e in examples])
    both = list(zip(examples, found, strict=True))
    f1 = f1_score([e.act.value for e in examples], [v.act.value for v in found], average="macro")
    shares = {
        "modality": sum(e.modality is v.modality for e, v in both),
        "polarity": sum(e.polarity is v.polarity for e, v in both),
        "target": sum(same_target(e, v) for e, v in both),
    }
    told = ", ".join(f"{name} {hits / len(both):.3f}" for name, hits in shares.items())
    return f"act macro-F1 {f1:.3f}, {told}, calibration error {calibration_error(examples, found):.3f}"


def main(argv: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, default=None, help="folder of MiniLM-L6")
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--calibration", type=Path, default=None, help="an acts.json already fitted: no first training")
    args = parser.parse_args(argv)
    torch.set_num_threads(args.threads)
    base = args.base or base_folder()
    tokenizer = open_tokenizer(base)
    examples = read_examples(args.rows)
    settings = replace(Settings(), epochs=args.epochs)
    if args.calibration is None:
        kept, held_out = split(examples)
        write(train(kept, tokenizer, base, settings), tokenizer, Calibration(), args.out)
        unseen = [*held_out, *map(without_sides, held_out)]
        calibration = calibrate(tokenizer, OnnxNetwork(args.out / "acts.onnx"), unseen)
        reader = ActReader(tokenizer, OnnxNetwork(args.out / "acts.onnx"), calibration)
        print(f"held out, sides told: {report(reader, held_out)}")
        print(f"held out, sides not told: {report(reader, [without_sides(e) for e in held_out])}")
    else:
        calibration = Calibration(**json.loads(args.calibration.read_text(encoding="utf-8"))["calibration"])
    write(train(examples, tokenizer, base, settings), tokenizer, calibration, args.out)


if __name__ == "__main__":
    main()
