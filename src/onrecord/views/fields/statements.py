# ruff: noqa: RUF009  (`told` makes a dataclass field)
"""Statements as rows: who said what, as lists, exports and single lines show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord import model
from onrecord.model import Act, Modality, Polarity, QuoteType, Span, StatementPart, envelope
from onrecord.record import StatementRow
from onrecord.views.fields.parts import Date, Offsets, Party, Place, date, offset, offsets, parties, place
from onrecord.views.fields.relations import Relation
from onrecord.views.fields.shape import told


@dataclass(frozen=True, slots=True)
class Proposition:
    """One thing that a statement says, asks or promises."""

    content: tuple[Offsets, ...] = told("Its words; half-open code points of the source text.")
    deadline: Date | None = told("By when, where it says so.")


@dataclass(frozen=True, slots=True)
class Statement:
    """One saying on one page."""

    id: str = told("The statement's id.")
    document: str = told("The document it stands in.")
    path: str = told("Where that document was found.")
    quote_type: QuoteType = told(
        "How the words are given: all in quotation marks, some, none, or only the act is told."
    )
    act: Act = told("What the saying does.")
    speaker: tuple[Party, ...] | None = told("Who says it; several for a joint statement, null when it is not known.")
    on_behalf_of: tuple[Party, ...] | None = told("For whom it is said: the state or organisation behind the speaker.")
    target: tuple[Party, ...] | None = told("At whom it is aimed.")
    addressee: tuple[Party, ...] | None = told("To whom it is said, where the text names them as hearers.")
    source: tuple[Offsets, ...] = told("The words that name the speaker; half-open code points of the source text.")
    cue: tuple[Offsets, ...] = told("The words that report the saying; half-open code points of the source text.")
    content: tuple[Offsets, ...] = told("What is said, in one or several stretches; half-open code points.")
    text: str = told("The characters of `content`, stretches joined by an ellipsis.", words=True)
    date: Date = told("When it was said; without a value where the page does not tell.")
    place: Place | None = told("Where it was said.")
    nested_in: str | None = told("The statement in whose content this one stands.")
    part: StatementPart = told("Where on its page it stands.")
    same_as: str | None = told("The body's statement that a saying outside the body says once more.")
    presupposed: bool = told("True when the text takes it as said by others, without reporting the saying itself.")
    polarity: Polarity = told("Whether the content is affirmed or negated.")
    modality: Modality = told("Whether it is told as fact, as due, as possible, as coming, or under a condition.")
    propositions: tuple[Proposition, ...] = told("The single things it says, each with its deadline.")
    qualifier: tuple[Offsets, ...] = told("The narrator's own words about it; half-open code points.")
    report: str | None = told("The report that the page carries.")
    outlets: int = told("How many outlets carry the line.")
    independent_reports: int = told("How many independent reports carry it; copies and unknown origins do not count.")
    unknown_reports: int = told("How many reports of unknown origin carry it.")
    confidence: float = told("How sure the reading is, 0 to 1.")
    made_by: str = told("The rules or the model that read it, with the version.")
    corrected: tuple[str, ...] = told("The fields that reviewers set, among `speaker`, `target`, `act` and `date`.")
    disputed: tuple[str, ...] = told(
        "The fields on which two reviewers disagree, `line` for whether it is a saying at all; the reader's value stays."
    )


def statement(row: StatementRow) -> Statement:
    """A line of the record, with the offsets of the page it stands on."""
    s = row.statement
    return Statement(
        id=s.id,
        document=s.document,
        path=row.path,
        quote_type=s.quote_type,
        act=s.act,
        speaker=parties(s.speakers) or None,
        on_behalf_of=parties(s.on_behalf_of) or None,
        target=parties(s.target) or None,
        addressee=parties(s.addressees) or None,
        source=offsets(s.source),
        cue=offsets(s.cue),
        content=offsets(s.content),
        text=row.content,
        date=date(s.date),
        place=place(s.place),
        nested_in=s.nested_in,
        part=s.part,
        same_as=s.same_as,
        presupposed=s.presupposed,
        polarity=s.polarity,
        modality=s.modality,
        propositions=tuple(
            Proposition(offsets(p.content), date(p.deadline) if p.deadline else None) for p in s.propositions
        ),
        qualifier=offsets(s.qualifier),
        report=row.report,
        outlets=row.outlets,
        independent_reports=row.independent_reports,
        unknown_reports=row.unknown_reports,
        confidence=round(s.confidence, 2),
        made_by=s.made_by,
        corrected=row.corrected,
        disputed=row.disputed,
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a page with its words."""

    text: str = told("The characters, exactly as they stand on the page.", words=True)
    start: int = told("The first code point.")
    end: int = told("The code point after the last.")


@dataclass(frozen=True, slots=True)
class CopyOf:
    """The same line on another page."""

    statement: str = told("The statement's id there.")
    document: str = told("The document.")
    outlet: str | None = told("The outlet.")


@dataclass(frozen=True, slots=True)
class FieldReason:
    """Why a field of a statement has its value."""

    field: str = told("The field.")
    rule: str = told("The rule or model that set it.")
    score: float = told("How sure it is, 0 to 1.")
    span: Offsets | None = told("The characters it rests on.")
    detail: str = told("What is to be said about it.")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one reviewer says of one field of a statement."""

    field: str = told("The field; `line` for whether it is a saying at all.")
    value: str = told("The reviewer's value, in words.")
    who: str = told("The reviewer.")
    when: str = told("When it was entered (ISO 8601).")
    why: str = told("The reviewer's reason.")
    correction: str = told("The entry of the log.")
    applied: bool = told("True where it is the value that is given; false where reviewers disagree.")


@dataclass(frozen=True, slots=True)
class WholeStatement(Statement):
    """A statement with its passage, its copies, the reasons for its fields, and its relations."""

    passage: Passage = told("The lines of the page that it stands in.")
    outlet: str | None = told("The outlet.")
    title: str | None = told("The page's headline.")
    published: Date = told("When the page was published.")
    copies: tuple[CopyOf, ...] = told("The same line on other pages.")
    reasons: tuple[FieldReason, ...] = told("Why its fields have their values.")
    relations: tuple[Relation, ...] = told("What it does to other statements, and they to it.")
    reviews: tuple[Opinion, ...] = told("What reviewers say of its fields, applied or disputed.")


def passage_of(page: model.Document, s: model.Statement) -> Span:
    """The lines the statement stands in, from the start of the first to the end of the last."""
    whole = envelope((*s.source, *s.cue, *s.content)) or Span(0, 0)
    touched = [line.span for line in page.lines if line.span.overlaps(whole)]
    return envelope(touched) or whole


def copies_of(row: StatementRow) -> tuple[CopyOf, ...]:
    """The same line on other pages."""
    return tuple(CopyOf(c.statement, c.document, c.outlet) for c in row.copies)


def whole_statement(row: StatementRow, page: model.Document, relations: Sequence[Relation]) -> WholeStatement:
    """A statement with everything that is known of it."""
    head = statement(row)
    span = passage_of(page, row.statement)
    return WholeStatement(
        **{name: getattr(head, name) for name in Statement.__dataclass_fields__},
        passage=Passage(span.of(page.text), span.start, span.end),
        outlet=row.publisher,
        title=row.title,
        published=date(row.published),
        copies=copies_of(row),
        reasons=tuple(
            FieldReason(r.field, r.rule, round(r.score, 2), offset(r.span) if r.span else None, r.detail)
            for r in row.statement.reasons
        ),
        relations=tuple(relations),
        reviews=tuple(
            Opinion(r.field.value, r.value, r.who, r.when, r.why, r.correction, r.applied) for r in row.reviews
        ),
    )
