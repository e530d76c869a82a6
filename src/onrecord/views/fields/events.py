# ruff: noqa: RUF009  (`told` makes a dataclass field)
"""Events, figures and stories as rows: what happened, who did it to whom, and who reports it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord import model
from onrecord.knowledge.plover import modes, roots
from onrecord.model import Auxiliary, Comparator, EventKind, EventMention, Role, Root, Span, envelope
from onrecord.record import EventRow, FigureRow, StoryRow
from onrecord.views.fields.parts import Date, EventParty, Offsets, Place, date, offset, offsets, place
from onrecord.views.fields.shape import told


@dataclass(frozen=True, slots=True)
class EventFigure:
    """A number that an event's report gives."""

    value: int = told("The number.")
    comparator: Comparator = told("How the words stand to the number.")
    unit: str = told("What is counted.")
    of: str = told("What is said of it.")
    span: Offsets = told("The words; half-open code points of the source text.")
    period: Offsets | None = told("The words of the time it holds for.")


@dataclass(frozen=True, slots=True)
class MentionParticipant:
    """Somebody in one passage that tells an event."""

    role: Role = told("What they are to the event.")
    span: Offsets = told("The words that name them.")
    actors: tuple[str, ...] = told("The names of those the words mean.")


@dataclass(frozen=True, slots=True)
class Mention:
    """One passage that tells an event."""

    id: str = told("The mention's id.")
    document: str = told("The document.")
    spans: tuple[Offsets, ...] = told("The words that name the event; half-open code points of the source text.")
    participants: tuple[MentionParticipant, ...] = told("Who takes part, in text order.")
    aux: Auxiliary = told("How this passage tells it.")
    date: str | None = told("The date by this passage.")
    topic: Offsets | None = told("What it is about.")
    told_in: str | None = told("The statement that tells it; null when the report does.")
    confidence: float = told("How sure the reading is, 0 to 1.")


@dataclass(frozen=True, slots=True)
class Event:
    """One happening, however many reports tell it."""

    id: str = told("The event's id: that of the mention published first.")
    kind: EventKind = told("What happened, in a plain word.")
    code: Root | None = told("PLOVER's root; null for what PLOVER does not code.")
    mode: str | None = told("PLOVER's mode of the root.")
    quad: int | None = told("PLOVER's quad class, 1 to 4.")
    intensity: float | None = told("PLOVER's score from -10 to 10.")
    aux: Auxiliary = told("Whether it is told as having happened, or how else.")
    actors: tuple[EventParty, ...] = told("Who did it, or signed it.")
    recipients: tuple[EventParty, ...] = told("To whom it was done, or who was host.")
    date: Date = told("When it happened.")
    place: Place | None = told("Where it happened.")
    mentions: tuple[Mention, ...] = told("Every passage that tells it.")
    asserted_by: tuple[str, ...] | Literal["report"] = told(
        "The statements that tell it, where no report does so in its own words; else the word `report`."
    )
    figures: tuple[EventFigure, ...] = told("The numbers given with it, never added up.")
    documents: tuple[str, ...] = told("The documents that tell it.")
    reports: int = told("How many reports tell it.")
    independent_reports: int = told("How many of them are independent.")
    unknown_reports: int = told("How many of them have an unknown origin.")
    confidence: float = told("How sure the reading is, 0 to 1.")
    made_by: str = told("The rules or the model that read it, with the version.")


def event(row: EventRow) -> Event:
    """An event of the record; the offsets of each mention are those of its own page."""
    one = row.event
    entry = roots()[one.code] if one.code is not None else None
    mode = modes().get((one.code, one.mode or "")) if one.code is not None else None
    return Event(
        id=one.id,
        kind=one.kind,
        code=one.code,
        mode=one.mode,
        quad=int(entry.quad) if entry is not None else None,
        intensity=(mode or entry).intensity if entry is not None else None,
        aux=one.aux,
        actors=_parties(one.parties, (Role.ACTOR, Role.SIGNATORY)),
        recipients=_parties(one.parties, (Role.RECIPIENT, Role.HOST)),
        date=date(one.date),
        place=place(one.place),
        mentions=tuple(_mention(m) for m in one.mentions),
        asserted_by=one.told_in or "report",
        figures=tuple(_figure(f) for f in one.figures),
        documents=tuple(page.id for page in row.documents),
        reports=row.reports,
        independent_reports=row.independent_reports,
        unknown_reports=row.unknown_reports,
        confidence=round(one.confidence, 2),
        made_by=one.mentions[0].made_by,
    )


def _parties(some: Sequence[model.Party], roles: Sequence[Role]) -> tuple[EventParty, ...]:
    return tuple(EventParty(p.actor.id, p.actor.name, p.role) for p in some if p.role in roles)


def _mention(mention: EventMention) -> Mention:
    return Mention(
        id=mention.id,
        document=mention.document,
        spans=offsets(mention.trigger),
        participants=tuple(
            MentionParticipant(p.role, offset(p.span), tuple(ref.name for ref in p.actors))
            for p in mention.participants
        ),
        aux=mention.aux,
        date=mention.date.value,
        topic=offset(mention.topic) if mention.topic is not None else None,
        told_in=mention.told_in,
        confidence=round(mention.confidence, 2),
    )


def _figure(figure: model.Figure) -> EventFigure:
    return EventFigure(
        figure.value,
        figure.comparator,
        figure.unit,
        figure.of,
        offset(figure.span),
        offset(figure.period) if figure.period is not None else None,
    )


@dataclass(frozen=True, slots=True)
class MentionPassage:
    """The lines of the page that one mention stands in."""

    mention: str = told("The mention.")
    document: str = told("The document.")
    text: str = told("The characters, exactly as they stand on the page.", words=True)


@dataclass(frozen=True, slots=True)
class WholeEvent(Event):
    """An event with the words of every passage that tells it."""

    passages: tuple[MentionPassage, ...] = told("The passages, in the order of `mentions`.")


def whole_event(row: EventRow, pages: Mapping[str, model.Document]) -> WholeEvent:
    """An event with its passages; `pages` are the documents of the row by id."""
    head = event(row)
    return WholeEvent(
        **{name: getattr(head, name) for name in Event.__dataclass_fields__},
        passages=tuple(
            MentionPassage(m.id, m.document, mention_passage(pages[m.document], m).of(pages[m.document].text))
            for m in row.event.mentions
        ),
    )


def mention_passage(page: model.Document, mention: EventMention) -> Span:
    """The lines the mention stands in."""
    whole = envelope((*mention.trigger, *(p.span for p in mention.participants))) or Span(0, 0)
    touched = [line.span for line in page.lines if line.span.overlaps(whole)]
    return envelope(touched) or whole


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as one report gives it, where it stands. Figures of two reports are never added up."""

    document: str = told("The document.")
    path: str = told("Where it was found.")
    published: str | None = told("When the document was published.")
    value: int = told("The number.")
    comparator: Comparator = told("How the words stand to the number.")
    unit: str = told("What is counted.")
    of_what: str = told("What is said of it.")
    span: Offsets = told("The words; half-open code points of the source text.")
    period: Offsets | None = told("The words of the time it holds for.")
    words: str = told("The page's own words.", words=True)
    period_words: str | None = told("The page's own words for the time.", words=True)


def figure(row: FigureRow) -> Figure:
    """A figure of the record."""
    f = _figure(row.figure)
    return Figure(
        document=row.document.id,
        path=row.document.path,
        published=row.document.published.value,
        value=f.value,
        comparator=f.comparator,
        unit=f.unit,
        of_what=f.of,
        span=f.span,
        period=f.period,
        words=row.words,
        period_words=row.period,
    )


@dataclass(frozen=True, slots=True)
class StoryDocument:
    """A page that tells a story."""

    id: str = told("The document's id.")
    path: str = told("Where it was found.")
    outlet: str | None = told("The outlet.")


@dataclass(frozen=True, slots=True)
class Story:
    """A happening that more than one report tells."""

    id: str = told("The story's id.")
    date: str | None = told("When it happened.")
    events: tuple[str, ...] = told("The events that hold it together.")
    documents: tuple[StoryDocument, ...] = told("The pages that tell it, in the order of publication.")
    reports: int = told("How many reports they are.")
    independent_reports: int = told("How many of them are independent.")


def story(row: StoryRow) -> Story:
    """A story of the record."""
    return Story(
        id=row.story.id,
        date=row.story.date.value,
        events=row.story.events,
        documents=tuple(StoryDocument(page.id, page.path, page.publisher) for page in row.documents),
        reports=row.reports,
        independent_reports=row.independent_reports,
    )
