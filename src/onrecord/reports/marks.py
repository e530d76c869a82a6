"""The marks of making on one document: who its dateline, credits, byline, copyright line and publisher say made the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.model import BODY_ROLES, Document, OriginBasis, OriginEvidence, Span
from onrecord.reports.index import OutletFamilies

#: "With reporting by AP", "contributed to this report": the page has other sources besides.
_PARTLY = re.compile(
    r"\b(?:with|additional|some|further)\s+(?:\w+\s+)?(?:reporting|material|information|files?|input|text)\b|\bcontribut(?:ed|ing|ion)\b"
    r"|\b(?:based on|compiled from|using)\s+(?:\w+\s+)?(?:reports?|reporting|material|dispatches)\b|\bwith\s+agenc(?:y|ies)\b",
    re.IGNORECASE,
)
#: "(Reporting by A in X; Editing by B)": the sign-off of a wire story, which names people and not the agency.
_SIGN_OFF = re.compile(r"\b(?:reporting|writing)\s+by\b.*\bediting\s+by\b", re.IGNORECASE | re.DOTALL)
#: "© 2031 Meridian Press. All rights reserved": the name up to the end of its clause.
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[\s,]*(?:©|\(c\))?[\s,]*(?:by\s+)?(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,]*(?:by\s+)?"
    r"(?P<name>[^\W\d_][^.|\n©]{1,60}?)\s*(?=[.|\n,;]|\ball rights\b|\Z)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^,;/&\n]+")
_AND = re.compile(r"\s+and\s+|\s+et\s+|\s+und\s+", re.IGNORECASE)
_JOINED = re.compile(r"\b(?:and|with)\s+(?:the\s+)?\Z", re.IGNORECASE)
_CONTRIBUTED = re.compile(r"\s+contributed\b.*", re.IGNORECASE | re.DOTALL)
_LEADING = re.compile(
    r"^\s*(?:\(|\[)?\s*(?:by|source|sources|from|via|credit|with reporting by|reporting by|from reports by)\b[:\s]*",
    re.IGNORECASE,
)
#: A person: two to four capitalised words, with particles; what follows a comma, "in" or "for" is office or place.
_PERSON = re.compile(
    r"\A(?:[^\W\d_a-z][\w.'’-]*\s+)(?:(?:de|da|del|di|van|von|der|den|al|bin|ibn|le|la|du|dos)\s+|[^\W\d_a-z][\w.'’-]*\s+){0,3}"
    r"[^\W\d_a-z][\w.'’-]+\Z"
)
_AFTER_PERSON = re.compile(r",|\b(?:in|for|at)\b|\||[-–—]\s")
#: Words of the names of offices and services: a byline that holds one is not a person's, even if no table knows it.
_SERVICE = re.compile(
    r"\b(?:press|news|agenc(?:y|ies)|agence|wires?|services?|staff|times|post|network|media|radio|tv|editors?|desk|bureau|correspondents?|"
    r"reporters?|writers?|team|newsroom|office|ministry)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: the agency or outlet it names (canonical), the evidence, and whether it names one source among others."""

    name: str
    evidence: OriginEvidence
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one document. ``signed_off`` is the span of a wire story's sign-off that names no agency."""

    agencies: tuple[Mark, ...] = ()
    own: Mark | None = None
    signed_off: Span | None = None

    @property
    def whole(self) -> tuple[Mark, ...]:
        """The marks of agencies that made the whole text."""
        return tuple(m for m in self.agencies if not m.partly)

    @property
    def parts(self) -> tuple[Mark, ...]:
        """The marks of agencies that gave a part."""
        return tuple(m for m in self.agencies if m.partly)


def marks_of(document: Document, outlets: OutletFamilies) -> Marks:
    """All the marks of making on the document, strongest basis first."""
    copyrights = list(_copyright(document, outlets))
    agencies = [*_dateline(document, outlets), *_byline(document, outlets), *copyrights]
    agencies.extend(_publisher(document, outlets))
    taken = [m.evidence.span for m in copyrights if m.evidence.span is not None]
    agencies.extend(m for m in _credits(document, outlets) if not _inside(m.evidence.span, taken))
    signed_off = next((c.span for c in document.credits if _SIGN_OFF.search(c.span.of(document.text))), None)
    foreign = signed_off is not None or any(not m.partly for m in agencies)
    own = None if foreign else _own_byline(document, outlets)
    return Marks(tuple(agencies), own, signed_off)


def _inside(span: Span | None, others: list[Span]) -> bool:
    return span is not None and any(span.overlaps(o) for o in others)


def family_of(name: str, outlets: OutletFamilies) -> str:
    """The family of an agency or outlet, or the name itself where no family is known."""
    return outlets.family(name) or name


def is_own_work(document: Document, outlets: OutletFamilies) -> bool:
    """True for a page at the place its text was made: an agency's own page, or one whose byline names its own publisher."""
    if document.publisher is None:
        return False
    if outlets.is_agency(document.publisher):
        return True
    own = marks_of(document, outlets).own
    return own is not None and own.evidence.detail.startswith("the byline names the outlet")


def _evidence(basis: OriginBasis, document: Document, span: Span | None, detail: str) -> OriginEvidence:
    return OriginEvidence(basis, document.id, span, detail)


def _maker(words: str, document: Document, outlets: OutletFamilies) -> str | None:
    """The agency, or the outlet other than the document's own, that `words` name; None when they name neither."""
    name = outlets.agency(words)
    if name is None or outlets.is_agency(name):
        return name
    return None if document.publisher is None or _is_own(name, document, outlets) else name


def _dateline(document: Document, outlets: OutletFamilies) -> Iterator[Mark]:
    line = document.dateline
    if line is None or line.agency is None:
        return
    words = line.agency.of(document.text)
    name = _maker(words, document, outlets)
    if name is not None:
        yield Mark(name, _evidence(OriginBasis.DATELINE, document, line.agency, f"the dateline is marked {words}"))


def _byline(document: Document, outlets: OutletFamilies) -> Iterator[Mark]:
    """Agencies in the byline: makers of the whole ("Dinah Rusk, United Wire"), or of a part ("Staff and United Wire")."""
    byline = document.byline or ""
    parts = [(span, _maker(span.of(byline), document, outlets)) for span in _names(byline, 0)]
    others = [span.of(byline) for span, name in parts if name is None]
    for span, name in parts:
        if name is None:
            continue
        words = span.of(byline)
        joined = _JOINED.search(byline[: span.start]) is not None
        partly = bool(others) and (joined or not all(map(_is_person, others)))
        says = f"the byline names {words}" + (" beside others" if partly else "")
        yield Mark(name, _evidence(OriginBasis.BYLINE, document, _find(document, words), says), partly)


def _copyright(document: Document, outlets: OutletFamilies) -> Iterator[Mark]:
    for line in document.lines:
        if line.role in BODY_ROLES:
            continue
        for found in _COPYRIGHT.finditer(document.text, line.span.start, line.span.end):
            words = found.group("name").strip()
            name = outlets.agency(words)
            if name is not None and outlets.is_agency(name):
                span = Span(found.start(), found.end("name"))
                yield Mark(name, _evidence(OriginBasis.COPYRIGHT, document, span, f"the copyright line names {words}"))


def _publisher(document: Document, outlets: OutletFamilies) -> Iterator[Mark]:
    publisher = document.publisher
    if publisher is None:
        return
    name = outlets.agency(publisher) or publisher
    if outlets.is_agency(name):
        yield Mark(name, _evidence(OriginBasis.PUBLISHER, document, None, f"the publisher is the agency {publisher}"))


def _credits(document: Document, outlets: OutletFamilies) -> Iterator[Mark]:
    for credit in document.credits:
        words = credit.span.of(document.text)
        partly = _PARTLY.search(words) is not None
        names = credit.names or tuple(_names(words, credit.span.start))
        seen: set[str] = set()
        for span in names:
            name = _maker(span.of(document.text), document, outlets)
            if name is None or name in seen:
                continue
            seen.add(name)
            says = f"the credit names {span.of(document.text)} as one source" if partly else f"the credit names {name}"
            yield Mark(name, _evidence(OriginBasis.CREDIT, document, span, says), partly)


def _own_byline(document: Document, outlets: OutletFamilies) -> Mark | None:
    """The publisher as the maker, where the byline names it, or only persons."""
    if document.publisher is None or not document.byline:
        return None
    parts = [span.of(document.byline) for span in _names(document.byline, 0)]
    for words in parts:
        if _is_own(words, document, outlets):
            says = f"the byline names the outlet itself: {words}"
            return Mark(document.publisher, _evidence(OriginBasis.BYLINE, document, _find(document, words), says))
    for words in parts[:1]:
        if _is_person(words):
            says = f"the byline names a person, {words}"
            return Mark(document.publisher, _evidence(OriginBasis.BYLINE, document, _find(document, words), says))
    return None


def _is_person(words: str) -> bool:
    further = _AFTER_PERSON.search(words)
    bare = words if further is None else words[: further.start()].rstrip()
    return _PERSON.match(bare) is not None and _SERVICE.search(bare) is None


def _is_own(name: str, document: Document, outlets: OutletFamilies) -> bool:
    """True when `name` is the document's publisher or of its family."""
    publisher = document.publisher
    if publisher is None:
        return False
    if _plain(name) == _plain(publisher):
        return True
    family = outlets.family(name)
    return family is not None and family == outlets.family(publisher)


def _plain(name: str) -> str:
    words = name.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _names(words: str, start: int) -> Iterator[Span]:
    """The spans of the names in a list such as "With reporting by AP, Reuters, and Interfax", shifted by `start`."""
    words = _CONTRIBUTED.sub("", words)
    lead = _LEADING.match(words)
    at = lead.end() if lead else 0
    for part in _NAME.finditer(words, at):
        begin = part.start()
        for piece in _AND.split(part.group()):
            place = words.index(piece, begin) if piece else begin
            begin = place + len(piece)
            bare = re.sub(r"^\s*and\s+", "", piece, flags=re.IGNORECASE)
            place += len(piece) - len(bare)
            trimmed = bare.strip(" \t.()[]")
            if trimmed:
                first = place + bare.index(trimmed)
                yield Span(start + first, start + first + len(trimmed))


def _find(document: Document, words: str) -> Span | None:
    """Where the byline's words stand in the text outside the body, None when they come from metadata alone."""
    for line in document.lines:
        if line.role in BODY_ROLES:
            continue
        at = document.text.find(words, line.span.start, line.span.end)
        if at >= 0:
            return Span(at, at + len(words))
    return None
