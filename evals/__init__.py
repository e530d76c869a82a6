"""One module for each benchmark: `python -m evals.TASK INPUT --out PRED`; `floors.json` holds the figures reached."""
