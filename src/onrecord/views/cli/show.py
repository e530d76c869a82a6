"""The command `show`: one line with its passage, its copies and its reasons; or one page with its lines."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from onrecord.model import Document, LineRole, RelationKind, Span, Statement, StatementPart
from onrecord.record import Record, StatementFilter, StatementRow, Version
from onrecord.record.fields import Review
from onrecord.views.cli import screen
from onrecord.views.cli.events import show_event
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, RecordPath
from onrecord.views.fields import plain
from onrecord.views.fields.documents import whole_document
from onrecord.views.fields.relations import relation as bond
from onrecord.views.fields.statements import passage_of, whole_statement

#: Roles whose lines are part of what a reader of the article sees.
_READ = frozenset({LineRole.HEADLINE, LineRole.STANDFIRST, LineRole.SUBHEADING, LineRole.DATELINE, LineRole.BODY})


def show(
    id: Annotated[
        str, typer.Argument(metavar="ID", help="The id of a statement, event, page or report, or its beginning.")
    ],
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Show one line with the passage it comes from, its copies and the reason for every field; or one whole page."""
    with Record.open(record) as opened:
        found = opened.find_id(id)
        if found.startswith("st-"):
            _show_statement(opened, found, as_json=as_json)
        elif found.startswith("ev-"):
            show_event(opened, found, as_json=as_json)
        elif found.startswith("rep-"):
            _show_document(opened, opened.report(found).lead, as_json=as_json)
        else:
            _show_document(opened, found, as_json=as_json)


def _show_statement(record: Record, statement_id: str, *, as_json: bool) -> None:
    row = record.statement_rows([statement_id], withdrawn=True)[0]
    document = record.document(row.statement.document)
    passage = passage_of(document, row.statement)
    if as_json:
        bonds = [bond(one) for one in record.relation_rows([statement_id])]
        screen.print_json(plain(whole_statement(row, document, bonds)))
        return
    console = screen.console()
    console.print(
        Panel(_marked(document, row.statement, passage), title=Text(_says(row)), title_align="left", padding=(1, 2))
    )
    console.print(_fields(row, document))
    copies = {copy.document for copy in row.copies}
    for other in record.documents(copies) if copies else ():
        statement = next(c.statement for c in row.copies if c.document == other.id)
        console.print(
            Text(f"  also in {screen.outlet(other)}: {other.title or other.path} ({statement})", style="bright_black")
        )
    _print_relations(console, record, statement_id)
    if row.statement.reasons:
        console.print()
        console.print(_reasons(row.statement, document))


#: What the other line is to this one, where this one is the object.
_PASSIVE = {
    RelationKind.DENIES: "denied by",
    RelationKind.ANSWERS: "answered by",
    RelationKind.REJECTS: "rejected by",
    RelationKind.ACCEPTS: "accepted by",
    RelationKind.REPEATS: "repeated by",
    RelationKind.CONTRADICTS: "contradicted by",
    RelationKind.FULFILS: "fulfilled by",
    RelationKind.MISSES: "missed by",
}


def _print_relations(console: Console, record: Record, statement_id: str) -> None:
    found = record.relation_rows([statement_id])
    if not found:
        return
    others = {r.object if r.subject == statement_id else r.subject for r in found}
    words = {row.statement.id: _words(row) for row in record.statement_rows(others)}
    words |= {other: _happened(record, other) for other in others if other.startswith("ev-")}
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("Relation", "Line", "Basis", "Score", "Id"):
        table.add_column(name)
    for relation in found:
        forward = relation.subject == statement_id
        other = relation.object if forward else relation.subject
        kind = relation.kind.value if forward else _PASSIVE[relation.kind]
        denied = f" ({relation.denied.value})" if relation.denied is not None else ""
        basis = ", ".join(b.value for b in relation.basis)
        table.add_row(
            kind + denied, Text(words[other]), basis, f"{relation.confidence:.2f}", screen.short_id(relation.id)
        )
    console.print()
    console.print(table)


def _words(row: StatementRow) -> str:
    return f"{screen.names(row.statement.speakers) or 'somebody not known'}: {' '.join(row.content.split())}"


def _happened(record: Record, event_id: str) -> str:
    """An event in a line: its kind, its day and who has a part in it."""
    event = record.event(event_id).event
    who = ", ".join(party.actor.name for party in event.parties)
    return f"{event.kind.value}, {screen.date_words(event.date)}: {who} ({screen.short_id(event.id)})"


def _marked(document: Document, statement: Statement, passage: Span) -> Text:
    text = Text(passage.of(document.text))
    marks = (
        (statement.content, "bold"),
        (statement.source, "bold cyan"),
        (statement.cue, f"bold {screen.act_style(statement.act)}"),
        (statement.target_spans, "underline"),
        (statement.qualifier, "italic"),
    )
    for spans, style in marks:
        for span in spans:
            text.stylize(style, span.start - passage.start, span.end - passage.start)
    return text


def _says(row: StatementRow) -> str:
    outlet = row.publisher or row.path
    speaker = screen.names(row.statement.speakers) or "somebody not known"
    return f"{outlet} reports that {speaker} {screen.verb(row.statement.act)}"


def _fields(row: StatementRow, document: Document) -> Table:
    s = row.statement
    spans = ", ".join(f"{span.start}-{span.end}" for span in s.content)
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="bright_black", no_wrap=True)
    table.add_column(ratio=1)
    fields = {
        "id": s.id,
        "act": f"{s.act.value} ({s.act.searle.value}), {s.quote_type.value}, {s.polarity.value}, {s.modality.value}",
        "speaker": screen.names(s.speakers) or "not known",
        "for": screen.names(s.on_behalf_of),
        "to": screen.names(s.addressees),
        "about": screen.names(s.target),
        "when": screen.date_words(s.date) + (f" ({s.date.basis.value})" if s.date.value else ""),
        "where": s.place.name if s.place else "",
        "page": f"{row.title or ''} ({row.path}, characters {spans})",
        "published": screen.date_words(document.published),
        "behind it": screen.behind(row),
        "inside": s.nested_in or "",
        "reviewed": "; ".join(_review(r) for r in row.reviews),
        "stands in": "" if s.part is StatementPart.BODY else f"the {s.part.value}",
        "same as": s.same_as or "",
        "confidence": f"{s.confidence:.2f}, {s.made_by}",
    }
    for name, value in fields.items():
        if value:
            table.add_row(name, value)
    return table


def _review(one: Review) -> str:
    given = "" if one.applied else " (disputed: the reader's value is given)"
    return f"{one.field.value}: {one.value}, says {one.who} on {one.when[:10]}{given}"


def _reasons(statement: Statement, document: Document) -> Group:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("Why", "Rule", "Score", "Evidence"):
        table.add_column(name)
    for reason in statement.reasons:
        evidence = f"“{' '.join(reason.span.of(document.text).split())}”" if reason.span else ""
        table.add_row(
            reason.field, reason.rule, f"{reason.score:.2f}", " ".join(filter(None, (evidence, reason.detail)))
        )
    return Group(table)


def _show_document(record: Record, document_id: str, *, as_json: bool) -> None:
    row = record.documents([document_id])[0]
    document = record.document(document_id)
    lines = record.lines(StatementFilter(document=document_id))
    versions = record.versions(document_id)
    if as_json:
        whole = whole_document(row, document, lines, versions)
        screen.print_json(plain(whole))
        return
    console = screen.console()
    head = f"{screen.outlet(row)}, {screen.date_words(row.published)}, {row.status.value}"
    console.print(Text(row.title or row.path, style="bold"))
    console.print(Text(f"{head}, {row.path}", style="bright_black"))
    _print_lines(console, document)
    console.print(
        Text(f"{screen.counted(len(lines), 'statement')}; report {row.report or 'none'}", style="bright_black")
    )
    if len(versions) > 1:
        _print_versions(console, versions)


def _print_versions(console: Console, versions: tuple[Version, ...]) -> None:
    console.print(Text(f"This page has {len(versions)} versions:", style="bold"))
    for version in versions:
        console.print(Text(f"  {version.document}  {version.fetched or 'captured at an unknown time'}"))
        for sign, texts, style in (("+", version.added_texts, "green"), ("-", version.cut_texts, "red")):
            for words in texts:
                console.print(Text(f"    {sign} {' '.join(words.split())}", style=style))


def _print_lines(console: Console, document: Document) -> None:
    for line in document.lines:
        words = line.span.of(document.text)
        if words.strip():
            role = f"{line.role.value:>13}  "
            console.print(
                Text.assemble((role, "bright_black"), (words.strip(), "" if line.role in _READ else "bright_black"))
            )
