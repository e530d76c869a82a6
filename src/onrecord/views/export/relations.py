"""Relations as rows of plain data: what one statement does to another, page by page and across pages."""

from __future__ import annotations

from onrecord.model import Relation
from onrecord.views.fields.relations import relation
from onrecord.views.fields.shape import Plain, plain


def relation_row(found: Relation) -> Plain:
    """A relation as exported; ``from`` and ``to`` are ids of rows of the export of statements."""
    return plain(relation(found))
