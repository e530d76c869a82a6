"""Checks the written sentences and writes plover_train.jsonl: `python training/data/build_plover.py`.

Markup of `plover_train/*.txt`: a head `= ROOT mode` says what the sentences under it tell (`= NONE`: no event between the two);
`[source]`, `{target}`, `<trigger>`; `f: h: n: p:` before a sentence make it future, hypothetical, negated or historical
(asserted otherwise). Of several triggers the first counts.

`grammar.txt` holds frames. Each is spoken by invented actors of the kinds its head allows (g state, o official, f force, c
civilians, l law, p place), dressed with a dateline, a lead, a tail, or a second event between others, whose pair is a row
too. Every draw comes from one seed, so the file is the same in every run.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from onrecord.knowledge.plover import mode_names  # noqa: E402
from onrecord.model.events import Auxiliary, Root  # noqa: E402
from onrecord.reading.events.coder.names import names_of  # noqa: E402
from onrecord.reading.events.coder.reader import FUTURE  # noqa: E402

AUX = {
    "f": Auxiliary.FUTURE,
    "h": Auxiliary.HYPOTHETICAL,
    "n": Auxiliary.NEGATED,
    "p": Auxiliary.HISTORICAL,
}
MARKS = {"[": "source", "{": "target", "<": "trigger"}
CLOSING = {"]": "[", "}": "{", ">": "<"}
DRAWN = 1800


@dataclass(frozen=True)
class Row:
    """A sentence without its markup; spans are half-open code points."""

    text: str
    source: tuple[tuple[int, int], ...]
    target: tuple[tuple[int, int], ...]
    trigger: tuple[int, int] | None
    root: str
    mode: str | None
    aux: str
    origin: str

    def shifted(self, by: int, text: str) -> Row:
        """The same spans, `by` further, in a longer text."""

        def moved(span: tuple[int, int]) -> tuple[int, int]:
            return span[0] + by, span[1] + by

        return replace(
            self,
            text=text,
            source=tuple(map(moved, self.source)),
            target=tuple(map(moved, self.target)),
            trigger=moved(self.trigger) if self.trigger else None,
        )


def parse(line: str, head: tuple[str, str | None], origin: str) -> Row:
    """A marked line as a row.

    Raises:
        ValueError: when a mark is not closed.
    """
    aux = Auxiliary.ASSERTED
    if re.match(r"[fhnp]: ", line):
        aux, line = AUX[line[0]], line[3:]
    spans: dict[str, list[tuple[int, int]]] = {"source": [], "target": [], "trigger": []}
    opened: list[tuple[str, int]] = []
    text = ""
    for sign in line:
        if sign in MARKS:
            opened.append((sign, len(text)))
        elif sign in CLOSING:
            if not opened or opened[-1][0] != CLOSING[sign]:
                raise ValueError(f"{origin}: {line}")
            mark, start = opened.pop()
            spans[MARKS[mark]].append((start, len(text)))
        else:
            text += sign
    if opened or not (spans["source"] or spans["target"]):
        raise ValueError(f"{origin}: {line}")
    trigger = spans["trigger"][0] if spans["trigger"] else None
    return Row(text, tuple(spans["source"]), tuple(spans["target"]), trigger, *head, aux.value, origin)


def heads(path: Path) -> Iterator[tuple[str, str, int]]:
    """Head, line and number of each marked line of a file."""
    head = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("="):
            head = line[1:].strip()
        elif line.strip() and not line.startswith("#"):
            yield head, line, number


def written() -> Iterator[Row]:
    """The sentences worded one by one."""
    for path in sorted((HERE / "plover_train").glob("*.txt")):
        if path.stem == "grammar":
            continue
        for head, line, number in heads(path):
            root, _, mode = head.partition(" ")
            yield parse(line, (root, mode or None), f"{path.stem}:{number}")


STATES = [
    "Orsenna", "Vaskil", "Dravno", "Halvik", "Tessaly", "Morvane", "Karsk", "Ilmar", "Sestria", "Brunland", "Quorra",
    "Ostrelle", "Pelm",
]  # fmt: skip
TOWNS = ["Aresk", "Lindhavn", "Tarn", "Selje", "Dorvask", "Olmen", "Castrel", "Vendra", "Iolo", "Nemeth"]
PEOPLE = ["Anton Varga", "Ilva Dorn", "Teo Brask", "Mira Kost", "Sava Lune", "Berit Holm", "Rado Venn", "Olena Martz"]
KINDS = {
    "g": (
        "@S",
        "@S",
        "the @S government",
        "@S's government",
        "the government of @S",
        "the ruling party of @S",
        "the Northern Compact",
        "the League of Straits",
        "authorities in @T",
        "@S's parliament",
        "lawmakers in @S",
        "the transitional council of @S",
        "the Meridian Union",
        "@S's foreign ministry",
        "the interior ministry",
    ),
    "o": (
        "President @P",
        "@S's foreign minister",
        "Prime Minister @P of @S",
        "the @S president",
        "@P",
        "@S's defence minister, @P,",
        "the ambassador of @S",
        "a senior @S official",
        "opposition leader @P",
        "the governor of @T",
        "the mediator",
        "a delegation from @S",
        "the special envoy",
        "the mayor of @T",
        "the head of the Meridian Union",
        "former president @P",
        "rebel commander @P",
    ),
    "f": (
        "the @S army",
        "@S troops",
        "police in @T",
        "rebels in @S",
        "government forces",
        "gunmen",
        "@S's navy",
        "the Red Lantern front",
        "militants",
        "the security forces of @S",
        "separatist fighters",
        "@S border guards",
        "soldiers near @T",
        "the coast militia",
        "riot police",
        "@S warplanes",
        "insurgents",
    ),
    "c": (
        "students in @T",
        "villagers near @T",
        "journalists",
        "the teachers' union",
        "opposition activists",
        "aid workers",
        "fishermen from @S",
        "refugees from @S",
        "workers at the @T shipyard",
        "demonstrators",
        "human rights lawyers",
        "members of the Dawn Party",
        "election monitors",
        "doctors",
        "hundreds of farmers",
        "two engineers",
        "residents of @T",
        "relatives of the missing",
        "prisoners",
        "coal miners",
        "a @S businessman",
    ),
    "l": ("a court in @T", "prosecutors in @S", "@S's supreme court", "the tribunal", "a @S judge", "a military court"),
    "p": (
        "@T",
        "the port of @T",
        "the border region",
        "the @T valley",
        "@S",
        "the old town of @T",
        "the northern provinces",
    ),
}
LEADS = (
    "",
    "",
    "",
    "",
    "On Tuesday, ",
    "Late on Sunday, ",
    "Earlier this week, ",
    "On 14 March, ",
    "In a statement on Friday, ",
    "@C (Nordlake Press) - ",
    "@C, 3 May - ",
    "Despite the rain, ",
    "After months of tension, ",
    "Meanwhile, ",
    "According to state radio, ",
    "For the second time this year, ",
    "In the capital, ",
    "Hours before the deadline, ",
)
TAILS = (
    "",
    "",
    ", officials said",
    ", a spokesman said on Monday",
    ", the news agency Lantern reported",
    " last week",
    ", according to two diplomats",
    " on Thursday morning",
    ", state television said, citing the interior ministry",
    " amid rising prices and a shortage of fuel",
    ", in the third such move since the spring",
    ", a day after the cabinet met in @T",
    " as the dispute over the river entered its second year",
    ", the daily Bell wrote",
    ", saying the situation could not go on",
    ", despite protests from the clergy",
    " over the fate of the two sailors",
    " in the province of @T",
    ", a source close to the talks told reporters",
)
JOINTS = (
    ", days after ",
    " while ",
    ", after ",
    "; in the same week ",
    ", a month before ",
    ", and ",
    ", even as ",
    ", hours before ",
)


SILENT_E = frozenset(
    """agreed promised pledged announced arrived received praised voiced recognised eased apologised reversed declared shared
    staged exchanged provided donated released freed urged criticised denounced accused filed refused mobilised reduced seized
    blockaded issued increased""".split()  # noqa: SIM905
)
IRREGULAR = {
    "met": ("meet", "met"), "held": ("hold", "held"), "gave": ("give", "given"), "began": ("begin", "begun"),
    "sent": ("send", "sent"), "withdrew": ("withdraw", "withdrawn"), "took": ("take", "taken"), "went": ("go", "gone"),
    "cut": ("cut", "cut"), "broke": ("break", "broken"), "supplied": ("supply", "supplied"), "denied": ("deny", "denied"),
    "conferred": ("confer", "conferred"), "banned": ("ban", "banned"), "rallied": ("rally", "rallied"),
    "expelled": ("expel", "expelled"), "admitted": ("admit", "admitted"), "kidnapped": ("kidnap", "kidnapped"),
}  # fmt: skip
UNDONE = {
    Auxiliary.NEGATED: (
        "did not @B",
        "never @B-past",
        "has not @P",
        "has yet to @B",
        "have so far not @P",
        "has still not @P",
    ),
    Auxiliary.FUTURE: ("will @B", "is to @B", "is about to @B", "are due to @B", "will soon @B", "is set to @B"),
    Auxiliary.HYPOTHETICAL: ("could @B", "might @B", "would @B", "may @B", "could yet @B", "would have @P"),
    Auxiliary.HISTORICAL: ("@B-past", "had @P", "@B-past", "had already @P"),
}
AGAIN = {
    Auxiliary.NEGATED: ("", "", "Contrary to reports, ", "So far, ", "Until Monday, "),
    Auxiliary.FUTURE: ("", "", "Next week, ", "On Monday, ", "In May, ", "From tomorrow, "),
    Auxiliary.HYPOTHETICAL: ("", "", "In that case, ", "If the talks fail, ", "Analysts say ", "It is feared that "),
    Auxiliary.HISTORICAL: (
        "In 1974, ", "Two decades ago, ", "During the civil war, ", "In the last war, ", "Under the old king, ",
        "Ten years before, ", "In the winter of 1958 ", "As early as 2003, ", "A generation ago ", "In the 1990s, ",
    ),
}  # fmt: skip


def forms(past: str) -> tuple[str, str] | None:
    """The base and the participle of a verb in the past; None for other words."""
    if past in IRREGULAR:
        return IRREGULAR[past]
    if past in SILENT_E:
        return past[:-1], past
    return (past[:-2], past) if past.endswith("ed") else None


class Grammar:
    """Sentences drawn from the frames."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.frames: list[tuple[tuple[str, str | None], str, str, str, str]] = []
        for head, line, number in heads(HERE / "plover_train" / "grammar.txt"):
            label, _, kinds = head.partition("|")
            root, _, mode = label.strip().partition(" ")
            source, _, target = kinds.partition(">")
            self.frames.append(((root, mode or None), source.strip(), target.strip(), line, f"grammar:{number}"))

    def _filled(self, pattern: str, spare: list[str]) -> str:
        """The pattern with names, none of which is in `spare`; what is used is added to it."""
        for sign, those in (("@S", STATES), ("@T", TOWNS), ("@P", PEOPLE), ("@C", [t.upper() for t in TOWNS])):
            while sign in pattern:
                name = self.rng.choice([n for n in those if n not in spare] or list(those))
                spare.append(name)
                pattern = pattern.replace(sign, name, 1)
        return pattern

    def undone(self) -> Row:
        """One frame told as future, hypothetical, negated or historical, with actors."""
        while True:
            head, source, target, line, origin = self.rng.choice(self.frames)
            trigger = re.search(r"<(\w+)", line)
            found = forms(trigger[1]) if trigger and "has <" not in line and "were <" not in line else None
            if trigger and found and "{@} was" not in line and "was <" not in line:
                break
        aux = self.rng.choice(tuple(UNDONE))
        said = (
            self.rng.choice(UNDONE[aux]).replace("@B-past", trigger[1]).replace("@B", found[0]).replace("@P", found[1])
        )
        before, _, verb = said.rpartition(" ")
        line = line.replace(f"<{trigger[1]}", f"{before} <{verb}" if before else f"<{verb}", 1)
        root = FUTURE.get(Root(head[0]), Root(head[0])).value if aux is Auxiliary.FUTURE else head[0]
        head = (root, head[1] if root == head[0] else None)
        spare: list[str] = []
        row = self._cast(head, source, target, line, origin, spare)
        lead = self.rng.choice(AGAIN[aux])
        tail = self._filled(self.rng.choice(TAILS), spare)
        text = (lead + row.text if lead else row.text[0].upper() + row.text[1:]) + tail + "."
        return replace(row.shifted(len(lead), text), aux=aux.value)

    def clause(self, spare: list[str]) -> Row:
        """One frame with actors."""
        return self._cast(*self.rng.choice(self.frames), spare)

    def _cast(
        self, head: tuple[str, str | None], source: str, target: str, line: str, origin: str, spare: list[str]
    ) -> Row:
        for kinds, mark, closing in ((source, "[", "]"), (target, "{", "}")):
            actor = self._filled(self.rng.choice(KINDS[self.rng.choice(kinds)]), spare).rstrip(",")
            line = line.replace(f"{mark}@{closing}", f"{mark}{actor}{closing}", 1)
        return parse(line, head, origin)

    def sentence(self) -> list[Row]:
        """One dressed sentence: a row for its event, and one for the second event where there is one."""
        spare: list[str] = []
        first = self.clause(spare)
        lead, tail = (self._filled(self.rng.choice(those), spare) for those in (LEADS, TAILS))
        second = self.clause(spare) if self.rng.random() < 0.3 else None
        joint = self.rng.choice(JOINTS) if second else ""
        text = lead + (first.text if lead else first.text[0].upper() + first.text[1:]) + joint
        at = len(text)
        text += (second.text if second else "") + tail + "."
        out = [first.shifted(len(lead), text)]
        if second:
            out.append(second.shifted(at, text))
            crossed = replace(out[0], target=out[1].target, trigger=None, root="NONE", mode=None)
            if self.rng.random() < 0.35 and joint.strip() not in {"while"}:
                out.append(crossed)
        return out


def drawn(count: int) -> Iterator[Row]:
    """`count` rows of the grammar, no text twice."""
    grammar = Grammar(20)
    seen: set[str] = set()
    made = 0
    while made < count:
        rows = [grammar.undone()] if made % 3 == 2 else grammar.sentence()
        if rows[0].text not in seen:
            seen.add(rows[0].text)
            made += len(rows)
            yield from rows


def checked(rows: list[Row]) -> list[str]:
    """One line for each fault: an unknown label, an empty span, a text that stands twice."""
    faults = []
    known = {(root.value, mode) for root, mode in mode_names()}
    for row in rows:
        if row.root != "NONE" and row.root not in set(Root):
            faults.append(f"{row.origin}: no root {row.root}")
        if row.mode and (row.root, row.mode) not in known:
            faults.append(f"{row.origin}: no mode {row.root} {row.mode}")
        spans = [*row.source, *row.target, *([row.trigger] if row.trigger else [])]
        if any(s >= e or row.text[s].isspace() or row.text[e - 1].isspace() for s, e in spans):
            faults.append(f"{row.origin}: a span is empty or ends in white space")
        if row.root != "NONE" and row.trigger is None:
            faults.append(f"{row.origin}: no trigger: {row.text}")
    texts = Counter(row.text for row in rows if not row.origin.startswith("grammar"))
    return faults + [f"twice: {text}" for text, times in texts.items() if times > 1]


def main() -> None:
    """Writes the file (plover_train.jsonl beside this script, or --out), or says what is wrong."""
    parser = argparse.ArgumentParser(description="Checks the sentences and writes plover_train.jsonl.")
    parser.add_argument("--out", type=Path, default=HERE / "plover_train.jsonl")
    path = parser.parse_args().out
    own = list(written())
    rows = [*own, *drawn(DRAWN)]
    faults = checked(rows)
    if faults:
        raise SystemExit("\n".join(faults))
    with path.open("w", encoding="utf-8") as out:
        for number, row in enumerate(rows):
            names = [[n.start, n.end] for n in names_of(row.text)]
            told: dict[str, object] = {
                "id": f"pt{number:04}",
                "text": row.text,
                "source": row.source,
                "target": row.target,
            }
            told |= {"trigger": row.trigger, "names": names, "root": row.root, "mode": row.mode, "aux": row.aux}
            out.write(json.dumps(told | {"origin": row.origin}, ensure_ascii=False) + "\n")
    print(len(own), "worded one by one,", len(rows) - len(own), "drawn")
    print(dict(Counter(row.root for row in rows)))
    print(dict(Counter(row.aux for row in rows)))


if __name__ == "__main__":
    main()
