"""The record as a Python program asks it: questions as methods, answers as typed rows. The API and the MCP server ask the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from onrecord import __version__
from onrecord.knowledge import Knowledge
from onrecord.model import UNKNOWN_DATE, Act, ActorKind, DateBasis, EventKind, Root, Span, day, errors
from onrecord.model.ledgers import Ledger
from onrecord.record import EventFilter, EventRow, StatementFilter
from onrecord.record import Record as Store
from onrecord.relations.ledgers import difference
from onrecord.views import fields, questions
from onrecord.views.export.tables import TABLES
from onrecord.views.fields.about import About, LeftOut, Maker, State, state
from onrecord.views.fields.actors import country_of, profile, speaker, terms_of
from onrecord.views.fields.checks import check, position_lines, reason
from onrecord.views.fields.documents import PassageText, document, report, sources, whole_document
from onrecord.views.fields.events import event, figure, story, whole_event
from onrecord.views.fields.ledgers import change, ledger_row
from onrecord.views.fields.parts import date
from onrecord.views.fields.relations import relation
from onrecord.views.fields.statements import statement, whole_statement
from onrecord.views.python.rows import Rows
from onrecord.views.values import SHOWN_FROM, choice, iso_day, last_day, whole_day

#: The roots that only sayings have.
_SAID = frozenset({Root.REQUEST, Root.ACCUSE, Root.REJECT, Root.THREATEN})
Between = tuple[str, str] | None


class Record:
    """A record to ask, read-only. ``Record.open("record.db").statements(by="Orlecht", act="deny")``.

    Names are compared without case and diacritics; days are ISO days, months or years. Questions that cannot be asked raise
    `BadValue`, ids and names that nothing has raise `NotFound` or `Ambiguous`: all of them `OnrecordError`, in one sentence.
    """

    def __init__(self, store: Store, tables: Path | None = None) -> None:
        self.store = store
        self._tables = tables

    @classmethod
    def open(cls, path: str | Path, *, tables: str | Path | None = None) -> Self:
        """Opens the record at `path`; `tables` is a table of actors of your own, for its names.

        Raises:
            RecordError: when it cannot be opened; the sentence says why.
        """
        return cls(Store.open(path), Path(tables) if tables is not None else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives the files back."""
        self.store.close()

    @cached_property
    def knowledge(self) -> Knowledge:
        """The tables of actors and offices, loaded when they are first needed."""
        return Knowledge.load(self._tables)

    def _know(self) -> Knowledge:
        return self.knowledge

    def about(self) -> About:
        """What made the record, how much it holds and what it left out."""
        store = self.store
        articles, reports = store.articles()
        makers = tuple(Maker(name, version) for name, version in store.makers().items())
        return About(
            state=store.version(),
            onrecord=__version__,
            made_by=makers,
            documents=store.count("documents"),
            articles=articles,
            reports=reports,
            statements=store.count("statements"),
            events=store.count("event_mentions"),
            relations=store.count("relations"),
            corrections=store.count("corrections"),
            left_out=tuple(LeftOut(path, why) for path, why in store.skipped()),
        )

    def rows(self, kind: str) -> Iterator[Any]:
        """Every row of one kind of export, one by one; the kinds are the keys of ``onrecord.TABLES``."""
        if kind not in TABLES:
            raise errors.BadValue(f"{kind!r} is no kind of row: choose from {', '.join(TABLES)}")
        return TABLES[kind].rows(self.store)

    # What was said -----------------------------------------------------------------------------------------------------------

    def statements(
        self,
        *,
        by: str | None = None,
        act: str | None = None,
        about: str | None = None,
        target: str | None = None,
        since: str | None = None,
        until: str | None = None,
        match: str | None = None,
        outlet: str | None = None,
        sure: float = SHOWN_FROM,
        limit: int | None = None,
    ) -> Rows[fields.Statement]:
        """Who said what: one row for each saying, however many copies carry it, in date order, undated last."""
        wanted = statement_filter(by, act, about, target, since, until, match, outlet, sure, limit)
        return Rows(map(statement, self.store.lines(wanted)), fields.Statement)

    def statement(self, id: str) -> fields.WholeStatement:
        """One statement by its id or its beginning, with its passage, its copies, its reasons and its relations.

        One that a reviewer withdrew is given too: its `corrected` has ``line``.
        """
        found = self._id(id, "st-", "statement")
        row = self.store.statement_rows([found], withdrawn=True)[0]
        bonds = [relation(one) for one in self.store.relation_rows([found])]
        return whole_statement(row, self.store.document(row.statement.document), bonds)

    def relations(self, statement: str | None = None) -> Rows[fields.Relation]:
        """What statements do to each other: all, or those that one statement has part in."""
        wanted = None if statement is None else [self._id(statement, "st-", "statement")]
        return Rows(map(relation, self.store.relation_rows(wanted)), fields.Relation)

    def position(self, name: str, about: str) -> Rows[fields.PositionLine]:
        """What somebody says about a matter, first to last; the last row has the difference from the first."""
        topic = questions.topic_of(about)
        actor = questions.actor_called(self.store, name, self._know)
        return Rows(position_lines(questions.position(self.store, actor, topic)), fields.PositionLine)

    def check(self, draft: str, *, dated: str | None = None) -> Rows[fields.Check]:
        """Every quotation of a draft with its verdict, in order; `dated` is the day its weekdays count from."""
        written = whole_day(dated)
        found = self.store.check(draft, UNKNOWN_DATE if written is None else day(written, DateBasis.STATED))
        ids = {one.statement for one in found if one.statement is not None}
        rows = {row.statement.id: row for row in self.store.statement_rows(ids)} if ids else {}
        pages = {i: self.store.document(i) for i in sorted({f.document for one in found for f in one.found})}
        return Rows((check(one, rows, pages) for one in found), fields.Check)

    def why(self, id: str) -> Rows[fields.Reason]:
        """Why each field of a statement, event, page or relation has its value."""
        return Rows(map(reason, self.store.why(id)), fields.Reason)

    # What happened -----------------------------------------------------------------------------------------------------------

    def events(
        self,
        *,
        code: str | None = None,
        kind: str | None = None,
        actor: str | None = None,
        by: str | None = None,
        to: str | None = None,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
        sayings: bool = False,
        limit: int | None = None,
    ) -> Rows[fields.Event]:
        """What happened: one row for each event, however many reports tell it, in date order, undated last."""
        wanted = event_filter(code, kind, actor, by, to, place, since, until, sayings, limit)
        return Rows(map(event, self.store.events(wanted)), fields.Event)

    def event(self, id: str) -> fields.WholeEvent:
        """One event by the id of any of its mentions, with the words of every passage that tells it."""
        row: EventRow = self.store.event(self._id(id, "ev-", "event"))
        return whole_event(row, {page.id: self.store.document(page.id) for page in row.documents})

    def figures(self) -> Rows[fields.Figure]:
        """The numbers that reports give, each as its report gives it; nothing is added up."""
        return Rows(map(figure, self.store.figures()), fields.Figure)

    def stories(self, *, limit: int | None = None) -> Rows[fields.Story]:
        """The happenings that more than one report tells, those of the first days first."""
        _check_limit(limit)
        return Rows(map(story, self.store.stories()[:limit]), fields.Story)

    def timeline(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        act: str | None = None,
        since: str | None = None,
        until: str | None = None,
        undated: bool = False,
        limit: int | None = None,
    ) -> Rows[fields.Statement | fields.Event]:
        """What happened and what was said, day by day; `undated` adds what has no day at the end."""
        _check_limit(limit)
        first, last, dated = iso_day(since), iso_day(until), not undated
        wanted = StatementFilter(
            by=by, act=choice(act, Act, "an act"), about=about, since=first, until=last, dated=dated
        )
        said = [row for row in self.store.lines(wanted) if row.statement.nested_in is None]
        # What a filter asks of sayings alone (an act) leaves events out.
        asked = EventFilter(by=by, actor=about, since=first, until=last, dated=dated)
        happened = [] if act else self.store.events(asked)
        return Rows(questions.day_by_day(said, happened, limit), fields.Statement, fields.Event)

    # How things stand --------------------------------------------------------------------------------------------------------

    def state(self, on: str | None = None, *, between: Between = None, hindsight: bool = False) -> State:
        """Every ledger as known from reports published by the day `on`."""
        two = questions.sides(self.store, between, self._know) if between else ()
        return state(self.store.state(last_day(on), hindsight=hindsight, between=two))

    def changes(
        self, since: str, until: str, *, between: Between = None, hindsight: bool = False
    ) -> Rows[fields.Change]:
        """What changed in the ledgers from one day to another."""
        two = questions.sides(self.store, between, self._know) if between else ()
        before, after = (self.store.state(last_day(d), hindsight=hindsight, between=two) for d in (since, until))
        return Rows(map(change, difference(before, after)), fields.Change)

    def ledger(
        self,
        ledger: str,
        *,
        between: Between = None,
        by: str | None = None,
        of: str | None = None,
        on: str | None = None,
        hindsight: bool = False,
    ) -> Rows[Any]:
        """The rows of one ledger (``demands``, ``channels``, ...) as known by the day `on`."""
        wanted = choice(ledger, Ledger, "a ledger")
        if wanted is None:
            raise errors.BadValue("name a ledger")
        found = questions.ledger(
            self.store, wanted, self._know, between=between, by=by, of=of, on=last_day(on), hindsight=hindsight
        )
        return Rows(map(ledger_row, found), TABLES[wanted.value].row)

    def demands(self, **asked: Any) -> Rows[fields.Demand]:
        """What each side demands of whom, with every wording and the answers; takes what `ledger` takes."""
        return self.ledger("demands", **asked)

    def commitments(self, **asked: Any) -> Rows[fields.Commitment]:
        """Who promised what to whom by when, and how it stands; takes what `ledger` takes."""
        return self.ledger("commitments", **asked)

    def disputes(self, **asked: Any) -> Rows[fields.Accusation]:
        """Who accuses whom of what, and whether it stands; takes what `ledger` takes."""
        return self.ledger("accusations", **asked)

    def channels(self, **asked: Any) -> Rows[fields.Channel]:
        """The channels between sides and how they stand; takes what `ledger` takes."""
        return self.ledger("channels", **asked)

    # Where it stands ---------------------------------------------------------------------------------------------------------

    def documents(self) -> Rows[fields.Document]:
        """The pages of the record, in the order of their paths."""
        return Rows(map(document, self.store.each_document()), fields.Document)

    def document(self, id: str) -> fields.WholeDocument:
        """One page by its id, its beginning, its path or its report, with its text and the role of every line."""
        found = self._page(id)
        row = self.store.documents([found])[0]
        lines = self.store.lines(StatementFilter(document=found, part=None))
        return whole_document(row, self.store.document(found), lines, self.store.versions(found))

    def text(self, document: str, start: int = 0, end: int | None = None) -> PassageText:
        """The source text of a page, or the stretch of it between two code points; `BadValue` when it does not reach so far."""
        page = self.store.document(self._page(document))
        last = len(page.text) if end is None else end
        if not 0 <= start <= last <= len(page.text):
            raise errors.BadValue(f"{page.id} has no characters {start} to {last}: its text has {len(page.text)}")
        return PassageText(
            document=page.id,
            start=start,
            end=last,
            length=len(page.text),
            text=Span(start, last).of(page.text),
            outlet=page.publisher,
            title=page.title,
            published=date(page.published),
            url=page.url,
        )

    def reports(self) -> Rows[fields.Report]:
        """The reports: who wrote them, who copied whom, and how much of the text is shared."""
        return Rows(map(report, self.store.reports()), fields.Report)

    def report(self, id: str) -> fields.Report:
        """One report by its id, or by a page that it holds."""
        lead = self.store.documents([self._page(id)])[0]
        found = next((row for row in self.store.reports() if row.id == lead.report), None)
        if found is None:
            raise errors.NotFound(f"{lead.id} is in no report.")
        return report(found)

    def sources(self) -> Rows[fields.Source]:
        """The outlets and their mix: how many of their pages are originals, copies, or of unknown origin."""
        return Rows(sources(self.store.documents(), self.store.reports()), fields.Source)

    def actors(
        self,
        *,
        match: str | None = None,
        kind: str | None = None,
        country: str | None = None,
        unnamed: bool = False,
        limit: int | None = None,
    ) -> Rows[fields.Speaker]:
        """Who speaks in the record, the most often first; `unnamed` adds groups without a name."""
        _check_limit(limit)
        wanted = choice(kind, ActorKind, "a kind")
        rows = [
            r
            for r in self.store.speaking()
            if wanted in (None, r.actor.kind)
            and (unnamed or wanted is ActorKind.UNNAMED_GROUP or r.actor.kind is not ActorKind.UNNAMED_GROUP)
        ]
        if match is not None:
            words = match.casefold().split()
            rows = [r for r in rows if all(w in " ".join((r.actor.name, *r.names)).casefold() for w in words)]
        if country is not None:
            rows = [
                r
                for r in rows
                if country.casefold()
                in {(r.actor.country or "").casefold(), country_of(r.actor, self.knowledge).casefold()} - {""}
            ]
        return Rows((speaker(r, self.knowledge) for r in rows[:limit]), fields.Speaker)

    def actor(self, name: str, *, on: str | None = None) -> fields.Profile:
        """One actor by name or id: the offices (held on a day), and what is said."""
        when = whole_day(on)
        found = questions.actor_called(self.store, name, self._know)
        lines = self.store.lines_by(found)
        offices = [t for t in terms_of(found, self.knowledge, None, None) if when is None or t.held_on(when)]
        if not lines and not offices and found.kind is ActorKind.PERSON:
            raise errors.NotFound(
                f"{found.name} neither holds an office nor says anything in this record; private persons are not profiled."
            )
        return profile(found, when, offices, lines, self.knowledge)

    def _id(self, beginning: str, prefix: str, what: str) -> str:
        found = self.store.find_id(beginning)
        if not found.startswith(prefix):
            raise errors.NotFound(f"{found} is no {what}.")
        return found

    def _page(self, given: str) -> str:
        if given.startswith("rep-"):
            return self.store.report(self.store.find_id(given)).lead
        return self.store.find_page(given)


def statement_filter(
    by: str | None = None,
    act: str | None = None,
    about: str | None = None,
    target: str | None = None,
    since: str | None = None,
    until: str | None = None,
    match: str | None = None,
    outlet: str | None = None,
    sure: float = SHOWN_FROM,
    limit: int | None = None,
) -> StatementFilter:
    """The filter that these words ask for.

    Raises:
        BadValue: when one of them is no act, day, share or number of rows.
    """
    _check_limit(limit)
    if not 0 <= sure <= 1:
        raise errors.BadValue(f"{sure!r} is no share between 0 and 1")
    return StatementFilter(
        by=by,
        act=choice(act, Act, "an act"),
        about=about,
        target=target,
        since=iso_day(since),
        until=iso_day(until),
        match=match,
        outlet=outlet,
        limit=limit,
        min_confidence=sure,
    )


def _check_limit(limit: int | None) -> None:
    """A negative number would cut rows off the end, where nobody misses them."""
    if limit is not None and limit < 0:
        raise errors.BadValue(f"{limit} is no number of rows: give 0 or more")


def event_filter(
    code: str | None = None,
    kind: str | None = None,
    actor: str | None = None,
    by: str | None = None,
    to: str | None = None,
    place: str | None = None,
    since: str | None = None,
    until: str | None = None,
    sayings: bool = False,
    limit: int | None = None,
) -> EventFilter:
    """The filter that these words ask for; what only sayings are adds the sayings.

    Raises:
        BadValue: when one of them is no root, kind, day or number of rows.
    """
    _check_limit(limit)
    root, what = choice(code, Root, "a root of events"), choice(kind, EventKind, "a kind of events")
    return EventFilter(
        code=root,
        kind=what,
        actor=actor,
        by=by,
        to=to,
        since=iso_day(since),
        until=iso_day(until),
        place=place,
        sayings=sayings or what is EventKind.SAYING or root in _SAID,
        limit=limit,
    )
