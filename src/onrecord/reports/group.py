"""Groups documents into reports, one batch at a time, with a result that depends on the set of documents alone.

Documents are ranked by `rank` (pages at the place where the text was made, then dated and full pages first, ties by id).
Taken in that order, each document follows the one it shares most words with, among the documents ranked before it
that carry the same text (`onrecord.reports.same`), and belongs to the report of that one; where there is none it leads a
report of its own. Two heavily edited copies may have too little in common to be known for one text, and are brought
together by the fuller one both follow. So that a chain of pages which resemble each other from one update to the next
is not drawn into one, every document is also confirmed against the lead of the report it joins.

`group` keeps that result up to date: a new document is placed, and only where a document is new or has changed its
report are the documents ranked after it, and carrying its text, looked at again. Because changes only travel down the
ranking, one pass in order of rank ends in the state that a grouping from scratch would reach.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
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
#: So many leads of reports, and so many other documents, are compared with a document before it is placed.
_NEAREST = 16
#: Two texts with less than this share of the shorter one's shingles in common are not aligned at all.
_WORTH_ALIGNING = 0.1


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
    work.settle()
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


class _Work:
    """One call of `group`: the new documents and the changed assignments over what the store holds."""

    def __init__(self, index: ReportIndex, outlets: OutletFamilies) -> None:
        self._index = index
        self._outlets = outlets
        self._new: dict[str, Document] = {}
        self._bands: dict[int, list[str]] = {}
        self._documents: dict[str, Document] = {}
        self._lead: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._ranks: dict[str, Rank] = {}
        self._shingles: dict[str, NDArray[np.uint64]] = {}
        self._verdicts: dict[tuple[str, str], Verdict] = {}
        self._fingerprints: dict[str, Fingerprint] = {}
        self._heap: list[tuple[Rank, str]] = []
        self._waiting: set[str] = set()
        self._changed: set[str] = set()

    def add(self, document: Document) -> None:
        """Take in a document that the store does not know."""
        if document.id in self._new:
            return
        self._new[document.id] = self._documents[document.id] = document
        made = self._fingerprints[document.id] = fingerprint(document)
        for band in made.bands:
            self._bands.setdefault(band, []).append(document.id)
        self._wait(document.id)

    def settle(self) -> None:
        """Place the waiting documents in order of rank until nothing changes."""
        while self._heap:
            _, name = heapq.heappop(self._heap)
            self._waiting.discard(name)
            before, after = self._lead_of(name), self._choose(name)
            if after == before:
                continue
            self._assign(name, before, after)
            for later in self._candidates(name):
                if self._rank(later) > self._rank(name) and self._verdict(name, later).same:
                    self._wait(later)

    def reports(self) -> tuple[Report, ...]:
        """The reports whose members, lead or origin may have changed, by id."""
        made: list[Report] = []
        for lead in self._changed:
            if self._lead_of(lead) != lead:
                continue
            old = self._index.report_of(lead)
            known = {c.document: c for c in old.copies} if old is not None and old.lead == lead else {}
            others = [m for m in self._members_of(lead) if m != lead]
            reasons = {m: self._verdict(lead, m).why for m in others if m not in known}
            made.append(assemble(self._document(lead), map(self._document, others), self._outlets, reasons, known))
        return tuple(sorted(made, key=lambda r: r.id))

    def _wait(self, name: str) -> None:
        if name not in self._waiting:
            self._waiting.add(name)
            heapq.heappush(self._heap, (self._rank(name), name))

    def _assign(self, name: str, before: str | None, after: str) -> None:
        if before is not None:
            self._members_of(before).discard(name)
            self._changed.add(before)
        self._members_of(after).add(name)
        self._changed.add(after)
        self._lead[name] = after

    def _choose(self, name: str) -> str:
        """The lead of the report the document belongs to among those ranked before it; itself when there is none."""
        offers: list[tuple[int, Rank, str]] = []
        for other in self._nearest(name):
            verdict = self._verdict(other, name)
            if verdict.same:
                offers.append((-verdict.shared, self._rank(other), other))
        for _, _, other in sorted(offers):
            lead = self._lead_of(other)
            if lead is not None and (lead == other or self._verdict(lead, name).compatible):
                return lead
        return name

    def _nearest(self, name: str) -> list[str]:
        """The documents ranked before this one that share most bands with it: some leads of reports, some others."""
        mine = set(self._fingerprint(name).bands)
        before = [c for c in self._candidates(name) if self._rank(c) < self._rank(name)]
        before.sort(key=lambda c: (-len(mine.intersection(self._fingerprint(c).bands)), self._rank(c)))
        leads = [c for c in before if self._lead_of(c) == c]
        others = [c for c in before if self._lead_of(c) != c]
        return leads[:_NEAREST] + others[:_NEAREST]

    def _candidates(self, name: str) -> list[str]:
        wanted = self._fingerprint(name)
        if not wanted.bands:
            return []
        found = dict.fromkeys(self._index.candidates(wanted))
        found.update(dict.fromkeys(ranked(wanted, self._bands, lambda other: self._lead.get(other) == other)))
        found.pop(name, None)
        return list(found)

    def _verdict(self, first: str, second: str) -> Verdict:
        key = (first, second) if first < second else (second, first)
        known = self._verdicts.get(key)
        if known is None:
            here, there = self._shingle(first), self._shingle(second)
            common = len(np.intersect1d(here, there, assume_unique=True))
            if common < _WORTH_ALIGNING * min(len(here), len(there)):
                known = Verdict(False, False, 0, "hardly a phrase in common")
            else:
                known = same_text(self._document(first), self._document(second))
            self._verdicts[key] = known
        return known

    def _lead_of(self, name: str) -> str | None:
        if name in self._lead:
            return self._lead[name]
        if name in self._new:
            return None
        report = self._index.report_of(name)
        return report.lead if report is not None else None

    def _members_of(self, lead: str) -> set[str]:
        if lead not in self._members:
            report = None if lead in self._new else self._index.report_of(lead)
            self._members[lead] = set(report.documents) if report is not None and report.lead == lead else set()
        return self._members[lead]

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

    def _shingle(self, name: str) -> NDArray[np.uint64]:
        if name not in self._shingles:
            self._shingles[name] = np.unique(body_shingles(self._document(name)))
        return self._shingles[name]
