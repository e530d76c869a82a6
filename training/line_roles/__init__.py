"""Trains the line labeller: which paragraphs of a page are the article's own text."""
