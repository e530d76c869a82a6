"""The check of a record's own headlines: what a headline quotes against the text below it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from onrecord.model import Document, DocumentStatus, LineRole, Span
from onrecord.reading.attribution.quotes import quotations
from onrecord.record import query, schema
from onrecord.record.checking import matching
from onrecord.record.checking.matching import Passage, Quote
from onrecord.record.checking.types import Change, Checked, Edit, Found, Quoted, Verdict
from onrecord.record.checking.words import telling

#: In a headline's own text so much of a quotation is enough to be meant.
_SAME, _TELLING = 0.5, 0.5


def check_headlines(connection: Connection) -> Iterator[tuple[Document, Checked]]:
    """Every quotation in the headline of an article with its verdict, with its page, in the order of the pages' ids."""
    d = schema.documents
    asked = select(d.c.id).where(d.c.status == DocumentStatus.ARTICLE.value).order_by(d.c.id)
    for document_id in list(connection.execute(asked).scalars()):
        document = query.document(connection, document_id)
        for one in check_headline(document):
            yield document, one


def check_headline(document: Document) -> list[Checked]:
    """The quotations in the headline of one page, each once, against the page's own body.

    A quotation's span lies in the document's text. Its words may be altered, cut, or nowhere in the body.
    """
    found: dict[str, Quoted] = {}
    for line in document.lines:
        if line.role is LineRole.HEADLINE:
            for mark in quotations(document.text, line.span.start, line.span.end):
                words = mark.inner.of(document.text).strip()
                if mark.closed and words:
                    found.setdefault(words, Quoted(words, mark.inner))
    if not found:
        return []
    passages = [Passage.of(document.text, [span]) for span in _paragraphs(document)]
    return [_judged(document, one, passages) for one in found.values()]


def _paragraphs(document: Document) -> list[Span]:
    return [s for line in document.lines if line.role in {LineRole.BODY, LineRole.DATELINE} and len(s := line.span)]


def _judged(document: Document, one: Quoted, passages: list[Passage]) -> Checked:
    quote = Quote.of(one.quote)
    for passage in passages:
        exact = matching.exact(quote, passage)
        if exact is not None:
            span = passage.span(exact.ranges[0][0], exact.ranges[-1][1])
            verdict = Verdict.CUT if exact.cut else Verdict.VERBATIM
            change = (Change(Edit.DROPPED, "", exact.cut),) if exact.cut else ()
            return Checked(one, verdict, difference=change, found=(Found(document.id, span),))
    fits = [(f, p) for p in passages if (f := matching.fit(quote, p)) is not None]
    best = max(fits, key=lambda pair: (pair[0].same, pair[0].telling), default=None)
    if (
        best is None
        or len(quote.words) < 2
        or best[0].same < _SAME
        or best[0].telling < _TELLING
        or not telling(quote.words)
    ):
        return Checked(one, Verdict.NOT_FOUND, note="The text below the headline does not have these words.")
    fit, passage = best
    lost = matching.turning_lost(quote, passage, fit)
    verdict = Verdict.CUT if lost else Verdict.STITCHED if matching.leaps(quote, passage, fit) else Verdict.ALTERED
    place = Found(document.id, passage.span(fit.first, fit.stop))
    return Checked(one, verdict, difference=matching.changes(quote, one.quote, passage, fit), found=(place,))
