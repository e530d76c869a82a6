"""Groups documents into reports, one batch at a time, with a result that depends on the set of documents alone.

Two documents are linked when they share bands and carry one text by `onrecord.reports.same`. Two heavily edited copies may
have too little in common to be linked, and are brought together by the fuller text both are linked with; so reports are
sought among the documents that links connect. In each such set the first by `rank` is the lead (a page at the place where
the text was made, then dated and full pages), and every other document is confirmed against the lead: one that
contradicts it or has too little of it is left out, and those left out are grouped among themselves in the same way. So
a chain of pages that resemble each other from one update to the next is not drawn into one report.

Connected sets do not depend on the order in which documents arrive, and adding a document only ever joins sets. `group`
therefore looks at the sets that the new documents touch and at nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from onrecord.model import Copy, Document, Report, content_id
from onrecord.reports.align import align
from onrecord.reports.fingerprint import Fingerprint, body_shingles, fingerprint
from onrecord.reports.index import OutletFamilies, ReportIndex, ranked
from onrecord.reports.marks import is_own_work
from onrecord.reports.origin import origin_of, with_independence
from onrecord.reports.same import Verdict, same_text

Rank = tuple[bool, bool, int, str, int, str]
#: Two texts with less than this share of the shorter one's shingles in common are not aligned at all.
_WORTH_ALIGNING = 0.15


def group(new: Sequence[Document], index: ReportIndex, outlets: OutletFamilies) -> tuple[Report, ...]:
    """The new and changed reports, complete and by id, after adding `new` to the documents of `index`.

    The store is not changed: the caller keeps the documents with their fingerprints, and puts each report in the place of
    those its documents were in before. Documents that the store knows already are passed over. The result is the same
    for every order of `new` and for every division of it into several calls. Only documents whose status is `ARTICLE`
    share reports. The store must give the reports as grouped, before any reviewer's correction.
    """
    work = _Work(index, outlets)
    for document in sorted(new, key=lambda d: d.id):
        if index.report_of(document.id) is None:
            work.add(document)
    return work.reports()


def assemble(
    lead: Document,
    others: Iterable[Document],
    outlets: OutletFamilies,
    reasons: Mapping[str, str] | None = None,
    known: Mapping[str, Copy] | None = None,
) -> Report:
    """The report of documents known to belong together (by grouping or by a reviewer's word), with `lead` as its lead.

    `reasons` says for other documents why they belong, and is added to the account of the alignment. `known` holds
    copies already aligned with this lead, which are kept as they are.
    """
    members = sorted(others, key=lambda d: d.id)
    copies: list[Copy] = []
    for other in members:
        copy = (known or {}).get(other.id)
        if copy is None:
            copy = align(lead, other)
            reason = (reasons or {}).get(other.id)
            if reason is not None:
                copy = replace(copy, why=f"{copy.why}; {reason}")
            copy = with_independence(copy, other)
        copies.append(copy)
    documents = (lead, *members)
    return Report(report_id(d.id for d in documents), lead.id, origin_of(documents, outlets), tuple(copies))


def report_id(documents: Iterable[str]) -> str:
    """The id of the report that holds these documents, made from the smallest of their ids."""
    return content_id("rep", min(documents))


def rank(document: Document, outlets: OutletFamilies) -> Rank:
    """The place of a document in the order in which leads are chosen; smaller goes first.

    A page at the place its text was made, then a dated page, then the fuller one (in steps of a fifth, so that a line
    more or less does not decide), then the earlier, then the exactly fuller, then the smaller id.
    """
    words = sum(len(document.text[s.start : s.end].split()) for s in document.body())
    step, size = 0, 1.0
    while size * 1.2 <= words:
        size, step = size * 1.2, step + 1
    day = document.published.value or ""
    return (not is_own_work(document, outlets), not day, -step, day, -words, document.id)


class Verdicts:
    """What is to be thought of pairs of documents, each pair looked at once; the order of the two does not matter."""

    def __init__(self, document: Callable[[str], Document]) -> None:
        self._document = document
        self._known: dict[tuple[str, str], Verdict] = {}
        self._shingles: dict[str, NDArray[np.uint64]] = {}

    def __call__(self, first: str, second: str) -> Verdict:
        """The verdict on two documents, given by their ids."""
        key = (first, second) if first < second else (second, first)
        known = self._known.get(key)
        if known is None:
            here, there = self._shingle(first), self._shingle(second)
            common = len(np.intersect1d(here, there, assume_unique=True))
            if common < _WORTH_ALIGNING * min(len(here), len(there)):
                known = Verdict(False, False, 0, "hardly a phrase in common")
            else:
                known = same_text(self._document(first), self._document(second))
            self._known[key] = known
        return known

    def _shingle(self, name: str) -> NDArray[np.uint64]:
        if name not in self._shingles:
            self._shingles[name] = np.unique(body_shingles(self._document(name)))
        return self._shingles[name]


class _Work:
    """One call of `group`: the new documents over what the store holds, and what is known of both."""

    def __init__(self, index: ReportIndex, outlets: OutletFamilies) -> None:
        self._index = index
        self._outlets = outlets
        self._new: dict[str, Document] = {}
        self._bands: dict[int, list[str]] = {}
        self._documents: dict[str, Document] = {}
        self._ranks: dict[str, Rank] = {}
        self._verdict = Verdicts(self._document)
        self._fingerprints: dict[str, Fingerprint] = {}

    def add(self, document: Document) -> None:
        """Take in a document that the store does not know."""
        if document.id in self._new:
            return
        self._new[document.id] = self._documents[document.id] = document
        for band in self._fingerprint(document.id).bands:
            self._bands.setdefault(band, []).append(document.id)

    def reports(self) -> tuple[Report, ...]:
        """The reports of the connected sets that hold a new document, as far as they are new or changed, by id."""
        made: list[Report] = []
        seen: set[str] = set()
        for name in self._new:
            if name not in seen:
                connected = self._connected(name)
                seen |= connected
                for members in self._confirmed(connected):
                    report = self._report(members)
                    if report is not None:
                        made.append(report)
        return tuple(sorted(made, key=lambda r: r.id))

    def _connected(self, name: str) -> set[str]:
        """The documents that links connect with this one. Those the store has in one report are connected already."""
        found = {name}
        waiting = [name]
        while waiting:
            here = waiting.pop()
            for other in self._candidates(here):
                if other not in found and self._verdict(here, other).same:
                    joining = {other, *self._mates(other)} - found
                    found |= joining
                    waiting.extend(sorted(joining))
        return found

    def _confirmed(self, connected: set[str]) -> list[list[str]]:
        """The connected documents divided into reports, in each the lead first."""
        reports: list[list[str]] = []
        waiting = [sorted(connected, key=self._rank)]
        while waiting:
            lead, *others = waiting.pop()
            members = [lead, *(o for o in others if self._verdict(lead, o).compatible)]
            reports.append(members)
            left = [o for o in others if not self._verdict(lead, o).compatible]
            while left:
                part = self._part(left)
                waiting.append(part)
                left = [o for o in left if o not in set(part)]
        return reports

    def _part(self, left: list[str]) -> list[str]:
        """Those of `left` that links among themselves connect with the first, in the order given."""
        found = {left[0]}
        waiting = [left[0]]
        while waiting:
            here = waiting.pop()
            joining = [o for o in left if o not in found and self._verdict(here, o).same]
            found.update(joining)
            waiting.extend(joining)
        return [o for o in left if o in found]

    def _report(self, members: list[str]) -> Report | None:
        """The report of these documents, the lead first; None when the store has it already."""
        lead, *others = members
        old = None if lead in self._new else self._index.report_of(lead)
        if old is not None and set(old.documents) == set(members):
            return None
        known = {c.document: c for c in old.copies} if old is not None and old.lead == lead else {}
        reasons = {m: self._verdict(lead, m).why for m in others if m not in known}
        return assemble(self._document(lead), map(self._document, others), self._outlets, reasons, known)

    def _candidates(self, name: str) -> list[str]:
        wanted = self._fingerprint(name)
        if not wanted.bands:
            return []
        found = dict.fromkeys(self._index.candidates(wanted))
        found.update(dict.fromkeys(ranked(wanted, self._bands, lambda _: False)))
        found.pop(name, None)
        return list(found)

    def _mates(self, name: str) -> tuple[str, ...]:
        report = None if name in self._new else self._index.report_of(name)
        return report.documents if report is not None else ()

    def _document(self, name: str) -> Document:
        if name not in self._documents:
            self._documents[name] = self._index.document(name)
        return self._documents[name]

    def _rank(self, name: str) -> Rank:
        if name not in self._ranks:
            self._ranks[name] = rank(self._document(name), self._outlets)
        return self._ranks[name]

    def _fingerprint(self, name: str) -> Fingerprint:
        if name not in self._fingerprints:
            self._fingerprints[name] = fingerprint(self._document(name))
        return self._fingerprints[name]
