"""Small programs for maintainers; not installed."""
