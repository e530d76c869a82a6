"""Builds `acts_train.jsonl` from the marked-up sentences in `acts_train/*.txt`, and refuses what does not hold together.

A source file is one invented dispute. Its head names the parties, one line a side:

    A: state=Veld; adj=Veldish; people=Velders; capital=Harn; person=Oda Renn, Tam Ilves; org=Veld River Board

Every name of a side that occurs in a sentence becomes a mention of that side (the longest name wins; `Party.forms` lists the
shorter ones). Then one line a sentence: the act, flags, perhaps a pair, a bar, and the text with its spans in braces:

    demand o #gate-1 | {s Oda Renn} {c said} {t Sarn} must {p open the sluices} and {p publish its logs}.

Spans: `s` source, `c` cue, `q` content (may be several fragments), `t` target, `a` addressee, `p` one proposition (`p1`, `p2` join
fragments), and a capital letter for a mention of a side that is not a name ("its neighbour"). Flags: a modality (`f` fact, `o`
obligation, `p` possibility, `u` future, `c` conditional; without one, the act's usual modality), `-` for negative polarity
(deny, reject and decline are negative by definition), `n` for narrated. The other quote types follow from the quotation marks.
The labels are defined in docs/codebook.md.

    python training/data/build_acts.py               checks everything and writes acts_train.jsonl
    python training/data/build_acts.py --partial     leaves out the checks of size and balance
    python training/data/build_acts.py --swap PATH   also writes the rows with the names of A and B exchanged, labels as they were
    python training/data/build_acts.py --folder evals/gold/acts --id-prefix gd --least-rows 800 --least-of-act 45
                                                     the held-out half: the same rules, written beside its folder
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.model.statements import Act, Modality, Polarity, QuoteType

HERE = Path(__file__).parent
MODALITIES = {
    "f": Modality.FACT,
    "o": Modality.OBLIGATION,
    "p": Modality.POSSIBILITY,
    "u": Modality.FUTURE,
    "c": Modality.CONDITIONAL,
}
USUAL = {
    **dict.fromkeys((Act.DEMAND, Act.REQUEST), "o"),
    **dict.fromkeys((Act.PROMISE, Act.OFFER, Act.THREATEN, Act.AGREE), "u"),
}
NEGATIVE = (Act.DENY, Act.REJECT, Act.DECLINE)
KINDS = ("state", "adj", "people", "capital", "person", "org")
OPENING, CLOSING = "\"“‘'«", "\"”’'»"
INNER_MARK = re.compile(r"[\"“”«»‘]|(?<!\w)'(?=\w)")
LEAST_ROWS, LEAST_OF_ACT, MOST_OVER_LEAST, NEAR = 1600, 90, 1.5, 0.6


class BadRowError(ValueError):
    """A line of a source file that breaks a rule, with the file and line it stands on."""


Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Party:
    """A side of the dispute: its letter and its names by kind, in the order of the head."""

    letter: str
    names: dict[str, tuple[str, ...]]

    def forms(self) -> Iterator[tuple[str, str]]:
        """Every name with its place (`state0`, `person1`, `last1`): the same place of two sides is exchanged by a swap.

        Besides the names as written there are a person's last two words and last word, an organisation's name without the
        side's own name before it ("Orrin Rail Board": "Rail Board"), "The" for "the", and capitals for headlines.
        """
        own = {name for kind in ("state", "adj") for name in self.names.get(kind, ())}
        for kind in KINDS:
            for i, name in enumerate(self.names.get(kind, ())):
                first, _, rest = name.partition(" ")
                written = [(f"{kind}{i}", name)]
                if kind == "person" and rest:
                    written += [(f"bare{i}", " ".join(name.split()[-2:])), (f"last{i}", name.split()[-1])]
                if kind == "org" and rest and first in own:
                    written.append((f"short{i}", rest))
                for place, form in written:
                    yield place, form
                    if form.startswith("the "):
                        yield f"{place}-the", form.replace("the ", "The ", 1)
                    yield f"{place}-capitals", form.upper()


@dataclass(frozen=True, slots=True)
class Row:
    """One annotated sentence; spans are half-open code-point offsets into `text`."""

    dispute: str
    text: str
    roles: dict[str, list[Range]]
    parties: list[tuple[int, int, str]]
    quote_type: QuoteType
    act: Act
    polarity: Polarity
    modality: Modality
    pair: str | None
    where: str
    propositions: list[list[Range]] = field(default_factory=list)

    def as_json(self, number: int, prefix: str = "tr") -> dict[str, object]:
        """The row as it is written to the JSON Lines file."""
        one = {role: (self.roles[role][0] if self.roles.get(role) else None) for role in ("s", "t", "a")}
        return {
            "id": f"{prefix}-{number:04d}",
            "dispute": self.dispute,
            "text": self.text,
            "source": one["s"],
            "cue": self.roles.get("c", []),
            "content": self.roles["q"],
            "target": one["t"],
            "addressee": one["a"],
            "parties": self.parties,
            "quote_type": self.quote_type,
            "act": self.act,
            "polarity": self.polarity,
            "modality": self.modality,
            "propositions": self.propositions,
            "pair": self.pair,
        }


def read_file(path: Path, errors: list[str], *, swap: bool = False) -> Iterator[Row]:
    """The rows of one dispute; a line that breaks a rule is reported in `errors` and left out.

    With `swap`, the names of sides A and B are exchanged before the spans are taken.
    """
    parties: list[Party] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.name}:{number}"
        if not line.strip() or line.startswith("#"):
            continue
        if head := re.fullmatch(r"([A-F]): (.+)", line):
            parties.append(Party(head[1], _names(head[2], where)))
            continue
        labels, _, marked = line.partition(" | ")
        try:
            yield _row(path.stem, labels.split(), _swapped(marked, parties) if swap else marked, parties, where)
        except BadRowError as error:
            errors.append(str(error))


def _names(head: str, where: str) -> dict[str, tuple[str, ...]]:
    names = {}
    for entry in head.split(";"):
        kind, _, values = entry.strip().partition("=")
        if kind not in KINDS or not values:
            raise BadRowError(f"{where}: {entry.strip()!r} is not one of {', '.join(KINDS)} with a value")
        names[kind] = tuple(v.strip() for v in values.split(","))
    return names


def _swapped(text: str, parties: list[Party]) -> str:
    sides = {p.letter: dict(p.forms()) for p in parties}
    exchange: dict[str, str] = {}
    for here, there in (("A", "B"), ("B", "A")):
        exchange |= {name: sides[there][place] for place, name in sides[here].items() if place in sides[there]}
    pattern = re.compile(_any_of(exchange))
    return pattern.sub(lambda m: exchange[m[0]], text)


def _any_of(names: dict[str, str]) -> str:
    longest_first = sorted(names, key=lambda n: (-len(n), n))
    return r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"


def _row(dispute: str, labels: list[str], marked: str, parties: list[Party], where: str) -> Row:
    text, spans = _spans(marked, where)
    roles = {role: [(s, e) for r, s, e in spans if r == role] for role in "scqta"}
    propositions: dict[str, list[Range]] = defaultdict(list)
    for i, (role, start, end) in enumerate(spans):
        if role.startswith("p"):
            propositions[role if role != "p" else f"p-{i}"].append((start, end))
    try:
        act = Act(labels[0])
    except (ValueError, IndexError):
        raise BadRowError(f"{where}: {labels[:1]} is not an act") from None
    flags = [label for label in labels[1:] if not label.startswith("#")]
    if unknown := set(flags) - set(MODALITIES) - {"-", "n"}:
        raise BadRowError(f"{where}: unknown flags {sorted(unknown)}")
    modality = next((f for f in flags if f in MODALITIES), USUAL.get(act, "f"))
    row = Row(
        dispute=dispute,
        text=text,
        roles=roles,
        parties=_mentions(text, spans, parties),
        quote_type=QuoteType.NARRATED if "n" in flags else _quote_type(text, roles["q"]),
        act=act,
        polarity=Polarity.NEGATIVE if "-" in flags or act in NEGATIVE else Polarity.AFFIRMATIVE,
        modality=MODALITIES[modality],
        pair=next((label[1:] for label in labels if label.startswith("#")), None),
        where=where,
        propositions=list(propositions.values()),
    )
    _check(row)
    return row


def _spans(marked: str, where: str) -> tuple[str, list[tuple[str, int, int]]]:
    out: list[str] = []
    open_spans: list[tuple[str, int, int]] = []
    spans: list[tuple[str, int, int]] = []
    at = position = 0
    for brace in re.finditer(r"\{([sqcta]|p\d?|[A-F]) |\}", marked):
        out.append(marked[position : brace.start()])
        at += brace.start() - position
        position = brace.end()
        if brace[0] != "}":
            open_spans.append((brace[1], at, len(spans)))
            spans.append((brace[1], at, at))
        elif open_spans:
            role, start, place = open_spans.pop()
            spans[place] = (role, start, at)
        else:
            raise BadRowError(f"{where}: a closing brace too many")
    out.append(marked[position:])
    text = "".join(out)
    if open_spans or "{" in text or "}" in text:
        raise BadRowError(f"{where}: unbalanced braces or an unknown span letter")
    return text, spans


def _mentions(text: str, spans: list[tuple[str, int, int]], parties: list[Party]) -> list[tuple[int, int, str]]:
    found = [(s, e, role) for role, s, e in spans if role.isupper()]
    sides: dict[str, set[str]] = defaultdict(set)
    for party in parties:
        for _, name in party.forms():
            sides[name].add(party.letter)
    named = {name: letters.pop() for name, letters in sides.items() if len(letters) == 1}
    for match in re.finditer(_any_of(named), text):
        if not any(s < match.end() and match.start() < e for s, e, _ in found):
            found.append((match.start(), match.end(), named[match[0]]))
    return sorted(found)


def _quote_type(text: str, content: list[Range]) -> QuoteType:
    inside = [text[:s][-1:] in OPENING and text[e : e + 1] in CLOSING for s, e in content if s and e < len(text)]
    bare = not any(INNER_MARK.search(text[s:e]) for s, e in content)
    if len(inside) == len(content) and all(inside):
        return QuoteType.DIRECT
    return QuoteType.INDIRECT if bare and not any(inside) else QuoteType.MIXED


def _check(row: Row) -> None:
    """The rules for one row.

    Raises:
        BadRowError: naming the file and line.
    """
    text = row.text
    problems = []
    if not row.roles["q"]:
        problems.append("no content")
    problems += [f"more than one {role}" for role in "sta" if len(row.roles[role]) > 1]
    every = [span for spans in row.roles.values() for span in spans] + [s for p in row.propositions for s in p]
    problems += [f"blank at the edge of {text[s:e]!r}" for s, e in every if text[s:e] != text[s:e].strip() or s == e]
    for s, e in row.roles["q"]:
        if text[s:e].lower().startswith("that ") and row.quote_type in (QuoteType.INDIRECT, QuoteType.MIXED):
            problems.append("content starts with 'that'")
        if row.quote_type in (QuoteType.INDIRECT, QuoteType.NARRATED) and text[e - 1] in ".,":
            problems.append("indirect content ends with punctuation")
    if any(not any(qs <= s and e <= qe for qs, qe in row.roles["q"]) for p in row.propositions for s, e in p):
        problems.append("a proposition outside the content")
    if len(row.propositions) == 1:
        problems.append("a single proposition (list them only where there are several)")
    if text.count('"') % 2 or text.count("“") != text.count("”"):
        problems.append("unbalanced quotation marks")
    if row.quote_type is QuoteType.NARRATED and any(INNER_MARK.search(text[s:e]) for s, e in row.roles["q"]):
        problems.append("narrated with quotation marks")
    if "  " in text or not text.endswith((".", "”", '"', "’", "'", "?", "!", ":")):
        problems.append("double blank, or no end")
    if problems:
        raise BadRowError(f"{row.where}: {'; '.join(problems)}: {text}")


def masked_tokens(row: Row) -> frozenset[str]:
    """The words of a row in lower case, every name of a side replaced by one token."""
    text = row.text
    for start, end, _ in reversed(row.parties):
        text = text[:start] + " _x_ " + text[end:]
    return frozenset(re.findall(r"\w+", text.lower()))


def near_pairs(rows: list[Row], least: float = NEAR) -> Iterator[tuple[Row, Row, float]]:
    """Rows with a token Jaccard of `least` or more after masking, unless they carry the same pair id."""
    tokens = [masked_tokens(row) for row in rows]
    for j, row in enumerate(rows):
        for i in range(j):
            if rows[i].pair is not None and rows[i].pair == row.pair:
                continue
            shared = len(tokens[i] & tokens[j])
            score = shared / (len(tokens[i]) + len(tokens[j]) - shared)
            if score >= least:
                yield rows[i], row, score


def problems_of(
    rows: list[Row], *, partial: bool, least_rows: int = LEAST_ROWS, least_of_act: int = LEAST_OF_ACT
) -> Iterator[str]:
    """What is wrong with the collection as a whole: repeats, near repeats, idle pairs, and (unless `partial`) size and balance."""
    seen: dict[object, str] = {}
    pairs: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        key = (row.text, tuple(row.roles["q"]), tuple(row.roles["c"]))
        if key in seen:
            yield f"{row.where}: repeats {seen[key]}"
        seen[key] = row.where
        if row.pair is not None:
            pairs[row.pair].append(row)
    for name, members in pairs.items():
        labels = {(r.act, r.quote_type, r.polarity, r.modality, _target_party(r)) for r in members}
        if len(members) < 2 or len(labels) < 2:
            yield f"{members[0].where}: pair {name!r} has {len(members)} row(s) with {len(labels)} labelling(s)"
    for first, second, score in near_pairs(rows):
        yield f"{second.where}: token Jaccard {score:.2f} with {first.where}"
    if partial:
        return
    counts = Counter(row.act for row in rows)
    if len(rows) < least_rows:
        yield f"{len(rows)} rows, fewer than {least_rows}"
    least = min(counts[act] for act in Act)
    if least < least_of_act or max(counts.values()) > MOST_OVER_LEAST * least:
        yield f"acts out of balance: {dict(counts)}"


def _target_party(row: Row) -> tuple[str, ...]:
    return tuple(sorted({p for ts, te in row.roles["t"] for s, e, p in row.parties if ts <= s and e <= te}))


def write_rows(rows: list[Row], path: Path, prefix: str = "tr") -> None:
    """Writes the rows as JSON Lines, numbered in the order given."""
    lines = [json.dumps(row.as_json(i, prefix), ensure_ascii=False) + "\n" for i, row in enumerate(rows, 1)]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def summary(rows: list[Row]) -> str:
    """Counts by act, quote type, modality, polarity and target, and the acts of the cues that serve several."""
    out = [f"{len(rows)} rows, {len({r.dispute for r in rows})} disputes"]
    for name, values in (
        ("act", [r.act.value for r in rows]),
        ("quote type", [r.quote_type.value for r in rows]),
        ("modality", [r.modality.value for r in rows]),
        ("polarity", [r.polarity.value for r in rows]),
        ("target", ["named" if r.roles["t"] else "none" for r in rows]),
        ("paired", ["yes" if r.pair else "no" for r in rows]),
    ):
        out.append(f"{name}: " + ", ".join(f"{k} {n}" for k, n in sorted(Counter(values).items())))
    cues: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        cues[" … ".join(row.text[s:e] for s, e in row.roles["c"]).lower()][row.act.value] += 1
    several = sorted(((c, a) for c, a in cues.items() if len(a) >= 4), key=lambda x: (-len(x[1]), x[0]))
    out.append("cues: " + ", ".join(f"{cue!r} {sum(acts.values())} ({len(acts)} acts)" for cue, acts in several[:24]))
    return "\n".join(out)


def read_all(folder: Path, *, swap: bool = False) -> tuple[list[Row], list[str]]:
    """The rows of every source file in name order, and the message of every line that breaks a rule."""
    rows: list[Row] = []
    errors: list[str] = []
    for path in sorted(folder.glob("*.txt")):
        rows += read_file(path, errors, swap=swap)
    return rows, errors


def main() -> int:
    """The command line; the exit status is 1 when a rule is broken."""
    parser = argparse.ArgumentParser(description="Builds acts_train.jsonl from the marked-up sentences.")
    parser.add_argument("--partial", action="store_true", help="leave out the checks of size and balance")
    parser.add_argument(
        "--swap", type=Path, metavar="PATH", help="also write the rows with A's and B's names exchanged"
    )
    parser.add_argument("--folder", type=Path, default=HERE / "acts_train", help="where the marked-up sentences lie")
    parser.add_argument("--id-prefix", default="tr", help="what the ids of the rows start with")
    parser.add_argument("--least-rows", type=int, default=LEAST_ROWS, help="the fewest rows that pass")
    parser.add_argument("--least-of-act", type=int, default=LEAST_OF_ACT, help="the fewest rows of one act that pass")
    args = parser.parse_args()
    rows, errors = read_all(args.folder)
    errors += problems_of(rows, partial=args.partial, least_rows=args.least_rows, least_of_act=args.least_of_act)
    print(summary(rows))
    if errors:
        print("\n".join(errors), file=sys.stderr)
        return 1
    write_rows(rows, args.folder.with_suffix(".jsonl"), args.id_prefix)
    if args.swap:
        swapped, _ = read_all(args.folder, swap=True)
        write_rows(swapped, args.swap, args.id_prefix)
    return 0


if __name__ == "__main__":
    sys.exit(main())
