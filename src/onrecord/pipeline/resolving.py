"""Who is meant and when, for what the body says and for what the lines outside it say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import (
    Act,
    DateBasis,
    DateEvidence,
    DateValue,
    Document,
    MentionForm,
    MentionLabel,
    Precision,
    Reading,
    Reason,
    Statement,
    StatementPart,
    joined_text,
)
from onrecord.reading.apart import ECHO, stems
from onrecord.resolution import Resolved, Resolver
from onrecord.resolution.dates import with_deadlines

#: Labels of those whom the cast of a page is made from.
_CAST = frozenset({MentionLabel.PERSON, MentionLabel.ORGANISATION})
#: Acts that another telling of the same saying may be given in place of a plainer or a stronger one.
_PLAIN = frozenset({Act.ASSERT, Act.ANNOUNCE, Act.ACKNOWLEDGE})


def of_body(reading: Reading) -> Reading:
    """The reading with what the body says alone."""
    return replace(reading, statements=tuple(s for s in reading.statements if s.part is StatementPart.BODY))


def resolve(resolver: Resolver, document: Document, reading: Reading, report: str | None) -> Resolved:
    """The reading with speakers, dates and deadlines: first the body, then the lines outside it with the body's people.

    What is said outside the body is said on the page's day, and is marked as the same as a saying of the body where it is one. It
    changes nothing in the body: a headline's words are not counted, and nobody is known from a headline alone.
    """
    others = tuple(s for s in reading.statements if s.part is not StatementPart.BODY)
    resolved = resolver.resolve(document, of_body(reading), report)
    done = with_deadlines(document, resolved.reading)
    if not others:
        return replace(resolved, reading=done)
    # The cast is made from names.
    names = tuple(m for m in reading.mentions if m.form is MentionForm.NAME and m.label in _CAST)
    apart = resolver.resolve(document, replace(reading, statements=others, mentions=names, events=()), report)
    known = {actor.id for actor in resolved.actors}
    strangers = {actor.id for actor in apart.actors if actor.provisional and actor.id not in known}
    told = [_dated(document, s) for s in with_deadlines(document, apart.reading).statements]
    marked = tuple(_placed(document, s, done.statements, strangers) for s in told)
    actors = {actor.id: actor for actor in (*apart.actors, *resolved.actors)}
    refs = (ref for s in marked for ref in (*s.speakers, *s.on_behalf_of, *s.addressees, *s.target))
    named = {ref.id for ref in refs if ref.id is not None}
    whole = replace(done, statements=(*done.statements, *marked))
    kept = sorted(known | (named & actors.keys()))
    return replace(resolved, reading=whole, actors=tuple(actors[key] for key in kept))


def _placed(document: Document, statement: Statement, body: Sequence[Statement], strangers: set[str]) -> Statement:
    """The statement beside the body's: with the saying there that it tells once more, and with that one's speakers where it names none.

    "General claims guns were moved" is by the general whom the body has say so; a headline alone makes nobody known.
    """
    terse = statement.part in {StatementPart.HEADLINE, StatementPart.SUBHEADING}
    unknown = not statement.speakers or (terse and any(ref.id in strangers for ref in statement.speakers))
    if unknown:
        statement = replace(statement, speakers=(), on_behalf_of=())
    same = _same(document, statement, body)
    if same is not None and unknown and statement.source and len(same.speakers) == 1:
        reason = Reason(
            "speakers", "the speaker of the same saying in the body", 0.7, statement.source[0], same.speakers[0].name
        )
        reasons = (*(r for r in statement.reasons if r.field != "speakers"), reason)
        statement = replace(statement, speakers=same.speakers, on_behalf_of=same.on_behalf_of, reasons=reasons)
    if same is None:
        return statement
    why = Reason("same_as", "the same side, a like act and half the words", ECHO, same.content[0], same.act.value)
    return replace(statement, same_as=same.id, reasons=(*statement.reasons, why))


def _dated(document: Document, statement: Statement) -> Statement:
    """The statement on the day of its page, when that is known; a charge that nobody is named for has no day."""
    published = document.published
    reasons = tuple(r for r in statement.reasons if r.field not in {"date", "order"})
    if published.precision is not Precision.DAY or published.value is None or not statement.source:
        return replace(statement, date=DateValue(), order=None, reasons=reasons)
    evidence = (DateEvidence(DateBasis.PUBLISHED, None, published.value),)
    when = DateValue(
        published.value, Precision.DAY, DateBasis.PUBLISHED, published.value, published.value, None, None, None, published.inferred, evidence
    )  # fmt: skip
    reason = Reason("date", f"the day of the page, for its {statement.part.value}", 1.0, None, published.value)
    return replace(statement, date=when, order=None, reasons=(*reasons, reason))


def _same(document: Document, statement: Statement, body: Sequence[Statement]) -> Statement | None:
    """The body's statement that `statement` tells once more: by the same side, of like act, with half its words or more."""
    words = stems(joined_text(document.text, statement.content))
    found: list[tuple[int, bool, int, str]] = []
    by_id = {other.id: other for other in body}
    for other in body:
        if not _one_side(statement, other) or not _alike(statement.act, other.act):
            continue
        shared = len(words & stems(joined_text(document.text, other.content)))
        if shared and shared >= ECHO * len(words):
            found.append((-shared, other.nested_in is not None, other.content[0].start, other.id))
    return by_id[min(found)[-1]] if found else None


def _one_side(one: Statement, two: Statement) -> bool:
    """True when somebody speaks in both, himself or through his spokesman; one that nobody is named for may be anybody's."""
    mine = {ref.id for ref in (*one.speakers, *one.on_behalf_of) if ref.id is not None}
    theirs = {ref.id for ref in (*two.speakers, *two.on_behalf_of) if ref.id is not None}
    return not one.speakers or bool(mine & theirs)


def _alike(one: Act, two: Act) -> bool:
    return (
        one is two
        or one in _PLAIN
        or two in _PLAIN
        or {one, two} <= {Act.DENY, Act.REJECT, Act.CONDEMN}
        or {one, two} <= {Act.DEMAND, Act.REQUEST, Act.WARN, Act.THREATEN}
    )
