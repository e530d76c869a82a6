"""Bytes from files, archives and feeds become pages."""
