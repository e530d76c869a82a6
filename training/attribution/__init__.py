"""Training of the attribution reader: run `python -m training.attribution.run --help`."""
