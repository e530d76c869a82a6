"""Makes a test of copy detection: articles, copies edited as papers edit them, and texts that only look like copies.

    python -m evals.copies_generator --out COPIES.jsonl [--seed N] [--articles N] [--texts TEXTS.jsonl]

Each line of the output has ``id, url, date, text`` and the truth: ``report`` (equal for one text) and ``kind`` (what was
done, for the analysis of errors). The edits, at strengths 1 to 3: another headline, a localised first paragraph, last
paragraphs cut, another house style of spelling, inserted background, captions, other quotation glyphs. Hard negatives:
updates of a rolling story (each with copies of its own), stories that share a background paragraph, templated items.
``--texts`` takes articles from a file of one's own (fields ``text`` and optionally ``date``) in place of the grammar.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from evals.copies_articles import WRITTEN, Article
from evals.copies_grammar import STATES, Writer

#: American and British forms of words that the articles use.
_BRITISH = dict(
    pair.split("/")
    for pair in [
        "harbor/harbour", "neighbor/neighbour", "neighbors/neighbours", "defense/defence", "labor/labour",
        "center/centre", "theater/theatre", "program/programme", "aging/ageing", "criticized/criticised",
        "recognized/recognised", "organized/organised", "privatized/privatised", "canceled/cancelled",
        "armored/armoured", "kilometers/kilometres", "meters/metres", "travelers/travellers", "authorized/authorised",
        "organization/organisation", "airplanes/aeroplanes", "afterward/afterwards", "toward/towards", "favor/favour",
        "color/colour", "unauthorized/unauthorised", "analyze/analyse", "dialog/dialogue", "gray/grey",
        "maneuvers/manoeuvres", "plow/plough", "pediatric/paediatric", "Kyiv/Kiev", "Odesa/Odessa", "Kharkiv/Kharkov",
        "mobilize/mobilise", "mobilized/mobilised", "emphasized/emphasised", "realize/realise", "traveled/travelled",
        "modeled/modelled", "license/licence", "honor/honour", "judgment/judgement", "fueled/fuelled",
    ]
)  # fmt: skip
_STYLE_WORD = re.compile(r"\b(" + "|".join(sorted(_BRITISH, key=len, reverse=True)) + r")\b")
_FIGURES = dict(zip(["two", "three", "four", "five", "six", "seven", "eight", "nine"], "23456789", strict=True))
_MARKS = (("“", "”", "’"), ("«", "»", "’"), ("„", "“", "'"), ("‘", "’", "’"))


@dataclass(frozen=True, slots=True)
class Case:
    """One text of the test with its truth."""

    id: str
    url: str
    date: str
    text: str
    report: str
    kind: str


def cases(seed: int, articles: int, given: Iterable[Article] = ()) -> Iterator[Case]:
    """The texts of the test for a seed: from `articles` written by the grammar, the twelve articles and those `given`."""
    random = Random(seed)
    writer = Writer(random)
    first = date(2034, 1, 1)
    days = [(first + timedelta(days=random.randint(0, 330))).isoformat() for _ in range(articles)]
    base = [*WRITTEN, *(writer.article(day) for day in days), *given]
    for number, article in enumerate(base):
        name = f"s{number:04d}"
        yield from _family(random, writer, article, name, random.choice((0, 2, 3, 5)))
        if random.random() < 0.4:
            later = article
            for version in range(1, random.randint(2, 3)):
                later = update(random, writer, later)
                yield from _family(random, writer, later, f"{name}u{version}", random.choice((0, 1, 3)))
        if random.random() < 0.25:
            other = replace(writer.article(article.day), paragraphs=_sharing(random, writer, article))
            yield from _family(random, writer, other, f"{name}b", random.choice((0, 1)))
    yield from _templated(random, writer)


def _family(random: Random, writer: Writer, article: Article, report: str, copies: int) -> Iterator[Case]:
    """The article as its maker printed it, and edited copies of it."""
    text = _page(article.headline, (f"{article.place} (WIRE) -- {article.paragraphs[0]}", *article.paragraphs[1:]))
    yield _case(f"{report}-0", article.day, text, report, "original")
    for number in range(1, copies + 1):
        strength = random.randint(1, 3)
        day = (date.fromisoformat(article.day) + timedelta(days=random.choice((0, 0, 1, 2)))).isoformat()
        text, done = edited(random, writer, article, strength)
        yield _case(f"{report}-{number}", day, text, report, f"copy-{strength}:{'+'.join(done)}")


def edited(random: Random, writer: Writer, article: Article, strength: int) -> tuple[str, list[str]]:
    """The text of a copy edited at a strength from 1 to 3, and the names of the edits."""
    paragraphs = list(article.paragraphs)
    state = next((s for s in STATES if s in " ".join(paragraphs)), "Sorvia")
    done: list[str] = []

    def chance() -> bool:
        return random.random() < (0.35, 0.6, 0.85)[strength - 1]

    if chance():
        done.append("cut")
        keep = max(3, round(len(paragraphs) * (1 - random.uniform(0.1, (0.25, 0.4, 0.55)[strength - 1]))))
        paragraphs = paragraphs[:keep]
    if chance():
        done.append("local")
        if strength == 1:
            lead = paragraphs[0]
            paragraphs[0] = f"In news that will be heard in {writer.name()}, {lead[0].lower()}{lead[1:]}"
        elif strength == 2 and random.random() < 0.5:
            paragraphs.insert(0, writer.local(state))
        else:
            paragraphs[0] = writer.local(state)
    if chance():
        done.append("background")
        for _ in range(random.randint(1, max(1, strength - 1))):
            paragraphs.insert(random.randint(1, len(paragraphs)), writer.background())
    if chance():
        done.append("style")
        paragraphs = [_house_style(random, p) for p in paragraphs]
    if chance():
        done.append("captions")
        for _ in range(random.randint(1, strength)):
            paragraphs.insert(random.randint(0, len(paragraphs)), writer.caption())
    if chance():
        done.append("glyphs")
        marks = random.choice(_MARKS)
        paragraphs = [_glyphs(p, marks) for p in paragraphs]
    headline = writer.headline(state) if chance() else article.headline
    dateline = random.choice(
        ("", f"{article.place} — ", f"{article.place.title()}: ", f"{article.place}, {article.day} - ")
    )
    return _page(headline, (dateline + paragraphs[0], *paragraphs[1:])), done


def update(random: Random, writer: Writer, article: Article) -> Article:
    """A later state of a rolling story: a new top, other figures, the old background below."""
    old = list(article.paragraphs)
    state = next((s for s in STATES if s in " ".join(old)), "Sorvia")
    fresh = writer.news(state, article.place.title(), random.randint(2, 4))
    kept = [p for p in old[1:] if random.random() < random.choice((0.4, 0.6, 0.8))]
    with_figures = [number for number, p in enumerate(kept) if re.search(r"\d", p)]
    changed = {number for number in with_figures if random.random() < 0.5} or set(with_figures[:1])
    kept = [
        re.sub(r"\d+", lambda m: str(int(m.group()) + random.randint(1, 9)), p) if number in changed else p
        for number, p in enumerate(kept)
    ]
    day = (date.fromisoformat(article.day) + timedelta(days=random.choice((0, 0, 1)))).isoformat()
    return Article(writer.headline(state), article.place, day, (*fresh, *kept))


def _sharing(random: Random, writer: Writer, article: Article) -> tuple[str, ...]:
    """Another story that has one or two background paragraphs of `article`, and no more."""
    other = list(writer.article(article.day).paragraphs)
    shared = list(article.paragraphs[-random.randint(1, 2) :])
    return (*other[:-1], *shared)


def _templated(random: Random, writer: Writer) -> Iterator[Case]:
    """Weather, results and bulletins: the same sentences on other days with other facts, some carried by two outlets."""
    makers = (_weather, _results, _bulletin, _markets)
    for kind in makers:
        for number in range(12):
            day = (date(2034, 5, 1) + timedelta(days=number // 2)).isoformat()
            headline, paragraphs = kind(random, writer)
            report = f"t-{kind.__name__[1:]}-{number:02d}"
            yield _case(f"{report}-0", day, _page(headline, paragraphs), report, "templated")
            if number % 3 == 0:
                text = _page(writer.headline(), [_glyphs(_house_style(random, p), _MARKS[0]) for p in paragraphs])
                yield _case(f"{report}-1", day, text, report, "templated-copy")


def _weather(random: Random, writer: Writer) -> tuple[str, list[str]]:
    sky = ("sunny spells", "steady rain", "thick cloud", "scattered showers", "morning fog", "sleet on high ground")
    winds = ("northerly", "easterly", "southerly", "westerly")
    lines = [
        f"Forecasters expect {random.choice(sky)} in {writer.name()} today, with a high of {random.randint(4, 31)} degrees and a "
        f"low of {random.randint(-6, 14)} degrees.",
        f"Winds will be {random.choice(winds)} at {random.randint(5, 70)} kilometers an hour, rising toward evening along the coast.",
        f"Tomorrow will bring {random.choice(sky)}. The chance of rain is {random.randint(5, 95)} percent and the sun sets at "
        f"{random.randint(4, 9)}:{random.randint(10, 59)} p.m.",
        "Drivers in the uplands are advised to carry chains and to check the state of the passes before they set out.",
    ]
    return "Today's weather", lines


def _results(random: Random, writer: Writer) -> tuple[str, list[str]]:
    rows = [f"{writer.name()} {random.randint(0, 5)}, {writer.name()} {random.randint(0, 5)}" for _ in range(5)]
    lines = [
        f"{writer.name()} beat {writer.name()} {random.randint(2, 5)}-{random.randint(0, 1)} on {random.choice(('Saturday', 'Sunday'))} to go "
        f"{random.randint(1, 9)} points clear at the top of the first division after {random.randint(3, 30)} rounds.",
        f"{writer.name()} scored after {random.randint(2, 88)} minutes and again from the penalty spot in front of {random.randint(900, 30000)} people.",
        "Results from the first division: " + "; ".join(rows) + ".",
        "The next round will be played at the weekend, and tickets are on sale at the usual places from Thursday morning.",
    ]
    return "First division results", lines


def _bulletin(random: Random, writer: Writer) -> tuple[str, list[str]]:
    lines = [
        f"The mission recorded {random.randint(5, 400)} ceasefire violations in the past 24 hours, compared with {random.randint(5, 400)} "
        "in the previous reporting period.",
        f"Observers based in {writer.name()} heard {random.randint(2, 90)} explosions at a distance of {random.randint(2, 9)} kilometers "
        f"and saw {random.randint(1, 30)} howitzers outside the agreed storage sites.",
        f"A patrol was denied passage at a checkpoint near {writer.name()} by {random.randint(2, 6)} armed men, who said that the road was mined.",
        f"The mission continued to follow up reports of civilian casualties and confirmed that {random.randint(1, 12)} people had been injured by "
        "shrapnel.",
        "The mission's freedom of movement remains restricted by mines, by unexploded shells and by decisions that differ from day to day.",
    ]
    return "Daily bulletin of the mission", lines


def _markets(random: Random, writer: Writer) -> tuple[str, list[str]]:
    lines = [
        f"Shares in {random.choice(STATES)} closed {random.randint(1, 4)}.{random.randint(0, 9)} percent {random.choice(('lower', 'higher'))} on "
        f"{random.choice(('Monday', 'Tuesday', 'Thursday', 'Friday'))}, with the main index at {random.randint(1000, 9000)} points.",
        f"Mining group {writer.name()} led the board with a gain of {random.randint(2, 12)} percent, while the lender {writer.name()} lost "
        f"{random.randint(2, 12)} percent.",
        f"The crown traded at {random.randint(2, 9)}.{random.randint(10, 99)} to the mark. A barrel of oil cost {random.randint(40, 120)} marks and an "
        f"ounce of gold {random.randint(900, 3000)}.",
        "Analysts said that investors were waiting for the inflation report, which is due before the opening of trade on Wednesday.",
    ]
    return "Markets at the close", lines


def _house_style(random: Random, paragraph: str) -> str:
    """The paragraph in British spelling with other conventions for numbers, per cent, dashes and weekdays."""
    text = _STYLE_WORD.sub(lambda m: _BRITISH[m.group()], paragraph)
    if random.random() < 0.5:
        text = text.replace(" percent", " per cent")
    if random.random() < 0.3:
        text = re.sub(r"\b(two|three|four|five|six|seven|eight|nine)\b", lambda m: _FIGURES[m.group()], text)
    if random.random() < 0.3:
        text = re.sub(r"\bsaid on (\w+day)\b", r"said \1", text)
    if random.random() < 0.3:
        text = text.replace(" that the ", " the ")
    return text.replace(" - ", " – ").replace("ceasefire", random.choice(("ceasefire", "cease-fire")))


def _glyphs(paragraph: str, marks: tuple[str, str, str]) -> str:
    opening, closing, apostrophe = marks
    text = re.sub(r'"([^"]*)"', lambda m: f"{opening}{m.group(1)}{closing}", paragraph)
    return text.replace("'", apostrophe)


def _page(headline: str, paragraphs: Iterable[str]) -> str:
    return "\n\n".join([headline, *paragraphs]) + "\n"


def _case(name: str, day: str, text: str, report: str, kind: str) -> Case:
    return Case(name, f"https://outlet-{sum(map(ord, name)) % 23}.example/{name}", day, text, report, kind)


def read_articles(path: Path) -> Iterator[Article]:
    """Articles from a JSON Lines file: the paragraphs of ``text``, the first as headline when it does not end a sentence."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", row["text"]) if p.strip()]
            headline = paragraphs.pop(0) if len(paragraphs) > 4 and not paragraphs[0].endswith((".", '"')) else "Report"
            if len(paragraphs) >= 4:
                yield Article(headline, "TESSEN", row.get("date") or "2034-06-01", tuple(paragraphs))


def main(arguments: list[str] | None = None) -> int:
    """Write the test to a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=72)
    parser.add_argument("--texts", type=Path)
    args = parser.parse_args(arguments)
    given = tuple(read_articles(args.texts)) if args.texts else ()
    with args.out.open("w", encoding="utf-8") as out:
        for case in cases(args.seed, 0 if given else args.articles, given):
            row = {
                "id": case.id,
                "url": case.url,
                "date": case.date,
                "text": case.text,
                "report": case.report,
                "kind": case.kind,
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
