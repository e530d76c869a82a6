"""Training of the event coder: run `python -m training.plover.run --help`."""
