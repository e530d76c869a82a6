"""Training of the pair classifier: run `python -m training.pairs.run --help`."""
