"""Which mentions can be one event with those asked for: blocks by family of kinds and month, and the pages behind them.

Mentions of two texts are put together only within one family and one month (`onrecord.relations.events.sameness`); those without
a month only with mentions of their own page, of copies of it, of a reviewer's correction, or, where their scene was news when their
page came out, of the days before. So the mentions of the blocks asked for, all of their family on their pages, the same on the pages
that share a line or a report with them, and those without a date on pages of these months give the events of these blocks as the
whole record would.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, literal, or_, select

from onrecord.model import CorrectionKind, EventKind, EventMention, Precision, active
from onrecord.record import schema
from onrecord.record.codec import search_form
from onrecord.record.corrected import corrected, log
from onrecord.record.query import in_parts
from onrecord.relations.events import SCENE_FAMILIES, family

#: The month of a mention that has bounds and no month; it sorts behind all months.
BOUNDED = "~"
#: With more pages than these that name somebody, the months they are of are most of the record.
_MANY = 200


def block_of(mention: EventMention) -> str:
    """The block of a mention: its family and, after a colon, its month ("2015-05"), its year, `BOUNDED`, or nothing."""
    value = mention.date.value
    if value is not None and mention.date.precision in (Precision.DAY, Precision.MONTH):
        when = value[:7]
    elif value is not None:
        when = value[:4]
    else:
        when = BOUNDED if mention.date.earliest is not None or mention.date.latest is not None else ""
    return f"{family(mention.kind)}:{when}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The families that are asked for, and the first and last month ("2015-05") of what is; no months ask for all."""

    families: frozenset[str]
    since: str | None = None
    until: str | None = None

    @property
    def whole(self) -> bool:
        """True when every month is asked for."""
        return self.since is None and self.until is None

    @classmethod
    def of(cls, kind: EventKind | None, sayings: bool, since: str | None = None, until: str | None = None) -> Wanted:
        """What a question for a kind, with or without sayings, between two ISO days, months or years needs."""
        kinds = [kind] if kind is not None else [k for k in EventKind if sayings or k is not EventKind.SAYING]
        last = until if until is None or len(until) > 4 else f"{until}-12"
        return cls(frozenset(family(k) for k in kinds), since[:7] if since else None, last[:7] if last else None)


def pages_of(connection: Connection, wanted: Wanted) -> set[str] | None:
    """The documents whose mentions are to be put together for `wanted`; None for all of them."""
    if wanted.whole:
        return None
    t = schema.event_mentions
    corrected_ones = connection.execute(select(schema.corrections.c.id).limit(1)).first() is not None
    blocks = _in_blocks(wanted, corrected_ones)
    asked = set(connection.execute(select(t.c.document).where(blocks).distinct()).scalars())
    asked |= _undated(connection, wanted.families, wanted.since, wanted.until)
    return _with_joined(connection, _spread(connection, asked, wanted.families), wanted)


def pages_beside(connection: Connection, document: str, families: frozenset[str]) -> set[str]:
    """The documents that share a line or a report with `document`, itself among them."""
    return _spread(connection, {document}, families)


def pages_in(connection: Connection, families: frozenset[str], months: Iterable[str]) -> set[str]:
    """The documents with a mention of the families in one of the months, and those that share a line or a report with them."""
    t = schema.event_mentions
    blocks = [f"{one}:{month}" for one in sorted(families) for month in sorted(set(months))]
    found: set[str] = set()
    for part in in_parts(blocks):
        found.update(connection.execute(select(t.c.document).where(t.c.block.in_(part or [])).distinct()).scalars())
    for month in sorted(set(months)):
        found |= _undated(connection, families, month, month)
    return _spread(connection, found, families)


def pages_holding(connection: Connection, wanted: Wanted, names: Sequence[str], place: str | None) -> set[str] | None:
    """The documents that give every event with one of the names (as searched for) in it, or at the place; None where these are many.

    Nothing is narrowed where there are corrections: they may name an actor anew.
    """
    if connection.execute(select(schema.corrections.c.id).limit(1)).first() is not None:
        return None
    t, a, known = schema.event_mentions, schema.event_actors, schema.actors
    families = frozenset(wanted.families)
    question = select(t.c.document, t.c.block)
    for name in names:
        ids = [row.id for row in connection.execute(select(known.c.id, known.c.name)) if holds(row.name, name)]
        told = (literal(" ") + a.c.search_name + literal(" ")).contains(f" {search_form(name)} ", autoescape=True)
        by_id = [a.c.actor.in_(part or []) for part in in_parts(ids)] if ids else []
        question = question.where(t.c.id.in_(select(a.c.mention).where(or_(told, *by_id))))
    if place is not None:
        bare = select(t.c.place_name).where(t.c.place_name.is_not(None)).distinct()
        places = [name for name in connection.execute(bare).scalars() if holds(name, place)]
        question = question.where(t.c.place_name.in_(places[:_MANY]))
        if len(places) > _MANY:
            return None
    rows = [row for row in connection.execute(question) if row.block.partition(":")[0] in families]
    asked = {row.document for row in rows}
    if len(asked) > _MANY:
        return None
    near = _spread(connection, asked, families)
    months, published = _months_on(connection, near, families)
    return near | pages_in(connection, families, months | published)


def holds(name: str, wanted: str) -> bool:
    """True when the words of `wanted` stand in `name`, as names are searched."""
    return f" {search_form(wanted)} " in f" {search_form(name)} "


def windows(connection: Connection, wanted: Wanted, size: int) -> list[tuple[str, str]]:
    """The times of the mentions asked for in parts that follow one another, each of about twice as many mentions as the one before.

    A part is its first and its last time ("2015" or "2015-05"); the first holds about `size` mentions.
    """
    t = schema.event_mentions
    counted: dict[str, int] = {}
    grouped = select(t.c.block, func.count()).where(_in_blocks(wanted, False)).group_by(t.c.block)
    for block, number in connection.execute(grouped):
        when = block.partition(":")[2]
        if when[:1].isdigit():
            counted[when] = counted.get(when, 0) + number
    found: list[tuple[str, str]] = []
    first, held = "", 0
    for when in sorted(counted):
        first = first or when
        held += counted[when]
        if held >= size:
            found.append((first, when))
            first, held, size = "", 0, size * 2
    return [*found, (first, max(counted))] if first else found


def months_around(connection: Connection, documents: set[str], families: frozenset[str]) -> set[str]:
    """The months that mentions of the families on the documents have, or can be news of."""
    months, published = _months_on(connection, documents, families)
    return months | published


def _months_on(connection: Connection, documents: set[str], families: frozenset[str]) -> tuple[set[str], set[str]]:
    t, d = schema.event_mentions, schema.documents
    months: set[str] = set()
    undated: set[str] = set()
    for part in in_parts(documents):
        for row in connection.execute(select(t.c.document, t.c.block).where(t.c.document.in_(part or []))):
            of, _, when = row.block.partition(":")
            if of in families and len(when) == 7:
                months.add(when)
            elif of in families & SCENE_FAMILIES and not when:
                undated.add(row.document)
    published: set[str] = set()
    for part in in_parts(undated) if undated else ():
        days = connection.execute(select(d.c.published_value).where(d.c.id.in_(part or []))).scalars()
        published.update(
            month for day in days if day and len(day) >= 10 for month in (day[:7], _month_after(day[:7], -1))
        )
    return months, published


def _month_after(month: str, steps: int = 1) -> str:
    at = int(month[:4]) * 12 + int(month[5:7]) - 1 + steps
    return f"{at // 12:04d}-{at % 12 + 1:02d}"


def _undated(connection: Connection, families: frozenset[str], since: str | None, until: str | None) -> set[str]:
    """The documents that came out in the months, or in the one after, with a mention without a date that can be news of them."""
    t, d = schema.event_mentions, schema.documents
    blocks = [f"{one}:" for one in sorted(families & SCENE_FAMILIES)]
    question = select(t.c.document).join(d, d.c.id == t.c.document).where(t.c.block.in_(blocks))
    if since is not None:
        question = question.where(d.c.published_value >= since)
    if until is not None:
        last = _month_after(until) if len(until) == 7 else until
        question = question.where(d.c.published_value < f"{last}~")
    return set(connection.execute(question.distinct()).scalars())


def _in_blocks(wanted: Wanted, corrected_ones: bool) -> ColumnElement[bool]:
    t = schema.event_mentions
    parts: list[ColumnElement[bool]] = []
    for one in sorted(wanted.families):
        if one == EventKind.SAYING.value and corrected_ones:
            # A reviewer may have given a saying another day than the one it was read with.
            parts.append(t.c.block.between(f"{one}:", f"{one}:{BOUNDED}"))
            continue
        first = f"{one}:{(wanted.since or '0')[:4]}"
        last = f"{one}:{wanted.until}" if wanted.until is not None else f"{one}:{BOUNDED}"
        parts.append(t.c.block.between(first, last))
        parts.append(t.c.block == f"{one}:{BOUNDED}")
    return or_(*parts)


def _spread(connection: Connection, documents: set[str], families: frozenset[str]) -> set[str]:
    """`documents` with all that share a line of the families or a report with them, however many steps away."""
    t, rd = schema.event_mentions, schema.report_documents
    moved = corrected(connection).report_of
    found, new = set(documents), set(documents)
    while new:
        lines: set[str] = set()
        reports: set[str] = {moved[d].id for d in new if d in moved}
        for part in in_parts(new):
            rows = connection.execute(select(t.c.line, t.c.block).where(t.c.document.in_(part or [])))
            lines.update(row.line for row in rows if row.block.partition(":")[0] in families)
            reports.update(connection.execute(select(rd.c.report).where(rd.c.document.in_(part or []))).scalars())
        near = {d for d, report in moved.items() if report.id in reports}
        for part in in_parts(lines):
            near.update(connection.execute(select(t.c.document).where(t.c.line.in_(part or []))).scalars())
        for part in in_parts(reports):
            near.update(connection.execute(select(rd.c.document).where(rd.c.report.in_(part or []))).scalars())
        new = near - found
        found |= new
    return found


def _with_joined(connection: Connection, pages: set[str], wanted: Wanted) -> set[str]:
    """The pages with those that a reviewer joined to them or parted from them, and the months of what stands there."""
    entries = [
        set(entry.subject)
        for entry in active(log(connection))
        if entry.kind in (CorrectionKind.JOIN_EVENTS, CorrectionKind.SPLIT_EVENT)
    ]
    if not entries:
        return pages
    t = schema.event_mentions
    behind: dict[str, tuple[str, str]] = {}
    for part in in_parts({i for entry in entries for i in entry}):
        asked = select(t.c.id, t.c.document, t.c.block).where(t.c.id.in_(part or []))
        behind.update((row.id, (row.document, row.block)) for row in connection.execute(asked))
    grown = True
    while grown:
        grown = False
        for entry in entries:
            meant = [behind[i] for i in sorted(entry) if i in behind]
            if not meant or all(document in pages for document, _ in meant) or not any(d in pages for d, _ in meant):
                continue
            pages = pages | _around(connection, [document for document, _ in meant], wanted.families)
            grown = True
    return pages


def _around(connection: Connection, documents: Sequence[str], families: frozenset[str]) -> set[str]:
    """The documents, and all in the blocks of what they tell."""
    t = schema.event_mentions
    months: set[str] = set()
    for part in in_parts(documents):
        blocks = connection.execute(select(t.c.block).where(t.c.document.in_(part or []))).scalars()
        months.update(month for block in blocks if len(month := block.partition(":")[2]) == 7)
    return _spread(connection, set(documents), families) | pages_in(connection, families, months)
