"""The tools: what a model may ask of a record. Nothing here writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from onrecord.model import Act, RelationKind, Span, errors
from onrecord.model.ledgers import CommitmentStatus
from onrecord.record import StatementRow
from onrecord.views import fields, questions
from onrecord.views.fields.checks import context_of
from onrecord.views.fields.documents import PassageText
from onrecord.views.mcp.answers import answer, line, quoted
from onrecord.views.python import Record
from onrecord.views.python.record import statement_filter
from onrecord.views.values import last_day, whole_day

Data = dict[str, Any]
Name = Annotated[str | None, Field(description="A name or words of it, or an actor's id.", max_length=200)]
Day = Annotated[str | None, Field(description="A year, month or day: 2031, 2031-03 or 2031-03-04.", max_length=10)]
Limit = Annotated[int, Field(description="At most so many rows.", ge=1, le=100)]
Id = Annotated[str, Field(description="An id, or the beginning of one.", min_length=1, max_length=200)]
#: Code points shown around a stretch when none are asked for, and at most.
_AROUND, _MOST = 400, 20_000
_ANSWERS = (RelationKind.DENIES, RelationKind.ANSWERS, RelationKind.REJECTS, RelationKind.ACCEPTS)
#: Statuses of promises of which no report tells the outcome.
_OPEN = (CommitmentStatus.OPEN, CommitmentStatus.DUE, CommitmentStatus.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools over one record."""

    record: Record

    def all(self) -> tuple[Callable[..., Data], ...]:
        """The tools in the order in which they are listed; each one's name and first sentence are its description."""
        return (
            self.search_statements,
            self.get_statement,
            self.source_context,
            self.timeline,
            self.answers_to,
            self.open_commitments,
            self.state_on,
            self.check_quotes,
            self.resolve_actor,
        )

    def search_statements(
        self,
        words: Annotated[str | None, Field(description="All of these words in the saying.", max_length=200)] = None,
        by: Name = None,
        act: Annotated[Act | None, Field(description="What the saying does.")] = None,
        about: Name = None,
        target: Name = None,
        since: Day = None,
        until: Day = None,
        outlet: Annotated[str | None, Field(description="Reported by this outlet.", max_length=200)] = None,
        limit: Limit = 20,
    ) -> Data:
        """Search what was said: by words, speaker, act, target, date and outlet; one row for each saying, oldest first."""
        wanted = statement_filter(by, act, about, target, since, until, words, outlet)
        found = self.record.store.page(wanted, None, limit)
        return answer(map(line, found.rows), more=found.more is not None)

    def get_statement(self, id: Id) -> Data:
        """Get one statement with its passage, its copies on other pages, the reasons for its fields, and its relations."""
        return answer(self.record.statement(id))

    def source_context(
        self,
        document: Annotated[str, Field(description="A document's id, or the beginning of one.", min_length=1)],
        start: Annotated[int, Field(description="The first code point.", ge=0)],
        end: Annotated[int, Field(description="The code point after the last.", ge=0)],
        around: Annotated[int, Field(description="Code points to show on each side.", ge=0, le=5000)] = _AROUND,
    ) -> Data:
        """Read the page's own words at some offsets, with the lines around them, its outlet, date and address."""
        asked = self.record.text(document, start, end)
        page = self.record.store.document(asked.document)
        whole = context_of(page, Span(max(0, start - around), min(asked.length, end + around)))
        cut = Span(max(whole.start, start - _MOST), min(whole.end, end + _MOST))
        shown: PassageText = self.record.text(page.id, cut.start, cut.end)
        return answer(shown, asked={"start": start, "end": end})

    def timeline(
        self, by: Name = None, about: Name = None, since: Day = None, until: Day = None, limit: Limit = 40
    ) -> Data:
        """Tell what happened and what was said, day by day; rows of kind `event` and `statement`."""
        rows = self.record.timeline(by=by, about=about, since=since, until=until)
        shown = rows[:limit]
        said = self._lines([row.id for row in shown if isinstance(row, fields.Statement)])
        pages = {page.id: page for page in self.record.store.documents({d for row in shown for d in _documents(row)})}
        items = []
        for row in shown:
            if isinstance(row, fields.Statement):
                items.append({"row": "statement", **quoted(line(said[row.id]))})
            else:
                outlets = sorted({pages[d].publisher or "unknown" for d in row.documents if d in pages})
                items.append({"row": "event", "outlets": outlets, **quoted(row)})
        return {**answer(()), "items": items, "more": len(rows) > limit}

    def answers_to(self, id: Id) -> Data:
        """Find who denied, answered, rejected or accepted a statement, with each answer's own line."""
        found = self.record.statement(id)
        bonds = [one for one in found.relations if one.to == found.id and one.kind in _ANSWERS]
        lines = self._lines([one.from_ for one in bonds])
        items = [{"relation": quoted(one), "answer": quoted(line(lines[one.from_]))} for one in bonds]
        asked = self._lines([found.id])[found.id]
        return {**answer(()), "statement": quoted(line(asked)), "items": items}

    def open_commitments(self, by: Name = None, to: Name = None, on: Day = None) -> Data:
        """List the promises of which no report tells that they were kept or broken, as known on a day; with their deadlines."""
        rows = [row for row in self.record.commitments(by=by, of=to, on=on) if row.status in _OPEN]
        return answer(rows, on=last_day(on), sources=self._sources(rows))

    def state_on(
        self,
        day: Annotated[str, Field(description="A year, month or day; as known from reports published by then.")],
        between: Annotated[
            list[str] | None, Field(description="Two sides, by name.", min_length=2, max_length=2)
        ] = None,
    ) -> Data:
        """Tell the state of play on a day: what each side demanded, promised, alleged and offered, and which channels were open."""
        two = None if between is None else (between[0], between[1])
        found = self.record.state(day, between=two)
        return answer(found, sources=self._sources(found.rows))

    def check_quotes(
        self,
        text: Annotated[str, Field(description="The draft, plain text or Markdown.", max_length=100_000)],
        dated: Annotated[str | None, Field(description="The day of the draft, YYYY-MM-DD.", max_length=10)] = None,
    ) -> Data:
        """Check every quotation of a draft against the record: verbatim, altered, wrong speaker, not found, ..."""
        return answer(self.record.check(text, dated=dated))

    def resolve_actor(
        self,
        name: Annotated[str, Field(description="A name, a capital standing for a state, or an id.", min_length=1)],
        on: Annotated[str | None, Field(description="The day for the offices, YYYY-MM-DD.", max_length=10)] = None,
    ) -> Data:
        """Find whom a name stands for, with the offices held (on a day) and how much the record has of them."""
        when = whole_day(on)
        profile = quoted(self.record.actor(name, on=when))
        del profile["statements"]
        lines = sum(one["statements"] for one in profile["positions"])
        actor = questions.actor_called(self.record.store, name, lambda: self.record.knowledge)
        try:
            ref = self.record.store.side(actor)
            side = {"id": ref.id, "name": ref.name}
        except errors.NotFound:
            # Somebody who speaks for nobody, or for several sides, has none of their own.
            side = None
        return {**answer(()), "items": [{**profile, "side": side, "lines": lines}]}

    def _lines(self, ids: list[str]) -> dict[str, StatementRow]:
        rows = {row.statement.id: row for row in self.record.store.statement_rows(ids)} if ids else {}
        missing = sorted(set(ids) - rows.keys())
        if missing:
            raise errors.NotFound(f"The record no longer has {', '.join(missing)}.")
        return rows

    def _sources(self, rows: Iterable[fields.LedgerRow]) -> list[Data]:
        """The statements that rows of ledgers rest on: where their words stand, in which outlet, of which day."""
        ids = {i for row in rows for i in _resting(row) if i.startswith("st-")}
        return [
            {
                "statement": row.statement.id,
                "outlet": row.publisher,
                "published": row.published.value,
                "document": row.statement.document,
                "content": [[span.start, span.end] for span in row.statement.content],
            }
            for row in self._lines(sorted(ids)).values()
        ]


def _resting(row: fields.LedgerRow) -> Iterator[str]:
    if not isinstance(row, fields.Channel | fields.Access):
        yield from (one.statement for one in row.utterances)
    if isinstance(row, fields.Commitment | fields.Channel | fields.Access):
        yield from (one.source for one in row.evidence)
    else:
        yield from (one.source for one in row.answers)


def _documents(row: fields.Statement | fields.Event) -> tuple[str, ...]:
    return (row.document,) if isinstance(row, fields.Statement) else row.documents
