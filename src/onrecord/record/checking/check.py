"""The check of a draft: every quotation against the statements of a record and the pages they stand on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from sqlalchemy import Connection, select

from onrecord.model import (
    UNKNOWN_DATE,
    ActorRef,
    DateValue,
    Document,
    QuoteType,
    Span,
    StatementPart,
    body_of,
    joined_text,
)
from onrecord.record import listing, query, schema
from onrecord.record.checking import candidates, matching
from onrecord.record.checking.drafts import quoted
from onrecord.record.checking.matching import Exact, Fit, Half, Passage, Quote
from onrecord.record.checking.speakers import Names, said_by, said_on
from onrecord.record.checking.types import Change, Checked, Edit, Found, Quoted, Verdict
from onrecord.record.checking.words import telling
from onrecord.record.corrected import corrected
from onrecord.record.rows import StatementRow

#: A quotation belongs to a passage when so much of it is there: of its words, of its telling words.
_SAME, _TELLING = 0.6, 0.5
#: Shorter ones are found word for word or not at all, and nobody is said to be wrongly named for them.
_LEAST = 4
_FITTED, _PAGES, _SHOWN = 6, 4, 24


def check(connection: Connection, draft: str, written: DateValue = UNKNOWN_DATE) -> tuple[Checked, ...]:
    """Every quotation of `draft` with its verdict, in the draft's order; `written` is the day its weekdays count from."""
    checker = Checker(connection)
    return tuple(checker.check(one) for one in quoted(draft, written))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A statement that may hold a quotation: its content's words."""

    id: str
    document: str
    content: str
    passage: Passage


@dataclass(slots=True)
class Checker:
    """Checks quotations one by one over an open connection; remembers the pages and names it looked up."""

    connection: Connection
    _index: candidates.Index = field(init=False)
    _names: Names = field(init=False)
    _gone: frozenset[str] = field(init=False)
    _documents: dict[str, tuple[Document, Passage]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._index = candidates.Index(self.connection)
        self._names = Names(self.connection)
        self._gone = corrected(self.connection).fields.gone

    def check(self, one: Quoted) -> Checked:
        """The quotation with its verdict.

        First it is looked up word for word in statements, then on the pages of those that share its rarest words; what is
        nowhere whole is aligned with the statement it fits best, or told as the end of one and the beginning of another.
        """
        quote = Quote.of(one.quote)
        if not quote.words:
            return Checked(one, Verdict.NOT_FOUND, note="There are no words between the marks.")
        names = [one.speaker] if one.speaker else []
        near = self._load(candidates.whole(self._index, quote.words, names))
        exact = [(c, e) for c in near if (e := matching.exact(quote, c.passage, one.around)) is not None]
        if exact:
            return self._verbatim(one, exact)
        if len(quote.words) >= _LEAST:
            near = list(
                {c.id: c for c in (*near[:_SHOWN], *self._load(candidates.partly(self._index, quote.words)))}.values()
            )
        near = _ranked(one, near)
        on_page = self._on_pages(one, quote, near)
        if on_page is not None:
            return on_page
        if len(quote.words) < _LEAST:
            return Checked(one, Verdict.NOT_FOUND)
        return self._changed(one, quote, near)

    def _load(self, ids: Iterable[str]) -> list[_Candidate]:
        wanted = [key for key in ids if key not in self._gone]
        s = schema.statements
        asked = select(s.c.id, s.c.document, s.c.content_text).where(
            s.c.id.in_(wanted), s.c.part == StatementPart.BODY.value
        )
        found = {
            row.id: _Candidate(
                row.id, row.document, row.content_text, Passage.of(row.content_text, [Span(0, len(row.content_text))])
            )
            for row in (self.connection.execute(asked) if wanted else ())
        }
        return [found[key] for key in wanted if key in found]

    def _page(self, document_id: str) -> tuple[Document, Passage]:
        if document_id not in self._documents:
            document = query.document(self.connection, document_id)
            self._documents[document_id] = (document, Passage.of(document.text, body_of(document.text, document.lines)))
        return self._documents[document_id]

    def _verbatim(self, one: Quoted, exact: Sequence[tuple[_Candidate, Exact]]) -> Checked:
        """The verdict for words that stand in statements as they are: whole or cut, by whom, and when."""
        whole = [pair for pair in exact if not pair[1].cut] or list(exact)
        found = {c.id: e for c, e in whole[:_SHOWN]}
        rows = listing.statement_rows(self.connection, found)
        judged = [(self._by(one, row), said_on(one.days, row.statement.date, row.published), row) for row in rows]
        by, on, row = min(
            _settled(judged, long=len(Quote.of(one.quote).words) >= _LONG),
            key=lambda j: (
                _RANK[j[0]],
                _RANK[j[1]],
                j[2].statement.date.value is None,
                len(j[2].content),
                j[2].statement.id,
            ),
        )
        result = found[row.statement.id]
        place = self._place(row, result.ranges[0][0], result.ranges[-1][1])
        if result.cut:
            change = Change(Edit.DROPPED, "", result.cut)
            return _checked(one, Verdict.CUT, row, place, (change,), self._also(one, by, on))
        also = self._also(one, by, on)
        if also:
            return _checked(one, also[0], row, place, (), also[1:])
        return _checked(one, Verdict.VERBATIM, row, place)

    def _by(self, one: Quoted, row: StatementRow) -> bool | None:
        if one.speaker is None:
            return None
        s = row.statement
        parties: tuple[ActorRef, ...] = (*s.speakers, *s.on_behalf_of)
        source = joined_text(self._page(s.document)[0].text, s.source)
        return said_by(one.speaker, parties, source, self._names)

    def _also(self, one: Quoted, by: bool | None, on: bool | None) -> tuple[Verdict, ...]:
        told = len(Quote.of(one.quote).words) >= _LEAST
        return tuple(
            verdict
            for verdict, fits in ((Verdict.WRONG_SPEAKER, by), (Verdict.WRONG_DATE, on))
            if fits is False and told
        )

    def _place(self, row: StatementRow, first: int, stop: int) -> Found:
        document, _ = self._page(row.statement.document)
        content = Passage.of(document.text, row.statement.content)
        return Found(document.id, content.span(first, stop), row.statement.id)

    def _on_pages(self, one: Quoted, quote: Quote, near: Sequence[_Candidate]) -> Checked | None:
        """The verdict for words that stand on a page as they are, across statements or outside of any."""
        for document_id in list(dict.fromkeys(c.document for c in near))[:_PAGES]:
            passage = self._page(document_id)[1]
            result = matching.exact(quote, passage, one.around)
            if result is None or len(result.ranges) > 1:
                continue
            span = passage.span(result.ranges[0][0], result.ranges[-1][1])
            row = self._row_at(document_id, span)
            place = Found(document_id, span, row.statement.id if row else None)
            if result.cut:
                change = Change(Edit.DROPPED, "", result.cut)
                return _checked(one, Verdict.CUT, row, place, (change,))
            if row is None:
                note = (
                    "The page has these words, but no statement of the record holds them: who says them is not known."
                )
                return Checked(one, Verdict.VERBATIM, found=(place,), note=note)
            also = self._also(one, self._by(one, row), said_on(one.days, row.statement.date, row.published))
            return _checked(one, also[0] if also else Verdict.VERBATIM, row, place, (), also[1:])
        return None

    def _row_at(self, document_id: str, span: Span) -> StatementRow | None:
        """The statement whose content shares most with the span."""
        s = schema.statements
        rows = listing.statement_rows(
            self.connection, self.connection.execute(select(s.c.id).where(s.c.document == document_id)).scalars()
        )
        shared = [(sum(_shared(span, part) for part in row.statement.content), row) for row in rows]
        found = [(size, row) for size, row in shared if size > 0]
        return min(found, key=lambda f: (-f[0], len(f[1].content), f[1].statement.id))[1] if found else None

    def _changed(self, one: Quoted, quote: Quote, near: Sequence[_Candidate]) -> Checked:
        """The verdict for words that are nowhere as they are: cut, put together, altered, or not found."""
        fits = [(c, f) for c in near[:_FITTED] if (f := matching.fit(quote, c.passage)) is not None]
        best = max(fits, key=lambda pair: (pair[1].same, pair[1].telling), default=None)
        if best is not None and best[1].same < 1.0:
            stitched = self._stitched(one, quote, near)
            if stitched is not None:
                return stitched
        if best is None or best[1].same < _SAME or best[1].telling < _TELLING:
            return Checked(one, Verdict.NOT_FOUND)
        return self._fitted(one, quote, *best)

    def _fitted(self, one: Quoted, quote: Quote, candidate: _Candidate, found: Fit) -> Checked:
        row = listing.statement_rows(self.connection, [candidate.id])[0]
        place = self._place(row, found.first, found.stop)
        difference = matching.changes(quote, one.quote, candidate.passage, found)
        also = self._also(one, self._by(one, row), said_on(one.days, row.statement.date, row.published))
        if matching.turning_lost(quote, candidate.passage, found):
            return _checked(one, Verdict.CUT, row, place, difference, also)
        if matching.leaps(quote, candidate.passage, found):
            return _checked(one, Verdict.STITCHED, row, place, difference, also)
        return _checked(one, Verdict.ALTERED, row, place, difference, also)

    def _stitched(self, one: Quoted, quote: Quote, near: Sequence[_Candidate]) -> Checked | None:
        """A quotation whose beginning stands in one statement and whose end in another, each word for word."""
        parts = [(c, *matching.halves(quote, c.passage)) for c in near]
        lefts = [(c, h) for c, h, _ in parts if h is not None]
        rights = [(c, h) for c, _, h in parts if h is not None]
        if not lefts or not rights:
            return None
        left = max(lefts, key=lambda p: p[1].size)
        right = max(rights, key=lambda p: p[1].size)
        if left[0].id == right[0].id or not matching.joins(quote, left[1], right[1]):
            return None
        rows = {r.statement.id: r for r in listing.statement_rows(self.connection, [left[0].id, right[0].id])}
        places = tuple(self._half(rows[c.id], h) for c, h in (left, right))
        speakers = {s.name: s for c, _ in (left, right) for s in rows[c.id].statement.speakers}
        return Checked(
            one, Verdict.STITCHED, tuple(speakers.values()), found=places, note="Two sayings were put together."
        )

    def _half(self, row: StatementRow, half: Half) -> Found:
        return self._place(row, half.start, half.stop)


#: Of several passages with the same words the one that fits the draft is meant, and one of which nothing shows before a misfit.
_RANK = {True: 0, None: 1, False: 2}
#: So many words are said once: a passage that does not tell by whom or when is no second saying of them.
_LONG = 8
_Judged = tuple[bool | None, bool | None, StatementRow]


def _settled(judged: Sequence[_Judged], *, long: bool) -> list[_Judged]:
    """The passages without those that only tell less than another of the same saying: another copy, or the same person's words."""
    kept = []
    for by, on, row in judged:
        speaker = _settle(by, [(b, r) for b, _, r in judged], row, long=long)
        kept.append((speaker, _settle(on, [(o, r) for _, o, r in judged], row, long=long), row))
    known = [j for j in kept if j[2].statement.speakers and j[2].statement.date.value]
    return [j for j in kept if j in known or all((j[0], j[1]) != (k[0], k[1]) for k in known)]


def _settle(
    fits: bool | None, others: Iterable[tuple[bool | None, StatementRow]], row: StatementRow, *, long: bool
) -> bool | None:
    if fits is not None:
        return fits
    same = {copy.statement for copy in row.copies}
    speakers = {ref.name for ref in row.statement.speakers}
    told = {
        fit
        for fit, other in others
        if fit is not None
        and (
            long or other.statement.id in same or (speakers and speakers == {r.name for r in other.statement.speakers})
        )
    }
    return None if not told else True in told


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _ranked(one: Quoted, near: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates, those whose letters are most like the quotation's first."""
    wanted = one.quote.casefold()
    return sorted(near, key=lambda c: (-fuzz.partial_ratio(wanted, c.content.casefold()), c.id))


def _checked(
    one: Quoted,
    verdict: Verdict,
    row: StatementRow | None,
    place: Found,
    difference: tuple[Change, ...] = (),
    also: tuple[Verdict, ...] = (),
) -> Checked:
    if row is None:
        return Checked(one, verdict, difference=difference, found=(place,), also=also)
    s = row.statement
    note = ""
    if s.quote_type in {QuoteType.INDIRECT, QuoteType.NARRATED} and len(telling(Quote.of(one.quote).words)) > 1:
        note = "The page gives these words without quotation marks: they are the reporter's."
    return Checked(one, verdict, s.speakers, s.date.value, difference, (place,), also, note)
