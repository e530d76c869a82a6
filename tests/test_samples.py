"""The samples' record as a whole: golden files to read, and properties that hold for every line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from onrecord.model import DocumentStatus, LineRole, StatementPart, joined_text
from onrecord.record import Record, StatementFilter
from onrecord.views.cli import screen


def test_golden_statements(sample_record: Record, golden: Callable[[str, str], None]) -> None:
    out: list[str] = []
    path = ""
    for row in sample_record.statement_rows():
        if row.path != path:
            path = row.path
            out += ["", f"# {Path(path).name}"]
        s = row.statement
        text = sample_text(sample_record, s.document)
        parts = (
            screen.names(s.speakers) or "?",
            s.act.value,
            screen.names(s.target) or "-",
            screen.date_words(s.date) if s.date.value else "-",
            s.quote_type.value + (" nested" if s.nested_in else "") + (" presupposed" if s.presupposed else ""),
            " ".join(joined_text(text, s.cue).split()) or "-",
            " ".join(row.content.split()),
        )
        where = "" if s.part is StatementPart.BODY else f"[{s.part.value}{', told in the body' if s.same_as else ''}] "
        out.append(where + " | ".join(parts))
    golden("samples_statements.txt", "\n".join(out).lstrip() + "\n")


_TEXTS: dict[str, str] = {}


def sample_text(record: Record, document: str) -> str:
    if document not in _TEXTS:
        _TEXTS[document] = record.document(document).text
    return _TEXTS[document]


def test_golden_documents(sample_record: Record, golden: Callable[[str, str], None]) -> None:
    out: list[str] = []
    for row in sample_record.documents():
        document = sample_record.document(row.id)
        out += [
            f"# {Path(row.path).name}",
            f"title: {row.title}",
            f"publisher: {row.publisher}",
            f"published: {screen.date_words(row.published)} ({row.published.basis.value})",
            f"url: {row.url}",
            f"status: {row.status.value} ({row.reason or row.language})",
        ]
        for line in document.lines:
            words = " ".join(line.span.of(document.text).split())
            if words and line.role not in {LineRole.NAVIGATION, LineRole.RELATED, LineRole.FOOTER}:
                out.append(f"{line.role.value:>11}: {words[:100]}")
        out.append("")
    golden("samples_documents.txt", "\n".join(out))


def test_golden_reports(sample_record: Record, golden: Callable[[str, str], None]) -> None:
    out: list[str] = []
    for row in sample_record.reports():
        origin = ", ".join(row.origin.names) or "unknown"
        out.append(f"{origin} ({row.origin.independence.value}, {row.origin.basis.value}): {Path(row.lead.path).name}")
        out += [f"    {c.independence.value} {c.shared:.2f} {Path(d.path).name}" for d, c in row.copies]
    golden("samples_reports.txt", "\n".join(out) + "\n")


def test_golden_relations(sample_record: Record, golden: Callable[[str, str], None]) -> None:
    rows = {row.statement.id: row for row in sample_record.statement_rows()}

    def said(statement: str) -> str:
        if statement.startswith("ev-"):
            event = sample_record.event(statement).event
            return f"event | {event.kind.value} | {screen.date_words(event.date)}"
        row = rows[statement]
        who = screen.names(row.statement.speakers) or "?"
        return f"{Path(row.path).name} | {who} | {row.statement.act.value} | {' '.join(row.content.split())}"

    out = []
    for relation in sample_record.relation_rows():
        kind = relation.kind.value + (f" ({relation.denied.value})" if relation.denied is not None else "")
        basis = ", ".join(b.value for b in relation.basis)
        head = f"{kind} | {relation.confidence:.2f} | {basis} | {relation.rule}"
        out.append(f"{head}\n    {said(relation.subject)}\n    {said(relation.object)}")
    golden("samples_relations.txt", "\n".join(sorted(out)) + "\n")


def test_every_span_names_what_it_says(sample_record: Record) -> None:
    rows = sample_record.statement_rows()
    assert len(rows) > 300
    for row in rows:
        text = sample_text(sample_record, row.statement.document)
        assert row.content == joined_text(text, row.statement.content)
        for ref in (*row.statement.speakers, *row.statement.target, *row.statement.addressees):
            assert ref.span is None or ref.span.of(text).strip()


def test_statements_of_the_body_lie_in_it(sample_record: Record) -> None:
    bodies = {d.id: d.body for d in sample_record.documents()}
    outside = [
        row.statement.id
        for row in sample_record.statement_rows()
        if row.statement.part is StatementPart.BODY
        and not all(any(b.contains(s) for b in bodies[row.statement.document]) for s in row.statement.content)
    ]
    assert outside == []


def test_statements_outside_the_body_are_told_and_not_counted(sample_record: Record) -> None:
    apart = [row.statement for row in sample_record.statement_rows() if row.statement.part is not StatementPart.BODY]
    listed = {row.statement.id for row in sample_record.lines()}
    asked = sample_record.lines(StatementFilter(part=StatementPart.HEADLINE))
    assert {s.part for s in apart} >= {StatementPart.HEADLINE, StatementPart.STANDFIRST}
    assert not listed & {s.id for s in apart}
    assert {row.statement.part for row in asked} == {StatementPart.HEADLINE}
    known = {row.statement.id: row.statement for row in sample_record.statement_rows()}
    same = [(s, known[s.same_as]) for s in apart if s.same_as]
    assert all(body.part is StatementPart.BODY and body.document == s.document for s, body in same)
    assert len(same) > len(apart) / 2


def test_only_articles_are_read(sample_record: Record) -> None:
    articles = {d.id for d in sample_record.documents() if d.status is DocumentStatus.ARTICLE}
    assert {row.statement.document for row in sample_record.statement_rows()} <= articles
    assert len(articles) < len(sample_record.documents())
