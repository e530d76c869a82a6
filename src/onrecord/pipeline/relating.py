"""The last step of a batch: what the lines of its pages do to each other and to those in the record."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.model import Document, Reading
from onrecord.record import Batch
from onrecord.record.relations import RecordLines, above
from onrecord.relations import RELATIONS_VERSION
from onrecord.relations.across import relate
from onrecord.relations.lines import Line, lines_of
from onrecord.relations.pairs import PairClassifier


class Said:
    """The lines of a batch, page by page, until they are related."""

    def __init__(self, batch: Batch, seen: dict[str, Line]) -> None:
        self._batch = batch
        self._seen = seen
        #: The lines of each page in text order, and the ids of those that begin a line of the record.
        self.pages: list[tuple[list[Line], frozenset[str]]] = []
        #: The line that each statement noted belongs to.
        self.line_of: dict[str, str] = {}

    def add(self, document: Document, reading: Reading, lines: Mapping[str, str]) -> None:
        """Notes the resolved statements of a page; `lines` gives the line of those placed from another copy."""
        statements = reading.statements
        ids = {
            ref.id
            for s in statements
            for ref in (*s.speakers, *s.on_behalf_of, *s.target, *s.addressees)
            if ref.id is not None
        }
        page = lines_of(document, reading, statements, above(self._batch.connection, ids))
        new = frozenset(s.id for s in statements if lines.get(s.id, s.id) == s.id)
        self.line_of |= {s.id: lines.get(s.id, s.id) for s in statements}
        self.pages.append((page, new))

    def relate(self, classifier: PairClassifier | None) -> None:
        """Draws the relations of all pages noted, among themselves and with the record, and stores them."""
        store = RecordLines(self._batch.connection, self._seen)
        change = relate(self.pages, store, classifier)
        fresh = [line for page, new in self.pages for line in page if line.id in new]
        self._batch.write.put_relations(fresh, change, self.line_of, RELATIONS_VERSION)
        self.pages = []
