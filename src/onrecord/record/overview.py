"""The record in numbers: who says what to whom, how much in which month, where, and what came in when it was last read.

Each answer is one or two questions to the store, made for a million statements: grouped there, not row by row here. Copies of one saying
count once. Corrections of actors are applied to the groups.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, distinct, func, select

from onrecord.model import Act, ActorKind, ActorRef, DocumentStatus, Independence, Place, StatementPart
from onrecord.record import identities, listing, schema, search
from onrecord.record.actors import ActorRow
from onrecord.record.corrected import corrected
from onrecord.record.query import in_parts
from onrecord.record.rows import DocumentRow
from onrecord.record.search import Search
from onrecord.record.sides import Sides

_BEHALF = "on_behalf_of"


@dataclass(frozen=True, slots=True)
class Totals:
    """How much the record holds; ``first`` and ``last`` are the days of its dated statements."""

    pages: int
    articles: int
    reports: int
    statements: int
    lines: int
    events: int
    relations: int
    outlets: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one side says to another: lines by act, most frequent first. Both are states or organisations."""

    by: ActorRef
    to: ActorRef
    lines: int
    acts: tuple[tuple[Act, int], ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of publication: lines that fit, reports that carry one, and all reports of the month."""

    month: str
    lines: int
    reports: int
    all_reports: int

    @property
    def share(self) -> float:
        """The share of the month's reports that carry a line that fits."""
        return self.reports / self.all_reports if self.all_reports else 0.0


@dataclass(frozen=True, slots=True)
class Volume:
    """Months in their order, without gaps where nothing came out; ``undated`` counts fitting lines on pages whose month is not known."""

    months: tuple[Month, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Said:
    """A place where things were said or done, with how many lines and events name it."""

    place: Place
    lines: int
    events: int


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet with its pages: reports it wrote, copies of others' it carried, lines; days of the first and last page."""

    outlet: str | None
    pages: int
    own: int
    copies: int
    lines: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Stance:
    """What somebody does to whom by saying it: how many lines, the first and the last day that are known."""

    act: Act
    target: ActorRef | None
    lines: int
    first: str | None
    last: str | None


def totals(connection: Connection) -> Totals:
    """How much the record holds."""
    d, s, r = schema.documents, schema.statements, schema.reports
    one = func.count
    asked = select(
        select(one()).select_from(d).scalar_subquery(),
        select(one()).select_from(d).where(d.c.status == DocumentStatus.ARTICLE.value).scalar_subquery(),
        select(one()).select_from(r).scalar_subquery(),
        select(one()).select_from(s).scalar_subquery(),
        select(one(distinct(s.c.line))).where(s.c.part == StatementPart.BODY.value).scalar_subquery(),
        select(one(distinct(schema.event_mentions.c.line))).scalar_subquery(),
        select(one()).select_from(schema.relations).scalar_subquery(),
        select(one(distinct(d.c.publisher))).scalar_subquery(),
        select(func.min(s.c.date_value)).scalar_subquery(),
        select(func.max(s.c.date_value)).scalar_subquery(),
    )
    row = tuple(connection.execute(asked).one())
    return Totals(*row)


def matrix(connection: Connection, *, since: str | None = None, until: str | None = None) -> tuple[Cell, ...]:
    """Who speaks to whom, side by side, the most often first; a side that speaks of itself is left out."""
    s, by, to = schema.statements, schema.statement_actors, schema.statement_actors.alias()
    behalf = schema.statement_actors.alias()
    has_behalf = select(behalf.c.statement).where(behalf.c.statement == by.c.statement, behalf.c.role == _BEHALF)
    asked = (
        select(by.c.actor, to.c.actor.label("aim"), s.c.act, func.count(distinct(s.c.line)).label("lines"))
        .select_from(to.join(by, by.c.statement == to.c.statement).join(s, s.c.id == to.c.statement))
        .where(s.c.part == StatementPart.BODY.value)
        .where(to.c.role == "target", to.c.actor.is_not(None), by.c.actor.is_not(None))
        # Whoever speaks for a side stands in two rows of a statement, as speaker and as the side: the side counts.
        .where((by.c.role == _BEHALF) | ((by.c.role == "speaker") & ~has_behalf.exists()))
        .group_by(by.c.actor, to.c.actor, s.c.act)
    )
    if since:
        asked = asked.where(s.c.date_value >= since)
    if until:
        asked = asked.where(s.c.date_value <= until + "~")
    sides = Sides(connection)
    named = corrected(connection).identities
    known: dict[str, ActorRef] = {}
    names = {row.id: row.name for row in connection.execute(select(schema.actors.c.id, schema.actors.c.name))}

    def top(actor: str) -> str | None:
        now = named.now(actor, "")
        ref = sides.top(ActorRef(actor, names.get(actor, actor)) if now is None else ActorRef(now.id, now.name))
        if ref.id is None or not sides.takes_part(ref.id):
            return None
        known[ref.id] = ref
        return ref.id

    rows = list(connection.execute(asked))
    tops = {actor: top(actor) for actor in sorted({actor for row in rows for actor in (row.actor, row.aim)})}
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        one, two = tops[row.actor], tops[row.aim]
        if one is not None and two is not None and one != two:
            counts[one, two][row.act] += row.lines
    cells = []
    for (one, two), acts in counts.items():
        ordered = sorted(acts.items(), key=lambda item: (-item[1], item[0]))
        cells.append(Cell(known[one], known[two], acts.total(), tuple((Act(act), number) for act, number in ordered)))
    return tuple(sorted(cells, key=lambda c: (-c.lines, c.by.name, c.to.name)))


def stances(connection: Connection, ids: Sequence[str], limit: int = 60) -> tuple[Stance, ...]:
    """What the actors with these ids do to whom, the most often first; what is said on their behalf counts."""
    s, by, to = schema.statements, schema.statement_actors, schema.statement_actors.alias()
    said = select(by.c.statement).where(by.c.actor.in_(ids), by.c.role.in_(("speaker", _BEHALF)))
    number = func.count(distinct(s.c.line))
    asked = (
        select(s.c.act, to.c.actor, func.min(to.c.name).label("name"), number.label("lines"),
               func.min(s.c.date_value).label("first"), func.max(s.c.date_value).label("last"))
        .select_from(s.outerjoin(to, and_(to.c.statement == s.c.id, to.c.role == "target", to.c.actor.is_not(None))))
        .where(s.c.id.in_(said), s.c.part == StatementPart.BODY.value)
        .group_by(s.c.act, to.c.actor)
        .order_by(number.desc(), s.c.act, to.c.actor)
        .limit(limit)
    )  # fmt: skip
    return tuple(
        Stance(Act(r.act), ActorRef(r.actor, r.name) if r.actor else None, r.lines, r.first, r.last)
        for r in connection.execute(asked)
    )


def volume(connection: Connection, wanted: Search | None = None) -> Volume:
    """Lines and reports by month of publication, of all statements or of those that `wanted` asks for."""
    s, d, rd = schema.statements, schema.documents, schema.report_documents
    month = func.substr(d.c.published_value, 1, 7)
    counted = (
        select(month.label("month"), func.count(distinct(rd.c.report)).label("number"))
        .select_from(d.join(rd, rd.c.document == d.c.id))
        .where(func.length(d.c.published_value) >= 7)
        .group_by(month)
    )
    every: dict[str, int] = {row.month: row.number for row in connection.execute(counted)}
    asked = select(
        month.label("month"), func.count(distinct(s.c.line)).label("lines"), func.count(distinct(rd.c.report)).label("reports")
    ).select_from(s.join(d, d.c.id == s.c.document).outerjoin(rd, rd.c.document == d.c.id))  # fmt: skip
    asked = asked.where(*search.where(connection, wanted or Search()))
    found = {row.month: row for row in connection.execute(asked.group_by(month))}
    undated = sum(row.lines for key, row in found.items() if key is None or len(key) < 7)
    months = [
        Month(
            key, found[key].lines if key in found else 0, found[key].reports if key in found else 0, every.get(key, 0)
        )
        for key in _without_gaps([key for key in {*every, *found} if key is not None and len(key) == 7])
    ]
    return Volume(tuple(months), undated)


def _without_gaps(months: Sequence[str]) -> list[str]:
    if not months:
        return []
    (year, number), last = (int(part) for part in min(months).split("-")), max(months)
    found = []
    while (key := f"{year:04}-{number:02}") <= last:
        found.append(key)
        year, number = (year, number + 1) if number < 12 else (year + 1, 1)
    return found


def places(connection: Connection, limit: int = 400) -> tuple[Said, ...]:
    """Places with coordinates, those named most often first; one of the name's places stands for the name."""
    found: dict[str, Said] = {}
    numbers: dict[str, list[int]] = {}
    for at, (t, stored) in enumerate(
        ((schema.statements, schema.statements.c.statement), (schema.event_mentions, schema.event_mentions.c.mention))
    ):
        asked = (
            select(t.c.place_name, func.count(distinct(t.c.line)).label("lines"), func.min(t.c.id).label("one"))
            .where(t.c.place_name.is_not(None))
            .group_by(t.c.place_name)
            .order_by(func.count(distinct(t.c.line)).desc(), t.c.place_name)
            .limit(limit)
        )
        rows = list(connection.execute(asked))
        texts = {
            row.id: row[1]
            for part in in_parts([row.one for row in rows])
            for row in connection.execute(select(t.c.id, stored).where(t.c.id.in_(part or [])))
        }
        for row in rows:
            place = json.loads(texts[row.one]).get("place") or {}
            lat, lon = place.get("lat"), place.get("lon")
            numbers.setdefault(row.place_name, [0, 0])[at] = row.lines
            if row.place_name not in found or found[row.place_name].place.lat is None:
                found[row.place_name] = Said(Place(row.place_name, lat, lon, place.get("country")), 0, 0)
    made = [Said(said.place, *numbers[name]) for name, said in found.items()]
    return tuple(sorted(made, key=lambda p: (-p.lines - p.events, p.place.name)))


def outlets(connection: Connection) -> tuple[OutletRow, ...]:
    """The outlets with their pages, those with most first; pages of unnamed outlets are one row."""
    d, rd, s = schema.documents, schema.report_documents, schema.statements
    lines = select(s.c.document, func.count(distinct(s.c.line)).label("number")).group_by(s.c.document).subquery()
    article = d.c.status == DocumentStatus.ARTICLE.value
    asked = (
        select(
            d.c.publisher,
            func.count().label("pages"),
            func.coalesce(func.sum(case((and_(article, rd.c.is_lead.is_(True)), 1), else_=0)), 0).label("own"),
            func.coalesce(func.sum(case((and_(article, rd.c.is_lead.is_(False)), 1), else_=0)), 0).label("copies"),
            func.coalesce(func.sum(lines.c.number), 0).label("lines"),
            func.min(d.c.published_value).label("first"),
            func.max(d.c.published_value).label("last"),
        )
        .select_from(d.outerjoin(rd, rd.c.document == d.c.id).outerjoin(lines, lines.c.document == d.c.id))
        .group_by(d.c.publisher)
    )
    rows = [OutletRow(*row) for row in connection.execute(asked)]
    return tuple(sorted(rows, key=lambda r: (-r.pages, r.outlet is None, r.outlet or "")))


def statuses(connection: Connection) -> tuple[tuple[DocumentStatus, str | None, int], ...]:
    """How many pages were read, and how many not for which reason."""
    d = schema.documents
    asked = select(d.c.status, d.c.reason, func.count()).group_by(d.c.status, d.c.reason)
    found = [(DocumentStatus(status), reason, number) for status, reason, number in connection.execute(asked)]
    return tuple(sorted(found, key=lambda f: (f[0] is not DocumentStatus.ARTICLE, -f[2], f[0].value, f[1] or "")))


def unread(connection: Connection, limit: int = 500) -> list[DocumentRow]:
    """Pages that hold no article, in the order of their paths."""
    d = schema.documents
    ids = connection.execute(
        select(d.c.id).where(d.c.status != DocumentStatus.ARTICLE.value).order_by(d.c.id).limit(limit)
    ).scalars()
    return listing.documents(connection, list(ids))


def outlets_of(connection: Connection, ids: Iterable[str]) -> dict[str, str | None]:
    """The outlet of the page that each of the statements and event mentions stands on, by its id; None where it is not named."""
    d = schema.documents
    found: dict[str, str | None] = {}
    for part in in_parts(ids):
        for t in (schema.statements, schema.event_mentions):
            asked = select(t.c.id, d.c.publisher).select_from(t.join(d, d.c.id == t.c.document))
            found |= {row.id: row.publisher for row in connection.execute(asked.where(t.c.id.in_(part or [])))}
    return found


def published(connection: Connection) -> tuple[str, str] | None:
    """The first and the last day on which a page of the record came out, None when no page has a day."""
    d = schema.documents.c.published_value
    asked = select(func.min(d), func.max(d)).where(func.length(d) == len("2031-03-04"))
    first, last = connection.execute(asked).one()
    return (first, last) if first is not None else None


@dataclass(frozen=True, slots=True)
class Copied:
    """A report that more than one page carries: its title, origin, day and outlet on the page that is read, and how many pages."""

    report: str
    title: str | None
    outlet: str | None
    published: str | None
    pages: int
    outlets: int


def copied(connection: Connection, limit: int = 1_000) -> tuple[Copied, ...]:
    """The reports with copies as the machine grouped them, those on most pages first."""
    d, lead, rd, r = schema.documents, schema.documents.alias(), schema.report_documents, schema.reports
    number = func.count()
    asked = (
        select(
            r.c.id, lead.c.title, lead.c.publisher, lead.c.published_value, number, func.count(distinct(d.c.publisher))
        )
        .select_from(
            r.join(rd, rd.c.report == r.c.id).join(d, d.c.id == rd.c.document).join(lead, lead.c.id == r.c.lead)
        )
        .group_by(r.c.id, lead.c.title, lead.c.publisher, lead.c.published_value)
        .having(number > 1)
        .order_by(number.desc(), lead.c.published_value.desc().nulls_last(), r.c.id)
        .limit(limit)
    )
    return tuple(Copied(*row) for row in connection.execute(asked))


def origins(connection: Connection) -> tuple[tuple[str | None, Independence, int], ...]:
    """Who made the texts: names of agencies and outlets (None where it is not known), with how many reports, most first."""
    r = schema.reports
    asked = select(r.c.origin_names, r.c.independence, func.count()).group_by(r.c.origin_names, r.c.independence)
    found = [(names or None, Independence(kind), number) for names, kind, number in connection.execute(asked)]
    return tuple(sorted(found, key=lambda f: (-f[2], f[0] or "~", f[1].value)))


def arrived(connection: Connection, since: str, limit: int = 400) -> list[tuple[str, str]]:
    """The documents that came into the record at or after an instant or day, the last first, each with when (UTC)."""
    a = schema.arrivals
    asked = select(a.c.document, a.c.at).where(a.c.at >= since).order_by(a.c.at.desc(), a.c.document).limit(limit)
    return [(row.document, row.at) for row in connection.execute(asked)]


def last_arrival(connection: Connection) -> str | None:
    """When the last page came into the record (UTC), None where that was never kept."""
    found: str | None = connection.execute(select(func.max(schema.arrivals.c.at))).scalar()
    return found


def speakers(connection: Connection) -> tuple[ActorRow, ...]:
    """Everybody who speaks, and the states and organisations for which somebody does, the most often first: as `actors.actors`.

    Grouped by the store; parts of split actors are counted with the one they were split from, and other names are not listed.
    """
    a, s = schema.statement_actors, schema.statements
    asked = (
        select(a.c.actor, a.c.role, func.count(distinct(s.c.line)).label("lines"),
               func.min(s.c.date_value).label("first"), func.max(s.c.date_value).label("last"))
        .select_from(a.join(s, s.c.id == a.c.statement))
        .where(a.c.role.in_(("speaker", _BEHALF)), a.c.actor.is_not(None), s.c.part == StatementPart.BODY.value)
        .group_by(a.c.actor, a.c.role)
    )  # fmt: skip
    named = corrected(connection).identities
    known = identities.everybody(connection) | named.actors()
    said: dict[str, Counter[str]] = defaultdict(Counter)
    days: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(asked):
        actor = named.merged.get(row.actor) or known.get(row.actor)
        if actor is not None:
            said[actor.id][row.role] += row.lines
            days[actor.id] += [day for day in (row.first, row.last) if day is not None]
            known.setdefault(actor.id, actor)
    rows = [
        ActorRow(
            known[key], counts["speaker"], counts[_BEHALF], min(days[key], default=None), max(days[key], default=None)
        )
        for key, counts in said.items()
        if counts["speaker"] or known[key].kind is not ActorKind.PERSON
    ]
    return tuple(sorted(rows, key=lambda r: (-r.statements, -r.for_it, r.actor.name, r.actor.id)))
