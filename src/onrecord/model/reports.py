"""Reports: documents that carry one text, with where the text came from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.model.spans import Span


class Independence(StrEnum):
    """How a document stands to the origin of its text. Unknown is never counted as independent."""

    ORIGINAL = "original"
    COPY = "copy"
    PARTLY_DEPENDENT = "partly-dependent"
    UNKNOWN = "unknown"


class OriginBasis(StrEnum):
    """What says where a text came from."""

    DATELINE = "dateline"
    CREDIT = "credit"
    BYLINE = "byline"
    COPYRIGHT = "copyright"
    PUBLISHER = "publisher"
    EARLIEST_COPY = "earliest-copy"
    CORRECTION = "correction"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OriginEvidence:
    """One reason for an origin: the basis, the document, the characters (None outside the text) and what they say."""

    basis: OriginBasis
    document: str
    span: Span | None
    detail: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Who made the text: agencies or outlets by canonical name (``AP``), several where it is compiled, none if unknown."""

    names: tuple[str, ...] = ()
    basis: OriginBasis = OriginBasis.UNKNOWN
    independence: Independence = Independence.UNKNOWN
    evidence: tuple[OriginEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the lead's text and the stretch of the copy's text that carries it.

    ``exact`` passages have equal words and characters, so that an offset in one is an offset in the other plus a
    constant; a passage that is not exact has the same meaning block by block but other spelling or glyphs.
    """

    lead: Span
    copy: Span
    exact: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """One document of a report beside its lead.

    ``shared`` is the share (0 to 1) of the copy's body words found in the lead, ``passages`` the aligned stretches in
    order, ``added`` the spans of the copy's body that the lead does not have, ``cut`` the spans of the lead's body
    that the copy left out.
    """

    document: str
    shared: float
    independence: Independence
    passages: tuple[Passage, ...] = ()
    added: tuple[Span, ...] = ()
    cut: tuple[Span, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Documents that carry one text. ``lead`` is the document that is read; every other one is a `Copy` of it."""

    id: str
    lead: str
    origin: Origin
    copies: tuple[Copy, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of all documents of the report, the lead first, the copies by id."""
        return (self.lead, *(c.document for c in self.copies))
