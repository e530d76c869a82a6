"""The record as a thing to open, ask and extend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError

from onrecord.model import (
    UNKNOWN_DATE,
    Actor,
    ActorRef,
    Correction,
    DateValue,
    Document,
    Position,
    Reading,
    Relation,
    Report,
    errors,
)
from onrecord.model.ledgers import StateOfPlay
from onrecord.record import (
    actors,
    changes,
    corrected,
    events,
    ledgers,
    listing,
    outcomes,
    paging,
    query,
    relations,
    server,
    sides,
    store,
    streams,
)
from onrecord.record.actors import ActorRow
from onrecord.record.events import EventFilter, EventRow, FigureRow, StoryRow
from onrecord.record.paging import Key, LinePage
from onrecord.record.rows import DocumentRow, ReportRow, StatementFilter, StatementRow, Version
from onrecord.record.version import version
from onrecord.record.writer import Writer
from onrecord.relations.ledgers import Given, state_of_play

if TYPE_CHECKING:
    # Loaded when a draft is checked: its patterns cost every other question their weight.
    from onrecord.record.checking import Checked
    from onrecord.record.forgetting import Forgettable, Forgotten
    from onrecord.record.why import Explained

T = TypeVar("T")
ALL = StatementFilter()
ALL_EVENTS = EventFilter()


@dataclass(frozen=True, slots=True)
class Batch:
    """One open transaction: ``write`` changes the record, ``connection`` is what `onrecord.record.query` asks."""

    connection: Connection

    @property
    def write(self) -> Writer:
        """The writer over this transaction."""
        return Writer(self.connection)


class Record:
    """A record on disk. Open it with `Record.open`; use it as a context manager or call `close`.

    Reading needs no lock and sees the last finished batch. Writing goes through `batch`, inside `sole_writer`.
    """

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self.path = path

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False) -> Record:
        """Opens the record at `path`; `create` makes it when there is none and allows writing.

        Raises:
            RecordError: when it cannot be opened; the subclass and the sentence say why.
        """
        where = server.remembered(path) if server.is_server(path) else Path(path)
        return cls(store.connect(where, create=create), where)

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives the files back."""
        self._engine.dispose()

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """One transaction with a writer and questions that see what it wrote; all of it is kept, or nothing.

        Raises:
            RecordFull, RecordBusy: when the system refuses; what earlier batches wrote is kept.
        """
        try:
            with self._engine.begin() as connection:
                yield Batch(connection)
        except DatabaseError as error:
            raise store.translated(error, self.path) from error

    def ask(self, question: Callable[[Connection], T]) -> T:
        """What a function of this package finds over one connection: `record.ask(lambda c: search.search(c, wanted))`."""
        with self._asking() as connection:
            return question(connection)

    def lines(self, wanted: StatementFilter = ALL) -> list[StatementRow]:
        """The lines the filter asks for, one for each saying, in date order."""
        with self._asking() as connection:
            return listing.lines(connection, wanted)

    def page(self, wanted: StatementFilter, after: Key | None = None, size: int = 100) -> LinePage:
        """At most `size` of the lines that the filter asks for, from behind a place on; with the place to go on from."""
        with self._asking() as connection:
            return paging.page(connection, wanted, after, size)

    def statement_rows(self, ids: Iterable[str] | None = None, *, withdrawn: bool = False) -> list[StatementRow]:
        """A row for every statement on every copy, or for those with the given ids; `withdrawn` adds those that reviewers withdrew."""
        with self._asking() as connection:
            return listing.statement_rows(connection, ids, withdrawn=withdrawn)

    def each_statement(self) -> Iterator[StatementRow]:
        """The same as `statement_rows`, one by one: for lists that are not to stand in memory."""
        with self._asking() as connection:
            yield from streams.statement_rows(connection)

    def each_document(self) -> Iterator[DocumentRow]:
        """The same as `documents`, one by one."""
        with self._asking() as connection:
            yield from streams.documents(connection)

    def count(self, table: str) -> int:
        """How many rows the record's table of that name has (``documents``, ``statements``)."""
        with self._asking() as connection:
            return streams.count(connection, table)

    def articles(self) -> tuple[int, int]:
        """How many pages are articles, and how many reports these make."""
        with self._asking() as connection:
            return streams.articles(connection)

    def events(self, wanted: EventFilter = ALL_EVENTS) -> list[EventRow]:
        """The events the filter asks for, one for each happening however many reports tell it, in date order."""
        with self._asking() as connection:
            return events.events(connection, wanted)

    def event(self, mention_id: str) -> EventRow:
        """The event that the mention with this id belongs to; `NotFound` when it points at none."""
        with self._asking() as connection:
            return events.event(connection, mention_id)

    def stories(self) -> list[StoryRow]:
        """The stories that more than one report tells, in date order."""
        with self._asking() as connection:
            return events.stories(connection)

    def figures(self) -> list[FigureRow]:
        """The figures that reports give, each as its report gives it."""
        with self._asking() as connection:
            return events.figures(connection)

    def actors(self, ids: Iterable[str]) -> dict[str, Actor]:
        """The actors with the given ids, by id; those the record does not hold are left out."""
        with self._asking() as connection:
            return events.actors(connection, ids)

    def relations(self, lines: Iterable[str] | None = None) -> list[Relation]:
        """What lines do to each other, and what fulfils or misses a promise: all relations, or those of the given lines, by id."""
        with self._asking() as connection:
            return outcomes.between_lines(connection, lines)

    def relation_rows(self, statements: Iterable[str] | None = None) -> list[Relation]:
        """The same for the statements on every copy: one row for each page that carries both lines, else for the leads."""
        with self._asking() as connection:
            return outcomes.between_rows(connection, statements)

    def find_relation(self, beginning: str) -> str:
        """The one relation whose id begins with `beginning`; `NotFound` or `Ambiguous` otherwise."""
        with self._asking() as connection:
            return outcomes.find(connection, beginning)

    def positions(self) -> list[Position]:
        """What each side holds over time, with every wording, by side and first day."""
        with self._asking() as connection:
            return relations.positions(connection)

    def side(self, actor: Actor) -> ActorRef:
        """The state or organisation that an actor belongs to, itself where it belongs to none."""
        with self._asking() as connection:
            return sides.side(connection, actor)

    def state(self, on: str | None = None, *, hindsight: bool = False, between: Sequence[ActorRef] = ()) -> StateOfPlay:
        """The ledgers as known from reports published by the day `on` (ISO; None for everything), of all sides or between some."""
        with self._asking() as connection:
            ids = [ref.id for ref in between if ref.id is not None]
            given = ledgers.given(connection, ids, None if hindsight else on)
        return state_of_play(given, on, hindsight=hindsight, between=between)

    def between(self, one: str, two: str, until: str | None = None) -> Given:
        """What the states of play between two sides (ids) are made from, for every day, or for those up to `until` (ISO)."""
        with self._asking() as connection:
            return ledgers.given(connection, (one, two), until)

    def documents(self, ids: Iterable[str] | None = None) -> list[DocumentRow]:
        """All documents, or those with the given ids, in the order of their paths."""
        with self._asking() as connection:
            return listing.documents(connection, ids)

    def document(self, document_id: str) -> Document:
        """One document with its text; `NotFound` when there is none."""
        with self._asking() as connection:
            return query.document(connection, document_id)

    def reports(self) -> list[ReportRow]:
        """All reports with their copies, in time order."""
        with self._asking() as connection:
            return listing.reports(connection)

    def report(self, report_id: str) -> Report:
        """One report with its alignments, as corrected; `NotFound` when there is none."""
        with self._asking() as connection:
            return corrected.report(connection, report_id)

    def reading(self, document_id: str) -> Reading:
        """What was read in a document, before anybody was resolved; `NotFound` when it was not read."""
        with self._asking() as connection:
            return query.reading(connection, document_id)

    def find_id(self, beginning: str) -> str:
        """The one id that begins with `beginning`; `NotFound` or `Ambiguous` otherwise."""
        with self._asking() as connection:
            return corrected.find_id(connection, beginning)

    def makers(self) -> dict[str, str]:
        """What made the record, by name."""
        with self._asking() as connection:
            return query.makers(connection)

    def version(self) -> str:
        """A word that is another one whenever the record has changed."""
        with self._asking() as connection:
            return version(connection)

    def skipped(self) -> list[tuple[str, str]]:
        """The paths that gave no page, with the reason."""
        with self._asking() as connection:
            return query.skipped(connection)

    def corrections(self) -> tuple[Correction, ...]:
        """The reviewers' log, oldest entry first."""
        with self._asking() as connection:
            return corrected.log(connection)

    def correct(self, entries: Iterable[Correction], *, lenient: bool = False) -> int:
        """Adds entries to the reviewers' log and returns how many were new; `NotFound` when one names what is not there.

        With `lenient` such an entry is kept all the same: it changes nothing and is among the conflicts.
        """
        with store.sole_writer(self.path), self.batch() as batch:
            return corrected.append(batch.connection, entries, lenient=lenient)

    def speaking(self) -> list[ActorRow]:
        """Everybody who speaks in the record, and the states and organisations for which somebody does."""
        with self._asking() as connection:
            return actors.actors(connection)

    def find_actor(self, given: str, ids: Iterable[str] = ()) -> Actor:
        """The one actor `given` names, by id or name; `ids` are those that tables know for it. `NotFound` or `Ambiguous`."""
        with self._asking() as connection:
            return actors.find(connection, given, ids)

    def lines_by(self, actor: Actor) -> list[StatementRow]:
        """The lines that the actor says, in date order, merges and splits applied."""
        with self._asking() as connection:
            rows = listing.lines(connection, StatementFilter(by=actor.name))
        return [row for row in rows if any(s.id == actor.id for s in row.statement.speakers)]

    def find_page(self, beginning: str) -> str:
        """The one document whose id or path is given, or whose id begins like that; `NotFound` or `Ambiguous` otherwise."""
        with self._asking() as connection:
            return query.find_page(connection, beginning)

    def forget(self, what: Forgettable, given: str, reason: str) -> Forgotten:
        """Removes a page, a person or a domain with its texts, its index and its part of the log; a tombstone stays.

        It goes from the copies that `onrecord backup` listed too, where they are at their places.

        Raises:
            NotFound, Ambiguous: the record has no such page, person or domain, or several.
            RecordBusy: another process writes; or it is forgotten and another process reads: the words stand in the write-ahead log then.
            RecordError: it is forgotten, but a backup cannot be gone through.
        """
        from onrecord.record import forgetting, keeping

        with store.sole_writer(self.path):
            with self.batch() as batch:
                done = forgetting.forget(batch.connection, what, given, reason)
            read = self._wipe()
        done = keeping.forget_in_backups(self, done)
        self._tell_read(read=read)
        return done

    def forget_again(self, stones: Iterable[tuple[str, str, str]]) -> None:
        """Removes what the tombstones (hash, kind, reason) of another state of this record name."""
        from onrecord.record import forgetting

        with store.sole_writer(self.path):
            with self.batch() as batch:
                forgetting.forget_again(batch.connection, stones)
            read = self._wipe()
        self._tell_read(read=read)

    def _wipe(self) -> bool:
        """Writes the file anew without what was deleted, and empties the write-ahead log; True where another program holds that."""
        if self._engine.dialect.name == "postgresql":
            server.wipe(self._engine)
            return False
        with self._asking() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("VACUUM")
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
            connection.exec_driver_sql("BEGIN")
        return bool(busy)

    def _tell_read(self, *, read: bool) -> None:
        if read:
            raise errors.RecordBusy(
                f"It is forgotten, but another program reads {self.path}: what was removed stays in the files beside it until that "
                "program ends and the record is asked once more (`onrecord sources`)."
            )

    def why(self, beginning: str) -> tuple[Explained, ...]:
        """Why each field of the statement, event, page or relation with that id has its value."""
        from onrecord.record.why import why

        with self._asking() as connection:
            return why(connection, beginning)

    def check(self, draft: str, written: DateValue = UNKNOWN_DATE) -> tuple[Checked, ...]:
        """Every quotation of the text `draft` with its verdict, in order; `written` is the day its weekdays count from."""
        from onrecord.record.checking.check import check

        with self._asking() as connection:
            return check(connection, draft, written)

    def check_headlines(self) -> list[tuple[Document, Checked]]:
        """Every quotation in the headlines of the record's articles, checked against the article's own text."""
        from onrecord.record.checking.headlines import check_headlines

        with self._asking() as connection:
            return list(check_headlines(connection))

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """The ETag and the modification date that the server at `url` gave last."""
        with self._asking() as connection:
            return query.validators(connection, url)

    def versions(self, document_id: str) -> tuple[Version, ...]:
        """The versions of a page, oldest first, each with what changed since the one before; one alone when it never changed."""
        with self._asking() as connection:
            return changes.versions(connection, document_id)

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection.execution_options(**{store.READS: True})
        except DatabaseError as error:
            raise store.translated(error, self.path) from error

    def optimise(self) -> None:
        """Folds the write-ahead log into the file and refreshes the planner's statistics."""
        with self._asking() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("ANALYZE"))
                connection.commit()
                return
            connection.exec_driver_sql("COMMIT")
            connection.execute(text("PRAGMA optimize"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            connection.exec_driver_sql("BEGIN")
