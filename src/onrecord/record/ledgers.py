"""What the ledgers are computed from, out of the store: only statements of the acts concerned between the sides asked for.

Between sides, what goes from one to another of them is found in the index of parties; what ledgers need besides (words of channels,
of monitors and of outcomes, what stands inside another saying) was marked when it was written. Corrections of actors are applied;
what was known when is left to `onrecord.relations.ledgers`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select

from onrecord.model import (
    Act,
    ActorRef,
    CorrectionKind,
    DateValue,
    EventKind,
    EventMention,
    Modality,
    Relation,
    RelationKind,
    Span,
    active,
    body_of,
)
from onrecord.record import codec, fulltext, query, schema
from onrecord.record.bonds import bonds
from onrecord.record.corrected import corrected, log
from onrecord.record.query import in_parts
from onrecord.record.relations import between_lines
from onrecord.record.sayings import Sayings, published_by
from onrecord.record.sides import KINDS, Sides
from onrecord.relations.events import Telling
from onrecord.relations.ledgers import (
    CHANNEL,
    CHANNEL_WORDS,
    NEEDS_TARGET,
    EventTold,
    Given,
    Saying,
    Sighting,
    last_day,
    speaks_of_channel,
)

#: The acts that ledgers are made of.
ACTS = (
    Act.DEMAND, Act.REQUEST, Act.PROMISE, Act.AGREE, Act.OFFER, Act.ACCUSE, Act.DENY, Act.REJECT, Act.ACKNOWLEDGE, Act.ANNOUNCE,
)  # fmt: skip
#: Those of a promise.
PROMISING = (Act.PROMISE, Act.AGREE, Act.ANNOUNCE)
#: How something is promised; the rest of those acts tells of what is.
_AHEAD = (Modality.FUTURE, Modality.CONDITIONAL, Modality.OBLIGATION)
#: The acts that make rows, whose relations to other lines ledgers tell of.
_CLAIMING = frozenset({*NEEDS_TARGET, *PROMISING, Act.OFFER})
#: The acts that tell of channels, monitors and outcomes.
_TELLING = (Act.ASSERT, Act.CONDEMN)
#: Words of assertions that tell of channels, of monitors, and of what became of a promise.
_WORDS = (
    *CHANNEL_WORDS, "monitors", "observers", "inspectors", "mission", "failed", "missed", "met", "kept", "withdrawn", "completed", "done",
    "released", "freed", "allowed", "admitted", "broke", "broken", "breaking", "word", "gone", "honoured", "fulfilled",
)  # fmt: skip
_MATTERS = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
#: Events that a promise or a forum's meeting can be.
_KEPT_BY, _MET = (EventKind.RELEASE,), (EventKind.MEETING, EventKind.TALKS)
_OF_EVENTS = (CorrectionKind.JOIN_EVENTS, CorrectionKind.SPLIT_EVENT)
_SPEAKING = ("speaker", "on_behalf_of")
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+|\n\s*\n")


def given(connection: Connection, between: Sequence[str] = (), on: str | None = None) -> Given:
    """What ledgers are made from, for all sides or for those with the ids `between`.

    With `on` (an ISO day) pages that are dated later are not even fetched; leave it out where hindsight is wanted. Between sides
    what no known side says is fetched only where its words mark it: it is in no row, and the count of it is one of these.
    """
    work = _Work(connection, between, on)
    s = schema.statements
    if work.members is None:
        work.sayings.add(s.c.act.in_(_values(ACTS)))
        work.sayings.add(s.c.act.in_(_values(_TELLING)), s.c.telling, wanted=_matters)
    else:
        for some in (_directed(work.members), _open(work.members), _spoken(work.members, (Act.ACKNOWLEDGE,))):
            work.sayings.add(s.c.id.in_(some))
        work.sayings.add(s.c.id.in_(_told(work.members)), wanted=_matters)
    return work.given()


def of_promises(connection: Connection, sides: Sequence[str]) -> Given:
    """What tells of the promises of the sides with these ids, to whomever they made them."""
    work = _Work(connection, sides, None)
    s, members = schema.statements, work.members or []
    work.sayings.add(s.c.id.in_(_spoken(members, PROMISING)), s.c.modality.in_([one.value for one in _AHEAD]))
    work.sayings.add(s.c.id.in_(_told(members)), wanted=_matters)
    return work.given()


def can_tell(connection: Connection, lines: Sequence[str]) -> set[str]:
    """Those of the lines that promise something, or whose words can tell what became of a promise."""
    s = schema.statements
    promising = s.c.act.in_(_values(PROMISING))
    rows = connection.execute(select(s.c.line).where(s.c.line.in_(lines), or_(promising, s.c.telling)))
    return set(rows.scalars()) | set(lines) & corrected(connection).fields.lines


class _Work:
    """What is fetched for some sides, or for all."""

    def __init__(self, connection: Connection, between: Sequence[str], on: str | None) -> None:
        self._connection = connection
        self._on = on
        self._changed = corrected(connection)
        self._sides = Sides(connection)
        self.members = self._sides.members(between, self._changed.identities) if between else None
        self.sayings = Sayings(connection, self._sides, self._changed, on)

    def given(self) -> Given:
        """What was fetched, with what it needs: what binds it, holds it, and tells of the same on its pages."""
        connection, members, on = self._connection, self.members, self._on
        self.sayings.add_lines(self._changed.fields.lines)
        relations = self._bound()
        if members is not None:
            self._add_nobodys()
        self.sayings.add_outer()
        sayings = self.sayings.made()
        in_force = active(log(connection))
        return Given(
            sayings,
            tuple(relations),
            _tellings(connection, members, self._sides.forums(), on),
            tuple(c for c in in_force if c.kind in _OF_EVENTS),
            _sightings(connection, self.sayings, sayings, self._sides, members, on),
            self._sides.forums(),
            self._sides.names(),
            bonds(connection, in_force).withdrawn,
            _last(connection),
        )

    def _bound(self) -> list[Relation]:
        """The relations of what makes rows, and of what repeats it; the lines at their other ends are added."""
        corrected_ = self._changed.fields.lines
        new = {r.line for r in self.sayings.rows.values() if Act(r.act) in _CLAIMING or r.line in corrected_}
        asked: set[str] = set()
        found: dict[str, Relation] = {}
        while new:
            asked |= new
            some = between_lines(self._connection, new)
            found |= {r.id: r for r in some}
            new = {line for r in some if r.kind is RelationKind.REPEATS for line in (r.subject, r.object)} - asked
        self.sayings.add_lines({line for r in found.values() for line in (r.subject, r.object)})
        return [found[key] for key in sorted(found)]

    def _add_nobodys(self) -> None:
        """Adds what the pages of all that tell themselves: the reporter's own "had been let in" stands there."""
        s, a = schema.statements, schema.statement_actors
        spoken = select(a.c.statement).where(a.c.statement == s.c.id, a.c.role.in_(_SPEAKING))
        telling = (s.c.telling, s.c.act.in_(_values(_TELLING)), ~spoken.exists())
        for part in in_parts({row.document for row in self.sayings.rows.values()}):
            self.sayings.add(s.c.document.in_(part or []), *telling, wanted=_matters)


def _values(acts: Iterable[Act]) -> list[str]:
    return sorted(act.value for act in acts)


def _matters(row: Row[Any]) -> bool:
    """False for assertions without one of the words."""
    return Act(row.act) not in _TELLING or _MATTERS.search(row.content_text) is not None


def _spoken(members: Sequence[str], acts: Iterable[Act]) -> Select[tuple[str]]:
    """The ids of what somebody of the sides says in one of these acts."""
    a = schema.statement_actors
    return select(a.c.statement).where(a.c.actor.in_(members), a.c.role.in_(_SPEAKING), a.c.act.in_(_values(acts)))


def _directed(members: Sequence[str]) -> Select[tuple[str]]:
    """The ids of what one of the sides asks of one of them, or alleges."""
    aim, by = schema.statement_actors, schema.statement_actors.alias()
    spoken = select(by.c.statement).where(
        by.c.statement == aim.c.statement, by.c.role.in_(_SPEAKING), by.c.actor.in_(members)
    )
    return select(aim.c.statement).where(
        aim.c.actor.in_(members), aim.c.role == "target", aim.c.act.in_(_values(NEEDS_TARGET)), spoken.exists()
    )


def _open(members: Sequence[str]) -> Select[tuple[str]]:
    """The ids of what one of the sides promises or offers to one of them, or to nobody that is a side."""
    a, k = schema.statement_actors, schema.actors
    by, aim = a.alias(), a.alias()
    targets = select(aim.c.statement).where(aim.c.statement == by.c.statement, aim.c.role == "target")
    of_others = targets.where(aim.c.actor == k.c.id, k.c.kind.in_(sorted(KINDS)))
    return select(by.c.statement).where(
        by.c.actor.in_(members),
        by.c.role.in_(_SPEAKING),
        by.c.act.in_(_values((*PROMISING, Act.OFFER))),
        or_(~of_others.exists(), targets.where(aim.c.actor.in_(members)).exists()),
    )


def _told(members: Sequence[str]) -> Select[tuple[str]]:
    """The ids of what was marked as telling, in which somebody of the sides has a part."""
    a = schema.statement_actors
    return select(a.c.statement).where(a.c.actor.in_(members), a.c.telling)


def _last(connection: Connection) -> str | None:
    """The last day on which a page is known to have come out, None where no page has a date."""
    d = schema.documents
    value = connection.execute(select(func.max(d.c.published_value))).scalar()
    if value is None:
        return None
    # "2032" stands before "2032-02-10" and may be later; of whole days the last one is enough.
    may_be = or_(d.c.published_value == value, func.length(d.c.published_value) < len("2032-02-10"))
    asked = select(d.c.published).where(d.c.published_value >= value[:4], may_be).distinct()
    rows = connection.execute(asked).scalars()
    return max((day for row in rows if (day := last_day(codec.load(row, DateValue))) is not None), default=None)


def _any_word(connection: Connection, words: Iterable[str]) -> ColumnElement[bool]:
    return schema.statements.c.id.in_(fulltext.statements(connection, list(words), any_of=True))


def _tellings(
    connection: Connection, members: Sequence[str] | None, forums: frozenset[str], on: str | None
) -> tuple[EventTold, ...]:
    """The mentions of the events that ledgers look at, with the reports that carry them: releases, and meetings of forums."""
    t, a, d, rd = schema.event_mentions, schema.event_actors, schema.documents, schema.report_documents
    asked = (
        select(t.c.line, t.c.mention, d.c.published, d.c.published_value, rd.c.report)
        .select_from(t.join(d, d.c.id == t.c.document).outerjoin(rd, rd.c.document == t.c.document))
        .order_by(t.c.document, t.c.start, t.c.id)
    )
    kept, met = (t.c.kind.in_([kind.value for kind in kinds]) for kinds in (_KEPT_BY, _MET))
    if members is None:
        asked = asked.where(or_(kept, met))
    else:
        of_forums = t.c.id.in_(select(a.c.mention).where(a.c.actor.in_(sorted(forums))))
        asked = asked.where(
            t.c.id.in_(select(a.c.mention).where(a.c.actor.in_(members))), or_(kept, and_(met, of_forums))
        )
    if on is not None:
        asked = asked.where(d.c.published_value <= on)
    return tuple(
        EventTold(
            Telling(codec.load(row.mention, EventMention), row.line, row.report, row.published_value),
            published_by(row.published),
        )
        for row in connection.execute(asked)
    )


def _sightings(
    connection: Connection,
    work: Sayings,
    sayings: Sequence[Saying],
    sides: Sides,
    members: Sequence[str] | None,
    on: str | None,
) -> tuple[Sighting, ...]:
    """The sentences in which pages name a channel themselves: on pages where somebody quoted speaks of one, or one is broken off."""
    s, t, a = schema.statements, schema.event_mentions, schema.event_actors
    broken = select(t.c.document).where(t.c.kind == EventKind.RUPTURE.value)
    if members is not None:
        broken = broken.where(t.c.id.in_(select(a.c.mention).where(a.c.actor.in_(members))))
        speaking = {r.document for r in work.rows.values() if r.telling and speaks_of_channel(r.content_text)}
    else:
        spoken = select(s.c.document).where(_any_word(connection, CHANNEL_WORDS))
        speaking = set(connection.execute(spoken).scalars())
    speaking |= set(connection.execute(broken).scalars())
    named: dict[str, dict[str, ActorRef]] = {}
    for saying in sayings:
        if saying.document in speaking:
            named.setdefault(saying.document, {}).update({r.name: r for r in (*saying.sides, *saying.targets) if r.id})
    states = sides.names()
    found = []
    for page in _naming(connection, work, speaking, on):
        document = query.document(connection, page)
        quoted = [
            Span(start, end)
            for stored in connection.execute(select(s.c.statement).where(s.c.document == page)).scalars()
            for start, end in json.loads(stored)["content"]
        ]
        here = [ref for ref in named.get(page, {}).values() if ref.id in states]
        for span in _sentences(document.text, body_of(document.text, document.lines)):
            words = span.of(document.text)
            match = CHANNEL.search(words)
            if match is None or any(
                q.overlaps(Span(span.start + match.start(), span.start + match.end())) for q in quoted
            ):
                continue
            comma = words.find(",", match.end())
            clause = words if comma < 0 else words[:comma]
            parties = tuple(sorted((ref for ref in here if _names(clause, ref.name)), key=lambda ref: ref.id or ""))
            found.append(Sighting(page, " ".join(words.split()), parties, published_by(codec.dump(document.published))))
    return tuple(found)


def _naming(connection: Connection, work: Sayings, pages: Iterable[str], on: str | None) -> list[str]:
    """Those of the pages that name a channel outside the sayings fetched already, by id: most name one only where somebody does."""
    d = schema.documents
    said: dict[str, list[Row[Any]]] = {}
    for row in work.rows.values():
        if row.telling:
            said.setdefault(row.document, []).append(row)
    asked = select(d.c.id, d.c.text)
    if on is not None:
        asked = asked.where(d.c.published_value <= on)
    found = []
    for part in in_parts(pages):
        for page in connection.execute(asked.where(d.c.id.in_(part or []))):
            spans = [tuple(at) for row in said.get(page.id, ()) for at in json.loads(row.statement)["content"]]
            for match in CHANNEL.finditer(page.text):
                if not any(start < match.end() and match.start() < end for start, end in spans):
                    found.append(page.id)
                    break
    return sorted(found)


def _names(words: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", words) is not None


def _sentences(text: str, body: Iterable[Span]) -> list[Span]:
    """The stretches of the body between full stops, question marks and blank lines; enough to look for a word's neighbours."""
    found = []
    for part in body:
        start = part.start
        for end in [m.end() for m in _SENTENCE_END.finditer(text, part.start, part.end)] + [part.end]:
            if text[start:end].strip():
                found.append(Span(start, end))
            start = end
    return found
