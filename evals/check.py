"""The quotation check on drafts made from the samples: `python -m evals.check [--seed N]`.

The quotations of the samples' record are put into sentences of a draft: as they are, with other glyphs or an ellipsis, with one
word in another tense, without their "not", given to another speaker, moved to another day, joined two and two; and quotations
that no page holds. Each case is one draft of its own with the verdict that it must have. The rules were written with seed
1; the floors are measured with seed 4, which nobody looked at before.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Annotated

import typer

from onrecord import pipeline, sources
from onrecord.knowledge import Knowledge
from onrecord.model import Precision
from onrecord.reading.attribution.quotes import quotations
from onrecord.record import Record
from onrecord.record.checking import Verdict

SAMPLES = Path(__file__).parents[1] / "samples"
FOREIGN = Path(__file__).parent / "gold" / "check_foreign.txt"
HELD = 4
#: Cases of each kind; the first three must be verbatim, and the last not found.
KINDS = {
    "untouched": 60,
    "glyphs": 60,
    "ellipsis": 50,
    "tense": 60,
    "dropped-not": 40,
    "speaker": 60,
    "joined": 60,
    "date": 60,
    "foreign": 60,
}
WANTED = {
    "untouched": Verdict.VERBATIM,
    "glyphs": Verdict.VERBATIM,
    "ellipsis": Verdict.VERBATIM,
    "tense": Verdict.ALTERED,
    "dropped-not": Verdict.CUT,
    "speaker": Verdict.WRONG_SPEAKER,
    "joined": Verdict.STITCHED,
    "date": Verdict.WRONG_DATE,
    "foreign": Verdict.NOT_FOUND,
}


@dataclass(frozen=True, slots=True)
class Source:
    """A quotation of the record: its words, who says it (None when unknown) and on which day (None when not known)."""

    words: str
    speaker: str | None
    day: str | None
    line: str


@dataclass(frozen=True, slots=True)
class Case:
    """One draft with one quotation, what was done to it, and the verdict it must have."""

    kind: str
    draft: str
    wanted: Verdict


def read_samples(folder: Path) -> Record:
    """A record of the samples in `folder`."""
    record = Record.open(folder / "record.db", create=True)
    pipeline.read(sources.pages([str(SAMPLES)]), record, pipeline.Engine.load(Knowledge.load(SAMPLES / "actors.csv")))
    return record


def quotations_of(record: Record) -> list[Source]:
    """The quotations of at least four words in the record's lines, each once, as they stand on the page, marks left off."""
    found: dict[str, Source] = {}
    for row in record.lines():
        s = row.statement
        text = record.document(s.document).text
        for mark in quotations(text):
            inner = mark.inner
            if mark.closed and not mark.single and any(span.contains(inner) for span in s.content):
                words = " ".join(inner.of(text).split()).rstrip(",")
                speaker = s.speakers[0].name if len(s.speakers) == 1 else None
                day = s.date.value if s.date.precision is Precision.DAY else None
                if len(words.split()) >= 4 and '"' not in words:
                    found.setdefault(words, Source(words, speaker, day, s.id))
    return sorted(found.values(), key=lambda source: source.words)


def _said(words: str, speaker: str | None, rng: Random, day: str | None = None) -> str:
    """A sentence of a draft around a quotation."""
    on = f" on {_day(day)}" if day else ""
    if speaker is None:
        return f"There was one answer{on}: “{words}”\n"
    # A saying of one sentence ends with a comma before "said" as editors write it.
    comma = words[:-1] + "," if words.endswith(".") else words + ("" if words[-1] in "?!" else ",")
    verb = rng.choice(["said", "said", "told reporters", "added", "insisted"])
    forms = [f"“{comma}” {speaker} {verb}{on}.", f"{speaker} {verb}{on}: “{words}”"]
    if verb in {"said", "added"} and not on:
        forms.append(f"“{comma}” {verb} {speaker}.")
    return rng.choice(forms) + "\n"


def _day(day: str) -> str:
    value = date.fromisoformat(day)
    return f"{value:%B} {value.day}, {value.year}"


_NEGATED = re.compile(
    r"\b(?:(do|does|did|will|would|can|could|has|have|had|is|are|was|were|should|must|may) not|never|(can)not|no(?=\s[a-z]+\b))\b"
)
_TENSES = {
    "is": "was", "are": "were", "was": "is", "were": "are", "has": "had", "have": "had", "had": "has", "will": "would",
    "can": "could", "comes": "came", "goes": "went", "asks": "asked", "wants": "wanted", "want": "wanted", "do": "did",
    "does": "did", "did": "does", "opens": "opened", "told": "tell", "says": "said", "said": "says", "came": "come",
    "see": "saw", "makes": "made", "made": "make", "ask": "asked", "asked": "ask", "needs": "needed", "need": "needed",
    "sent": "send", "keep": "kept", "went": "go", "know": "knew", "found": "find", "would": "will", "could": "can",
}  # fmt: skip


def _glyphs(words: str, rng: Random) -> str:
    """The same words with other marks, dashes and spaces."""
    out = words.replace("'", rng.choice(["’", "ʼ", "'"])).replace(" -- ", rng.choice([" — ", "—", " – "]))
    parts = out.split(" ")
    for _ in range(2):
        at = rng.randrange(len(parts) - 1)
        parts[at] += rng.choice(["\u00a0", "\u2009", " ", "\n"]) if parts[at][-1].isalnum() else ""
    out = re.sub(r"([\u00a0\u2009\n ]) ", r"\1", " ".join(parts))
    return out.replace("-", rng.choice(["\u2010", "\u2011", "-"])) if rng.random() < 0.5 else out


def _ellipsis(words: str, rng: Random) -> str | None:
    """The words with two or three of them left out at an ellipsis, none of which turns the sentence."""
    parts = words.split()
    spots = [
        (i, n)
        for n in (2, 3)
        for i in range(2, len(parts) - n - 2)
        if not re.search(
            r"\b(?:no|not|never|nothing|nobody|none|nor|neither|without|if|unless|cannot|except|hardly)\b|n['’]t|refus|den[iy]|reject|fail",
            " ".join(parts[i : i + n]),
            re.I,
        )
    ]
    if not spots:
        return None
    at, number = rng.choice(spots)
    return " ".join((*parts[:at], rng.choice(["...", "…", "[...]", ". . ."]), *parts[at + number :]))


def _tense(words: str, rng: Random) -> str | None:
    parts = words.split()
    spots = [i for i, word in enumerate(parts) if word.casefold().strip(",.;:") in _TENSES]
    if not spots:
        return None
    at = rng.choice(spots)
    bare = parts[at].strip(",.;:")
    parts[at] = parts[at].replace(bare, _TENSES[bare.casefold()])
    return " ".join(parts)


def _without_not(words: str, rng: Random) -> str | None:
    spots = list(_NEGATED.finditer(words))
    if not spots:
        return None
    spot = rng.choice(spots)
    kept = spot[1] or spot[2] or ""
    out = f"{words[: spot.start()]}{kept}{words[spot.end() :]}"
    return re.sub(r"\s+", " ", out).strip()


def _joined(one: Source, other: Source, rng: Random) -> str:
    first = one.words.rstrip(".,;!?").split()
    second = other.words.rstrip(".,;").split()
    return (
        " ".join(first[: max(4, len(first) - rng.randrange(3))])
        + rng.choice([" and ", " ", ", "])
        + " ".join(second[-max(4, len(second) - rng.randrange(3)) :])
    )


def cases(found: Sequence[Source], seed: int) -> list[Case]:
    """The drafts of a seed: of each kind as many as `KINDS` says, quotations used again in other sentences where they run out."""
    rng = Random(seed)
    speakers = sorted({s.speaker for s in found if s.speaker and s.speaker.count(" ") == 1 and s.speaker[0].isupper()})
    foreign = FOREIGN.read_text(encoding="utf8").splitlines()
    out: list[Case] = []
    for kind, number in KINDS.items():
        made = _made(kind, found, speakers, foreign, rng)
        out.extend(Case(kind, next(made), WANTED[kind]) for _ in range(number))
    return out


def _made(
    kind: str, found: Sequence[Source], speakers: Sequence[str], foreign: Sequence[str], rng: Random
) -> Iterator[str]:
    """Drafts of one kind without end."""
    while True:
        for one in rng.sample(list(found), len(found)):
            draft = _draft(kind, one, found, speakers, foreign, rng)
            if draft is not None:
                yield draft


def _draft(
    kind: str, one: Source, found: Sequence[Source], speakers: Sequence[str], foreign: Sequence[str], rng: Random
) -> str | None:
    dated = one.day if rng.random() < 0.4 else None
    if kind == "untouched":
        return _said(one.words, one.speaker, rng, dated)
    if kind == "foreign":
        return _said(rng.choice(foreign), rng.choice(speakers), rng)
    if kind == "joined":
        other = rng.choice(
            [s for s in found if s.line != one.line and s.words not in one.words and one.words not in s.words]
        )
        return _said(_joined(one, other, rng), one.speaker, rng)
    if kind == "speaker":
        others = [s for s in speakers if s != one.speaker]
        same = {s.speaker for s in found if one.words in s.words or s.words in one.words}
        return _said(one.words, rng.choice([o for o in others if o not in same]), rng) if one.speaker else None
    if kind == "date":
        moved = one.day and (date.fromisoformat(one.day) + timedelta(rng.choice([-40, -9, -6, 4, 8, 31]))).isoformat()
        return _said(one.words, one.speaker, rng, moved) if moved else None
    change = {"glyphs": _glyphs, "ellipsis": _ellipsis, "tense": _tense, "dropped-not": _without_not}[kind]
    changed = change(one.words, rng)
    if changed is None or (changed == one.words and kind != "glyphs"):
        return None
    return _said(changed, one.speaker, rng, dated)


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with the verdict it got."""

    case: Case
    verdict: Verdict | None


def judge(record: Record, made: Sequence[Case]) -> list[Judged]:
    """The cases with the verdicts of the check, None where the draft's one quotation was not seen as one."""
    out = []
    for case in made:
        found = record.check(case.draft)
        out.append(Judged(case, found[0].verdict if len(found) == 1 else None))
    return out


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """The share of right verdicts of each kind, and of the true quotations the share that raised no alarm."""
    right: dict[str, list[bool]] = defaultdict(list)
    for one in judged:
        right[one.case.kind].append(one.verdict is one.case.wanted)
    out = {kind.replace("-", "_"): sum(hits) / len(hits) for kind, hits in right.items()}
    true = [one for one in judged if one.case.wanted is Verdict.VERBATIM]
    out["no_false_alarm"] = sum(one.verdict is Verdict.VERBATIM for one in true) / len(true)
    return out


def measure(seed: int) -> Mapping[str, float]:
    """The figures of one seed over a record of the samples made for it."""
    with tempfile.TemporaryDirectory() as folder, read_samples(Path(folder)) as record:
        return figures(judge(record, cases(quotations_of(record), seed)))


def main(
    seed: Annotated[int, typer.Option(help="The seed of the drafts.")] = HELD,
    record: Annotated[Path | None, typer.Option(help="A record of the samples, when there is one already.")] = None,
    wrong: Annotated[
        bool, typer.Option("--wrong", help="Print the cases with another verdict than they must have.")
    ] = False,
) -> None:
    """Make the drafts, check them, and print the share of right verdicts of each kind."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Record.open(record) if record else read_samples(Path(folder)) as opened,
    ):
        judged = judge(opened, cases(quotations_of(opened), seed))
    counts = Counter(one.case.kind for one in judged)
    for name, value in figures(judged).items():
        typer.echo(f"{name:16} {value:.4f}  {counts.get(name.replace('_', '-'), '')}")
    for one in judged:
        if wrong and one.verdict is not one.case.wanted:
            said = one.verdict.value if one.verdict else "nothing"
            typer.echo(json.dumps({"kind": one.case.kind, "got": said, "draft": one.case.draft}, ensure_ascii=False))


if __name__ == "__main__":
    typer.run(main)
