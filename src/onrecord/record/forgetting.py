"""Forgetting: a page, a person or a domain leaves the record with its texts, its index and its part of the log.

A page goes with all that was read in it; copies of it stay, with a new lead where it led its report. A person goes with the
lines they say; their name is blocked out wherever else it stands, character for character, so that offsets hold. What is kept is a
tombstone: the hash and the reason. The file is written anew afterwards (`Record.forget`), since SQLite keeps deleted rows in free
pages until then (https://www.sqlite.org/lang_vacuum.html).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, String, Table, Text, delete, or_, select, text, update

from onrecord.model import ActorKind, EventMention, Report, Statement, errors
from onrecord.record import actors, codec, corrected, fields, fulltext, query, relations, schema, tombstones
from onrecord.record.writer import Writer
from onrecord.reports import assemble, rank


class Forgettable(StrEnum):
    """What can be forgotten."""

    PAGE = "page"
    PERSON = "person"
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What a forgetting removed: how many pages, lines and entries of the log, and on how many pages a name was blocked out.

    ``backups`` are the listed copies of the record from which it was removed too, ``missing`` those that are not at their places.
    """

    pages: int = 0
    statements: int = 0
    corrections: int = 0
    blocked: int = 0
    backups: tuple[Path, ...] = ()
    missing: tuple[Path, ...] = ()


def forget(connection: Connection, what: Forgettable, given: str, reason: str) -> Forgotten:
    """Removes what `given` names and leaves its tombstone; the caller has to write the file anew.

    A page is given by id, its beginning, or path; a person by id or name; a domain by its host (``example.org``).

    Raises:
        NotFound, Ambiguous: the record has nothing of that name, or several.
    """
    # Freed space is overwritten at once, so that nothing stays readable if the writing anew is interrupted.
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA secure_delete = ON"))
    if what is Forgettable.PERSON:
        done = _person(connection, given, reason)
    else:
        pages = _pages_of(connection, given) if what is Forgettable.DOMAIN else [query.find_page(connection, given)]
        if what is Forgettable.DOMAIN:
            tombstones.put(connection, [("domain", tombstones.key("domain", _domain(given)))], reason)
        done = _pages(connection, pages, reason)
    fulltext.rebuild(connection)
    return done


def forget_again(connection: Connection, gone: Iterable[tuple[str, str, str]]) -> None:
    """Removes what tombstones (hash, kind and reason) of another state of the record name; the caller writes the file anew.

    With this a backup is rid of what was forgotten after it was made.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA secure_delete = ON"))
    stones = sorted(gone)
    for hashed, kind, reason in stones:
        tombstones.put(connection, [(kind, hashed)], reason)
    reasons = {hashed: reason for hashed, _, reason in stones}
    for document, keys in tombstones.of_documents(connection).items():
        found = [reasons[key] for key in keys if key in reasons]
        if found:
            _pages(connection, [document], found[0])
    names = frozenset(hashed for hashed, kind, _ in stones if kind == "name")
    if names:
        _names_again(connection, names)
    fulltext.rebuild(connection)


def _names_again(connection: Connection, names: frozenset[str]) -> None:
    a, t = schema.actors, schema.statement_actors
    people = connection.execute(select(a.c.id, a.c.name).where(a.c.kind == ActorKind.PERSON.value))
    ids = sorted(row.id for row in people if tombstones.key("name", tombstones.name_form(row.name)) in names)
    said: set[str] = set()
    for part in query.in_parts(ids):
        asked = select(t.c.statement).where(t.c.actor.in_(part or []), t.c.role == "speaker")
        said |= set(connection.execute(asked).scalars())
    _drop_log(connection, {*ids, *said})
    _drop_sayings(connection, said)
    connection.execute(delete(a).where(a.c.id.in_(ids)))
    _block_out(connection, names, ids)
    _drop_unnamed_actors(connection)


def _domain(given: str) -> str:
    return (tombstones.host(given) or given).casefold().removeprefix("www.").strip("/. ")


def _pages_of(connection: Connection, given: str) -> list[str]:
    domain, d, p = _domain(given), schema.documents, schema.pages
    found = {
        row.id
        for row in connection.execute(select(d.c.id, d.c.url, p.c.path).select_from(d.join(p, p.c.document == d.c.id)))
        if any(tombstones.key("domain", domain) in tombstones.domain_keys(place) for place in (row.url, row.path))
    }
    if not found:
        raise errors.NotFound(f"The record has no page of {domain}.")
    return sorted(found)


def _pages(connection: Connection, ids: Sequence[str], reason: str) -> Forgotten:
    s, removed = schema.statements, 0
    logged = _drop_log(connection, _named_by(connection, ids))
    for document in ids:
        _bury(connection, document, reason)
        removed += len(list(connection.execute(select(s.c.id).where(s.c.document == document))))
        _drop_page(connection, document)
    _drop_unnamed_actors(connection)
    return Forgotten(len(ids), removed, logged)


def _bury(connection: Connection, document: str, reason: str) -> None:
    p, d = schema.pages, schema.documents
    keys = [
        ("page", tombstones.key("bytes", value))
        for value in connection.execute(select(p.c.content_sha256).where(p.c.document == document)).scalars()
    ]
    sha = connection.execute(select(d.c.text_sha256).where(d.c.id == document)).scalar_one()
    tombstones.put(connection, [*keys, ("page", tombstones.key("text", sha))], reason)


def _named_by(connection: Connection, documents: Sequence[str]) -> set[str]:
    """The ids by which a correction may name these pages or what was read in them."""
    found = set(documents)
    s, e, r = schema.statements, schema.event_mentions, schema.relations
    for part in query.in_parts(documents):
        wanted = part or []
        lines = set(connection.execute(select(s.c.id).where(s.c.document.in_(wanted))).scalars())
        found |= lines | set(connection.execute(select(e.c.id).where(e.c.document.in_(wanted))).scalars())
        for some in query.in_parts(lines):
            either = or_(r.c.subject.in_(some or []), r.c.object.in_(some or []))
            found |= set(connection.execute(select(r.c.id).where(either)).scalars())
    return found


def _drop_log(connection: Connection, named: Iterable[str]) -> int:
    """Removes the corrections that name one of the ids, and those that take these back."""
    gone = set(named)
    dropped: set[str] = set()
    for entry in corrected.log(connection):
        named = {actor.id for actor in fields.actors_of(entry)}
        where = {entry.seen.document} if entry.seen is not None else set()
        if gone & {*entry.subject, *named, *where}:
            dropped.add(entry.id)
            gone.add(entry.id)
    connection.execute(delete(schema.corrections).where(schema.corrections.c.id.in_(sorted(dropped))))
    return len(dropped)


def _drop_page(connection: Connection, document: str) -> None:
    """Removes a page and all that was read in it; copies keep what they share with it."""
    report = query.report_of(connection, document)
    s, e = schema.statements, schema.event_mentions
    _drop_lines(connection, list(connection.execute(select(s.c.id).where(s.c.document == document)).scalars()))
    _drop_mentions(connection, list(connection.execute(select(e.c.id).where(e.c.document == document)).scalars()))
    for table in _OF_PAGES:
        connection.execute(delete(table).where(table.c.document == document))
    connection.execute(
        update(schema.readings).where(schema.readings.c.placed_from == document).values(placed_from=None)
    )
    if report is not None:
        _lead_anew(connection, report, document)
    paths = list(connection.execute(select(schema.pages.c.path).where(schema.pages.c.document == document)).scalars())
    url = connection.execute(select(schema.documents.c.url).where(schema.documents.c.id == document)).scalar()
    connection.execute(delete(schema.pages).where(schema.pages.c.document == document))
    connection.execute(delete(schema.fetches).where(schema.fetches.c.url.in_([*paths, *([url] if url else [])])))
    connection.execute(delete(schema.skipped).where(schema.skipped.c.path.in_(paths)))
    connection.execute(delete(schema.documents).where(schema.documents.c.id == document))


_OF_PAGES = (
    schema.arrivals,
    schema.figures,
    schema.readings,
    schema.bands,
    schema.report_documents,
    schema.relation_lines,
    schema.document_makings,
    schema.judgments,
)


def _drop_sayings(connection: Connection, ids: Iterable[str]) -> None:
    """Removes what somebody says, as lines and as events, and frees from it what other lines and events of the pages say."""
    gone, s, e = set(ids), schema.statements, schema.event_mentions
    pages: set[str] = set()
    for part in query.in_parts(gone):
        pages.update(connection.execute(select(s.c.document).where(s.c.id.in_(part or []))).scalars())
    _drop_lines(connection, sorted(gone))
    for document in sorted(pages):
        for row in connection.execute(select(s.c.id, s.c.statement).where(s.c.document == document)).all():
            said = codec.load(row.statement, Statement)
            free = replace(
                said,
                nested_in=None if said.nested_in in gone else said.nested_in,
                same_as=None if said.same_as in gone else said.same_as,
            )
            if free != said:
                values = {"nested_in": free.nested_in, "same_as": free.same_as, "statement": codec.dump(free)}
                connection.execute(update(s).where(s.c.id == row.id).values(values))
        dropped = []
        for row in connection.execute(select(e.c.id, e.c.mention).where(e.c.document == document)).all():
            mention = codec.load(row.mention, EventMention)
            if mention.saying in gone:
                dropped.append(row.id)
            elif mention.told_in in gone:
                values = {"told_in": None, "mention": codec.dump(replace(mention, told_in=None))}
                connection.execute(update(e).where(e.c.id == row.id).values(values))
        _drop_mentions(connection, dropped)


def _drop_mentions(connection: Connection, ids: Sequence[str]) -> None:
    """Removes mentions of events; what shared a line with one keeps it."""
    a, e = schema.event_actors, schema.event_mentions
    for part in query.in_parts(ids):
        connection.execute(delete(a).where(a.c.mention.in_(part or [])))
        connection.execute(delete(e).where(e.c.id.in_(part or [])))
    _new_lines(connection, e, ids)


def _drop_lines(connection: Connection, ids: Sequence[str]) -> None:
    """Removes statements with their words in the index and what binds them."""
    a, s = schema.statement_actors, schema.statements
    for part in query.in_parts(ids):
        connection.execute(delete(a).where(a.c.statement.in_(part or [])))
        connection.execute(delete(schema.judgments).where(schema.judgments.c.statement.in_(part or [])))
        connection.execute(delete(s).where(s.c.id.in_(part or [])))
        connection.execute(update(s).where(s.c.nested_in.in_(part or [])).values(nested_in=None))
    fulltext.drop(connection, ids)
    relations.forget_lines(connection, ids)
    _new_lines(connection, s, ids)


def _new_lines(connection: Connection, table: Table, ids: Sequence[str]) -> None:
    """Gives what shared a line with a removed row the first of those that stay as its line."""
    for gone in ids:
        staying = (
            connection.execute(select(table.c.id).where(table.c.line == gone).order_by(table.c.id)).scalars().first()
        )
        if staying is not None:
            connection.execute(update(table).where(table.c.line == gone).values(line=staying))


def _lead_anew(connection: Connection, report: Report, document: str) -> None:
    """Makes the report of the pages that stay, with a new lead where the old one went."""
    members = [member for member in report.documents if member != document]
    if not members:
        connection.execute(delete(schema.reports).where(schema.reports.c.id == report.id))
        return
    press = corrected.press(connection)
    documents = [query.document(connection, member) for member in members]
    lead = (
        min(documents, key=lambda d: rank(d, press))
        if document == report.lead
        else query.document(connection, report.lead)
    )
    made = assemble(lead, [d for d in documents if d.id != lead.id], press)
    write = Writer(connection)
    write.put_report(made)
    write.drop_empty_reports()


def _drop_unnamed_actors(connection: Connection) -> None:
    """Removes actors that nothing in the record names any more."""
    a = schema.actors
    while True:
        used = (
            select(schema.statement_actors.c.actor)
            .where(schema.statement_actors.c.actor.is_not(None))
            .union(
                select(schema.event_actors.c.actor).where(schema.event_actors.c.actor.is_not(None)),
                select(a.c.part_of).where(a.c.part_of.is_not(None)),
            )
        )
        if not connection.execute(delete(a).where(a.c.id.not_in(used))).rowcount:
            return


def _person(connection: Connection, given: str, reason: str) -> Forgotten:
    people = _called(connection, given)
    ids = sorted(people)
    t = schema.statement_actors
    held = connection.execute(select(t.c.statement, t.c.role, t.c.name).where(t.c.actor.in_(ids))).all()
    said = {row.statement for row in held if row.role == "speaker"}
    names = _forms_of({*people.values(), *(row.name for row in held)})
    keys = [("name", tombstones.key("name", name)) for name in sorted(names)]
    logged = _drop_log(connection, {*ids, *said})
    tombstones.put(connection, keys, reason)
    _drop_sayings(connection, said)
    connection.execute(delete(schema.actors).where(schema.actors.c.id.in_(ids)))
    pages = _block_out(connection, frozenset(key for _, key in keys), ids)
    _drop_unnamed_actors(connection)
    return Forgotten(0, len(said), logged, pages)


def _called(connection: Connection, given: str) -> dict[str, str]:
    """The people of that name, by id: all of one full name, since a name that is blocked out tells nobody apart."""
    a = schema.actors
    person = a.c.kind == ActorKind.PERSON.value
    form = codec.search_form(given)
    if not connection.execute(select(a.c.id).where(person, a.c.search_name == form)).first():
        found = actors.find(connection, given)
        if found.kind is not ActorKind.PERSON:
            raise errors.NotFound(f"{found.name} is no person: a page or a domain is forgotten as one.")
        form = codec.search_form(found.name)
    rows = connection.execute(select(a.c.id, a.c.name).where(person, a.c.search_name == form))
    return {row.id: row.name for row in rows}


def _forms_of(names: Iterable[str]) -> set[str]:
    """The names in full, and the family names that stand for them on a page."""
    found = set()
    for name in names:
        words = tombstones.name_form(name).split()
        if len(words) > 1:
            found |= {" ".join(words), words[-1]}
        elif words:
            found.add(words[0])
    return found


def _block_out(connection: Connection, gone: frozenset[str], ids: Sequence[str]) -> int:
    """Blocks the names out of every text the record holds, and the ids of who bore them; returns on how many pages they stood."""
    pages = 0
    hidden = {actor: f"forgotten:{tombstones.key('actor', actor)[:12]}" for actor in ids}
    for table in schema.metadata.sorted_tables:
        if table.name in {"tombstones", "makers", "publishers", "makings"}:
            continue
        columns = [c for c in table.columns if isinstance(c.type, (String, Text))]
        keys = list(table.primary_key)
        for row in connection.execute(select(table)).mappings().all():
            changed = {
                c.name: new for c in columns if (old := row[c.name]) and (new := _hide(old, gone, hidden)) != old
            }
            if changed:
                pages += table.name == "documents" and "text" in changed
                where = [k == row[k.name] for k in keys]
                connection.execute(update(table).where(*where).values(**changed))
    fulltext.rewrite(connection, lambda words: _hide(words, gone, hidden))
    return pages


def _hide(value: str, gone: frozenset[str], hidden: Mapping[str, str]) -> str:
    if value in hidden:
        return hidden[value]
    if " " not in value and value.startswith(("doc-", "st-", "ev-", "rep-", "rel-", "act-")):
        return value
    for actor, other in hidden.items():
        value = value.replace(f'"{actor}"', f'"{other}"')
    return tombstones.blocked(value, gone)
