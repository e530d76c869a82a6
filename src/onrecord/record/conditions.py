"""What a filter asks for, as SQL conditions on the statements: names, dates, acts and words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, and_, false, func, literal_column, or_, select

from onrecord.model import Actor, ActorRef, Statement
from onrecord.record import codec, fulltext, schema
from onrecord.record.identities import NOBODY_RENAMED, Identities
from onrecord.record.rows import StatementFilter

_WORD = re.compile(r"\w+")


def conditions(
    connection: Connection, wanted: StatementFilter, named: Identities = NOBODY_RENAMED
) -> list[ColumnElement[bool]]:
    """The conditions of `wanted` on the table of statements; all of them must hold.

    Actors that corrections rename are found by their new names too; `still_fits` then leaves out those of old ones.
    """
    s = schema.statements
    found: list[ColumnElement[bool]] = []
    if wanted.by:
        found.append(_party(("speaker", "on_behalf_of"), wanted.by, named))
    if wanted.target:
        found.append(_party(("target",), wanted.target, named))
    if wanted.about:
        found.append(or_(_party(("target", "addressee"), wanted.about, named), _has_words(connection, wanted.about)))
    if wanted.part:
        found.append(s.c.part == wanted.part.value)
    if wanted.act:
        found.append(s.c.act == wanted.act.value)
    if wanted.since:
        found.append(func.coalesce(s.c.date_latest, s.c.date_value) >= wanted.since)
    if wanted.until:
        found.append(func.coalesce(s.c.date_earliest, s.c.date_value) <= wanted.until + "~")
    if wanted.dated:
        found.append(s.c.date_value.is_not(None))
    if wanted.match:
        found.append(_has_words(connection, wanted.match))
    if wanted.document:
        found.append(s.c.document == wanted.document)
    if wanted.outlet:
        found.append(_outlet(wanted.outlet))
    if wanted.min_confidence > 0:
        found.append(s.c.confidence >= wanted.min_confidence)
    return found


def untouched(wanted: StatementFilter) -> StatementFilter:
    """What of a filter no correction of a field changes."""
    return StatementFilter(
        document=wanted.document, outlet=wanted.outlet, min_confidence=wanted.min_confidence, part=wanted.part
    )


def fits(statement: Statement, content: str, wanted: StatementFilter) -> bool:
    """True when a corrected statement is what `wanted` asks for; `untouched` is left to the tables.

    Words are looked for in the content and the names of the parties, as corrected.
    """
    by = (*statement.speakers, *statement.on_behalf_of)
    date = statement.date
    named = [*by, *statement.target]
    words = frozenset(codec.search_form(t) for t in _WORD.findall(" ".join((content, *(ref.name for ref in named)))))
    about = wanted.about or ""
    return (
        (not wanted.by or _called(by, wanted.by))
        and (not wanted.target or _called(statement.target, wanted.target))
        and (not about or _called((*statement.target, *statement.addressees), about) or _among(about, words))
        and wanted.act in (None, statement.act)
        and (not wanted.since or (date.latest or date.value or "") >= wanted.since)
        and (not wanted.until or (date.earliest or date.value or "~~") <= wanted.until + "~")
        and (not wanted.dated or date.value is not None)
        and (not wanted.match or _among(wanted.match, words))
    )


def _among(asked: str, words: frozenset[str]) -> bool:
    tokens = [codec.search_form(token) for token in _WORD.findall(asked)]
    return bool(tokens) and all(token in words for token in tokens)


def still_fits(statement: Statement, wanted: StatementFilter, named: Identities) -> bool:
    """True unless a correction took the name away by which `wanted` found the statement."""
    if not named.merged and not named.parted:
        return True
    by = (*statement.speakers, *statement.on_behalf_of)
    return (not wanted.by or _called(by, wanted.by)) and (not wanted.target or _called(statement.target, wanted.target))


def _called(parties: Iterable[ActorRef | Actor], name: str) -> bool:
    words = set(codec.search_form(name).split())
    return any(words <= set(codec.search_form(party.name).split()) for party in parties)


def _party(roles: tuple[str, ...], name: str, named: Identities) -> ColumnElement[bool]:
    t = schema.statement_actors
    words = [word for word in codec.search_form(name).split() if word]
    renamed = named.called(actor.id for actor in named.actors().values() if _called([actor], name))
    like = [
        (literal_column("' '") + t.c.search_name + literal_column("' '")).contains(f" {w} ", autoescape=True)
        for w in words
    ]
    matches = or_(and_(*like), t.c.actor.in_(renamed)) if renamed else and_(*like)
    return schema.statements.c.id.in_(select(t.c.statement).where(t.c.role.in_(roles), matches))


def _outlet(name: str) -> ColumnElement[bool]:
    t = schema.documents
    return schema.statements.c.document.in_(select(t.c.id).where(t.c.publisher.icontains(name, autoescape=True)))


def _has_words(connection: Connection, words: str) -> ColumnElement[bool]:
    """Statements in whose words all of `words` stand; anything but letters and digits parts words, so no syntax leaks in."""
    tokens = fulltext.tokens(words)
    return schema.statements.c.id.in_(fulltext.statements(connection, tokens)) if tokens else false()
