"""Mentions become actors, places and dates, or stay unresolved."""
