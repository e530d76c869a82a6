"""What the ledgers are computed from, out of the store: only statements of the acts concerned between the sides asked for.

Assertions are many and few of them matter here: they are found by the words that speak of channels, monitors and outcomes.
Corrections of actors are applied; what was known when is left to `onrecord.relations.ledgers`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, select

from onrecord.model import (
    Act,
    Actor,
    ActorKind,
    ActorRef,
    CorrectionKind,
    DateValue,
    EventKind,
    EventMention,
    Modality,
    Polarity,
    Span,
    Statement,
    StatementPart,
    active,
    body_of,
    errors,
)
from onrecord.record import codec, fulltext, query, schema
from onrecord.record.bonds import bonds
from onrecord.record.corrected import Corrected, corrected, log
from onrecord.record.identities import Identities
from onrecord.record.query import in_parts
from onrecord.record.relations import between_lines
from onrecord.relations.events import Telling
from onrecord.relations.ledgers import CHANNEL, CHANNEL_WORDS, EventTold, Given, Part, Saying, Sighting, last_day

#: The acts that ledgers are made of.
ACTS = (
    Act.DEMAND, Act.REQUEST, Act.PROMISE, Act.AGREE, Act.OFFER, Act.ACCUSE, Act.DENY, Act.REJECT, Act.ACKNOWLEDGE, Act.ANNOUNCE,
)  # fmt: skip
#: Those of a promise.
PROMISING = (Act.PROMISE, Act.AGREE, Act.ANNOUNCE)
#: The acts that tell of channels, monitors and outcomes.
_TELLING = (Act.ASSERT, Act.CONDEMN)
#: Words of assertions that tell of channels, of monitors, and of what became of a promise.
_WORDS = (
    *CHANNEL_WORDS, "monitors", "observers", "inspectors", "mission", "failed", "missed", "met", "kept", "withdrawn", "completed", "done",
    "released", "freed", "allowed", "admitted", "broke", "broken", "breaking", "word", "gone", "honoured", "fulfilled",
)  # fmt: skip
_CHANNEL_WORD = re.compile(rf"\b(?:{'|'.join(CHANNEL_WORDS)})\b", re.IGNORECASE)
_MATTERS = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
#: Events that a promise or a forum's meeting can be.
_KINDS = (EventKind.RELEASE, EventKind.MEETING, EventKind.TALKS)
_OF_EVENTS = (CorrectionKind.JOIN_EVENTS, CorrectionKind.SPLIT_EVENT)
_SPEAKING = ("speaker", "on_behalf_of")
_ABOVE = (ActorKind.STATE.value, ActorKind.ARMED_GROUP.value)
_GROUP = ActorKind.UNNAMED_GROUP.value
_SIDES = frozenset(
    kind.value
    for kind in (
        ActorKind.STATE,
        ActorKind.ORGANISATION,
        ActorKind.FORUM,
        ActorKind.ARMED_GROUP,
        ActorKind.GOVERNMENT_ORGAN,
    )
)
_JOIN = " … "
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+|\n\s*\n")


def given(connection: Connection, between: Sequence[str] = (), on: str | None = None) -> Given:
    """What ledgers are made from, for all sides or for those with the ids `between`.

    With `on` (an ISO day) pages that are dated later are not even fetched; leave it out where hindsight is wanted.
    """
    sides = Sides(connection)
    changed = corrected(connection)
    work = _Fetch(connection, sides, changed, on)
    members = sides.members(between, changed.identities) if between else None
    work.add(_acts(members))
    work.add_lines(changed.fields.lines)
    _add_told(work, connection, members)
    relations = between_lines(connection, {row["line"] for row in work.rows.values()})
    work.add_lines({line for r in relations for line in (r.subject, r.object)})
    work.add_outer()
    sayings = work.sayings()
    return Given(
        sayings,
        tuple(relations),
        _tellings(connection, members, on),
        tuple(c for c in active(log(connection)) if c.kind in _OF_EVENTS),
        _sightings(connection, sayings, sides, members, on),
        sides.forums(),
        sides.names(),
        bonds(connection, active(log(connection))).withdrawn,
    )


def of_promises(connection: Connection, lines: Sequence[str]) -> set[str]:
    """Those of the lines that promise something, or whose words can tell what became of a promise."""
    s = schema.statements
    rows = connection.execute(select(s.c.line, s.c.act, s.c.content_text).where(s.c.line.in_(lines)))
    promising = {act.value for act in PROMISING}
    return {row.line for row in rows if row.act in promising or _MATTERS.search(row.content_text)}


def side(connection: Connection, actor: Actor) -> ActorRef:
    """The state or organisation that an actor of the record belongs to, itself where it belongs to none.

    A person belongs to the one side that every statement of theirs is made for, joint ones among them.

    Raises:
        NotFound: a person who speaks for nobody.
        Ambiguous: one who spoke for several sides.
    """
    sides = Sides(connection)
    top = sides.top(ActorRef(actor.id, actor.name))
    if actor.kind is not ActorKind.PERSON or top.id != actor.id:
        return top
    a, b = schema.statement_actors, schema.statement_actors.alias()
    spoken = connection.execute(
        select(b.c.statement, b.c.actor, b.c.name)
        .select_from(a.join(b, b.c.statement == a.c.statement))
        .where(a.c.role == "speaker", a.c.actor == actor.id, b.c.role == "on_behalf_of", b.c.actor.is_not(None))
    )
    behind: dict[str, dict[str | None, ActorRef]] = {}
    for row in spoken:
        ref = sides.top(ActorRef(row.actor, row.name))
        behind.setdefault(row.statement, {})[ref.id] = ref
    if not behind:
        raise errors.NotFound(f"{actor.name} speaks for no state or organisation in this record.")
    found = {key: ref for some in behind.values() for key, ref in some.items()}
    always = [key for key in sorted(found, key=str) if all(key in some for some in behind.values())]
    if len(always) != 1:
        names = ", ".join(found[key].name for key in sorted(found, key=str))
        raise errors.Ambiguous(f"{actor.name} speaks for several sides: {names}; name one of them.")
    return found[always[0]]


def _acts(members: Sequence[str] | None) -> list[ColumnElement[bool]]:
    s = schema.statements
    found: list[ColumnElement[bool]] = [s.c.act.in_([act.value for act in ACTS])]
    return [*found, *_by(members, ACTS)]


def _by(members: Sequence[str] | None, acts: Sequence[Act]) -> list[ColumnElement[bool]]:
    """Statements of these acts in which somebody of the sides has a part, as who says it or as whom it is aimed at."""
    if members is None:
        return []
    a = schema.statement_actors
    return [
        schema.statements.c.id.in_(
            select(a.c.statement).where(a.c.actor.in_(members), a.c.act.in_([act.value for act in acts]))
        )
    ]


def _add_told(work: _Fetch, connection: Connection, members: Sequence[str] | None) -> None:
    """Adds assertions that have one of the words: all, or those in which the sides have a part.

    With sides, those of nobody named count too, on the pages on which the sides said or were told something: the reporter's own
    "had been let in" stands there.
    """
    s, a = schema.statements, schema.statement_actors
    telling = s.c.act.in_([act.value for act in _TELLING])
    if members is None:
        work.add([telling, _any_word(connection, _WORDS)])
        return
    work.add([telling, *_by(members, _TELLING)], matters=True)
    speaker = select(a.c.statement).where(a.c.statement == s.c.id, a.c.role.in_(_SPEAKING))
    for part in in_parts({row["document"] for row in work.rows.values()}):
        work.add([telling, s.c.document.in_(part or []), ~speaker.exists()], matters=True)


def _any_word(connection: Connection, words: Iterable[str]) -> ColumnElement[bool]:
    return schema.statements.c.id.in_(fulltext.statements(connection, list(words), any_of=True))


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    kind: str
    above: str | None
    provisional: bool


class Sides:
    """The states and organisations behind actors, by what they are part of."""

    def __init__(self, connection: Connection) -> None:
        t = schema.actors
        rows = connection.execute(select(t.c.id, t.c.name, t.c.kind, t.c.part_of, t.c.provisional))
        self._known = {row.id: _Known(row.name, row.kind, row.part_of, bool(row.provisional)) for row in rows}

    def top(self, ref: ActorRef) -> ActorRef:
        """The state or organisation above an actor; the actor itself where none is known."""
        key, seen = ref.id, set[str]()
        while key is not None and key not in seen:
            seen.add(key)
            actor = self._known.get(key)
            if actor is None or actor.kind in _ABOVE or actor.above not in self._known:
                break
            key = actor.above
        if key is None or key == ref.id:
            return ref
        return ActorRef(key, self._known[key].name)

    def takes_part(self, actor_id: str) -> bool:
        """True for what can be a side of a dispute: a state, an organisation, an armed group, a named group of states.

        Persons without an office, residents and unnamed diplomats are none; what they want is in the list of statements.
        """
        actor = self._known.get(actor_id)
        return actor is not None and (actor.kind in _SIDES or (actor.kind == _GROUP and not actor.provisional))

    def members(self, sides: Sequence[str], named: Identities) -> list[str]:
        """The ids of all actors that belong to one of the sides, under the names they were read by too."""
        wanted = set(sides)
        found = {i for i in self._known if (self.top(ActorRef(i, i)).id or "") in wanted} | wanted
        return sorted(found | set(named.called(found)))

    def forums(self) -> frozenset[str]:
        """The ids of forums."""
        return frozenset(i for i, actor in self._known.items() if actor.kind == ActorKind.FORUM.value)

    def names(self) -> dict[str, str]:
        """The names of states, organisations and forums by id, and of nobody else."""
        return {i: actor.name for i, actor in sorted(self._known.items()) if actor.kind in _SIDES}


class _Fetch:
    """Statements fetched once each, and made into sayings."""

    def __init__(self, connection: Connection, sides: Sides, changed: Corrected, on: str | None) -> None:
        self._connection = connection
        self._sides = sides
        self._changed = changed
        self._on = on
        self.rows: dict[str, RowMapping] = {}
        s, d, rd = schema.statements, schema.documents, schema.report_documents
        self._base = select(
            s.c.id, s.c.line, s.c.document, s.c.act, s.c.content_text, s.c.statement, d.c.published, rd.c.is_lead,
        ).select_from(
            s.join(d, d.c.id == s.c.document).outerjoin(rd, rd.c.document == s.c.document)
        ).where(s.c.part == StatementPart.BODY.value)  # fmt: skip
        if on is not None:
            self._base = self._base.where(d.c.published_value <= on)

    def add(self, where: Iterable[ColumnElement[bool]], *, matters: bool = False) -> None:
        """Adds the statements for which all of `where` hold, with `matters` only those that have one of the words."""
        for row in self._connection.execute(self._base.where(and_(*where))).mappings():
            if not matters or _MATTERS.search(row["content_text"]):
                self.rows[row["id"]] = row

    def add_lines(self, lines: Iterable[str]) -> None:
        """Adds the statements of these lines, on every copy."""
        have = {row["line"] for row in self.rows.values()}
        for part in in_parts(set(lines) - have):
            self.add([schema.statements.c.line.in_(part or [])])

    def add_outer(self) -> None:
        """Adds the statements that hold others, however deep these lie."""
        missing = {"-"}
        while missing:
            outer = {json.loads(row["statement"]).get("nested_in") for row in self.rows.values()}
            missing = {i for i in outer if i is not None and i not in self.rows}
            before = len(self.rows)
            for part in in_parts(missing):
                self.add([schema.statements.c.id.in_(part or [])])
            if len(self.rows) == before:
                return

    def sayings(self) -> tuple[Saying, ...]:
        """The statements as sayings, in the order of their ids."""
        gone = self._changed.fields.withdrawn
        return tuple(self._saying(row) for _, row in sorted(self.rows.items()) if row["line"] not in gone)

    def _saying(self, row: RowMapping) -> Saying:
        # Read field by field: the whole statement with its reasons costs many times as much.
        s = json.loads(row["statement"])
        if row["line"] in self._changed.fields.lines or s.get("nested_in") in self._changed.fields.gone:
            s = codec.plain(self._changed.fields.statement(codec.load(row["statement"], Statement), row["line"]))
        date = s.get("date") or {}
        people = self._refs(s.get("speakers"), row["document"])
        behalf = self._refs(s.get("on_behalf_of"), row["document"])
        return Saying(
            id=row["id"],
            line=row["line"],
            document=row["document"],
            act=Act(s["act"]),
            text=row["content_text"],
            parts=_parts(s, row["content_text"]),
            speakers=people,
            sides=self._tops(behalf or people),
            targets=self._tops(self._refs(s.get("target"), row["document"])),
            said=date.get("value"),
            earliest=date.get("earliest"),
            latest=date.get("latest"),
            published=_published(row["published"]),
            polarity=Polarity(s.get("polarity", Polarity.AFFIRMATIVE.value)),
            modality=Modality(s.get("modality", Modality.FACT.value)),
            presupposed=bool(s.get("presupposed")),
            nested_in=s.get("nested_in"),
            lead=row["is_lead"] is not False,
        )

    def _refs(self, stored: Sequence[Mapping[str, Any]] | None, document: str) -> tuple[ActorRef, ...]:
        return tuple(
            self._changed.identities.ref(ActorRef(ref.get("id"), ref["name"]), document) for ref in stored or ()
        )

    def _tops(self, refs: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
        found = {
            top.id: top for top in (self._sides.top(ref) for ref in refs) if top.id and self._sides.takes_part(top.id)
        }
        return tuple(found[key] for key in sorted(found))


def _parts(stored: Mapping[str, Any], text: str) -> tuple[Part, ...]:
    """The propositions with their words, cut from the content's text by the offsets of its spans."""
    places: list[tuple[int, int, int]] = []
    at = 0
    for start, end in stored["content"]:
        places.append((start, end, at))
        at += end - start + len(_JOIN)
    found = []
    for proposition in stored.get("propositions", ()):
        words = [_cut(start, end, places, text) for start, end in proposition["content"]]
        deadline = proposition.get("deadline")
        found.append(
            Part(_JOIN.join(w for w in words if w), codec.load(json.dumps(deadline), DateValue) if deadline else None)
        )
    return tuple(found) or (Part(text),)


def _cut(start: int, end: int, places: Sequence[tuple[int, int, int]], text: str) -> str:
    for first, last, at in places:
        if first <= start and end <= last:
            return text[at + start - first : at + end - first]
    return ""


@lru_cache(maxsize=65_536)
def _published(stored: str) -> str | None:
    return last_day(codec.load(stored, DateValue))


def _tellings(connection: Connection, members: Sequence[str] | None, on: str | None) -> tuple[EventTold, ...]:
    """The mentions of the events that ledgers look at, with the reports that carry them."""
    t, a, d, rd = schema.event_mentions, schema.event_actors, schema.documents, schema.report_documents
    asked = (
        select(t.c.line, t.c.mention, d.c.published, d.c.published_value, rd.c.report)
        .select_from(t.join(d, d.c.id == t.c.document).outerjoin(rd, rd.c.document == t.c.document))
        .where(t.c.kind.in_([kind.value for kind in _KINDS]))
        .order_by(t.c.document, t.c.start, t.c.id)
    )
    if members is not None:
        asked = asked.where(t.c.id.in_(select(a.c.mention).where(a.c.actor.in_(members))))
    if on is not None:
        asked = asked.where(d.c.published_value <= on)
    return tuple(
        EventTold(
            Telling(codec.load(row.mention, EventMention), row.line, row.report, row.published_value),
            _published(row.published),
        )
        for row in connection.execute(asked)
    )


def _sightings(
    connection: Connection, sayings: Sequence[Saying], sides: Sides, members: Sequence[str] | None, on: str | None
) -> tuple[Sighting, ...]:
    """The sentences in which pages name a channel themselves: on pages where somebody quoted speaks of one, or one is broken off."""
    s, d, t, a = schema.statements, schema.documents, schema.event_mentions, schema.event_actors
    broken = select(t.c.document).where(t.c.kind == EventKind.RUPTURE.value)
    if members is not None:
        broken = broken.where(t.c.id.in_(select(a.c.mention).where(a.c.actor.in_(members))))
        speaking = {x.document for x in sayings if _CHANNEL_WORD.search(x.text)}
    else:
        spoken = select(s.c.document).where(_any_word(connection, CHANNEL_WORDS))
        speaking = set(connection.execute(spoken).scalars())
    speaking |= set(connection.execute(broken).scalars())
    asked = select(d.c.id, d.c.published)
    if on is not None:
        asked = asked.where(d.c.published_value <= on)
    pages = [row for part in in_parts(speaking) for row in connection.execute(asked.where(d.c.id.in_(part or [])))]
    named: dict[str, dict[str, ActorRef]] = {}
    for saying in sayings:
        named.setdefault(saying.document, {}).update({r.name: r for r in (*saying.sides, *saying.targets) if r.id})
    states = sides.names()
    found = []
    for row in sorted(pages, key=lambda page: str(page.id)):
        document = query.document(connection, row.id)
        quoted = [
            Span(start, end)
            for stored in connection.execute(select(s.c.statement).where(s.c.document == row.id)).scalars()
            for start, end in json.loads(stored)["content"]
        ]
        here = [ref for ref in named.get(row.id, {}).values() if ref.id in states]
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
            found.append(Sighting(row.id, " ".join(words.split()), parties, _published(row.published)))
    return tuple(found)


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
