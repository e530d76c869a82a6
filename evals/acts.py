"""Act, modality, polarity and target of statements whose spans are given: the trained reader beside rules and a linear baseline.

    python -m evals.acts GOLD [--swap] [--model FOLDER] [--train ROWS] [--time] [--sides]

GOLD is JSON Lines as in ``training/data/README.md``. All three see the same spans of source, cue, content and names. Macro-F1
is over the sixteen acts, with a 95 % interval from 1,000 resamples of the rows. A target is right when both have none or
when the spans overlap ("exact": are the same). The linear baseline is a support vector machine over TF-IDF of the words of
the text, the cue and the content, trained on ROWS; its target is the first name in the content. With ``--swap`` the marked
sentences beside GOLD are read again with the names of sides A and B exchanged, and every verdict must be the same.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from evals.attribution_rules import body_document
from evals.io import rows
from onrecord.model import Act, Modality, Polarity, Span
from onrecord.reading.acts import ActInput, ActReader, Party
from onrecord.reading.attributed import Attribution
from onrecord.reading.interpreting.acts import act_of
from onrecord.reading.interpreting.context import context
from onrecord.reading.interpreting.form import modality_of, polarity_of
from onrecord.reading.interpreting.roles import targets_of
from onrecord.reading.mentions import mentions
from onrecord.reading.paragraphs import paragraphs
from onrecord.reading.parse import parse

TRAIN = Path(__file__).parent.parent / "training" / "data" / "acts_train.jsonl"
GOLD = Path(__file__).parent / "gold" / "acts.jsonl"
RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Labels:
    """What a statement does: of the gold, or as somebody reads it."""

    act: Act
    modality: Modality
    polarity: Polarity
    target: Span | None


@dataclass(frozen=True, slots=True)
class Case:
    """A gold statement: its spans and its labels."""

    statement: ActInput
    labels: Labels


Reads = Callable[[Sequence[ActInput]], list[Labels]]


def cases(path: Path, *, sides: bool = False) -> list[Case]:
    """The rows of a gold file; the names tell their side only with `sides`."""
    found = []
    for row in rows(path):
        source = (Span(*row["source"]),) if row["source"] else ()
        cue, content = (tuple(Span(*s) for s in row[role]) for role in ("cue", "content"))
        parties = tuple(Party(Span(s, e), side if sides else None) for s, e, side in row["parties"])
        target = Span(*row["target"]) if row["target"] else None
        labels = Labels(Act(row["act"]), Modality(row["modality"]), Polarity(row["polarity"]), target)
        found.append(Case(ActInput(row["text"], source, cue, content, parties), labels))
    return found


def by_model(reader: ActReader) -> Reads:
    """The trained reader."""

    def read(statements: Sequence[ActInput]) -> list[Labels]:
        return [Labels(v.act, v.modality, v.polarity, v.target) for v in reader.read(statements)]

    return read


def by_rules(statements: Sequence[ActInput]) -> list[Labels]:
    """The rules of `onrecord.reading.interpreting` on the given spans."""
    found = []
    for number, s in enumerate(statements):
        document = body_document(str(number), s.text)
        parsed = parse(s.text, paragraphs(document))
        one = context(parsed, mentions(parsed), Attribution(s.source, s.cue, s.content, "given"))
        act = act_of(one).act
        targets = targets_of(one, act)
        found.append(Labels(act, modality_of(one, act), polarity_of(one), targets[0] if targets else None))
    return found


def by_words(train: Sequence[Case]) -> Reads:
    """A linear support vector machine over TF-IDF of single words and pairs, names masked."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    words = [_words(case.statement) for case in train]

    def fitted(truth: list[str]) -> Callable[[list[str]], list[str]]:
        vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+")
        model = make_pipeline(vectors, LinearSVC(C=1.0, random_state=0)).fit(words, truth)
        return lambda texts: [str(label) for label in model.predict(texts)]

    act = fitted([case.labels.act.value for case in train])
    modality = fitted([case.labels.modality.value for case in train])
    polarity = fitted([case.labels.polarity.value for case in train])

    def read(statements: Sequence[ActInput]) -> list[Labels]:
        texts = [_words(s) for s in statements]
        told = zip(statements, act(texts), modality(texts), polarity(texts), strict=True)
        return [Labels(Act(a), Modality(m), Polarity(p), _first_name(s)) for s, a, m, p in told]

    return read


def _words(statement: ActInput) -> str:
    """The words of the text, and once more those of cue and content with the role's name before them."""
    text = list(statement.text.lower())
    for party in statement.parties:
        text[party.span.start : party.span.end] = "x" * len(party.span)
    masked = "".join(text)
    told = masked.split()
    for role, spans in (("cue", statement.cue), ("content", statement.content)):
        told += [f"{role}:{word}" for s in spans for word in masked[s.start : s.end].split()]
    return " ".join("name" if set(word.rpartition(":")[2]) == {"x"} else word for word in told)


def _first_name(statement: ActInput) -> Span | None:
    inside = (
        p.span
        for p in statement.parties
        if any(c.start <= p.span.start and p.span.end <= c.end for c in statement.content)
    )
    return min(inside, default=None)


def same_target(gold: Span | None, found: Span | None) -> bool:
    """True when both are None or the spans overlap."""
    if gold is None or found is None:
        return gold is found
    return found.start < gold.end and gold.start < found.end


def macro_f1(
    gold: np.ndarray[tuple[int], np.dtype[np.int64]], found: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> float:
    """The mean of the sixteen acts' F1; an act that neither has counts 0."""
    table = np.bincount(gold * len(Act) + found, minlength=len(Act) ** 2).reshape(len(Act), len(Act))
    sizes = table.sum(0) + table.sum(1)
    return float((2 * table.diagonal() / np.maximum(sizes, 1)).mean())


def figures(name: str, gold: Sequence[Case], found: Sequence[Labels]) -> str:
    """The lines printed for one reader."""
    acts = list(Act)
    truth = np.asarray([acts.index(c.labels.act) for c in gold])
    told = np.asarray([acts.index(f.act) for f in found])
    rng = np.random.default_rng(0)
    draws = [rng.integers(0, len(gold), len(gold)) for _ in range(RESAMPLES)]
    low, high = np.quantile([macro_f1(truth[d], told[d]) for d in draws], (0.025, 0.975))
    pairs = list(zip((c.labels for c in gold), found, strict=True))
    shares = {
        "accuracy": [g.act is f.act for g, f in pairs],
        "modality": [g.modality is f.modality for g, f in pairs],
        "polarity": [g.polarity is f.polarity for g, f in pairs],
        "target": [same_target(g.target, f.target) for g, f in pairs],
        "exact target": [g.target == f.target for g, f in pairs],
    }
    lines = [f"{name}: macro-F1 {100 * macro_f1(truth, told):.1f} [{100 * low:.1f}, {100 * high:.1f}]"]
    for label, hits in shares.items():
        values = np.asarray(hits, dtype=float)
        a, b = np.quantile([values[d].mean() for d in draws], (0.025, 0.975))
        lines.append(f"  {label} {100 * values.mean():.1f} [{100 * a:.1f}, {100 * b:.1f}]")
    for number, act in enumerate(acts):
        hits_of = int(((truth == number) & (told == number)).sum())
        p, r = hits_of / max(1, int((told == number).sum())), hits_of / max(1, int((truth == number).sum()))
        wrong = np.bincount(told[(truth == number) & (told != number)], minlength=len(acts))
        mixed = ", ".join(f"{acts[i].value} {wrong[i]}" for i in np.argsort(-wrong, kind="stable")[:3] if wrong[i])
        lines.append(f"    {act.value:<12} P {100 * p:5.1f} R {100 * r:5.1f}  taken for: {mixed or '-'}")
    return "\n".join(lines)


def swap_differences(reader: ActReader, gold: Path) -> tuple[int, int]:
    """How many verdicts change when the two sides' names are exchanged, of how many whose text changes."""
    from training.data.build_acts import read_all, write_rows

    with TemporaryDirectory() as folder:
        plain, swapped = Path(folder) / "plain.jsonl", Path(folder) / "swapped.jsonl"
        write_rows(read_all(gold.with_suffix(""))[0], plain)
        write_rows(read_all(gold.with_suffix(""), swap=True)[0], swapped)
        here, there = cases(plain), cases(swapped)
    changed = [(a, b) for a, b in zip(here, there, strict=True) if a.statement.text != b.statement.text]
    first, second = (reader.read([pair[side].statement for pair in changed]) for side in (0, 1))
    differ = 0
    for (a, b), v, w in zip(changed, first, second, strict=True):
        same = (v.alternatives, v.polarity, v.modality, v.target_score) == (
            w.alternatives,
            w.polarity,
            w.modality,
            w.target_score,
        )
        at_same = same_target(a.labels.target, v.target) == same_target(b.labels.target, w.target)
        differ += not (same and at_same and (v.target is None) == (w.target is None))
    return differ, len(changed)


def measured(path: Path = GOLD) -> dict[str, float]:
    """The shipped reader's figures on the separately written half, each between 0 and 1; `symmetric` is the share of
    verdicts that exchanging the two sides' names leaves as they were.
    """
    gold, reader = cases(path), ActReader.load()
    found = by_model(reader)([case.statement for case in gold])
    acts = list(Act)
    truth = np.asarray([acts.index(c.labels.act) for c in gold])
    told = np.asarray([acts.index(f.act) for f in found])
    differ, of = swap_differences(reader, path)
    pairs = list(zip((c.labels for c in gold), found, strict=True))
    return {
        "macro_f1": macro_f1(truth, told),
        "modality": sum(g.modality is f.modality for g, f in pairs) / len(pairs),
        "polarity": sum(g.polarity is f.polarity for g, f in pairs) / len(pairs),
        "target": sum(same_target(g.target, f.target) for g, f in pairs) / len(pairs),
        "symmetric": 1 - differ / of,
    }


def main(argv: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", type=Path, default=None, help="folder of another reader's files")
    parser.add_argument("--train", type=Path, default=TRAIN, help="rows the linear baseline is trained on")
    parser.add_argument("--swap", action="store_true", help="check that exchanging names changes no verdict")
    parser.add_argument("--sides", action="store_true", help="tell the reader which names share a side")
    parser.add_argument("--out", type=Path, default=None, help="write the reader's verdicts as JSON Lines")
    args = parser.parse_args(argv)
    gold = cases(args.gold, sides=args.sides)
    statements = [case.statement for case in gold]
    reader = ActReader.load(args.model)
    began = time.process_time()
    found = by_model(reader)(statements)
    spent = time.process_time() - began
    print(figures("reader", gold, found))
    print(f"  {len(gold)} statements in {spent:.2f} s of processor time: {len(gold) / spent:.0f} a second")
    if args.out:
        lines = [json.dumps({"act": f.act, "target": list_of(f.target)}) + "\n" for f in found]
        args.out.write_text("".join(lines), encoding="utf-8")
    if args.swap:
        differ, of = swap_differences(reader, args.gold)
        print(f"  names exchanged: {differ} of {of} verdicts differ")
    print(figures("rules", gold, by_rules(statements)))
    print(figures("TF-IDF and linear SVM", gold, by_words(cases(args.train))(statements)))


def list_of(span: Span | None) -> list[int] | None:
    """A span as JSON."""
    return [span.start, span.end] if span is not None else None


if __name__ == "__main__":
    main()
