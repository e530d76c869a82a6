"""Pages become documents: line roles, metadata, publication date, language."""
