"""Annotated sample pages: `python -m evals.gold.build` writes `samples.jsonl` from `annotations/`."""
