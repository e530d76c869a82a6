"""What grouping asks of a store of fingerprints, and a store in memory that gives it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from onrecord.model import Document, Report
from onrecord.reports.fingerprint import Fingerprint, fingerprint

#: Documents with at least this many bands in common are compared; a text of fewer bands needs only have all of its own.
SHARED_BANDS = 3
#: At most so many documents are offered for one.
CANDIDATE_LIMIT = 128


class ReportIndex(Protocol):
    """A store of documents, their bands and their reports; the work of each call is bounded by `CANDIDATE_LIMIT`."""

    def candidates(self, fingerprint: Fingerprint) -> Sequence[str]:
        """Ids of documents that share `SHARED_BANDS` bands, or all bands of a text that has fewer.

        Leads of reports come first, then those with most bands in common, then by id; at most `CANDIDATE_LIMIT`. The
        document itself may be among them. Both orders come from the content alone, so that the result of grouping does not
        depend on when a document arrived.
        """
        ...

    def document(self, document: str) -> Document:
        """The document with that id, which `candidates` or `report_of` named."""
        ...

    def report_of(self, document: str) -> Report | None:
        """The report that holds the document, complete; None for a document the store does not know."""
        ...


class OutletFamilies(Protocol):
    """What the tables of agencies and outlets know."""

    def agency(self, words: str) -> str | None:
        """The canonical name of the agency that `words` name or mark ("The Associated Press", "AP"), or None."""
        ...

    def family(self, name: str) -> str | None:
        """The family (one broadcaster, one publisher) that an agency or outlet belongs to, or None when not known."""
        ...

    def is_agency(self, name: str) -> bool:
        """True when the canonical name is that of a news agency."""
        ...


class NoFamilies:
    """Outlets nothing is known about: no agencies, no families."""

    def agency(self, words: str) -> str | None:  # noqa: ARG002
        """None: no agency is known."""
        return None

    def family(self, name: str) -> str | None:  # noqa: ARG002
        """None: no family is known."""
        return None

    def is_agency(self, name: str) -> bool:  # noqa: ARG002
        """False: no agency is known."""
        return False


class MemoryIndex:
    """A `ReportIndex` in memory, for evaluations, tests and one-off runs."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        self._bands: dict[int, list[str]] = {}
        self._reports: dict[str, Report] = {}

    def candidates(self, fingerprint: Fingerprint) -> Sequence[str]:
        """See `ReportIndex.candidates`."""
        return ranked(fingerprint, self._bands, self._leads)

    def document(self, document: str) -> Document:
        """See `ReportIndex.document`."""
        return self._documents[document]

    def report_of(self, document: str) -> Report | None:
        """See `ReportIndex.report_of`."""
        return self._reports.get(document)

    def add(self, documents: Iterable[Document], reports: Iterable[Report]) -> None:
        """Keep new documents and the reports that `group` returned; a report replaces those its documents had."""
        for document in documents:
            if document.id not in self._documents:
                self._documents[document.id] = document
                for band in fingerprint(document).bands:
                    self._bands.setdefault(band, []).append(document.id)
        for report in reports:
            for member in report.documents:
                self._reports[member] = report

    def reports(self) -> tuple[Report, ...]:
        """All reports, by id."""
        return tuple(sorted({r.id: r for r in self._reports.values()}.values(), key=lambda r: r.id))

    def _leads(self, document: str) -> bool:
        report = self._reports.get(document)
        return report is not None and report.lead == document


class _IsLead(Protocol):
    def __call__(self, document: str, /) -> bool: ...


def ranked(wanted: Fingerprint, bands: dict[int, list[str]], is_lead: _IsLead) -> Sequence[str]:
    """The candidates for a fingerprint in the order of `ReportIndex.candidates`, from a table of bands."""
    shared: Counter[str] = Counter()
    for band in wanted.bands:
        shared.update(bands.get(band, ()))
    needed = min(SHARED_BANDS, len(wanted.bands))
    enough = [name for name, count in shared.items() if count >= needed]
    enough.sort(key=lambda name: (not is_lead(name), -shared[name], name))
    return enough[:CANDIDATE_LIMIT]
