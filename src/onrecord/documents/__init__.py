"""A page becomes a document: the role of every line, its metadata, its publication date and language."""

from onrecord.documents.build import Outlets, build

__all__ = ["Outlets", "build"]
