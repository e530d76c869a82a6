"""Training of the act reader: run `python -m training.acts.run --help`."""
