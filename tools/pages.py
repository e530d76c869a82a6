"""Writes generated news pages for measurements of large jobs: ``python -m tools.pages NUMBER OUT.jsonl[.gz|.warc.gz]``.

Every page is about 500 words in the grammar of the evaluation of copies: invented states and people, quotations, numbers. Of the
pages two in five are copies, edited as papers edit wire stories, two days apart at most and in no order. Page i is the same
whatever NUMBER is, so that a small set is the beginning of a large one.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from evals.copies_articles import Article
from evals.copies_generator import edited
from evals.copies_grammar import STATES, Writer

WORDS = 500
#: Of `FAMILY` pages so many are copies, of earlier pages among them.
FAMILY, COPIES = 10, 4


@dataclass(frozen=True, slots=True)
class Generated:
    """A generated page: its address, day and text, and the number of the page it is a copy of (its own where it is none)."""

    url: str
    day: str
    text: str
    original: int


def pages(number: int, words: int = WORDS, seed: int = 17) -> Iterator[Generated]:
    """`number` pages of about `words` words each."""
    for first in range(0, number, FAMILY):
        yield from _family(first, min(FAMILY, number - first), words, seed)


def _family(first: int, count: int, words: int, seed: int) -> Iterator[Generated]:
    originals: list[tuple[int, Writer, Article]] = []
    for number in range(first, first + count):
        random = Random(f"{seed}:{number}")
        place = number - first
        # The first page is none, and the copies are spread over the rest.
        if originals and place % 5 in (2, 4):
            original, writer, article = random.choice(originals)
            writer = Writer(random)
            text, _ = edited(random, writer, article, random.randint(1, 3))
            day = (date.fromisoformat(article.day) + timedelta(days=random.choice((0, 0, 1, 2)))).isoformat()
        else:
            original = number
            writer = Writer(random)
            day = (date(2034, 1, 1) + timedelta(days=random.randrange(700))).isoformat()
            article = _long(random, writer, day, words)
            originals.append((number, writer, article))
            opening = f"{article.place}, {day} - {article.paragraphs[0]}"
            text = "\n\n".join([article.headline, opening, *article.paragraphs[1:]]) + "\n"
        outlet = random.randrange(200)
        yield Generated(f"https://outlet-{outlet}.example/{day.replace('-', '/')}/{number}", day, text, original)


#: Words put before nouns, so that five words in a row are as seldom the same in two articles as in real ones.
_QUALITIES = (  # noqa: SIM905  (a list of words reads best as words)
    "old new small large eastern western northern southern inner outer upper lower former joint royal civil rural coastal central local "
    "quiet narrow broad distant nearby crowded empty famous modest public private early late brief lengthy heavy light rapid gradual "
    "costly cheap rare common partial complete formal informal annual weekly nightly hasty careful cautious angry calm weary proud "
    "bitter gentle harsh severe mild troubled stable fragile secret open sealed rebuilt damaged guarded abandoned restored unfinished "
    "promised planned delayed proposed contested shared divided united rival allied neutral hostile friendly foreign domestic regional "
    "provincial municipal federal colonial ancient modern wooden iron stone brick flooded frozen burnt dusty muddy steep winding"
).split()
_BEFORE = re.compile(
    r"\b(the|a|its|their|of|near|with|after|in|to|and|for|that|by|we|they|it|one|no|who|at|on|is|are|was|will|have|cannot|you|our) (?=[a-z])",
    re.IGNORECASE,
)


def _varied(random: Random, writer: Writer, paragraph: str) -> str:
    def more(match: re.Match[str]) -> str:
        shape = random.random()
        if shape < 0.45:
            return match.group()
        word = random.choice(_QUALITIES) if shape < 0.85 else writer.name()
        return f"{match[1]} {random.choice(_QUALITIES)} {word} " if shape > 0.7 else f"{match[1]} {word} "

    return _BEFORE.sub(more, paragraph)


def _long(random: Random, writer: Writer, day: str, words: int) -> Article:
    article = writer.article(day)
    state = next((s for s in STATES if s in " ".join(article.paragraphs)), STATES[0])
    paragraphs = list(article.paragraphs)
    while sum(len(p.split()) for p in paragraphs) < words - 150:
        paragraphs[-1:-1] = writer.news(state, writer.name(), random.randint(2, 4))
    return replace(article, paragraphs=tuple(_varied(random, writer, p) for p in paragraphs))


def write(path: Path, number: int, words: int = WORDS) -> None:
    """Writes the pages as JSON Lines, or as WARC where the name says so."""
    if ".warc" in path.name:
        _write_warc(path, number, words)
        return
    with gzip.open(path, "wt", encoding="utf8") if path.suffix == ".gz" else path.open("w", encoding="utf8") as out:
        for page in pages(number, words):
            row = {"url": page.url, "date": page.day, "text": page.text}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _write_warc(path: Path, number: int, words: int) -> None:
    with gzip.open(path, "wb") as out:
        for page in pages(number, words):
            paragraphs = "".join(f"<p>{p}</p>" for p in page.text.strip().split("\n\n")[1:])
            title = page.text.partition("\n")[0]
            body = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body.encode()
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {page.url}\r\nWARC-Date: {page.day}T06:00:00Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            )
            out.write(io.BytesIO(head.encode() + http + b"\r\n\r\n").getvalue())


def main(arguments: list[str] | None = None) -> int:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--words", type=int, default=WORDS)
    args = parser.parse_args(arguments)
    write(args.out, args.number, args.words)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
