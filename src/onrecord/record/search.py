"""Search: a page of lines for words and filters, with counts by speaker, target, act, outlet and year.

Made for records of a million statements: what is counted and sorted is bounded by `CONSIDERED`, and the result
says when it hit a bound. Copies of one saying are one line, and corrections of actors and reports are applied.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, case, distinct, false, func, or_, select, text

from onrecord.model import Act, ActorRef, Span, Statement, StatementPart, envelope
from onrecord.record import codec, fulltext, listing, schema
from onrecord.record.corrected import Corrected, corrected
from onrecord.record.identities import NOBODY_RENAMED, Identities
from onrecord.record.query import in_parts
from onrecord.record.rows import StatementRow

#: Of more matches than this the newest are taken, sorted and counted by facet.
CONSIDERED = 1_000
#: Of more matches of words than this the last read are taken, before anything else is asked of them.
_MATCHED = 3_000
#: Of one party so many statements are taken, the newest: on copies and outside the article's text some fall away.
_NEWEST = 4 * CONSIDERED
#: Names that a name may stand for, and characters shown around the words of a statement.
_NAMES, _AROUND = 400, 240
_SPEAKING = ("speaker", "on_behalf_of")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for; empty fields ask for all.

    ``words`` must all stand in the content or among its parties. ``by`` and ``target`` are ids of actors (any of them), ``by_name``
    and ``target_name`` parts of names. ``since`` and ``until`` are ISO days, months or years, both included. ``documents`` are ids;
    an empty tuple means none, None all; ``part`` is where on the page it stands. ``offset`` and ``limit`` cut the page out of the order: newest first unless ``oldest``, undated last.
    """

    words: str | None = None
    by: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    by_name: str | None = None
    target_name: str | None = None
    act: tuple[Act, ...] = ()
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    documents: tuple[str, ...] | None = None
    min_confidence: float = 0.0
    part: StatementPart | None = StatementPart.BODY
    oldest: bool = False
    offset: int = 0
    limit: int = 25


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a facet: what to filter by, what to show, and how many of the lines considered have it."""

    value: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one field among the lines considered, most frequent first (years in their order)."""

    field: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line found, with the words of its page around it, from the same paragraph: half-open offsets ``before`` to ``after``."""

    row: StatementRow
    passage: str
    start: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of lines. ``total`` counts the lines considered, which the facets count; ``more`` is set when there are others."""

    lines: tuple[Line, ...]
    total: int
    more: bool
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class _Hit:
    id: str
    line: str
    document: str
    act: str
    day: str | None
    start: int
    #: Who says it and whom it is aimed at, where a reviewer corrected the line.
    parties: tuple[tuple[ActorRef, ...], tuple[ActorRef, ...]] | None = None


def search(connection: Connection, wanted: Search, *, facets: bool = True) -> Found:
    """The page of lines that `wanted` asks for, with facets over the lines considered."""
    changed = corrected(connection)
    named = changed.identities
    hits = [*_hits(connection, wanted, changed), *_reviewed(connection, wanted, changed)]
    more = len(hits) > CONSIDERED
    hits = sorted(hits, key=_oldest if wanted.oldest else _newest)[:CONSIDERED]
    lines: dict[str, _Hit] = {}
    for hit in hits:
        lines.setdefault(hit.line, hit)
    ordered = list(lines.values())
    page = ordered[wanted.offset : wanted.offset + wanted.limit]
    counted = _facets(connection, ordered, hits, named) if facets else ()
    return Found(_lines(connection, page), len(lines), more, counted)


def _oldest(hit: _Hit) -> tuple[bool, str, str, int, str]:
    return (hit.day is None, hit.day or "", hit.document, hit.start, hit.id)


def _newest(hit: _Hit) -> tuple[bool, tuple[int, ...], str, int, str]:
    # ISO days sort backwards by the negated numbers of their characters.
    return (hit.day is None, tuple(-ord(c) for c in hit.day or ""), hit.document, hit.start, hit.id)


def _hits(connection: Connection, wanted: Search, changed: Corrected) -> list[_Hit]:
    s = schema.statements
    order = [s.c.date_value.is_(None), s.c.date_value.asc() if wanted.oldest else s.c.date_value.desc()]
    if connection.dialect.name == "sqlite" and not wanted.oldest:
        # NULL is smallest there, so that the index on dates gives this order without a sort.
        order = [s.c.date_value.desc()]
    asked = (
        select(s.c.id, s.c.line, s.c.document, s.c.act, s.c.date_value, s.c.start)
        .where(*_where(connection, wanted, changed))
        .order_by(*order)
        .limit(CONSIDERED + 1)
    )
    return [_Hit(r.id, r.line, r.document, r.act, r.date_value, r.start) for r in connection.execute(asked)]


def _reviewed(connection: Connection, wanted: Search, changed: Corrected) -> list[_Hit]:
    """The lines that reviewers corrected and that are what is asked for as they are now."""
    if not changed.fields.lines:
        return []
    s, steady = schema.statements, replace(wanted, words=None, by=(), target=(), by_name=None, target_name=None)
    steady = replace(steady, act=(), since=None, until=None)
    conditions = _conditions(connection, steady, changed.identities)
    line = {
        row.id: row.line
        for part in in_parts(changed.fields.lines - changed.fields.withdrawn)
        for row in connection.execute(select(s.c.id, s.c.line).where(s.c.line.in_(part or []), *conditions))
    }
    found = []
    for row in listing.statement_rows(connection, line) if line else ():
        one = row.statement
        if _fits(one, row.content, wanted):
            by = (*one.speakers, *one.on_behalf_of)
            found.append(
                _Hit(
                    one.id,
                    line[one.id],
                    one.document,
                    one.act.value,
                    one.date.value,
                    one.content[0].start,
                    (by, one.target),
                )
            )
    return found


def _fits(statement: Statement, content: str, wanted: Search) -> bool:
    by = (*statement.speakers, *statement.on_behalf_of)
    date = statement.date.value
    said = " ".join((content, *(ref.name for ref in (*by, *statement.target))))
    return (
        (not wanted.by or any(ref.id in wanted.by for ref in by))
        and (not wanted.target or any(ref.id in wanted.target for ref in statement.target))
        and (not wanted.by_name or any(_has(codec.search_form(ref.name), wanted.by_name) for ref in by))
        and (
            not wanted.target_name or any(_has(codec.search_form(r.name), wanted.target_name) for r in statement.target)
        )
        and (not wanted.act or statement.act in wanted.act)
        and (not wanted.since or (date or "") >= wanted.since)
        and (not wanted.until or (date or "~~") <= wanted.until + "~")
        and (not wanted.words or _stand_in(wanted.words, said))
    )


def _stand_in(words: str, said: str) -> bool:
    """True when `words` has tokens and all of them are tokens of `said`."""
    tokens = fulltext.tokens(words)
    return bool(tokens) and set(tokens) <= set(fulltext.tokens(said))


def where(connection: Connection, wanted: Search) -> list[ColumnElement[bool]]:
    """The conditions of `wanted` on the table of statements, all of which must hold; for counts that other modules make."""
    return _where(connection, wanted, corrected(connection))


def _where(connection: Connection, wanted: Search, changed: Corrected) -> list[ColumnElement[bool]]:
    found = _conditions(connection, wanted, changed.identities)
    if changed.fields.lines:
        # What reviewers corrected is compared as it is now, in `_reviewed`.
        found.append(schema.statements.c.line.not_in(changed.fields.lines))
    return found


def _conditions(connection: Connection, wanted: Search, named: Identities) -> list[ColumnElement[bool]]:
    s = schema.statements
    found: list[ColumnElement[bool]] = []
    names: list[list[str]] = []
    newest = _stands_alone(wanted)
    for roles, ids, name in ((_SPEAKING, wanted.by, wanted.by_name), (("target",), wanted.target, wanted.target_name)):
        if ids:
            found.append(_party(_of_ids([*ids, *named.called(ids)]), roles, wanted, newest=newest))
        if name:
            renamed = [a.id for a in named.actors().values() if _has(codec.search_form(a.name), name)]
            called = _called(connection, name, [*renamed, *named.called(renamed)])
            found.append(_party(called, roles, wanted, newest=newest))
            names.append(_WORD.findall(codec.search_form(name)))
    if wanted.words:
        found.append(_words(connection, wanted.words, names))
    if wanted.act:
        found.append(s.c.act.in_([act.value for act in wanted.act]))
    if wanted.since:
        found.append(s.c.date_value >= wanted.since)
    if wanted.until:
        found.append(s.c.date_value <= wanted.until + "~")
    if wanted.outlet:
        d = schema.documents
        found.append(s.c.document.in_(select(d.c.id).where(d.c.publisher == wanted.outlet)))
    if wanted.documents is not None:
        found.append(s.c.document.in_(wanted.documents))
    if wanted.part is not None:
        found.append(s.c.part == wanted.part.value)
    if wanted.min_confidence > 0:
        found.append(s.c.confidence >= wanted.min_confidence)
    return found


def _stands_alone(wanted: Search) -> bool:
    """True where one party is asked for and nothing that its index does not hold: then the newest of it are enough."""
    parties = sum(bool(given) for given in (wanted.by, wanted.by_name, wanted.target, wanted.target_name))
    others = wanted.words or wanted.outlet or wanted.documents is not None or wanted.min_confidence > 0
    return parties == 1 and not others


def _of_ids(ids: Iterable[str]) -> ColumnElement[bool]:
    return schema.statement_actors.c.actor.in_(sorted(set(ids)))


def _called(connection: Connection, name: str, ids: Iterable[str]) -> ColumnElement[bool]:
    """Whoever is called so: actors by their ids, which the index of parties lists, and by name who has no actor of that name."""
    t, a = schema.statement_actors, schema.actors
    names = names_like(connection, name)
    known = {
        row.id: row.search_name
        for row in connection.execute(select(a.c.id, a.c.search_name).where(a.c.search_name.in_(names)))
    }
    rest = sorted(set(names) - set(known.values()))
    found = [_of_ids([*known, *ids])]
    return or_(*found, t.c.search_name.in_(rest)) if rest else found[0]


def _party(party: ColumnElement[bool], roles: Sequence[str], wanted: Search, *, newest: bool) -> ColumnElement[bool]:
    """The statements in which the party has one of the roles, the act and the days asked for with it."""
    t, s = schema.statement_actors, schema.statements
    some = select(t.c.statement).where(party, t.c.role.in_(roles))
    if wanted.act:
        some = some.where(t.c.act.in_([act.value for act in wanted.act]))
    if wanted.since:
        some = some.where(t.c.day >= wanted.since)
    if wanted.until:
        some = some.where(t.c.day <= wanted.until + "~")
    if newest:
        order = t.c.day.asc() if wanted.oldest else t.c.day.desc()
        some = some.order_by(order.nulls_last(), t.c.statement).limit(_NEWEST)
    return s.c.id.in_(select(some.subquery().c.statement))


def _has(form: str, name: str) -> bool:
    return set(codec.search_form(name).split()) <= set(form.split())


def names_like(connection: Connection, name: str) -> list[str]:
    """The search forms of names in the record that hold all words of `name`, found by walking the index of names."""
    words = codec.search_form(name).split()
    if not words:
        return []
    t = "statement_actors"
    walk = text(
        f"WITH RECURSIVE n(x) AS (SELECT min(search_name) FROM {t} UNION ALL "
        f"SELECT (SELECT min(search_name) FROM {t} WHERE search_name > n.x) FROM n WHERE n.x IS NOT NULL) "
        "SELECT x FROM n WHERE x IS NOT NULL"
    )
    wanted = set(words)
    return [x for x in connection.execute(walk).scalars() if wanted <= set(x.split())][:_NAMES]


def _words(connection: Connection, words: str, names: Sequence[Sequence[str]]) -> ColumnElement[bool]:
    """Statements in whose words all of `words` stand: of very many the last read. Names asked for beside them narrow the index."""
    tokens = fulltext.tokens(words)
    if not tokens:
        return false()
    some = fulltext.statements(connection, [*tokens, *(token for name in names for token in name)])
    if connection.dialect.name == "sqlite":
        some = some.order_by(text("rowid DESC"))
    return schema.statements.c.id.in_(select(some.limit(_MATCHED).subquery().c.statement))


def _lines(connection: Connection, page: Sequence[_Hit]) -> tuple[Line, ...]:
    """The lines of the hits in their order, each once, as told by the page that stands for it."""
    s, rd = schema.statements, schema.report_documents
    standing: dict[str, tuple[bool, bool, str]] = {}
    for part in in_parts([hit.line for hit in page]):
        asked = (
            select(s.c.id, s.c.line, rd.c.is_lead)
            .select_from(s.outerjoin(rd, rd.c.document == s.c.document))
            .where(s.c.line.in_(part or []))
        )
        for row in connection.execute(asked):
            rank = (not row.is_lead, row.id != row.line, row.id)
            standing[row.line] = min(standing.get(row.line, rank), rank)
    ids = {standing[hit.line][2]: hit for hit in page}
    rows = {r.statement.id: r for r in listing.statement_rows(connection, ids)} if ids else {}
    found: list[Line] = []
    told: set[str] = set()
    for one in ids:
        # Pages that a reviewer joined share lines that the machine kept apart.
        if not told & {one, *(copy.statement for copy in rows[one].copies)}:
            found.append(with_passage(connection, rows[one]))
        told.add(one)
    return tuple(found)


def with_passage(connection: Connection, row: StatementRow) -> Line:
    """The line with the paragraph around it, as far as it is near."""
    s, d = row.statement, schema.documents
    whole = envelope((*s.source, *s.cue, *s.content)) or Span(0, 0)
    first = max(0, whole.start - _AROUND)
    length = whole.end - first + _AROUND
    cut = select(func.substr(d.c.text, first + 1, length)).where(d.c.id == s.document)
    passage = str(connection.execute(cut).scalar() or "")
    start = passage.rfind("\n", 0, whole.start - first) + 1
    end = passage.find("\n", whole.end - first)
    return Line(row, passage[start : end if end >= 0 else len(passage)], first + start)


def _facets(
    connection: Connection, hits: Sequence[_Hit], copies: Sequence[_Hit], named: Identities
) -> tuple[Facet, ...]:
    acts = Counter(hit.act for hit in hits)
    years = Counter(hit.day[:4] for hit in hits if hit.day)
    outlets = _outlets(connection, copies)
    speakers, targets = _parties(connection, hits, named)
    return (
        Facet("by", speakers),
        Facet("target", targets),
        Facet("act", tuple(Count(value, value, number) for value, number in _most(acts))),
        Facet("outlet", tuple(Count(value, value, number) for value, number in _most(outlets))),
        Facet("year", tuple(Count(value, value, years[value]) for value in sorted(years))),
    )


def _proper_names(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    t = schema.actors
    return {
        row.id: row.name
        for part in in_parts(ids)
        for row in connection.execute(select(t.c.id, t.c.name).where(t.c.id.in_(part or [])))
    }


def _most(counts: Counter[str], number: int = 12) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:number]


def _outlets(connection: Connection, hits: Iterable[_Hit]) -> Counter[str]:
    """How many lines each outlet carries, copies too."""
    d = schema.documents
    carried: dict[str, set[str]] = {}
    for hit in hits:
        carried.setdefault(hit.document, set()).add(hit.line)
    lines: dict[str, set[str]] = {}
    for part in in_parts(carried):
        for row in connection.execute(select(d.c.id, d.c.publisher).where(d.c.id.in_(part or []))):
            if row.publisher:
                lines.setdefault(row.publisher, set()).update(carried[row.id])
    return Counter({outlet: len(some) for outlet, some in lines.items()})


def _parties(
    connection: Connection, hits: Iterable[_Hit], named: Identities
) -> tuple[tuple[Count, ...], tuple[Count, ...]]:
    t = schema.statement_actors
    numbers: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    names: dict[str, str] = {}
    reviewed = {hit.id: hit.parties for hit in hits if hit.parties is not None}
    for one in reviewed.values():
        for aimed, refs in enumerate(one):
            for ref in {ref.id: ref for ref in refs if ref.id is not None}.values():
                numbers[not aimed][str(ref.id)] += 1
                names.setdefault(str(ref.id), ref.name)
    document = {hit.id: hit.document for hit in hits if hit.id not in reviewed}
    for part in in_parts(document):
        those = t.c.statement.in_(part or []), t.c.role.in_((*_SPEAKING, "target")), t.c.actor.is_not(None)
        if named == NOBODY_RENAMED:
            # Counted by the store, which is a third of the time; who is merged or parted is told page by page.
            aim = case((t.c.role == "target", 1), else_=0)
            counted = select(
                t.c.actor, aim.label("aimed"), func.min(t.c.name), func.count(distinct(t.c.statement))
            ).where(*those)
            for actor, aimed_, name, number in connection.execute(counted.group_by(t.c.actor, aim)):
                numbers[not aimed_][actor] += number
                names.setdefault(actor, name)
            continue
        seen = set()
        for row in connection.execute(select(t.c.statement, t.c.role, t.c.actor, t.c.name).where(*those)):
            now = named.now(row.actor, document[row.statement])
            actor, name = (now.id, now.name) if now is not None else (row.actor, row.name)
            at = row.role == "target"
            if (row.statement, at, actor) not in seen:
                seen.add((row.statement, at, actor))
                numbers[not at][actor] += 1
                names.setdefault(actor, name)
    names |= _proper_names(connection, names)
    said, aimed_at = (
        tuple(Count(actor, names[actor], number) for actor, number in _most(numbers[which])) for which in (True, False)
    )
    return said, aimed_at
