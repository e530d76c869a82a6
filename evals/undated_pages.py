"""Makes undated and yearless pages whose day is known: ``python -m evals.undated_pages --out PAGES.jsonl [--seed N] [--pages N]``.

A page is a story out of sentences of ``samples/`` that tell no time, with a day of the year, and beside it people named with
an office they really held (``offices.csv``), a notice of copyright, an address with a year, or a known happening. Half of the
pages have enough to tell the year, by a search through the calendar that knows nothing of the program's rules; the other half
lack it, each in its own way. The people are only named as present: nothing is put into their mouths.

Each line has ``id, url, text``, the ``kind`` (how it was made), ``day`` (the true one) and ``enough``.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from random import Random

from evals.io import write_rows
from evals.timex import sentences
from onrecord.model import UNKNOWN_DATE
from onrecord.reading.timex import timexes

_SAMPLES = Path(__file__).parents[1] / "samples"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip
_OPENINGS = (
    "Envoys of both states met in {town} on {day}.",
    "The two delegations met in {town} on {day}, and neither left early.",
    "The monitors opened a new post near {town} on {day}.",
    "On {day} the two delegations signed the minutes of a meeting in {town}.",
)
_PRESENT = (
    "{who} was among the guests.",
    "They were joined by {who}.",
    "{who} was in the hall.",
    "The hosts had invited {who}.",
    "{who} came with a small delegation.",
)
_TOWNS = ("Aresk", "Lindhavn", "Halvik", "Port Selje", "Dravno", "Port Lenne")
_TITLES = {
    "President", "Prime Minister", "Foreign Minister", "Defence Minister", "Secretary of State", "Secretary of Defense",
    "Foreign Secretary", "Defence Secretary", "Home Secretary", "Chancellor of the Exchequer", "Interior Minister",
    "Finance Minister",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A row of ``offices.csv`` with the words for the holder; `sure` when its beginning and end were looked up."""

    holder: str
    name: str
    title: str
    of: str
    state: str
    start: date
    end: date | None
    sure: bool
    verified: bool


@dataclass(slots=True)
class Draft:
    """A page on its way: the true day, what the words say, and what a search of the calendar may use."""

    day: date
    terms: list[Term] = field(default_factory=list)
    weekday: bool = False
    copyright: int | None = None
    url: str = ""
    since: date | None = None
    lines: list[str] = field(default_factory=list)
    blind: bool = False

    def years(self) -> list[int]:
        """The years that all the evidence leaves."""
        return [year for year in range(1985, 2031) if self._fits(year)]

    def _fits(self, year: int) -> bool:
        try:
            there = self.day.replace(year=year)
        except ValueError:
            return False
        return (
            (not self.weekday or there.weekday() == self.day.weekday())
            and (self.copyright is None or year <= self.copyright)
            and (self.since is None or there >= self.since)
            and all(any(a <= there < b for a, b in stretches(t)) for t in self.terms)
        )

    @property
    def enough(self) -> bool:
        """True when a reader with the tables could name the day."""
        bounded = any(t.end is not None for t in self.terms) or self.copyright is not None
        begun = bool(self.terms) or self.since is not None
        return not self.blind and bounded and begun and len(self.years()) == 1


@cache
def _table(name: str) -> tuple[dict[str, str], ...]:
    text = resources.files("onrecord.knowledge").joinpath("tables", name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@cache
def terms() -> tuple[Term, ...]:
    """The terms of office-holders of states whose names are theirs alone."""
    states = {f"state:{row['id']}": row["demonyms"].split(";")[0] for row in _table("states.csv")}
    persons = {row["id"]: row["name"] for row in _table("persons.csv")}
    names = list(persons.values())
    single = {name for name in names if names.count(name) == 1 and " " in name and name.isascii()}
    found = []
    for row in _table("offices.csv"):
        name, state = persons.get(row["holder"], ""), states.get(row["of"], "")
        if name in single and state and row["title"] in _TITLES and len(row["start"]) == 10:
            end = date.fromisoformat(row["end"]) if row["end"] else None
            sure = bool(row["end"] and row["verified"] >= row["end"])
            start = date.fromisoformat(row["start"])
            found.append(
                Term(row["holder"], name, row["title"], row["of"], state, start, end, sure, bool(row["verified"]))
            )
    return tuple(found)


@cache
def _by_office() -> dict[tuple[str, str, str], tuple[Term, ...]]:
    found: dict[tuple[str, str, str], list[Term]] = {}
    for term in terms():
        found.setdefault((term.holder, term.of, term.title), []).append(term)
    return {key: tuple(value) for key, value in found.items()}


def stretches(term: Term) -> list[tuple[date, date]]:
    """All the days on which its holder held that office."""
    held = _by_office()[term.holder, term.of, term.title]
    return [(t.start, t.end or date(2031, 1, 1)) for t in held]


@cache
def _sure() -> tuple[Term, ...]:
    """Terms whose holders' terms in that office were all looked up from beginning to end, from 1992 on."""
    return tuple(
        t
        for t in terms()
        if t.start.year >= 1992 and all(o.sure for o in _by_office()[t.holder, t.of, t.title]) and t.end is not None
    )


@cache
def timeless() -> tuple[str, ...]:
    """The sentences of the samples that tell no time, no quotation and no more than a line."""
    found: dict[str, None] = {}
    for path in sorted(_SAMPLES.glob("2031-*.txt")):
        for line in path.read_text(encoding="utf8").splitlines():
            if len(line) < 90 or "|" in line:
                continue
            for span in sentences(line):
                words = span.of(line).strip()
                plain = re.fullmatch(r"[A-Z][A-Za-z0-9 ,'’-]{50,180}\.", words)
                if (
                    plain
                    and not re.search(r"\d{4}|former|office|summit|contributed|permission", words)
                    and not timexes(words, sentences(words), UNKNOWN_DATE)
                ):
                    found[words] = None
    return tuple(found)


# Kinds of pages


def _draft(random: Random) -> Draft:
    term = random.choice(_sure())
    assert term.end is not None
    return Draft(term.start + timedelta(days=random.randrange((term.end - term.start).days)), [term])


def _beside(random: Random, draft: Draft, pool: Sequence[Term], held: bool = True) -> bool:
    """Adds somebody who held an office on the day (or, not `held`, who did not)."""
    taken = {t.holder for t in draft.terms}
    fit = [t for t in pool if t.holder not in taken and any(a <= draft.day < b for a, b in stretches(t)) == held]
    if fit:
        draft.terms.append(random.choice(fit))
    return bool(fit)


def _holders(count: int) -> Callable[[Random], Draft | None]:
    def make(random: Random) -> Draft | None:
        draft = _draft(random)
        return draft if all(_beside(random, draft, _sure()) for _ in range(count - 1)) else None

    return make


def _weekday(random: Random) -> Draft | None:
    draft = _draft(random)
    draft.weekday = True
    return draft


def _copyright(random: Random) -> Draft | None:
    begun = [
        t for t in terms() if t.verified and t.start.year >= 1992 and len(_by_office()[t.holder, t.of, t.title]) == 1
    ]
    term = random.choice(begun)
    day = term.start + timedelta(days=random.randrange(300))
    if not any(a <= day < b for a, b in stretches(term)):
        return None
    return Draft(day, [term], copyright=day.year)


def _address(random: Random) -> Draft | None:
    draft = _draft(random)
    draft.url = f"https://www.meridian-press.example/{draft.day.year}/a-meeting-of-envoys"
    draft.copyright = draft.day.year
    draft.since = date(draft.day.year, 1, 1)
    return draft


def _since(random: Random) -> Draft | None:
    from onrecord.knowledge.happenings import own_happenings

    row = random.choice([r for r in own_happenings().rows if r.verified and r.kind.is_occasion and len(r.words) > 1])
    begun = date.fromisoformat(row.start)
    shared = [r for r in own_happenings().rows if row.words[0] in r.words]
    pool = [t for t in _sure() if t.start <= begun and t.end is not None and t.end > begun + timedelta(days=30)]
    if not pool or len(shared) > 1:
        return None
    term = random.choice(pool)
    assert term.end is not None
    draft = Draft(begun + timedelta(days=10 + random.randrange((term.end - begun).days - 10)), [term], since=begun)
    draft.lines.append(f"The two sides have not met since the {row.words[0]}.")
    return draft if draft.day < term.end else None


def _only_copyright(random: Random) -> Draft | None:
    """A day beside the notice of the page's own year, as agencies print it."""
    draft = _draft(random)
    return Draft(draft.day, copyright=draft.day.year, since=date(draft.day.year, 1, 1))


ENOUGH: dict[str, Callable[[Random], Draft | None]] = {
    "one-holder": _holders(1),
    "two-holders": _holders(2),
    "three-holders": _holders(3),
    "weekday": _weekday,
    "copyright": _copyright,
    "address": _address,
    "since": _since,
    "only-copyright": _only_copyright,
}


def _nothing(random: Random) -> Draft | None:
    draft = _draft(random)
    return Draft(draft.day, blind=True)


def _blinded(prefix: str) -> Callable[[Random], Draft | None]:
    """People who held office on the day, but are told as former or coming holders: no evidence."""

    def make(random: Random) -> Draft | None:
        draft = _draft(random)
        _beside(random, draft, _sure())
        draft.lines = [_line(random, t, prefix) for t in draft.terms]
        return Draft(draft.day, lines=draft.lines, blind=True)

    return make


def _unverified(random: Random) -> Draft | None:
    loose = [t for t in terms() if not any(o.verified for o in _by_office()[t.holder, t.of, t.title]) and t.end]
    if not loose:
        return None
    term = random.choice(loose)
    assert term.end is not None
    day = term.start + timedelta(days=random.randrange((term.end - term.start).days))
    draft = Draft(day, [term], blind=True)
    _beside(random, draft, loose)
    return draft


def _running(random: Random) -> Draft | None:
    """Terms that nobody saw end leave the years after them open."""
    held = [t for t in terms() if t.verified and t.end is None and t.start.year >= 1992]
    term = random.choice(held)
    return Draft(term.start + timedelta(days=random.randrange(200)), [term], blind=True)


def _contradiction(random: Random) -> Draft | None:
    draft = _draft(random)
    apart = [
        t for t in _sure() if not any(a < d and c < b for a, b in stretches(t) for c, d in stretches(draft.terms[0]))
    ]
    _beside(random, draft, apart, held=False)
    draft.blind = True
    return draft if len(draft.terms) == 2 and not draft.years() else None


def _other_year(random: Random) -> Draft | None:
    """A holder named in a sentence that tells of another year is none of the page's day."""
    draft = _draft(random)
    line = f"In {draft.day.year - 9} it was {_who(random, draft.terms[0])} who came."
    return Draft(draft.day, lines=[line], blind=True)


def _second_day(random: Random) -> Draft | None:
    """A later day told as past beside the story's: the page may be of either."""
    draft = _draft(random)
    if len(draft.years()) != 1 or draft.day.month == 2:
        return None
    later = draft.day + timedelta(days=random.randrange(2, 9))
    draft.lines = [
        _line(random, draft.terms[0], ""),
        f"Two were hurt in a blast on {_MONTHS[later.month - 1]} {later.day}.",
    ]
    return Draft(draft.day, lines=draft.lines, blind=True)


def _many_years(random: Random) -> Draft | None:
    draft = _draft(random)
    return draft if len(draft.years()) > 1 else None


LACKING: dict[str, Callable[[Random], Draft | None]] = {
    "nothing": _nothing,
    "former": _blinded("former "),
    "elect": _blinded("incoming "),
    "unverified": _unverified,
    "running": _running,
    "contradiction": _contradiction,
    "other-year": _other_year,
    "second-day": _second_day,
    "many-years": _many_years,
}


# Words


def _who(random: Random, term: Term, prefix: str = "") -> str:
    if not prefix and random.random() < 0.25:
        return f"the {term.state} {term.title.lower()}, {term.name},"
    return f"{prefix}{term.state} {term.title} {term.name}"


def _line(random: Random, term: Term, prefix: str) -> str:
    line = random.choice(_PRESENT).format(who=_who(random, term, prefix))
    return (line[0].upper() + line[1:]).replace(",.", ".")


def _text(random: Random, draft: Draft) -> str:
    day = f"{_MONTHS[draft.day.month - 1]} {draft.day.day}"
    if draft.weekday:
        day = f"{_WEEKDAYS[draft.day.weekday()]}, {day}"
    opening = random.choice(_OPENINGS).format(town=random.choice(_TOWNS), day=day)
    told = [_line(random, t, "") for t in draft.terms] + draft.lines
    random.shuffle(told)
    filler = random.sample(timeless(), 5)
    paragraphs = [" ".join((opening, filler[0])), filler[1], *told, " ".join(filler[2:4]), filler[4]]
    head = "Envoys meet and part without a word on the guns"
    foot = f"\n\n© {draft.copyright} Meridian Press. All rights reserved." if draft.copyright and not draft.url else ""
    return head + "\n\n" + "\n\n".join(paragraphs) + foot + "\n"


def pages(seed: int, count: int) -> list[dict[str, object]]:
    """`count` pages, every other one with enough evidence; the same for the same seed."""
    random = Random(seed)
    made: list[dict[str, object]] = []
    kinds = {True: list(ENOUGH.items()), False: list(LACKING.items())}
    while len(made) < count:
        enough = len(made) % 2 == 0
        kind, make = kinds[enough][len(made) // 2 % len(kinds[enough])]
        draft = None
        while draft is None or draft.enough != enough:
            draft = make(random)
        made.append(
            {
                "id": f"{seed}-{len(made):03d}",
                "url": draft.url,
                "text": _text(random, draft),
                "kind": kind,
                "day": draft.day.isoformat(),
                "enough": enough,
            }
        )
    return made


def main() -> None:
    """Write the pages."""
    parser = argparse.ArgumentParser(prog="python -m evals.undated_pages", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=200)
    options = parser.parse_args()
    write_rows(options.out, pages(options.seed, options.pages))


if __name__ == "__main__":
    main()
