"""Mentions and statements of one document become actors and places, or stay unresolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.knowledge import Knowledge
from onrecord.model import Actor, ActorKind, ActorRef, Document, Reading, Reason, Resolution, Span, Statement
from onrecord.resolution.aims import Aims
from onrecord.resolution.answers import THRESHOLD, Answer, nobody
from onrecord.resolution.cast import Cast
from onrecord.resolution.dates import date_statements
from onrecord.resolution.discourse import Discourse
from onrecord.resolution.events import EventResolution
from onrecord.resolution.phrases import PhraseParser
from onrecord.resolution.scene import Scene
from onrecord.resolution.sides import Sides
from onrecord.resolution.types import MentionResolution, Resolved
from onrecord.resolution.where import Where
from onrecord.resolution.who import Who

_PLURALS = frozenset(
    {"people", "police", "men", "women", "media", "opposition", "two", "three", "several", "staff", "crew"}
)
#: A source that is one person without a name.
_ONE = re.compile(r"(?:an?|one|another)\s", re.IGNORECASE)


class Resolver:
    """Resolves readings against what is known. It keeps nothing between documents: their order does not matter."""

    version = "rules-1"

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def resolve(self, document: Document, reading: Reading, report: str | None = None) -> Resolved:
        """The `reading` of `document` with speakers, addressees, targets and places.

        `report` is the id of the report the document leads, if any: people and groups known from the page alone get
        ids from it, so that copies of one text have the same ones. Nothing below the threshold is filled in; the reason
        for it is kept with the statement.
        """
        return _Resolution(document, reading, self._knowledge, report).resolved()

    def mentions(
        self, document: Document, reading: Reading, report: str | None = None
    ) -> tuple[MentionResolution, ...]:
        """Whom each mention of `reading` refers to, in its order. A record keeps no mentions, so that `resolve` leaves them out."""
        return _Resolution(document, reading, self._knowledge, report).mentions()

    def meant(self, document: Document, reading: Reading, span: Span, report: str | None = None) -> Resolution:
        """Whom the phrase at `span` of `document` refers to, after all its sayings were resolved."""
        return _Resolution(document, reading, self._knowledge, report, asked=(span,)).meant(span)


class _Resolution:
    """The work on one document."""

    def __init__(
        self,
        document: Document,
        reading: Reading,
        knowledge: Knowledge,
        report: str | None,
        asked: Sequence[Span] = (),
    ) -> None:
        """`asked` are phrases that are asked about and may name people whom no mention marks."""
        self._reading = reading
        self._scene = Scene(document, reading, knowledge, report)
        parser = PhraseParser(self._scene)
        self._cast = Cast(
            self._scene, parser, [*(s for statement in reading.statements for s in statement.source), *asked]
        )
        self._discourse = Discourse(self._scene, self._cast)
        self._sides = Sides(self._scene, self._cast)
        self._who = Who(self._scene, parser, self._cast, self._discourse, self._sides)
        self._aims = Aims(self._scene, self._who, self._sides, reading.statements)
        self._where = Where(self._scene, self._cast.people_in)
        self._actors: dict[str, Actor] = {}
        self._speakers: dict[str, Answer] = {}

    def resolved(self) -> Resolved:
        done = {s.id: self._statement(s) for s in self._in_text_order()}
        reading = replace(self._reading, statements=tuple(done[s.id] for s in self._reading.statements))
        reading = date_statements(self._scene.document, reading)
        known = {actor_id for actor_id, actor in self._actors.items() if actor.provisional}
        events = EventResolution(self._scene, self._who, self._sides, self._where, known)
        reading = replace(reading, events=events.resolve(reading))
        self._actors.update((actor.id, actor) for actor in events.actors)
        return Resolved(reading, tuple(self._actors[i] for i in sorted(self._actors)))

    def mentions(self) -> tuple[MentionResolution, ...]:
        """Whom each mention refers to, after all sayings were resolved."""
        self.resolved()
        return tuple(MentionResolution(m, self._of_mention(m.span).resolution()) for m in self._reading.mentions)

    def meant(self, span: Span) -> Resolution:
        """Whom one phrase refers to."""
        self.resolved()
        return self._who.is_meant(span).resolution()

    def _of_mention(self, span: Span) -> Answer:
        """Whom a mention refers to. Somebody known from this page alone who has no part in a saying is not profiled."""
        answer = self._who.is_meant(span)
        if any(a.provisional and a.id not in self._actors for a, _ in answer.actors):
            return nobody("not-profiled")
        return self._kept(answer)

    def _in_text_order(self) -> list[Statement]:
        """Outer sayings before the sayings inside them, else as their sources (or cues, or contents) stand in the text."""
        by_id = {s.id: s for s in self._reading.statements}

        def depth(statement: Statement) -> int:
            count = 0
            while statement.nested_in in by_id and count < len(by_id):
                statement, count = by_id[statement.nested_in], count + 1
            return count

        return sorted(self._reading.statements, key=lambda s: (depth(s) > 0, depth(s), _anchor(s), s.id))

    def _statement(self, statement: Statement) -> Statement:
        enclosing = self._speakers.get(statement.nested_in or "", nobody("not-nested"))
        speakers = self._kept(self._spoken_by(statement, enclosing))
        self._speakers[statement.id] = speakers
        actors = [a for a, _ in speakers.actors] if speakers.sure else []
        if statement.source and (actors or speakers.rule != "pronoun-inside-quotation"):
            single = _ONE.match(statement.source[0].of(self._scene.text)) is not None or _is_single(actors)
            outer = statement.nested_in is None and not self._scene.quoted(_anchor(statement))
            self._discourse.note(_anchor(statement), actors, outer, single)
        sides = self._behind(actors)
        addressees = self._kept(self._several(statement.addressee))
        target = self._kept(self._aims.target(statement, actors, self._answered(statement)))
        reasons = [_reason("speakers", speakers, statement.source)]
        if statement.addressee:
            reasons.append(_reason("addressees", addressees, statement.addressee))
        if target.actors:
            reasons.append(_reason("target", target, statement.target_spans))
        place = self._where.place(statement, actors)
        if place is not None:
            reasons.append(place[1])
        return replace(
            statement,
            speakers=speakers.refs() if speakers.sure else (),
            on_behalf_of=tuple(ActorRef(s.id, s.name) for s in sides),
            addressees=addressees.refs() if addressees.sure else (),
            target=target.refs() if target.sure else (),
            place=statement.place if place is None else place[0],
            reasons=(*statement.reasons, *reasons),
        )

    def _spoken_by(self, statement: Statement, enclosing: Answer) -> Answer:
        if not statement.source:
            return nobody("no-source-in-text")
        inside = [a for a, _ in enclosing.actors] if enclosing.sure else []
        if len(statement.source) == 1:
            return self._who.is_meant(statement.source[0], inside)
        return self._several(statement.source, inside)

    def _several(self, spans: Sequence[Span], enclosing: Sequence[Actor] = ()) -> Answer:
        """The actors of several spans: each resolved on its own; a span that adds a title to another adds nobody."""
        found: dict[str, tuple[Actor, Span | None]] = {}
        score, rules, notes = 1.0, [], []
        for span in spans:
            answer = self._who.is_meant(span, enclosing)
            if not answer.sure:
                continue
            for actor, at in answer.actors:
                found.setdefault(actor.id, (actor, at))
            score = min(score, answer.score)
            rules.append(answer.rule)
            notes.extend([answer.note] if answer.note is not None else [])
        if not found:
            return nobody("no-span-resolved")
        return Answer(tuple(found.values()), score, "+".join(dict.fromkeys(rules)), "; ".join(notes) or None)

    def _answered(self, statement: Statement) -> Answer | None:
        """The speakers of the first saying that the content of `statement` reports."""
        for other in self._in_text_order():
            if other.nested_in == statement.id and other.source:
                answer = self._who.is_meant(other.source[0])
                return answer if answer.sure else None
        return None

    def _behind(self, actors: Sequence[Actor]) -> list[Actor]:
        """The states and organisations the speakers speak for, other than themselves."""
        found: dict[str, Actor] = {}
        for actor in actors:
            side = self._sides.side_of(actor)
            if side is not None and side.id != actor.id:
                found.setdefault(side.id, side)
                self._actors.setdefault(side.id, side)
        return list(found.values())

    def _kept(self, answer: Answer) -> Answer:
        if answer.sure:
            for actor, _ in answer.actors:
                self._actors[actor.id] = actor
        return answer


def _is_single(actors: Sequence[Actor]) -> bool:
    """True for one unnamed actor whose first words hold no plural ("Lenne Star's captain", not "people in the room")."""
    if len(actors) != 1 or actors[0].kind is not ActorKind.UNNAMED_GROUP:
        return False
    words = actors[0].name.casefold().split(" of ")[0].split()[:4]
    return not any(w in _PLURALS or (w.endswith("s") and not w.endswith(("'s", "’s"))) for w in words)


def _anchor(statement: Statement) -> int:
    spans = statement.source or statement.cue or statement.content
    return spans[0].start if spans else 0


def _reason(field: str, answer: Answer, spans: Sequence[Span]) -> Reason:
    names = ", ".join(a.name for a, _ in answer.actors)
    if answer.actors and answer.score < THRESHOLD:
        detail = f"unresolved: only {answer.score:.2f} for {names}"
    elif not answer.actors:
        detail = "unresolved"
    else:
        detail = names
    if answer.note is not None:
        detail = f"{detail}; {answer.note}"
    return Reason(field, answer.rule, round(answer.score, 2), spans[0] if spans else None, detail)
