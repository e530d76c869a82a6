"""Events as the record gives them: mentions put together when they are asked for, with the reviewers' corrections applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from onrecord.knowledge.press import Press
from onrecord.model import (
    Actor,
    Copy,
    CorrectionKind,
    Event,
    EventKind,
    EventMention,
    Figure,
    Independence,
    Report,
    Role,
    Root,
    Statement,
    Story,
    active,
    errors,
)
from onrecord.record import codec, identities, listing, schema
from onrecord.record.corrected import Corrected, corrected, log, press
from onrecord.record.event_blocks import (
    BOUNDED,
    Wanted,
    holds,
    months_around,
    pages_beside,
    pages_holding,
    pages_in,
    pages_of,
    windows,
)
from onrecord.record.query import in_parts
from onrecord.record.rows import DocumentRow
from onrecord.relations.events import Telling, family
from onrecord.relations.events import events as put_together
from onrecord.relations.events import stories as told_by
from onrecord.reports import Independents, independent

#: About so many mentions are put together first where a question asks for the first events.
_A_PART = 500


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What events are asked for; empty fields ask for all.

    ``actor`` is a name (or part of one) of anybody in the event or of a side behind them; ``by`` and ``to`` ask for it among those
    who act and those who are acted on. ``sayings`` adds what PLOVER counts as events and the record as statements. ``since`` and ``until`` are ISO days, months or years, both included.
    """

    code: Root | None = None
    kind: EventKind | None = None
    actor: str | None = None
    by: str | None = None
    to: str | None = None
    since: str | None = None
    until: str | None = None
    place: str | None = None
    dated: bool = False
    sayings: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with what stands behind it: the pages that tell it and how many independent reports these are.

    ``names`` maps the id of every actor and side in it to a name.
    """

    event: Event
    documents: tuple[DocumentRow, ...]
    names: tuple[tuple[str, str], ...] = ()
    reports: int = 1
    independent_reports: int = 0
    unknown_reports: int = 0
    outlets: int = 1

    def name(self, actor_id: str) -> str:
        """The name of an actor or side by its id, the id where none is known."""
        return dict(self.names).get(actor_id, actor_id)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure on one page, with its words and those of its period."""

    figure: Figure
    document: DocumentRow
    words: str
    period: str | None


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story with its documents, its leading events, and how many independent reports it has."""

    story: Story
    documents: tuple[DocumentRow, ...]
    events: tuple[Event, ...]
    reports: int
    independent_reports: int


def events(connection: Connection, wanted: EventFilter) -> list[EventRow]:
    """The events that the filter asks for, in the order of their dates, undated ones last."""
    asked = Wanted.of(wanted.kind, wanted.sayings, wanted.since, wanted.until)
    searched = [name for name in (wanted.actor, wanted.by, wanted.to) if name is not None]
    narrowed = pages_holding(connection, asked, searched, wanted.place) if searched or wanted.place else None
    names = _names(connection)
    families = press(connection)
    rows: list[EventRow] = []
    if narrowed is None and wanted.limit is not None:
        for found, pages in _by_time(connection, asked, wanted.limit):
            rows += [_row(event, pages, names, families) for event in found if _is_wanted(event, wanted, names)]
            if len(rows) >= wanted.limit:
                return rows[: wanted.limit]
        if wanted.dated or (not asked.whole and not _may_be_later(connection, asked)):
            return rows
    found, pages = _all(connection, asked, narrowed)
    rows = [_row(event, pages, names, families) for event in found if _is_wanted(event, wanted, names)]
    return rows[: wanted.limit] if wanted.limit is not None else rows


def _may_be_later(connection: Connection, asked: Wanted) -> bool:
    """True where a mention has no first day but a last one: it stands in no part of the time, and may be of all days asked for."""
    t = schema.event_mentions
    blocks = [f"{family_}:{BOUNDED}" for family_ in sorted(asked.families)]
    unbounded = select(t.c.id).where(t.c.block.in_(blocks), t.c.date_earliest.is_(None)).limit(1)
    return asked.until is None and connection.execute(unbounded).first() is not None


def _by_time(
    connection: Connection, asked: Wanted, limit: int
) -> Iterator[tuple[tuple[Event, ...], dict[str, DocumentRow]]]:
    """The events that have a time, part by part in the order of their dates: the first are there before the others are read."""
    spans = windows(connection, asked, max(_A_PART, 4 * limit))
    for number, (first, last) in enumerate(spans):
        lower = "" if number == 0 else first
        upper = spans[number + 1][0] if number + 1 < len(spans) else "9999"
        found, pages = _all(connection, Wanted(asked.families, first, last))
        yield tuple(e for e in found if lower <= (e.date.value or e.date.earliest or "9999") < upper), pages


def event(connection: Connection, mention_id: str) -> EventRow:
    """The event that the mention belongs to.

    Raises:
        NotFound: when it belongs to none: words that point back at nothing that is told.
    """
    t = schema.event_mentions
    row = connection.execute(select(t.c.document, t.c.block).where(t.c.id == mention_id)).first()
    if row is not None:
        families = frozenset({row.block.partition(":")[0]})
        wanted = Wanted(families)
        near = pages_beside(connection, row.document, families)
        one = _holding(mention_id, _all(connection, wanted, near)[0])
        months = {m.date.value[:7] for m in one.mentions if m.date.value is not None} if one is not None else set()
        months |= months_around(connection, {m.document for m in one.mentions} if one is not None else set(), families)
        found, pages = _all(connection, wanted, near | pages_in(connection, families, months) | _joined(connection))
        one = _holding(mention_id, found)
        if one is not None:
            return _row(one, pages, _names(connection), press(connection))
    raise errors.NotFound(f"{mention_id} points at an event that no page tells.")


def _holding(mention_id: str, found: Iterable[Event]) -> Event | None:
    return next((one for one in found if any(m.id == mention_id for m in one.mentions)), None)


def _joined(connection: Connection) -> set[str]:
    """The pages of the mentions that reviewers joined or parted, and all in the blocks of these."""
    entries = [e for e in active(log(connection)) if e.kind in (CorrectionKind.JOIN_EVENTS, CorrectionKind.SPLIT_EVENT)]
    t = schema.event_mentions
    found: set[str] = set()
    for part in in_parts({i for entry in entries for i in entry.subject}):
        for row in connection.execute(select(t.c.document, t.c.block).where(t.c.id.in_(part or []))).all():
            of, _, month = row.block.partition(":")
            found |= pages_beside(connection, row.document, frozenset({of}))
            found |= pages_in(connection, frozenset({of}), {month}) if len(month) == 7 else set()
    return found


def stories(connection: Connection) -> list[StoryRow]:
    """The stories that at least two reports tell, in the order of their dates."""
    found, pages = _all(connection, Wanted.of(None, sayings=False))
    by_id = {one.id: one for one in found}
    published = {key: page.published.value for key, page in pages.items()}
    families = press(connection)
    rows = []
    for story in told_by(found, published, active(log(connection))):
        documents = tuple(pages[d] for d in story.documents if d in pages)
        behind = _behind(documents, families)
        if behind.reports > 1:
            leading = tuple(by_id[e] for e in story.events if e in by_id)
            rows.append(StoryRow(story, documents, leading, behind.reports, behind.independent))
    return rows


def figures(connection: Connection) -> list[FigureRow]:
    """Every figure on the lead of each report, in the order of pages and text: copies repeat it and are left out."""
    pages = {row.id: row for row in listing.documents(connection)}
    f, rd = schema.figures, schema.report_documents
    base = select(f).select_from(f.outerjoin(rd, rd.c.document == f.c.document))
    rows = connection.execute(base.where(rd.c.is_lead.is_not(False)).order_by(f.c.document, f.c.start)).mappings()
    found = [
        FigureRow(codec.load(row["figure"], Figure), pages[row["document"]], row["words"], row["period"])
        for row in rows
        if row["document"] in pages
    ]
    return sorted(found, key=lambda r: (r.document.published.value or "9999", r.document.path, r.figure.span))


def _all(
    connection: Connection, wanted: Wanted, documents: set[str] | None = None
) -> tuple[tuple[Event, ...], dict[str, DocumentRow]]:
    """The events of the blocks asked for (others may be parts of their own), and the pages by id; `documents` reads these alone."""
    asked = documents if documents is not None else pages_of(connection, wanted)
    pages = {row.id: row for row in listing.documents(connection, asked)}
    t = schema.event_mentions
    changed = corrected(connection)
    sayings = _sayings(connection, changed) if EventKind.SAYING.value in wanted.families else {}
    kinds = sorted(kind.value for kind in EventKind if family(kind) in wanted.families)
    base = select(t.c.document, t.c.line, t.c.mention).where(t.c.kind.in_(kinds)).order_by(t.c.document, t.c.start)
    tellings = []
    for part in in_parts(asked):
        for row in connection.execute(base if part is None else base.where(t.c.document.in_(part))):
            page = pages[row.document]
            mention = codec.load(row.mention, EventMention)
            if mention.saying in changed.fields.gone:
                continue
            if mention.saying in sayings:
                mention = changed.fields.mention(mention, *sayings[mention.saying])
            if mention.told_in in changed.fields.gone:
                mention = replace(mention, told_in=None)
            mention = changed.identities.mention(mention)
            tellings.append(Telling(mention, row.line, page.report, page.published.value))
    return put_together(tellings, active(log(connection))), pages


def _sayings(connection: Connection, changed: Corrected) -> dict[str | None, tuple[Statement, str]]:
    """The statements whose fields reviewers corrected, as corrected, by id, with their lines."""
    s = schema.statements
    found: dict[str | None, tuple[Statement, str]] = {}
    for part in in_parts(changed.fields.lines):
        for row in connection.execute(select(s.c.id, s.c.line, s.c.statement).where(s.c.line.in_(part or []))):
            found[row.id] = (changed.fields.statement(codec.load(row.statement, Statement), row.line), row.line)
    return found


def _names(connection: Connection) -> dict[str, str]:
    t = schema.actors
    named = {row.id: row.name for row in connection.execute(select(t.c.id, t.c.name))}
    return {key: actor.name for key, actor in corrected(connection).fields.actors().items()} | named


def actors(connection: Connection, ids: Iterable[str]) -> dict[str, Actor]:
    """The actors with the given ids, by id."""
    wanted = set(ids)
    found = identities.some(connection, wanted)
    named = corrected(connection).fields.actors()
    return {key: named[key] for key in sorted(wanted & named.keys() - found.keys())} | found


def _is_known(event: Event) -> bool:
    """False for an event of which no more is known than that it was: nobody with a name or side, no day, no place."""
    somebody = any(p.actor.id is not None or p.sides or p.actor.name[:1].isupper() for p in event.parties)
    return somebody or event.date.value is not None or event.place is not None


def _is_wanted(event: Event, wanted: EventFilter, names: dict[str, str]) -> bool:
    if not _is_known(event):
        return False
    if event.kind is EventKind.SAYING and not wanted.sayings:
        return False
    if wanted.code is not None and event.code is not wanted.code:
        return False
    if wanted.kind is not None and event.kind is not wanted.kind:
        return False
    if wanted.since is not None and (event.date.latest or event.date.value or "") < wanted.since:
        return False
    if wanted.until is not None and (event.date.earliest or event.date.value or "~") > wanted.until + "~":
        return False
    if wanted.dated and event.date.value is None:
        return False
    if wanted.place is not None and not holds(event.place.name if event.place else "", wanted.place):
        return False
    everybody = _parties(event, tuple(Role), names)
    if wanted.actor is not None and not any(holds(name, wanted.actor) for name in everybody):
        return False
    acting = _parties(event, (Role.ACTOR, Role.SIGNATORY), names)
    if wanted.by is not None and not any(holds(name, wanted.by) for name in acting):
        return False
    acted_on = _parties(event, (Role.RECIPIENT, Role.SIGNATORY, Role.HOST), names)
    return wanted.to is None or any(holds(name, wanted.to) for name in acted_on)


def _parties(event: Event, roles: Sequence[Role], names: dict[str, str]) -> list[str]:
    some = [p for p in event.parties if p.role in roles]
    return [*(p.actor.name for p in some), *(names.get(side, side) for p in some for side in p.sides)]


def _row(event: Event, pages: dict[str, DocumentRow], names: dict[str, str], families: Press) -> EventRow:
    documents = tuple(pages[d] for d in dict.fromkeys(m.document for m in event.mentions) if d in pages)
    behind = _behind(documents, families)
    ids = {i for p in event.parties for i in (p.actor.id, *p.sides) if i is not None}
    return EventRow(
        event,
        documents,
        tuple((i, names[i]) for i in sorted(ids) if i in names),
        behind.reports,
        behind.independent,
        behind.unknown,
        behind.outlets,
    )


def row_of(connection: Connection, event: Event, pages: dict[str, DocumentRow]) -> EventRow:
    """The row of one event put together elsewhere; `pages` holds the documents of its mentions by id."""
    ids = {i for p in event.parties for i in (p.actor.id, *p.sides) if i is not None}
    names = {key: actor.name for key, actor in actors(connection, ids).items()}
    return _row(event, pages, names, press(connection))


def _behind(documents: Sequence[DocumentRow], families: Press) -> Independents:
    """What stands behind an event, counted as for a line: by the reports its pages carry."""
    by_report: dict[str, list[DocumentRow]] = {}
    for page in documents:
        by_report.setdefault(page.report or page.id, []).append(page)
    whole = [
        Report(
            key,
            some[0].id,
            some[0].origin,
            tuple(Copy(page.id, 1.0, Independence.COPY) for page in some[1:]),
        )
        for key, some in by_report.items()
    ]
    publisher = {page.id: page.publisher for page in documents}
    return independent(whole, publisher.get, families)
