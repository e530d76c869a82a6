"""Statements out of the store as the sayings that ledgers are made from, corrections applied."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from onrecord.model import Act, ActorRef, DateValue, Modality, Polarity, Statement, StatementPart
from onrecord.record import codec, schema
from onrecord.record.corrected import Corrected
from onrecord.record.query import in_parts
from onrecord.record.sides import Sides
from onrecord.relations.ledgers import Part, Saying, last_day

_JOIN = " … "
# Looked up in plain dictionaries: an enumeration's own look-up costs ten times as much, and there are many sayings.
_ACTS = {one.value: one for one in Act}
_POLARITIES: dict[str | None, Polarity] = {None: Polarity.AFFIRMATIVE, **{one.value: one for one in Polarity}}
_MODALITIES: dict[str | None, Modality] = {None: Modality.FACT, **{one.value: one for one in Modality}}


class Sayings:
    """Statements fetched once each; `made` gives them as sayings."""

    def __init__(self, connection: Connection, sides: Sides, changed: Corrected, on: str | None) -> None:
        self._connection = connection
        self._sides = sides
        self._changed = changed
        self._on = on
        self.rows: dict[str, Row[Any]] = {}
        self._refs_made: dict[tuple[str | None, str], ActorRef] = {}
        s, d, rd = schema.statements, schema.documents, schema.report_documents
        columns: list[ColumnElement[Any]] = [
            s.c.id, s.c.line, s.c.document, s.c.act, s.c.nested_in, s.c.telling, s.c.content_text, s.c.statement,
            d.c.published, rd.c.is_lead,
        ]  # fmt: skip
        self._base: Select[Any] = (
            select(*columns)
            .select_from(s.join(d, d.c.id == s.c.document).outerjoin(rd, rd.c.document == s.c.document))
            .where(s.c.part == StatementPart.BODY.value)
        )
        if on is not None:
            self._base = self._base.where(d.c.published_value <= on)

    def add(self, *where: ColumnElement[bool], wanted: Callable[[Row[Any]], bool] | None = None) -> None:
        """Adds the statements for which all of `where` hold, with `wanted` those of them for which it does."""
        for row in self._connection.execute(self._base.where(*where)):
            if wanted is None or wanted(row):
                self.rows[row.id] = row

    def add_lines(self, lines: Iterable[str]) -> None:
        """Adds the statements of these lines, on every copy."""
        have = {row.line for row in self.rows.values()}
        for part in in_parts(set(lines) - have):
            self.add(schema.statements.c.line.in_(part or []))

    def add_outer(self) -> None:
        """Adds the statements that hold others, however deep these lie."""
        missing = {"-"}
        while missing:
            outer = {row.nested_in for row in self.rows.values()}
            missing = {i for i in outer if i is not None and i not in self.rows}
            before = len(self.rows)
            for part in in_parts(missing):
                self.add(schema.statements.c.id.in_(part or []))
            if len(self.rows) == before:
                return

    def made(self) -> tuple[Saying, ...]:
        """The statements as sayings, in the order of their ids."""
        gone = self._changed.fields.withdrawn
        return tuple(self._saying(row) for _, row in sorted(self.rows.items()) if row.line not in gone)

    def _saying(self, row: Row[Any]) -> Saying:
        # Read field by field: the whole statement with its reasons costs many times as much.
        s = json.loads(row.statement)
        if row.line in self._changed.fields.lines or s.get("nested_in") in self._changed.fields.gone:
            s = codec.plain(self._changed.fields.statement(codec.load(row.statement, Statement), row.line))
        date = s.get("date") or {}
        people = self._refs(s.get("speakers"), row.document)
        behalf = self._refs(s.get("on_behalf_of"), row.document)
        return Saying(
            id=row.id,
            line=row.line,
            document=row.document,
            act=_ACTS[s["act"]],
            text=row.content_text,
            parts=_parts(s, row.content_text),
            speakers=people,
            sides=self._tops(behalf or people),
            targets=self._tops(self._refs(s.get("target"), row.document)),
            said=date.get("value"),
            earliest=date.get("earliest"),
            latest=date.get("latest"),
            published=published_by(row.published),
            polarity=_POLARITIES[s.get("polarity")],
            modality=_MODALITIES[s.get("modality")],
            presupposed=bool(s.get("presupposed")),
            nested_in=s.get("nested_in"),
            lead=row.is_lead is not False,
        )

    def _refs(self, stored: Sequence[Mapping[str, Any]] | None, document: str) -> tuple[ActorRef, ...]:
        if not stored:
            return ()
        found = []
        for one in stored:
            key = (one.get("id"), one["name"])
            ref = self._refs_made.get(key)
            if ref is None:
                ref = self._refs_made[key] = ActorRef(*key)
            found.append(self._changed.identities.ref(ref, document))
        return tuple(found)

    def _tops(self, refs: Sequence[ActorRef]) -> tuple[ActorRef, ...]:
        if not refs:
            return ()
        found = {top.id: top for ref in refs if (top := self._sides.part(ref)) is not None}
        return tuple(found.values()) if len(found) < 2 else tuple(found[key] for key in sorted(found, key=str))


def _parts(stored: Mapping[str, Any], text: str) -> tuple[Part, ...]:
    """The propositions with their words, cut from the content's text by the offsets of its spans."""
    if not stored.get("propositions"):
        return (Part(text),)
    places: list[tuple[int, int, int]] = []
    at = 0
    for start, end in stored["content"]:
        places.append((start, end, at))
        at += end - start + len(_JOIN)
    found = []
    for proposition in stored["propositions"]:
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
def published_by(stored: str) -> str | None:
    """The last day on which a page can have come out, by its date of publication as it is stored; None where none is known."""
    return last_day(codec.load(stored, DateValue))
