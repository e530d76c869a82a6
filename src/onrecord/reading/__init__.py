"""Documents become readings: sentences, mentions, time expressions, statements."""
