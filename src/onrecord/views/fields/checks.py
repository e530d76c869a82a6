# ruff: noqa: RUF009  (`told` makes a dataclass field)
"""What checks, reasons and positions give, as rows."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord import model
from onrecord.model import Act, Span
from onrecord.record import StatementRow
from onrecord.record.checking import Checked, Edit, Found, Verdict
from onrecord.record.why import Explained
from onrecord.views.fields.parts import Offsets, Party, offset, parties
from onrecord.views.fields.shape import told
from onrecord.views.fields.statements import CopyOf, copies_of

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class WordChange:
    """One difference in words between a draft and the record."""

    edit: Edit = told("What was done to the words on their way into the draft.")
    draft: str = told("What the draft has; empty for dropped words.")
    record: str = told("What the record has; empty for added words.")


@dataclass(frozen=True, slots=True)
class FoundAt:
    """Where a quotation's words stand in the record."""

    document: str = told("The document.")
    path: str = told("Where it was found.")
    outlet: str | None = told("The outlet.")
    published: str | None = told("When the document was published.")
    statement: str | None = told("The statement the words belong to, if any.")
    span: Offsets = told("The words; half-open code points of the source text.")
    text: str = told("The words, exactly as they stand on the page.", words=True)
    context: str = told("The lines of the page that they stand in.", words=True)


@dataclass(frozen=True, slots=True)
class Check:
    """One quotation of a draft with its verdict."""

    quote: str = told("The quotation's words without the marks.")
    span: Offsets = told("Where it stands; half-open code points of the draft.")
    verdict: Verdict = told("What the record says of it.")
    also: tuple[Verdict, ...] = told("Further verdicts that hold.")
    speaker: tuple[Party, ...] | None = told("Who said it by the record.")
    statement: str | None = told("The statement that the words belong to.")
    difference: tuple[WordChange, ...] = told("What is different, in the order of the text.")
    date: str | None = told("When it was said by the record.")
    named: str | None = told("The name that the draft gives for the speaker.")
    dated: tuple[str, ...] = told("The days that the draft gives, as TIMEX3 values.")
    found: tuple[FoundAt, ...] = told("Where the words stand.")
    copies: tuple[CopyOf, ...] = told("The same line on other pages.")
    independent_reports: int | None = told("How many independent reports carry the line.")
    note: str | None = told("A sentence for the reader.")


def context_of(page: model.Document, span: Span) -> Span:
    """The lines that the words stand in."""
    touched = [line.span for line in page.lines if line.span.overlaps(span)]
    return Span(min(s.start for s in touched), max(s.end for s in touched)) if touched else span


def check(one: Checked, rows: Mapping[str, StatementRow], pages: Mapping[str, model.Document]) -> Check:
    """A checked quotation; `rows` are the statements and `pages` the documents of the passages, by id."""
    row = rows.get(one.statement or "")
    return Check(
        quote=one.quoted.quote,
        span=offset(one.quoted.span),
        verdict=one.verdict,
        also=one.also,
        speaker=parties(one.speaker) or None,
        statement=one.statement,
        difference=tuple(WordChange(c.edit, c.draft, c.record) for c in one.difference),
        date=one.date,
        named=one.quoted.speaker,
        dated=one.quoted.days,
        found=tuple(_found(f, pages[f.document]) for f in one.found),
        copies=copies_of(row) if row else (),
        independent_reports=row.independent_reports if row else None,
        note=one.note or None,
    )


def _found(found: Found, page: model.Document) -> FoundAt:
    return FoundAt(
        document=found.document,
        path=page.path,
        outlet=page.publisher,
        published=page.published.value,
        statement=found.statement,
        span=offset(found.span),
        text=found.span.of(page.text),
        context=context_of(page, found.span).of(page.text),
    )


@dataclass(frozen=True, slots=True)
class EvidenceWords:
    """Characters of a page that a field rests on."""

    document: str = told("The document.")
    span: Offsets = told("The characters; half-open code points of the source text.")
    text: str = told("The characters.", words=True)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one field of a line has its value."""

    field: str = told("The field.")
    value: str = told("Its value in words.")
    rule: str | None = told("The rule or model that set it; null where no reason is kept.")
    made_by: str | None = told("The version.")
    score: float | None = told("How sure it is, 0 to 1.")
    evidence: tuple[EvidenceWords, ...] = told("The words it rests on.")
    detail: str | None = told("What is to be said about it.")
    alternatives: tuple[str, ...] = told("What was considered and not taken.")


def reason(one: Explained) -> Reason:
    """Why one field has its value."""
    return Reason(
        field=one.field,
        value=one.value,
        rule=one.rule or None,
        made_by=one.made_by or None,
        score=None if one.score is None else round(one.score, 2),
        evidence=tuple(EvidenceWords(e.document, offset(e.span), e.words) for e in one.evidence),
        detail=one.detail or None,
        alternatives=one.alternatives,
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One stretch of words of two texts that are compared."""

    kind: Literal["same", "cut", "added"] = told("In both texts, only in the earlier, or only in the later.")
    words: str = told("The words.", words=True)


@dataclass(frozen=True, slots=True)
class PositionLine:
    """One wording of what somebody says about a matter."""

    statement: str = told("The statement.")
    document: str = told("The document.")
    said: str | None = told("When it was said.")
    published: str | None = told("When its page was published.")
    act: Act = told("What it does.")
    speakers: tuple[Party, ...] = told("Who says it.")
    text: str = told("The words, white space joined.", words=True)
    place: Literal["first", "between", "last"] = told("Where it stands among the wordings.")
    difference: tuple[Difference, ...] | None = told("How the last wording differs from the first; null elsewhere.")


def compare(earlier: str, later: str) -> tuple[Difference, ...]:
    """The word-level difference of two texts, in reading order (`difflib.SequenceMatcher` over words, case kept)."""
    one, two = _WORD.findall(earlier), _WORD.findall(later)
    found: list[Difference] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Difference("same", " ".join(one[a:b])))
            continue
        if b > a:
            found.append(Difference("cut", " ".join(one[a:b])))
        if d > c:
            found.append(Difference("added", " ".join(two[c:d])))
    return tuple(found)


def position_lines(rows: Sequence[StatementRow]) -> tuple[PositionLine, ...]:
    """The wordings in their order, the last with its difference from the first."""
    differences = compare(rows[0].content, rows[-1].content) if len(rows) > 1 else ()
    return tuple(_position_line(row, rows, differences) for row in rows)


def _position_line(
    row: StatementRow, rows: Sequence[StatementRow], differences: tuple[Difference, ...]
) -> PositionLine:
    where: Literal["first", "between", "last"] = "first" if row is rows[0] else "last" if row is rows[-1] else "between"
    return PositionLine(
        statement=row.statement.id,
        document=row.statement.document,
        said=row.statement.date.value,
        published=row.published.value,
        act=row.statement.act,
        speakers=parties(row.statement.speakers),
        text=" ".join(row.content.split()),
        place=where,
        difference=differences if where == "last" else None,
    )
