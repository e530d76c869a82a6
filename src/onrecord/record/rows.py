"""What a record gives back: frozen rows, whole enough that a view needs no second question."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Act, Copy, DateValue, DocumentStatus, Origin, Span, Statement, StatementPart
from onrecord.record.fields import Review


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document without its text: what lists and exports show of it.

    ``paths`` are all places it was found at, sorted; ``body`` the spans of the article's own lines.
    """

    id: str
    paths: tuple[str, ...]
    url: str | None
    title: str | None
    publisher: str | None
    published: DateValue
    language: str | None
    status: DocumentStatus
    reason: str | None
    text_sha256: str
    report: str | None
    origin: Origin
    body: tuple[Span, ...]
    conflicts: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The first of its places in the order of the alphabet."""
        return self.paths[0] if self.paths else ""


@dataclass(frozen=True, slots=True)
class CopyRef:
    """One document that carries a line, with the statement's id there and the name to show for the document."""

    statement: str
    document: str
    outlet: str | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One line of the record: a statement, what it says, where it stands, and what stands behind it.

    ``content`` is the string of the content spans; ``outlets``, ``reports`` and ``independent_reports`` count what
    carries the line; ``unknown_reports`` counts the reports among them whose origin is not known. ``reviews`` are what reviewers
    say of its fields, corrections that are given and opinions that are disputed.
    """

    statement: Statement
    content: str
    path: str
    title: str | None
    publisher: str | None
    published: DateValue
    report: str | None
    origin: Origin
    copies: tuple[CopyRef, ...] = ()
    outlets: int = 1
    reports: int = 1
    independent_reports: int = 0
    unknown_reports: int = 0
    reviews: tuple[Review, ...] = ()

    @property
    def corrected(self) -> tuple[str, ...]:
        """The fields that reviewers corrected, ``line`` for a line that was withdrawn (only asked for by its id)."""
        return tuple(dict.fromkeys(r.field.value for r in self.reviews if r.applied))

    @property
    def disputed(self) -> tuple[str, ...]:
        """The fields of which two reviewers say different things; the reader's value is given."""
        return tuple(dict.fromkeys(r.field.value for r in self.reviews if not r.applied))


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """What statements are asked for; empty fields ask for all.

    ``by`` and ``about`` are names or parts of them ("Lavrov"), compared without case and diacritics; ``about`` also
    looks into the content; ``since`` and ``until`` are ISO days, months or years, both included; ``match`` is words
    that must all stand in the content or among its parties; ``min_confidence`` lies between 0 and 1; ``part`` is where on
    their page they stand, the body unless another is asked for (None for all).
    """

    by: str | None = None
    act: Act | None = None
    about: str | None = None
    target: str | None = None
    since: str | None = None
    until: str | None = None
    match: str | None = None
    outlet: str | None = None
    document: str | None = None
    min_confidence: float = 0.0
    part: StatementPart | None = StatementPart.BODY
    dated: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report with its documents: the lead first, then the copies in time order, each with the share it has in common."""

    id: str
    origin: Origin
    lead: DocumentRow
    copies: tuple[tuple[DocumentRow, Copy], ...]
    statements: int


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a page: its document, when it was captured, and the passages added and cut since the version before.

    ``added`` are spans of this version's text, ``cut`` spans of the earlier one's.
    """

    document: str
    fetched: str | None
    title: str | None
    added: tuple[Span, ...] = ()
    cut: tuple[Span, ...] = ()
    added_texts: tuple[str, ...] = ()
    cut_texts: tuple[str, ...] = ()
