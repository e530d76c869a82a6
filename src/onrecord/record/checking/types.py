"""What a check of quotations gives: a verdict for each, with the difference in words and where the words come from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.model import ActorRef, Span


class Verdict(StrEnum):
    """What the record says of a quotation."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    STITCHED = "stitched"
    CUT = "cut"
    WRONG_SPEAKER = "wrong-speaker"
    WRONG_DATE = "wrong-date"
    NOT_FOUND = "not-found"


class Edit(StrEnum):
    """What was done to words of the record on their way into the draft."""

    REPLACED = "replaced"
    DROPPED = "dropped"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference in words: what the draft has and what the record has, one of them empty for added and dropped words."""

    edit: Edit
    draft: str
    record: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation of a draft: its words without the marks and where they stand, and what the words around it say.

    ``speaker`` is the name beside it as written, None when nothing names one; ``days`` are the dates of the saying as ISO
    values of TIMEX3 (``2031-03-04``, ``XXXX-03-04``, ``XXXX-WXX-2``). ``around`` holds the sentence's words outside of it.
    """

    quote: str
    span: Span
    speaker: str | None = None
    days: tuple[str, ...] = ()
    around: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quotation's words stand in the record: document, span of its text, and the statement they belong to, if any."""

    document: str
    span: Span
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation with its verdict.

    ``difference`` holds the changes in the order of the text; ``found`` the passages (two for a stitched one); ``speaker`` who
    said it by the record; ``date`` the day by the record; ``also`` further verdicts that hold; ``note`` one
    sentence for the reader.
    """

    quoted: Quoted
    verdict: Verdict
    speaker: tuple[ActorRef, ...] = ()
    date: str | None = None
    difference: tuple[Change, ...] = ()
    found: tuple[Found, ...] = ()
    also: tuple[Verdict, ...] = ()
    note: str = ""

    @property
    def statement(self) -> str | None:
        """The statement that the words belong to, of several passages the first."""
        return next((f.statement for f in self.found if f.statement is not None), None)
