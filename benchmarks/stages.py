"""Each stage of reading and the baselines on the same generated pages, on one core: ``python -m benchmarks.stages [--pages N]``.

Processor time in turns, page by page, after one page to warm up; prints the table of docs/scale.md. Baselines: spaCy's en_core_web_md
alone, textacy's direct quotations over that parse (where textacy is installed), trafilatura's precision mode on the pages as HTML, and
rensa's MinHash over 5-word shingles. BBC's Citron is cited: 2,106 words/s, parse included.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import re
import time
from collections.abc import Callable, Mapping

from onrecord import documents, pipeline, reports
from onrecord.knowledge import Knowledge
from onrecord.model import Document, Page
from onrecord.reading.language import language
from tools.pages import Generated, pages

_CITRON = 2_106.0


def _html(text: str) -> str:
    title, *paragraphs = text.strip().split("\n\n")
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


def _baselines() -> dict[str, Callable[[Generated], object]]:
    nlp = language()
    found: dict[str, Callable[[Generated], object]] = {"spaCy alone": lambda page: nlp(page.text)}
    if importlib.util.find_spec("textacy"):
        quotations = importlib.import_module("textacy.extract").direct_quotations

        def textacy(page: Generated) -> object:
            doc = nlp(page.text)
            try:
                return list(quotations(doc))
            except ValueError:
                return []  # one odd quotation mark and textacy gives up the text

        found["textacy + spaCy"] = textacy
    trafilatura = importlib.import_module("trafilatura").extract
    found["trafilatura alone (HTML)"] = lambda page: trafilatura(_html(page.text), favor_precision=True)
    if importlib.util.find_spec("rensa"):
        sketch = importlib.import_module("rensa").RMinHash

        def rensa(page: Generated) -> object:
            words = re.findall(r"\w+", page.text.lower())
            one = sketch(num_perm=128, seed=42)
            one.update([" ".join(words[i : i + 5]) for i in range(max(len(words) - 4, 1))])
            return one.digest()

        found["rensa alone"] = rensa
    return found


def _ours(engine: pipeline.Engine) -> dict[str, Callable[[Generated], object]]:
    made: dict[str, Document] = {}

    def page(one: Generated) -> Page:
        return Page(one.text.encode(), "text/plain", one.url, url=one.url)

    def document(one: Generated) -> Document:
        if one.url not in made:
            made[one.url] = documents.build(page(one), engine.knowledge)
        return made[one.url]

    return {
        "onrecord: document": lambda one: documents.build(page(one), engine.knowledge),
        "onrecord: fingerprint": lambda one: reports.fingerprint(document(one)),
        "onrecord: reading": lambda one: engine.reader.read(document(one)),
        "onrecord: resolution": lambda one: engine.resolver.resolve(
            document(one), engine.reader.read(document(one)), document(one).id
        ),
    }


def measured(number: int) -> tuple[Mapping[str, float], int]:
    """Processor seconds of each stage and baseline over the pages that are no copies, and the words of these."""
    engine = pipeline.Engine.load(Knowledge.load(None))
    given = [page for page in pages(number) if page.original == int(page.url.rpartition("/")[2])]
    work = {**_baselines(), **_ours(engine)}
    spent = dict.fromkeys(work, 0.0)
    for index, page in enumerate(given):
        for name, run in work.items():
            began = time.process_time()
            run(page)
            spent[name] += (time.process_time() - began) if index else 0.0
    # The reading is done once more to resolve it.
    spent["onrecord: resolution"] -= spent["onrecord: reading"]
    return spent, sum(len(page.text.split()) for page in given[1:])


def main(arguments: list[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=60)
    args = parser.parse_args(arguments)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    spent, words = measured(args.pages)
    ours = sum(seconds for name, seconds in spent.items() if name.startswith("onrecord"))
    rows = {**spent, "onrecord: all of these": ours, "Citron (cited)": words / _CITRON}
    rival = spent.get("textacy + spaCy", spent["spaCy alone"])
    print(
        f"| {words:,} words, one core | words/s | pages of 500 words/s | time against textacy + spaCy |\n|---|---|---|---|"
    )
    for name, seconds in rows.items():
        print(f"| {name} | {words / seconds:,.0f} | {words / seconds / 500:,.1f} | {seconds / rival:.2f} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
