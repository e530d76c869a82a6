"""Who made the text of a report, from what its documents say of themselves.

The rule, in order; the first step that names somebody decides, and every step leaves its evidence:

1. **Agencies named as the maker** on any document: in the dateline, the byline, the copyright line, as the
   publisher, in a credit such as "Source: TASS". The strongest basis counts; two agencies on one basis contradict each
   other, and the origin is unknown with both as evidence. The lead is the original at the agency, elsewhere a copy.
2. **The outlet's own byline** (its name, or a person of its staff), when only one family of outlets claims the text. With
   a credit to agencies ("With reporting by ...") the text is partly dependent on them.
3. **A credit to agencies** without a byline: partly dependent on them.
4. **The earliest copy**: when one document is dated before all others, its outlet is named, but the origin
   stays unknown: to have a text first is not to have made it.
5. Otherwise unknown. That a page was published somewhere does not say who wrote it: a reprint may bear no mark at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import Copy, Document, Independence, Origin, OriginBasis, OriginEvidence
from onrecord.reports.index import OutletFamilies
from onrecord.reports.marks import Mark, Marks, family_of, marks_of

_STRENGTH = (OriginBasis.DATELINE, OriginBasis.BYLINE, OriginBasis.COPYRIGHT, OriginBasis.PUBLISHER, OriginBasis.CREDIT)
#: A copy with at least this share, and this many characters, of its own is more than a copy.
_OWN_SHARE = 0.4
_OWN_LENGTH = 400


def origin_of(documents: Sequence[Document], outlets: OutletFamilies) -> Origin:
    """The origin of the one text that `documents` carry, the lead first. See the rule at the top of this file."""
    marks = [marks_of(d, outlets) for d in documents]
    whole = [m for found in marks for m in found.whole]
    if whole:
        return _of_agency(whole, documents[0], outlets)
    own = [found.own for found in marks if found.own is not None]
    parts = list(marks[0].parts) or [m for found in marks for m in found.parts]
    if parts:
        return _partly(parts, own)
    if own:
        return _of_outlet(own, outlets)
    return _earliest(documents, marks)


def with_independence(copy: Copy, document: Document) -> Copy:
    """The copy with its standing: partly dependent where much of it is its own, else a copy; the reason is added."""
    own = sum(len(span) for span in copy.added)
    total = sum(len(span) for span in document.body())
    if own >= _OWN_LENGTH and own >= _OWN_SHARE * max(total, 1):
        share = own / total
        return replace(
            copy,
            independence=Independence.PARTLY_DEPENDENT,
            why=f"{copy.why}; {share:.0%} of it is not in the lead, so it is partly dependent",
        )
    return replace(copy, independence=Independence.COPY)


def _of_agency(whole: list[Mark], lead: Document, outlets: OutletFamilies) -> Origin:
    """The agency on the strongest basis; the lead is its original, or a copy where another outlet published it."""
    for basis in _STRENGTH:
        here = [m for m in whole if m.evidence.basis is basis]
        if not here:
            continue
        names = sorted({m.name for m in here})
        if len({family_of(n, outlets) for n in names}) == 1:
            evidence = [*here, *(m for m in whole if m not in here)]
            elsewhere = lead.publisher is not None and family_of(lead.publisher, outlets) != family_of(
                names[0], outlets
            )
            standing = Independence.COPY if elsewhere else Independence.ORIGINAL
            return Origin((names[0],), basis, standing, tuple(m.evidence for m in evidence))
        break
    return Origin(evidence=tuple(m.evidence for m in whole))


def _partly(parts: list[Mark], own: list[Mark]) -> Origin:
    names: list[str] = []
    for mark in parts:
        if mark.name not in names:
            names.append(mark.name)
    evidence = tuple(m.evidence for m in (*parts, *own))
    return Origin(tuple(names), OriginBasis.CREDIT, Independence.PARTLY_DEPENDENT, evidence)


def _of_outlet(own: list[Mark], outlets: OutletFamilies) -> Origin:
    evidence = tuple(m.evidence for m in own)
    if len({family_of(m.name, outlets) for m in own}) == 1:
        return Origin((own[0].name,), OriginBasis.BYLINE, Independence.ORIGINAL, evidence)
    return Origin(evidence=evidence)


def _earliest(documents: Sequence[Document], marks: Sequence[Marks]) -> Origin:
    evidence = [
        OriginEvidence(
            OriginBasis.CREDIT, d.id, found.signed_off, "signed off like a wire story, but no agency is named"
        )
        for d, found in zip(documents, marks, strict=True)
        if found.signed_off is not None
    ]
    dated = sorted(
        (d.published.value, d.id, d) for d in documents if d.published.value and len(d.published.value) == 10
    )
    if len(documents) > 1 and len(dated) == len(documents) and dated[0][0] < dated[1][0]:
        first = dated[0][2]
        if first.publisher is not None:
            says = f"{first.publisher} had the text on {dated[0][0]}, before all others"
            evidence.append(OriginEvidence(OriginBasis.EARLIEST_COPY, first.id, None, says))
            return Origin((first.publisher,), OriginBasis.EARLIEST_COPY, Independence.UNKNOWN, tuple(evidence))
    return Origin(evidence=tuple(evidence))
