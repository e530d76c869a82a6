"""Events end to end, on sentences of our own: found, coded, and with the right people: `python -m evals.events`.

``gold/events_dev.jsonl``, ``gold/events_dev_second.jsonl`` and ``_third`` (hard recipients), ``gold/events_held.jsonl`` (written
separately; its errors have been read since) and ``gold/events_fresh.jsonl`` (written separately, about other disputes, and scored by its
totals alone) hold sentences, many of them without an event: ``{id, text, events: [{trigger: [s, e], root, aux, actors: [[s, e], ...], recipients: [...]}]}`` with
offsets into the text. What counts as found is what the record would list: the reader's mentions as one sentence puts them together,
sayings that PLOVER codes as events among them. A detected event is one whose trigger overlaps an annotated one; pairs
are one to one. An actor (recipient) is right when every annotated one is overlapped by a predicted one and none is predicted
elsewhere. Where two sides do the same to each other (meetings, talks, agreements) either may be the actor, so that the two are
compared together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.io import rows
from onrecord.model import (
    UNKNOWN_DATE,
    Document,
    DocumentStatus,
    Line,
    LineRole,
    Role,
    Span,
    content_id,
    text_sha256,
)
from onrecord.reading import Reader
from onrecord.reading.events import MUTUAL
from onrecord.relations.events import Telling, events

GOLD = Path(__file__).parent / "gold"
#: Files whose sentences are kept apart: only their totals are printed.
APART = frozenset({"events_fresh.jsonl"})
#: The roots whose two sides may stand in either role.
_MUTUAL_ROOTS = frozenset({"CONSULT", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Coded:
    """An event of one sentence: trigger spans, root, auxiliary mode, participants; ``mutual`` when the roles are exchangeable."""

    trigger: tuple[Span, ...]
    root: str | None
    aux: str
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """An annotated event and the predicted one that was paired with it."""

    gold: Coded
    found: Coded


@dataclass(frozen=True, slots=True)
class Figures:
    """The measures over one file, each between 0 and 1, with the counts they rest on."""

    sentences: int
    gold: int
    predicted: int
    detected: int
    precision: float
    recall: float
    f1: float
    actors: float
    recipients: float
    root: float
    aux_f1: float

    def values(self) -> dict[str, float]:
        """The measures that have floors, by name."""
        return {
            "f1": self.f1,
            "actors": self.actors,
            "recipients": self.recipients,
            "root": self.root,
            "aux_f1": self.aux_f1,
        }


def document(text: str) -> Document:
    """A page that holds one sentence and nothing else."""
    return Document(
        id=content_id("doc", text),
        path="sentence.txt",
        text=text,
        text_sha256=text_sha256(text),
        media_type="text/plain",
        lines=(Line(Span(0, len(text)), LineRole.BODY),),
        published=UNKNOWN_DATE,
        status=DocumentStatus.ARTICLE,
    )


def found_in(reader: Reader, text: str) -> list[Coded]:
    """What the reader finds in one sentence, each event by its first mention."""
    reading = reader.read(document(text))
    out = []
    for event in events(Telling(mention, mention.id) for mention in reading.events):
        mention = event.mentions[0]
        giving = tuple(p.span for p in mention.in_role(Role.ACTOR, Role.SIGNATORY))
        taking = tuple(p.span for p in mention.in_role(Role.RECIPIENT, Role.HOST))
        root = mention.code.value if mention.code is not None else None
        out.append(Coded(mention.trigger, root, mention.aux.value, giving, taking, mention.kind in MUTUAL))
    return out


def annotated(row: dict[str, Any]) -> list[Coded]:
    """The annotated events of a sentence."""
    return [
        Coded(
            (Span(*event["trigger"]),),
            event["root"],
            event["aux"],
            tuple(Span(*s) for s in event["actors"]),
            tuple(Span(*s) for s in event["recipients"]),
            event["root"] in _MUTUAL_ROOTS,
        )
        for event in row["events"]
    ]


def paired(gold: Sequence[Coded], found: Sequence[Coded]) -> Iterator[Pair]:
    """Annotated and predicted events whose triggers overlap, one to one, those of one root first."""
    options = [
        (g.root != f.root, i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if any(s.overlaps(t) for s in g.trigger for t in f.trigger)
    ]
    left, right = set(range(len(gold))), set(range(len(found)))
    for _, i, j in sorted(options):
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            yield Pair(gold[i], found[j])


def _right(want: Sequence[Span], got: Sequence[Span]) -> bool:
    return all(any(w.overlaps(g) for g in got) for w in want) and all(any(g.overlaps(w) for w in want) for g in got)


def right_people(pair: Pair) -> tuple[bool, bool]:
    """Whether the actors and the recipients of a pair are right."""
    if pair.gold.mutual or pair.found.mutual:
        both = _right((*pair.gold.actors, *pair.gold.recipients), (*pair.found.actors, *pair.found.recipients))
        return both, both
    return _right(pair.gold.actors, pair.found.actors), _right(pair.gold.recipients, pair.found.recipients)


def aux_macro_f1(pairs: Sequence[Pair]) -> float:
    """The mean F1 of the auxiliary modes that are annotated among the detected events."""
    hits: Counter[str] = Counter(p.gold.aux for p in pairs if p.gold.aux == p.found.aux)
    want: Counter[str] = Counter(p.gold.aux for p in pairs)
    got: Counter[str] = Counter(p.found.aux for p in pairs)
    scores = [2 * hits[aux] / (want[aux] + got[aux]) for aux in sorted(want)]
    return sum(scores) / len(scores) if scores else 0.0


def measure(files: Sequence[Path], reader: Reader, misses: bool = False) -> Figures:
    """The figures over all sentences of `files`; `misses` prints what went wrong."""
    pairs: list[Pair] = []
    sentences = gold = predicted = 0
    for row in (row for path in files for row in rows(path)):
        want, got = annotated(row), found_in(reader, row["text"])
        here = list(paired(want, got))
        sentences, gold, predicted = sentences + 1, gold + len(want), predicted + len(got)
        pairs += here
        if misses:
            _print_misses(row, want, got, here)
    detected = len(pairs)
    precision, recall = detected / max(predicted, 1), detected / max(gold, 1)
    people = [right_people(pair) for pair in pairs]
    return Figures(
        sentences,
        gold,
        predicted,
        detected,
        precision,
        recall,
        2 * precision * recall / max(precision + recall, 1e-9),
        sum(a for a, _ in people) / max(detected, 1),
        sum(r for _, r in people) / max(detected, 1),
        sum(p.gold.root == p.found.root for p in pairs) / max(detected, 1),
        aux_macro_f1(pairs),
    )


def _print_misses(row: dict[str, Any], want: Sequence[Coded], got: Sequence[Coded], pairs: Sequence[Pair]) -> None:
    text = row["text"]

    def words(spans: Sequence[Span]) -> list[str]:
        return [s.of(text) for s in spans]

    for one in want:
        if all(pair.gold is not one for pair in pairs):
            typer.echo(f"  missed  {row['id']} {one.root} {words(one.trigger)}: {text}")
    for one in got:
        if all(pair.found is not one for pair in pairs):
            typer.echo(f"  extra   {row['id']} {one.root} {words(one.trigger)}: {text}")
    for pair in pairs:
        right = right_people(pair)
        if not all(right):
            typer.echo(
                f"  people  {row['id']} {pair.gold.root} want {words(pair.gold.actors)} -> {words(pair.gold.recipients)}"
                f" got {words(pair.found.actors)} -> {words(pair.found.recipients)}: {text}"
            )
        if pair.gold.aux != pair.found.aux or pair.gold.root != pair.found.root:
            typer.echo(
                f"  code    {row['id']} want {pair.gold.root} {pair.gold.aux} got {pair.found.root} {pair.found.aux}: {text}"
            )


def main(
    files: Annotated[list[Path] | None, typer.Argument(help="Files of sentences; ours without any.")] = None,
    misses: Annotated[bool, typer.Option(help="List what is missed.")] = False,
) -> None:
    """Measure the events that are found in annotated sentences; of a file that is kept apart only the totals are printed."""
    chosen = files or sorted(p for p in GOLD.glob("events_*.jsonl") if p.name != "events_modes.jsonl")
    reader = Reader.load()
    for path in chosen:
        found = measure([path], reader, misses and path.name not in APART)
        typer.echo(
            f"{path.name}: {found.sentences} sentences, {found.gold} events, {found.predicted} predicted: "
            f"P {found.precision:.3f} R {found.recall:.3f} F1 {found.f1:.3f}; of the {found.detected} detected: "
            f"actors {found.actors:.3f} recipients {found.recipients:.3f} root {found.root:.3f} aux macro-F1 {found.aux_f1:.3f}"
        )


if __name__ == "__main__":
    typer.run(main)
